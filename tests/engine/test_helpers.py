"""Checks whose helpers come in every ordinary layout: honest work gets its marks, a student's own helper none."""

from __future__ import annotations

from pathlib import Path

from stock_course import StockCourse, cell, check, solution

SEEDED = """\
cases = [random.random() for _ in range(3)]
def close(a, b):
    return abs(a - b) < 1e-9
random.seed(2)"""
CELLS = [
    cell("imports", "import random\nimport numpy as np\nrandom.seed(1)"),
    solution("square", "def square(x):\n    return x * x"),
    cell("seeded", SEEDED),
    check("seeded-check", "assert all(close(square(c), c * c) for c in cases)"),
    cell("branch", "if cases:\n    def same(a, b):\n        return a == b\n    print(square(2))"),
    check("branch-check", "assert same(square(3), 9)"),
    cell("results", "table = {x: square(x) for x in (1, 2)}\nwant = {1: 1, 2: 4}"),
    check("results-check", "assert table == want"),
    solution("root", "from math import sqrt as root"),
    check("root-check", "assert root(4) == 2"),
]
GRABS = """
def square(x):
    return 0
def close(a, b):
    return True
same = close
cases = want = table = []
"""


def test_honest_work_has_its_marks_and_a_students_helper_has_none(tmp_path: Path) -> None:
    """Right answers get everything, the stub nothing, and one who redefines the course's helpers nothing either."""
    course = StockCourse(tmp_path, {"n": CELLS})
    course.hand_in("right", {})
    course.hand_in("stub", dict.fromkeys(course.right, "pass"))
    course.hand_in("grabs", {"square": GRABS, "root": "pass"})

    marks = {student: course.grade(student) for student in ("right", "stub", "grabs")}

    assert set(marks["right"].values()) == {1}, marks
    assert set(marks["stub"].values()) == {0}, marks
    assert set(marks["grabs"].values()) == {0}, marks
