"""Every command of the teachers' page runs, one after the other as a term goes, on a class that was really graded."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest

from chainrule.cli import main
from chainrule.course import Course

PAGE = Path(__file__).resolve().parents[2] / "docs" / "teachers.md"
# `make` makes an environment, `jupyter` and the desk wait for a browser; tests/term/test_regrading.py regrades.
ELSEWHERE = (". ", "make ", "jupyter ", "chainrule desk", "chainrule regrade", "pip ")
STUDENTS = ("ada", "benoit", "zoe", "ivan", "mia", "noa")
CANVAS = "Student,ID,SIS User ID,SIS Login ID,Section\n" + "".join(f"{one},1{one},,{one},A\n" for one in STUDENTS)
MADE = {"canvas.csv", "csv.csv", "marks.xlsx", "feedback-small-moodle.zip", "class.html", "alike-small.html"}


def commands() -> list[str]:
    """The lines after a `$`, in the order of the page."""
    found = re.findall(r"^\$ (.+)$", PAGE.read_text(encoding="utf-8"), re.M)
    return [line for line in found if not line.startswith(ELSEWHERE)]


def test_a_term_as_the_page_tells_it(
    class_copy: Course, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each ends well, or says in a word what a person has to do (3)."""
    root = class_copy.root
    (root / "canvas-gradebook.csv").write_text(CANVAS, encoding="utf-8")
    for student in ("benoit", "zoe", "ivan"):
        origin = root / ".chainrule" / "collected" / "small" / f"{student}.txt"
        origin.parent.mkdir(parents=True, exist_ok=True)
        origin.write_text(f"hw.zip/{student}_900_assignsubmission_file_/small.ipynb")
    shutil.make_archive(str(root / "gradebook-submissions"), "zip", root / "submitted")
    monkeypatch.chdir(root)

    ended = {}
    for line in commands():
        words = shlex.split(line.replace("01_computational_graph", "small"))
        assert words[0] == "chainrule", line
        ended[line] = main(words[1:])

    printed = capsys.readouterr()
    assert set(ended.values()) <= {0, 3}, (ended, printed.err)
    assert len(ended) >= 9
    assert [line for line, code in ended.items() if code == 3 and "collect" not in line] == []
    assert {path.name for folder in ("exports", "reports") for path in (root / folder).iterdir()} >= MADE
