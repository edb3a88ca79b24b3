"""What came of grading: one record a submission, as a table for people and as JSON for programs."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Protocol, TextIO

from chainrule.engine.cells import QuestionStatus, Status

if TYPE_CHECKING:
    from rich.console import Console


@dataclass(frozen=True)
class QuestionResult:
    """One question of one submission: a check, or a written answer."""

    id: str
    points: float
    max_points: float
    status: QuestionStatus
    message: str = ""
    refereed: bool = True
    """False where the check ran in a copy of the student's kernel."""
    why: str = ""
    """For the teacher: why the check did not go to the referee."""


@dataclass(frozen=True)
class Result:
    """One submission: the state it ended in, why, and its questions."""

    assignment: str
    student: str
    status: Status
    reason: str
    score: float
    max_score: float
    questions: tuple[QuestionResult, ...] = field(default=())
    penalty: float = 0.0
    """What is taken off the score for being late."""
    late: str = ""
    """How late it was, where it was."""
    grader_failed: bool = False
    """Whether it was the grader that failed, not the submission: somebody should look at the grader."""


class Work(Protocol):
    """What says whose submission it is: a job, or its result."""

    @property
    def student(self) -> str: ...
    @property
    def assignment(self) -> str: ...


def not_handed_in(assignment: str, student: str) -> Result:
    """The row of somebody on the roster who handed in nothing."""
    return Result(assignment, student, Status.NOT_HANDED_IN, "", 0.0, 0.0)


def to_json(results: Iterable[Result]) -> str:
    """All results as a JSON list."""
    return json.dumps([asdict(result) for result in results], indent=2) + "\n"


@contextmanager
def json_list(file: TextIO) -> Iterator[Callable[[Result], None]]:
    """Write results as a JSON list, each as soon as it is there; the list is closed also where a run is stopped."""
    lead = "["

    def add(result: Result) -> None:
        nonlocal lead
        file.write(lead + "\n" + json.dumps(asdict(result), indent=2))
        file.flush()
        lead = ","

    try:
        yield add
    finally:
        file.write("[]\n" if lead == "[" else "\n]\n")


PIPED_WIDTH = 1000
"""Columns of a table that goes into a file or another program: a row stays one line there."""
STYLES = {Status.GRADED: "green", Status.PARTLY: "yellow", Status.NEEDS_A_PERSON: "red"}


def printable(text: str) -> str:
    """A text on one line, without what a terminal would obey: names of files and students are data."""
    return "".join(sign if sign.isprintable() else sign.encode("unicode_escape").decode() for sign in text)


def table_console() -> Console:
    """Where tables are printed: as wide as the terminal, or with a line for each row."""
    from rich.console import Console

    console = Console(highlight=False)
    if not console.is_terminal:
        console.width = PIPED_WIDTH
    return console


def print_table(results: list[Result], where_next: list[str]) -> None:
    """Print one row a submission, then a line of totals, then where to look next."""
    from rich.table import Table
    from rich.text import Text

    console = table_console()
    table = Table(box=None, header_style="bold", pad_edge=False)
    for name, justify in (("student", "left"), ("assignment", "left"), ("score", "right"), ("state", "left")):
        table.add_column(name, justify=justify, no_wrap=True)  # type: ignore[arg-type]
    table.add_column("why", overflow="fold")
    for result in sorted(results, key=lambda result: (result.assignment, result.student)):
        earned = max(0.0, result.score - result.penalty)
        score = f"{earned:g} / {result.max_score:g}" if result.status != Status.NEEDS_A_PERSON else "-"
        state = Text(result.status, style=STYLES[result.status])
        names = (Text(printable(result.student)), Text(printable(result.assignment)))
        why = "; ".join(filter(None, (result.late, result.reason)))
        table.add_row(*names, score, state, Text(printable(why)))
    console.print(table)
    console.print(summary(results))
    for line in where_next:
        console.print(printable(line), soft_wrap=True, markup=False)


def summary(results: list[Result]) -> str:
    """One line: how many submissions ended in which state."""
    count = Counter(result.status for result in results)
    need = count[Status.NEEDS_A_PERSON]
    words = f"{len(results)} submissions: {count[Status.GRADED]} graded, {count[Status.PARTLY]} partly graded"
    if not need:
        return f"{words}, none needs a person."
    return f"{words}, {need} {'needs' if need == 1 else 'need'} a person."


def reason_for(questions: Iterable[QuestionResult], *, sandboxed: bool = True, odd: str = "") -> tuple[Status, str]:
    """The state of a submission whose notebook was graded, and why.

    Args:
        questions: what came of each.
        sandboxed: False where it ran unprotected.
        odd: why a person should look at the file; settled once a person has given a mark.
    """
    questions = list(questions)
    waiting = [question.id for question in questions if question.status == QuestionStatus.TO_BE_MARKED]
    stuck = [question for question in questions if question.status == QuestionStatus.NEEDS_A_PERSON]
    known = [question.id for question in stuck if question.why]
    faulty = [question.id for question in stuck if not question.why]
    unrefereed = [question.id for question in questions if not question.refereed]
    reasons = []
    if waiting:
        reasons.append(f"to mark: {', '.join(waiting)}")
    if known:
        reasons.append(f"checks that your own solution fails, or that are left to a person: {', '.join(known)}")
    if faulty:
        reasons.append(f"a check has a mistake of its own: {', '.join(faulty)}")
    status = Status.PARTLY if reasons else Status.GRADED
    if odd and not any(question.status == QuestionStatus.MARKED for question in questions):
        status, reasons = Status.NEEDS_A_PERSON, [odd, *reasons]
    if unrefereed:
        reasons.append(f"not refereed: {', '.join(unrefereed)}")
    return status, "; ".join([*reasons, *([] if sandboxed else ["graded without a sandbox"])])
