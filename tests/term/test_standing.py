"""Where each student's work stands: a number where it is final, a state everywhere else."""

from __future__ import annotations

import os

import pytest

from chainrule.collecting.roster import read_roster
from chainrule.course import Course
from chainrule.term.standing import State, Work, read_class

pytestmark = pytest.mark.on_both


def works_of(course: Course) -> dict[str, Work]:
    book = read_class(course, read_roster(course.roster))
    return {work.student: work for work in book.of("small")}


def test_every_student_of_the_roster_stands_somewhere(graded_class: Course) -> None:
    """Each state is told apart, and only a final mark is a number."""
    works = works_of(graded_class)

    assert {student: (work.state, work.final) for student, work in works.items()} == {
        "ada": (State.TO_BE_MARKED, None),
        "benoit": (State.FINAL, 5.0),
        "zoe": (State.FINAL, 0.4),
        "ivan": (State.FINAL, 3.5),
        "mia": (State.NEEDS_A_PERSON, None),
        "noa": (State.NOT_HANDED_IN, None),
    }
    assert "not a notebook" in works["mia"].reason
    assert "essay" in works["ada"].reason


def test_what_came_in_after_grading_has_no_mark_yet(class_copy: Course) -> None:
    """The marks of an older file are nobody's marks once a newer one lies there."""
    path = class_copy.submitted / "ivan" / "small" / "small.ipynb"
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    os.utime(path, (later := path.stat().st_mtime + 60, later))

    assert works_of(class_copy)["ivan"].state == State.NOT_GRADED


def test_marks_stay_when_what_was_handed_in_is_put_away(class_copy: Course) -> None:
    """A folder that was archived takes no mark with it."""
    (class_copy.submitted / "ivan").rename(class_copy.root / "archive")

    assert works_of(class_copy)["ivan"].final == 3.5


def test_the_questions_stand_in_the_notebooks_order(graded_class: Course) -> None:
    """The assignment's and each student's, with their points, and which of them a person marks."""
    book = read_class(graded_class)
    (task,) = book.tasks

    assert [(question.id, question.most, question.by_hand) for question in task.questions] == [
        ("square", 2.0, False),
        ("total-data", 1.0, False),
        ("total-empty", 0.5, False),
        ("essay", 3.0, True),
    ]
    assert list(book.work("ivan", "small").questions) == [question.id for question in task.questions]
