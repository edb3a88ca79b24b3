"""A course that lives: its checks change after students handed in, and nothing that stood is lost."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from chainrule.authoring.build import build
from chainrule.course import Course, CourseError
from chainrule.engine.fingerprint import fingerprint
from chainrule.term.dates import open_gradebook
from small_class import mark_by_hand

ADDED = """
# %% check="square-sign" points=4
assert ask(square, -2.0) > 0, "a square is never below 0"
"""


def edit(course: Course, old: str, new: str) -> None:
    path = course.assignments / "small" / "notebook.py"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def add_a_check(course: Course) -> None:
    edit(course, '\n# %% [markdown] question="total"', f'{ADDED}\n# %% [markdown] question="total"')


def grades_of(course: Course, student: str) -> dict[str, Any]:
    with open_gradebook(course) as gradebook:
        (notebook,) = gradebook.find_submission("small", student).notebooks
        return {grade.name: (grade.auto_score, grade.manual_score, grade.max_score) for grade in notebook.grades}


def comments_of(course: Course, student: str) -> dict[str, str | None]:
    with open_gradebook(course) as gradebook:
        (notebook,) = gradebook.find_submission("small", student).notebooks
        return {comment.name: comment.manual_comment for comment in notebook.comments}


def test_a_check_is_added_after_hand_in(class_copy: Course) -> None:
    """It has no mark yet in any submission; every other mark, also by hand, and every comment stays."""
    mark_by_hand(class_copy, "benoit", "essay", 1.5, comment="Think of Pythagoras.")
    before = grades_of(class_copy, "benoit")
    add_a_check(class_copy)

    assert build(class_copy, "small").released

    after = grades_of(class_copy, "benoit")
    assert after == before | {"square-sign": (None, None, 4.0)}
    assert comments_of(class_copy, "benoit")["essay"] == "Think of Pythagoras."
    assert "square-sign" in (class_copy.release / "small" / "small.ipynb").read_text(encoding="utf-8")


def test_a_check_is_removed_after_hand_in(class_copy: Course) -> None:
    """Its grades go with it, and no others."""
    before = grades_of(class_copy, "zoe")
    edit(class_copy, '''
# %% check="total-empty" points=0.5
assert ask(total, []) == 0, "the total of nothing should be 0"
### BEGIN HIDDEN TESTS
assert ask(total, [0.0]) == 0, "concealed"
### END HIDDEN TESTS
''', "")  # fmt: skip

    build(class_copy, "small")

    del before["total-empty"]
    assert grades_of(class_copy, "zoe") == before


def test_points_change_and_a_check_is_mended_after_hand_in(class_copy: Course) -> None:
    """What is recorded is the new text, with the new points."""
    edit(class_copy, 'check="square" points=2', 'check="square" points=5')

    build(class_copy, "small")

    assert grades_of(class_copy, "ivan")["square"] == (2.0, None, 5.0)


def test_a_release_that_cannot_be_replaced_stays(
    class_copy: Course, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """One line says why; release and gradebook are as they were."""
    before = fingerprint(class_copy.release), grades_of(class_copy, "benoit")
    with (class_copy.root / "nbgrader_config.py").open("a") as config:
        config.write('\nc.IncludeHeaderFooter.header = "/no/such/header.ipynb"\n')
    add_a_check(class_copy)

    with pytest.raises(CourseError) as told:
        build(class_copy, "small")

    assert (fingerprint(class_copy.release), grades_of(class_copy, "benoit")) == before
    assert str(told.value).startswith("nbgrader could not release small: ")
    assert "header.ipynb" in str(told.value)
    assert "\n" not in str(told.value)
