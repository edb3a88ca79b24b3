"""Write the pages of a report, and the table of every student and question beside them.

    write_report(course, book, dates, Path("reports"))

The page of an assignment says how it went; the page of the class says where everybody stands. What is meant for
students names nobody, and no group smaller than `SMALL`.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from chainrule.course import Course
from chainrule.engine.dates import Dates
from chainrule.exporting.sheets import Cell, Sheet, csv_of, save
from chainrule.reporting.figures import FLAGGED_BELOW, Figures, QuestionFigures, figures_of
from chainrule.reporting.misconceptions import LOST, Misconception, misconceptions, name_of
from chainrule.reporting.page import page
from chainrule.reporting.plots import Plot, bars, counted, histogram, scatter
from chainrule.term.standing import ClassBook, State, Task, Work

__all__ = ["SMALL", "tidy", "write_report"]

SMALL: Final = 5
"""The smallest group of students that a page for students speaks of."""
MOST_ROWS: Final = 20
TIDY: Final = (
    "student", "assignment", "question", "max_points", "points", "state", "mistake", "handed_in_utc", "days_late",
    "work",
)  # fmt: skip


def write_report(
    course: Course, book: ClassBook, dates: Dates, folder: Path, *, for_students: bool = False
) -> list[Path]:
    """Write a page for the class, one for each assignment, and `marks.csv`; the files that were written.

    Raises:
        CourseError: a file cannot be written.
    """
    pages = _Pages(book, dates, for_students=for_students)
    written = {folder / f"{task.id}.html": pages.of_task(task) for task in book.tasks}
    if not for_students:
        memory = course.state / "report.json"
        written[folder / "class.html"] = pages.of_class(_changes(book, _remembered(memory)))
        now = json.dumps(_to_remember(book), ensure_ascii=False)
        save(memory, lambda file: file.write_text(now, encoding="utf-8"))
    for path, text in written.items():
        save(path, lambda file, text=text: file.write_text(text, encoding="utf-8"))  # type: ignore[misc]
    if for_students:
        return list(written)
    table = csv_of(tidy(book, dates))
    save(folder / "marks.csv", lambda file: file.write_bytes(table))
    return [*written, folder / "marks.csv"]


def tidy(book: ClassBook, dates: Dates) -> Sheet:
    """A row for each student and question, as programs that make statistics want it."""
    rows: list[list[Cell]] = [list(TIDY)]
    for task in book.tasks:
        for work in book.of(task.id):
            at = f"{work.handed_in:%Y-%m-%d %H:%M:%S}" if work.handed_in else None
            late = float(dates.days_late(work.due, work.handed_in)) if at else None
            for question in task.questions:
                about: list[Cell] = [work.student, task.id, question.id, question.most]
                rows.append([*about, *_result(work, question.id), at, late, work.state.value])
    return Sheet("marks", rows, bom=True)


def _result(work: Work, question: str) -> list[Cell]:
    """Points, state and mistake."""
    result = work.questions.get(question)
    if result is None:
        return [None, work.state.value, None]
    waits = result.status.value in (State.TO_BE_MARKED.value, State.NEEDS_A_PERSON.value)
    mistake = name_of(result.message)[0] if result.status in LOST and result.message else None
    return [None if waits else result.points, result.status.value, mistake]


@dataclass(frozen=True)
class _Pages:
    """The pages of one report."""

    book: ClassBook
    dates: Dates
    for_students: bool

    def of_task(self, task: Task) -> str:
        works = list(self.book.of(task.id))
        figures = figures_of(task, works)
        small = self.for_students and len(figures.marks) < SMALL
        return page(
            "assignment.html.j2",
            task=task,
            figures=figures,
            questions=_shown_questions(figures, for_students=self.for_students),
            below=FLAGGED_BELOW,
            due=self.dates.shown(task.due) if task.due else "",
            states=Counter(work.state.value for work in works),
            mistakes=self._mistakes(works),
            graded=sum(bool(work.questions) for work in works),
            plots=[] if small else list(self._plots(figures, works)),
            people=[] if self.for_students else [work for work in works if work.state == State.NEEDS_A_PERSON],
            small=small,
            for_students=self.for_students,
        )

    def _mistakes(self, works: list[Work]) -> list[Misconception]:
        least = SMALL if self.for_students else 1
        return [one for one in misconceptions(works) if len(one.students) >= least][:MOST_ROWS]

    def _plots(self, figures: Figures, works: list[Work]) -> Iterator[Plot]:
        most = figures.task.most
        bins = _bins(figures.marks, most) if self.for_students else 10
        if figures.marks and most and bins:
            yield histogram(figures.marks, most, f"mark, of {most:g} points", bins)
        known = [one for one in _shown_questions(figures, for_students=self.for_students) if one.earned is not None]
        if known:
            flagged = [one.is_flagged and not self.for_students for one in known]
            yield bars([one.question.id for one in known], [one.earned or 0.0 for one in known], flagged)
        timed = [
            ((work.due - work.handed_in).total_seconds() / 3600, work.final)
            for work in works
            if work.due and work.handed_in and work.final is not None
        ]
        if len(timed) > 1 and not self.for_students:
            yield scatter([hours for hours, _ in timed], [mark for _, mark in timed], figures.task.most)

    def of_class(self, changes: list[str]) -> str:
        totals = [self._total(student.id) for student in self.book.students]
        shares = [100 * share for share in totals if share is not None]
        figures = {task.id: figures_of(task, list(self.book.of(task.id))) for task in self.book.tasks}
        return page(
            "class.html.j2",
            book=self.book,
            figures=figures,
            changes=changes,
            plots=[histogram(shares, 100, "percent of the points, over all final marks")] if shares else [],
            people=[work for work in self._works() if work.state == State.NEEDS_A_PERSON],
            counts={task.id: Counter(work.state.value for work in self.book.of(task.id)) for task in self.book.tasks},
            due={task.id: self.dates.shown(task.due) if task.due else "" for task in self.book.tasks},
            waiting=sum(work.state == State.TO_BE_MARKED for work in self._works()),
        )

    def _works(self) -> Iterator[Work]:
        return (work for task in self.book.tasks for work in self.book.of(task.id))

    def _total(self, student: str) -> float | None:
        """The share of all points of a student's final marks; None where there is none yet."""
        works = [(self.book.work(student, task.id), task.most) for task in self.book.tasks]
        final = [(work.final, most) for work, most in works if work.final is not None and most]
        return sum(mark for mark, _ in final) / sum(most for _, most in final) if final else None


def _bins(marks: Sequence[float], most: float) -> int:
    """The most bars for which none stands for a small group; 0 where there are no such."""
    for bins in (10, 5, 2):
        if most and all(count == 0 or count >= SMALL for count in counted(marks, most, bins)):
            return bins
    return 0


def _shown_questions(figures: Figures, *, for_students: bool) -> list[QuestionFigures]:
    """All questions; for students, only those where what is said is said of enough people."""
    return [one for one in figures.questions if not for_students or one.answered >= SMALL]


def _to_remember(book: ClassBook) -> dict[str, list[Any]]:
    return {f"{work.student}\0{work.assignment}": [work.state.value, work.final] for work in book.works.values()}


def _remembered(path: Path) -> Mapping[str, list[Any]] | None:
    """Where everybody stood at the last report; None where there was none."""
    try:
        before = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return before if isinstance(before, dict) else None


def _changes(book: ClassBook, before: Mapping[str, list[Any]] | None) -> list[str]:
    """What became different since the last report, a line each."""
    if before is None:
        return ["This is the first report."]
    now = _to_remember(book)
    lines = []
    for key in sorted(now):
        student, _, assignment = key.partition("\0")
        was, new = before.get(key), now[key]
        if was is None:
            lines.append(f"{student} handed in {assignment}: {_stands(new)}")
        elif was != new:
            lines.append(f"{student}, {assignment}: {_stands(was)}, now {_stands(new)}")
    return lines or ["Nothing changed."]


def _stands(state: list[Any]) -> str:
    return str(state[0]) if state[1] is None else f"{state[1]:g} points"
