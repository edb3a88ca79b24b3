"""What the worker asks of the referee, and what it is told."""

from dataclasses import dataclass
from typing import Literal

Outcome = Literal["passed", "failed", "partial", "author_error", "unrefereed"]


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
class Place:
    """What a check finds, standing where it stands.

    Args:
        given: how many of the author's texts come before it.
        students: names that are the student's there, whatever the author's cells made of them before.
        of_checks: names that an earlier check made last.
        unmade: names of the author's that only a notebook can make, and that nobody may make in the author's place.
    """

    given: int
    students: frozenset[str] = frozenset()
    of_checks: frozenset[str] = frozenset()
    unmade: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Verdict:
    """What came of one check.

    Args:
        outcome: "passed", "failed", "partial" (the last line gave a number), or "author_error": the check itself is
            at fault, a person should look, and no student should lose marks by it; or "unrefereed": a stand-in met what
            it cannot answer truthfully (`message` says what, `line` where), so nobody knows what the check would say
            in the notebook.
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
        doubt: where the check failed: why this need not be the student's doing (the check sets a name that the notebook
            has too, for one). It counts where the author's own solution fails the check as well.
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
    doubt: str = ""


class RefereeError(Exception):
    """The referee could not be set up: a given cell failed, or its process died."""
