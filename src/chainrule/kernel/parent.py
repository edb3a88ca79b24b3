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
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final, Self, cast

from jupyter_client.manager import AsyncKernelManager
from nbclient.exceptions import DeadKernelError
from traitlets import Unicode

from chainrule.kernel.client import WarmClient
from chainrule.kernel.output import OutputMeter
from chainrule.kernel.sandbox import Files, Folders, Sandbox, find_sandbox
from chainrule.limits import Limits

__all__ = ["WarmKernelManager", "WarmParent", "WarmParentFailed"]

CHANNELS: Final = ("shell", "iopub", "stdin", "control")
"""The channels of a kernel, in the order of their port numbers, which start at 1."""
ALWAYS: Final = ("numpy", "msgpack", "matplotlib_inline.backend_inline", "chainrule.inside.agent",
          "chainrule.inside.copies")  # fmt: skip
"""Imported by every warm parent, before what the assignment asks for."""
PATIENCE: Final = 10.0
"""Seconds for the parent to answer, once it is up."""
START_TIME: Final = 120.0


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
        """Start the sandbox and wait until everything is imported."""
        atexit.register(self.stop)
        self.folders = Folders(Path(tempfile.mkdtemp(prefix="chainrule-")), self.files)
        self.folders.make()
        self._log = tempfile.TemporaryFile()  # noqa: SIM115
        self._control, theirs = socket.socketpair()
        self._waiting = b""
        with theirs:
            self._process = self.sandbox.launch(theirs.fileno(), self.folders, self._log)
        try:
            what = {"modules": self.modules, "texts": self.texts, "limits": vars(self.limits)}
            order = {"do": "prepare", **what, **self.sandbox.settings(self.folders)}
            answer = self._ask(order, patience=START_TIME)
        except WarmParentFailed:
            self.stop()
            raise
        self.missing = answer["missing"]

    def stop(self) -> None:
        """End the sandbox, with all that runs in it, and remove its folder."""
        if self._process is None:
            return
        process, self._process = self._process, None
        atexit.unregister(self.stop)
        self._control.close()
        if self.sandbox.sandboxed:
            process.kill()
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        self._log.close()
        shutil.rmtree(self.folders.host, ignore_errors=True)

    @property
    def running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def begin(self) -> tuple[Path, str]:
        """Fork a kernel; return where its sockets are and the key for its messages. A dead parent is replaced."""
        if not self.running:
            self.stop()
            self.start()
        self.number += 1
        self._deaths.clear()
        address, key = self.folders.host / f"k{self.number}", secrets.token_hex(16)
        self.folders.hand_in(self.own)
        folder = self.sandbox.working_folder(self.folders, self.number)
        listeners = [_listen(Path(f"{address}-{port}")) for port in range(1, len(CHANNELS) + 1)]
        try:
            order = {"do": "start", "number": self.number, "key": key, "folder": folder, "channels": CHANNELS}
            self._ask(order, [listener.fileno() for listener in listeners])
        finally:
            for listener in listeners:
                listener.close()
        return address, key

    def signal(self, number: int) -> None:
        """Send a signal to the running kernel."""
        self._ask({"do": "signal", "signum": number})

    def hush(self) -> None:
        """The notebook is done: stop the kernel; copies of it may go on."""
        self._ask({"do": "hush"})

    def sweep(self) -> None:
        """Kill every process of the submission that was started since the kernel was hushed."""
        self._ask({"do": "sweep"})

    def end(self) -> None:
        """Kill the kernel and all that it started. Afterwards nothing of the submission is left."""
        try:
            self._ask({"do": "end"})
        except WarmParentFailed:
            self.stop()
            return
        self.sandbox.clear(self.folders, self.number)
        self.folders.clear()
        for left in [*self.folders.host.glob(f"k{self.number}-*"), *self.folders.link.iterdir()]:
            left.unlink(missing_ok=True)

    def why_dead(self, number: int) -> str | None:
        """Why this kernel has ended, or None while it lives."""
        if not self.running:
            return "the warm parent has ended"
        with self._lock:
            self._read(0)
        return self._deaths.get(number)

    def listen(self, name: str) -> socket.socket:
        """A listening socket that the student's kernel may connect to, at `link(name)`; removed with the kernel."""
        path = self.folders.link / name
        path.unlink(missing_ok=True)
        listener = _listen(path)
        path.chmod(0o666)
        return listener

    def link(self, name: str = "") -> str:
        """The path, as student code sees it, of a socket in the folder `folders.link`."""
        return os.path.join(self.sandbox.link(self.folders), name)

    def manager_class(self) -> type[WarmKernelManager]:
        """A class of managers whose kernels come from here, for nbclient's `kernel_manager_class`."""
        return type("BoundWarmKernelManager", (WarmKernelManager,), {"warm": self, "__module__": __name__})

    @contextmanager
    def kernel(self, own: Files | None = None) -> Iterator[WarmKernelManager]:
        """A manager of one fresh kernel, with a submission's own files beside its notebook; nbclient's `km`."""
        self.own = own or {}
        manager = self.manager_class()()
        manager.launch()
        try:
            yield manager
        finally:
            manager.finish()

    def _ask(
        self, order: dict[str, Any], descriptors: Sequence[int] = (), patience: float = PATIENCE
    ) -> dict[str, Any]:
        """Give an order and return its answer. A parent that does not answer is ended: it may be out of step."""
        answer = None
        with self._lock, suppress(OSError):
            self._control.settimeout(patience)
            socket.send_fds(self._control, [json.dumps(order).encode() + b"\n"], list(descriptors))
            answer = self._read(patience)
        if answer is None:
            if self._process:
                self._process.kill()
            raise WarmParentFailed(self._last_words())
        return answer

    def _read(self, patience: float) -> dict[str, Any] | None:
        """The next answer, or None when there is none in time. News of deaths is put aside."""
        until = time.monotonic() + patience
        while True:
            while b"\n" in self._waiting:
                line, _, self._waiting = self._waiting.partition(b"\n")
                answer: dict[str, Any] = json.loads(line)
                if "died" not in answer:
                    return answer
                self._deaths[answer["died"]] = answer["why"]
            self._control.settimeout(max(until - time.monotonic(), 0))
            try:
                received = self._control.recv(1 << 16)
            except (TimeoutError, BlockingIOError):
                return None
            if not received:
                return None
            self._waiting += received

    def _last_words(self) -> str:
        self._log.seek(0)
        text = self._log.read().decode(errors="replace").strip()
        return "The warm parent has failed. " + (text[-2000:] or "It said nothing.")


def _listen(path: Path) -> socket.socket:
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(str(path))
    listener.listen(16)
    return listener


class WarmKernelManager(AsyncKernelManager):
    """Starts, stops and watches one kernel of a warm parent, for nbclient and nbgrader."""

    warm: WarmParent
    client_class = Unicode(f"{WarmClient.__module__}.WarmClient")
    client_factory = WarmClient
    number = 0
    stop_by = float("inf")
    cut = False

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self._clients: list[WarmClient] = []
        self._meter = OutputMeter(self.warm.limits)

    @property
    def meter(self) -> OutputMeter:
        return self._meter

    @property
    def kernel_spec(self) -> None:
        """There is none: the kernel is the grader's own Python."""

    @property
    def has_kernel(self) -> bool:
        return self.number > 0

    @property
    def interrupted(self) -> bool:
        return self.stop_by < float("inf")

    def launch(self) -> None:
        """Fork a kernel; a client may connect at once."""
        address, key = self.warm.begin()
        self.number = self.warm.number
        self._meter = OutputMeter(self.warm.limits)
        self.transport, self.ip = "ipc", str(address)
        for port, channel in enumerate(CHANNELS, start=1):
            setattr(self, f"{channel}_port", port)
        self.session.key = key.encode()
        self.new_cell()

    def finish(self) -> None:
        """End the kernel and what it started, and close its clients."""
        if self.number and self.number == self.warm.number:
            self.warm.end()
        self.number = 0
        while self._clients:
            self._clients.pop().stop_channels()

    def client(self, **settings: Any) -> WarmClient:  # type: ignore[override]
        """A client of the kernel; it may connect at once, and is closed with the kernel at the latest."""
        client = cast(WarmClient, super().client(**settings))
        self._clients.append(client)
        return client

    def new_cell(self) -> None:
        """A cell begins: its output is counted from nothing, and it has not been interrupted."""
        self._meter.new_cell()
        self.stop_by, self.cut = float("inf"), False

    def flooded(self) -> None:
        """Interrupt a cell that sends many times the output that is kept; once."""
        if not self.cut:
            self.cut = True
            self.warm.signal(signal.SIGINT)

    def check(self) -> None:
        """Raise DeadKernelError where the kernel has ended; end it where it ignores its interrupt."""
        if time.monotonic() > self.stop_by:
            self.warm.end()
            raise DeadKernelError("The kernel did not stop when it was interrupted, so it was ended.")
        if why := self.warm.why_dead(self.number):
            raise DeadKernelError(f"The kernel has ended: {why}.")

    async def start_kernel(self, **_: Any) -> None:  # type: ignore[override]
        self.launch()

    async def shutdown_kernel(self, now: bool = False, restart: bool = False) -> None:  # type: ignore[override]
        self.finish()

    async def restart_kernel(  # type: ignore[override]
        self, now: bool = False, newports: bool = False, **_: Any
    ) -> None:
        self.finish()
        self.launch()

    async def interrupt_kernel(self) -> None:  # type: ignore[override]
        """Interrupt the running cell; if it has not stopped after the time of grace, `check` ends the kernel."""
        self.stop_by = time.monotonic() + self.warm.limits.grace_seconds
        self.warm.signal(signal.SIGINT)

    async def signal_kernel(self, signum: int) -> None:  # type: ignore[override]
        self.warm.signal(signum)

    async def _async_is_alive(self) -> bool:
        return self.has_kernel and self.warm.why_dead(self.number) is None

    is_alive = _async_is_alive

    async def cleanup_resources(self, restart: bool = False) -> None:  # type: ignore[override]
        with suppress(Exception):
            self._close_control_socket()
