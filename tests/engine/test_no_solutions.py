"""A course that keeps its solutions elsewhere is graded: only its self-test has nothing to try."""

from __future__ import annotations

from pathlib import Path

from stock_course import StockCourse, check, solution

from chainrule.engine import steps

STUB = "# YOUR CODE HERE\nraise NotImplementedError()"


def test_a_source_without_solutions_is_graded(tmp_path: Path) -> None:
    """No check waits for a person only because the instructor's notebook is the stub itself."""
    course = StockCourse(tmp_path, {"n": [solution("f", STUB), check("twice", "assert f(2) == 4")]})
    course.hand_in("right", {"f": "def f(x):\n    return 2 * x"})
    course.hand_in("wrong", {"f": "def f(x):\n    return x"})

    marks = [course.grade(student) for student in ("right", "wrong")]
    steps.close_examiners()

    assert marks == [{"twice": 1}, {"twice": 0}]
