"""The gradebook as the engine reads it: all grades of a submission, or all comments on a notebook, in one query."""

from __future__ import annotations

from typing import Any


def grades_of(gradebook: Any, assignment: str, student: str, notebook: str | None = None) -> list[Any]:
    """The grades of a submission with their questions, in one query.

    Raises:
        MissingEntry: there is no such submission.
    """
    from nbgrader.api import BaseCell, Grade, SubmittedNotebook
    from sqlalchemy.orm import joinedload, undefer, with_polymorphic

    submission = gradebook.find_submission(assignment, student)
    query = gradebook.db.query(Grade).join(SubmittedNotebook, SubmittedNotebook.id == Grade.notebook_id)
    query = query.filter(SubmittedNotebook.assignment_id == submission.id)
    query = query.options(
        joinedload(Grade.cell.of_type(with_polymorphic(BaseCell, "*", flat=True))),
        joinedload(Grade.notebook),
        undefer(Grade.max_score),
    )
    grades: list[Any] = query.all()
    return [grade for grade in grades if notebook is None or grade.notebook.name == notebook]


def comments_on(gradebook: Any, notebook: Any) -> list[Any]:
    """The comments on a submitted notebook with the cells that they are on, in one query."""
    from nbgrader.api import Comment
    from sqlalchemy.orm import joinedload

    query = gradebook.db.query(Comment).options(joinedload(Comment.cell))
    comments: list[Any] = query.filter(Comment.notebook_id == notebook.id).all()
    return comments


def comments_of(gradebook: Any, assignment: str, student: str) -> dict[str, tuple[str, str]]:
    """What is said of each cell of a submission: by the grader, and by hand.

    Raises:
        MissingEntry: there is no such submission.
    """
    notebooks = gradebook.find_submission(assignment, student).notebooks
    comments = (comment for notebook in notebooks for comment in comments_on(gradebook, notebook))
    return {comment.name: (comment.auto_comment or "", comment.manual_comment or "") for comment in comments}
