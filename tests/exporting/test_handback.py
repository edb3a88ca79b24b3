"""Pages go back under the names that platforms look for, each to its own student, and only when the mark is final."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from pathlib import Path

import pytest

from chainrule.cli import main
from chainrule.collecting.roster import read_roster
from chainrule.course import Course, CourseError
from chainrule.exporting.handback import HandedBack, hand_back
from chainrule.term.standing import read_class

pytestmark = pytest.mark.on_both

WORKSHEET = """Identifier,Full name,Email address,Status,Grade
Participant 9002,Benoît: de la Tour,benoit@example.org,Submitted,
Participant 9003,Noa Missing,noa@example.org,No submission,
"""


def handed(course: Course, to: str, path: Path, roster: Path | None = None) -> tuple[HandedBack, dict[str, bytes]]:
    done = hand_back(course, read_class(course, read_roster(roster or course.roster)), "small", to, path)
    with zipfile.ZipFile(path) as archive:
        return done, {name: archive.read(name) for name in archive.namelist()}


def collected(course: Course, student: str, where: str) -> None:
    path = course.state / "collected" / "small" / f"{student}.txt"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(where, encoding="utf-8")


def test_canvas_gets_its_own_names_back(class_copy: Course, tmp_path: Path) -> None:
    """The numbers of student and file are those of the file that Canvas gave; late ones stay marked."""
    collected(class_copy, "benoit", "hw.zip/tourbenoit_4712_93128_small-2.ipynb")
    collected(class_copy, "zoe", "hw.zip/zhangzoe_LATE_4713_93129_small.ipynb")
    collected(class_copy, "ivan", "hw.zip/petrovivan_4714_93130_work.zip/small.ipynb")

    done, inside = handed(class_copy, "canvas", tmp_path / "x.zip")

    assert sorted(inside) == [
        "petrovivan_4714_93130_small.html",
        "tourbenoit_4712_93128_small.html",
        "zhangzoe_LATE_4713_93129_small.html",
    ]
    page = (class_copy.root / "feedback" / "zoe" / "small" / "small.html").read_bytes()
    assert inside["zhangzoe_LATE_4713_93129_small.html"] == page
    assert dict(done.left_out) == {"ada": "to be marked", "mia": "needs a person", "noa": "not handed in"}


def test_moodle_finds_participants_by_their_number(class_copy: Course, tmp_path: Path) -> None:
    """From the name that Moodle gave the folder, or from its grading worksheet."""
    (tmp_path / "worksheet.csv").write_text(WORKSHEET, encoding="utf-8")
    collected(class_copy, "zoe", "hw.zip/Zoë Zhang_9004_assignsubmission_file_/small.ipynb")
    collected(class_copy, "ivan", "hw.zip/Ivan P_9005_assignsubmission_file_small.ipynb")
    collected(class_copy, "benoit", "hw.zip/benoit/small.ipynb")

    with pytest.raises(
        CourseError, match=r"Moodle.s number of benoit is not known: collect .* or give the assignment's"
    ):
        handed(class_copy, "moodle", tmp_path / "x.zip")
    _, inside = handed(class_copy, "moodle", tmp_path / "x.zip", tmp_path / "worksheet.csv")

    assert sorted(inside) == [
        "Benoît  de la Tour_9002_assignsubmission_file_/small.html",
        "Ivan P_9005_assignsubmission_file_/small.html",
        "Zoë Zhang_9004_assignsubmission_file_/small.html",
    ]


def test_folders_come_with_a_table_for_mail(graded_class: Course, tmp_path: Path) -> None:
    """A folder a student, and whom to send it to; the same pages make the same zip."""
    _, inside = handed(graded_class, "folders", tmp_path / "x.zip")

    table = list(csv.reader(io.StringIO(inside.pop("mail.csv").decode("utf-8-sig"))))
    assert sorted(inside) == ["benoit/small.html", "ivan/small.html", "zoe/small.html"]
    assert ["zoe", "Zoë Zhang", "z@example.org", "zoe/small.html"] in table
    handed(graded_class, "folders", tmp_path / "y.zip")
    assert (tmp_path / "x.zip").read_bytes() == (tmp_path / "y.zip").read_bytes()


def test_a_page_stands_alone_and_says_when_it_was_due(graded_class: Course) -> None:
    """Only the time of handing in lies beside it; it fits a small screen, says how late it was and what to do next."""
    folder = graded_class.root / "feedback" / "zoe" / "small"
    page = (folder / "small.html").read_text(encoding="utf-8")

    assert {path.name for path in folder.iterdir()} <= {"small.html", "timestamp.txt"}
    assert 'name="viewport"' in page
    assert '<html lang="en">' in page
    assert "Due 2026-11-02 23:59 UTC, handed in 2026-11-03 21:00 UTC: 1 day late." in page
    assert "What next: begin with <a href=" in page
    other = (graded_class.root / "feedback" / "ada" / "small" / "small.html").read_text(encoding="utf-8")
    assert "a person has yet to give the mark" in other
    assert not re.search("zoe|benoit|ivan", other)


def test_the_command_says_who_is_left_out(
    graded_class: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`chainrule feedback` prints the zip, and each reason with the people."""
    monkeypatch.chdir(graded_class.root)

    assert main(["feedback", "small", "--to", "folders", "--output", str(tmp_path / "x.zip")]) == 0
    printed = capsys.readouterr().out
    assert "x.zip: pages of 3 students" in printed
    assert "without 1, needs a person: mia" in printed
    assert main(["feedback", "smal", "--to", "folders"]) == 1
    assert "did you mean small?" in capsys.readouterr().err
