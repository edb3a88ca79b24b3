"""When assignments are due, and what being late costs: set once, in `nbgrader_config.py`, as traits of `c.Dates`.

nbgrader's own tables follow: the due date of the assignment, the extension and the penalty of each submission.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from traitlets import Dict, Enum, Float, Integer, Unicode
from traitlets.config import Configurable

__all__ = ["Dates", "DatesError", "settle"]

AS_IN = "write it as '2026-11-02 23:59'"


class DatesError(ValueError):
    """A date or a rule in the configuration is none; the message names where it stands and what was expected.

    Args:
        message: what is wrong.
        quoted: the text that is, as it stands in the configuration.
    """

    def __init__(self, message: str, quoted: str = "") -> None:
        super().__init__(message)
        self.quoted = quoted


class Dates(Configurable):
    """The dates of a course, and its rule for who is late."""

    due = Dict(help="When each assignment is due: `{'01_graph': '2026-11-02 23:59'}`.").tag(config=True)
    extensions = Dict(
        help="Other dates for some students: `{'01_graph': {'ada': '2026-11-09 23:59'}}`. "
        "Taking one back, or giving one later, changes the penalty at the next run."
    ).tag(config=True)
    timezone = Unicode("UTC", help="Where these times are told, as in `Europe/Berlin`.").tag(config=True)
    grace_minutes = Integer(0, help="Minutes after the due date that count as in time.").tag(config=True)
    percent_a_day = Float(0.0, help="What each day that was begun costs, in percent.").tag(config=True)
    percent_of = Enum(["possible", "earned"], "possible", help="Percent of what.").tag(config=True)
    late_days = Integer(0, help="Days that each student may be late over the term, at no cost.").tag(config=True)
    most_days = Integer(0, help="Days after which nothing counts any more; 0 for no such limit.").tag(config=True)

    @property
    def is_set(self) -> bool:
        """Whether the course says anything here."""
        return bool(self.due or self.extensions or self.percent_a_day or self.most_days)

    @property
    def decides(self) -> bool:
        """Whether what being late costs is said here, and not by a plugin of nbgrader's that the course has set up."""
        plugin = any(
            name in self.config and self.config[name] for name in ("AssignLatePenalties", "LateSubmissionPlugin")
        )
        return bool(self.percent_a_day or self.most_days) or not plugin

    def check(self, path: Path) -> None:
        """Read all of it, before any work is done.

        Raises:
            DatesError: something is no date, no time zone or no possible rule; `path` is where it stands.
        """
        try:
            self._zone()
            for assignment in {*self.due, *self.extensions}:
                self.due_of(assignment)
                for student in self._extensions(assignment):
                    self.due_of(assignment, student)
            if not 0 <= self.percent_a_day <= 100 or min(self.grace_minutes, self.late_days, self.most_days) < 0:
                raise DatesError(
                    "c.Dates: percent_a_day is between 0 and 100, and no other number is below 0", "c.Dates."
                )
        except DatesError as error:
            raise DatesError(f"{path.name}{_line(path, error.quoted)}: {error}") from None

    def due_of(self, assignment: str, student: str = "") -> datetime | None:
        """When an assignment is due, in UTC, for everybody or for one student; None where it is due at no time."""
        extended = self._extensions(assignment).get(student)
        if extended is not None:
            return self._time(extended, f"c.Dates.extensions[{assignment!r}][{student!r}]")
        value = self.due.get(assignment)
        return None if value is None else self._time(value, f"c.Dates.due[{assignment!r}]")

    def _extensions(self, assignment: str) -> Mapping[str, Any]:
        found = self.extensions.get(assignment) or {}
        if not isinstance(found, Mapping):
            raise DatesError(
                f"c.Dates.extensions[{assignment!r}]: students and their dates were expected, as a dict", assignment
            )
        return found

    def _zone(self) -> ZoneInfo:
        try:
            return ZoneInfo(self.timezone)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            message = f"c.Dates.timezone: {self.timezone!r} is no time zone, as Europe/Berlin is"
            raise DatesError(message, self.timezone) from None

    def _time(self, value: Any, where: str) -> datetime:
        """A time of the configuration, in UTC; a date alone is due at the end of its day."""
        text = str(value).strip()
        try:
            time = datetime.fromisoformat(text)
        except ValueError:
            raise DatesError(f"{where}: {text!r} is no time: {AS_IN}", text) from None
        if len(text) <= len("2026-11-02"):
            time = time.replace(hour=23, minute=59, second=59)
        return (time if time.tzinfo else time.replace(tzinfo=self._zone())).astimezone(UTC)

    def shown(self, time: datetime) -> str:
        """A time as people of the course tell it."""
        return f"{time.astimezone(self._zone()):%Y-%m-%d %H:%M} {self.timezone}"

    def days_late(self, due: datetime | None, handed_in: datetime | None) -> int:
        """Days that were begun after the due date."""
        if due is None or handed_in is None:
            return 0
        over = (handed_in - due - timedelta(minutes=self.grace_minutes)).total_seconds()
        return math.ceil(over / 86400) if over > 0 else 0

    def charged(self, late: Mapping[str, tuple[datetime, int]]) -> dict[str, int]:
        """Days that cost something, by assignment: those left when a student's free days are used, earliest due first.

        Args:
            late: when each assignment is due for the student, and the days that it was late.
        """
        free, charged = self.late_days, {}
        for assignment, (_, days) in sorted(late.items(), key=lambda item: (item[1][0], item[0])):
            used = min(free, days)
            free -= used
            charged[assignment] = days - used
        return charged

    def penalty(self, days: int, score: float, most: float) -> float:
        """What so many days take off a notebook's score, never more than it has."""
        if days <= 0:
            return 0.0
        if self.most_days and days > self.most_days:
            return score
        share = min(1.0, days * self.percent_a_day / 100)
        return round(min(score, share * (most if self.percent_of == "possible" else score)), 4)


def _line(path: Path, quoted: str) -> str:
    """The last line of a configuration that holds a text, in words."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError):
        return ""
    found = [number for number, line in enumerate(lines, 1) if quoted and quoted in line]
    return f", line {found[-1]}" if found else ""


HandedIn = Callable[[str], datetime | None]
"""When a student handed in an assignment, in UTC, as the collector wrote it down."""


def settle(gradebook: Any, dates: Dates, student: str, handed_in: HandedIn, only: str = "") -> list[str]:
    """Bring nbgrader's tables in step for one student: due dates, extensions, penalties.

    Args:
        gradebook: open; the caller commits.
        dates: what the course says.
        student: whose submissions.
        handed_in: asked for each assignment; where it does not know, nbgrader's own time stands.
        only: write the submission of this assignment alone. What it costs depends on the student's others, too.

    Returns:
        the assignments whose penalty changed.
    """
    submissions = {submission.name: submission for submission in gradebook.student_submissions(student)}
    late: dict[str, tuple[datetime, int]] = {}
    for name, submission in submissions.items():
        at = handed_in(name) or (submission.timestamp and submission.timestamp.replace(tzinfo=UTC))
        due = dates.due_of(name, student) or _recorded_due(submission)
        if due:
            late[name] = due, dates.days_late(due, at)
    charged = dates.charged(late)
    names = [name for name in submissions if only in ("", name)]
    return [name for name in names if _write(dates, submissions[name], student, charged.get(name, 0))]


def _recorded_due(submission: Any) -> datetime | None:
    """What nbgrader's own tables say, where the configuration does not."""
    due: datetime | None = submission.duedate if submission.assignment.duedate else None
    return due.replace(tzinfo=UTC) if due else None


def _write(dates: Dates, submission: Any, student: str, days: int) -> bool:
    """Write a submission's rows; True where its penalty changed."""
    assignment, name = submission.assignment, submission.name
    if (due := dates.due_of(name)) is not None:
        assignment.duedate = due.replace(tzinfo=None)
        own = dates.due_of(name, student) or due
        submission.extension = own - due if own != due else None
    changed = False
    for notebook in submission.notebooks if dates.decides else ():
        penalty = dates.penalty(days, float(notebook.score), float(notebook.max_score))
        changed |= abs(penalty - float(notebook.late_submission_penalty or 0.0)) > 1e-9
        notebook.late_submission_penalty = penalty or None
    return changed
