"""What the worker asks of the referee, and what it is told."""

from dataclasses import dataclass
from typing import Literal

Outcome = Literal["passed", "failed", "partial", "author_error"]


@dataclass(frozen=True)
class Check:
    """One check cell.

    Args:
        name: its grade_id; tracebacks name it.
        text: the whole cell, hidden tests included.
        points: what it is worth.
    """

    name: str
    text: str
    points: float = 1.0


@dataclass(frozen=True)
class Limits:
    """What a check and the calls in it may take. Times are in seconds.

    Args:
        call_seconds: one question to the student's kernel.
        check_seconds: a whole check.
        own_seconds: processor time of the check's own code, the student's not counted.
        grace_seconds: how long an interrupted call may take to give up.
        connect_seconds: how long the kernel may take to begin to answer.
        given_seconds: the given cells together.
        calls: questions in one check.
        received: bytes that the student's kernel may send in one check.
        printed: characters of what the check prints that are kept.
        memory: bytes that the referee may use on top of what the given cells use.
    """

    call_seconds: float = 30.0
    check_seconds: float = 120.0
    own_seconds: float = 30.0
    grace_seconds: float = 3.0
    connect_seconds: float = 30.0
    given_seconds: float = 120.0
    calls: int = 100_000
    received: int = 2**30
    printed: int = 20_000
    memory: int = 4 * 2**30


@dataclass(frozen=True)
class Verdict:
    """What came of one check.

    Args:
        outcome: "passed", "failed", "partial" (the last line gave a number), or "author_error": the check itself is
            at fault, a person should look, and no student should lose marks by it.
        score: points gained, between 0 and the check's points.
        message: what the exception said, for the student where `outcome` is "failed".
        exception: the name of its type, such as "AssertionError".
        line: the line of the check's text that raised; None where no line did.
        traceback: for the author; it quotes the check's text, hidden lines too.
        student_traceback: the steps through the student's own code, safe to show to the student.
        kernel: "interrupted" when a call had to be stopped; "lost" when the kernel can be used no more.
        printed: what the check printed.
        calls: questions that the kernel was asked.
        seconds: how long the check took.
    """

    outcome: Outcome
    score: float = 0.0
    message: str = ""
    exception: str = ""
    line: int | None = None
    traceback: str = ""
    student_traceback: str = ""
    kernel: Literal["fine", "interrupted", "lost"] = "fine"
    printed: str = ""
    calls: int = 0
    seconds: float = 0.0


class RefereeError(Exception):
    """The referee could not be set up: a given cell failed, or its process died."""
