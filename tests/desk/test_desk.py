"""Written answers are marked in a row, alike ones together; the page runs nothing of theirs and lets nobody in."""

from __future__ import annotations

import asyncio
import json
import re
import threading
import urllib.request
from collections.abc import Iterator
from http.client import HTTPResponse
from typing import Any
from urllib.error import HTTPError

import pytest

from chainrule.course import Course, CourseError
from chainrule.desk.answers import Answer, bank_of, grouped, mark, sheet_of, waiting
from chainrule.desk.server import Desk
from chainrule.term.standing import read_class

pytestmark = pytest.mark.on_both

PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAFklEQVR4nGPkEpFjYGBgYmBgYGBgAAAC5gBAXKUgWwAAAABJRU5ErkJggg=="


class Browser:
    """A client that keeps its cookie, as a browser does."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())

    def get(self, path: str, **headers: str) -> tuple[str, HTTPResponse]:
        request = urllib.request.Request(f"http://127.0.0.1:{self.desk.port}{path}", headers=headers)
        with self.opener.open(request) as answer:
            return answer.read().decode(), answer

    def post(self, path: str, body: Any, kind: str = "application/json") -> dict[str, Any]:
        data = json.dumps(body).encode()
        address = f"http://127.0.0.1:{self.desk.port}{path}"
        with self.opener.open(urllib.request.Request(address, data, {"Content-Type": kind})) as answer:
            return json.loads(answer.read())  # type: ignore[no-any-return]


@pytest.fixture
def browser(class_copy: Course) -> Iterator[Browser]:
    """A desk of the class that is open, and a browser that was not let in yet."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()

    async def opened() -> Desk:
        return Desk(class_copy)

    async def closed(desk: Desk) -> None:
        desk.close()

    desk = asyncio.run_coroutine_threadsafe(opened(), loop).result()
    yield Browser(desk)
    asyncio.run_coroutine_threadsafe(closed(desk), loop).result()
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    loop.close()


def change_answer(course: Course, student: str, text: str, **about: Any) -> None:
    path = course.root / "autograded" / student / "small" / "small.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    (cell,) = [cell for cell in notebook["cells"] if cell["id"] == "essay"]
    cell.update(source=text, **about)
    path.write_text(json.dumps(notebook), encoding="utf-8")


def test_what_waits_is_counted(graded_class: Course) -> None:
    """Of each question that a person marks: how many wait, of how many."""
    assert waiting(graded_class) == [("small", "essay", 1, 4)]


def test_a_question_comes_with_its_scheme_and_all_answers(graded_class: Course) -> None:
    """What waits comes first; model answer and mark scheme stand beside."""
    sheet = sheet_of(graded_class, "small", "essay")

    assert sheet.groups[0].answers[0].student == "ada"
    assert sheet.groups[0].answers[0].points is None
    assert "Pythagoras" in "".join(sheet.scheme)
    assert "model answer" in "".join(sheet.scheme)


def test_a_mark_is_the_gradebooks(class_copy: Course) -> None:
    """It counts at once, with its comment, which goes into the bank."""
    mark(class_copy, "small", "essay", ["ada"], 2.5, "Well argued.")

    assert read_class(class_copy).work("ada", "small").final == 6.0
    assert bank_of(sheet_of(class_copy, "small", "essay")) == ["Well argued."]


@pytest.mark.parametrize(("students", "points"), [(["ada"], 3.5), (["ada"], -1), (["ada", "nobody"], 1)])
def test_a_mark_that_cannot_be_changes_nothing(class_copy: Course, students: list[str], points: float) -> None:
    """More points than there are, and people who have no such answer."""
    with pytest.raises(CourseError):
        mark(class_copy, "small", "essay", students, points, "")

    assert waiting(class_copy) == [("small", "essay", 1, 4)]


def test_alike_answers_stand_together() -> None:
    """Case, blanks and a letter do not part them; a picture, or a mark that one of them has, does."""
    texts = {"a": "Because of Pythagoras, I think.", "b": "because of  pythagoras, I think", "c": "No idea."}
    answers = [Answer(name, text, text, None) for name, text in texts.items()]
    answers += [Answer("d", texts["a"], '<img src="data:...">', None), Answer("e", texts["a"], "", 2.0)]

    assert [[one.student for one in group.answers] for group in grouped(answers)] == [["a", "b"], ["c"], ["d"], ["e"]]


def test_only_the_teachers_browser_is_let_in(browser: Browser) -> None:
    """Not without the key, not with a wrong one, and not under another name of this machine."""
    for path, headers in (("/", {}), ("/?key=wrong", {}), (f"/?key={browser.desk.key}", {"Host": "evil.example"})):
        with pytest.raises(HTTPError, match="403"):
            browser.get(path, **headers)

    page, _ = browser.get(f"/?key={browser.desk.key}")

    assert '<a href="/of/small/essay">essay</a>' in page
    assert browser.desk.key not in page


def test_what_a_student_wrote_does_not_run(browser: Browser, class_copy: Course) -> None:
    """Tags are taken out, a pasted picture is shown, and no script without the page's own nonce would run."""
    text = "<script>alert(1)</script><img src=x onerror=alert(1)>\n\nMy proof: ![p.png](attachment:p.png)"
    change_answer(class_copy, "ada", text, attachments={"p.png": {"image/png": PIXEL}})
    browser.get(f"/?key={browser.desk.key}")

    page, answer = browser.get("/of/small/essay")

    policy = answer.headers["Content-Security-Policy"]
    nonce = re.search(r"script-src 'nonce-([\w-]+)'", policy)
    assert nonce
    assert re.findall(r"<script[^>]*>", page) == [f'<script nonce="{nonce[1]}">']
    assert "default-src 'none'" in policy
    assert not re.findall(r"<[^>]*onerror", page)
    assert f"data:image/png;base64,{PIXEL}" in page
    assert "My proof" in page


def test_marks_come_from_the_page(browser: Browser, class_copy: Course) -> None:
    """A group is marked at once; a body that is none is refused, and a form of somebody else's page is, too."""
    asked = {"assignment": "small", "question": "essay", "students": ["ada", "zoe"], "points": 3, "comment": "Yes."}
    with pytest.raises(HTTPError, match="403"):
        browser.post("/mark", asked)
    browser.get(f"/?key={browser.desk.key}")

    assert browser.post("/mark", asked) == {"marked": 2}
    assert waiting(class_copy) == [("small", "essay", 0, 4)]
    for wrong, code in ((asked | {"points": "nan"}, 400), ({}, 400), (asked | {"points": 9}, 409)):
        with pytest.raises(HTTPError, match=str(code)):
            browser.post("/mark", wrong)
    with pytest.raises(HTTPError, match="415"):
        browser.post("/mark", asked, kind="text/plain")
    with pytest.raises(HTTPError, match="404"):
        browser.get("/of/small/square")
