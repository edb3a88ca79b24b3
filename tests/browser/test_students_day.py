"""A student's day in a real JupyterLab: the release notebook is opened, answered, checked and validated."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from pages import DESKTOP, run_all

from chainrule.course import Course

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.skipif(os.environ.get("BROWSER") != "every", reason="`make browser` starts JupyterLab")
ANSWERS = {
    "def square": "def square(x):\n    return x * x",
    "def total": "def total(numbers):\n    return sum(map(square, numbers))",
}
TALL = 2600
"""Cells that are not in the window do not exist in the page."""


def answer(page: Page, holding: str, text: str) -> None:
    """Write into the cell that holds some words, in place of all that is in it."""
    page.locator(".jp-CodeCell .cm-content", has_text=holding).click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(text)


def test_a_day(
    released_course: Course,
    open_page: Callable[..., Any],
    open_lab: Callable[..., tuple[str, str]],
    picture: Callable[..., None],
    tmp_path: Path,
) -> None:
    """A wrong answer is told what is off; right ones pass, and say so; Validate asks for the essay alone."""
    home = tmp_path / "downloads"
    shutil.copytree(released_course.release / "small", home)
    url, token = open_lab(home)
    page, seen = open_page(f"{url}lab/tree/small.ipynb?token={token}", DESKTOP, TALL)
    page.locator(".jp-CodeCell .cm-content", has_text="def total").wait_for()

    answer(page, "def square", ANSWERS["def square"].replace("*", "+"))
    run_all(page)
    page.locator(".jp-OutputArea-output", has_text="Not right: square(3)").wait_for()
    picture(page, "student.png", clip={"x": 290, "y": 425, "width": 950, "height": 385})
    for holding, text in ANSWERS.items():
        answer(page, holding, text)
    run_all(page)
    page.locator(".jp-OutputArea-output", has_text="passed").nth(1).wait_for()
    page.get_by_text("Validate", exact=True).click()
    said = page.locator(".jp-Dialog-content", has_text="Validation Results")
    said.wait_for()

    saved = json.loads((home / "small.ipynb").read_text(encoding="utf-8"))
    texts = ["".join(cell["source"]) for cell in saved["cells"]]
    assert set(ANSWERS.values()) <= set(texts)
    # The checks pass, and what is left is the essay.
    assert "You did not provide a response" in said.inner_text()
    assert "def " not in said.inner_text()
    assert seen.ran == []
