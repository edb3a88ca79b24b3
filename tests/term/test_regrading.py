"""A change of an assignment is tried in a copy, shown, and then done; every mark's history can be told."""

from __future__ import annotations

import shutil

import pytest

from chainrule.classroom.history import WHOLE, Entry, history_of
from chainrule.classroom.report import QuestionResult
from chainrule.cli import main
from chainrule.collecting.roster import RosterEntry
from chainrule.course import Course, CourseError
from chainrule.engine.cells import QuestionStatus
from chainrule.engine.fingerprint import fingerprint
from chainrule.engine.recorded import RecordedCell
from chainrule.term.regrade import compare, rehearsal
from chainrule.term.standing import ClassBook, State, Task, Work, read_class
from small_class import mark_by_hand, rows_of, url_of


def test_every_mark_has_a_history(graded_class: Course) -> None:
    """What set it, under which check, for which file; the check's text can be read a year later."""
    entries = {entry.question: entry for entry in history_of(graded_class, "small", "zoe")}

    square = entries["square"]
    assert (square.points, square.max_points, square.by, square.status) == (0, 2, "check", "failed")
    assert square.message
    assert square.engine.startswith("chainrule ")
    assert square.handed_in == fingerprint(graded_class.submitted / "zoe" / "small")[:16]
    text = (graded_class.root / "history" / "checks" / f"{square.check}.txt").read_text(encoding="utf-8")
    assert 'check_value("square(3)"' in text
    assert entries[WHOLE].points == -0.1, "what was taken off for a late day"
    (failed,) = history_of(graded_class, "small", "mia")
    assert (failed.question, failed.status, failed.points) == (WHOLE, "needs a person", None)


def test_a_damaged_history_is_told_with_its_line(class_copy: Course) -> None:
    """It is never read as if nothing had been there."""
    path = class_copy.root / "history" / "small" / "zoe.jsonl"
    path.write_text(path.read_text(encoding="utf-8").replace('"question": "square"', '"question" "square"'))

    with pytest.raises(CourseError, match=r"zoe\.jsonl, line 2: a JSON object of one mark was expected"):
        history_of(class_copy, "small", "zoe")


def test_regrading_is_shown_first_and_then_done(
    class_copy: Course, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The rehearsal leaves the course as it was; the same changes are made by the run; marks by hand stay."""
    for student in ("ada", "mia", "zoe"):
        shutil.rmtree(class_copy.submitted / student)
        shutil.rmtree(class_copy.root / "autograded" / student, ignore_errors=True)
    mark_by_hand(class_copy, "ivan", "essay", 1.0)
    text = class_copy.assignments / "small" / "notebook.py"
    text.write_text(text.read_text(encoding="utf-8").replace('check="square" points=2', 'check="square" points=4'))
    monkeypatch.chdir(class_copy.root)
    before = {name: fingerprint(class_copy.root / name) for name in ("source", "release", "autograded", "history")}

    assert main(["regrade", "small", "--dry-run", "--workers", "1"]) == 0

    assert {name: fingerprint(class_copy.root / name) for name in before} == before
    assert "2 students would have another mark: 2 a higher one" in capsys.readouterr().out
    shown = rows_of(class_copy.root / "reports" / "regrade-small.csv")
    assert ["ivan", "square", "2", "4", "2", "it is worth 4 points, and was worth 2"] in shown
    assert ["benoit", "mark", "5", "7", "2", ""] in shown

    assert main(["regrade", "small", "--workers", "1"]) == 0

    assert rows_of(class_copy.root / "reports" / "regrade-small.csv") == shown
    works = read_class(class_copy).works
    assert (works["ivan", "small"].final, works["benoit", "small"].final) == (6.5, 7)
    marks = [(one.points, one.by) for one in history_of(class_copy, "small", "ivan") if one.question == "square"]
    assert marks == [(2, "check"), (4, "check")]
    assert [one.by for one in history_of(class_copy, "small", "ivan") if one.question == "essay"] == ["check", "hand"]
    capsys.readouterr()
    assert main(["history", "ivan", "small", "square"]) == 0
    assert "4 of 4" in capsys.readouterr().out


@pytest.mark.on_both
def test_a_rehearsal_does_not_touch_the_gradebook(class_copy: Course) -> None:
    """It has a copy of its own, a file, wherever the gradebook itself is kept."""
    before = read_class(class_copy, None, ["small"])

    with rehearsal(class_copy, "small") as copy:
        there = read_class(copy, None, ["small"])
        mark_by_hand(copy, "ada", "essay", 3.0)
        assert url_of(copy) != url_of(class_copy)

    assert there.works == before.works
    assert read_class(class_copy, None, ["small"]).works == before.works


def question(points: float, most: float = 2, status: QuestionStatus = QuestionStatus.FAILED) -> QuestionResult:
    return QuestionResult("q", points, most, status, "It says so.")


def book(**questions: QuestionResult) -> ClassBook:
    score = sum(one.points for one in questions.values())
    work = Work("ada", "a", State.FINAL, score=score, questions=questions)
    return ClassBook((RosterEntry("ada"),), (Task("a", 2),), {("ada", "a"): work})


def cell(source: str = "assert 1", points: float = 2) -> RecordedCell:
    return RecordedCell("code", source, "", True, False, points)


@pytest.mark.parametrize(
    ("was", "now", "old", "new", "why"),
    [
        ({"q": cell()}, {"q": cell("assert 2")}, {"q": question(2)}, {"q": question(0)},
         "its check was mended; it says: It says so."),
        ({"q": cell()}, {"q": cell(points=4)}, {"q": question(2)}, {"q": question(4, 4)}, "it is worth 4 points"),
        ({}, {"q": cell()}, {}, {"q": question(2)}, "the question was added"),
        ({"q": cell()}, {}, {"q": question(2)}, {}, "the question was taken out"),
        ({"q": cell()}, {"q": cell()}, {"q": question(2)}, {"q": question(0)}, "what it depends on changed"),
    ],
)  # fmt: skip
def test_a_change_says_why(
    was: dict[str, RecordedCell],
    now: dict[str, RecordedCell],
    old: dict[str, QuestionResult],
    new: dict[str, QuestionResult],
    why: str,
) -> None:
    """Of each question, what brought its change about; then the whole."""
    one, whole = compare(book(**old), book(**new), "a", was, now)

    assert one.why.startswith(why)
    assert (whole.question, whole.difference) == (
        "",
        sum(q.points for q in new.values()) - sum(q.points for q in old.values()),
    )


def test_the_time_alone_is_no_news() -> None:
    """A mark that was computed again and is the same is written down once."""
    first = Entry("2026-11-01", "q", 1, 2, "passed", "check")

    assert Entry("2026-11-09", "q", 1, 2, "passed", "check").says_the_same_as(first)
    assert not Entry("2026-11-09", "q", 2, 2, "passed", "hand").says_the_same_as(first)
