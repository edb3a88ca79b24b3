"""When work is due, how late it is, and what that costs."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from traitlets.config import Config

from chainrule.engine.dates import Dates, DatesError


def dates(**options: Any) -> Dates:
    return Dates(config=Config({"Dates": options}))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_times_are_told_in_the_courses_zone() -> None:
    """A time without a zone is the course's, one with a zone its own, and a date alone ends with its day."""
    course = dates(
        due={"a": "2026-11-02 23:59", "b": "2026-11-02T23:59+00:00", "c": "2026-07-02"}, timezone="Europe/Berlin"
    )

    assert course.due_of("a") == at("2026-11-02 22:59")
    assert course.due_of("b") == at("2026-11-02 23:59")
    assert course.due_of("c") == at("2026-07-02 21:59:59")
    assert course.due_of("d") is None
    assert course.shown(at("2026-11-02 22:59")) == "2026-11-02 23:59 Europe/Berlin"


def test_an_extension_is_for_one_student_and_one_assignment() -> None:
    """Everybody else keeps the date."""
    course = dates(due={"a": "2026-11-02"}, extensions={"a": {"ada": "2026-11-09"}})

    assert course.due_of("a", "ada") == at("2026-11-09 23:59:59")
    assert course.due_of("a", "zoe") == at("2026-11-02 23:59:59")


@pytest.mark.parametrize(
    ("handed_in", "days"),
    [("2026-11-02 12:00", 0), ("2026-11-02 12:10", 0), ("2026-11-02 12:11", 1), ("2026-11-04 12:10", 2)],
)
def test_days_are_counted_from_when_they_begin(handed_in: str, days: int) -> None:
    """After the minutes of grace, each day that was begun counts."""
    course = dates(grace_minutes=10)

    assert course.days_late(at("2026-11-02 12:00"), at(handed_in)) == days
    assert course.days_late(at("2026-11-02 12:00"), None) == course.days_late(None, at(handed_in)) == 0


@pytest.mark.parametrize(
    ("options", "days", "lost"),
    [
        ({"percent_a_day": 10}, 0, 0),
        ({"percent_a_day": 10}, 2, 4),
        ({"percent_a_day": 10, "percent_of": "earned"}, 2, 1),
        ({"percent_a_day": 40}, 2, 5),
        ({"percent_a_day": 10, "most_days": 2}, 3, 5),
        ({"most_days": 2}, 2, 0),
        ({}, 30, 0),
    ],
)
def test_what_late_days_cost(options: dict[str, Any], days: int, lost: float) -> None:
    """Of 20 points, 5 of them earned: never more than what was earned."""
    assert dates(**options).penalty(days, score=5, most=20) == lost


def test_free_days_are_used_up_in_the_order_of_the_due_dates() -> None:
    """Three days over the term, whatever was graded first."""
    late = {"b": (at("2026-11-09"), 2), "a": (at("2026-11-02"), 2), "c": (at("2026-11-16"), 1)}

    assert dates(late_days=3).charged(late) == {"a": 0, "b": 1, "c": 1}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("c.Dates.due = {'a': '2026-13-02'}", "nbgrader_config.py, line 2: c.Dates.due['a']: '2026-13-02' is no time"),
        ("c.Dates.due = {'a': 'Friday'}", "'Friday' is no time: write it as '2026-11-02 23:59'"),
        ("c.Dates.extensions = {'a': {'ada': 'never'}}", "line 2: c.Dates.extensions['a']['ada']: 'never' is no time"),
        ("c.Dates.extensions = {'a': '2026-11-02'}", "students and their dates were expected"),
        ("c.Dates.timezone = 'Berlin'", "line 2: c.Dates.timezone: 'Berlin' is no time zone"),
        ("c.Dates.percent_a_day = 120", "percent_a_day is between 0 and 100"),
        ("c.Dates.late_days = -1", "no other number is below 0"),
    ],
)
def test_a_date_that_is_none_is_told_with_its_line(tmp_path: Path, line: str, said: str) -> None:
    """The message names the file, the line, the option, and what was expected."""
    path = tmp_path / "nbgrader_config.py"
    path.write_text(f"c = get_config()\n{line}\n")
    c = Config()
    exec(line, {"c": c})

    with pytest.raises(DatesError) as told:
        Dates(config=c).check(path)

    assert said in str(told.value)
