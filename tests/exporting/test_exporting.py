"""What is exported is read back by the rules of each platform's importer: headers, ids, and no 0 without a mark."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest
from nbgrader.apps import ExportApp

from chainrule.cli import main
from chainrule.collecting.roster import Roster, RosterEntry, read_roster
from chainrule.course import Course, CourseError
from chainrule.exporting.export import FORMATS, export
from chainrule.exporting.platforms import names_of
from chainrule.exporting.sheets import Exact, Sheet, csv_of
from chainrule.term.standing import ClassBook, read_class
from small_class import rows_of

pytestmark = pytest.mark.on_both

# What Canvas exports: a row of points below the header, and the test student at the end.
CANVAS = """Student,ID,SIS User ID,SIS Login ID,Section,Small (4711),Final Score
    Points Possible,,,,,6.5,(read only)
"Lovelace, Ada",101,=1+1,ada,"Sec, 1",,
"de la Tour, Benoît",102,u2,benoit,"Sec, 1",,
"Zhang, Zoë",103,u3,zoe,"Sec, 1",,
"Missing, Noa",104,u4,noa,"Sec, 1",,
"Student, Test",105,,test,"Sec, 1",,
"""
MOODLE = """Identifier,Full name,Email address,Status,Grade,Maximum grade,Grade can be changed,Feedback comments
Participant 9001,Ada Lovelace,ada@example.org,Submitted,,13.00,Yes,
Participant 9002,Benoît de la Tour,benoit@example.org,Submitted,,13.00,Yes,
Participant 9003,Noa Missing,noa@example.org,No submission,,13.00,Yes,
"""
FINAL = {"benoit": "5", "zoe": "0.4", "ivan": "3.5"}


def book_of(course: Course, roster: Roster | None = None) -> ClassBook:
    return read_class(course, roster or read_roster(course.roster))


def roster_from(tmp_path: Path, text: str) -> Roster:
    (tmp_path / "export.csv").write_text(text, encoding="utf-8")
    return read_roster(tmp_path / "export.csv")


def test_canvas_gets_its_own_columns_back(graded_class: Course, tmp_path: Path) -> None:
    """Ids as they came, the assignment under Canvas's title and number, points possible, empty where no mark is."""
    path = tmp_path / "canvas.csv"
    told = export(book_of(graded_class, roster_from(tmp_path, CANVAS)), "canvas", path, {"small": "Small"})

    header, possible, *rows = rows_of(path)

    assert header == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "Small (4711)"]
    assert possible == ["    Points Possible", "", "", "", "", "6.5"]
    assert rows[:4] == [
        ["Lovelace, Ada", "101", "=1+1", "ada", "Sec, 1", ""],
        ["de la Tour, Benoît", "102", "u2", "benoit", "Sec, 1", "5"],
        ["Zhang, Zoë", "103", "u3", "zoe", "Sec, 1", "0.4"],
        ["Missing, Noa", "104", "u4", "noa", "Sec, 1", ""],
    ]
    assert {state.value for state in told.empty} == {"to be marked", "needs a person", "not handed in"}


def test_canvas_gets_its_headers_from_a_plain_roster_too(graded_class: Course, tmp_path: Path) -> None:
    """The five columns that Canvas asks for, the login from the roster."""
    export(book_of(graded_class), "canvas", tmp_path / "canvas.csv")

    header, _, *rows = rows_of(tmp_path / "canvas.csv")

    assert header == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "small"]
    assert ["de la Tour, Benoît", "", "", "benoit", "", "5"] in rows
    assert ["'=1+1", "", "", "mia", "", ""] in rows, "a name that is a formula is shown, not run"


def test_moodles_worksheet_is_filled_in(graded_class: Course, tmp_path: Path) -> None:
    """Grade on Moodle's scale and a comment where the mark is final; every other cell as it came."""
    export(book_of(graded_class, roster_from(tmp_path, MOODLE)), "moodle", tmp_path / "moodle.csv")

    header, *rows = rows_of(tmp_path / "moodle.csv")

    assert ",".join(header) == MOODLE.partition("\n")[0]
    assert [row[0] for row in rows] == ["Participant 9001", "Participant 9002", "Participant 9003"]
    assert [row[4] for row in rows] == ["", "10", ""]
    assert [row[5] for row in rows] == ["13.00"] * 3
    assert rows[1][7] == "square: 2 of 2; total-data: 1 of 1; total-empty: 0.5 of 0.5; essay: 1.5 of 3"
    assert [rows[0][7], rows[2][7]] == ["", ""]


def test_moodles_gradebook_takes_a_table_of_all_assignments(graded_class: Course, tmp_path: Path) -> None:
    """Without a worksheet: names, id and address to match by, a column an assignment."""
    export(book_of(graded_class), "moodle", tmp_path / "moodle.csv")

    header, *rows = rows_of(tmp_path / "moodle.csv")

    assert header == ["First name", "Last name", "ID number", "Email address", "small"]
    assert {row[2]: row[4] for row in rows if row[4]} == FINAL


def test_gradescope_gets_its_columns_and_a_result_a_submission(graded_class: Course, tmp_path: Path) -> None:
    """The columns of its export, and `results.json` with a test a question where the mark is final."""
    export(book_of(graded_class), "gradescope", tmp_path / "gradescope.csv")

    header, *rows = rows_of(tmp_path / "gradescope.csv")
    results = {path.parent.name: json.loads(path.read_text()) for path in tmp_path.rglob("results.json")}

    assert header[:6] == ["First Name", "Last Name", "SID", "Email", "Sections", "small"]
    assert {row[2]: row[5] for row in rows if row[5]} == FINAL
    assert {student: result["score"] for student, result in results.items()} == {"benoit": 5, "zoe": 0.4, "ivan": 3.5}
    assert all({"name", "score", "max_score"} <= set(test) for result in results.values() for test in result["tests"])


def test_classroom_gets_three_rows_of_titles(graded_class: Course, tmp_path: Path) -> None:
    """Names, dates and points, as in Classroom's own table."""
    export(book_of(graded_class), "classroom", tmp_path / "classroom.csv")

    header, dates, points, *rows = rows_of(tmp_path / "classroom.csv")

    assert header == ["Last Name", "First Name", "Email Address", "small"]
    assert (dates[2], points[2:]) == ("Date", ["Points", "6.5"])
    assert ["Петров", "Иван", "ivan@example.org", "3.5"] in rows


def test_the_csv_says_where_each_work_stands(graded_class: Course, tmp_path: Path) -> None:
    """nbgrader's columns, quoted, with a state where there is no number."""
    export(book_of(graded_class), "csv", tmp_path / "marks.csv")

    header, *rows = rows_of(tmp_path / "marks.csv")
    by_student = {row[header.index("student_id")]: dict(zip(header, row, strict=True)) for row in rows}

    assert {student: (row["score"], row["state"]) for student, row in by_student.items()} == {
        "ada": ("", "to be marked"),
        "benoit": ("5", "final"),
        "zoe": ("0.4", "final"),
        "ivan": ("3.5", "final"),
        "mia": ("", "needs a person"),
        "noa": ("", "not handed in"),
    }
    assert by_student["benoit"]["last_name"] == "de la Tour"
    assert by_student["zoe"]["timestamp"] == "2026-11-03 21:00:00"


def test_the_workbook_holds_texts_and_numbers(graded_class: Course, tmp_path: Path) -> None:
    """A sheet of marks and one of questions; a name such as =1+1 is a text, and nothing is a formula."""
    export(book_of(graded_class), "xlsx", tmp_path / "marks.xlsx")

    book = openpyxl.load_workbook(tmp_path / "marks.xlsx")
    marks = {row[0]: row[1:] for row in book["marks"].iter_rows(values_only=True)}
    questions = {row[0]: row for row in book["small"].iter_rows(values_only=True)}

    assert book.sheetnames == ["marks", "small"]
    assert marks["benoit"] == ("de la Tour, Benoît", "b@example.org", 5)
    assert marks["mia"] == ("=1+1", "mia@example.org", "needs a person")
    assert marks["noa"][-1] == "not handed in"
    assert "f" not in {cell.data_type for page in book for row in page.iter_rows() for cell in row}
    assert questions["student"][6:10] == ("square", "total-data", "total-empty", "essay")
    assert questions["ada"][6:10] == (2, 1, 0.5, "to be marked")


@pytest.mark.parametrize("to", FORMATS)
def test_nothing_but_a_final_mark_is_a_number(graded_class: Course, tmp_path: Path, to: str) -> None:
    """No table has a 0 for anybody who waits, needs a person, or handed in nothing."""
    sheets = FORMATS[to](book_of(graded_class), {})

    for name in ("ada", "mia", "noa"):
        rows = [row for row in sheets[0].rows if any(str(cell).startswith((name, f"{name}@")) for cell in row)]
        assert rows, name
        assert not [cell for row in rows for cell in row if isinstance(cell, float) and cell != 6.5]


def test_an_id_that_is_a_formula_is_told(graded_class: Course, tmp_path: Path) -> None:
    """A platform needs its ids as they are; the teacher is told not to open that file in a spreadsheet."""
    book = book_of(graded_class)
    odd = ClassBook((*book.students, RosterEntry("@cmd")), book.tasks, book.works)

    lines = list(export(odd, "canvas", tmp_path / "canvas.csv").told())

    assert any("would run as formulas" in line and "@cmd" in line for line in lines)
    assert b"@cmd" in (tmp_path / "canvas.csv").read_bytes()


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1+2", "@x", "\t=1", "\r=1"])
def test_no_text_runs_as_a_formula(text: str) -> None:
    """Texts that a spreadsheet would run get a quote; ids for platforms, and numbers, do not."""
    written = csv_of(Sheet("x", [[text, Exact("=2"), -1.5]])).decode()

    assert written.startswith(("'" + text, "\"'" + text))
    assert written.endswith("=2,-1.5\r\n")


@pytest.mark.parametrize(
    ("entry", "names"),
    [
        (RosterEntry("a", "Ada Lovelace"), ("Ada", "Lovelace")),
        (RosterEntry("a", "de la Tour, Benoît"), ("Benoît", "de la Tour")),
        (RosterEntry("a", "Plato"), ("Plato", "")),
        (RosterEntry("a", "x", first="Ada", last="King Lovelace"), ("Ada", "King Lovelace")),
    ],
)
def test_names_come_apart_as_platforms_want_them(entry: RosterEntry, names: tuple[str, str]) -> None:
    """First and last name, from whatever the roster has."""
    assert names_of(entry) == names


def test_the_command_says_what_it_left_empty(
    graded_class: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`chainrule export` prints the file and the count of each state."""
    monkeypatch.chdir(graded_class.root)

    assert main(["export", "small", "--to", "canvas", "--output", str(tmp_path / "out.csv")]) == 0
    printed = capsys.readouterr().out
    assert "3 marks; left empty, never 0: 1 to be marked, 1 needs a person, 1 not handed in" in printed


def test_what_cannot_be_exported_is_told(
    graded_class: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A misspelt assignment, a title that is none, a place that cannot be written: before anything is written."""
    monkeypatch.chdir(graded_class.root)

    assert main(["export", "smal", "--to", "csv"]) == 1
    assert main(["export", "--to", "csv", "--title", "small"]) == 1
    assert main(["export", "--to", "csv", "--output", str(tmp_path / "no" / "x.csv")]) == 1
    printed = capsys.readouterr().err
    assert "did you mean small?" in printed
    assert "--title 'small'" in printed
    assert "x.csv cannot be written" in printed


def test_moodles_worksheet_is_of_one_assignment(graded_class: Course, tmp_path: Path) -> None:
    """With several assignments the teacher is asked for one."""
    book = book_of(graded_class, roster_from(tmp_path, MOODLE))
    two = ClassBook(book.students, book.tasks * 2, book.works, book.roster)

    with pytest.raises(CourseError, match="is of one assignment: name it"):
        export(two, "moodle", tmp_path / "moodle.csv")


def test_nbgrader_export_writes_the_same(graded_class: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The tables are nbgrader's plugins, too; students and assignments can be chosen as nbgrader does."""
    monkeypatch.chdir(graded_class.root)
    app = ExportApp()
    plugin = "--exporter=chainrule.exporting.plugins.CanvasExport"
    app.initialize([plugin, f"--to={tmp_path / 'canvas.csv'}", "--CanvasExport.student=['benoit', 'ada']"])

    app.start()

    assert [row[3:] for row in rows_of(tmp_path / "canvas.csv")[2:]] == [["ada", "", ""], ["benoit", "", "5"]]


def test_this_courses_nbgrader_export_has_no_0_without_a_mark(
    graded_class: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a word of plugins: nbgrader's own columns, empty where there is no mark."""
    monkeypatch.chdir(graded_class.root)
    app = ExportApp()
    app.initialize([f"--to={tmp_path / 'grades.csv'}"])

    app.start()

    header, *rows = rows_of(tmp_path / "grades.csv")
    scores = {row[header.index("student_id")]: row[header.index("score")] for row in rows}
    assert scores == {"ada": "", "benoit": "5", "zoe": "0.4", "ivan": "3.5", "mia": "", "noa": ""}
