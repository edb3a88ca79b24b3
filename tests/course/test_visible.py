"""What a student would want caught before handing in is caught by the checks that they see."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from in_course import PROJECT

from chainrule.authoring.assignment import BEGIN_HIDDEN, END_HIDDEN, Cell, Kind, read_assignment
from chainrule.authoring.inclusions import expand
from chainrule.proof.answers import answered, read_answer
from chainrule.proof.trials import needed_cells, preload, run_cells

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
