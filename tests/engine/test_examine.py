"""One notebook through kernel and referee: nothing moves, and what goes wrong costs only what it must."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from nbformat import v4

from chainrule.engine.cells import is_check
from chainrule.engine.examine import Examiner
from chainrule.engine.intake import rebuild
from chainrule.limits import Limits


def cell(name: str, text: str, role: str = "", points: int = 0) -> Any:
    grading: dict[str, Any] = {"grade_id": name, "schema_version": 3, "task": False, "locked": role != "solution"}
    grading |= {"solution": role == "solution", "grade": bool(points)} | ({"points": points} if points else {})
    metadata: dict[str, Any] = {"nbgrader": grading}
    if role in ("given", "demonstration"):
        metadata["chainrule"] = {role: True}
    return v4.new_code_cell(text, id=name, metadata=metadata)


def course() -> Any:
    """Two questions with a check each, a check of random numbers, and a demonstration that no mark depends on."""
    cells = [
        v4.new_markdown_cell("# Two questions", id="title"),
        cell("given", "import numpy as np\nSTEP = 0.5", "given"),
        cell("double-solution", "def double(x):\n    return 2 * x", "solution"),
        cell("double", "assert double(STEP) == 1.0, 'double it'", points=2),
        cell("show", "print('look:', double(3))\nshown = 1", "demonstration"),
        cell("used", "table = {'a': double(1)}", "demonstration"),
        cell("half-solution", "def half(x):\n    return x / 2", "solution"),
        cell("half", "assert half(3) == 1.5, 'halve it'\nassert table['a'] == 2", points=3),
        cell("draw-solution", "def draw():\n    return np.random.rand()", "solution"),
        cell("draw", "round(3 * draw(), 6)", points=3),
    ]
    return v4.new_notebook(cells=cells)


@pytest.fixture(scope="module")
def examiner() -> Iterator[Examiner]:
    """An examiner with short limits for what does not end, and as much time for honest work as a busy machine takes."""
    limits = Limits(cell_seconds=4, grace_seconds=2.0, call_seconds=4, check_seconds=600, connect_seconds=300)
    with Examiner(course(), limits=limits, demonstrations=False) as examiner:
        yield examiner


def examined(examiner: Examiner, **answers: str) -> Any:
    """The course with some solutions written over (by question), after it was examined."""
    submitted = course()
    for submitted_cell in submitted.cells:
        name = submitted_cell.id.removesuffix("-solution")
        if submitted_cell.id.endswith("-solution") and name in answers:
            submitted_cell.source = answers[name]
    notebook = rebuild(course(), submitted)
    examiner.examine(notebook)
    return notebook


def statuses(notebook: Any) -> dict[str, str]:
    return {c.id: c.metadata["chainrule"]["verdict"]["status"] for c in notebook.cells if is_check(c)}


def test_every_cell_keeps_its_place(examiner: Examiner) -> None:
    """Examining writes outputs and verdicts, and changes no cell's id, order or text."""
    notebook = examined(examiner)

    assert [c.id for c in notebook.cells] == [c.id for c in course().cells]
    assert [c.source for c in notebook.cells] == [c.source for c in course().cells]
    assert statuses(notebook) == {"double": "passed", "half": "passed", "draw": "partial"}


def test_only_demonstrations_that_nothing_needs_are_left_out(examiner: Examiner) -> None:
    """The plot that no check uses does not run; the table that a check reads does."""
    notebook = examined(examiner)

    outputs = {c.id: c.get("outputs") for c in notebook.cells}
    assert outputs["show"] == []
    assert statuses(notebook)["half"] == "passed"


def test_code_that_can_reach_anything_keeps_all_demonstrations(examiner: Examiner) -> None:
    """Where a student's cell asks `globals()`, nobody can tell what it needs, so everything runs."""
    notebook = examined(examiner, double="def double(x):\n    return 2 * x if globals() else 0")

    (shown,) = [c for c in notebook.cells if c.id == "show"]
    assert shown.outputs[0]["text"] == "look: 6\n"


@pytest.mark.parametrize(
    "text",
    [
        "import os\ndef double(x):\n    os._exit(1)",
        "def double(x):\n    while True: pass",
        "import signal\ndef double(x):\n    signal.signal(signal.SIGINT, signal.SIG_IGN)\n    while True: pass",
        "import ctypes\ndef double(x):\n    return ctypes.string_at(1)",
        "import os\nos._exit(1)",
        "while True: pass",
        "def double(x):\n    raise SystemExit",
    ],
    ids=["exits when called", "loops", "deaf loop", "crash", "exits at once", "loops at once", "SystemExit"],
)
def test_a_lost_kernel_costs_the_question_at_fault(examiner: Examiner, text: str) -> None:
    """The other question keeps its marks, as its cells run again in a fresh kernel."""
    notebook = examined(examiner, double=text)

    # The table of the second question is made with `double`, so only its first line can pass.
    found = statuses(notebook)
    assert found["double"] == "failed"
    assert found["draw"] == "partial"


def test_the_next_submission_is_not_harmed(examiner: Examiner) -> None:
    """After a kernel was lost, an honest submission gets full marks from the same examiner."""
    examined(examiner, double="import os\ndef double(x):\n    os.kill(0, 9)")

    assert statuses(examined(examiner)) == {"double": "passed", "half": "passed", "draw": "partial"}


def test_a_check_that_ends_its_own_process_leaves_nothing_behind(examiner: Examiner) -> None:
    """It had taken a variable of the notebook away; the checks after it find the notebook as the student made it."""
    submitted = course()
    submitted.cells[2].source = "ONE = 1\ndef double(x):\n    return 2 * x * ONE"
    notebook = rebuild(course(), submitted)
    checks = {c.id: c for c in notebook.cells if is_check(c)}
    checks["double"].source = "import os\nkept = globals().pop('ONE')\nlen(globals())\nos._exit(1)"
    checks["draw"].source = "assert double(1) == 2"
    examiner.examine(notebook)

    assert statuses(notebook) == {"double": "needs a person", "half": "passed", "draw": "passed"}


def test_random_numbers_are_the_same_each_time(examiner: Examiner) -> None:
    """Twenty runs of one submission give twenty identical results."""
    results = {
        notebook.cells[-1].metadata["chainrule"]["verdict"]["score"]
        for notebook in (examined(examiner) for _ in range(20))
    }

    assert len(results) == 1


def test_noise_costs_nothing(examiner: Examiner) -> None:
    """Prints and warnings on stderr leave the marks alone."""
    noise = "    warnings.warn('hm')\n    print('!', file=sys.stderr)\n"
    text = f"import sys, warnings\ndef double(x):\n{noise}    return 2 * x"

    assert statuses(examined(examiner, double=text))["double"] == "passed"


def test_a_check_that_is_itself_wrong_is_for_a_person() -> None:
    """A mistake in the check's own code is told apart from a student's failure, and costs nobody marks."""
    broken = course()
    broken.cells[3].source = "wanted = STEP['a']\nassert double(STEP) == wanted"
    with Examiner(broken) as examiner:
        notebook = rebuild(broken, course())
        examiner.examine(notebook)

    assert statuses(notebook) == {"double": "needs a person", "half": "passed", "draw": "partial"}
