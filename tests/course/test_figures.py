"""The table of docs/grading.md, "The six notebooks in figures", is what the notebooks are now."""

from __future__ import annotations

import re
from typing import Any

import pytest

from chainrule.authoring.assignment import Assignment, Cell, Kind, read_assignment
from chainrule.proof.answers import read_answers
from in_course import IDS, PROJECT, release_of

PAGE = (PROJECT.root / "docs" / "grading.md").read_text(encoding="utf-8")
# The first edition: its cells, its lines of code before the first question, and those of its checks.
FIRST_EDITION = {
    "01_computational_graph": (122, 692, 604),
    "02_xor_classifier": (110, 477, 372),
    "03_vectorized_mlp": (122, 405, 420),
    "04_mnist_mlp": (120, 899, 615),
    "05_autodiff": (140, 406, 695),
}


def lines(cells: list[Any]) -> int:
    """The lines of cells that are not empty."""
    return sum(bool(line.strip()) for cell in cells for line in cell.source.splitlines())


def grader(cell: Any) -> dict[str, Any]:
    """What nbgrader knows of a cell."""
    found: dict[str, Any] = cell.metadata.get("nbgrader", {})
    return found


def tools_and_checks(assignment_id: str) -> tuple[int, int]:
    """The lines of code before the first answer, and those of the checks, as students have them."""
    cells = [cell for cell in release_of(PROJECT, assignment_id).cells if cell.cell_type == "code"]
    first = next(number for number, cell in enumerate(cells) if grader(cell).get("solution"))
    return lines(cells[:first]), lines([cell for cell in cells if grader(cell).get("grade")])


def questions(assignment: Assignment) -> list[Cell]:
    return [cell for cell in assignment.cells if cell.kind is Kind.QUESTION]


def row(assignment_id: str) -> list[int]:
    """The figures of one notebook, in the order of the table."""
    assignment = read_assignment(PROJECT.assignments / assignment_id)
    release = release_of(PROJECT, assignment_id).cells
    answers = read_answers(PROJECT.answers / assignment_id, assignment)
    right = sum(answer.path.parent.name == "right" for answer in answers)
    return [
        len(release),
        sum(len(cell.source.split()) for cell in release if cell.cell_type == "markdown"),
        *tools_and_checks(assignment_id),
        sum(int(cell.options["minutes"]) for cell in questions(assignment)),
        right,
        len(answers) - right,
    ]


def numbers_of(assignment_id: str) -> list[int]:
    """The whole numbers in a notebook's row of the table."""
    below = PAGE.split("# The six notebooks in figures\n", 1)[1].split("\n#", 1)[0]
    (line,) = re.findall(rf"^\| {assignment_id[:2]} .*$", below, re.MULTILINE)
    return [int(number.replace(",", "")) for number in re.findall(r"(?<=\| )[\d,]+(?= \|)", line)]


@pytest.mark.parametrize("assignment_id", IDS)
def test_the_figures_of_a_notebook_are_its_own(assignment_id: str) -> None:
    """Cells, words, lines, minutes and answers are those of the release, give or take 5 %."""
    assert numbers_of(assignment_id)[:7] == pytest.approx(row(assignment_id), rel=0.05, abs=2)


@pytest.mark.parametrize("assignment_id", FIRST_EDITION)
def test_the_tools_before_the_first_question_and_the_checks_stay_few(assignment_id: str) -> None:
    """Each has at most half of the first edition's lines."""
    _, before_tools, before_checks = FIRST_EDITION[assignment_id]

    tools, checks = tools_and_checks(assignment_id)

    assert tools <= before_tools / 2
    assert checks <= before_checks / 2


@pytest.mark.parametrize("assignment_id", FIRST_EDITION)
def test_a_notebook_stays_short(assignment_id: str) -> None:
    """It has at most three quarters of the first edition's cells."""
    before, _, _ = FIRST_EDITION[assignment_id]

    assert len(release_of(PROJECT, assignment_id).cells) <= 0.75 * before
