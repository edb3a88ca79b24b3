"""What hidden checks demand stands in the task: digits, kinds of numbers, and arguments that stay as they are."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

from chainrule.authoring.assignment import Assignment, Cell, Kind, belongs, read_assignment
from in_course import IDS, PROJECT

# With this few digits left to differ, a number of 32 bits is another number.
FINER_THAN_32_BITS = 1e-7
STAYS = re.compile(
    r"(stays?|left|comes? back) as (it is|it was|they are|they were)|"
    r"([Ll]eaves? [^.]{0,60}|keeps? [^.]{0,60})as (it is|they are)|unchanged|[Nn]either .{0,40}changes|"
    r"(makes?|returns?|a|in) (a )?new (array|arrays|list|lists|matrix|matrices)\b",
    re.DOTALL,
)


def calls(cell: Cell, name: str) -> Iterator[ast.Call]:
    """The calls of a function of the kit in a check."""
    for node in ast.walk(ast.parse(cell.source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name:
            yield node


def digits(call: ast.Call) -> float:
    """The relative distance that a comparison allows."""
    given = [word.value for word in call.keywords if word.arg == "rtol"]
    return float(ast.literal_eval(given[0])) if given and isinstance(given[0], ast.Constant) else 1e-9


def opening(assignment: Assignment) -> str:
    """What is read before the first question."""
    first = next(i for i, cell in enumerate(assignment.cells) if cell.kind is Kind.QUESTION)
    return "\n".join(cell.source for cell in assignment.cells[:first] if cell.cell_type == "markdown")


def task(assignment: Assignment, check: Cell) -> str:
    """The text of a check's question, and what its solution cell promises."""
    question = max((name for name in assignment.solutions if belongs(check.name, name)), key=len)
    return "\n".join(
        cell.source
        for cell in assignment.cells
        if cell.kind in (Kind.QUESTION, Kind.SOLUTION) and cell.name and belongs(question, cell.name)
    )


@pytest.mark.parametrize("assignment_id", IDS)
class TestContract:
    """The contract of one assignment."""

    def test_the_digits_that_are_asked_for_are_named(self, assignment_id: str) -> None:
        """Where a check refuses numbers of 32 bits, the opening says that 64 are asked for."""
        assignment = read_assignment(PROJECT.assignments / assignment_id)
        checks = [cell for cell in assignment.cells if cell.kind is Kind.CHECK]

        finest = min((digits(call) for cell in checks for call in calls(cell, "check_value")), default=1.0)

        assert finest > FINER_THAN_32_BITS or "float64" in opening(assignment)

    def test_the_kinds_of_numbers_that_are_taken_are_named(self, assignment_id: str) -> None:
        """The kit takes numbers, lists, arrays and tensors; the opening says so."""
        words = opening(read_assignment(PROJECT.assignments / assignment_id))

        assert all(word in words for word in ("float", "array", "tensor"))

    def test_what_must_not_change_is_announced(self, assignment_id: str) -> None:
        """A check that looks whether arguments were changed belongs to a question that says so."""
        assignment = read_assignment(PROJECT.assignments / assignment_id)

        silent = {
            cell.name
            for cell in assignment.cells
            if cell.kind is Kind.CHECK and list(calls(cell, "check_kept")) and not STAYS.search(task(assignment, cell))
        }

        assert silent == set()
