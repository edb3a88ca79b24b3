"""A kernel's death costs the cell that killed it, whenever it strikes; what ends no notebook costs nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from nbformat import v4

from chainrule.engine.cells import is_check
from chainrule.engine.examine import Examiner
from chainrule.engine.intake import rebuild
from chainrule.limits import Limits

RIGHT = {
    "double": "def double(x):\n    return 2 * x",
    "half": "def half(x):\n    return x / 2",
    "third": "def third(x):\n    return x / 3",
}
LATER = "import os, threading\nthreading.Timer(0.4, os._exit, [3]).start()\n"


def cell(name: str, text: str, *, solution: bool = False, points: int = 0) -> Any:
    grading: dict[str, Any] = {"grade_id": name, "schema_version": 3, "task": False, "locked": not solution}
    grading |= {"solution": solution, "grade": bool(points)} | ({"points": points} if points else {})
    return v4.new_code_cell(text, id=name, metadata={"nbgrader": grading})


def course() -> Any:
    """Three questions with a check each."""
    cells = []
    for name, text in RIGHT.items():
        cells.append(cell(f"{name}-solution", text, solution=True))
        cells.append(cell(name, f"assert {name}(6) == {dict(double=12, half=3, third=2)[name]}", points=1))
    return v4.new_notebook(cells=cells)


@pytest.fixture(scope="module")
def examiner() -> Iterator[Examiner]:
    """An examiner with short limits, and time for some kernels."""
    with Examiner(course(), limits=Limits(cell_seconds=120, notebook_seconds=1200)) as examiner:
        yield examiner


def examined(examiner: Examiner, *scratch: str, **answers: str) -> Any:
    """The course, answered right but for `answers`, with cells of the student's own before the last two questions."""
    submitted = course()
    for place in submitted.cells:
        name = place.id.removesuffix("-solution")
        if place.id != name and name in answers:
            place.source = answers[name]
    own = [v4.new_code_cell(text, id=f"own-{number}") for number, text in enumerate(scratch)]
    submitted.cells[2:2] = own
    notebook = rebuild(course(), submitted)
    examiner.examine(notebook)
    return notebook


def passed(notebook: Any) -> list[str]:
    checks = [c for c in notebook.cells if is_check(c)]
    return [c.id for c in checks if c.metadata["chainrule"]["verdict"]["status"] == "passed"]


def lost(notebook: Any) -> list[str]:
    """The cells that are told to have ended their kernel."""
    outputs = {c.source: c.outputs for c in notebook.cells if c.cell_type == "code" and not is_check(c)}
    return [text for text, shown in outputs.items() if any(output.get("ename") == "KernelEnded" for output in shown)]


@pytest.mark.parametrize(
    "text",
    [
        "exit()",
        "quit()",
        "exit",
        "import sys\nsys.exit()",
        "raise SystemExit(1)",
        "import builtins\nbuiltins.exit()",
        "get_ipython().kernel.do_shutdown(True)",
        "import IPython\nIPython.Application.instance().kernel.do_shutdown(True)",
    ],
)
def test_a_polite_end_costs_nothing(examiner: Examiner, text: str) -> None:
    """The cells after it count, whatever Jupyter would have done; names that were made before are still there."""
    notebook = examined(examiner, "mine = 5", text, "import time\ntime.sleep(0.3)\nprint(mine)")

    assert passed(notebook) == list(RIGHT)
    assert lost(notebook) == []
    assert "5\n" in [output.get("text") for c in notebook.cells if c.id.startswith("own") for output in c.outputs]


@pytest.mark.parametrize("killer", [LATER, "import os\nos._exit(1)", "import ctypes\nctypes.string_at(1)"])
def test_a_scratch_cell_that_ends_the_kernel_costs_no_mark(examiner: Examiner, killer: str) -> None:
    """It alone is left out, whether it kills at once or a while later, while an innocent cell runs."""
    innocent = "import time\ntime.sleep(0.8)\nprint('innocent')"
    notebook = examined(examiner, "before = 1", killer, innocent)

    assert passed(notebook) == list(RIGHT)
    assert lost(notebook) == [killer]
    assert "innocent\n" in [output.get("text") for c in notebook.cells if c.source == innocent for output in c.outputs]


def test_an_answer_that_ends_the_kernel_later_costs_no_other_question(examiner: Examiner) -> None:
    """Its own check passed before that, and so did the others', those before and those after."""
    notebook = examined(examiner, half=LATER + RIGHT["half"], third="import time\ntime.sleep(0.8)\n" + RIGHT["third"])

    assert passed(notebook) == list(RIGHT)
    assert lost(notebook) == [LATER + RIGHT["half"]]


def test_a_check_that_is_under_way_when_a_timer_strikes_is_run_again(examiner: Examiner) -> None:
    """Its question keeps its marks."""
    slow = "import time\ndef third(x):\n    time.sleep(0.8)\n    return x / 3"
    notebook = examined(examiner, LATER, third=slow)

    assert passed(notebook) == list(RIGHT)
    assert lost(notebook) == [LATER]


def test_two_cells_that_end_the_kernel_are_both_found(examiner: Examiner) -> None:
    """Also where each strikes while another cell runs."""
    innocent = "import time\ntime.sleep(0.8)"
    other = LATER.replace("0.4", "0.5")
    notebook = examined(examiner, LATER, other, innocent)

    assert passed(notebook) == list(RIGHT)
    assert lost(notebook) == [LATER, other]


def test_a_call_that_ends_the_kernel_costs_its_question(examiner: Examiner) -> None:
    """The function that ends the process is the one at fault, not the cells before."""
    notebook = examined(examiner, half="import os\ndef half(x):\n    os._exit(1)")

    assert passed(notebook) == ["double", "third"]
    assert lost(notebook) == []


def test_the_time_of_a_notebook_is_that_of_all_its_kernels() -> None:
    """Fresh kernels bring no fresh time: cells that end theirs cannot stretch it."""
    scratch = [f"import os, time\ntime.sleep(1.5)\nos._exit({number})" for number in range(6)]
    with Examiner(course(), limits=Limits(notebook_seconds=10)) as examiner:
        notebook = examined(examiner, *scratch)

    assert passed(notebook) == ["double"]
    told = [output["evalue"] for c in notebook.cells if c.id.startswith("own") for output in c.outputs]
    assert told[0].startswith("The kernel has ended: exit 0.")
    assert told[-1].startswith("The time for the whole notebook is over.")
    verdicts = [c.metadata["chainrule"]["verdict"] for c in notebook.cells if is_check(c)]
    over = "TimeoutError: The time for the whole notebook is over."
    assert [v["message"] for v in verdicts] == ["", over, over]
