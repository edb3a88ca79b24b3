"""Courses that know nothing of Chainrule get the marks that stock nbgrader gives, with one line in their config."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import nbgrader as nbgrader_package
import pytest
from nbformat import v4
from nbgrader.api import Gradebook

from programs import program

SWITCH = "\nimport chainrule.engine; chainrule.engine.switch_on(c)\n"
SCRIPTS = Path(sys.executable).parent


def nbgrader(root: Path, *arguments: str) -> None:
    environment = {**os.environ, "PATH": f"{SCRIPTS}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run([*program("nbgrader"), *arguments], cwd=root, capture_output=True, text=True, env=environment)
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


def lay_out_example(root: Path) -> Path:
    """The course that `nbgrader quickstart` copies; tests/project/wheel.py starts with the command, which is slow."""
    example = Path(nbgrader_package.__file__).parent / "docs" / "source" / "user_guide" / "source"
    shutil.copytree(example, root / "source", ignore=shutil.ignore_patterns("*.html", "ps1_autotest"))
    (root / "nbgrader_config.py").write_text("c = get_config()\n")
    return root


def test_the_example_course_of_nbgrader(tmp_path: Path) -> None:
    """`ps1` of `nbgrader quickstart`, as it is: an honest, a half right and an untouched submission."""
    root = lay_out_example(tmp_path / "course101")
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


COURSE = """
## imports: locked
import math
import numpy as np
from collections import OrderedDict
## helpers: locked
def near(a, b):
    return abs(a - b) < 1e-9

LIMIT = 10
## mean: solution
def mean(values):
    ### BEGIN SOLUTION
    return sum(values) / len(values)
    ### END SOLUTION
## mean-check: 2
np.testing.assert_allclose(mean([1, 2, 6]), 3)
assert near(mean([LIMIT]), 10), "one value"
## stack: solution
class Stack:
    ### BEGIN SOLUTION
    def __init__(self):
        self.items = []

    def push(self, item):
        self.items.append(item)

    def pop(self):
        return self.items.pop()

    def __len__(self):
        return len(self.items)
    ### END SOLUTION
## stack-check: 3
stack = Stack()
stack.push(1)
stack.push([2, 3])
assert len(stack) == 2
assert stack.pop() == [2, 3]
assert isinstance(stack, Stack)
try:
    stack.pop(); stack.pop()
except IndexError:
    pass
else:
    raise AssertionError("an empty stack should raise")
## words: solution
def count(text):
    ### BEGIN SOLUTION
    words = {}
    for word in text.split():
        words[word] = words.get(word, 0) + 1
    return words
    ### END SOLUTION
## words-check: 4
cases = {"a b a": {"a": 2, "b": 1}, "": {}, "x": {"x": 1}, "y y": {"y": 2}}
right = 0
for text, wanted in cases.items():
    try:
        right += count(text) == wanted
    except Exception:
        pass
right * 4 / len(cases)
## apply: solution
def apply(f, values):
    ### BEGIN SOLUTION
    return [f(value) for value in values]
    ### END SOLUTION
## apply-check: 1
assert apply(math.sqrt, [4, 9]) == [2, 3]
assert apply(abs, [-1]) == [1]
"""


def cells() -> Iterator[tuple[str, str, str]]:
    """The name, the role (locked, solution, or points) and the text of each cell."""
    for head, text in re.findall(r"^## ([^\n]+)\n(.*?)(?=^## |\Z)", COURSE, re.S | re.M):
        name, _, role = head.partition(": ")
        yield name, role, text.strip("\n")


RIGHT = {name: text for name, role, text in cells() if role == "solution"}
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
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook = v4.new_notebook(metadata={"kernelspec": kernel})
    for name, role, text in cells():
        grading: dict[str, Any] = {"schema_version": 3, "grade_id": name, "task": False}
        grading |= {"solution": role == "solution", "locked": role != "solution", "grade": role.isdigit()}
        grading |= {"points": int(role)} if role.isdigit() else {}
        notebook.cells.append(v4.new_code_cell(text, metadata={"nbgrader": grading}))
    nbformat.write(notebook, folder / "basics.ipynb")
    (tmp_path / "nbgrader_config.py").write_text("c = get_config()\n")
    nbgrader(tmp_path, "generate_assignment", "basics")
    return tmp_path


def test_an_ordinary_course(written_course: Path) -> None:
    """Asserts, `np.testing`, helpers, classes, partial credit: an honest, a half right, an untouched submission."""
    hand_in(written_course, "honest", "basics", RIGHT)
    hand_in(written_course, "half", "basics", HALF)
    hand_in(written_course, "untouched", "basics", {})

    stock, engine = graded_both_ways(written_course, "basics")

    assert engine == stock
    assert sum(mark or 0 for mark in engine["honest"].values()) == 10
    assert engine["half"] == {"mean-check": 0, "stack-check": 0, "words-check": 2, "apply-check": 1}
