"""A stand-in for a student's kernel: a plain Python process that executes the lines it is sent, one after another."""

import signal
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import Self

from chainrule.engine.referee_client import Referee
from chainrule.referee.verdict import Check, Verdict

_LOOP = """
import os, signal, sys
orders, names = os.fdopen(os.dup(0)), {"__name__": "__main__"}
signal.signal(signal.SIGINT, signal.SIG_IGN)
for line in orders:
    exec(eval(line), names)
    os.write(1, b"done\\n")
"""


class PlainKernel:
    """Runs student code in a process of its own."""

    def __init__(self, notebook: str = "") -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", _LOOP],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        self.pending = 0
        self.interrupts = 0
        if notebook:
            self.start(notebook)

    def start(self, code: str) -> None:
        """Have code executed, without waiting for its end."""
        assert self.process.stdin is not None
        self.pending += 1
        try:
            self.process.stdin.write(repr(code) + "\n")
            self.process.stdin.flush()
        except BrokenPipeError:
            pass

    def wait(self) -> None:
        """Wait until everything that was sent has run."""
        assert self.process.stdout is not None
        while self.pending and self.process.stdout.readline() == "done\n":
            self.pending -= 1

    def interrupt(self) -> None:
        """Send SIGINT."""
        self.interrupts += 1
        self.process.send_signal(signal.SIGINT)

    def close(self) -> None:
        """End the process, whatever it is doing."""
        self.process.kill()
        self.process.communicate()

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
