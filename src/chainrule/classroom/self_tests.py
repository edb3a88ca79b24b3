"""Self-tests of a course's assignments: before a class is graded, and on `chainrule check`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from chainrule.classroom.results import api_of
from chainrule.classroom.worker import WorkFailed
from chainrule.classroom.workers import Workers
from chainrule.course import Course
from chainrule.engine.routes import Way
from chainrule.engine.self_test import SelfTest

__all__ = ["Findings", "exit_code", "find_all", "print_findings", "to_json"]

RELEASE_AGAIN: Final = (
    "For that to count, release it (`chainrule build`, or `nbgrader generate_assignment {0}` in a course without"
    " assignments/), then grade."
)


@dataclass(frozen=True)
class ToTest:
    """An assignment to test."""

    root: Path
    assignment: str
    sandboxed: bool = True


@dataclass(frozen=True)
class Findings:
    """What came of an assignment: a self-test a notebook, or why there is none; cells that were edited since."""

    assignment: str
    tests: tuple[SelfTest, ...] = ()
    problem: str = ""
    edited: tuple[str, ...] = ()

    def told(self) -> list[str]:
        """What the author should know, a line each."""
        return [*self.about_all(), *(line for test in self.tests for line in test.told())]

    def about_all(self) -> Iterator[str]:
        """What is to be known of the whole assignment."""
        if self.problem:
            yield self.problem
        if self.edited:
            yield (
                f"{self.assignment}: {', '.join(self.edited)}: graded as the gradebook holds it, which is not what"
                f" source/ says now. {RELEASE_AGAIN.format(self.assignment)}"
            )


def find_all(course: Course, assignments: Iterable[str], workers: Workers, *, sandboxed: bool) -> Iterator[Findings]:
    """Test assignments, or look up what came of them; a worker keeps the kernel warm that it tested with."""
    jobs = [ToTest(course.root, assignment, sandboxed) for assignment in sorted(set(assignments))]
    for job, outcome in workers.run(find_one, jobs):
        problem = f"{job.assignment} could not be tested: {outcome}"
        yield Findings(job.assignment, problem=problem) if isinstance(outcome, WorkFailed) else outcome


def find_one(job: ToTest) -> Findings:
    """Test the notebooks of one assignment; runs in a worker."""
    from chainrule.engine.autograde import edited_cells, self_test_of

    api = api_of(job.root, job.sandboxed)
    names = sorted(path.stem for path in (Course(job.root).source / job.assignment).glob("*.ipynb"))
    tests = tuple(self_test_of(api, job.assignment, name) for name in names)
    return Findings(
        job.assignment, tests, edited=tuple(cell for name in names for cell in edited_cells(api, job.assignment, name))
    )


def print_findings(results: Iterable[Findings]) -> None:
    """One line a check, and below what the author should know of it."""
    from rich.table import Table
    from rich.text import Text

    from chainrule.classroom.report import table_console

    console = table_console()
    table = Table(box=None, header_style="bold", pad_edge=False)
    for name in ("assignment", "check", "way", "solution", "stub"):
        table.add_column(name, no_wrap=True)
    table.add_column("why", overflow="fold")
    for result in results:
        for row in (row for test in result.tests for row in test.checks):
            earned = f"{row.solution:g} / {row.points:g}"
            told = " ".join(line.partition(": ")[2] for line in row.told())
            table.add_row(result.assignment, row.check, row.way, earned, f"{row.stub:g}", Text(told))
        for line in result.about_all():
            table.add_row(result.assignment, "", "", "", "", Text(line))
    console.print(table)
    for line in (test.summary() for result in results for test in result.tests):
        console.print(line, markup=False)


def to_json(results: Iterable[Findings]) -> str:
    """All of it as a JSON list."""
    return json.dumps([asdict(result) for result in results], indent=2) + "\n"


def exit_code(results: Iterable[Findings]) -> int:
    """0 where all is well; 1 where a check leaves all students to a person; 3 where there is something else to know."""
    rows = [row for result in results for test in result.tests for row in test.checks]
    if any(row.way is Way.PERSON for row in rows) or any(result.problem for result in results):
        return 1
    return 0 if all(row.is_fine for row in rows) and not any(result.edited for result in results) else 3
