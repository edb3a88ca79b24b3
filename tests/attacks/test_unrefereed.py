"""What a check in a copy of the student's kernel tells that copy does not come back, and touches nothing else.

Every file of `grader_tests/attacks/unrefereed/` answers the target below.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from nbformat import v4

from chainrule.engine.examine import Examiner
from chainrule.engine.routes import Route, Way
from chainrule.limits import Limits

FOLDER = Path(__file__).resolve().parents[2] / "grader_tests/attacks/unrefereed"
SEARCH = '''
def search():
    """The text of the check that is running, from the frames that called this."""
    import sys
    found, frame = [], sys._getframe()
    while frame is not None:
        found += [str(value) for value in frame.f_locals.values() if "umbra" in str(value)]
        frame = frame.f_back
    return " ".join(found)

def half(x):
    return x / 2

def share():
    return 0.5
'''
HIDDEN = """assert double(1) == 2
### BEGIN HIDDEN TESTS
assert double(20917.304128) == 41834.608256  # umbra
### END HIDDEN TESTS"""
SECRETS = ("umbra", "20917.304", "41834.608", "20917304")


def cell(name: str, text: str, points: float = 0) -> Any:
    grading = {"grade_id": name, "schema_version": 3, "task": False, "locked": bool(points), "solution": not points}
    return v4.new_code_cell(text, id=name, metadata={"nbgrader": {**grading, "grade": bool(points), "points": points}})


def notebook(answer: str) -> Any:
    first, _, last = answer.partition("# %% last\n")
    cells = [
        cell("helpers", SEARCH),
        cell("double", first),
        cell("refereed", "assert half(3) == 1.5", 1),
        cell("hidden", HIDDEN, 1),
        cell("open", "assert half(5) == 2.5", 1),
        cell("points", "points = 0.0\npoints += share()\npoints", 1),
        cell("last", last),
    ]
    return v4.new_notebook(cells=cells)


@pytest.fixture(scope="module")
def examiner() -> Iterator[Examiner]:
    """The warm processes of the target."""
    limits = Limits(check_seconds=120)
    with Examiner(notebook(""), limits=limits) as examiner:
        yield examiner


def examined(examiner: Examiner, answer: str) -> dict[str, Any]:
    routes = {name: Route(Way.COPY, "it shows its hidden text") for name in ("hidden", "open", "points")}
    rebuilt = notebook(answer)
    examiner.examine(rebuilt, routes=routes)
    return {one.id: one for one in rebuilt.cells}


def statuses(cells: dict[str, Any]) -> dict[str, str]:
    return {
        name: str(cells[name].metadata["chainrule"]["verdict"]["status"]) for name in ("refereed", "hidden", "open")
    }


@pytest.mark.parametrize("attack", sorted(path.stem for path in FOLDER.glob("*.py")))
def test_nothing_of_a_check_comes_back(attack: str, examiner: Examiner) -> None:
    """Not in outputs, messages or points; the other checks and the next submission are as they would be."""
    came = examined(examiner, (FOLDER / f"{attack}.py").read_text())

    told = str([[one.get("outputs"), one.metadata.get("chainrule")] for one in came.values()])
    assert not [secret for secret in SECRETS if secret in told]
    assert (statuses(came)["refereed"], statuses(came)["open"]) == ("passed", "passed")
    honest = examined(examiner, "def double(x):\n    return 2 * x")
    assert statuses(honest) == dict.fromkeys(("refereed", "hidden", "open"), "passed")


def test_the_search_finds_the_hidden_text(examiner: Examiner) -> None:
    """The attacks do have something to tell: a copy that looks for the text finds it."""
    came = examined(examiner, "def double(x):\n    return 2 * x if 'umbra' in search() else 0")

    assert statuses(came)["hidden"] == "passed"
