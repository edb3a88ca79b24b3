"""Attacks that want to run in a page are graded, and every page that shows them is opened: nothing of them runs.

Only `make browser` does: `make test` reads the same pages in tests/attacks, without a browser.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from attack_course import make_course
from attack_files import FOLDER, TARGET, names, read_attack, write_submission
from pages import COMMAND, Seen

from chainrule.course import Course

if TYPE_CHECKING:
    from playwright.sync_api import Page

# What attacks call in a page; a script, a handler or an address that does is theirs.
PAGES = [name for name in names() if "pwned" in (FOLDER / f"{name}.py").read_text(encoding="utf-8")]
pytestmark = pytest.mark.skipif(os.environ.get("BROWSER") != "every", reason="`make browser` opens them")
# What a person might do to what looks like a link, a button or a thing that folds.
TOUCH = """() => {
    const all = [...document.querySelectorAll("body *")];
    const kinds = ["mouseover", "focus", "toggle", "load", "error", "animationstart", "pointerenter"];
    for (const one of all) for (const kind of kinds) one.dispatchEvent(new Event(kind, {bubbles: true}));
    for (const one of document.querySelectorAll("details")) one.open = true;
    return all.length;
}"""
# Where links and the like lead, as the browser understands them.
ADDRESSES = """() => [...document.querySelectorAll("[href], [src], [action], [formaction], [data]")].map(
    one => new URL(["href", "src", "action", "formaction", "data"].map(name => one.getAttribute(name)).find(Boolean)
                   ?? "", document.baseURI).href)"""


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """A course in which each of these attacks was handed in and graded, with a report of it."""
    course = make_course(tmp_path_factory.mktemp("attacked") / "course")
    for name in PAGES:
        write_submission(course, name, read_attack(name))
    for words in (["grade", "--workers", "2"], ["report"]):
        done = subprocess.run([str(COMMAND), *words], cwd=course.root, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
    return course


def provoked(page: Page, seen: Seen) -> list[str]:
    """What of an attack ran, or would run where somebody follows it, or left the page."""
    assert page.evaluate(TOUCH)
    page.wait_for_load_state("networkidle")
    leads = [one for one in page.evaluate(ADDRESSES) if not one.startswith(("http", "mailto:", "file:", "data:image/"))]
    return [*seen.ran, *leads, *seen.fetched(), *(frame.url for frame in page.frames[1:])]


@pytest.mark.parametrize("attack", PAGES)
def test_feedback_runs_nothing(attack: str, attacked: Course, open_page: Callable[..., Any]) -> None:
    """The page that a student gets back, and opens at home."""
    path = attacked.root / "feedback" / attack / TARGET / f"{TARGET}.html"
    page, seen = open_page(path)

    assert provoked(page, seen) == []


def test_desk_and_report_run_nothing(
    attacked: Course, open_page: Callable[..., Any], open_desk: Callable[[Course], str]
) -> None:
    """The pages that a teacher opens, all attacks in one."""
    desk = open_desk(attacked).replace("/?", "/of/target/why?")
    for where in (desk, *sorted((attacked.root / "reports").glob("*.html"))):
        page, seen = open_page(where)

        assert provoked(page, seen) == [], where


def test_an_attack_that_runs_would_be_seen(open_page: Callable[..., Any], tmp_path: Any) -> None:
    """Nbconvert's own way with such a text calls `pwned`, and these tests notice."""
    path = tmp_path / "page.html"
    path.write_text("<p>x</p>" * 12 + "<img src=x onerror=pwned()><a href='javascript:pwned()'>x</a>")
    page, seen = open_page(path)

    assert {"pwned()", "javascript:pwned()"} <= set(provoked(page, seen))
