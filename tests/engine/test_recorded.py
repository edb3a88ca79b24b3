"""Submissions are graded with what nbgrader recorded at the release, as stock grades them."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat import v4
from stock_course import StockCourse, check, solution

from programs import program

# As the file of that name in nbgrader's documentation, for values of any type.
AUTOTESTS = """\
python3:
  setup: 'from hashlib import sha1'
  hash: 'sha1({{snippet}}.encode("utf-8")+b"{{salt}}").hexdigest()'
  dispatch: 'type({{snippet}})'
  normalize: 'str({{snippet}})'
  check: 'assert {{snippet}} == \"\"\"{{value}}\"\"\", \"\"\"{{message}}\"\"\"'
  success: "print('Success!')"
  templates:
    default:
      - {test: 'type({{snippet}})', fail: 'type of {{snippet}} is wrong'}
      - {test: '{{snippet}}', fail: 'value of {{snippet}} is wrong'}
"""
RIGHT = "def square(x):\n    return x * x"
WRONG = "def square(x):\n    return x + x"


def course(tmp_path: Path, test: str = "assert square(3) == 9", **options: Any) -> StockCourse:
    """A course of one function and one check."""
    return StockCourse(tmp_path, {"n": [solution("square", RIGHT), check("square-check", test)]}, **options)


def edited(course: StockCourse, edit: Callable[[Any], None]) -> None:
    """Edit the instructor's notebook, and release nothing."""
    path = course.folder / "n.ipynb"
    notebook = nbformat.read(path, as_version=4)
    edit(notebook)
    nbformat.write(notebook, path)


def test_tests_that_nbgrader_expands_are_graded_as_expanded(tmp_path: Path) -> None:
    """In `source/` they are comments, and pass for everybody; what stands in their place in the release counts."""
    cells = [solution("square", RIGHT), check("plain", "# to come"), check("hashed", "# to come")]
    graded = StockCourse(tmp_path, {"n": cells}, files={"autotests.yml": AUTOTESTS})

    def edit(notebook: Any) -> None:
        notebook.cells[1].source = "### AUTOTEST square(3)"
        notebook.cells[2].source = "### HASHED AUTOTEST square(4)"

    edited(graded, edit)
    # In a process of its own: nbgrader 0.9 leaves the sockets of the kernel open in which it expands tests.
    command = [*program("nbgrader"), "generate_assignment", "a", "--force"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    graded.hand_in("right", {})
    graded.hand_in("wrong", {"square": WRONG})

    assert graded.grade("right") == {"plain": 1, "hashed": 1}
    assert graded.grade("wrong") == {"plain": 0, "hashed": 0}


def test_an_edit_counts_from_the_next_release_on(tmp_path: Path) -> None:
    """Text and points are those of the release, also in a process that has graded before; then those of the next."""
    graded = course(tmp_path)
    graded.hand_in("a", {})
    before = graded.grade("a")

    def edit(notebook: Any) -> None:
        notebook.cells[1].source = "assert square(4) == 16"
        notebook.cells[1].metadata.nbgrader.points = 3

    edited(graded, edit)
    unreleased = graded.grade("a")
    graded.api().generate_assignment("a", force=True)
    released = graded.grade("a")

    assert before == unreleased == {"square-check": 1}
    assert released == {"square-check": 3}


@pytest.mark.parametrize("gone", ["source", "source and cells"])
def test_without_the_source_the_release_is_graded_with(tmp_path: Path, gone: str) -> None:
    """A folder `source/` that is away, or has other cells now, costs no mark and no graded copy."""
    graded = course(tmp_path)
    graded.hand_in("a", {})
    graded.hand_in("b", {"square": WRONG})
    if gone == "source":
        shutil.rmtree(tmp_path / "source")
    else:
        edited(graded, lambda notebook: notebook.cells.append(check("later", "assert square(1) == 1")))

    assert graded.grade("a") == {"square-check": 1}
    assert graded.grade("b") == {"square-check": 0}
    assert graded.graded("a").cells[1].source == "assert square(3) == 9"


def test_no_notebook_with_the_released_cells_is_a_clear_stop(tmp_path: Path) -> None:
    """Where neither folder holds what was released, the message says what to do, and what was graded stays."""
    graded = course(tmp_path)
    graded.hand_in("a", {})
    graded.grade("a")
    edited(graded, lambda notebook: notebook.cells.append(check("later", "assert square(1) == 1")))
    shutil.rmtree(tmp_path / "release")

    outcome = graded.api().autograde("a", "a")

    assert not outcome["success"]
    assert "new: later" in outcome["log"]
    assert "nbgrader generate_assignment a" in outcome["log"]
    assert graded.graded("a").cells[1].source == "assert square(3) == 9"
    assert graded.marks("a") == {"square-check": 1}


def test_header_and_footer_are_part_of_the_notebook(tmp_path: Path) -> None:
    """Cells that nbgrader adds to each release run in the notebook and in the referee."""
    nbformat.write(v4.new_notebook(cells=[v4.new_code_cell("import math")]), tmp_path / "header.ipynb")
    text = "def area(r):\n    return math.pi * r**2"
    cells = [solution("area", text), check("area-check", "assert math.isclose(area(2), 4 * math.pi)")]
    graded = StockCourse(tmp_path, {"n": cells}, config="c.IncludeHeaderFooter.header = 'header.ipynb'")
    graded.hand_in("a", {})

    assert graded.grade("a") == {"area-check": 1}
