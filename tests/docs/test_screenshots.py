"""The screenshots in the pages for people are there, and `SCREENSHOTS=1 make browser` makes each of them."""

import re
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
SHOWN = re.compile(r"!\[[^\]]+\]\(([\w-]+\.png)\)")
TAKEN = re.compile(r"picture\(\w+, \"([\w-]+\.png)\"")


def taken() -> set[str]:
    """The pictures that the tests in a browser write."""
    return {name for path in (PROJECT / "tests" / "browser").glob("*.py") for name in TAKEN.findall(path.read_text())}


@pytest.mark.parametrize("page", ["teachers.md", "students.md"])
def test_each_picture_is_made_by_a_test(page: str) -> None:
    """None is drawn by hand, and so none shows a page that is no more."""
    shown = SHOWN.findall((PROJECT / "docs" / page).read_text(encoding="utf-8"))

    assert shown
    assert [name for name in shown if not (PROJECT / "docs" / name).is_file()] == []
    assert [name for name in shown if name not in taken()] == []


def test_each_picture_that_is_made_is_shown() -> None:
    """A picture that no page shows any more is not made, and not kept."""
    pages = " ".join(path.read_text(encoding="utf-8") for path in (PROJECT / "docs").glob("*.md"))

    assert [name for name in sorted(taken()) if f"({name})" not in pages] == []
