"""A teacher's evening in a real browser: what came from the platform is collected, graded, marked and reported."""

from __future__ import annotations

import base64
import csv
import io
import json
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from pages import COMMAND, DESKTOP, PHONE, found_by_axe, wider_than_it_may

from chainrule.course import Course

if TYPE_CHECKING:
    from playwright.sync_api import Page

WORKS = ("Because of the triangle, twice.", "Areas add up. I drew it:\n\n![triangle.png](attachment:triangle.png)")


def triangle() -> str:
    """A drawing, as a browser pastes it into a cell."""
    from PIL import Image, ImageDraw

    drawing = Image.new("RGB", (300, 150), "white")
    ImageDraw.Draw(drawing).line((20, 130, 280, 130, 150, 20, 20, 130), fill="black", width=3)
    written = io.BytesIO()
    drawing.save(written, "PNG")
    return base64.b64encode(written.getvalue()).decode()


def run(course: Course, *words: str) -> str:
    done = subprocess.run([str(COMMAND), *words], cwd=course.root, capture_output=True, text=True, check=False)
    assert done.returncode in (0, 3), done.stderr
    return done.stdout


def from_canvas(course: Course) -> Path:
    """The zip that Canvas gives for a class, in which noa handed in an essay with a pasted picture, a day too late."""
    notebook = json.loads((course.release / "small" / "small.ipynb").read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        if cell["id"] == "essay":
            cell.update(source=WORKS[1], attachments={"triangle.png": {"image/png": triangle()}})
    path = course.root / "submissions.zip"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("missingnoa_LATE_4711_93127_small-1.ipynb", json.dumps(notebook))
    return path


def marks(course: Course) -> dict[str, str]:
    """What the report's table says of the essay, by student."""
    with (course.root / "reports" / "marks.csv").open(newline="", encoding="utf-8-sig") as file:
        return {row["student"]: row["points"] for row in csv.DictReader(file) if row["question"] == "essay"}


def test_an_evening(
    class_copy: Course, open_page: Callable[..., Any], open_desk: Callable[[Course], str], picture: Callable[..., None]
) -> None:
    """Collect, grade, mark two essays with nothing but keys, one with a pasted picture, and write the report."""
    run(class_copy, "collect", str(from_canvas(class_copy)), "--roster", "roster.csv")
    run(class_copy, "grade", "--workers", "1")
    page, seen = open_page(open_desk(class_copy))
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/of/small/essay")
    drawn = page.evaluate("[...document.images].map(one => [one.complete, one.naturalWidth])")
    picture(page, "desk.png")

    # ada waits, and so does noa; a key is pressed before the gradebook has written the one before.
    page.keyboard.press("c")
    page.keyboard.type("Say which triangle.")
    page.keyboard.press("Escape")
    page.keyboard.press("2")
    page.keyboard.press("3")
    page.locator(".said").nth(1).wait_for()

    run(class_copy, "report")
    assert drawn == [[True, 300]]
    assert (marks(class_copy)["ada"], marks(class_copy)["noa"]) == ("2", "3")
    assert seen.errors == []
    report, _ = open_page(class_copy.root / "reports" / "class.html")
    assert report.get_by_role("row").filter(has_text="noa").count() == 1
    picture(report, "report.png")


def said(page: Page) -> str:
    """What the desk says of the answer that has the focus."""
    return str(page.evaluate("document.activeElement.querySelector('.told').textContent"))


def test_every_key_of_the_desk(
    class_copy: Course, open_page: Callable[..., Any], open_desk: Callable[[Course], str]
) -> None:
    """Going on and back, other points, full marks, a comment of the bank; a held key marks one answer only."""
    page, seen = open_page(open_desk(class_copy).replace("/?", "/of/small/essay?"))
    at = "document.querySelectorAll('section').length && document.activeElement.getAttribute('aria-label')"
    walk = []
    for key in "jjjkk":
        page.keyboard.press(key)
        walk.append(page.evaluate(at))
    page.keyboard.press("k")

    page.keyboard.press("p")
    page.keyboard.type("0.5")
    page.keyboard.press("Enter")
    page.locator(".said").wait_for()
    page.keyboard.press("c")
    page.keyboard.type("Draw it.")
    page.keyboard.press("Enter")
    page.locator("#comments li", has_text="Draw it.").wait_for()
    page.keyboard.press("j")
    page.keyboard.press("Shift+Digit1")
    page.locator(".said").nth(1).wait_for()
    page.keyboard.press("k")
    page.keyboard.down("f")
    page.keyboard.down("f")
    page.keyboard.up("f")
    page.keyboard.press("9")

    names = ["benoit", "ivan", "ivan", "benoit", "ada"]
    assert walk == [f"Answer of {name}" for name in names]
    fields = page.evaluate("[...document.querySelectorAll('form')].map(one => [one.points.value, one.comment.value])")
    assert fields == [["3", "Draw it."], ["1.5", "Draw it."], ["0", ""]]
    assert seen.errors == []


def test_a_mark_that_was_not_written_comes_back(
    class_copy: Course, open_page: Callable[..., Any], open_desk: Callable[[Course], str]
) -> None:
    """A desk that is closed is told beside the answer, which has the focus again."""
    page, _ = open_page(open_desk(class_copy).replace("/?", "/of/small/essay?"))
    page.route("**/mark", lambda route: route.abort())

    page.keyboard.press("1")
    page.wait_for_selector(".error")

    assert said(page) == "not marked: is the desk still open?"


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_pages_can_be_used_by_everybody(
    reported_class: Course, open_page: Callable[..., Any], open_desk: Callable[[Course], str], width: int
) -> None:
    """axe-core finds nothing in any page, nothing is fetched, and no page is wider than a phone."""
    desk = open_desk(reported_class)
    pages: list[Any] = [desk, desk.replace("/?", "/of/small/essay?")]
    pages += sorted((reported_class.root / "reports").glob("*.html"))
    pages += [reported_class.root / "feedback" / student / "small" / "small.html" for student in ("ada", "zoe")]

    wrong = []
    for where in pages:
        page, seen = open_page(where, width)
        wrong += [f"{where}: {line}" for line in (*found_by_axe(page), *seen.errors)]
        wrong += [f"{where} fetches {address}" for address in seen.fetched()]
        wrong += [f"{where} is wider than {width} points"] * bool(wider_than_it_may(page))

    assert len(pages) >= 6
    assert wrong == []


@pytest.fixture(scope="module")
def reported_class(graded_class: Course, tmp_path_factory: pytest.TempPathFactory) -> Course:
    """The class with everything that is written of it."""
    import shutil

    course = Course(tmp_path_factory.mktemp("reported") / "course")
    shutil.copytree(graded_class.root, course.root)
    run(course, "report")
    run(course, "alike", "small")
    return course
