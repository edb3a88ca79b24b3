"""Put what platforms give into `submitted/`: plan first, then do what the plan says.

    plan = make_plan(course, [Path("hw1.zip")], spool, roster)
    ...                                   # shown to the teacher
    carry_out(course, plan)

Nothing that is there is lost: what a newer file replaces moves to `replaced/`. Doing it again changes nothing.
"""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Final

from chainrule.collecting.bundles import Found, Refused, files_in
from chainrule.collecting.platforms import Owner, named_by_a_platform, owner_of
from chainrule.collecting.recognise import Assignments, Match, is_notebook_name
from chainrule.collecting.roster import Roster, RosterEntry, folder_name
from chainrule.course import Course, CourseError, check_names
from chainrule.whole_file import whole_file

__all__ = ["Plan", "Unplaced", "Work", "carry_out", "make_plan", "put_aside"]


PLATFORMS_OWN: Final = frozenset({"submission_metadata.yml", "timestamp.txt", "onlinetext.html"})
"""What platforms and nbgrader put beside what a student handed in."""


@dataclass(frozen=True)
class Work:
    """One notebook of one student: where it comes from, and what is done with it."""

    student: str
    assignment: str
    notebook: str
    where: str
    held: Path
    """Its bytes, put aside until the plan is carried out: a class is too large for the memory."""
    digest: str
    at: datetime | None
    late: bool = False
    attempt: int = 1
    rivals: tuple[str, ...] = ()
    """Older files of the same student for the same notebook, which it is taken before."""
    action: str = ""
    """"new", "replaces the one from …", or "as it was"."""


@dataclass(frozen=True)
class Unplaced:
    """A file that was not taken, why, and what to do."""

    where: str
    why: str


@dataclass(frozen=True)
class Plan:
    """What collecting will do."""

    works: tuple[Work, ...]
    unplaced: tuple[Unplaced, ...]
    missing: tuple[tuple[str, str], ...]
    """(assignment, student) for everybody on the roster who handed in nothing, now or before."""


def make_plan(
    course: Course,
    paths: Sequence[Path],
    spool: Path,
    roster: Roster | None = None,
    *,
    assignment: str = "",
    pattern: re.Pattern[str] | None = None,
) -> Plan:
    """Look at everything that was given; nothing of the course is changed yet.

    Args:
        course: where the assignments are, and what was handed in before.
        paths: folders, archives, notebooks.
        spool: a folder to put notebooks aside in, until the plan was carried out.
        roster: the class; without one, a student's folder is named as the platform names the student.
        assignment: take notebooks of this assignment only.
        pattern: how paths name students, where it is none of the platforms' ways.

    Raises:
        CourseError: there is no such assignment, or the course has none.
    """
    folder = course.source if any(course.source.glob("*/*.ipynb")) else course.release
    assignments = Assignments(folder)
    if not assignments.names:
        raise CourseError("the course has no assignments yet: build or release one before you collect")
    check_names([assignment] if assignment else [], assignments.names)
    works: list[Work] = []
    unplaced: list[Unplaced] = []
    for path in paths:
        for placed in _placed(path, assignments, spool, roster, assignment, pattern):
            (works if isinstance(placed, Work) else unplaced).append(placed)  # type: ignore[arg-type]
    chosen = tuple(replace(work, action=_action(course, work)) for work in _newest(works))
    return Plan(chosen, tuple(unplaced), tuple(_missing(course, chosen, roster)))


@dataclass(frozen=True)
class _HandedIn:
    """A notebook of the course's that was found: everything but whose it is."""

    found: Found
    match: Match
    held: Path
    digest: str


def _placed(
    path: Path,
    assignments: Assignments,
    spool: Path,
    roster: Roster | None,
    wanted: str,
    pattern: re.Pattern[str] | None,
) -> Iterator[Work | Unplaced]:
    """What lies below one path. Whose it is can only be told when all folders' names are known."""
    notebooks: list[_HandedIn] = []
    tops: set[str] = set()
    for item in files_in(path):
        if isinstance(item, Refused):
            yield Unplaced(item.where, f"refused: {item.why}")
            continue
        tops |= set(item.inner.parts[:1]) if len(item.inner.parts) > 1 else set()
        notebook = _notebook(item, assignments, spool)
        if isinstance(notebook, Unplaced):
            yield notebook
        elif notebook and wanted not in ("", notebook.match.assignment):
            yield Unplaced(item.where, f"it is of {notebook.match.assignment}, and {wanted} was asked for")
        elif notebook:
            notebooks.append(notebook)
    for notebook in notebooks:
        yield _work(notebook, roster, pattern, sorted(tops))


def _notebook(item: Found, assignments: Assignments, spool: Path) -> _HandedIn | Unplaced | None:
    name = item.inner.name
    if not is_notebook_name(name):
        return None if name in assignments.files or name in PLATFORMS_OWN else Unplaced(item.where, "not a notebook")
    match = assignments.match(item.data)
    if match.problem:
        return Unplaced(item.where, match.problem)
    digest = hashlib.sha256(item.data).hexdigest()
    held = spool / digest
    held.write_bytes(item.data)
    return _HandedIn(replace(item, data=b""), match, held, digest)


def _work(
    notebook: _HandedIn, roster: Roster | None, pattern: re.Pattern[str] | None, tops: Sequence[str]
) -> Work | Unplaced:
    item, match = notebook.found, notebook.match
    # Its own path says whose it is, or the name of the archive that it lies in.
    owner = owner_of(item.inner, pattern, tops) or named_by_a_platform(PurePosixPath(item.where))
    if owner is None:
        return Unplaced(item.where, "its path does not say whose it is: put it into a folder named after the student")
    student = _student(owner, roster)
    if isinstance(student, Unplaced):
        return replace(student, where=item.where)
    at = owner.at or item.changed
    about = (item.where, notebook.held, notebook.digest, at, owner.late, owner.attempt)
    return Work(student, match.assignment, match.notebook, *about)


def _student(owner: Owner, roster: Roster | None) -> str | Unplaced:
    if roster is None:
        return folder_name(owner.key or owner.name or owner.number)
    if found := roster.find(owner):
        return found.id
    if len(several := roster.fits(owner)) > 1:
        return Unplaced("", f"{owner.label!r} fits several on the roster: {', '.join(several)}")
    near = roster.like(owner)
    hint = f"; did you mean {_named(near)}?" if near else ""
    return Unplaced("", f"{owner.label!r} is not on the roster{hint}")


def _named(student: RosterEntry) -> str:
    return f"{student.id} ({student.name})" if student.name else student.id


def _newest(works: Sequence[Work]) -> Iterator[Work]:
    """Of several files of one student for one notebook, the last attempt; of equal attempts, the latest."""
    groups: dict[tuple[str, str, str], list[Work]] = {}
    for work in works:
        groups.setdefault((work.assignment, work.student, work.notebook), []).append(work)
    earliest = datetime.min.replace(tzinfo=UTC)
    for _, group in sorted(groups.items()):
        *older, last = sorted(group, key=lambda work: (work.attempt, work.at or earliest, work.where))
        others = tuple(work.where for work in older if work.digest != last.digest)
        yield replace(last, rivals=others)


def _target(course: Course, work: Work) -> Path:
    return course.submitted / work.student / work.assignment / f"{work.notebook}.ipynb"


def _action(course: Course, work: Work) -> str:
    target = _target(course, work)
    if not target.is_file():
        return "new"
    if hashlib.sha256(target.read_bytes()).hexdigest() == work.digest:
        return "as it was"
    recorded = _recorded_time(target.parent)
    if recorded and work.at and recorded > work.at:
        return "older than what is there: left alone"
    return f"replaces the one from {recorded:%Y-%m-%d %H:%M}" if recorded else "replaces another"


def _recorded_time(folder: Path) -> datetime | None:
    try:
        # A student may have written this file, of any size.
        with (folder / "timestamp.txt").open("rb") as file:
            text = file.read(100).decode("ascii")
        return datetime.strptime(text.strip()[:19], "%Y-%m-%d %H:%M:%S").replace(tzinfo=UTC)
    except (OSError, ValueError):
        return None


def _missing(course: Course, works: Sequence[Work], roster: Roster | None) -> Iterator[tuple[str, str]]:
    here = {(work.assignment, work.student) for work in works}
    for assignment in sorted({work.assignment for work in works}) if roster else ():
        for student in roster.students if roster else ():
            folder = course.submitted / student.id / assignment
            if (assignment, student.id) not in here and not folder.is_dir():
                yield assignment, student.id


def carry_out(course: Course, plan: Plan) -> None:
    """Write what the plan says; what is replaced moves to `replaced/`, beside the time when it was."""
    for work in plan.works:
        target = _target(course, work)
        if work.action.startswith("older"):
            continue
        if work.action != "as it was":
            put_aside(course, work)
            target.parent.mkdir(parents=True, exist_ok=True)
            _write(target, work.held.read_bytes())
        else:
            _note_origin(course, work)
        if work.at is not None:
            at = work.at.astimezone(UTC).replace(microsecond=0)
            recorded = _recorded_time(target.parent)
            # The same file, packed again later, was not handed in later.
            known = work.action == "as it was" and recorded is not None and recorded < at
            if recorded != at and not known:
                _write(target.with_name("timestamp.txt"), f"{at:%Y-%m-%d %H:%M:%S} UTC\n".encode())


def put_aside(course: Course, work: Work) -> None:
    """Keep what somebody else is about to replace with this work, and remember what the platform called the file."""
    if (target := _target(course, work)).is_file():
        _keep(course, work, target)
    _note_origin(course, work)


def _note_origin(course: Course, work: Work) -> None:
    """Remember what the platform called the file: it wants feedback under the same name."""
    path = course.state / "collected" / work.assignment / f"{work.student}.txt"
    if path.is_file() and not named_by_a_platform(PurePosixPath(work.where)):
        return
    _write(path, work.where.encode("utf-8", "surrogateescape"))


def _keep(course: Course, work: Work, target: Path) -> None:
    kept = course.root / "replaced" / work.student / work.assignment
    kept.mkdir(parents=True, exist_ok=True)
    name = f"{work.notebook} {datetime.now(UTC):%Y-%m-%d %H.%M.%S.%f}.ipynb"
    shutil.copy2(target, kept / name)


def _write(path: Path, data: bytes) -> None:
    with whole_file(path) as unfinished:
        unfinished.write_bytes(data)
