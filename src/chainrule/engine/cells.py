"""What a cell is, and what Chainrule notes in its metadata: the one place that knows the schema.

nbgrader's own metadata (`cell.metadata.nbgrader`) says what a cell is for; Chainrule's (`cell.metadata.chainrule`)
adds the notes below. Predicates take cells of the instructor's notebook, or of one rebuilt from it.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any, TypedDict, cast

__all__ = [
    "CellNotes", "NotebookNotes", "QuestionStatus", "Status", "VerdictNote", "VerdictStatus",
    "grade_id", "is_check", "is_course_code", "is_demonstration", "is_given", "is_locked", "is_open", "is_solution",
    "is_students", "note", "note_in_notebook", "notes", "notes_of_notebook", "verdict_of",
]  # fmt: skip


class Status(StrEnum):
    """How a submission ended."""

    GRADED = "graded"
    PARTLY = "partly graded"
    NEEDS_A_PERSON = "needs a person"
    NOT_HANDED_IN = "not handed in"


class QuestionStatus(StrEnum):
    """How a question of a submission ended."""

    PASSED = "passed"
    FAILED = "failed"
    PARTIAL = "partial credit"
    TO_BE_MARKED = "to be marked"
    MARKED = "marked"
    NEEDS_A_PERSON = "needs a person"


class VerdictStatus(StrEnum):
    """What a check came to, as its cell tells it."""

    PASSED = "passed"
    FAILED = "failed"
    PARTIAL = "partial"
    NEEDS_A_PERSON = "needs a person"


class VerdictNote(TypedDict, total=False):
    """The referee's verdict, as it stands in a check cell of a graded notebook."""

    status: str
    """A `VerdictStatus`."""
    score: float
    message: str
    refereed: bool
    """False where the check ran in a copy of the student's kernel."""
    why: str
    """For the teacher: why it did not go to the referee. It may quote hidden lines."""


class CellNotes(TypedDict, total=False):
    """`cell.metadata.chainrule`."""

    given: bool
    """The course's: runs in the notebook, and in the referee too."""
    demonstration: bool
    """The course's: a plot or a training run."""
    own: bool
    """The student added this cell."""
    elsewhere: str
    """Nothing stands in this answer's cell; where something like it was found instead."""
    verdict: VerdictNote
    plain: bool
    """A text that takes long to set as markdown, or to colour: pages show it as it stands."""
    waits: bool
    """In a feedback page: a person has yet to give this mark."""


class NotebookNotes(TypedDict, total=False):
    """`notebook.metadata.chainrule`."""

    odd: str
    """Why a person should look at this file before its marks count."""
    generated: str
    """What this file is made from."""
    sandboxed: bool
    """False where the notebook was graded without a sandbox."""


def notes(cell: Any) -> CellNotes:
    """Chainrule's notes in a cell, to read."""
    return cast(CellNotes, cell["metadata"].get("chainrule", {}))


def note(cell: Any, new: CellNotes) -> None:
    """Write notes into a cell."""
    cell["metadata"].setdefault("chainrule", {}).update(new)


def notes_of_notebook(notebook: Any) -> NotebookNotes:
    """Chainrule's notes in a notebook, to read."""
    return cast(NotebookNotes, notebook["metadata"].get("chainrule", {}))


def note_in_notebook(notebook: Any, new: NotebookNotes) -> None:
    """Write notes into a notebook."""
    notebook["metadata"].setdefault("chainrule", {}).update(new)


def _grading(cell: Any) -> dict[str, Any]:
    return cast(dict[str, Any], cell["metadata"].get("nbgrader", {}))


def grade_id(cell: Any) -> str | None:
    """nbgrader's name of a cell."""
    return _grading(cell).get("grade_id")


def is_solution(cell: Any) -> bool:
    """Whether the student fills this cell in."""
    return bool(_grading(cell).get("solution"))


def is_locked(cell: Any) -> bool:
    """Whether students cannot edit this cell: it runs as the instructor wrote it."""
    return bool(_grading(cell).get("locked")) and not is_solution(cell)


def is_open(cell: Any) -> bool:
    """Whether this is code that nothing locks or grades, so that the student's text counts."""
    grading = _grading(cell)
    return cell["cell_type"] == "code" and not any(grading.get(key) for key in ("locked", "grade", "solution"))


def is_check(cell: Any) -> bool:
    """Whether this cell is graded by running it."""
    return cell["cell_type"] == "code" and bool(_grading(cell).get("grade")) and not is_solution(cell)


def is_given(cell: Any) -> bool:
    """Whether a cell of the course runs in the referee too."""
    return bool(notes(cell).get("given"))


def is_demonstration(cell: Any) -> bool:
    """Whether a cell of the course only shows something: a plot, a training run."""
    return bool(notes(cell).get("demonstration"))


def is_course_code(cell: Any) -> bool:
    """Whether each submission runs this code as the course wrote it, with nothing hidden in it."""
    return cell["cell_type"] == "code" and (is_given(cell) or is_locked(cell)) and not is_check(cell)


def is_students(cell: Any) -> bool:
    """Whether the text of a cell of a rebuilt notebook came from the student."""
    return bool(notes(cell).get("own")) or is_solution(cell) or is_open(cell)


def verdict_of(cell: Any) -> VerdictNote:
    """The verdict in a graded notebook's cell; empty where there is none."""
    return notes(cell).get("verdict", VerdictNote())
