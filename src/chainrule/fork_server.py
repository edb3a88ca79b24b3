"""A warm process that forks a child for each order, seen from both sides. No child, and no server, outlives its parent.

    server = ForkServer("from chainrule.referee.process import main; main({orders}, {parent})")
    pid = server.fork([a, b])           # a child that takes over these descriptors
    server.kill(pid)

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
import threading
import time
import traceback
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import IO, Final

__all__ = ["ForkServer", "ServerLost", "adopt_orphans", "die_with", "is_stopped", "serve_forks"]

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
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-c", program.format(orders=theirs.fileno(), parent=os.getpid())],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL if output is None else output,
                env=None if environment is None else dict(environment),
                start_new_session=True,
            )

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
