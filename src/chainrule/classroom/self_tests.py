"""Self-tests of a course's assignments: before a class is graded, and on `chainrule check`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from chainrule.classroom.results import api_of
from chainrule.classroom.staleness import Dependencies
from chainrule.classroom.worker import WorkFailed
from chainrule.classroom.workers import Workers
from chainrule.course import Course
from chainrule.engine.fingerprint import fingerprint
from chainrule.engine.nbgrader_seams import shared_engines
from chainrule.engine.routes import Way
from chainrule.engine.self_test import SelfTest
from chainrule.whole_file import whole_file

__all__ = ["Findings", "exit_code", "find_all", "known", "print_findings", "to_json"]

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


def known(course: Course, assignments: Iterable[str], *, sandboxed: bool) -> dict[str, Findings]:
    """What came of assignments that were tested before and are as they were then, without a worker."""
    found = {}
    with shared_engines():
        for assignment in assignments:
            job = ToTest(course.root, assignment, sandboxed)
            # What cannot be read is as good as none: it is tested again.
            with suppress(OSError, ValueError, KeyError, TypeError):
                kept = json.loads(_place(job).read_text(encoding="utf-8"))
                if kept["key"] == _key(job):
                    found[assignment] = _read(kept["findings"])
    return found


def find_one(job: ToTest) -> Findings:
    """Test the notebooks of one assignment; runs in a worker."""
    from chainrule.engine.autograde import edited_cells, self_test_of

    api, key = api_of(job.root, job.sandboxed), _key(job)
    names = sorted(path.stem for path in (Course(job.root).source / job.assignment).glob("*.ipynb"))
    tests = tuple(self_test_of(api, job.assignment, name) for name in names)
    edited = tuple(cell for name in names for cell in edited_cells(api, job.assignment, name))
    found = Findings(job.assignment, tests, edited=edited)
    # What changed meanwhile may be in some of it and not in the rest.
    if _key(job) == key:
        with suppress(OSError), whole_file(_place(job)) as unfinished:
            unfinished.write_text(json.dumps({"key": key, "findings": asdict(found)}), encoding="utf-8")
    return found


def _place(job: ToTest) -> Path:
    return Course(job.root).state / "findings" / f"{job.assignment}.json"


def _key(job: ToTest) -> str:
    """One hash for all that a self-test, and what is said of edited cells, depends on."""
    course, api = Course(job.root), api_of(job.root, job.sandboxed)
    release = course.release / job.assignment
    # The header and footer that nbgrader puts around a release.
    frame = [course.root / str(part) for part in api.config.get("IncludeHeaderFooter", {}).values()]
    texts = [path.read_bytes() for path in frame if path.is_file()]
    released = fingerprint(release) if release.is_dir() else ""
    return Dependencies(course, api, job.assignment).key_of_tests(job.sandboxed, released, texts)


def _read(kept: Mapping[str, Any]) -> Findings:
    tests = tuple(SelfTest.from_dict(test) for test in kept["tests"])
    return Findings(kept["assignment"], tests, edited=tuple(kept["edited"]))


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
