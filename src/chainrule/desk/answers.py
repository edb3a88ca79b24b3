"""The answers to one question: as they came, alike ones together, with the marks that they have."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from glob import escape
from pathlib import Path
from typing import Any, Final

from chainrule.course import Course, CourseError
from chainrule.engine.cells import grade_id, notes
from chainrule.engine.feedback.filters import as_written, markdown2html
from chainrule.term.dates import open_gradebook

__all__ = ["Answer", "Group", "Sheet", "bank_of", "grouped", "mark", "sheet_of", "waiting"]

ALIKE: Final = 92.0
MOST_COMMENT: Final = 5_000
SCHEME: Final = "MARK SCHEME"


@dataclass(frozen=True)
class Answer:
    """What a student wrote, and what it has.

    Args:
        student: who.
        text: as it was written.
        page: the same as HTML in which nothing runs, pictures included.
        points: its mark; None while it waits.
        comment: what was said of it.
    """

    student: str
    text: str
    page: str
    points: float | None
    comment: str = ""


@dataclass(frozen=True)
class Group:
    """Answers that are alike, of which the first stands for all."""

    answers: tuple[Answer, ...]


@dataclass(frozen=True)
class Sheet:
    """A question with all that is needed to mark it.

    Args:
        assignment, question: which one.
        most: what it is worth.
        scheme: the question, the model answer and the mark scheme, as the instructor wrote them.
        groups: the answers, those that wait first.
    """

    assignment: str
    question: str
    most: float
    scheme: tuple[str, ...]
    groups: tuple[Group, ...]


def waiting(course: Course) -> list[tuple[str, str, int, int]]:
    """All questions that a person marks, as (assignment, question, how many wait, how many there are)."""
    rows = []
    with open_gradebook(course) as gradebook:
        for assignment in gradebook.assignments:
            for notebook in assignment.notebooks:
                there = {path.parents[1].name for path in _graded(course, assignment.name, notebook.name)}
                for cell in _by_hand(notebook):
                    grades = [grade for grade in cell.grades if grade.student.id in there]
                    waits = sum(grade.needs_manual_grade and grade.manual_score is None for grade in grades)
                    rows.append((assignment.name, cell.name, waits, len(grades)))
    return sorted(rows)


def _graded(course: Course, assignment: str, notebook: str) -> Iterable[Path]:
    """The graded copies of a notebook: whose file could not be read has none, and nothing to mark."""
    return (course.root / "autograded").glob(f"*/{escape(assignment)}/{escape(notebook)}.ipynb")


def _by_hand(notebook: Any) -> list[Any]:
    """The cells of a notebook that a person marks."""
    names = {cell.name for cell in (*notebook.solution_cells, *notebook.task_cells)}
    return [cell for cell in (*notebook.grade_cells, *notebook.task_cells) if cell.name in names]


def sheet_of(course: Course, assignment: str, question: str) -> Sheet:
    """A question with everybody's answers.

    Raises:
        CourseError: there is no such question that a person marks.
    """
    with open_gradebook(course) as gradebook:
        cell, notebook = _cell(gradebook, assignment, question)
        known = {grade.student.id: grade for grade in cell.grades}
        said = _comments(gradebook, assignment, notebook, question)
        answers = [_answer(course, assignment, notebook, question, grade, said) for grade in known.values()]
        most = float(cell.max_score)
    found = [answer for answer in answers if answer is not None]
    found.sort(key=lambda answer: (answer.points is not None, answer.student))
    return Sheet(assignment, question, most, _scheme(course, assignment, notebook, question), grouped(found))


def _cell(gradebook: Any, assignment: str, question: str) -> tuple[Any, str]:
    from nbgrader.api import MissingEntry

    try:
        notebooks = gradebook.find_assignment(assignment).notebooks
    except MissingEntry:
        notebooks = []
    for notebook in notebooks:
        for cell in _by_hand(notebook):
            if cell.name == question:
                return cell, notebook.name
    raise CourseError(f"{assignment} has no question {question!r} that a person marks")


def _comments(gradebook: Any, assignment: str, notebook: str, question: str) -> dict[str, str]:
    submissions = gradebook.notebook_submissions(notebook, assignment)
    rows = ((one.student.id, comment) for one in submissions for comment in one.comments if comment.name == question)
    return {student: comment.manual_comment or "" for student, comment in rows}


def _answer(
    course: Course, assignment: str, notebook: str, question: str, grade: Any, said: dict[str, str]
) -> Answer | None:
    student = grade.student.id
    path = course.root / "autograded" / student / assignment / f"{notebook}.ipynb"
    cell = _read(path).get(question)
    if cell is None:
        return None  # it was never graded, and there is nothing to show
    text = "".join(cell["source"])
    page = markdown2html({"cell": cell}, text) if cell["cell_type"] == "markdown" else as_written(text)
    if elsewhere := notes(cell).get("elsewhere"):
        page += as_written(elsewhere)
    points = None if grade.needs_manual_grade and grade.manual_score is None else float(grade.score)
    return Answer(student, text, page, points, said.get(student, ""))


def _read(path: Path) -> dict[str, Any]:
    """The cells of a graded notebook, by grade_id."""
    if not path.is_file():
        return {}
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return {str(grade_id(cell)): cell for cell in cells if grade_id(cell)}


def _scheme(course: Course, assignment: str, notebook: str, question: str) -> tuple[str, ...]:
    """The instructor's cell, and the next one where it holds a mark scheme."""
    path = course.source / assignment / f"{notebook}.ipynb"
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"] if path.is_file() else []
    texts = []
    for place, cell in enumerate(cells):
        if grade_id(cell) == question:
            after = "".join(cells[place + 1]["source"]) if place + 1 < len(cells) else ""
            texts = ["".join(cell["source"]), *([after] if SCHEME in after else [])]
    return tuple("\n".join(line for line in text.splitlines() if not line.startswith("###")) for text in texts)


def grouped(answers: Iterable[Answer]) -> tuple[Group, ...]:
    """Alike answers together, in the order in which the first of each came; those with pictures stand alone."""
    from rapidfuzz import fuzz

    groups: list[list[Answer]] = []
    texts: list[str] = []
    for answer in answers:
        text = " ".join(answer.text.casefold().split())
        near = (place for place, other in enumerate(texts) if fuzz.ratio(text, other) >= ALIKE)
        place = next(near, None) if "attachment:" not in text and "<img" not in answer.page else None
        if place is None or (groups[place][0].points is None) != (answer.points is None):
            groups.append([answer])
            texts.append(text)
        else:
            groups[place].append(answer)
    return tuple(Group(tuple(group)) for group in groups)


def bank_of(sheet: Sheet) -> list[str]:
    """The comments that were given on a question, the most common first."""
    said = [answer.comment for group in sheet.groups for answer in group.answers if answer.comment]
    return sorted(set(said), key=lambda text: (-said.count(text), text))[:9]


def mark(course: Course, assignment: str, question: str, students: list[str], points: float, comment: str) -> None:
    """Give several students one mark, and a comment where there is one, as Formgrader does.

    Raises:
        CourseError: the points are none, or somebody has no such answer; nothing was written.
    """
    if len(comment) > MOST_COMMENT:
        raise CourseError(f"a comment of more than {MOST_COMMENT} letters")
    with open_gradebook(course) as gradebook:
        cell, _ = _cell(gradebook, assignment, question)
        if not 0 <= points <= float(cell.max_score):
            raise CourseError(f"{question} has 0 to {cell.max_score:g} points, and {points:g} were given")
        grades = {grade.student.id: grade for grade in cell.grades}
        if missing := [student for student in students if student not in grades]:
            raise CourseError(f"{', '.join(missing)}: nobody of that name has an answer to {question}")
        for student in students:
            grades[student].manual_score, grades[student].needs_manual_grade = points, False
            for said in grades[student].notebook.comments:
                if said.name == question and comment:
                    said.manual_comment = comment
        gradebook.db.commit()
