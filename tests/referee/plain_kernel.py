"""A stand-in for a student's kernel: a plain Python process that executes the lines it is sent, one after another."""

import os
import signal
from contextlib import suppress
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Self

from chainrule.engine.referee_client import Referee
from chainrule.fork_server import ForkServer
from chainrule.referee.verdict import Check, Verdict

_PROGRAM = f"import sys; sys.path.insert(0, {str(Path(__file__).parent)!r})\n" + (
    "from plain_loop import main; main({orders}, {parent})"
)


@cache
def _server() -> ForkServer:
    """Kernels are forks of one process: each would import numpy for itself."""
    return ForkServer(_PROGRAM)


class PlainKernel:
    """Runs student code in a process of its own."""

    def __init__(self, notebook: str = "") -> None:
        theirs, orders = os.pipe()
        answers, said = os.pipe()
        self.pid = _server().fork([theirs, said])
        os.close(theirs)
        os.close(said)
        self.orders, self.answers = os.fdopen(orders, "w"), os.fdopen(answers)
        self.pending = 0
        self.interrupts = 0
        if notebook:
            self.start(notebook)

    def start(self, code: str) -> None:
        """Have code executed, without waiting for its end."""
        self.pending += 1
        with suppress(BrokenPipeError):
            self.orders.write(repr(code) + "\n")
            self.orders.flush()

    def wait(self) -> None:
        """Wait until everything that was sent has run."""
        while self.pending and self.answers.readline() == "done\n":
            self.pending -= 1

    def interrupt(self) -> None:
        """Send SIGINT."""
        self.interrupts += 1
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGINT)

    def close(self) -> None:
        """End the process, whatever it is doing."""
        _server().kill(self.pid)
        self.answers.close()
        with suppress(BrokenPipeError):
            self.orders.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()


def judge(referee: Referee, folder: Path, notebook: str, *checks: str, points: float = 2) -> list[Verdict]:
    """Run checks, in order, against one notebook."""
    verdicts = []
    with PlainKernel(notebook) as kernel, referee.session(folder / "socket") as session:
        for number, text in enumerate(checks):
            verdicts.append(session.run_check(Check(f"check-{number}", text, points), kernel.start, kernel.interrupt))
            if verdicts[-1].kernel != "lost":
                kernel.wait()
    return verdicts
