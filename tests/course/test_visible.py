"""What a student would want caught before handing in is caught by the checks that they see."""

from __future__ import annotations

import contextlib
import re
from dataclasses import replace
from typing import Any

import pytest

from chainrule.authoring.assignment import BEGIN_HIDDEN, END_HIDDEN, Cell, Kind, read_assignment
from chainrule.authoring.inclusions import expand
from chainrule.proof.answers import answered, read_answer, solved
from chainrule.proof.trials import needed_cells, preload, run_cells
from in_course import PROJECT

JUDGE = "def judge("
HIDDEN = re.compile(f"{BEGIN_HIDDEN}.*?{END_HIDDEN}", re.DOTALL)


def as_students_see_it(cell: Cell) -> Cell:
    """A cell as it is released: without what is hidden."""
    return replace(cell, source=HIDDEN.sub("", cell.source)) if cell.kind is Kind.CHECK else cell


@pytest.mark.parametrize(
    ("assignment_id", "name"),
    [
        ("01_computational_graph", "dw8_uses_w8"),
        ("03_vectorized_mlp", "backward_takes_z_in_later_layers"),
        ("03_vectorized_mlp", "backward_averages_over_points_only"),
    ],
)
def test_a_slip_in_the_backward_pass_is_seen(assignment_id: str, name: str) -> None:
    """Equal weights and a single output hide nothing: a visible check fails, and says so."""
    assignment = read_assignment(PROJECT.assignments / assignment_id)
    answer = read_answer(PROJECT.answers / assignment_id / "wrong" / f"{name}.py", assignment)
    cells = expand(assignment, PROJECT.data)
    preload(cells)

    run = run_cells([as_students_see_it(cell) for cell in needed_cells(answered(cells, answer))], PROJECT.data)

    assert run.failed
    assert run.failed.keys() <= answer.loses


def verdict_on(assignment_id: str, name: str) -> None:
    """Run the cell in which a student's own gradient check judges their own backward pass; it prints."""
    assignment = read_assignment(PROJECT.assignments / assignment_id)
    cells = expand(assignment, PROJECT.data)
    if name:
        cells = answered(cells, read_answer(PROJECT.answers / assignment_id / f"{name}.py", assignment))
    namespace: dict[str, Any] = {"__name__": "__main__"}
    with contextlib.chdir(PROJECT.data):
        for cell in solved(cells):
            if cell.kind in (Kind.GIVEN, Kind.SOLUTION) or JUDGE in cell.source:
                exec(compile(cell.source, f"{assignment_id}:{cell.line}", "exec"), namespace)
            if JUDGE in cell.source:
                return


@pytest.mark.parametrize(
    ("assignment_id", "name", "said"),
    [
        ("01_computational_graph", "", "They agree."),
        ("01_computational_graph", "wrong/dw8_uses_w8", "WRONG: dw8 is"),
        (
            "01_computational_graph",
            "wrong/check_one_sided",
            "the mistake is in gradient_checking, not in your gradients",
        ),
        ("03_vectorized_mlp", "", "Gradient and ruler agree."),
        ("03_vectorized_mlp", "wrong/backward_takes_z_in_later_layers", "gradients[2][0, 1] is"),
        ("03_vectorized_mlp", "wrong/numerical_one_sided", "it may be the ruler that is wrong, not your gradients"),
    ],
)
def test_the_own_gradient_check_judges_the_own_backward_pass(
    assignment_id: str, name: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """It says which gradient is off; where the check itself is wrong, it does not call a right gradient wrong."""
    verdict_on(assignment_id, name)

    assert said in capsys.readouterr().out
