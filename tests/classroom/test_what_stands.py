"""What the gradebook holds is what was graded; where it is not, it is graded again, and nobody else is."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from nbgrader.api import Gradebook

from chainrule.course import Course
from small_class import mark_by_hand

CHAINRULE = Path(sys.executable).parent / "chainrule"


def grade(course: Course, *options: str) -> None:
    done = subprocess.run(
        [CHAINRULE, "grade", "--workers", "1", *options], cwd=course.root, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr


def automatic_mark(course: Course, student: str, change_to: float | None = None) -> float:
    """The mark that the grader gave for `square`; changed first, if asked for."""
    with Gradebook(f"sqlite:///{course.root / 'gradebook.db'}", "chainrule") as gradebook:
        mark = gradebook.find_grade("square", "small", "small", student)
        if change_to is not None:
            mark.auto_score = change_to
            gradebook.db.commit()
        return float(mark.auto_score)


def times(course: Course) -> dict[str, int]:
    """When each student's notebook was graded last."""
    found = (course.root / "autograded").glob("*/small/small.ipynb")
    return {path.parts[-3]: path.stat().st_mtime_ns for path in found}


def test_what_does_not_fit_is_graded_again_and_nothing_else(class_copy: Course) -> None:
    """A gradebook from a backup, a broken record and a comment of the teacher's are each noticed."""
    grade(class_copy)
    before = times(class_copy)
    right = automatic_mark(class_copy, "ada")
    automatic_mark(class_copy, "ada", change_to=0.25)
    (class_copy.root / ".chainrule/results/small/zoe.json").write_text("[]")
    mark_by_hand(class_copy, "benoit", "essay", 1.5, "A word that only the teacher wrote.")

    grade(class_copy)

    assert automatic_mark(class_copy, "ada") == right != 0.25
    after = times(class_copy)
    assert {student for student in before if after[student] != before[student]} == {"ada", "zoe"}
    page = (class_copy.root / "feedback/benoit/small/small.html").read_text(encoding="utf-8")
    assert "A word that only the teacher wrote." in page


def test_a_teacher_can_have_it_graded_again(class_copy: Course) -> None:
    """`--force` grades again although nothing changed."""
    grade(class_copy, "--student", "ivan")
    before = times(class_copy)

    grade(class_copy, "--student", "ivan", "--force")

    after = times(class_copy)
    assert {student for student in before if after[student] != before[student]} == {"ivan"}
