"""What is hidden from students at release stays hidden when their work comes back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from stock_course import StockCourse, check, solution

from chainrule.engine import steps
from chainrule.engine.hidden import STANDARD, HiddenParts

CONFIG = """
c.ClearHiddenTests.begin_test_delimeter = "VVV"
c.ClearHiddenTests.end_test_delimeter = "AAA"
"""
CHECK = "assert f(1) == 1\n# VVV\nassert f(2) == 4, 'concealed'\nassert f(3) == 9\n# AAA\n# the end"


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StockCourse]:
    """A course with marks of its own for hidden tests."""
    cells = [solution("f", "def f(x):\n    return x * x"), check("squares", CHECK)]
    yield StockCourse(tmp_path_factory.mktemp("hidden"), {"n": cells}, config=CONFIG)
    steps.close_examiners()


def test_feedback_hides_what_the_release_hid(course: StockCourse) -> None:
    """`ClearHiddenTests` may name marks of its own: what stands between them is in no page, in no message."""
    course.hand_in("half", {"f": "def f(x):\n    return {1: 1, 2: 4}.get(x)"})

    assert course.grade("half") == {"squares": 0}
    page = course.page("half")

    assert "the end" in page
    assert "concealed" not in page
    assert "f(3)" not in page


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("a\n### BEGIN HIDDEN TESTS\nb\n### END HIDDEN TESTS\nc", "a\nc"),
        ("a\n### BEGIN MARK SCHEME\nb", "a"),
        ("a\n<!-- IN -->\nb\n### END HIDDEN TESTS\nc\n<!-- OUT -->\nd", "a\nd"),
        ("### BEGIN HIDDEN TESTS\nb\n### END HIDDEN TESTS\n\nc", "\nc"),
        ("a\nb", "a\nb"),
    ],
)
def test_hidden_lines_go(text: str, seen: str) -> None:
    """A part ends with the mark of its own kind; one that is never ended is hidden to the end."""
    assert HiddenParts((("<!-- IN", "<!-- OUT"), *STANDARD.marks)).without(text) == seen
