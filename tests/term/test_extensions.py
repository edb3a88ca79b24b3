"""Dates are set once: nbgrader's tables, the table, the page and the export follow, and extensions give back."""

from __future__ import annotations

from typing import Any

import pytest

from chainrule.course import Course, CourseError
from chainrule.term.dates import dates_of, keep_in_step, open_gradebook
from chainrule.term.standing import read_class

pytestmark = pytest.mark.on_both


def row_of(course: Course, student: str) -> tuple[Any, ...]:
    with open_gradebook(course) as gradebook:
        submission = gradebook.find_submission("small", student)
        due = submission.assignment.duedate
        return str(due), submission.extension and submission.extension.days, submission.late_submission_penalty


def configure(course: Course, line: str) -> None:
    with (course.root / "nbgrader_config.py").open("a") as file:
        file.write(f"\n{line}\n")


def test_grading_writes_due_dates_and_penalties_into_nbgraders_tables(graded_class: Course) -> None:
    """A fifth of half a point for a day: what Formgrader, nbgrader's exports and this class book show."""
    assert row_of(graded_class, "zoe") == ("2026-11-02 23:59:00", None, 0.1)
    assert row_of(graded_class, "benoit") == ("2026-11-02 23:59:00", None, 0)
    assert "Late submission penalty" in (graded_class.root / "feedback/zoe/small/small.html").read_text()


def test_an_extension_gives_the_penalty_back_and_losing_it_takes_it_again(class_copy: Course) -> None:
    """At the next run, without grading anything again."""
    configure(class_copy, "c.Dates.extensions = {'small': {'zoe': '2026-11-05 23:59'}}")
    assert keep_in_step(class_copy, dates_of(class_copy)) == [("small", "zoe")]
    assert row_of(class_copy, "zoe") == ("2026-11-02 23:59:00", 3, 0)
    assert read_class(class_copy).work("zoe", "small").final == 0.5

    configure(class_copy, "c.Dates.extensions = {}")
    assert keep_in_step(class_copy, dates_of(class_copy)) == [("small", "zoe")]
    assert row_of(class_copy, "zoe")[1:] == (None, 0.1)
    assert keep_in_step(class_copy, dates_of(class_copy)) == []


def test_an_earlier_due_date_makes_more_late(class_copy: Course) -> None:
    """Everybody who is late by the new date has the penalty."""
    configure(class_copy, "c.Dates.due = {'small': '2026-11-01 23:59'}")

    keep_in_step(class_copy, dates_of(class_copy))

    assert row_of(class_copy, "benoit") == ("2026-11-01 23:59:00", None, 1.0)


def test_a_date_of_an_assignment_that_is_not_there_is_told(class_copy: Course) -> None:
    """A misspelt name would be a date that nobody has."""
    configure(class_copy, "c.Dates.due = {'smal': '2026-11-01'}")

    with pytest.raises(CourseError, match=r"names 'smal', which is no assignment \(did you mean small\?\)"):
        dates_of(class_copy)


def test_dates_of_a_wrong_kind_are_told(class_copy: Course) -> None:
    """A text where a dict was expected ends with a line, not with a traceback."""
    configure(class_copy, "c.Dates.due = '2026-11-01'")

    with pytest.raises(CourseError, match=r"nbgrader_config\.py: c\.Dates: "):
        dates_of(class_copy)
