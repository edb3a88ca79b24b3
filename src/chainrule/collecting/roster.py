"""The list of a class: whose submission is it, and who is missing."""

from __future__ import annotations

import csv
import difflib
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from chainrule.collecting.platforms import Owner
from chainrule.course import Course, CourseError

__all__ = ["Roster", "RosterEntry", "RosterError", "folder_name", "read_roster", "roster_of"]

MOST_BYTES: Final = 20_000_000
ID: Final = (
    "student_id",
    "id",
    "sis login id",
    "username",
    "login",
    "user name",
    "id number",
    "sis user id",
    "student id",
    "sid",
    "netid",
)
"""Headers of the column that becomes the folder's name, the best first."""
NAME: Final = ("name", "full name", "student", "student name", "display name")
FIRST: Final = ("first name", "firstname", "given name", "first")
LAST: Final = ("last name", "lastname", "surname", "family name", "last")
EMAIL: Final = ("email", "email address", "e-mail", "mail")
NUMBER: Final = ("id", "canvas id", "user id", "identifier", "participant")


class RosterError(ValueError):
    """The roster cannot be read; the message names the file, the line, and what was expected."""


@dataclass(frozen=True)
class RosterEntry:
    """One row of a roster."""

    id: str
    name: str = ""
    email: str = ""
    keys: frozenset[str] = frozenset()
    """All ids and numbers of the row, folded."""
    first: str = ""
    last: str = ""
    row: tuple[str, ...] = ()
    """The row as it stands in the file, for platforms that want their own columns back."""


class Roster:
    """The students of a class, found by whatever a platform says of them.

    Args:
        students: its rows.
        header: the titles of its columns, as they stand in the file.
    """

    def __init__(self, students: Iterable[RosterEntry], header: tuple[str, ...] = ()) -> None:
        self.students = list(students)
        self.header = header
        self._by_key: dict[str, set[str]] = {}
        self._by_id = {student.id: student for student in self.students}
        for student in self.students:
            for key in {*student.keys, folded(student.id), folded(student.email), *_spellings(student.name)} - {""}:
                self._by_key.setdefault(key, set()).add(student.id)

    def find(self, owner: Owner) -> RosterEntry | None:
        """The one student whom this fits; None where it fits nobody, or several."""
        for key in (owner.number, owner.key, owner.name):
            for spelling in (folded(key), _sorted_words(key)):
                if spelling and len(ids := self._by_key.get(spelling, set())) == 1:
                    return self._by_id[next(iter(ids))]
        return None

    def fits(self, owner: Owner) -> list[str]:
        """The ids of all whom this fits equally well: more than one where two students share a name."""
        wanted = {folded(text) for text in (owner.key, owner.name)} | {_sorted_words(owner.name)}
        return sorted({one for key in wanted - {""} for one in self._by_key.get(key, set())})

    def like(self, owner: Owner) -> RosterEntry | None:
        """Somebody whose name or id looks like this, for a suggestion; never taken without a person's word."""
        keys = [key for key in self._by_key if key]
        for text in (owner.name, owner.key):
            if text and (near := difflib.get_close_matches(folded(text), keys, n=1, cutoff=0.75)):
                return self._by_id[min(self._by_key[near[0]])]
        return None


def folded(text: str) -> str:
    """Letters and digits alone, without accents and case: how Canvas writes names into file names."""
    plain = unicodedata.normalize("NFKD", text).replace("ß", "ss").replace("ø", "o").replace("Ø", "o")
    return "".join(letter for letter in plain.casefold() if letter.isalnum())


def _words(text: str) -> list[str]:
    return [word for word in (folded(part) for part in re.split(r"[\s,]+", text)) if word]


def _sorted_words(text: str) -> str:
    return " ".join(sorted(_words(text)))


def _spellings(name: str) -> set[str]:
    """`Ada Lovelace` is also `lovelaceada`; in which order somebody's words stand, platforms do not agree on."""
    words = _words(name)
    turned = ["".join(words[i:] + words[:i]) for i in range(len(words))]
    return {*turned, _sorted_words(name)}


def folder_name(text: str) -> str:
    """A name for a student's folder that any file system, nbgrader and a terminal take."""
    plain = unicodedata.normalize("NFC", text).strip()
    safe = re.sub(r"[^\w.@-]+", "_", plain, flags=re.U).strip("._")
    return safe[:100] or "nobody"


def roster_of(course: Course, asked: str | None) -> Roster | None:
    """The roster that was asked for, or the course's own `roster.csv`; None where there is neither.

    Raises:
        CourseError: it cannot be read; the message names the file, the line and what was expected.
    """
    path = Path(asked) if asked else course.roster
    if not asked and not path.is_file():
        return None
    try:
        return read_roster(path)
    except RosterError as error:
        raise CourseError(str(error)) from None


def read_roster(path: Path) -> Roster:
    """Read a roster: Canvas's or Moodle's export, or a CSV with the columns id, name, email.

    Raises:
        RosterError: the file cannot be read as one, has no column of ids or names, or names somebody twice.
    """
    rows = list(_rows(path))
    header = {title.strip().lower(): place for place, title in reversed(list(enumerate(rows[0][1])))}
    columns = _columns(header, path)
    students: dict[str, tuple[int, RosterEntry]] = {}
    for line, row in rows[1:]:
        student = _student(row, columns)
        if student is None:
            continue
        if student.id in students:
            raise RosterError(
                f"{path.name}, line {line}: {student.id!r} is there already, in line {students[student.id][0]}"
            )
        students[student.id] = (line, student)
    if not students:
        raise RosterError(f"{path.name} names nobody: under the header, one line a student was expected")
    return Roster((student for _, student in students.values()), tuple(title.strip() for title in rows[0][1]))


def _rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    try:
        size = path.stat().st_size
        data = path.read_bytes() if size <= MOST_BYTES else b""
    except OSError as error:
        raise RosterError(f"{path}: {error.strerror or error}") from None
    if not data:
        raise RosterError(f"{path.name} is {'empty' if not size else 'larger than a roster can be'}")
    text = _decoded(data, path.name)
    try:
        dialect: type[csv.Dialect] | csv.Dialect = csv.Sniffer().sniff(text.partition("\n")[0], delimiters=",;\t")
    except csv.Error:
        dialect = csv.excel
    reader = csv.reader(io.StringIO(text, newline=""), dialect, strict=True)
    found = False
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                found = True
                yield reader.line_num, row
    except csv.Error as error:
        raise RosterError(f"{path.name}, line {reader.line_num}: {error}") from None
    if not found:
        raise RosterError(f"{path.name} is empty")


def _decoded(data: bytes, name: str) -> str:
    encodings = ("utf-16",) if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise RosterError(f"{name} is no text; save the roster as CSV in UTF-8")


@dataclass(frozen=True)
class _Columns:
    id: int | None
    name: int | None
    first: int | None
    last: int | None
    email: int | None
    keys: tuple[int, ...]


def _columns(header: dict[str, int], path: Path) -> _Columns:
    def first_of(titles: tuple[str, ...]) -> int | None:
        return next((header[title] for title in titles if title in header), None)

    columns = _Columns(
        # Canvas's ID is a number of its own: the login says more to a person.
        first_of(ID if "sis login id" not in header else ("sis login id", "sis user id", "id")),
        first_of(NAME), first_of(FIRST), first_of(LAST), first_of(EMAIL),
        tuple(place for title, place in header.items() if title in (*ID, *NUMBER)),
    )  # fmt: skip
    if columns.id is None and columns.email is None:
        has = ", ".join(header) or "nothing"
        raise RosterError(
            f"{path.name}, line 1: no column of ids (such as id, SIS Login ID, ID number, Email address); it has: {has}"
        )
    return columns


def _student(row: list[str], columns: _Columns) -> RosterEntry | None:
    def cell(place: int | None) -> str:
        return row[place].strip() if place is not None and place < len(row) else ""

    email = cell(columns.email)
    own = cell(columns.id) or email.partition("@")[0]
    name = cell(columns.name) or f"{cell(columns.first)} {cell(columns.last)}".strip()
    # Canvas puts a row of points under its header, and a student who is none at the end.
    if not own or name.lower().startswith("points possible") or name.lower() in ("student, test", "test student"):
        return None
    keys = frozenset(folded(cell(place)) for place in columns.keys) | {folded(email.partition("@")[0])}
    first, last = cell(columns.first), cell(columns.last)
    return RosterEntry(folder_name(own), name, email, keys - {""}, first, last, tuple(row))
