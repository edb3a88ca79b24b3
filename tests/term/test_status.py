"""How far the class is, and what to do next."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime

import pytest

from chainrule.cli import main
from chainrule.collecting.roster import read_roster
from chainrule.course import Course
from chainrule.term.dates import dates_of
from chainrule.term.standing import read_class
from chainrule.term.status import Progress, progress_of

pytestmark = pytest.mark.on_both


def progress(course: Course, now: str = "2026-12-01") -> Progress:
    book = read_class(course, read_roster(course.roster))
    (one,) = progress_of(course, book, dates_of(course), datetime.fromisoformat(now).replace(tzinfo=UTC))
    return one


def test_each_count_is_the_classs(graded_class: Course) -> None:
    """Five of six handed in, one of them late; one waits for a mark, one for a person."""
    one = progress(graded_class)

    assert (one.released, one.due, one.over) == (True, "2026-11-02 23:59 UTC", True)
    assert (one.handed_in, one.students, one.late, one.feedback, one.to_mark) == (5, 6, 1, 4, 1)
    assert one.states == {"final": 3, "to be marked": 1, "needs a person": 1, "not handed in": 1}


def test_the_next_steps_come_in_their_order(graded_class: Course, class_copy: Course) -> None:
    """Look at who needs a person, mark what waits, ask who is missing; before all, grade what is new."""
    steps = list(progress(graded_class).next_steps())
    (class_copy.state / "results" / "small" / "mia.json").unlink()

    assert steps[0].startswith("look at mia")
    assert steps[1].startswith("mark 1 answers")
    assert steps[2] == "ask noa, who handed in nothing"
    assert next(progress(class_copy).next_steps()) == "grade 1: `chainrule grade small`"
    assert "ask noa, who handed in nothing" not in list(progress(class_copy, now="2026-11-01").next_steps())


def test_what_is_not_released_is_told_to_be(class_copy: Course) -> None:
    """An assignment that only exists as a source has its first step."""
    shutil.rmtree(class_copy.release / "small")

    assert next(progress(class_copy).next_steps()).startswith("release it: `chainrule build small`")


def test_the_command_prints_a_table_and_json(
    graded_class: Course, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A row an assignment, a line for each step; the same for programs."""
    monkeypatch.chdir(graded_class.root)

    assert main(["status"]) == 0
    printed = capsys.readouterr().out
    assert "5/6" in printed
    assert "small: look at mia" in printed
    assert main(["status", "--json"]) == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert row["handed_in"] == 5
    assert row["who"]["needs a person"] == ["mia"]
