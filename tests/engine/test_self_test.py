"""The self-test tells the author what the own solution and the stub earn amiss, before any student has a mark."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from nbgrader.api import Gradebook
from stock_course import StockCourse, cell, check, solution

from chainrule.classroom.self_tests import Findings, exit_code
from chainrule.engine import steps
from chainrule.engine.autograde import self_test_of
from chainrule.engine.routes import Way
from chainrule.engine.self_test import SelfTest

CELLS = [
    cell("imports", "import gc"),
    solution("double", "def double(x):\n    return 2 * x"),
    check("refereed", "assert double(2) == 4"),
    solution("base", "class Base:\n    pass"),
    check("copied", "class Own(Base):\n    pass\nsix = 6\nassert double(3) == six and Own()"),
    check("leans", "assert double(3) == six"),
    check("broken", "assert double(2) == 5, 'the author slipped'"),
    check("free", "assert 2 + 2 == 4"),
    solution("saved", "import math\nopen('out.txt', 'w').write('3')"),
    check("reads", "import cmath\nassert open('out.txt').read() == '3'"),
    solution("root", "root = abs(cmath.sqrt(-4))"),
    check("has-root", "assert root == 2"),
]
FILES = {"out.txt": "3"}


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StockCourse]:
    """A course with a check of each kind."""
    yield StockCourse(tmp_path_factory.mktemp("self"), {"n": CELLS}, FILES)
    steps.close_examiners()


def found(course: StockCourse) -> SelfTest:
    """The self-test, as a process that has made none yet finds it."""
    steps._tested.clear()
    return self_test_of(course.api(), "a", "n")


def test_each_check_goes_the_way_that_the_solution_shows(course: StockCourse) -> None:
    """Refereed where the referee gives it its marks, in a copy where only that does, else a person's."""
    test = found(course)

    assert {row.check: row.way for row in test.checks} == {
        "refereed": Way.REFEREED, "copied": Way.COPY, "broken": Way.PERSON, "free": Way.REFEREED,
        "reads": Way.COPY, "leans": Way.COPY, "has-root": Way.REFEREED,
    }  # fmt: skip
    told = "\n".join(test.told())
    assert "copied, line 1: will be run, but not refereed" in told
    assert "broken, line 1: needs a person, for every student" in told and "the author slipped" in told
    assert "free: the untouched stub earns 1 of 1" in told
    assert "refereed:" not in told and "has-root" not in told
    assert exit_code([Findings("a", (test,))]) == 1


def test_students_are_graded_that_way(course: StockCourse) -> None:
    """Marks, statuses and a comment in the gradebook; what the solution fails costs nobody anything."""
    course.hand_in("right", {})
    course.hand_in("wrong", {"double": "def double(x):\n    return x", "saved": "open('out.txt', 'w').write('4')"})

    assert course.grade("right") == {
        "refereed": 1,
        "copied": 1,
        "broken": None,
        "free": 1,
        "reads": 1,
        "has-root": 1,
        "leans": 1,
    }
    assert course.grade("wrong") == {
        "refereed": 0,
        "copied": 0,
        "broken": None,
        "free": 1,
        "reads": 0,
        "has-root": 1,
        "leans": 0,
    }

    with Gradebook(f"sqlite:///{course.root / 'gradebook.db'}") as gradebook:
        notebook = gradebook.find_submission_notebook("n", "a", "right")
        comments = {comment.name: comment.auto_comment for comment in notebook.comments}
    assert comments["copied"].startswith("Not refereed.")
    assert "refereed" not in comments


def test_it_is_made_once_and_again_when_something_changes(course: StockCourse) -> None:
    """Another process finds what the first one kept; another setting is another test."""
    found(course)
    (kept,) = (course.root / ".chainrule/self_test/a").glob("*.json")
    before = kept.stat().st_mtime_ns
    test = found(course)
    assert kept.stat().st_mtime_ns == before
    assert SelfTest.from_dict(json.loads(kept.read_text())["test"]) == test

    with course.configured("c.Examine.unrefereed = 'needs a person'"):
        ways = {row.check: row.way for row in found(course).checks}

    assert ways["copied"] is Way.PERSON
    assert kept.stat().st_mtime_ns > before
