"""Attacks on a course that was written for stock nbgrader: helpers stand in check cells, nothing is marked as given."""

import copy
from typing import Any

import pytest
from nbformat import v4

from chainrule.engine.examine import Examiner


def cell(name: str, text: str, **grading: Any) -> Any:
    """A cell with nbgrader's metadata."""
    about = {"schema_version": 3, "grade_id": name, "task": False, "grade": False, "solution": False, "locked": True}
    return v4.new_code_cell(text, id=name, metadata={"nbgrader": {**about, **grading}})


SOURCE = v4.new_notebook(
    cells=[
        cell("twice", "def twice(x):\n    sum = x\n    sum += x\n    return sum", solution=True, locked=False),
        cell("first", "def near(a, b):\n    return abs(a - b) < 1e-9\nassert near(twice(1), 2)", grade=True, points=1),
        cell("second", "assert near(twice(3), 6)", grade=True, points=1),
        cell("third", "assert sum([twice(1), twice(2)]) == 6", grade=True, points=1),
    ]
)


@pytest.mark.parametrize(
    "lie",
    [
        "def near(a, b):\n    return True",
        "def sum(numbers):\n    return 6",
        "import builtins\nbuiltins.abs = lambda x: 0\nbuiltins.sum = lambda x: 6",
    ],
)
def test_a_student_stands_in_for_no_helper(lie: str) -> None:
    """Helpers that an earlier check defined, and Python's own functions, are the referee's."""
    notebook = copy.deepcopy(SOURCE)
    notebook.cells[0].source = f"def twice(x):\n    return 0\n\n{lie}"

    with Examiner(SOURCE) as examiner:
        examiner.examine(notebook)

    assert [cell.metadata["chainrule"]["verdict"]["status"] for cell in notebook.cells[1:]] == ["failed"] * 3
