"""Nothing below `submitted/` and nobody on the roster is invisible; what cannot be done is refused before the work."""

from __future__ import annotations

from pathlib import Path

import pytest

from chainrule.classroom.accounting import account_for, submissions_of
from chainrule.classroom.jobs import find_jobs
from chainrule.cli import main
from chainrule.collecting.roster import Roster, RosterEntry
from chainrule.course import Course, CourseError

CLASS = Roster([RosterEntry("ada", "Ada Lovelace"), RosterEntry("zoe", "Zoë Zhang")])


def course_with(root: Path, *handed_in: str) -> Course:
    """A course of the assignments 01_graph and 02_xor, with these empty files below `submitted/`."""
    for name in ("source/01_graph/01_graph.ipynb", "source/02_xor/02_xor.ipynb", *handed_in):
        path = root / ("" if name.startswith("source/") else "submitted") / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    (root / "nbgrader_config.py").write_text(
        "c = get_config()\nimport chainrule.engine; chainrule.engine.switch_on(c)\n"
    )
    return Course(root)


PLACES = {
    "ada/01_graph/01_graph.ipynb": ("01_graph", "ada", False),
    "ada/01_graph.ipynb": ("01_graph", "ada", True),
    "01_graph.ipynb": ("01_graph", "01_graph", True),
    "01_graph/ada/01_graph.ipynb": ("01_graph", "ada", True),
    "ada/Downloads/01_graph/work.ipynb": ("01_graph", "ada", True),
    "ada/hw/week1/01_graph.ipynb": ("01_graph", "ada", True),
    "ada/01_grahp/01_graph.ipynb": ("01_grahp", "ada", False),
    "ada/01_graph/backup/01_graph.ipynb": ("01_graph", "ada", False),
}


@pytest.mark.parametrize("name", PLACES)
def test_a_notebook_at_any_depth_is_somebodys_submission(tmp_path: Path, name: str) -> None:
    """Each notebook makes a row; one that lies where no submission belongs says where it is."""
    assignment, student, misplaced = PLACES[name]

    assert submissions_of(course_with(tmp_path, name)) == {
        (assignment, student): f"submitted/{name}" if misplaced else ""
    }


LEFT_OUT = {
    "__MACOSX/ada/._01_graph.ipynb": "submitted/__MACOSX/",
    "ada/.ipynb_checkpoints/01_graph-checkpoint.ipynb": "submitted/ada/.ipynb_checkpoints/",
    ".DS_Store": "submitted/.DS_Store",
    "notes.txt": "submitted/notes.txt",
    "ada/essay.docx": "submitted/ada/essay.docx",
}


@pytest.mark.parametrize("name", LEFT_OUT)
def test_what_is_no_submission_is_named_with_the_reason(tmp_path: Path, name: str) -> None:
    """Leavings of systems and editors, and files outside any assignment, are told and make no row."""
    course = course_with(tmp_path, name)

    (told,) = account_for(course, None).told()

    assert submissions_of(course) == {}
    assert told.startswith(f"{LEFT_OUT[name]} is not graded: ")


def test_everyone_on_the_roster_is_accounted_for(tmp_path: Path) -> None:
    """Who handed in nothing is named, and who is not on the roster, with whom it may be."""
    course = course_with(tmp_path, "ada/01_graph/01_graph.ipynb", "zoee/01_graph/01_graph.ipynb")

    assert list(account_for(course, CLASS).told()) == [
        "Nothing of 01_graph from 1 on the roster: zoe",
        "zoee is not on the roster: did you mean zoe (Zoë Zhang)?",
    ]


def test_a_student_who_was_renamed_is_noticed(tmp_path: Path) -> None:
    """Marks whose folder in `submitted/` is gone are still in the gradebook, and the teacher is told."""
    course = course_with(tmp_path, "ada/01_graph/01_graph.ipynb")
    (tmp_path / "autograded" / "lovelace" / "01_graph").mkdir(parents=True)
    (tmp_path / "autograded" / "lovelace" / "01_graph" / "01_graph.ipynb").touch()

    (told,) = account_for(course, None).told()

    assert told.startswith("lovelace was graded before and has no folder")


def test_a_misspelt_assignment_is_answered_with_the_near_ones(tmp_path: Path) -> None:
    """The message names what is spelt alike, and all that there is."""
    course = course_with(tmp_path, "ada/01_graph/01_graph.ipynb")

    with pytest.raises(CourseError, match=r"no assignment '01_grap' \(did you mean 01_graph\?\); there is: 01_graph"):
        find_jobs(course, ["01_grap"], [])
    with pytest.raises(CourseError, match="nothing of 02_xor to grade"):
        find_jobs(course, ["02_xor"], [])


@pytest.mark.parametrize("workers", ["0", "-1", "two", "1.5"])
def test_a_number_of_workers_that_is_none_is_wrong_usage(workers: str, capsys: pytest.CaptureFixture[str]) -> None:
    """`--workers 0` is refused by the command line."""
    with pytest.raises(SystemExit) as end:
        main(["grade", "--workers", workers])

    assert end.value.code == 2
    assert f"'{workers}' is no number of 1 or more" in capsys.readouterr().err


@pytest.mark.parametrize("place", ["nowhere/results.json", "submitted"])
def test_a_file_that_cannot_be_written_is_refused_before_the_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], place: str
) -> None:
    """Results that could not be kept are not made."""
    course_with(tmp_path, "ada/01_graph/01_graph.ipynb")
    monkeypatch.chdir(tmp_path)

    assert main(["grade", "--json", place]) == 1
    assert f"{place} cannot be written" in capsys.readouterr().err


def test_a_wrong_roster_is_refused_before_the_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The course's own roster is checked at the door, with the line that is wrong."""
    course_with(tmp_path, "ada/01_graph/01_graph.ipynb")
    (tmp_path / "roster.csv").write_text("id,name\nada,Ada\nada,Another\n")
    monkeypatch.chdir(tmp_path)

    assert main(["grade"]) == 1
    assert "roster.csv, line 3: 'ada' is there already, in line 2" in capsys.readouterr().err
