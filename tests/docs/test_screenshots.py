"""The screenshots in the pages for people are there, and `SCREENSHOTS=1 make browser` makes each of them."""

import re
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
PAGES = (PROJECT / "README.md", *(PROJECT / "docs").glob("*.md"))
SHOWN = re.compile(r"!\[[^\]]+\]\((?:docs/)?([\w-]+\.png)\)")
TAKEN = re.compile(r"picture\(\w+, \"([\w-]+\.png)\"")


def taken() -> set[str]:
    """The pictures that the tests in a browser write."""
    return {name for path in (PROJECT / "tests" / "browser").glob("*.py") for name in TAKEN.findall(path.read_text())}


@pytest.mark.parametrize("page", ["README.md", "docs/teachers.md", "docs/students.md"])
def test_each_picture_is_made_by_a_test(page: str) -> None:
    """None is drawn by hand, and so none shows a page that is no more."""
    shown = SHOWN.findall((PROJECT / page).read_text(encoding="utf-8"))

    assert shown
    assert [name for name in shown if not (PROJECT / "docs" / name).is_file()] == []
    assert [name for name in shown if name not in taken()] == []


def test_each_picture_that_is_made_is_shown() -> None:
    """A picture that no page shows any more is not made, and not kept."""
    shown = {name for page in PAGES for name in SHOWN.findall(page.read_text(encoding="utf-8"))}

    assert sorted(taken() - shown) == []
