"""What honest students do, one file for each thing: each keeps every mark.

A file holds cells in the percent format: `before="mean"` and `after="mean"` are cells of the student's own beside the
answer to that question, `answer="mean"` is the answer, `last` stands at the end. All other answers are right ones.
"""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from nbformat import v4

from chainrule.engine.cells import is_check
from chainrule.engine.examine import Examiner
from chainrule.engine.intake import rebuild
from chainrule.limits import Limits

FOLDER = Path(__file__).parent / "honest"
HONEST = sorted(path.stem for path in FOLDER.glob("*.py"))
MARKER = re.compile(r'^# %% (before|after|answer|last)(?:="([\w-]+)")?$', re.M)

RIGHT = {
    "mean": "def mean(values):\n    return sum(values) / len(values)",
    "slope": "def slope(f, x, h=1e-6):\n    return (f(x + h) - f(x - h)) / (2 * h)",
    "counter": "class Counter:\n    def __init__(self):\n        self.n = 0\n\n"
    "    def add(self, k):\n        self.n += k\n        return self.n",
}
CHECKS = {
    "mean": "assert near(mean([1.0, 2.0, 6.0]), 3.0), 'the mean of three'\nassert near(mean(NUMBERS), 14 / 3)",
    "slope": "assert near(slope(square, 3.0), 6.0), 'the slope of a square'\nassert near(slope(np.exp, 0.0), 1.0)",
    "counter": "counter = Counter()\nassert counter.add(STEP) == 2\nassert counter.add(3) == 5, 'it remembers'",
}
GIVEN = """import numpy as np

STEP = 2
NUMBERS = [1.0, 4.0, 9.0]

def square(x):
    return x * x

def near(a, b):
    return abs(a - b) < 1e-3
"""


def cell(name: str, text: str, **grading: Any) -> Any:
    about: dict[str, Any] = {"grade_id": name, "schema_version": 3, "task": False, "grade": False, "solution": False}
    about |= {"locked": not grading.get("solution")} | grading
    return v4.new_code_cell(text, id=name, metadata={"nbgrader": about})


def course() -> Any:
    """Three questions: a function of numbers, one of functions, and a class."""
    given, shown = cell("given", GIVEN), cell("plot", "SHOWN = 1\nprint(np.linspace(0, 1, 5))")
    given.metadata["chainrule"], shown.metadata["chainrule"] = {"given": True}, {"demonstration": True}
    cells = [given, shown]
    for name, text in RIGHT.items():
        cells += [cell(f"{name}-solution", text, solution=True), cell(name, CHECKS[name], grade=True, points=2)]
    return v4.new_notebook(cells=cells)


@pytest.fixture(scope="module")
def examiner() -> Iterator[Examiner]:
    """A warm examiner of the course."""
    with Examiner(
        course(), limits=Limits(cell_seconds=300, call_seconds=300, check_seconds=600), demonstrations=False
    ) as examiner:
        yield examiner


def handed_in(text: str) -> Any:
    """The course with what a file says."""
    notebook = course()
    parts = MARKER.split(text)
    for where, name, body in zip(parts[1::3], parts[2::3], parts[3::3], strict=True):
        ids = [each.id for each in notebook.cells]
        if where == "answer":
            notebook.cells[ids.index(f"{name}-solution")].source = body.strip("\n")
            continue
        place = {"before": f"{name}-solution", "after": name}.get(where)
        at = len(ids) if place is None else ids.index(place)
        notebook.cells.insert(at, v4.new_code_cell(body.strip("\n")))
    return notebook


@pytest.mark.parametrize("name", HONEST)
def test_an_honest_student_keeps_every_mark(examiner: Examiner, name: str) -> None:
    """Each check passes, whatever else stands in the notebook."""
    text = (FOLDER / f"{name}.py").read_text(encoding="utf-8")
    for needed in re.findall(r"^# needs: (\w+)$", text, re.M):
        if importlib.util.find_spec(needed) is None:
            pytest.skip(f"{needed} is not installed")
    notebook = rebuild(course(), handed_in(text))

    examiner.examine(notebook)

    verdicts = {each.id: each.metadata["chainrule"]["verdict"] for each in notebook.cells if is_check(each)}
    passed = {check: verdict["status"] == "passed" for check, verdict in verdicts.items()}
    assert passed == dict.fromkeys(CHECKS, True), verdicts
