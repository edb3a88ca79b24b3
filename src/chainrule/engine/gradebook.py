"""The gradebook as the engine reads it: all grades of a submission, all comments on a notebook, or a whole class."""

from __future__ import annotations

from collections import defaultdict
from typing import Any, Final

from chainrule.engine.fingerprint import hash_of

OF_A_CLASS: Final = """
from assignment join submitted_assignment as handed_in on handed_in.assignment_id = assignment.id
left join submitted_notebook as submitted on submitted.assignment_id = handed_in.id
left join notebook on notebook.id = submitted.notebook_id
left join {table} as one on one.notebook_id = submitted.id
left join base_cell on base_cell.id = one.cell_id
where assignment.name = :assignment {more}
order by notebook.name, base_cell.name, base_cell.type
"""
ONE_STUDENT: Final = "and handed_in.student_id = :student"
COLUMNS: Final = {
    "grade": "one.auto_score, one.manual_score, one.extra_credit, one.needs_manual_grade, "
    "submitted.late_submission_penalty, handed_in.timestamp, handed_in.extension, assignment.duedate",
    "comment": "one.auto_comment, one.manual_comment",
}
"""What is read of each grade and of each comment; of the first also what says how late its submission was."""


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


def prints_of(gradebook: Any, assignment: str, student: str | None = None) -> dict[str, str]:
    """All that the gradebook says of each submission of an assignment (or of one), by student, as a hash.

    Rows, and not nbgrader's objects: of a class of hundreds there are tens of thousands.
    """
    from sqlalchemy import text

    rows: dict[str, list[Any]] = defaultdict(list)
    more, asked = ("", {}) if student is None else (ONE_STUDENT, {"student": student})
    for table, columns in COLUMNS.items():
        query = f"select handed_in.student_id, notebook.name, base_cell.name, {columns} " + OF_A_CLASS
        query = query.format(table=f'"{table}"', more=more)
        for handed_in, *row in gradebook.db.execute(text(query), {"assignment": assignment, **asked}):
            rows[handed_in].append(row)
        for said in rows.values():
            said.append(table)
    return {handed_in: hash_of(said) for handed_in, said in rows.items()}
