"""A result is graded again where anything that it depends on has changed, and only then."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from stock_course import StockCourse, check, solution

from chainrule.classroom.staleness import key_of
from chainrule.course import Course
from chainrule.nbgrader_course import nbgrader_api

OWN_STEP = "from nbgrader.preprocessors import NbGraderPreprocessor\nclass Own(NbGraderPreprocessor):\n    mark = 1\n"
CONFIG = "import sys; sys.path.insert(0, {root!r})\nc.Examine.memory_mb = 1024\n"
USING = "c.Autograde.autograde_preprocessors = ['own_step.Own']\n"


def _config(text: str) -> Callable[[StockCourse], None]:
    def change(course: StockCourse) -> None:
        course.configure(CONFIG.format(root=str(course.root)) + USING + text)

    return change


def _file(name: str, text: str) -> Callable[[StockCourse], None]:
    return lambda course: _write(course.root / name, text)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def _due(course: StockCourse) -> None:
    with course.gradebook() as gradebook:
        gradebook.update_or_create_assignment("a", duedate=datetime(2030, 1, 1))


CHANGES: dict[str, Callable[[StockCourse], None]] = {
    "what becomes of unrefereed checks": _config("c.Examine.unrefereed = 'needs a person'"),
    "a limit": _config("c.Examine.cell_seconds = 7"),
    "kept files": _config("c.Examine.keep_files = ['*.csv']"),
    "an option of nbgrader's": _config("c.Execute.timeout = 9"),
    "a course's own step": _file("own_step.py", OWN_STEP + "    more = 2\n"),
    "a hook in the configuration": _config("c.Own.hook = lambda one: one"),
    "data": _file("source/a/data.csv", "1,2\n"),
    "the submission": _file("submitted/ada/a/extra.py", "x = 1\n"),
    "due date": _due,
}
NO_CHANGES: dict[str, Callable[[StockCourse], None]] = {
    "nothing": lambda course: None,
    "a comment": _config("# c.Examine.cell_seconds = 7"),
    "the exchange": _config("c.Exchange.root = '/somewhere'"),
    "another student": _file("submitted/ben/a/n.ipynb", "{}"),
    "another assignment": _file("source/b/n.ipynb", "{}"),
    "who takes part": _config("c.CourseDirectory.db_students = [{'id': 'ada'}]"),
}


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> StockCourse:
    """A released course with one submission and a step of its own."""
    root = tmp_path_factory.mktemp("stale")
    course = StockCourse(root, {"n": [solution("two", "two = 2"), check("is-two", "assert two == 2")]})
    course.hand_in("ada", {})
    return course


@pytest.fixture
def key(course: StockCourse, monkeypatch: pytest.MonkeyPatch) -> Callable[[], str]:
    """The key of the submission, with everything read anew."""
    monkeypatch.syspath_prepend(str(course.root))
    for name in ("source/a/data.csv", "submitted/ada/a/extra.py"):
        (course.root / name).unlink(missing_ok=True)
    _file("own_step.py", OWN_STEP)(course)
    _config("")(course)

    def key() -> str:
        known = Course(course.root)
        return key_of(known, nbgrader_api(known), "a", "ada")

    return key


@pytest.mark.parametrize("what", CHANGES)
def test_what_a_mark_depends_on_changes_the_key(what: str, course: StockCourse, key: Callable[[], str]) -> None:
    """Each of these makes a result stale."""
    before = key()

    CHANGES[what](course)

    assert key() != before


@pytest.mark.parametrize("what", NO_CHANGES)
def test_all_else_does_not(what: str, course: StockCourse, key: Callable[[], str]) -> None:
    """Nothing is graded again for these."""
    before = key()

    NO_CHANGES[what](course)

    assert key() == before


def test_no_sandbox_is_another_way_to_grade(course: StockCourse, key: Callable[[], str]) -> None:
    """What ran without a sandbox does not stand for what ran in one."""
    known = Course(course.root)

    assert key_of(known, nbgrader_api(known, sandboxed=False), "a", "ada") != key()
