"""The warm parent: process 1 of the sandbox. It imports once what an assignment needs, and forks a kernel each time.

The worker starts it (see `chainrule.kernel.sandbox`) and talks to it in lines of JSON over a socket, its standard
input. It answers every order with one line, and reports by itself when a kernel has ended:

    {"do": "prepare", "modules": [...], "texts": [...], ...}   -> {"ready": [...]}     (once)
    {"do": "start", "number": 7, "key": "...", ...} + sockets  -> {"started": 7}
    {"do": "signal", "signum": 2}                              -> {"signalled": true}
    {"do": "hush"}                                             -> {"hushed": true}
    {"do": "sweep"}                                            -> {"swept": 2}
    {"do": "end"}                                              -> {"ended": 7, "why": "..."}
                                                                  {"died": 7, "why": "memory"}

Run it as `python -c 'from chainrule.inside.warm import main; main()'`.
Between two submissions nothing of the first is left.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import random
import select
import signal
import socket
import stat
import sys
import time
import traceback
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Final

from chainrule.inside import jail, processes
from chainrule.inside.ipykernel_seams import fix_entropy, leave_out_debugger

__all__ = ["main"]

# Twice as many as a kernel has channels.
MOST_SOCKETS: Final = 8
TICK: Final = 0.05
"""Seconds between two looks at the memory of a submission, and at whether it is alive."""


@dataclass
class Running:
    """One submission's kernel."""

    number: int
    pid: int
    until: float
    why: str = ""
    status: int | None = None
    known: set[tuple[int, str]] = field(default_factory=set)
    """Its processes, with the time of their start, when the notebook was done."""
    weight: int = 0
    weigh_again: float = 0.0


@dataclass
class Warm:
    """The parent's state: how it was told to work, and the one kernel that runs."""

    control: socket.socket
    settings: dict[str, Any] = field(default_factory=dict)
    app: Any = None
    running: Running | None = None
    at_rest: int = 0
    """Bytes of memory that a fresh kernel shares with this parent."""

    @property
    def jailed(self) -> bool:
        return bool(self.settings["jailed"])

    def serve(self) -> None:
        """Answer orders until the worker hangs up."""
        waiting = b""
        while True:
            # News of a death go out before the answer to any order that came after it.
            if self.running:
                self.watch(self.running)
            busy = self.running is not None and self.running.status is None
            if not select.select([self.control], [], [], TICK if busy else None)[0]:
                continue
            # An order with descriptors is short, and so comes in one piece with them.
            received, listeners, _, _ = socket.recv_fds(self.control, 1 << 16, MOST_SOCKETS)
            if not received:
                break
            waiting += received
            # The worker waits for an answer before its next order, so no two orders stand in one piece.
            if waiting.endswith(b"\n"):
                order, waiting = json.loads(waiting), b""
                self.say(getattr(self, f"do_{order.pop('do')}")(listeners=listeners, **order))
        self.kill()

    def give_up(self, *_: object) -> None:
        """The worker is gone: end what a student has started, wherever that has gone, and oneself."""
        self.hunt()
        os._exit(0)

    def say(self, what: dict[str, Any]) -> None:
        self.control.sendall(json.dumps(what).encode() + b"\n")

    def do_prepare(self, listeners: list[int], **settings: Any) -> dict[str, Any]:
        """Import everything once, fix the random state, and leave the memory as the children shall share it."""
        # Before ipykernel is imported for the first time, which the next line does.
        leave_out_debugger()
        from chainrule.inside.kernel_app import WarmApp

        self.settings = settings
        self.app = WarmApp.prepared()
        missing = [name for name in settings["modules"] if not _imported(name)]
        self.app.rehearse(settings.pop("texts"))
        # A collection in a child would write to every object that it looks at, and so copy most of the shared memory.
        gc.collect()
        gc.freeze()
        self.at_rest = jail.memory_of("RssAnon", "RssShmem")
        return {"ready": True, "missing": missing}

    def do_start(
        self,
        listeners: list[int],
        number: int,
        key: str,
        folder: str,
        channels: list[str],
        seconds: float,
        copies: int,
    ) -> dict[str, Any]:
        """Fork a kernel on the descriptors that came with the order.

        It may live so many seconds, and so many copies of it may wait beside it.
        """
        self.kill()
        # A fork costs a hundredth of a start, but copies this thread alone: so no thread may be needed before this.
        pid = jail.fork_alone() if self.jailed else os.fork()
        if pid == 0:
            self.become_kernel(dict(zip(channels, listeners, strict=True)), key, folder, copies)
        # The kernel has them. Sockets that this process held too would look alive after the kernel's death.
        for descriptor in listeners:
            os.close(descriptor)
        self.running = Running(number, pid, time.monotonic() + seconds)
        return {"started": number}

    def become_kernel(self, listeners: dict[str, int], key: str, folder: str, copies: int) -> None:
        """In the child: lock up, forget the parent's descriptors, and be a kernel."""
        try:
            # In a session of its own a signal for the kernel reaches all that it started, and not this parent.
            os.setsid()
            jail.die_with_parent()
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            limits = dict(self.settings["limits"])
            # The grader's own copies of the kernel are not the student's processes.
            limits["processes"] += copies
            if self.jailed:
                jail.lock_in(folder, self.settings["files"], limits)
            else:
                os.chdir(folder)
                memory, size, count = limits["memory"], limits["file_bytes"], limits["open_files"]
                jail.limit_resources(memory, None, size, count)
            # Whoever has it could answer the worker in the parent's place.
            self.control.close()
            _own_descriptors(keep=set(listeners.values()))
            # Last step: what ipykernel does while it starts draws random numbers, too.
            self.app.serve(listeners, key.encode(), fix_random_state)
        except BaseException:
            traceback.print_exc()
        finally:
            # Never back into the parent's loop: two processes would answer one worker.
            os._exit(70)

    def do_signal(self, listeners: list[int], signum: int) -> dict[str, Any]:
        """Send a signal to the kernel and what it started in its own session."""
        if self.running and self.running.status is None:
            with suppress(ProcessLookupError):
                os.killpg(self.running.pid, signum)
        return {"signalled": True}

    def do_hush(self, listeners: list[int]) -> dict[str, Any]:
        """The notebook is done: stop the kernel, and note which processes there are, the copies of it among them."""
        if self.running and self.running.status is None:
            # Stopped first: it could start another process while its processes are listed.
            with suppress(ProcessLookupError):
                os.kill(self.running.pid, signal.SIGSTOP)
            self.running.known = set(self.family())
        return {"hushed": True}

    def do_sweep(self, listeners: list[int]) -> dict[str, Any]:
        """Kill every process that was started since: what a check in a copy left behind."""
        running = self.running
        return {"swept": self.sweep(running) if running and running.status is None else 0}

    def sweep(self, running: Running) -> int:
        """How many such processes there were; none is left."""
        swept = 0
        # Again until none is new: a process may fork while it is being killed. Limits on processes bound the race.
        for _ in range(200):
            new = [pid for pid, started in self.family() if (pid, started) not in running.known]
            for pid in new:
                processes.kill(pid)
            if not new:
                break
            swept += len(new)
            time.sleep(0.002)
        # What they weighed is gone with them: the next look weighs afresh.
        running.weight, running.weigh_again = 0, 0.0
        return swept

    def family(self) -> list[tuple[int, str]]:
        """The processes of the submission, with the time of their start."""
        if self.jailed:
            pids = [int(name) for name in os.listdir("/proc") if name.isdigit() and name != "1"]
        else:
            pids = processes.descendants(os.getpid())
        return [(pid, started) for pid in pids if (started := processes.started(pid))]

    def do_end(self, listeners: list[int]) -> dict[str, Any]:
        """End the submission: no process of it is left when the answer goes out."""
        number, reason = (self.running.number, self.running.why) if self.running else (0, "")
        self.kill()
        return {"ended": number, "why": reason}

    def kill(self) -> None:
        """Kill the kernel and all that it started. A process namespace dies as a whole; without one, hunt."""
        running, self.running = self.running, None
        if running is None:
            return
        if running.status is None:
            processes.kill(running.pid)
        # In a jail the kernel is process 1 of a namespace, which ends with it.
        if not self.jailed:
            self.hunt()
        if running.status is None:
            with suppress(ChildProcessError):
                os.waitpid(running.pid, 0)

    def hunt(self) -> None:
        """Kill and bury every descendant; orphans come to this process, which is their reaper."""
        # A fork bomb has new children by the time the old ones are dead: so again, until there are none.
        for _ in range(200):
            family = processes.descendants(os.getpid())
            for pid in family:
                processes.kill(pid)
            with suppress(ChildProcessError):
                while os.waitpid(-1, os.WNOHANG)[0]:
                    pass
            if not family:
                return
            time.sleep(0.005)

    def watch(self, running: Running) -> None:
        """Report a kernel that has ended; end one that takes too much memory or time."""
        # Its number may be another process's by now.
        if running.status is not None:
            return
        if time.monotonic() > running.until:
            running.why = "time"
        elif self.memory(running) > self.settings["limits"]["memory"] and not (running.known and self.sweep(running)):
            running.why = "memory"
        if running.why:
            processes.kill(running.pid)
            if not self.jailed:
                self.hunt()
        try:
            pid, status = os.waitpid(running.pid, 0 if running.why and self.jailed else os.WNOHANG)
        # `hunt` has buried it already, with its status: it is dead, and was killed.
        except ChildProcessError:
            pid, status = running.pid, 9
        if pid:
            running.status = status
            running.why = running.why or processes.how_it_ended(status)
            self.say({"died": running.number, "why": running.why})

    def memory(self, running: Running) -> int:
        """The bytes that the submission's processes hold for themselves (a quick upper bound, or the exact sum)."""
        pids = (
            [name for name in os.listdir("/proc") if name.isdigit() and name != "1"]
            if self.jailed
            else [str(running.pid)]
        )
        limit = self.settings["limits"]["memory"]
        # A small file instead of a walk over all pages: this is done twenty times a second.
        sizes = {each: processes.quick_memory(each) for each in pids}
        quick = sum(sizes.values()) - self.at_rest
        if quick <= limit:
            return quick
        # Many copies of a kernel share most of it, and to weigh them takes time: at most a fifth of this process's.
        begun = time.monotonic()
        if begun >= running.weigh_again:
            # An ended process that nobody has buried holds nothing; one that ends just now must not weigh for all.
            held = [each for each, size in sizes.items() if size]
            running.weight = sum(map(processes.exact_memory, held)) - self.at_rest
            running.weigh_again = time.monotonic() + 4 * (time.monotonic() - begun)
        return running.weight


def _own_descriptors(keep: set[int]) -> None:
    """Share no open file with the parent: its position alone could carry a note to the next submission.

    Files that a library holds open (fonts, say) are opened anew under the same number; all else becomes /dev/null.
    """
    null = os.open(os.devnull, os.O_RDWR)
    for descriptor in {int(name) for name in os.listdir("/dev/fd")} - keep - {null}:
        try:
            regular = descriptor > 2 and stat.S_ISREG(os.fstat(descriptor).st_mode)
            fresh = os.open(os.readlink(f"/dev/fd/{descriptor}"), os.O_RDONLY) if regular else null
        except OSError:
            fresh = null
        with suppress(OSError):
            os.dup2(fresh, descriptor, inheritable=descriptor <= 2)
        if fresh != null:
            os.close(fresh)


def _imported(name: str) -> bool:
    try:
        importlib.import_module(name)
    # Any error, not only a missing module: the students' cells will say it, and the others can still be graded.
    except Exception:
        traceback.print_exc()
        return False
    return True


def fix_random_state(seed: int = 0) -> None:
    """Seed every generator that is loaded: each submission starts from the same random state."""
    random.seed(seed)
    if numpy := sys.modules.get("numpy"):
        numpy.random.seed(seed)
        fix_entropy(numpy, seed)
    if torch := sys.modules.get("torch"):
        torch.manual_seed(seed)
    if tensorflow := sys.modules.get("tensorflow"):
        tensorflow.random.set_seed(seed)


def main() -> None:
    """Take the orders that come on standard input."""
    control = socket.socket(fileno=os.dup(0))
    os.set_inheritable(control.fileno(), False)
    # Standard input is what `input()` reads, and no kernel may read the worker's orders.
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    warm = Warm(control)
    # Process 1 is in a sandbox of bubblewrap's, and its family ends with it. Without one, orphans have to be adopted
    # before they can be hunted, and there must be time to hunt them.
    alone = os.getpid() == 1
    if sys.platform == "linux":
        if alone:
            jail.become_nobody()
        else:
            jail.adopt_orphans()
            signal.signal(signal.SIGTERM, warm.give_up)
        jail.hide_memory()
        # Last: who changes their user loses this.
        jail.die_with_parent(signal.SIGKILL if alone else signal.SIGTERM)
    warm.serve()
