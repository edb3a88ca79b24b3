"""Pages that teachers and students open hold nothing live, lose no word, and cost no more than they should."""

from __future__ import annotations

import base64
import io
import re
import struct
import time
import zlib
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbconvert.exporters import HTMLExporter
from nbformat import v4
from nbgrader.converters import GenerateFeedback
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config

from browser import document_of
from chainrule.engine import switch_on
from chainrule.engine.feedback import filters
from chainrule.engine.feedback.disarm import disarm
from chainrule.engine.feedback.page import FORMGRADER, FeedbackPage

LIVE = Path(__file__).parent / "live"
"""One file for each thing that a text could have a browser do; each marks the document where it succeeds."""


def answer(text: str, **about: Any) -> Any:
    """A written answer as it stands in a graded notebook."""
    grading = {"grade_id": "essay", "grade": True, "solution": True, "locked": False, "points": 3, "score": 0.0}
    return v4.new_markdown_cell(text, metadata={"nbgrader": {**grading, "schema_version": 3, "task": False}}, **about)


def own(text: str, **about: Any) -> Any:
    """A text cell of the student's own."""
    return v4.new_markdown_cell(text, metadata={"chainrule": {"own": True}}, **about)


def page_of(kind: str, *cells: Any) -> str:
    """The page that is made of graded cells: a student's feedback, or the one that a teacher marks in."""
    config = Config()
    switch_on(config)
    about = {"notebook": "small", "score": 0, "max_score": 3, "late_penalty": 0}
    notebook = disarm(v4.new_notebook(cells=list(cells)))
    if kind == "feedback":
        converter = GenerateFeedback(coursedir=CourseDirectory(config=config), config=config)
        exporter: Any = FeedbackPage(parent=converter, config=config)
    else:
        config.HTMLExporter.template_name = "formgrade"
        config.HTMLExporter.extra_template_basedirs = [str(FORMGRADER / "templates")]
        exporter = HTMLExporter(config=config)
    resources = {"nbgrader": about, "base_url": "", "index": 0, "total": 1, "notebook_id": "small"}
    html: str = exporter.from_notebook_node(notebook, resources=resources)[0]
    return html


KINDS = pytest.mark.parametrize("kind", ["feedback", "formgrader"])


class Reader(HTMLParser):
    """The words of a page, its tags, and the addresses that it names."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.words = ""
        self.tags: list[str] = []
        self.addresses: list[tuple[str, str, str]] = []
        self.handlers: list[str] = []
        self.feed(page[page.index("<body") :])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        for key, value in attrs:
            if key in ("href", "src", "xlink:href", "action", "data", "poster", "srcdoc"):
                self.addresses.append((tag, key, re.sub(r"[\s\x00-\x20]", "", value or "")))
            if key.startswith("on"):
                self.handlers.append(f"{key}={value}")

    def handle_data(self, data: str) -> None:
        self.words += data


def is_harmless(tag: str, address: str) -> bool:
    """Whether an address shows something and runs nothing."""
    if tag == "img":
        return bool(re.match(r"data:image/(png|jpeg);base64,", address))
    return bool(re.match(r"#|https?://|mailto:|/formgrader/|\?", address)) or tag in ("script", "link")


@KINDS
@pytest.mark.parametrize("name", sorted(path.stem for path in LIVE.glob("*.md")))
def test_nothing_that_a_student_writes_is_live(kind: str, name: str) -> None:
    """No tag, handler or address of a student's that a browser would obey is in the page."""
    plain = Reader(page_of(kind, answer("Words.")))
    text = (LIVE / f"{name}.md").read_text(encoding="utf-8")

    page = Reader(page_of(kind, answer(text), own(text)))

    assert sorted(set(page.handlers)) == sorted(set(plain.handlers))
    assert not {"iframe", "object", "embed", "form", "base", "meta", "svg", "video"} & (
        set(page.tags) - set(plain.tags)
    )
    assert page.tags.count("script") == plain.tags.count("script")
    assert [found for found in page.addresses if not is_harmless(found[0], found[2])] == []


def test_a_browser_runs_nothing_of_it(tmp_path: Path) -> None:
    """In a real browser, with every such text in one page, no mark is left on the document."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(LIVE.glob("*.md"))]
    page = tmp_path / "page.html"
    page.write_text(page_of("feedback", *map(own, texts)), encoding="utf-8")
    control = tmp_path / "control.html"
    control.write_text("<html><body><script>document.body.dataset.pwned = 1</script></body></html>")

    assert 'data-pwned="1"' in document_of(control, tmp_path / "first"), "the browser runs scripts"
    assert "data-pwned=" not in document_of(page, tmp_path / "second").split("<body", 1)[1].split(">", 1)[0]


def test_the_policy_of_a_page_stops_what_gets_past_everything_else(tmp_path: Path) -> None:
    """A script that stood in the page as it is would not run: the page's own policy forbids it."""
    page = tmp_path / "page.html"
    script = "<script>document.body.dataset.pwned = 1</script><img src=x onerror='document.body.dataset.pwned = 2'>"
    page.write_text(page_of("feedback", own("Words.")).replace("</body>", f"{script}</body>"), encoding="utf-8")

    assert "data-pwned=" not in document_of(page, tmp_path / "profile").split("<body", 1)[1].split(">", 1)[0]


def test_a_page_needs_no_network(tmp_path: Path) -> None:
    """It names nothing that a browser would fetch, and its formulas stand in it, set."""
    latex = r"$\displaystyle \frac{1}{2}$"
    shown = v4.new_code_cell("x", outputs=[v4.new_output("display_data", {"text/latex": latex, "text/plain": "half"})])

    made = page_of("feedback", own(r"Then $\delta_1 < 0$ and $$\begin{aligned} a &= b \end{aligned}$$ so."), shown)

    page = Reader(made)
    assert {"math", "msub", "mtable", "mfrac"} <= set(page.tags)
    assert "script" not in made[made.index("</style>") :]
    assert [found for found in page.addresses if not found[2].startswith(("#", "data:image/"))] == []
    assert "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'" in made


# Every word arrives


@KINDS
@pytest.mark.parametrize(
    "text",
    [
        "The gradient grows. " * 200 + "THE POINT.",
        "word" * 20_000 + " THE POINT.",
        "if a <b and c> d then THE POINT.",
        "x <y: [[[[ `THE POINT.`",
        "$\\href{javascript:x}{y}$ THE POINT.",
        "![gone](attachment:gone.png) THE POINT.",
        "<script>THE POINT.</script>",
        "\\begin{a} " * 3000 + " THE POINT.",
        "[a](" * 30_000 + " THE POINT.",
    ],
    ids=["long line", "long word", "less than", "brackets", "formula", "lost picture", "script", "begins", "links"],
)
def test_every_word_of_an_answer_is_shown(kind: str, text: str) -> None:
    """What a person marks is there to its end, whatever it looks like, and the page is there in seconds."""
    begin = time.process_time()

    page = Reader(page_of(kind, answer(text)))

    assert "THE POINT." in page.words
    assert time.process_time() - begin < 20


@KINDS
def test_the_graded_notebook_keeps_every_character(kind: str) -> None:
    """No text is cut in the notebook itself, however long it is."""
    text = "The gradient grows. " * 20_000
    notebook = disarm(v4.new_notebook(cells=[answer(text), v4.new_code_cell("x = 1  # " + "y" * 50_000)]))

    assert notebook.cells[0].source == text
    assert len(notebook.cells[1].source) == 50_009


# Pictures


def png(width: int, height: int, rows: bytes | None = None) -> str:
    """A picture of that size; of a large one only the head is true."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = rows if rows is not None else (b"\0" + b"\x40" * (3 * width)) * height
    parts = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return base64.b64encode(b"\x89PNG\r\n\x1a\n" + parts).decode()


def shows(data: str, kind: str = "image/png") -> Any:
    """A code cell with that picture in its outputs."""
    return v4.new_code_cell("show()", outputs=[v4.new_output("display_data", {kind: data, "text/plain": "<Figure>"})])


def test_a_picture_of_an_output_stays() -> None:
    """An ordinary plot is in the page."""
    assert f"data:image/png;base64,{png(20, 10)}" in page_of("feedback", shows(png(20, 10)))


@pytest.mark.parametrize(
    "data",
    [png(30_000, 30_000, b"\0" * 1000), base64.b64encode(b"<svg onload='x()'/>").decode(), "no base64", png(4, 4)[:30]],
    ids=["900 million points", "an svg", "no picture", "half a picture"],
)
def test_what_is_no_picture_for_a_page_is_left_out(data: str) -> None:
    """A picture that fills the memory of a browser, or is none, costs itself and not the page."""
    page = page_of("feedback", shows(data))

    assert "data:image/png" not in page
    assert "show" in page


def test_all_pictures_of_a_page_together_have_a_limit() -> None:
    """Twenty pictures of twenty million points are not all shown."""
    page = page_of("feedback", *[shows(png(5000, 4000, b"\0" * 1000)) for _ in range(20)])

    assert page.count("data:image/png") == 10
    assert "a picture of 20,000,000 points was left out" in page


@KINDS
def test_a_picture_of_a_written_answer_is_shown(kind: str) -> None:
    """An attachment is in the page of who marks, and of who wrote it."""
    cell = answer(
        "![](attachment:picture-1.png)", attachments=nbformat.from_dict({"picture-1.png": {"image/png": png(9, 9)}})
    )

    assert f"data:image/png;base64,{png(9, 9)}" in page_of(kind, cell)


def test_a_photo_is_made_smaller_and_upright() -> None:
    """What a phone took lying down stands, and is no larger than a page needs."""
    from PIL import Image

    from chainrule.engine.pictures import checked

    file = io.BytesIO()
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.new("RGB", (4000, 3000), "red").save(file, "JPEG", exif=exif)

    picture = checked(base64.b64encode(file.getvalue()).decode())

    assert picture is not None
    with Image.open(io.BytesIO(base64.b64decode(picture.data))) as shown:
        assert shown.size == (1500, 2000)


def test_feedback_is_made_without_a_parser_that_may_be_broken(monkeypatch: pytest.MonkeyPatch) -> None:
    """soupsieve 4 fails on Python 3.11.2. Pictures have a description all the same."""

    def fail(*_: Any, **__: Any) -> None:
        raise AttributeError("as soupsieve does there")

    monkeypatch.setattr("bs4.BeautifulSoup.select", fail)

    page = page_of("feedback", shows(png(4, 4)))

    assert page.count("<img ") == page.count('alt="No description') == 1


def test_only_texts_of_the_course_are_kept_from_one_page_to_the_next() -> None:
    """What a class hands in cannot fill a worker's memory, and comes out the same where the course's text is kept."""
    given = v4.new_code_cell("size = 3", metadata={"chainrule": {"given": True}})
    mine = v4.new_code_cell("mine = 4", metadata={"chainrule": {"own": True}})
    first = page_of("feedback", given, own("Mine."), mine)
    kept = [made.cache_info().currsize for made in (filters._coloured, filters._courses)]

    second = page_of("feedback", given, own("Mine."), mine)
    third = page_of("feedback", given, *(own(f"Mine {n}.") for n in range(3)))

    assert second == first
    assert "Mine 2." in third
    assert [made.cache_info().currsize for made in (filters._coloured, filters._courses)] == kept
