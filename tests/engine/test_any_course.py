"""Courses that know nothing of Chainrule get the marks that stock nbgrader gives, with one line in their config."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat import v4
from nbgrader.api import Gradebook

SWITCH = "\nimport chainrule.engine; chainrule.engine.switch_on(c)\n"
SCRIPTS = Path(sys.executable).parent


def nbgrader(root: Path, *arguments: str) -> None:
    environment = {**os.environ, "PATH": f"{SCRIPTS}{os.pathsep}{os.environ['PATH']}"}
    command = [str(SCRIPTS / "nbgrader"), *arguments]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, env=environment)
    assert done.returncode == 0, done.stdout + done.stderr


def marks(root: Path, assignment: str) -> dict[str, dict[str, float | None]]:
    """What the gradebook holds: automatic marks by student and question."""
    with Gradebook(f"sqlite:///{root}/gradebook.db") as gradebook:
        return {
            submission.student.id: {
                grade.name: grade.auto_score for notebook in submission.notebooks for grade in notebook.grades
            }
            for submission in gradebook.assignment_submissions(assignment)
        }


def graded_both_ways(root: Path, assignment: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """The marks of stock nbgrader, then those of the engine, for the same submissions."""
    nbgrader(root, "autograde", assignment, "--force")
    stock = marks(root, assignment)
    config = root / "nbgrader_config.py"
    config.write_text(config.read_text() + SWITCH)
    nbgrader(root, "autograde", assignment, "--force")
    return stock, marks(root, assignment)


def hand_in(root: Path, student: str, assignment: str, changes: dict[str, str]) -> None:
    """Copy the release for a student, with some cells (by grade_id) written over."""
    folder = root / "submitted" / student / assignment
    shutil.copytree(root / "release" / assignment, folder)
    for path in folder.glob("*.ipynb"):
        notebook = nbformat.read(path, as_version=4)
        for cell in notebook.cells:
            name = cell.metadata.get("nbgrader", {}).get("grade_id")
            cell.source = changes.get(name, cell.source)
        nbformat.write(notebook, path)


def test_the_example_course_of_nbgrader(tmp_path: Path) -> None:
    """`ps1` of `nbgrader quickstart`: its notebooks as they are, an honest, a half right and an untouched submission."""
    nbgrader(tmp_path, "quickstart", "course101")
    root = tmp_path / "course101"
    nbgrader(root, "generate_assignment", "ps1")
    squares = "def squares(n):\n    if n < 1:\n        raise ValueError(n)\n    return [i * i for i in range(1, n + 1)]"
    sums = "def sum_of_squares(n):\n    return sum(squares(n))"
    hand_in(root, "honest", "ps1", {"squares": squares, "sum_of_squares": sums})
    alone = "def sum_of_squares(n):\n    return n * (n + 1) * (2 * n + 1) // 6"
    hand_in(root, "half", "ps1", {"squares": "def squares(n):\n    return [1]", "sum_of_squares": alone})
    hand_in(root, "untouched", "ps1", {})

    stock, engine = graded_both_ways(root, "ps1")

    assert engine == stock
    assert engine["honest"]["correct_squares"] == 1
    assert engine["half"]["correct_sum_of_squares"] == 0.5
    assert engine["half"]["sum_of_squares_uses_squares"] == 0


CELLS: list[tuple[str, dict[str, Any] | None, str]] = [
    ("imports", {"locked": True}, "import math\nimport numpy as np\nfrom collections import OrderedDict"),
    ("helpers", {"locked": True}, "def near(a, b):\n    return abs(a - b) < 1e-9\n\nLIMIT = 10"),
    ("mean", {"solution": True}, "def mean(values):\n    ### BEGIN SOLUTION\n    return sum(values) / len(values)\n    ### END SOLUTION"),
    ("mean-check", {"points": 2}, 'np.testing.assert_allclose(mean([1, 2, 6]), 3)\nassert near(mean([LIMIT]), 10), "one value"'),
    ("stack", {"solution": True}, "class Stack:\n    ### BEGIN SOLUTION\n    def __init__(self):\n        self.items = []\n    def push(self, item):\n        self.items.append(item)\n    def pop(self):\n        return self.items.pop()\n    def __len__(self):\n        return len(self.items)\n    ### END SOLUTION"),
    ("stack-check", {"points": 3}, "stack = Stack()\nstack.push(1)\nstack.push([2, 3])\nassert len(stack) == 2\nassert stack.pop() == [2, 3]\nassert isinstance(stack, Stack)\ntry:\n    stack.pop(); stack.pop()\nexcept IndexError:\n    pass\nelse:\n    raise AssertionError('an empty stack should raise')"),
    ("words", {"solution": True}, "def count(text):\n    ### BEGIN SOLUTION\n    words = {}\n    for word in text.split():\n        words[word] = words.get(word, 0) + 1\n    return words\n    ### END SOLUTION"),
    ("words-check", {"points": 4}, "cases = {'a b a': {'a': 2, 'b': 1}, '': {}, 'x': {'x': 1}, 'y y': {'y': 2}}\nright = 0\nfor text, wanted in cases.items():\n    try:\n        right += count(text) == wanted\n    except Exception:\n        pass\nright * 4 / len(cases)"),
    ("apply", {"solution": True}, "def apply(f, values):\n    ### BEGIN SOLUTION\n    return [f(value) for value in values]\n    ### END SOLUTION"),
    ("apply-check", {"points": 1}, "assert apply(math.sqrt, [4, 9]) == [2, 3]\nassert apply(abs, [-1]) == [1]"),
]  # fmt: skip
RIGHT = {name: text for name, _, text in CELLS if "SOLUTION" in text}
HALF = {
    "mean": "def mean(values):\n    return np.float64(sum(values)) / len(values) + 1",
    "stack": RIGHT["stack"].replace("append(item)", "append(OrderedDict(a=item))"),
    "words": "def count(text):\n    return {word: 1 for word in text.split()}",
    "apply": "def apply(f, values):\n    import warnings\n    print(values)\n    return list(map(f, values))",
}


@pytest.fixture
def written_course(tmp_path: Path) -> Path:
    """A course of one assignment with assert-style checks, helpers, a class, numpy's own tests and partial credit."""
    folder = tmp_path / "source" / "basics"
    folder.mkdir(parents=True)
    notebook = v4.new_notebook(
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    )
    for name, about, text in CELLS:
        grading = {"schema_version": 3, "grade_id": name, "task": False, "solution": False, "locked": False}
        grading |= (
            {"grade": "points" in (about or {})}
            | (about or {})
            | ({"locked": True} if "points" in (about or {}) else {})
        )
        notebook.cells.append(v4.new_code_cell(text, metadata={"nbgrader": grading}))
    nbformat.write(notebook, folder / "basics.ipynb")
    (tmp_path / "nbgrader_config.py").write_text("c = get_config()\n")
    nbgrader(tmp_path, "generate_assignment", "basics")
    return tmp_path


def test_an_ordinary_course(written_course: Path) -> None:
    """Asserts, `np.testing`, helpers, classes and partial credit: an honest, a half right and an untouched submission."""
    hand_in(written_course, "honest", "basics", RIGHT)
    hand_in(written_course, "half", "basics", HALF)
    hand_in(written_course, "untouched", "basics", {})

    stock, engine = graded_both_ways(written_course, "basics")

    assert engine == stock
    assert sum(mark or 0 for mark in engine["honest"].values()) == 10
    assert engine["half"] == {"mean-check": 0, "stack-check": 0, "words-check": 3, "apply-check": 1}
