"""Feedback pages as learning platforms take them back: one zip, in which each page lies where its student finds it."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final

from chainrule.collecting.roster import RosterEntry
from chainrule.course import Course, CourseError
from chainrule.exporting.sheets import Sheet, csv_of, save
from chainrule.term.standing import ClassBook, State

__all__ = ["WAYS", "HandedBack", "hand_back"]

WAYS: Final = ("canvas", "moodle", "folders")
UNSAFE: Final = re.compile(r'[\\/:*?"<>|\x00-\x1f]')
ANY_DATE: Final = (2026, 1, 1, 0, 0, 0)
"""The same pages make the same zip."""


@dataclass(frozen=True)
class HandedBack:
    """A zip that was written.

    Args:
        path: where it is.
        students: whose pages are in it.
        left_out: who has none in it, and why.
    """

    path: Path
    students: tuple[str, ...]
    left_out: tuple[tuple[str, str], ...]

    def told(self) -> Iterator[str]:
        """A line on what is in it, and one for each reason to leave somebody out."""
        yield f"{self.path}: pages of {len(self.students)} students"
        for reason in sorted({why for _, why in self.left_out}):
            people = [student for student, why in self.left_out if why == reason]
            yield f"without {len(people)}, {reason}: {', '.join(people)}"


def hand_back(course: Course, book: ClassBook, assignment: str, to: str, path: Path) -> HandedBack:
    """Zip the pages of an assignment whose marks are final.

    Raises:
        CourseError: there is none, a platform's numbers are not known, or the file cannot be written.
    """
    inside: list[tuple[str, bytes]] = []
    left_out: list[tuple[str, str]] = []
    mail: list[list[str | float | None]] = [["student", "name", "email", "file"]]
    for student in book.students:
        work = book.work(student.id, assignment)
        pages = sorted((course.root / "feedback" / student.id / assignment).glob("*.html"))
        if work.state != State.FINAL or not pages:
            why = str(work.state) if work.state != State.FINAL else "who have no page yet (`chainrule grade`)"
            left_out.append((student.id, why))
            continue
        for page in pages:
            name = _name(course, student, assignment, to, page)
            inside.append((name, page.read_bytes()))
            mail.append([student.id, student.name, student.email, name])
    if not inside:
        raise CourseError(f"nobody's mark of {assignment} is final and has a page: `chainrule status` says what to do")
    if to == "folders":
        inside.append(("mail.csv", csv_of(Sheet("mail", mail, bom=True))))
    data = _zipped(inside)
    save(path, lambda file: file.write_bytes(data))
    return HandedBack(path, tuple(dict.fromkeys(str(row[0]) for row in mail[1:])), tuple(left_out))


def _zipped(files: list[tuple[str, bytes]]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files:
            archive.writestr(zipfile.ZipInfo(name, ANY_DATE), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _name(course: Course, student: RosterEntry, assignment: str, to: str, page: Path) -> str:
    """What a page is called in the zip."""
    if to == "folders":
        return f"{student.id}/{page.name}"
    return (
        _for_moodle(course, student, assignment, page)
        if to == "moodle"
        else _for_canvas(course, student, assignment, page)
    )


def _for_moodle(course: Course, student: RosterEntry, assignment: str, page: Path) -> str:
    """`Ada Lovelace_20331_assignsubmission_file_/small.html`, with Moodle's number of the participant."""
    number = next((key.removeprefix("participant") for key in student.keys if re.fullmatch(r"participant\d+", key)), "")
    for part in PurePosixPath(_origin(course, student.id, assignment)).parts:
        if found := re.match(r"(.+_\d+)_assignsubmission_(?:file|onlinetext)_?", part):
            return f"{found[1]}_assignsubmission_file_/{page.name}"
    if number:
        return f"{UNSAFE.sub(' ', student.name or student.id)}_{number}_assignsubmission_file_/{page.name}"
    raise CourseError(
        f"Moodle's number of {student.id} is not known: collect Moodle's zip with `chainrule collect`, or give the "
        "assignment's grading worksheet as --roster"
    )


def _for_canvas(course: Course, student: RosterEntry, assignment: str, page: Path) -> str:
    """`lovelaceada_4711_93127_small.html`: Canvas finds the submission by the two numbers of the file that it gave."""
    for part in reversed(PurePosixPath(_origin(course, student.id, assignment)).parts):
        if found := re.match(r"([^\W_][\w'.-]*?_(?:LATE_)?\d+_\d+)_", part):
            return f"{found[1]}_{page.name}"
    raise CourseError(
        f"Canvas's numbers of {student.id}'s file are not known: collect Canvas's zip with `chainrule collect`"
    )


def _origin(course: Course, student: str, assignment: str) -> str:
    """What the platform called the file that is graded; "" where that is not known."""
    path = course.state / "collected" / assignment / f"{student}.txt"
    return path.read_text(encoding="utf-8") if path.is_file() else ""
