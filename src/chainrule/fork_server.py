"""A warm process that forks a child for each order, seen from both sides. No child, and no server, outlives its parent.

    server = ForkServer("from chainrule.referee.process import main; main({orders}, {parent})")
    pid = server.fork([a, b])           # a child that takes over these descriptors
    server.kill(pid)
    ForkServer.from_here(main, os.environ, None)      # a copy of this process instead of a fresh one

    def main(orders, parent):           # in the server's process
        serve_forks(socket.socket(fileno=orders), parent, child)

Both sides are trusted: the referee and the worker processes are made this way.
"""

from __future__ import annotations

import os
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import IO, Final, NoReturn, Self

__all__ = ["ONE_THREAD", "ForkServer", "ServerLost", "adopt_orphans", "alone", "die_with", "is_stopped", "serve_forks"]

# A process that forks, or one of many, keeps one core busy: threads of linear algebra would only get in the way.
ONE_THREAD: Final = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
ORDER: Final = struct.Struct("<4sI")
MOST_DESCRIPTORS: Final = 4
PATIENCE: Final = 20.0
"""Seconds for a fork. A server that takes longer is beyond help."""
LOOK: Final = 1.0
"""Seconds between two looks at whether the server was stopped: whoever was, answers nothing more."""
PR_SET_PDEATHSIG, PR_SET_CHILD_SUBREAPER = 1, 36


class ServerLost(RuntimeError):
    """The process that forks has died, or does not answer."""


def die_with(parent: int) -> None:
    """Have the system kill this process as soon as its parent is gone, whatever ended that.

    Linux only: elsewhere a process notices when it next reads from its parent. On Linux "parent" is a thread: start
    processes from the thread that stays.
    """
    _prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def adopt_orphans(adopt: bool) -> None:
    """Become the parent of every descendant whose own parent ends, so that none is out of reach (Linux only)."""
    _prctl(PR_SET_CHILD_SUBREAPER, int(adopt))


def _prctl(option: int, value: int) -> None:
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(option, value, 0, 0, 0)


def is_stopped(pid: int) -> bool:
    """Whether somebody has stopped this process: it will not go on by itself."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] in ("T", "t")
    except OSError:
        return False


def serve_forks(orders: socket.socket, child: Callable[..., None]) -> None:
    """Fork a child for each order until whoever gives the orders hangs up; then end what is left.

    Args:
        orders: where they come from.
        child: called in each child with the descriptors that came with the order.
    """
    server = os.getpid()
    children: set[int] = set()
    while True:
        data, descriptors, _, _ = socket.recv_fds(orders, ORDER.size, MOST_DESCRIPTORS)
        # Before the order is carried out: it may be to kill a child that has ended by itself.
        _bury(children)
        if len(data) < ORDER.size:
            break
        order, pid = ORDER.unpack(data)
        if order == b"kill" and pid in children:
            os.kill(pid, signal.SIGKILL)
        elif order == b"fork":
            pid = os.fork()
            # A child that held this line could give orders, and would keep the other side's hang-up from being seen.
            if pid == 0:
                orders.close()
                _live(server, child, descriptors)
            children.add(pid)
            for number in descriptors:
                os.close(number)
            with suppress(OSError):
                orders.sendall(ORDER.pack(b"born", pid))
    for pid in children:
        os.kill(pid, signal.SIGKILL)


def _live(server: int, child: Callable[..., None], descriptors: list[int]) -> None:
    status = 1
    try:
        die_with(server)
        child(*descriptors)
        status = 0
    except BaseException:
        traceback.print_exc()
    # Never back into the server's loop, nor through what the server registered for its own end.
    finally:
        os._exit(status)


def _bury(children: set[int]) -> None:
    """Collect the children that have ended; a number stays theirs until then, so `kill` cannot hit another process."""
    for pid in list(children):
        with suppress(ChildProcessError):
            if os.waitpid(pid, os.WNOHANG)[0] == 0:
                continue
        children.discard(pid)


def alone() -> bool:
    """Whether this process is one thread, also for the system (libraries have threads that Python does not know).

    A copy of a process has none of its threads, and for ever what they held.
    """
    try:
        return len(os.listdir("/proc/self/task")) == 1
    except OSError:
        return False


def _begin_anew(
    main: Callable[[int, int], None], orders: int, parent: int, environment: Mapping[str, str], output: int | None
) -> NoReturn:
    """Be the server, in a copy of the process that wants one: nothing of that one's but what it has imported."""
    status = 1
    try:
        os.setsid()
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_DFL)
        nothing = os.open(os.devnull, os.O_RDWR)
        os.dup2(nothing, 0)
        os.dup2(nothing if output is None else output, 1)
        # The gradebook's lock and the terminal among them.
        for descriptor in {int(name) for name in os.listdir("/dev/fd")} - {0, 1, 2, orders}:
            with suppress(OSError):
                os.close(descriptor)
        os.environ.clear()
        os.environ.update(environment)
        tempfile.tempdir = None
        sys.argv = ["-c"]
        main(orders, parent)
        status = 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(status)


class _Forked:
    """A child of this process, as `subprocess.Popen` shows one."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self._over = False

    def kill(self) -> None:
        """End it, if it has not ended."""
        if not self._over:
            os.kill(self.pid, signal.SIGKILL)

    def wait(self) -> None:
        """Wait for its end. Nobody else may have its number before."""
        if not self._over:
            with suppress(ChildProcessError):
                os.waitpid(self.pid, 0)
            self._over = True


class ForkServer:
    """The server, seen from the process that started it. It and its children have a session of their own.

    So an interrupt from the terminal reaches none of them; whoever started them decides.

    Args:
        program: Python code; `{orders}` and `{parent}` stand for what its main function needs.
        environment: of the process (default: this one's).
        output: where its standard output goes (default: nowhere).
    """

    def __init__(
        self, program: str, environment: Mapping[str, str] | None = None, output: IO[bytes] | int | None = None
    ) -> None:
        self.orders, theirs = socket.socketpair()
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | _Forked
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-c", program.format(orders=theirs.fileno(), parent=os.getpid())],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL if output is None else output,
                env=None if environment is None else dict(environment),
                start_new_session=True,
            )

    @classmethod
    def from_here(cls, main: Callable[[int, int], None], environment: Mapping[str, str], output: int | None) -> Self:
        """A server that begins as a copy of this process, with all that it has imported; only where `alone()`.

        Args:
            main: called in it with what `{orders}` and `{parent}` stand for in a program.
            environment: its whole environment.
            output: where its standard output goes (default: nowhere).
        """
        server = cls.__new__(cls)
        server.orders, theirs = socket.socketpair()
        server._lock = threading.Lock()
        # What waits in a buffer would be written twice.
        for stream in filter(None, (sys.stdout, sys.stderr)):
            stream.flush()
        parent = os.getpid()
        with theirs:
            pid = os.fork()
            if pid == 0:
                _begin_anew(main, theirs.detach(), parent, environment, output)
            server._process = _Forked(pid)
        return server

    @property
    def pid(self) -> int:
        """The number of its process."""
        return self._process.pid

    def fork(self, descriptors: list[int], patience: float = PATIENCE) -> int:
        """Fork a child that takes over these descriptors; its process id.

        Raises:
            ServerLost: there is no answer; the server is ended then, with all its children.
        """
        with self._lock:
            try:
                self.orders.settimeout(patience)
                socket.send_fds(self.orders, [ORDER.pack(b"fork", 0)], descriptors)
                return int(ORDER.unpack(self._answer(time.monotonic() + patience))[1])
            except (OSError, ValueError, struct.error) as error:
                self.end()
                raise ServerLost("a process that the grader needs has died, or does not answer") from error

    def _answer(self, until: float) -> bytes:
        while True:
            self.orders.settimeout(max(min(LOOK, until - time.monotonic()), 0.01))
            try:
                return self.orders.recv(ORDER.size, socket.MSG_WAITALL)
            except TimeoutError:
                if time.monotonic() >= until or is_stopped(self.pid):
                    raise

    def kill(self, pid: int) -> None:
        """End a child that does not end by itself."""
        with self._lock, suppress(OSError):
            self.orders.settimeout(PATIENCE)
            self.orders.sendall(ORDER.pack(b"kill", pid))

    def end(self) -> None:
        """End the server and its children at once."""
        self._process.kill()
        self._process.wait()
        self.orders.close()
