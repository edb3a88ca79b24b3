"""Everything below `submitted/` and everyone on the roster: graded, or named with the reason why not.

submissions_of(course)                    # what is graded
account_for(course, roster, assignments)  # what is not, and who handed in nothing
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from chainrule.collecting.bundles import is_noise
from chainrule.collecting.platforms import Owner
from chainrule.collecting.roster import Roster
from chainrule.course import Course
from chainrule.engine.reading import below

__all__ = ["Accounts", "account_for", "submissions_of"]


@dataclass(frozen=True)
class Accounts:
    """What no submission's row tells.

    Args:
        left_out: paths below `submitted/` that are part of no submission, each with the reason.
        missing: (assignment, student) for everyone on the roster who handed in nothing of it.
        strangers: who handed in and is not on the roster, each with whom it may be.
        gone: who was graded before and has no folder in `submitted/` now, as after a folder is renamed.
    """

    left_out: tuple[tuple[str, str], ...] = ()
    missing: tuple[tuple[str, str], ...] = ()
    strangers: tuple[tuple[str, str], ...] = ()
    gone: tuple[str, ...] = ()

    def told(self) -> Iterator[str]:
        """A line for each thing that a teacher should know."""
        for path, why in self.left_out:
            yield f"{path} is not graded: {why}"
        for assignment in sorted({assignment for assignment, _ in self.missing}):
            students = [student for name, student in self.missing if name == assignment]
            yield f"Nothing of {assignment} from {len(students)} on the roster: {', '.join(students)}"
        for student, hint in self.strangers:
            yield f"{student} is not on the roster{hint}"
        for student in self.gone:
            yield (
                f"{student} was graded before and has no folder in submitted/ now: if it was renamed, the old marks "
                f"are still in the gradebook (`nbgrader db student remove {student} --force` takes them out)"
            )


def submissions_of(course: Course) -> dict[tuple[str, str], str]:
    """All submissions as (assignment, student), with where its file lies if that is not where it belongs."""
    known = set(course.graded_ids())
    found = {}
    for path in course.submitted.glob("*/*/"):
        if not is_noise(_inner(course, path)) and (path.parent.name not in known or path.name in known):
            found[path.name, path.parent.name] = ""
    for path in sorted(path for path in below(course.submitted) if path.suffix == ".ipynb"):
        inner = _inner(course, path)
        if path.is_file() and not is_noise(inner) and (place := _misplaced(inner, known)):
            found.setdefault(place, path.relative_to(course.root).as_posix())
            if len(inner.parts) > 3 and not any((course.submitted / inner.parts[0] / inner.parts[1]).glob("*.ipynb")):
                found.pop((inner.parts[1], inner.parts[0]), None)  # a folder around it, and no submission
    return found


def _inner(course: Course, path: Path) -> PurePosixPath:
    return PurePosixPath(path.relative_to(course.submitted).as_posix())


def _misplaced(inner: PurePosixPath, known: set[str]) -> tuple[str, str] | None:
    """Whose work of which assignment lies at another depth, or with its two folders exchanged."""
    first, *rest = inner.parts
    if not rest:
        return inner.stem, inner.stem
    if len(rest) == 1:
        return inner.stem, first
    if len(rest) == 2 and first in known and rest[0] not in known:
        return first, rest[0]
    if len(rest) > 2 and rest[0] not in known:
        return next((part for part in rest[1:-1] if part in known), inner.stem), first
    return None


def account_for(course: Course, roster: Roster | None, assignments: Sequence[str] = ()) -> Accounts:
    """What is not graded and why; `assignments` are the ones asked for, all where none is."""
    found = submissions_of(course)
    handed_in = {key for key, misplaced in found.items() if not misplaced}
    wanted = sorted({assignment for assignment, _ in handed_in} & set(course.graded_ids()))
    wanted = [assignment for assignment in wanted if not assignments or assignment in assignments]
    students = sorted({student for _, student in found})
    ids = [student.id for student in roster.students] if roster else []
    return Accounts(
        tuple(_left_out(course)),
        tuple((name, student) for name in wanted for student in ids if (name, student) not in handed_in),
        tuple((student, _hint(student, roster)) for student in students if roster and student not in ids),
        tuple(_gone(course, {path.name for path in course.submitted.glob("*/")})),
    )


def _hint(student: str, roster: Roster | None) -> str:
    near = roster.like(Owner(key=student)) if roster else None
    return f": did you mean {near.id}{f' ({near.name})' if near.name else ''}?" if near else ""


def _gone(course: Course, there: set[str]) -> list[str]:
    graded = (course.root / "autograded").glob("*/*/*.ipynb")
    return sorted({path.parents[1].name for path in graded} - there)


def _left_out(course: Course) -> Iterator[tuple[str, str]]:
    """What lies in `submitted/` and is neither a submission nor a part of one."""
    for path in sorted(course.submitted.glob("*")):
        if is_noise(PurePosixPath(path.name)):
            yield _path(course, path), "an operating system or an editor left it there"
        elif not path.is_dir():
            if path.suffix != ".ipynb":
                yield _path(course, path), "it lies in no student's folder"
        else:
            yield from _left_out_of(course, path)


def _left_out_of(course: Course, student: Path) -> Iterator[tuple[str, str]]:
    inside = sorted(student.glob("*"))
    if not inside:
        yield _path(course, student), "the folder is empty"
    for path in inside:
        if is_noise(PurePosixPath(path.name)):
            yield _path(course, path), "an operating system or an editor left it there"
        elif not path.is_dir() and path.suffix != ".ipynb":
            yield _path(course, path), "it lies in no assignment's folder"


def _path(course: Course, path: Path) -> str:
    return path.relative_to(course.root).as_posix() + ("/" if path.is_dir() else "")
