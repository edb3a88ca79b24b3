"""The worker's side of the referee.

    with Referee(given=texts, folder=data_folder, author_names=names) as referee:          # once an assignment
        print(referee.problems)                                                        # given cells that failed
        with referee.session(host_folder / "referee", "/student/referee") as session:  # once a submission
            verdict = session.run_check(Check("backward-dw8", text, points=1), start, interrupt)

`start(line)` is called when the referee is ready: it must have the student's kernel execute that line, silently, and
return at once (`asyncio.run_coroutine_threadsafe(client.execute(...), loop)`). `interrupt()` must send the kernel a
SIGINT. `run_check` blocks: on asyncio use `await asyncio.to_thread(session.run_check, ...)`. The line ends when the
check does, unless `verdict.kernel` is "lost": then the worker replaces the kernel, and goes on with the same session.
With `keep`, the kernel waits on the line for the next check.
Where the kernel dies meanwhile, `session.kernel_died()` (from any thread) saves waiting for the connection.

`folder` is where given cells and checks run. It must hold the course's own files only: what students hand in would be
importable there.
"""

import os
import secrets
import socket
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Self

from chainrule.crossing.channel import Channel, ConnectionLost
from chainrule.crossing.protocol import command
from chainrule.crossing.wire import decode, encode
from chainrule.fork_server import ForkServer, ServerLost, is_stopped
from chainrule.limits import Limits
from chainrule.referee.verdict import Check, Place, RefereeError, Verdict

_PROCESS = "from chainrule.referee.process import main; main({orders}, {parent})"
LOOK = 2.0
"""Seconds between two looks at whether the child was stopped."""
LOST = "RefereeLost"
"""The `exception` of a verdict that says only that the referee's process died or was stopped: check again."""


@dataclass(frozen=True)
class GivenProblem:
    """A given cell that raised in the referee.

    Args:
        cell: its number among the given texts, from 0.
        message: type and words of the exception.
        traceback: for the author.
    """

    cell: int
    message: str
    traceback: str


class Referee:
    """A warm process that has run an assignment's given cells, and forks a child for each submission.

    Args:
        given: the given cells' texts, in notebook order.
        folder: where they and the checks run; the course's own files only.
        author_names: names that the author's own notebook defines; another that nobody has is the author's error.
        helpers: names among these that only checks make: no student's function stands in for one of them.
        checks: names and texts of the checks to come, to be read once; others can be run as well.
        places: what each check finds, standing where it stands; a check without a place comes last.
        one_by_one: the given texts are statements: they share random numbers, and one that fails costs its names only.
        limits: what checks may take.

    Raises:
        RefereeError: the process does not start, or the given cells do not end.
    """

    def __init__(
        self,
        given: Sequence[str] = (),
        folder: Path | None = None,
        *,
        author_names: frozenset[str] | None = None,
        helpers: frozenset[str] = frozenset(),
        checks: Sequence[tuple[str, str]] = (),
        places: Mapping[str, Place] | None = None,
        one_by_one: bool = False,
        limits: Limits | None = None,
    ) -> None:
        self.limits = limits or Limits()
        self._setup = {
            "given": list(given),
            "folder": str(folder.resolve()) if folder else "",
            "author_names": None if author_names is None else sorted(author_names),
            "helpers": sorted(helpers),
            "checks": list(checks),
            "places": {
                name: [place.given, sorted(place.students), sorted(place.of_checks), sorted(place.unmade)]
                for name, place in (places or {}).items()
            },
            "one_by_one": one_by_one,
            "limits": asdict(self.limits),
        }
        self._server: ForkServer
        self.problems = self._start()

    def session(self, path: Path, seen_as: str | None = None) -> "Session":
        """A fresh referee for one submission.

        Args:
            path: of the socket that it makes; short (about 100 characters), in a folder that the kernel's sandbox sees.
            seen_as: the same path inside the sandbox.
        """
        return Session(self, path, seen_as or str(path))

    @property
    def pid(self) -> int:
        """The number of its process, which changes where a dead one was replaced."""
        return self._server.pid

    def fork(self, descriptors: list[int]) -> int:
        """Fork a child that takes over these descriptors; its process id. A dead process is replaced first."""
        try:
            return self._server.fork(descriptors)
        except ServerLost:
            self._start()
            return self._server.fork(descriptors)

    def kill(self, pid: int) -> None:
        """End a child that does not end by itself."""
        self._server.kill(pid)

    def close(self) -> None:
        """End the process and its children."""
        self._server.end()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *problem: object) -> None:
        self.close()

    def _start(self) -> list[GivenProblem]:
        """Start the process and have it run the given cells. One that dies meanwhile is started once more."""
        try:
            return self._set_up()
        except ConnectionLost:
            pass
        try:
            return self._set_up()
        except ConnectionLost as error:
            raise RefereeError("the referee does not start") from error

    def _set_up(self) -> list[GivenProblem]:
        threads = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
        environment = {**threads, **os.environ, "MPLBACKEND": "Agg", "NBGRADER_EXECUTION": "autograde"}
        self._server = ForkServer(_PROCESS, environment)
        channel = Channel(self._server.orders)
        try:
            channel.send(encode(self._setup))
            rows = decode(_received(channel, time.monotonic() + self.limits.given_seconds, self._server.pid))
        except (TimeoutError, ConnectionLost) as error:
            self._server.end()
            if isinstance(error, TimeoutError):
                raise RefereeError("the given cells do not end") from error
            raise
        return [GivenProblem(row["cell"], row["message"], row["trace"]) for row in rows]


def _received(channel: Channel, until: float, pid: int) -> bytes:
    """The next frame of a process.

    Raises:
        TimeoutError: none came in time.
        ConnectionLost: the process has ended, or was stopped: nothing will come.
    """
    while True:
        try:
            return channel.receive(min(until, time.monotonic() + LOOK))
        except TimeoutError:
            if is_stopped(pid):
                raise ConnectionLost from None
            if time.monotonic() >= until:
                raise


class Session:
    """The referee of one submission; made by `Referee.session`."""

    def __init__(self, referee: Referee, path: Path, seen_as: str) -> None:
        self._referee = referee
        self._path = path
        self._seen_as = seen_as
        self._diary = tempfile.TemporaryFile()  # noqa: SIM115 (closed by close)
        self._channel: Channel | None = None
        self._pid = 0
        self._on_line = False
        self._begin()

    def run_check(
        self, check: Check, start: Callable[[str], None], interrupt: Callable[[], None], *, keep: bool = False
    ) -> Verdict:
        """Run one check; blocks until there is a verdict.

        Args:
            check: its name, text and points.
            start: has the kernel execute a line, and returns at once. Not called where a line was kept.
            interrupt: sends the kernel a SIGINT.
            keep: another check comes next, and the kernel has nothing to do before: let it wait on the same line.

        A verdict with the exception `LOST` says that the child has died or was stopped: the check may be tried again.

        Raises:
            RefereeError: the referee's process has died, and no other starts.
        """
        channel = self._channel or self._begin()
        token = "" if self._on_line else secrets.token_hex(16)
        limits = self._referee.limits
        patience = limits.check_seconds + limits.connect_seconds + 2 * limits.grace_seconds + 5
        begun = time.monotonic()
        try:
            channel.send(encode({"token": token, "check": asdict(check), "keep": keep}))
            if token:
                start(command(self._seen_as, token))
            while True:
                message = decode(_received(channel, begun + patience, self._pid))
                if "verdict" in message:
                    self._on_line = message["on_line"]
                    return Verdict(**message["verdict"])
                interrupt()
        except (TimeoutError, ConnectionLost) as error:
            return self._hung(time.monotonic() - begun, lost=isinstance(error, ConnectionLost))
        except BaseException:
            self._end()
            raise

    def kernel_died(self) -> None:
        """Tell a check that still waits for the kernel that there is none any more."""
        if self._channel is not None:
            with suppress(ConnectionLost):
                self._channel.send(encode({"gone": True}))

    def close(self) -> None:
        """End this submission's referee."""
        self._end()
        self._diary.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _begin(self) -> Channel:
        """Have a child that listens; one that does not answer was stopped, or died, and is replaced once."""
        try:
            return self._listen()
        except (TimeoutError, ConnectionLost):
            self._end()
        try:
            return self._listen()
        except (TimeoutError, ConnectionLost) as error:
            self._end()
            raise RefereeError(f"the referee cannot listen at {self._path}") from error

    def _listen(self) -> Channel:
        with suppress(FileNotFoundError):
            self._path.unlink()
        mine, theirs = socket.socketpair()
        with theirs:
            self._pid = self._referee.fork([theirs.fileno(), self._diary.fileno()])
        self._channel = Channel(mine)
        self._channel.send(encode({"path": str(self._path)}))
        _received(self._channel, time.monotonic() + 10, self._pid)
        return self._channel

    def _end(self) -> None:
        if self._channel is not None:
            self._channel.close()
            self._referee.kill(self._pid)
        self._channel = None
        self._on_line = False
        with suppress(FileNotFoundError):
            self._path.unlink()

    def _hung(self, seconds: float, *, lost: bool) -> Verdict:
        """The child had to be killed: a check that hangs in compiled code; or it ended, by the check's doing or not.

        What it lent the notebook, nobody gives back, so the kernel counts as lost too.
        """
        self._end()
        self._diary.seek(0)
        diary = self._diary.read(20_000).decode("utf-8", "replace")
        self._diary.seek(0)
        self._diary.truncate()
        message = "The check hung, or ended its own process; its process is gone."
        return Verdict(
            "author_error",
            message=message,
            exception=LOST if lost and not diary else "OutOfTime",
            traceback=diary,
            kernel="lost",
            seconds=seconds,
        )
