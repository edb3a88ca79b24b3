"""The page on security says what tests hold: each promise stands where the page says, and its tests are there."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
PAGE = (PROJECT / "docs/security.md").read_text(encoding="utf-8")
HEADING = "## Which tests hold these words"
ROW = re.compile(r"^\| ([^|`]+) \| `([^`]+)` \| (.+) \|$", re.M)
PROMISES = ROW.findall(PAGE[PAGE.index(HEADING) :].partition("\n## ")[0])


def test_the_promises_are_listed() -> None:
    """Those that people rely on most are among them."""
    promised = " ".join(promise for promise, _, _ in PROMISES)

    for words in ("move no verdict", "never reach a student", "nothing of the first", "stops the class", "at fault"):
        assert words in promised


@pytest.mark.parametrize(("promise", "page", "tests"), PROMISES, ids=[promise for promise, _, _ in PROMISES])
def test_a_promise_stands_where_it_is_said_to_stand_and_is_held(promise: str, page: str, tests: str) -> None:
    """The sentence is in its page apart from this table, and each test that holds it is a function of its file."""
    text = (PROJECT / page).read_text(encoding="utf-8")
    outside = text.replace(PAGE[PAGE.index(HEADING) :].partition("\n## ")[0], "")
    named = re.findall(r"`([^`]+)::(\w+)`", tests)

    assert promise in outside
    assert named
    for file, name in named:
        tree = ast.parse((PROJECT / file).read_text(encoding="utf-8"))
        assert name in {part.name for part in tree.body if isinstance(part, ast.FunctionDef)}, f"{file}::{name}"


def test_every_attack_is_in_the_tables() -> None:
    """The tables were made from all attacks that there are, and name no other."""
    for folder, table in (("attacks", "table"), ("attacks/course", "course")):
        shown = PAGE.partition(f"<!-- {table}: begin -->")[2].partition(f"<!-- {table}: end -->")[0]
        there = {path.stem for path in (PROJECT / "grader_tests" / folder).glob("*.py")}

        assert set(re.findall(r"^\| `(\w+)` \|", shown, re.M)) == there
