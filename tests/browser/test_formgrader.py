"""Formgrader as `chainrule desk --formgrader` opens it: it works, and runs no script but its own."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from typing import Any

import pytest
from pages import COMMAND

from chainrule.course import Course
from chainrule.term.standing import read_class

pytestmark = pytest.mark.skipif(os.environ.get("BROWSER") != "every", reason="`make browser` starts Jupyter")
LIVE = "<script>pwned('script')</script><img src='data:,' onerror='pwned(1)'><p onmouseover='pwned(2)'>Past all.</p>"


def test_formgrader_marks_and_runs_nothing_else(
    class_copy: Course, open_page: Callable[..., Any], open_lab: Callable[..., tuple[str, str]]
) -> None:
    """A mark is given by hand; what got past every other wall into a page, in a cell of the course's, does not run."""
    path = class_copy.root / "autograded" / "ada" / "small" / "small.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    notebook["cells"][0]["source"] = LIVE
    path.write_text(json.dumps(notebook), encoding="utf-8")
    url, token = open_lab(class_copy.root, (str(COMMAND), "desk", "--formgrader"))
    page, seen = open_page(f"{url}login?token={token}&next=/formgrader/gradebook/small/small")
    links = page.locator(".name a.name-hidden")
    links.first.wait_for()

    # Submissions stand in an order that says nothing of names.
    for place in range(links.count()):
        page.goto(f"{url}formgrader/gradebook/small/small")
        links.nth(place).click()
        page.locator("input#essay.score").wait_for()
        if page.get_by_text("Past all.").count():
            break
    page.get_by_text("Past all.").hover()
    page.locator("span.name-hidden.glyphicon").click()
    shown = page.locator("a.name-shown").is_visible()
    page.locator("input#essay.score").fill("2")
    page.keyboard.press("Tab")
    page.wait_for_load_state("networkidle")

    assert shown
    assert seen.ran == []
    assert seen.errors == []
    assert read_class(class_copy).work("ada", "small").final == 5.5
