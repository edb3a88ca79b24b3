"""What an answer earns that computes nothing: for each question singly, and for all of them at once."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from chainrule.authoring.assignment import Assignment, Cell, Kind, belongs, read_assignment
from chainrule.authoring.inclusions import expand
from chainrule.course import Course
from chainrule.proof.answers import solved
from chainrule.proof.emptied import KINDS
from chainrule.proof.trials import needed_cells, preload, run_cells

MOST_FOR_ALL = 0.02
"""The share of an assignment's points that a whole notebook of nothing may earn."""


@dataclass(frozen=True)
class Nothing:
    """What one kind of nothing earned.

    Args:
        kind: how the answers answer.
        paid: the checks that a question's own nothing passed while all other questions were right.
        share: of the points of all checks, what a whole notebook of it earned.
        lost: why a run did not reach its end, where it did not.
    """

    kind: str
    paid: tuple[str, ...]
    share: float
    lost: str = ""

    @property
    def fine(self) -> bool:
        """Whether it earned as little as it must."""
        return not self.paid and not self.lost and self.share <= MOST_FOR_ALL


def nothings(course: Course, assignment_id: str, kinds: Iterable[str] = KINDS) -> Iterator[Nothing]:
    """Run each kind of nothing: two processes each, one for the questions singly and one for all at once."""
    assignment = read_assignment(course.assignments / assignment_id)
    cells = expand(assignment, course.data)
    preload(cells)
    cells = tuple(needed_cells(solved(cells)))
    points = {cell.name: cell.points for cell in cells if cell.kind is Kind.CHECK}
    for kind in kinds:
        singly = run_cells(_singly(assignment, cells, kind), course.data)
        at_once = run_cells(_at_once(cells, kind), course.data)
        paid = tuple(check for check in points if check not in singly.failed)
        earned = sum(value for check, value in points.items() if check not in at_once.failed)
        yield Nothing(kind, paid, earned / sum(points.values()), singly.lost or at_once.lost)


def _tool() -> Cell:
    text = Path(__file__).with_name("emptied.py").read_text(encoding="utf-8")
    return Cell(Kind.GIVEN, "code", text, 0)


def _emptied(cell: Cell, kind: str) -> Cell:
    """A solution cell, and after it each of its functions and methods in the place of itself."""
    lines = []
    for node in ast.parse(cell.source).body:
        if isinstance(node, ast.FunctionDef):
            lines.append(f"{node.name} = emptied({kind!r}, {node.name}, globals())")
        elif isinstance(node, ast.ClassDef):
            methods = [part.name for part in node.body if isinstance(part, ast.FunctionDef)]
            lines += [
                f"{node.name}.{method} = emptied({kind!r}, {node.name}.{method}, globals())"
                for method in methods
                if method != "__init__"
            ]
    return replace(cell, source="\n".join([cell.source, *lines]))


def _at_once(cells: tuple[Cell, ...], kind: str) -> list[Cell]:
    return [_tool(), *(_emptied(cell, kind) if cell.kind is Kind.SOLUTION else cell for cell in cells)]


def _singly(assignment: Assignment, cells: tuple[Cell, ...], kind: str) -> list[Cell]:
    """All questions right but one, in turn: before a check its own answer is emptied, and after it right again."""
    answers = {cell.name: cell for cell in cells if cell.kind is Kind.SOLUTION}
    result = [_tool()]
    for cell in cells:
        if cell.kind is Kind.CHECK:
            own = max((name for name in answers if belongs(cell.name, name)), key=len)
            result += [_emptied(answers[own], kind), cell, answers[own]]
        else:
            result.append(cell)
    return result


def print_nothings(results: Iterable[Nothing]) -> int:
    """Print a line for each kind; 1 where any earned too much."""
    bad = 0
    for result in results:
        bad += not result.fine
        found = result.lost or (f"pays {' '.join(result.paid)}" if result.paid else "pays nothing")
        print(f"{'too much' if not result.fine else 'fine':8}  {result.kind}: {found}; all at once {result.share:.1%}")
    return 1 if bad else 0
