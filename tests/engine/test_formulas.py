"""Formulas are set when a page is made: what the course writes is set, and what a student writes is never live."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from chainrule.engine.feedback.formulas import ATTRIBUTES, TAGS, formula, formulas_in

PROJECT = Path(__file__).resolve().parents[2]
WRITTEN = re.compile(r"\$\$(.+?)\$\$|\$([^$\n]+?)\$", re.S)
CODE = re.compile(r"```.*?```|`[^`]*`", re.S)


class Reader(HTMLParser):
    """The tags, attributes and words of a formula."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.words = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {key for key, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.words += data


@pytest.mark.parametrize("name", sorted(path.name for path in (PROJECT / "source").iterdir() if path.is_dir()))
def test_every_formula_of_the_course_is_set(name: str) -> None:
    """None is left as it was written, and no command of LaTeX is among its words."""
    notebook = json.loads((PROJECT / "source" / name / f"{name}.ipynb").read_text(encoding="utf-8"))
    texts = [CODE.sub("", "".join(cell["source"])) for cell in notebook["cells"] if cell["cell_type"] == "markdown"]
    formulas = [block or inline for text in texts for block, inline in WRITTEN.findall(text)]

    made = [Reader(formula(each)) for each in formulas]

    assert formulas
    assert [each.words for each in made if "math" not in each.tags or "\\" in each.words] == []


@pytest.mark.parametrize(
    "latex",
    [
        r"\text{<img src=x onerror=pwned()>}",
        r"\text{&lt;script&gt;pwned()&lt;/script&gt;}",
        r"\href{javascript:pwned()}{x}",
        r"\color{red\" onclick=\"pwned()}{x}",
        r"\hspace{1em\" onclick=\"pwned()}",
        r"\mathbf{</math><script>pwned()</script>}",
        r"\class{a\" onclick=\"pwned()}{x} \style{background:url(x)}{y} \cssId{z}{w}",
        r"\begin{array}{c\" onclick=\"pwned()} x \end{array}",
        r"\operatorname{<a href=javascript:pwned()>}",
        r"\unicode{x3c}script\unicode{x3e}",
    ],
)
def test_no_formula_is_live(latex: str) -> None:
    """What comes out has tags and attributes that arrange a formula, and no others."""
    for made in (formula(latex), formulas_in(f"${latex}$"), formulas_in(latex)):
        read = Reader(made)

        assert read.tags <= TAGS | {"code", "pre"}
        assert read.attributes <= ATTRIBUTES | {"style"}
        assert set(re.findall(r'style="([^"]*)"', made)) <= {"font-weight: bold"}


@pytest.mark.parametrize(
    "latex",
    [
        r"\frac{",
        r"\begin{tikzpicture} x \end{tikzpicture}",
        r"\newcommand{\a}{xx}\newcommand{\b}{\a\a}\b",
        "x^" * 300,
        "{" * 60 + "x" + "}" * 60,
        "x" * 5_000,
        r"\begin{" + " " * 900,
    ],
    ids=["half", "environment", "macros", "deep", "braces", "long", "blanks"],
)
def test_what_cannot_be_set_stands_as_it_was_written(latex: str) -> None:
    """No word of it is lost, and it takes no time that grows faster than its length."""
    read = Reader(formula(latex))

    assert read.tags == {"code"}
    assert read.words == f"${latex}$"


def test_an_environment_that_is_alike_stands_in() -> None:
    """Lines that are aligned stay lines, and a sign for `less` is one sign."""
    read = Reader(formula(r"\begin{aligned} a &= b \\ c &= d&lt;e \end{aligned}", displayed=True))

    assert {"mtable", "mtr", "mtd"} <= read.tags
    assert read.words == "a=bc=d<e"
