"""The page that a student gets back, in a browser: README shows parts of it."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest
from pages import COMMAND, DESKTOP, PHONE, found_by_axe, wider_than_it_may

from chainrule.authoring.assignment import read_assignment
from chainrule.proof.answers import read_answer
from chainrule.proof.demo_class import hand_in_answer, solutions
from in_course import copy_course

pytestmark = pytest.mark.skipif(os.environ.get("BROWSER") != "every", reason="`make browser` grades 01 for its page")
ASSIGNMENT = "01_computational_graph"
WRONG = "adam_corrects_m_only"
LOST = ("adam-weights", "adam-correction", "adam-eps")
PART = """
for (const row of document.querySelectorAll('table.questions tr + tr'))
  if (!/^(adam|momentum-weights)/.test(row.cells[1].innerText)) row.remove();
const kept = ['def adam_update', 'Check: adam-weights'];
for (const cell of document.querySelectorAll('#notebook-container > *'))
  if (!kept.some(words => cell.textContent.includes(words) && cell.querySelector('.nbgrader_cell'))) cell.remove();
"""


@pytest.fixture(scope="module")
def page_of_ben(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of a student whose Adam corrects one of its two means."""
    course = copy_course(tmp_path_factory.mktemp("course"))
    subprocess.run([COMMAND, "build", ASSIGNMENT], cwd=course.root, check=True)
    assignment = read_assignment(course.assignments / ASSIGNMENT)
    answer = read_answer(course.answers / ASSIGNMENT / "wrong" / f"{WRONG}.py", assignment)
    release = nbformat.read(course.release / ASSIGNMENT / f"{ASSIGNMENT}.ipynb", as_version=4)
    target = course.submitted / "ben" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
    target.parent.mkdir(parents=True)
    nbformat.write(hand_in_answer(release, answer, solutions(course, assignment)), target)
    subprocess.run([COMMAND, "grade", ASSIGNMENT], cwd=course.root, check=True)
    return course.root / "feedback" / "ben" / ASSIGNMENT / f"{ASSIGNMENT}.html"


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_a_student_sees_what_to_look_at(
    page_of_ben: Path, open_page: Callable[..., Any], picture: Callable[..., None], width: int
) -> None:
    """What was lost, and why, stands in the table, its first line is a link away, and nothing is asked for."""
    page, seen = open_page(page_of_ben, width, 1020)

    off = [row.split("\t") for row in page.locator("table.questions tr.off").all_inner_texts()]
    told = {name.strip(): why.strip() for _, name, _, why in off}
    assert set(LOST) <= told.keys()
    assert told["adam-weights"].endswith("It looks as if v is not corrected.")
    page.locator("p.next a").click()
    assert page.url.endswith(f"#{LOST[0]}")
    assert seen.requests == [page_of_ben.as_uri()] and not seen.errors
    assert found_by_axe(page) == []
    assert wider_than_it_may(page) <= 0
    if width == DESKTOP:
        page.evaluate(PART)
        page.set_viewport_size({"width": 1000, "height": 890})
        page.evaluate("window.scrollTo(0, 0)")
        picture(page, "graded.png")
