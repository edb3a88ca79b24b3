"""A class's marks in the tables that learning platforms import, with their headers and their ids.

Where the roster is a platform's own export, its columns go back as they came, and only marks are filled in.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from chainrule.collecting.roster import Roster, RosterEntry, folded
from chainrule.course import CourseError
from chainrule.engine.cells import QuestionStatus
from chainrule.exporting.sheets import Cell, Exact, Sheet
from chainrule.term.standing import ClassBook, State, Task, Work

__all__ = ["Titles", "canvas", "classroom", "csv_table", "gradescope", "gradescope_result", "moodle", "workbook"]

Titles = Mapping[str, str]
"""What an assignment is called on the platform, where it is not called by its id."""
CANVAS: Final = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section")
CANVAS_IDS: Final = {"id", "sis user id", "sis login id", "integration id", "root account"}
NBGRADERS: Final = (
    "assignment", "duedate", "timestamp", "student_id", "last_name", "first_name", "email", "raw_score",
    "late_submission_penalty", "score", "max_score",
)  # fmt: skip
"""The columns of `nbgrader export`, for scripts that read them."""
WORKSHEET: Final = {"identifier", "grade"}
"""What tells Moodle's grading worksheet from its other tables."""


def canvas(book: ClassBook, titles: Titles) -> list[Sheet]:
    """Canvas's gradebook: a row of points possible, then a row a student; what is not final stays empty."""
    header = _header(book.roster)
    columns = [place for place, title in enumerate(header) if title.lower() in {*CANVAS_IDS, "student", "section"}]
    known = {"student", "id"} <= {header[place].lower() for place in columns}
    about = [header[place] for place in columns] if known else list(CANVAS)
    own = [_canvas_title(task, header, titles) for task in book.tasks]
    rows: list[list[Cell]] = [[*map(Exact, (*about, *own))]]
    rows.append([Exact("    Points Possible"), *[None] * (len(about) - 1), *(task.most for task in book.tasks)])
    for student in book.students:
        who = _canvas_row(student, columns, header) if known and student.row else _canvas_plain(student, about)
        rows.append([*who, *(book.work(student.id, task.id).final for task in book.tasks)])
    return [Sheet("canvas", rows)]


def _canvas_title(task: Task, header: Sequence[str], titles: Titles) -> str:
    """The column's title as Canvas wrote it, with Canvas's number of the assignment, where it did."""
    wanted = folded(titles.get(task.id, task.id))
    for title in header:
        if wanted in (folded(title), folded(re.sub(r"\s*\(\d+\)\s*$", "", title))):
            return title
    return titles.get(task.id, task.id)


def _canvas_row(student: RosterEntry, columns: Sequence[int], header: Sequence[str]) -> list[Cell]:
    cells = [(header[place].lower(), student.row[place] if place < len(student.row) else "") for place in columns]
    return [Exact(text) if title in CANVAS_IDS else text for title, text in cells]


def _canvas_plain(student: RosterEntry, about: Sequence[str]) -> list[Cell]:
    first, last = names_of(student)
    known: dict[str, Cell] = {"student": f"{last}, {first}" if last else first or student.id}
    known["sis login id"] = Exact(student.id)
    return [known.get(title.lower()) for title in about]


def moodle(book: ClassBook, titles: Titles) -> list[Sheet]:
    """Moodle's grading worksheet, where the roster is one; else a table for its gradebook's CSV import.

    Raises:
        CourseError: the worksheet is of one assignment, and there are several.
    """
    header = [title.lower() for title in _header(book.roster)]
    if set(header) >= WORKSHEET:
        if len(book.tasks) != 1:
            raise CourseError(
                "Moodle's grading worksheet is of one assignment: name it, as in `chainrule export 01 --to moodle`"
            )
        return [_worksheet(book, book.tasks[0], header)]
    own = [titles.get(task.id, task.id) for task in book.tasks]
    rows: list[list[Cell]] = [[*map(Exact, ("First name", "Last name", "ID number", "Email address", *own))]]
    for student in book.students:
        marks = [book.work(student.id, task.id).final for task in book.tasks]
        rows.append([*names_of(student), Exact(student.id), Exact(student.email), *marks])
    return [Sheet("moodle", rows)]


def _worksheet(book: ClassBook, task: Task, header: Sequence[str]) -> Sheet:
    rows: list[list[Cell]] = [[*map(Exact, _header(book.roster))]]
    for student in book.students:
        if not student.row:
            continue  # Moodle knows nobody of this name
        work = book.work(student.id, task.id)
        row: list[Cell] = [Exact(cell) for cell in student.row]
        for place, title in enumerate(header[: len(row)]):
            if title == "grade":
                most = _number(student.row[header.index("maximum grade")]) if "maximum grade" in header else None
                row[place] = _scaled(work.final, task.most, most)
            elif title == "feedback comments" and work.final is not None:
                row[place] = said(work)
            elif title in ("full name", "email address", "status"):
                row[place] = student.row[place]
        rows.append(row)
    return Sheet("moodle", rows)


def _scaled(mark: float | None, most: float, wanted: float | None) -> float | None:
    """A mark on the scale of the platform's assignment, which takes none above its own most."""
    return mark * wanted / most if mark is not None and wanted and most else mark


def _number(text: str) -> float | None:
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return None


def said(work: Work) -> str:
    """A line for the student: what each question earned, and what was taken off."""
    parts = [f"{question.id}: {question.points:g} of {question.max_points:g}" for question in work.questions.values()]
    if work.penalty:
        parts.append(f"handed in late: -{work.penalty:g}")
    return "; ".join(parts)


def gradescope(book: ClassBook, titles: Titles) -> list[Sheet]:
    """The columns of Gradescope's grade export, which its importers into other systems read."""
    header = ["First Name", "Last Name", "SID", "Email", "Sections"]
    for task in book.tasks:
        name = titles.get(task.id, task.id)
        header += [name, f"{name} - Max Points", f"{name} - Submission Time", f"{name} - Lateness (H:M:S)"]
    rows: list[list[Cell]] = [[*map(Exact, (*header, "Total Lateness (H:M:S)"))]]
    for student in book.students:
        works = [book.work(student.id, task.id) for task in book.tasks]
        row: list[Cell] = [*names_of(student), Exact(student.id), Exact(student.email), None]
        for task, work in zip(book.tasks, works, strict=True):
            at = f"{work.handed_in:%Y-%m-%d %H:%M:%S} +0000" if work.handed_in else None
            row += [work.final, task.most, at, _clock(work.seconds_late) if at else None]
        rows.append([*row, _clock(sum(work.seconds_late for work in works))])
    return [Sheet("gradescope", rows)]


def gradescope_result(task: Task, work: Work) -> dict[str, object] | None:
    """What Gradescope reads as `results.json` of an autograder: a test a question; None where nothing is final."""
    if work.final is None:
        return None
    tests = [
        {
            "name": question.id,
            "score": question.points,
            "max_score": question.max_points,
            "output": question.message,
            "visibility": "after_published",
        }
        for question in work.questions.values()
    ]
    late = f"Handed in late: -{work.penalty:g}." if work.penalty else ""
    return {"score": work.final, "output": late, "visibility": "after_published", "tests": tests}


def _clock(seconds: float) -> str:
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes // 60:02}:{minutes % 60:02}:{rest:02}"


def classroom(book: ClassBook, titles: Titles) -> list[Sheet]:
    """The columns of Google Classroom's own grade table: three rows of titles, then a row a student."""
    rows: list[list[Cell]] = [
        ["Last Name", "First Name", "Email Address", *(titles.get(t.id, t.id) for t in book.tasks)]
    ]
    rows.append([None, None, "Date", *(f"{task.due:%Y-%m-%d}" if task.due else None for task in book.tasks)])
    rows.append([None, None, "Points", *(task.most for task in book.tasks)])
    for student in book.students:
        first, last = names_of(student)
        marks = [book.work(student.id, task.id).final for task in book.tasks]
        rows.append([last, first, Exact(student.email), *marks])
    return [Sheet("classroom", rows)]


def csv_table(book: ClassBook, titles: Titles) -> list[Sheet]:
    """A row for each student and assignment: nbgrader's columns, and where the work stands."""
    rows: list[list[Cell]] = [[*NBGRADERS, "state", "why"]]
    for task in book.tasks:
        for student, work in zip(book.students, book.of(task.id), strict=True):
            first, last = names_of(student)
            final = work.state == State.FINAL
            marks = (work.score, work.penalty, work.final) if final else (None, None, None)
            times = [f"{at:%Y-%m-%d %H:%M:%S}" if at else None for at in (work.due or task.due, work.handed_in)]
            about = [titles.get(task.id, task.id), *times, student.id, last, first, student.email]
            rows.append([*about, *marks, task.most, work.state.value, work.reason])
    return [Sheet("marks", rows, bom=True)]


def workbook(book: ClassBook, titles: Titles) -> list[Sheet]:
    """A sheet of all marks, and one for each assignment with its questions; what is not final says what it is."""
    named = [titles.get(task.id, task.id) for task in book.tasks]
    rows: list[list[Cell]] = [["student", "name", "email", *named]]
    for student in book.students:
        marks = [_mark_or_state(book.work(student.id, task.id)) for task in book.tasks]
        rows.append([student.id, student.name, student.email, *marks])
    sheets = [Sheet("marks", rows)]
    return sheets + [_questions(book, task, name) for task, name in zip(book.tasks, named, strict=True)]


def _mark_or_state(work: Work) -> Cell:
    return work.state.value if work.final is None else work.final


def _questions(book: ClassBook, task: Task, name: str) -> Sheet:
    ids = [question.id for question in task.questions]
    rows: list[list[Cell]] = [["student", "mark", "state", "handed in (UTC)", "late (days)", "taken off", *ids, "why"]]
    for work in book.of(task.id):
        at = f"{work.handed_in:%Y-%m-%d %H:%M}" if work.handed_in else None
        late = round(work.seconds_late / 86400, 2) if at else None
        points = [_points(work, question) for question in ids]
        about: list[Cell] = [work.student, work.final, work.state.value, at, late, work.penalty or None]
        rows.append([*about, *points, work.reason])
    return Sheet(name, rows)


def _points(work: Work, question: str) -> Cell:
    result = work.questions.get(question)
    if result is None:
        return None
    waits = result.status in (QuestionStatus.TO_BE_MARKED, QuestionStatus.NEEDS_A_PERSON)
    return result.status.value if waits else result.points


def _header(roster: Roster | None) -> tuple[str, ...]:
    return roster.header if roster else ()


def names_of(student: RosterEntry) -> tuple[str, str]:
    """First and last name; of a name in one piece, the last word is the last name, or what stands before a comma."""
    if student.first or student.last:
        return student.first, student.last
    if "," in student.name:
        last, _, first = student.name.partition(",")
        return first.strip(), last.strip()
    first, _, last = student.name.strip().rpartition(" ")
    return (first, last) if first else (last, "")
