"""The page on speed says what one run measured, and no other page says how fast anything is."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from bench.page import page_of

PROJECT = Path(__file__).resolve().parents[2]
DOCS = PROJECT / "docs"
OTHERS = (PROJECT / "README.md", *(path for path in sorted(DOCS.glob("*.md")) if path.name != "performance.md"))
SPEED = re.compile(r"\d (?:times faster|seconds a submission|s a submission|submissions a (?:second|minute|hour))")


def test_the_page_is_what_the_kept_run_makes() -> None:
    """Its figures are those of docs/performance.json, with their day, machine, versions and command."""
    kept = json.loads((DOCS / "performance.json").read_text())

    page = (DOCS / "performance.md").read_text(encoding="utf-8")

    assert page == page_of(kept)
    assert all(words in page for words in (kept["about"]["day"], kept["about"]["machine"], kept["about"]["command"]))
    assert (DOCS / "performance.png").is_file()


@pytest.mark.parametrize("path", OTHERS, ids=lambda path: path.name)
def test_no_other_page_says_how_fast_it_is(path: Path) -> None:
    """They point to the page that is made from a measurement."""
    assert SPEED.findall(path.read_text(encoding="utf-8")) == []
