"""How far a class is with each assignment, and what the teacher does next."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime

from chainrule.course import Course
from chainrule.engine.dates import Dates
from chainrule.term.standing import ClassBook, State, Task

__all__ = ["Progress", "print_progress", "progress_of", "to_json"]


@dataclass(frozen=True)
class Progress:
    """How far a class is with one assignment.

    Args:
        assignment: which one.
        released: whether students' notebooks were made and the gradebook knows them.
        due: when it is due, as people of the course tell it.
        over: whether that is past.
        students: how many there are.
        late: how many handed in late.
        feedback: how many have a page of their marks.
        states: how many pieces of work stand where.
        who: who stands where, for those that somebody has to do something about.
        to_mark: how many answers wait for a mark.
    """

    assignment: str
    released: bool
    due: str
    over: bool
    students: int
    late: int
    feedback: int
    states: Mapping[str, int]
    who: Mapping[str, list[str]] = field(default_factory=dict)
    to_mark: int = 0

    @property
    def handed_in(self) -> int:
        """How many handed in."""
        return self.students - self.states.get(State.NOT_HANDED_IN, 0)

    def next_steps(self) -> Iterator[str]:
        """What to do, a line each; the first is the first to do."""
        if not self.released:
            yield f"release it: `chainrule build {self.assignment}` or `nbgrader generate_assignment {self.assignment}`"
        elif not self.handed_in:
            yield "collect it: `chainrule collect PATH`" if self.over or not self.due else "wait until it is due"
        if self.states.get(State.NOT_GRADED):
            yield f"grade {self.states[State.NOT_GRADED]}: `chainrule grade {self.assignment}`"
        if people := self.who.get(State.NEEDS_A_PERSON):
            yield f"look at {_some(people)}: `chainrule grade {self.assignment}` says why"
        if self.to_mark:
            yield f"mark {self.to_mark} answers: `chainrule desk`"
        if self.over and (missing := self.who.get(State.NOT_HANDED_IN)):
            yield f"ask {_some(missing)}, who handed in nothing"
        if self.states.get(State.FINAL, 0) > self.feedback:
            yield f"write the pages of {self.states[State.FINAL] - self.feedback}: `chainrule grade {self.assignment}`"


def _some(people: list[str]) -> str:
    return f"{', '.join(people[:5])}{f' and {len(people) - 5} more' if len(people) > 5 else ''}"


def progress_of(course: Course, book: ClassBook, dates: Dates, now: datetime | None = None) -> list[Progress]:
    """How far the class is with each assignment, those that are not released yet included."""
    known = {task.id: task for task in book.tasks}
    names = sorted({*known, *course.graded_ids(), *course.assignment_ids()})
    return [
        _progress(course, book, dates, known.get(name) or Task(name, 0.0), now or datetime.now(UTC)) for name in names
    ]


def _progress(course: Course, book: ClassBook, dates: Dates, task: Task, now: datetime) -> Progress:
    works = list(book.of(task.id))
    due = dates.due_of(task.id) or task.due
    who: dict[str, list[str]] = {}
    for work in works:
        who.setdefault(work.state.value, []).append(work.student)
    return Progress(
        assignment=task.id,
        released=any(course.release.glob(f"{task.id}/*.ipynb")) and bool(task.most),
        due=dates.shown(due) if due else "",
        over=bool(due and now > due),
        students=len(works),
        late=sum(dates.days_late(work.due, work.handed_in) > 0 for work in works),
        feedback=sum(any((course.root / "feedback" / work.student / task.id).glob("*.html")) for work in works),
        states=dict(Counter(work.state.value for work in works)),
        who=who,
        to_mark=sum(q.status == "to be marked" for work in works for q in work.questions.values()),
    )


def to_json(progress: list[Progress]) -> str:
    """All of it as a JSON list."""
    rows = [asdict(one) | {"handed_in": one.handed_in, "next": list(one.next_steps())} for one in progress]
    return json.dumps(rows, indent=2, ensure_ascii=False)


def print_progress(progress: list[Progress]) -> None:
    """A row an assignment, then what to do next."""
    from rich.table import Table
    from rich.text import Text

    from chainrule.classroom.report import printable, table_console

    console = table_console()
    # It fits 80 columns: headings have two lines, and a date stands above its time.
    table = Table(box=None, header_style="bold", pad_edge=False, padding=(0, 1, 0, 0))
    table.add_column("assignment", no_wrap=True)
    table.add_column("due", max_width=len("not released"))
    for name in ("handed\nin", "late", "to\ngrade", "to\nmark", "need a\nperson", "final", "pages"):
        table.add_column(name, justify="right", no_wrap=True)
    for one in progress:
        due = (one.due or "-") if one.released else "not released"
        counts = (one.late, one.states.get(State.NOT_GRADED, 0), one.states.get(State.TO_BE_MARKED, 0))
        rest = (one.states.get(State.NEEDS_A_PERSON, 0), one.states.get(State.FINAL, 0), one.feedback)
        row = (
            one.assignment,
            due,
            f"{one.handed_in}/{one.students}",
            *(str(count or "-") for count in (*counts, *rest)),
        )
        table.add_row(*(Text(printable(cell)) for cell in row))
    console.print(table)
    for one in progress:
        for step in one.next_steps():
            console.print(Text(printable(f"{one.assignment}: {step}")), soft_wrap=True)
