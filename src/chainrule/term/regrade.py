"""What a change of an assignment does to marks that stand: tried in a copy of the course, shown, and then done.

with rehearsal(course, "01") as copy:
    ...                                   # build and grade there
    changes = compare(book, read_class(copy), ...)
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from chainrule.classroom.report import QuestionResult
from chainrule.course import Course, CourseError
from chainrule.engine.copies import CopyRefused, copy_out, keep_beside
from chainrule.engine.database import file_of
from chainrule.engine.recorded import RecordedCell, recorded_cells
from chainrule.nbgrader_course import nbgrader_config
from chainrule.term.dates import open_gradebook
from chainrule.term.standing import ClassBook, Work

__all__ = ["Change", "compare", "print_changes", "records_of", "rehearsal", "rows"]

Records = Mapping[str, RecordedCell]


@dataclass(frozen=True)
class Change:
    """A mark that is, or would be, another.

    Args:
        student: whose.
        question: of which question; "" for the whole.
        before: the points that stood; None where none did.
        after: the points now.
        why: what brought it about.
    """

    student: str
    question: str
    before: float | None
    after: float | None
    why: str

    @property
    def difference(self) -> float:
        """By how much it changed; a mark that was not there counts as none."""
        return (self.after or 0.0) - (self.before or 0.0)


@contextmanager
def rehearsal(course: Course, assignment: str) -> Iterator[Course]:
    """A copy of all that one assignment's marks depend on, with a gradebook of its own; it ends with the block.

    Raises:
        CourseError: there is no gradebook to copy.
    """
    with TemporaryDirectory(prefix="chainrule-rehearsal-") as folder:
        copy = Course(Path(folder, "course"))
        copy.root.mkdir()
        for path in _needed(course, assignment):
            target = copy.root / path.relative_to(course.root)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copytree(path, target) if path.is_dir() else shutil.copy2(path, target)
        _copy_gradebook(course, copy)
        yield copy


def _copy_gradebook(course: Course, copy: Course) -> None:
    """Give a copy of the course a gradebook of its own, a file, wherever the course's is kept."""
    url, file = nbgrader_config(course).CourseDirectory.db_url, copy.root / "gradebook.db"
    try:
        copy_out(url, file)
    except CopyRefused as error:
        raise CourseError(str(error)) from None
    if file_of(url, course.root) != course.root / file.name:
        keep_beside(copy.root / "nbgrader_config.py")


def _needed(course: Course, assignment: str) -> Iterator[Path]:
    """The files and folders of an assignment, and of the course as a whole."""
    own = [course.source / assignment, course.release / assignment, course.state / "results" / assignment]
    students = (
        folder / assignment for step in ("submitted", "autograded") for folder in (course.root / step).glob("*/")
    )
    shared = [course.assignments, course.data, course.state / "self_test"]
    files = (path for path in course.root.glob("*") if path.is_file() and not path.name.startswith("gradebook.db"))
    yield from (path for path in (*own, *students, *shared, *files) if path.exists())


def records_of(course: Course, assignment: str) -> dict[str, RecordedCell]:
    """The graded cells of an assignment, as the gradebook recorded them at the release."""
    from nbgrader.api import MissingEntry

    with open_gradebook(course) as gradebook:
        try:
            names = [notebook.name for notebook in gradebook.find_assignment(assignment).notebooks]
        except MissingEntry:
            return {}
        return {name: cell for one in names for name, cell in recorded_cells(gradebook, assignment, one).items()}


def compare(before: ClassBook, after: ClassBook, assignment: str, was: Records, now: Records) -> list[Change]:
    """Whose marks are different, in which question, and why.

    Args:
        before, after: the class then and now.
        assignment: of which assignment.
        was, now: the graded cells then and now.
    """
    changes = []
    for new in after.of(assignment):
        old = before.work(new.student, assignment)
        names = [name for name in {**old.questions, **new.questions} if _differ(old, new, name)]
        for name in names:
            why = _why(name, old.questions.get(name), new.questions.get(name), was, now)
            changes.append(Change(new.student, name, _points(old, name), _points(new, name), why))
        if old.final != new.final or old.state != new.state:
            why = "" if old.state == new.state else f"{old.state}, now {new.state}"
            changes.append(Change(new.student, "", old.final, new.final, why))
    return changes


def _points(work: Work, question: str) -> float | None:
    result = work.questions.get(question)
    waits = result is None or result.status.value in ("to be marked", "needs a person")
    return None if result is None or waits else result.points


def _differ(old: Work, new: Work, name: str) -> bool:
    return _points(old, name) != _points(new, name) or (name in old.questions) != (name in new.questions)


def _why(name: str, old: QuestionResult | None, new: QuestionResult | None, was: Records, now: Records) -> str:
    if old is None:
        return "the question was added" if name not in was else "it was not graded before"
    if new is None:
        return "the question was taken out" if name not in now else "it could not be graded"
    before, after = was.get(name), now.get(name)
    if before and after and before.points != after.points:
        return f"it is worth {after.points:g} points, and was worth {before.points:g}"
    if before and after and before.source != after.source:
        return f"its check was mended{_said(new)}"
    return f"what it depends on changed: the answer, the data, another cell, the engine or a setting{_said(new)}"


def _said(new: QuestionResult) -> str:
    line = new.message.strip().partition("\n")[0]
    return f"; it says: {line[:120]}" if line else ""


def rows(changes: list[Change]) -> list[list[str | float | None]]:
    """The changes as a table with a header, for a file."""
    header: list[str | float | None] = ["student", "question", "before", "after", "difference", "why"]
    return [header, *([c.student, c.question or "mark", c.before, c.after, c.difference, c.why] for c in changes)]


def print_changes(changes: list[Change], *, dry: bool) -> None:
    """Print a row a change, and how many students have another mark."""
    from rich.table import Table
    from rich.text import Text

    from chainrule.classroom.report import printable, table_console

    console = table_console()
    table = Table(box=None, header_style="bold", pad_edge=False)
    for name, justify in (("student", "left"), ("question", "left"), ("before", "right"), ("after", "right")):
        table.add_column(name, justify=justify, no_wrap=True)  # type: ignore[arg-type]
    table.add_column("why", overflow="fold")
    for change in changes:
        points = ("-" if value is None else f"{value:g}" for value in (change.before, change.after))
        table.add_row(
            *(Text(printable(cell)) for cell in (change.student, change.question or "mark", *points, change.why))
        )
    if changes:
        console.print(table)
    whole = [change for change in changes if not change.question and change.before != change.after]
    up, down = sum(change.difference > 0 for change in whole), sum(change.difference < 0 for change in whole)
    would = "would have" if dry else "have"
    console.print(f"{len(whole)} students {would} another mark: {up} a higher one, {down} a lower one.")
