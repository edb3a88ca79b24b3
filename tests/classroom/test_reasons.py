"""What a teacher reads of a submission that could not be graded: the reason itself, in one line."""

from __future__ import annotations

from pathlib import Path

import pytest

from chainrule.classroom.jobs import Job, grade_one
from chainrule.course import Course
from chainrule.engine.cells import Status


@pytest.fixture
def course(tmp_path: Path) -> Course:
    """A course whose only assignment was never released; two students have handed in."""
    (tmp_path / "nbgrader_config.py").write_text(
        "c = get_config()\nimport chainrule.engine; chainrule.engine.switch_on(c)\n"
    )
    notebook = '{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}'
    for folder in ("source/a", "submitted/ada/a"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "a.ipynb").write_text(notebook)
    return Course(tmp_path)


def test_an_assignment_that_was_not_released_is_named(course: Course) -> None:
    """The gradebook does not know it: the command that makes it known is named."""
    result = grade_one(Job(course.root, "a", "ada"))

    assert result.status == Status.NEEDS_A_PERSON
    assert result.reason == (
        "the gradebook does not know this assignment yet: run `nbgrader generate_assignment`, then grade again"
    )
