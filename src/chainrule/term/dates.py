"""A course's dates, read from its configuration, and nbgrader's tables brought in step with them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from traitlets import TraitError

from chainrule.course import Course, CourseError, near
from chainrule.engine.database import file_of, shown
from chainrule.engine.dates import Dates, DatesError, settle
from chainrule.engine.hand_in import hand_in_time
from chainrule.engine.nbgrader_seams import shared_engines
from chainrule.nbgrader_course import nbgrader_config

__all__ = ["dates_of", "keep_in_step", "open_gradebook"]


def dates_of(course: Course) -> Dates:
    """The dates as the course's configuration says.

    Raises:
        CourseError: one of them is none, or of an assignment that is not there; the message says where it stands.
    """
    path = course.root / "nbgrader_config.py"
    try:
        dates = Dates(config=nbgrader_config(course))
        dates.check(path)
    except TraitError as error:
        raise CourseError(f"{path.name}: c.Dates: {error}") from None
    except DatesError as error:
        raise CourseError(str(error)) from None
    known = course.graded_ids()
    for name in (*dates.due, *dates.extensions):
        if known and name not in known:
            raise CourseError(f"{path.name}: c.Dates names {name!r}, which is no assignment{near(name, known)}")
    return dates


def open_gradebook(course: Course) -> Any:
    """nbgrader's gradebook of a course, as a context manager; it waits for who holds it.

    Raises:
        CourseError: there is no way to it; the message says what to look at.
    """
    from nbgrader.api import Gradebook
    from sqlalchemy.exc import OperationalError

    config = nbgrader_config(course).CourseDirectory
    try:
        with shared_engines():
            return Gradebook(config.db_url, config.get("course_id") or "default_course")
    except OperationalError as error:
        if file_of(config.db_url, course.root):
            raise
        where = shown(config.db_url, course.root)
        raise CourseError(f"the gradebook cannot be reached at {where}: {str(error.orig).strip()}") from None


def keep_in_step(course: Course, dates: Dates) -> list[tuple[str, str]]:
    """Bring the gradebook in step with the dates; the submissions, as (assignment, student), whose penalty changed."""
    if not dates.is_set:
        return []
    changed = []
    with open_gradebook(course) as gradebook:
        for assignment in gradebook.assignments:
            if due := dates.due_of(assignment.name):
                assignment.duedate = due.replace(tzinfo=None)
        for student in gradebook.students:

            def handed_in(assignment: str, student: str = student.id) -> datetime | None:
                time = hand_in_time(course.submitted / student / assignment, collected=True)
                return time.replace(tzinfo=UTC) if time else None

            changed += [(name, student.id) for name in settle(gradebook, dates, student.id, handed_in)]
        gradebook.db.commit()
    return changed
