"""What the gradebook and the graded notebook say of one submission."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Protocol

from chainrule.classroom.report import QuestionResult, Result, Work, reason_for
from chainrule.course import Course
from chainrule.engine.cells import QuestionStatus, VerdictNote, VerdictStatus, notes_of_notebook, verdict_of
from chainrule.engine.fingerprint import fingerprint, hash_of

__all__ = [
    "Found",
    "Graded",
    "Standing",
    "api_of",
    "found_of",
    "graded_folder",
    "notebooks_in",
    "question_of",
    "seen_of",
    "verdicts_in",
]


class Graded(Work, Protocol):
    """Whose submission it is, and how it is graded."""

    @property
    def sandboxed(self) -> bool: ...


def graded_folder(course: Course, work: Work) -> Path:
    """Where the graded notebook lies."""
    return course.root / "autograded" / work.student / work.assignment


@dataclass(frozen=True)
class Standing:
    """What the gradebook holds of a submission, by hash: what the grader wrote, and comments by anybody."""

    marks: str
    comments: str


@dataclass(frozen=True)
class Found:
    """What came of a submission, what the gradebook holds of it, and a hash of all that this was read from."""

    result: Result
    standing: Standing = Standing("", "")
    seen: str = ""


def found_of(course: Course, work: Graded) -> Found:
    """What gradebook and graded notebook say of a submission, marks and words that came by hand included.

    Raises:
        MissingEntry: the gradebook does not know it.
    """
    from nbgrader.api import Gradebook

    from chainrule.engine.gradebook import comments_of, grades_of, prints_of

    config = api_of(course.root, work.sandboxed).coursedir
    with Gradebook(config.db_url, config.course_id) as gradebook:
        # First: what is marked by hand while the rest is read is noticed by it next time.
        prints = prints_of(gradebook, work.assignment, work.student)
        seen = seen_of(course, work, prints.get(work.student, ""))
        submission = gradebook.find_submission(work.assignment, work.student)
        grades = grades_of(gradebook, work.assignment, work.student)
        comments = comments_of(gradebook, work.assignment, work.student)
        result = _result(course, work, submission, grades)
        return Found(result, _standing(submission, grades, comments), seen) if grades else Found(result)


def _standing(submission: Any, grades: list[Any], comments: dict[str, tuple[str, str]]) -> Standing:
    marks = sorted((grade.notebook.name, grade.name, grade.auto_score) for grade in grades)
    said = sorted((name, words) for name, (words, _) in comments.items() if words)
    return Standing(hash_of(str(submission.timestamp), marks, said), hash_of(sorted(comments.items())))


def seen_of(course: Course, work: Work, gradebook: str) -> str:
    """One hash for what the gradebook says of a submission (see `prints_of`), and for its graded notebooks."""
    return hash_of(gradebook, fingerprint(graded_folder(course, work), "*.ipynb"))


@cache
def api_of(root: Path, sandboxed: bool) -> Any:
    """nbgrader's API for a course, one a process."""
    from chainrule.nbgrader_course import nbgrader_api

    return nbgrader_api(Course(root), sandboxed=sandboxed)


def _result(course: Course, work: Graded, submission: Any, grades: list[Any]) -> Result:
    notebooks = notebooks_in(graded_folder(course, work))
    verdicts = verdicts_in(notebooks)
    questions = tuple(question_of(grade, verdicts) for grade in grades)
    score, most = float(submission.score), float(submission.max_score)
    penalty = float(submission.late_submission_penalty or 0.0)
    late = _late(float(submission.total_seconds_late), penalty)
    order = {name: place for place, name in enumerate(verdicts)}
    questions = tuple(sorted(questions, key=lambda question: order.get(question.id, len(order))))
    told = [notes_of_notebook(notebook) for notebook in notebooks]
    sandboxed = all(notes.get("sandboxed") is not False for notes in told)
    odd = "; ".join(filter(None, (notes.get("odd") for notes in told)))
    status, reason = reason_for(questions, sandboxed=sandboxed, odd=odd)
    return Result(work.assignment, work.student, status, reason, score, most, questions, penalty, late)


def _late(seconds: float, penalty: float) -> str:
    """How late a submission was, and what that costs; nothing where it was in time."""
    if seconds <= 0:
        return ""
    days = f"{seconds / 86400:.1f} days" if seconds >= 86400 else f"{seconds / 3600:.1f} hours"
    return f"{days} late" + (f": -{penalty:g}" if penalty else "")


def question_of(grade: Any, verdicts: dict[str, VerdictNote]) -> QuestionResult:
    """What came of a question, as its grade and the verdict in its cell say."""
    verdict = verdicts.get(grade.name, {})
    points, most = float(grade.score or 0.0), float(grade.max_score or 0.0)
    if grade.manual_score is not None:
        status = QuestionStatus.MARKED
    elif grade.needs_manual_grade:
        stuck = verdict.get("status") == VerdictStatus.NEEDS_A_PERSON
        status = QuestionStatus.NEEDS_A_PERSON if stuck else QuestionStatus.TO_BE_MARKED
    elif points >= most:
        status = QuestionStatus.PASSED
    else:
        status = QuestionStatus.PARTIAL if points else QuestionStatus.FAILED
    said = verdict.get("message", ""), verdict.get("refereed", True), verdict.get("why", "")
    return QuestionResult(grade.name, points, most, status, *said)


def notebooks_in(folder: Path) -> list[dict[str, Any]]:
    """The notebooks of a folder of `autograded/`."""
    return [json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.ipynb"))]


def verdicts_in(notebooks: list[dict[str, Any]]) -> dict[str, VerdictNote]:
    """What each graded cell of the autograded notebooks says about itself, in the order of the notebook."""
    found: dict[str, VerdictNote] = {}
    for cell in (cell for notebook in notebooks for cell in notebook["cells"]):
        grading = cell["metadata"].get("nbgrader", {})
        if grading.get("grade"):
            found[grading["grade_id"]] = verdict_of(cell) or {"message": _error_in(cell)}
    return found


def _error_in(cell: dict[str, Any]) -> str:
    for output in cell.get("outputs", []):
        if output["output_type"] == "error":
            return f"{output['ename']}: {output['evalue']}".rstrip(": ")
    return ""
