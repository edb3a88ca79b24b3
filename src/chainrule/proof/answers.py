"""Answers that prove the checks: `grader_tests/<id>/right/*.py` and `wrong/*.py`.

A file says in its first comment lines what it does; a wrong one also which checks it must lose and which words the
feedback must hold. Its cells take the place of the assignment's solutions.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from chainrule.authoring.assignment import (
    BEGIN_SOLUTION,
    END_SOLUTION,
    Assignment,
    AssignmentError,
    Cell,
    Kind,
    Problem,
    belongs,
    read_percent,
)

_KEYS = ("loses", "says", "also", "never")
STUB = "raise NotImplementedError()"


@dataclass(frozen=True)
class Answer:
    """One file of answers.

    Args:
        path: the file.
        about: what the answer does.
        loses: the checks that must fail.
        says: words that their messages must hold.
        also: words of other causes that are true of it, so that messages may name them.
        never: words that no message may hold.
        solutions: the texts of its cells, by question.
        own: the student's own cells, by the solution that they stand before.
    """

    path: Path
    about: str
    loses: frozenset[str]
    says: tuple[str, ...]
    also: tuple[str, ...]
    never: tuple[str, ...]
    solutions: dict[str, str]
    own: dict[str, tuple[str, ...]]

    @property
    def name(self) -> str:
        """The folder and the name of the file: `wrong/forgets_the_minus`."""
        return f"{self.path.parent.name}/{self.path.stem}"


def read_answer(path: Path, assignment: Assignment) -> Answer:
    """Read one file of answers.

    Raises:
        AssignmentError: unknown markers, solutions or checks, with file and line.
    """
    if not path.is_file():
        raise AssignmentError([Problem(path, 1, "there is no such file")])
    problems: list[Problem] = []
    notes: dict[str, list[str]] = {"about": [], **{key: [] for key in _KEYS}}
    for line in _head(path):
        key, _, rest = line.partition(":")
        notes[key if key in _KEYS else "about"].append(rest.strip() if key in _KEYS else line)
    solutions: dict[str, str] = {}
    own: dict[str, tuple[str, ...]] = {}
    waiting: list[str] = []
    for line_number, raw in read_percent(path, preface=True)[1]:
        marks = {key: value for key, value in raw.metadata.items() if key != "lines_to_next_cell"}
        if marks == {"title": "own"} or (set(marks) == {"solution"} and marks["solution"] in assignment.former):
            waiting.append(raw.source)
        elif set(marks) == {"solution"} and marks["solution"] in assignment.solutions:
            if marks["solution"] in solutions:
                problems.append(Problem(path, line_number, f"solution {marks['solution']!r} is there twice"))
            solutions[marks["solution"]] = raw.source
            own[marks["solution"]] = tuple(waiting)
            waiting = []
        elif raw.cell_type == "code" or marks:
            text = f"a cell is marked `own` or by a solution of {assignment.id}, not by {marks or 'nothing'}"
            problems.append(Problem(path, line_number, text))
    loses = frozenset(name for name in " ".join(notes["loses"]).split() if not _is_of(assignment.former, name))
    if unknown := sorted(loses - set(assignment.checks)):
        problems.append(Problem(path, 1, f"loses unknown checks: {' '.join(unknown)}"))
    if not notes["about"]:
        problems.append(Problem(path, 1, "the first comment lines should say what this answer does"))
    if problems:
        raise AssignmentError(problems)
    if waiting:
        last = list(solutions)[-1] if solutions else assignment.solutions[0]
        own[last] = own.get(last, ()) + tuple(waiting)
    says, also, never = (tuple(notes[key]) for key in ("says", "also", "never"))
    return Answer(path, " ".join(notes["about"]), loses, says, also, never, solutions, own)


def _is_of(former: frozenset[str], check: str) -> bool:
    return any(belongs(check, name) for name in former)


def _head(path: Path) -> list[str]:
    lines = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("# %%"):
            break
        if line.startswith("#") and line.strip("# "):
            lines.append(line.lstrip("# ").rstrip())
    return lines


def read_answers(folder: Path, assignment: Assignment) -> list[Answer]:
    """All right and wrong answers to an assignment, right ones first."""
    paths = [*sorted(folder.glob("right/*.py")), *sorted(folder.glob("wrong/*.py"))]
    return [read_answer(path, assignment) for path in paths]


def answered(cells: tuple[Cell, ...], answer: Answer) -> list[Cell]:
    """The cells of the notebook with the answer's cells in the place of the solutions."""
    result = []
    for cell in cells:
        if cell.kind is Kind.SOLUTION:
            result += [Cell(Kind.FREE, "code", text, 0) for text in answer.own.get(cell.name, ())]
            cell = replace(cell, source=answer.solutions.get(cell.name, cell.source))
        result.append(cell)
    return solved(result)


def solved(cells: list[Cell] | tuple[Cell, ...]) -> list[Cell]:
    """The cells as the instructor would answer them: without the lines that mark the solutions."""
    return [replace(cell, source=without_marks(cell.source)) for cell in cells]


def without_marks(source: str) -> str:
    """A solution's text without its begin and end marks."""
    return "\n".join(line for line in source.splitlines() if line.strip() not in (BEGIN_SOLUTION, END_SOLUTION))


def stubbed(cells: tuple[Cell, ...]) -> list[Cell]:
    """The cells as a student first sees them: each solution's region is a NotImplementedError."""
    return [replace(cell, source=_stub(cell.source)) if cell.kind is Kind.SOLUTION else cell for cell in cells]


def _stub(source: str) -> str:
    lines, inside = [], False
    for line in source.splitlines():
        mark = line.strip()
        if mark == BEGIN_SOLUTION:
            inside = True
            lines.append(line.replace(BEGIN_SOLUTION, STUB))
        elif mark == END_SOLUTION:
            inside = False
        elif not inside:
            lines.append(line)
    return "\n".join(lines)
