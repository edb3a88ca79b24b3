"""From what platforms give to `submitted/`: by content, newest first, nothing lost, twice is once."""

from __future__ import annotations

import io
import json
import tarfile
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from chainrule.cli import main
from chainrule.collecting.collect import Plan, carry_out, make_plan
from chainrule.collecting.platforms import pattern_from
from chainrule.collecting.roster import Roster, RosterEntry, read_roster
from chainrule.course import Course, CourseError

CLASS = """id,name,email
ada,Ada Lovelace,ada@example.org
benoit,Benoît de la Tour,b@example.org
zoe,Zoë Zhang,z@example.org
"""


@pytest.fixture
def course(released_course: Course, tmp_path: Path) -> Course:
    """A course with the source of `small` and nothing handed in."""
    root = tmp_path / "course"
    (root / "source" / "small").mkdir(parents=True)
    for path in (released_course.source / "small").iterdir():
        (root / "source" / "small" / path.name).write_bytes(path.read_bytes())
    (root / "nbgrader_config.py").touch()
    return Course(root)


@pytest.fixture
def notebook(released_course: Course) -> Callable[[str], bytes]:
    """A student's copy of the release, with a word of theirs in it."""
    text = (released_course.release / "small" / "small.ipynb").read_text(encoding="utf-8")

    def copy(word: str = "") -> bytes:
        raw = json.loads(text)
        raw["cells"][0]["source"] = [word]
        return json.dumps(raw).encode()

    return copy


@pytest.fixture
def roster(tmp_path: Path) -> Roster:
    path = tmp_path / "roster.csv"
    path.write_text(CLASS, encoding="utf-8")
    return read_roster(path)


def zipped(path: Path, files: dict[str, bytes], *, at: tuple[int, ...] = (2026, 11, 2, 10, 30, 0)) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name, at), data)  # type: ignore[arg-type]
    return path


def plan_of(course: Course, path: Path, roster: Roster | None = None, **options: object) -> Plan:
    spool = course.root.parent / "spool"
    spool.mkdir(exist_ok=True)
    return make_plan(course, [path], spool, roster, **options)  # type: ignore[arg-type]


PLATFORMS = {
    "Canvas": "lovelaceada_4711_93127_small.ipynb",
    "Canvas late": "lovelaceada_LATE_4711_93127_small-1.ipynb",
    "Moodle": "Ada Lovelace_20331_assignsubmission_file_/my work.ipynb",
    "Moodle flat": "Ada Lovelace_20331_assignsubmission_file_my work.ipynb",
    "nbgrader": "ada+small+2026-11-02 10:30:00.123456 UTC+fJq0/small.ipynb",
    "Drive": "Ada Lovelace - Copy of small (2) .ipynb",
    "folders": "ada/small/small-Copy1.ipynb",
    "folders of names": "Lovelace, Ada/SMALL.IPYNB",
    "mail": "ada/small.ipynb.txt",
}


@pytest.mark.parametrize("name", PLATFORMS.values(), ids=PLATFORMS.keys())
def test_each_platforms_names_are_understood(
    course: Course, roster: Roster, notebook: Callable[[str], bytes], tmp_path: Path, name: str
) -> None:
    """Whose it is comes from the path, what it is from the content."""
    path = zipped(tmp_path / "hw.zip", {name: notebook("mine")})

    plan = plan_of(course, path, roster)
    carry_out(course, plan)

    assert plan.unplaced == ()
    assert (course.submitted / "ada" / "small" / "small.ipynb").read_bytes() == notebook("mine")
    assert plan.missing == (("small", "benoit"), ("small", "zoe"))


def test_github_classroom_names_folders_after_the_exercise(
    course: Course, notebook: Callable[[str], bytes], tmp_path: Path
) -> None:
    """What all folders begin with is no part of anybody's name."""
    for account in ("ada-l", "ben42"):
        folder = tmp_path / "hw-submissions" / f"intro-hw-{account}"
        folder.mkdir(parents=True)
        (folder / "small.ipynb").write_bytes(notebook(account))

    plan = plan_of(course, tmp_path / "hw-submissions")

    assert [work.student for work in plan.works] == ["ada-l", "ben42"]


def test_a_zip_in_a_zip_and_a_tarball_are_opened(
    course: Course, roster: Roster, notebook: Callable[[str], bytes], tmp_path: Path
) -> None:
    """Students zip what they hand in, and platforms zip the class."""
    inner = zipped(tmp_path / "inner.zip", {"work/small.ipynb": notebook("in a zip")}).read_bytes()
    tarball = tmp_path / "class.tar.gz"
    with tarfile.open(tarball, "w:gz") as archive:
        info = tarfile.TarInfo("Ada Lovelace_20331_assignsubmission_file_/all.zip")
        info.size = len(inner)
        archive.addfile(info, io.BytesIO(inner))

    plan = plan_of(course, tarball, roster)

    assert [(work.student, work.notebook) for work in plan.works] == [("ada", "small")]


def test_the_newest_of_several_is_taken_and_the_others_are_named(
    course: Course, roster: Roster, notebook: Callable[[str], bytes], tmp_path: Path
) -> None:
    """Canvas counts attempts in the file's name."""
    files = {f"lovelaceada_4711_{9000 + n}_small{f'-{n}' if n else ''}.ipynb": notebook(f"try {n}") for n in (2, 0, 1)}

    (work,) = plan_of(course, zipped(tmp_path / "hw.zip", files), roster).works

    assert work.held.read_bytes() == notebook("try 2")
    assert len(work.rivals) == 2


def test_twice_is_once_and_nothing_is_lost(
    course: Course, roster: Roster, notebook: Callable[[str], bytes], tmp_path: Path
) -> None:
    """Collecting again changes nothing; a newer file replaces the older, which is kept; an older one does not."""
    first = zipped(tmp_path / "one.zip", {PLATFORMS["Canvas"]: notebook("first")})
    second = zipped(tmp_path / "two.zip", {PLATFORMS["Canvas"]: notebook("second")}, at=(2026, 11, 3, 8, 0, 0))
    target = course.submitted / "ada" / "small" / "small.ipynb"
    carry_out(course, plan_of(course, first, roster))
    before = target.stat().st_mtime_ns

    again = plan_of(course, first, roster)
    carry_out(course, again)
    assert ([work.action for work in again.works], target.stat().st_mtime_ns) == (["as it was"], before)

    carry_out(course, plan_of(course, second, roster))
    assert target.read_bytes() == notebook("second")
    assert [path.read_bytes() for path in (course.root / "replaced").rglob("*.ipynb")] == [notebook("first")]

    carry_out(course, plan_of(course, first, roster))
    assert target.read_bytes() == notebook("second")


def test_the_time_is_the_platforms(
    course: Course, roster: Roster, notebook: Callable[[str], bytes], tmp_path: Path
) -> None:
    """nbgrader reads when it was handed in from a file that the collector writes, over any of the student's."""
    files = {PLATFORMS["nbgrader"]: notebook(""), "ada+small+2026-11-02 10:30:00 UTC/timestamp.txt": b"1999-01-01"}

    carry_out(course, plan_of(course, zipped(tmp_path / "x.zip", files), roster))

    stamp = (course.submitted / "ada" / "small" / "timestamp.txt").read_text()
    assert stamp == "2026-11-02 10:30:00 UTC\n"


UNPLACED = {
    "a look-alike": ("Ada Lovelase_1_assignsubmission_file_/x.ipynb", None, "did you mean ada (Ada Lovelace)?"),
    "nobody on the roster": ("Nobody Known_1_assignsubmission_file_/x.ipynb", None, "is not on the roster"),
    "no student in the path": ("x.ipynb", None, "does not say whose it is"),
    "another course's notebook": ("ada/x.ipynb", b'{"nbformat": 4, "cells": []}', "none of the course's assignments"),
    "no notebook": ("ada/x.ipynb", b"PK", "not JSON"),
    "an empty file": ("ada/x.ipynb", b"", "empty"),
    "a document": ("ada/essay.pdf", b"%PDF", "not a notebook"),
    "out of the archive": ("../../ada/x.ipynb", None, "leads out"),
    "an absolute name": ("/etc/x.ipynb", None, "leads out"),
    "control characters": ("ada/\x1b[2Jx.ipynb", None, "control characters"),
}  # fmt: skip


@pytest.mark.parametrize(("name", "data", "words"), UNPLACED.values(), ids=UNPLACED.keys())
def test_what_is_not_collected_is_named_with_the_reason(
    course: Course,
    roster: Roster,
    notebook: Callable[[str], bytes],
    tmp_path: Path,
    name: str,
    data: bytes | None,
    words: str,
) -> None:
    """Nothing is dropped in silence, and nothing is written for it."""
    path = zipped(tmp_path / "hw.zip", {name: notebook("") if data is None else data})

    plan = plan_of(course, path, roster)
    carry_out(course, plan)

    assert [item.why for item in plan.unplaced if words in item.why], plan
    assert not course.submitted.exists()


def test_links_bombs_and_twins_are_refused(
    course: Course, roster: Roster, notebook: Callable[[str], bytes], tmp_path: Path
) -> None:
    """A link, an archive three deep, and names that differ in case only."""
    tarball = tmp_path / "hostile.tar"
    with tarfile.open(tarball, "w") as archive:
        link = tarfile.TarInfo("ada/small.ipynb")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    one = zipped(tmp_path / "1.zip", {"x.ipynb": notebook("")}).read_bytes()
    two = zipped(tmp_path / "2.zip", {"1.zip": one}).read_bytes()
    deep = zipped(tmp_path / "3.zip", {"ada/2.zip": two})
    twins = zipped(tmp_path / "4.zip", {"ada/Small.ipynb": notebook("1"), "ada/small.ipynb": notebook("2")})

    reasons = [item.why for path in (tarball, deep, twins) for item in plan_of(course, path, roster).unplaced]

    assert len(reasons) == 3
    assert all(word in reason for word, reason in zip(("a link", "in an archive in", "differs"), reasons, strict=True))


def test_a_lying_size_is_noticed(course: Course, roster: Roster, tmp_path: Path) -> None:
    """An entry that unpacks to more than its header says is not read to its end."""
    path = zipped(tmp_path / "bomb.zip", {"ada/x.ipynb": b"0" * 5_000_000})
    raw = bytearray(path.read_bytes())
    for place in (raw.find(b"PK\x03\x04") + 22, raw.find(b"PK\x01\x02") + 24):
        raw[place : place + 4] = (10).to_bytes(4, "little")
    path.write_bytes(raw)

    plan = plan_of(course, path, roster)

    assert plan.works == ()
    assert len(plan.unplaced) == 1


def test_a_pattern_of_ones_own(course: Course, notebook: Callable[[str], bytes], tmp_path: Path) -> None:
    """Where no platform's way fits, a regular expression says where the student's id stands."""
    path = zipped(tmp_path / "x.zip", {"group A/s1234__final.ipynb": notebook("")})

    plan = plan_of(course, path, pattern=pattern_from(r"/(?P<key>s\d+)__"))

    assert [work.student for work in plan.works] == ["s1234"]
    with pytest.raises(ValueError, match="needs a group"):
        pattern_from("s.*")


def test_two_students_of_one_name_are_a_persons_matter(
    course: Course, notebook: Callable[[str], bytes], tmp_path: Path
) -> None:
    """Nobody gets the work of a namesake."""
    roster = Roster([RosterEntry("a1", "Ada Lovelace"), RosterEntry("a2", "Ada Lovelace")])
    path = zipped(tmp_path / "x.zip", {PLATFORMS["Moodle"]: notebook("")})

    plan = plan_of(course, path, roster)

    assert plan.works == ()
    assert "fits several on the roster: a1, a2" in plan.unplaced[0].why


ROSTERS = {
    "Canvas": 'Student,ID,SIS User ID,SIS Login ID,Section\n    Points Possible,,,,\n"Lovelace, Ada",4711,S1,ada,A\n',
    "Moodle": "First name,Surname,ID number,Email address\nAda,Lovelace,ada,ada@example.org\n",
    "semicolons": "name;id\nAda Lovelace;ada\n",
}


@pytest.mark.parametrize("text", ROSTERS.values(), ids=ROSTERS.keys())
def test_rosters_of_platforms_are_read(tmp_path: Path, text: str) -> None:
    """Canvas's gradebook, Moodle's participants, and what a spreadsheet program writes."""
    path = tmp_path / "roster.csv"
    path.write_text(text, encoding="utf-8-sig")

    assert [student.id for student in read_roster(path).students] == ["ada"]


MISTAKES = {
    "no ids": ("name\nAda\n", "line 1: no column of ids"),
    "somebody twice": ("id\nada\nada\n", "line 3: 'ada' is there already, in line 2"),
    "nobody": ("id,name\n", "names nobody"),
    "empty": ("", "is empty"),
}


@pytest.mark.parametrize(("text", "words"), MISTAKES.values(), ids=MISTAKES.keys())
def test_a_wrong_roster_changes_nothing_and_is_told_by_line(
    course: Course,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    text: str,
    words: str,
) -> None:
    """The message names the file and the line."""
    (tmp_path / "roster.csv").write_text(text)
    monkeypatch.chdir(course.root)

    assert main(["collect", str(tmp_path), "--roster", str(tmp_path / "roster.csv")]) == 1
    assert f"roster.csv{', ' if words.startswith('line') else ' '}{words}" in capsys.readouterr().err
    assert not course.submitted.exists()


def test_the_command_prints_what_it_did(
    course: Course,
    notebook: Callable[[str], bytes],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A table, what was left, who is missing, a line of totals; `--dry-run` writes nothing; 3 where some is left."""
    roster = tmp_path / "roster.csv"
    roster.write_text(CLASS, encoding="utf-8")
    path = zipped(tmp_path / "hw.zip", {PLATFORMS["Canvas late"]: notebook(""), "zhangzoe_2_3_notes.pdf": b"%PDF"})
    monkeypatch.chdir(course.root)

    assert main(["collect", str(path), "--roster", str(roster), "--dry-run"]) == 3
    assert not course.submitted.exists()
    assert main(["collect", str(path), "--roster", str(roster)]) == 3
    printed = capsys.readouterr().out

    assert "2026-11-02 10:30 late" in printed
    assert "notes.pdf: not a notebook" in printed
    assert "Nothing of small from 2: benoit, zoe" in printed
    assert "1 notebooks collected: 1 new" in printed


def test_an_assignment_that_is_not_there(course: Course, tmp_path: Path) -> None:
    """A misspelt assignment is answered with those that there are."""
    with pytest.raises(CourseError, match="there is: small"):
        plan_of(course, tmp_path, assignment="smal")


def test_times_of_the_record_are_utc(course: Course, notebook: Callable[[str], bytes], tmp_path: Path) -> None:
    """The exchange writes UTC, and so does the record."""
    (work,) = plan_of(course, zipped(tmp_path / "x.zip", {PLATFORMS["nbgrader"]: notebook("")})).works

    assert work.at == datetime(2026, 11, 2, 10, 30, tzinfo=UTC)


def test_the_same_file_packed_again_was_not_handed_in_later(
    course: Course, roster: Roster, notebook: Callable[[str], bytes], tmp_path: Path
) -> None:
    """Who collects from a zip of what lies there makes nobody late."""
    carry_out(course, plan_of(course, zipped(tmp_path / "a.zip", {"ada/small.ipynb": notebook("x")}), roster))
    stamp = course.submitted / "ada" / "small" / "timestamp.txt"
    before = stamp.read_text()
    later = zipped(tmp_path / "b.zip", {"ada/small.ipynb": notebook("x")}, at=(2026, 11, 20, 0, 0, 0))

    carry_out(course, plan_of(course, later, roster))

    assert stamp.read_text() == before
