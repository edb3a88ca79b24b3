"""Every mark that ever stood, and why: a file a submission in `history/`, to which lines are only added.

A line says what a question had, who or what set it, when, under which check and which engine, for which hand-in. The
texts of the checks lie in `history/checks/` under their hashes, so that any mark can be explained and computed again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Final

from chainrule.classroom.report import QuestionResult, Result
from chainrule.course import Course, CourseError
from chainrule.engine.cells import QuestionStatus
from chainrule.engine.fingerprint import environment, fingerprint, hash_of
from chainrule.engine.recorded import RecordedCell
from chainrule.whole_file import whole_file

__all__ = ["Entry", "history_length", "history_of", "note_history"]

GONE: Final = "taken out"
WHOLE: Final = "(whole submission)"


@dataclass(frozen=True)
class Entry:
    """A mark as it stood from then on.

    Args:
        at: when it was written down, in UTC.
        question: whose mark it is; `WHOLE` for what is said of the submission.
        points: what it had; None while a person has yet to give it.
        max_points: of how many.
        status: how the question ended.
        by: "check", "hand", or "nobody" yet.
        message: what the check said.
        check: the hash of the check's text, or of the written question's.
        engine: the versions of what graded.
        handed_in: the hash of what was handed in.
    """

    at: str
    question: str
    points: float | None
    max_points: float
    status: str
    by: str
    message: str = ""
    check: str = ""
    engine: str = ""
    handed_in: str = ""

    def says_the_same_as(self, other: Entry | None) -> bool:
        """Whether nothing is different but the time."""
        return other is not None and asdict(self) | {"at": ""} == asdict(other) | {"at": ""}


def _file(course: Course, assignment: str, student: str) -> Path:
    return course.root / "history" / assignment / f"{student}.jsonl"


def history_of(course: Course, assignment: str, student: str) -> list[Entry]:
    """All that is known of a submission's marks, the oldest first.

    Raises:
        CourseError: a line of the file is damaged; the message names it.
    """
    path = _file(course, assignment, student)
    if not path.is_file():
        return []
    entries = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            entries.append(Entry(**json.loads(line)))
        except (ValueError, TypeError):
            raise CourseError(f"{path}, line {number}: a JSON object of one mark was expected") from None
    return entries


def history_length(course: Course, assignment: str, student: str) -> int:
    """The bytes of a submission's history, to which lines are only added; 0 where there is none."""
    path = _file(course, assignment, student)
    return path.stat().st_size if path.is_file() else 0


def note_history(course: Course, result: Result, records: Mapping[str, RecordedCell]) -> None:
    """Write down what is new of a submission's marks; nothing where all stands as it did.

    Args:
        course: where the history lies.
        result: what the submission has now.
        records: the cells of the release that it was graded with, by question.
    """
    try:
        known = {entry.question: entry for entry in history_of(course, result.assignment, result.student)}
    except CourseError:
        known = {}  # a damaged line is not made worse, and what stands now is written down in full
    now = [
        entry for entry in _entries(course, result, records) if not entry.says_the_same_as(known.get(entry.question))
    ]
    if not now:
        return
    path = _file(course, result.assignment, result.student)
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = "".join(json.dumps(asdict(entry), ensure_ascii=False) + "\n" for entry in now)
    with path.open("a", encoding="utf-8") as file:
        file.write(lines)
    for entry in now:
        if entry.check:
            _keep_text(course, entry.check, records[entry.question].source)


def _entries(course: Course, result: Result, records: Mapping[str, RecordedCell]) -> list[Entry]:
    at = datetime.now(UTC).isoformat(timespec="seconds")
    folder = course.submitted / result.student / result.assignment
    rest = {"at": at, "engine": _engine(), "handed_in": fingerprint(folder)[:16] if folder.is_dir() else ""}
    whole = Entry(
        question=WHOLE,
        points=-result.penalty if result.penalty else None,
        max_points=result.max_score,
        status=result.status.value,
        by="check",
        message="; ".join(filter(None, (result.late, result.reason))),
        **rest,
    )
    entries = [_entry(question, records, rest) for question in result.questions]
    if not entries:
        return [whole]
    before = {entry.question for entry in _last(course, result) if entry.status != GONE}
    gone = sorted(before - {entry.question for entry in entries} - {WHOLE})
    return [
        whole,
        *entries,
        *(Entry(question=name, points=None, max_points=0, status=GONE, by="build", **rest) for name in gone),
    ]


def _last(course: Course, result: Result) -> list[Entry]:
    with suppress(CourseError):
        return list({entry.question: entry for entry in history_of(course, result.assignment, result.student)}.values())
    return []


def _entry(question: QuestionResult, records: Mapping[str, RecordedCell], rest: Mapping[str, str]) -> Entry:
    waits = question.status in (QuestionStatus.TO_BE_MARKED, QuestionStatus.NEEDS_A_PERSON)
    by = "hand" if question.status == QuestionStatus.MARKED else "nobody" if waits else "check"
    record = records.get(question.id)
    return Entry(
        question=question.id,
        points=None if waits else question.points,
        max_points=question.max_points,
        status=question.status.value,
        by=by,
        message=question.message,
        check=_hash(record.source) if record else "",
        **rest,
    )


def _engine() -> str:
    """What graded, as it can be installed again."""
    return f"chainrule {version('chainrule')}, nbgrader {version('nbgrader')}, {hash_of(environment())[:12]}"


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _keep_text(course: Course, name: str, text: str) -> None:
    path = course.root / "history" / "checks" / f"{name}.txt"
    if not path.is_file():
        with whole_file(path) as unfinished:
            unfinished.write_text(text, encoding="utf-8", errors="replace")
