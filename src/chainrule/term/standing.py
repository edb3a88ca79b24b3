"""Where each student's work of each assignment stands: read from `submitted/`, `autograded/` and the gradebook.

    book = read_class(course, roster)
    book.work("ada", "01").final          # None while anybody has still to say something

A mark is a number only when it is final. All else has a state, and no number stands for it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from chainrule.classroom.accounting import submissions_of
from chainrule.classroom.records import record_of
from chainrule.classroom.report import QuestionResult, reason_for
from chainrule.classroom.results import notebooks_in, question_of, verdicts_in
from chainrule.collecting.roster import Roster, RosterEntry
from chainrule.course import Course, check_names
from chainrule.engine.cells import Status, notes_of_notebook
from chainrule.engine.hand_in import hand_in_time
from chainrule.term.dates import open_gradebook

__all__ = ["ClassBook", "Question", "State", "Task", "Work", "read_class"]


Entries = tuple[RosterEntry, ...]


class State(StrEnum):
    """Where a piece of work stands."""

    FINAL = "final"
    TO_BE_MARKED = "to be marked"
    NEEDS_A_PERSON = "needs a person"
    NOT_GRADED = "not graded yet"
    NOT_HANDED_IN = "not handed in"


@dataclass(frozen=True)
class Question:
    """A check or a written answer of an assignment."""

    id: str
    most: float
    by_hand: bool = False


@dataclass(frozen=True)
class Task:
    """An assignment as the gradebook knows it.

    Args:
        id: its name.
        most: what it is worth.
        due: when it is due, in UTC, for everybody without an extension.
        questions: in the order of the notebook.
    """

    id: str
    most: float
    due: datetime | None = None
    questions: tuple[Question, ...] = ()


@dataclass(frozen=True)
class Work:
    """One student's work of one assignment.

    Args:
        student: whose it is.
        assignment: which one.
        state: where it stands.
        reason: what a person should look at.
        score: what its questions earned so far; no mark unless the state is final.
        penalty: what is taken off for being late.
        questions: what came of each question, by its id.
        handed_in: when, in UTC.
        due: when it was due for this student, in UTC.
    """

    student: str
    assignment: str
    state: State
    reason: str = ""
    score: float = 0.0
    penalty: float = 0.0
    questions: Mapping[str, QuestionResult] = field(default_factory=dict)
    handed_in: datetime | None = None
    due: datetime | None = None

    @property
    def final(self) -> float | None:
        """The mark, late days taken off; None while there is none."""
        return max(0.0, self.score - self.penalty) if self.state == State.FINAL else None

    @property
    def seconds_late(self) -> float:
        """How late it was; 0 where it was not, or nobody knows."""
        return max(0.0, (self.handed_in - self.due).total_seconds()) if self.handed_in and self.due else 0.0


@dataclass(frozen=True)
class ClassBook:
    """A class: its students, its assignments, and where each student's work of each stands."""

    students: tuple[RosterEntry, ...]
    tasks: tuple[Task, ...]
    works: Mapping[tuple[str, str], Work]
    roster: Roster | None = None

    def work(self, student: str, assignment: str) -> Work:
        """A student's work; one that was not handed in, where there is none."""
        return self.works.get((student, assignment)) or Work(student, assignment, State.NOT_HANDED_IN)

    def of(self, assignment: str) -> Iterator[Work]:
        """Everybody's work of an assignment, in the order of the students."""
        return (self.work(student.id, assignment) for student in self.students)


def read_class(course: Course, roster: Roster | None = None, assignments: Sequence[str] = ()) -> ClassBook:
    """Read all of it; with `assignments`, of these only.

    Raises:
        CourseError: there is no such assignment.
    """
    handed_in = submissions_of(course)
    with open_gradebook(course) as gradebook:
        return _class_of(course, gradebook, handed_in, roster, assignments)


def class_in(gradebook: Any, course: Course, roster: Roster | None, assignments: Sequence[str] = ()) -> ClassBook:
    """The same from a gradebook that is open already, as in one of nbgrader's plugins."""
    return _class_of(course, gradebook, submissions_of(course), roster, assignments)


def _class_of(
    course: Course,
    gradebook: Any,
    handed_in: Mapping[tuple[str, str], str],
    roster: Roster | None,
    assignments: Sequence[str],
) -> ClassBook:
    tasks = {task.id: task for task in _tasks(course, gradebook)}
    check_names(assignments, sorted({*tasks, *course.graded_ids()}))
    wanted = [task for name, task in sorted(tasks.items()) if not assignments or name in assignments]
    works: dict[tuple[str, str], Work] = {}
    for task in wanted:
        records = {row.student: row for row in _records(gradebook, task.id)}
        grades = _grades(gradebook, task.id)
        # Also whose folder was taken away since: the marks are there.
        there = {student: "" for student in grades} | {s: place for (a, s), place in handed_in.items() if a == task.id}
        for student, misplaced in there.items():
            work = _work(course, task, student, misplaced, records.get(student), grades.get(student, []))
            works[student, task.id] = work
    return ClassBook(_students(gradebook, handed_in, roster), tuple(wanted), works, roster)


def _tasks(course: Course, gradebook: Any) -> Iterator[Task]:
    from nbgrader.api import Assignment
    from sqlalchemy.orm import undefer

    for assignment in gradebook.db.query(Assignment).options(undefer(Assignment.max_score)):
        notebooks = sorted(assignment.notebooks, key=lambda notebook: str(notebook.name))
        order = _order(course, assignment.name)
        questions = [question for notebook in notebooks for question in _questions(notebook)]
        questions.sort(key=lambda question: order.get(question.id, len(order)))
        yield Task(assignment.name, float(assignment.max_score), _utc(assignment.duedate), tuple(questions))


def _order(course: Course, assignment: str) -> dict[str, int]:
    """The places of the graded cells in the instructor's notebooks: a database keeps rows in an order of its own."""
    for folder in (course.source / assignment, course.release / assignment):
        with suppress(OSError, ValueError, KeyError):
            if found := verdicts_in(notebooks_in(folder)):
                return {name: place for place, name in enumerate(found)}
    return {}


def _questions(notebook: Any) -> list[Question]:
    """The graded cells of a notebook."""
    by_hand = {cell.name for cell in notebook.solution_cells} | {cell.name for cell in notebook.task_cells}
    cells = [*notebook.grade_cells, *notebook.task_cells]
    return [Question(cell.name, float(cell.max_score), cell.name in by_hand) for cell in cells]


def _records(gradebook: Any, assignment: str) -> list[Any]:
    """When each student handed in, what extension there is, and what is taken off: a row a student."""
    from nbgrader.api import Assignment, SubmittedAssignment
    from sqlalchemy import select

    columns = (
        SubmittedAssignment.student_id.label("student"),
        SubmittedAssignment.timestamp,
        SubmittedAssignment.extension,
        SubmittedAssignment.late_submission_penalty.label("penalty"),
    )
    query = select(*columns).join(Assignment, Assignment.id == SubmittedAssignment.assignment_id)
    return list(gradebook.db.execute(query.where(Assignment.name == assignment)).all())


def _grades(gradebook: Any, assignment: str) -> dict[str, list[Any]]:
    """All grades of an assignment in one query, by student."""
    from nbgrader.api import Assignment, BaseCell, Grade, SubmittedAssignment, SubmittedNotebook
    from sqlalchemy import select

    columns = (
        SubmittedAssignment.student_id.label("student"),
        BaseCell.name,
        Grade.score,
        Grade.max_score,
        Grade.manual_score,
        Grade.needs_manual_grade,
    )
    query = (
        select(*columns)
        .join(SubmittedNotebook, SubmittedNotebook.id == Grade.notebook_id)
        .join(SubmittedAssignment, SubmittedAssignment.id == SubmittedNotebook.assignment_id)
        .join(Assignment, Assignment.id == SubmittedAssignment.assignment_id)
        .join(BaseCell, BaseCell.id == Grade.cell_id)
        .where(Assignment.name == assignment)
    )
    found: dict[str, list[Any]] = {}
    for row in gradebook.db.execute(query).all():
        found.setdefault(row.student, []).append(row)
    return found


def _work(course: Course, task: Task, student: str, misplaced: str, record: Any, grades: list[Any]) -> Work:
    """Where a submission stands that is there: graded from what lies there now, or else why not."""
    folder = course.submitted / student / task.id
    due = _due(task, record)
    if misplaced:
        return Work(student, task.id, State.NEEDS_A_PERSON, f"{misplaced} lies in the wrong place", due=due)
    at = _utc(hand_in_time(folder, collected=True)) or (_utc(record.timestamp) if record else None)
    graded = course.root / "autograded" / student / task.id
    if not folder.is_dir() and not graded.is_dir():
        return Work(student, task.id, State.NOT_HANDED_IN, due=due)
    if not grades or not _is_of(graded, folder):
        return _ungraded(course, task, student, at, due)
    notebooks = notebooks_in(graded)
    verdicts = verdicts_in(notebooks)
    order = {name: place for place, name in enumerate(verdicts)}
    grades = sorted(grades, key=lambda grade: order.get(grade.name, len(order)))
    questions = {grade.name: question_of(grade, verdicts) for grade in grades}
    odd = "; ".join(filter(None, (notes_of_notebook(notebook).get("odd") for notebook in notebooks)))
    status, reason = reason_for(questions.values(), odd=odd)
    score = sum(question.points for question in questions.values())
    state = _state(status, questions.values())
    return Work(student, task.id, state, reason, score, float(record.penalty or 0.0), questions, at, due)


def _state(status: Status, questions: Any) -> State:
    if status == Status.GRADED:
        return State.FINAL
    stuck = any(question.status == "needs a person" for question in questions)
    return State.NEEDS_A_PERSON if stuck or status == Status.NEEDS_A_PERSON else State.TO_BE_MARKED


def _ungraded(course: Course, task: Task, student: str, at: datetime | None, due: datetime | None) -> Work:
    """What the last run said of a submission that it could not grade, if it has seen what lies there now."""
    path = record_of(course, task.id, student)
    try:
        result = json.loads(path.read_text(encoding="utf-8"))["result"]
    except (OSError, ValueError, KeyError, TypeError):
        result = {}
    failed = result.get("status") == Status.NEEDS_A_PERSON and _newest(path) >= _newest(
        course.submitted / student / task.id
    )
    state = State.NEEDS_A_PERSON if failed else State.NOT_GRADED
    return Work(student, task.id, state, result.get("reason", "") if failed else "", handed_in=at, due=due)


def _is_of(graded: Path, submitted: Path) -> bool:
    """Whether what lies in `autograded/` was made from what lies in `submitted/` now."""
    return any(graded.glob("*.ipynb")) and _newest(graded) >= _newest(submitted)


def _newest(path: Path) -> float:
    files = path.glob("*.ipynb") if path.is_dir() else [path]
    return max((file.stat().st_mtime for file in files if file.is_file()), default=0.0)


def _due(task: Task, record: Any) -> datetime | None:
    extension = record.extension if record else None
    return task.due + extension if task.due and extension else task.due


def _utc(time: datetime | None) -> datetime | None:
    """A time as nbgrader keeps it, which is in UTC and does not say so."""
    return time.replace(tzinfo=UTC) if time and time.tzinfo is None else time


def _students(
    gradebook: Any, handed_in: Mapping[tuple[str, str], str], roster: Roster | None
) -> tuple[RosterEntry, ...]:
    """Everybody on the roster, and whoever else handed in; without a roster, everybody in the gradebook."""
    listed = {student.id: student for student in roster.students} if roster else {}
    known = {student.id: _entry(student) for student in gradebook.students}
    others = {student for _, student in handed_in} | (set() if roster else set(known))
    for student in sorted(others - set(listed)):
        listed[student] = known.get(student) or RosterEntry(student)
    return tuple(listed.values())


def _entry(student: Any) -> RosterEntry:
    first, last = student.first_name or "", student.last_name or ""
    return RosterEntry(student.id, f"{first} {last}".strip(), student.email or "", first=first, last=last)
