"""Warm kernels, seen from the worker: a parent that has imported everything, and a kernel a submission.

    with WarmParent(["numpy", "torch"], limits=Limits(), files={"rows.csv": data}) as parent:
        with parent.kernel() as manager:                       # a fresh kernel in a fresh folder
            NotebookClient(notebook, km=manager, timeout=parent.limits.cell_seconds).execute()
        listener = parent.listen("referee")                    # a socket that student code reaches as ...
        parent.link("referee")                                 # ... this path

or, where nbclient makes the manager itself: `kernel_manager_class = parent.manager_class()`.
One parent runs one kernel at a time; use one parent a worker process. Start it in the thread that stays: the
sandbox ends with the thread that started it. A dead kernel raises DeadKernelError with the reason (`memory`, `time`,
`exit 1`, `SIGKILL` ...); `start_kernel` then gives the next, in some 0.05 s.
"""

from __future__ import annotations

import atexit
import json
import os
import secrets
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final, Self

from chainrule.crossing.address import ShortFolder, short_address
from chainrule.kernel.folders import Files, Folders
from chainrule.kernel.manager import CHANNELS, WarmKernelManager
from chainrule.kernel.sandbox import Sandbox, find_sandbox
from chainrule.limits import Limits
from chainrule.live_folder import LiveFolder, sweep

__all__ = ["WarmParent", "WarmParentFailed"]

# What every kernel needs sooner or later: imported after the fork it would cost each submission anew.
ALWAYS: Final = ("numpy", "msgpack", "matplotlib_inline.backend_inline", "chainrule.inside.agent",
          "chainrule.inside.copies")  # fmt: skip
"""Imported by every warm parent, before what the assignment asks for."""
PATIENCE: Final = 10.0
"""Seconds for the parent to answer, once it is up."""
START_TIME: Final = 120.0
LOOK: Final = 0.5
"""Seconds between two looks at whether the process that an answer is waited for still runs."""
PARENT_ENDED: Final = "the warm parent has ended"
"""Why a kernel has ended that did nothing wrong."""


class WarmParentFailed(RuntimeError):
    """The warm parent did not start, or ended by itself; the message holds what it said last."""


class WarmParent:
    """A process in a sandbox that has imported an assignment's modules and forks its kernels."""

    def __init__(
        self,
        modules: Sequence[str] = (),
        *,
        limits: Limits | None = None,
        sandbox: Sandbox | None = None,
        files: Files | None = None,
        texts: Sequence[str] = (),
    ) -> None:
        self.modules = [*ALWAYS, *modules]
        self.texts = texts
        """Cells of the course, which every submission runs: student code may come to see them."""
        self.limits = limits or Limits()
        self.sandbox = sandbox or find_sandbox()
        self.files = files or {}
        """The course's files, which each submission finds beside its notebook."""
        self.own: Files = {}
        """The files of the submission at hand."""
        self.copies = 0
        """How many copies of its kernel may wait beside it."""
        self.missing: list[str] = []
        """Modules that could not be imported."""
        self.number = 0
        self._lock = threading.Lock()
        self._deaths: dict[int, str] = {}
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> None:
        """Wait until everything is imported. A sandbox that dies meanwhile is started once more."""
        if self._process is None:
            self.launch()
        try:
            self._wait_until_prepared()
        except WarmParentFailed:
            self.launch()
            self._wait_until_prepared()

    def launch(self) -> None:
        """Start the sandbox and have it import everything; `start` waits for that."""
        # A worker that ends in good order takes its sandbox along; where it is killed, the system does that.
        atexit.register(self.stop)
        sweep()
        self._folder = LiveFolder()
        self._host = ShortFolder(self._folder.path)
        self.folders = Folders(self._folder.path, self.files)
        self.folders.make()
        self._log = tempfile.TemporaryFile()  # noqa: SIM115 (closed by stop)
        # A pair, not a path: nobody else can connect, and nothing is left over when one side dies.
        self._control, theirs = socket.socketpair()
        self._waiting = b""
        with theirs:
            self._process = self.sandbox.launch(theirs.fileno(), self.folders, self._log)
        what = {"modules": self.modules, "texts": self.texts, "limits": vars(self.limits)}
        # One that has died already takes no order; whoever waits for its answer hears of it.
        with suppress(OSError):
            self._send({"do": "prepare", **what, **self.sandbox.settings(self.folders)}, (), START_TIME)

    def _wait_until_prepared(self) -> None:
        try:
            answer = self._answer(START_TIME)
        except WarmParentFailed:
            self.stop()
            raise
        # No error: a cell that imports such a module says so itself, in the student's notebook.
        self.missing = answer["missing"]

    def stop(self) -> None:
        """End the sandbox, with all that runs in it, and remove its folder."""
        if self._process is None:
            return
        process, self._process = self._process, None
        atexit.unregister(self.stop)
        # Without walls the parent has to end what its kernel has started: a hang-up lets it, a signal would not.
        self._control.close()
        if self.sandbox.sandboxed:
            process.kill()
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        self._log.close()
        self._host.close()
        self._folder.close()

    @property
    def running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def begin(self, seconds: float) -> tuple[Path, str]:
        """Fork a kernel that may live so long; return where its sockets are and the key for its messages.

        A parent that has died, or does not answer, is replaced.
        """
        try:
            return self._begin(seconds)
        except WarmParentFailed:
            return self._begin(seconds)

    def _begin(self, seconds: float) -> tuple[Path, str]:
        if not self.running:
            # A submission that killed its parent costs the next one a start, and not its marks.
            self.stop()
            self.start()
        # Numbers are not used again: news of a death that come late must not be taken for the next kernel's.
        self.number += 1
        self._deaths.clear()
        # The key keeps other processes of the host out. Student code knows it, and is believed no more for that.
        address, key = self._host.path / f"k{self.number}", secrets.token_hex(16)
        self.folders.hand_in(self.own)
        folder = self.sandbox.working_folder(self.folders, self.number)
        listeners = [_listen(f"{address}-{port}") for port in range(1, len(CHANNELS) + 1)]
        try:
            what = {"number": self.number, "key": key, "folder": folder, "channels": CHANNELS}
            order = {"do": "start", **what, "seconds": seconds, "copies": self.copies}
            self._ask(order, [listener.fileno() for listener in listeners])
        finally:
            # The kernel has them now; ours would keep the sockets open after its death.
            for listener in listeners:
                listener.close()
        return address, key

    def signal(self, number: int) -> None:
        """Send a signal to the running kernel. Where the parent does not answer it is ended, and `why_dead` says so."""
        with suppress(WarmParentFailed):
            self._ask({"do": "signal", "signum": number})

    def hush(self) -> None:
        """The notebook is done: stop the kernel; copies of it may go on."""
        with suppress(WarmParentFailed):
            self._ask({"do": "hush"})

    def sweep(self) -> None:
        """Kill every process of the submission that was started since the kernel was hushed."""
        with suppress(WarmParentFailed):
            self._ask({"do": "sweep"})

    def end(self) -> None:
        """Kill the kernel and all that it started. Afterwards nothing of the submission is left."""
        try:
            self._ask({"do": "end"})
        except WarmParentFailed:
            # With the whole sandbox everything of the submission goes, too.
            self.stop()
            return
        self.sandbox.clear(self.folders, self.number)
        self.folders.clear()
        for left in [*self.folders.host.glob(f"k{self.number}-*"), *self.folders.link.iterdir()]:
            left.unlink(missing_ok=True)

    def why_dead(self, number: int) -> str | None:
        """Why this kernel has ended, or None while it lives."""
        if not self.running:
            return PARENT_ENDED
        # News of deaths come between answers: they are read whenever somebody asks.
        with self._lock:
            self._read(0)
        return self._deaths.get(number)

    def listen(self, name: str) -> socket.socket:
        """A listening socket that the student's kernel may connect to, at `link(name)`; removed with the kernel."""
        path = self.folders.link / name
        path.unlink(missing_ok=True)
        with short_address(path) as address:
            listener = _listen(address)
        # The kernel runs as another user where the grader is root.
        path.chmod(0o666)
        return listener

    def link(self, name: str = "") -> str:
        """The path, as student code sees it, of a socket in the folder `folders.link`."""
        return os.path.join(self.sandbox.link(self.folders), name)

    def manager_class(self) -> type[WarmKernelManager]:
        """A class of managers whose kernels come from here, for nbclient's `kernel_manager_class`."""
        return type("BoundWarmKernelManager", (WarmKernelManager,), {"warm": self, "__module__": __name__})

    @contextmanager
    def kernel(self, own: Files | None = None, copies: int = 0) -> Iterator[WarmKernelManager]:
        """A manager of one fresh kernel, with a submission's own files beside its notebook; nbclient's `km`.

        So many copies of the kernel may wait beside it, over and above the processes that it may start.
        """
        # Kept for the kernels that replace one which died: nbclient knows nothing of files and copies.
        self.own, self.copies = own or {}, copies
        manager = self.manager_class()()
        manager.launch()
        try:
            yield manager
        finally:
            manager.finish()

    def _ask(
        self, order: dict[str, Any], descriptors: Sequence[int] = (), patience: float = PATIENCE
    ) -> dict[str, Any]:
        """Give an order and return its answer."""
        # One question at a time: a thread that judges a check may send a signal while another asks who is dead.
        with self._lock:
            with suppress(OSError):
                self._send(order, descriptors, patience)
            return self._answer(patience)

    def _send(self, order: dict[str, Any], descriptors: Sequence[int], patience: float) -> None:
        self._control.settimeout(patience)
        data = json.dumps(order).encode() + b"\n"
        # The given cells of a course may hold its data, which is more than the system takes at once.
        sent = socket.send_fds(self._control, [data], list(descriptors))
        self._control.sendall(data[sent:])

    def _answer(self, patience: float) -> dict[str, Any]:
        """The answer to an order. A parent that does not answer is ended: it may be out of step."""
        answer = None
        with suppress(OSError):
            answer = self._read(patience)
        if answer is None:
            # Its answer, should it still come, would be taken for that to the next order.
            if self._process:
                self._process.kill()
            raise WarmParentFailed(self._last_words())
        return answer

    def _read(self, patience: float) -> dict[str, Any] | None:
        """The next answer, or None when there is none in time. News of deaths is put aside."""
        until = time.monotonic() + patience
        while True:
            alive = self.running
            while b"\n" in self._waiting:
                line, _, self._waiting = self._waiting.partition(b"\n")
                answer: dict[str, Any] = json.loads(line)
                if "died" not in answer:
                    return answer
                self._deaths[answer["died"]] = answer["why"]
            self._control.settimeout(max(min(LOOK, until - time.monotonic()), 0))
            try:
                received = self._control.recv(1 << 16)
            except (TimeoutError, BlockingIOError):
                # A sandbox whose keeper is killed while it is set up holds its end of the socket open for ever.
                if not alive or time.monotonic() >= until:
                    return None
                continue
            if not received:
                return None
            self._waiting += received

    def _last_words(self) -> str:
        self._log.seek(0)
        text = self._log.read().decode(errors="replace").strip()
        return "The warm parent has failed. " + (text[-2000:] or "It said nothing.")


def _listen(address: str) -> socket.socket:
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(address)
    listener.listen(16)
    return listener
