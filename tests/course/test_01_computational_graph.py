"""The computational graph: the course's own solution gives the references, and what the checks rest on is true."""

import hashlib
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from in_course import solution_namespace

FORWARD = {
    "L": 0.9298048963072919,
    "dL": -1.9285278284819143,
    "val_1": 1.1272967040973583,
    "part_1": 0.8417934192562146,
    "sigmoid": 0.5279179387419721,
}
BACKWARD = {
    "dw1": -0.22973323498702003,
    "dw2": -0.021407614717752925,
    "dw3": -0.005625405580266319,
    "dw4": -0.004657941222712423,
    "dw5": -0.0010077228498574246,
    "dw6": -0.6334751873437471,
    "dw7": -0.561941842854033,
    "dw8": -0.04806288407316516,
    "dw9": -1.0181044360187037,
}
PLACES = range(4)


@pytest.fixture(scope="module")
def notebook() -> dict[str, Any]:
    """The variables of the notebook after its given and solution cells ran."""
    return solution_namespace("01_computational_graph")


@pytest.fixture(scope="module")
def at_row_0(notebook: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the solution stores and its gradients at row 0 with every weight 0.1."""
    row, target, weights = notebook["X"][0], notebook["y"][0], np.full(9, 0.1)
    stored = notebook["forward_propagation"](row, target, weights)
    return stored, notebook["backward_propagation"](row, weights, stored)


def within_two_units(got: float, want: float) -> bool:
    """Say whether two numbers agree to two units in the last place."""
    return bool(abs(got - want) <= 2 * np.spacing(abs(want)))


def exact_gradient(loss: Callable[[Any], Any], weights: Any) -> Any:
    """The gradient by complex steps, which is exact to the last digits (Squire and Trapp 1998)."""
    return np.array([loss(weights + 1e-30j * unit).imag / 1e-30 for unit in np.eye(len(weights))])


def loss_of_the_graph(x: Any, y: float) -> Callable[[Any], Any]:
    """The loss as a function of nine complex weights, written from the formulas."""

    def loss(w: Any) -> Any:
        bend = np.tanh(np.exp((w[0] * x[0] + w[1] * x[1]) ** 2 + w[5]) + w[6])
        gate = 1 / (1 + np.exp(-np.sin(w[2] * x[2]) * (w[3] * x[3] + w[4] * x[4]) - w[7]))
        return (bend + w[8] * gate - y) ** 2

    return loss


def test_data_are_the_reference_bytes(notebook: dict[str, Any]) -> None:
    """The notebook carries the very bytes of the reference data."""
    data = notebook["data"]

    assert data.shape == (506, 6)
    digest = hashlib.sha256(data.tobytes()).hexdigest()
    assert digest == "9177ca4d55ef977189abe5b4950a342d153445edf5ee4ceea2a0c86a578ed333"


def test_sigmoid_of_2(notebook: dict[str, Any]) -> None:
    """The sigmoid of 2 is the reference."""
    assert within_two_units(notebook["sigmoid"](2), 0.8807970779778823)


@pytest.mark.parametrize("key", FORWARD)
def test_forward_values(at_row_0: Any, key: str) -> None:
    """Each stored value at row 0 is its reference to two units in the last place."""
    assert within_two_units(at_row_0[0][key], FORWARD[key])


@pytest.mark.parametrize("key", BACKWARD)
def test_gradients(at_row_0: Any, key: str) -> None:
    """Each gradient at row 0 is its reference to two units in the last place."""
    assert within_two_units(at_row_0[1][key], BACKWARD[key])


def test_targets_come_from_the_graph_with_weights_one(notebook: dict[str, Any]) -> None:
    """With every weight 1 the loss of each row is 0, to rounding."""
    losses = [
        notebook["forward_propagation"](x, y, np.ones(9))["L"]
        for x, y in zip(notebook["X"], notebook["y"], strict=True)
    ]

    assert max(losses) < 1e-30


@pytest.mark.parametrize("number", PLACES)
def test_places_hold_what_the_forward_pass_stores(notebook: dict[str, Any], number: int) -> None:
    """The stored values that the checks of the backward pass bring along are those of the solution."""
    features, target, weights, stored = notebook["PLACES"][number]

    assert stored == pytest.approx(notebook["forward_propagation"](features, target, weights), rel=1e-14)


@pytest.mark.parametrize("number", PLACES)
def test_gradients_are_the_slopes_of_the_loss(notebook: dict[str, Any], number: int) -> None:
    """At every place of the checks all nine gradients agree with complex steps through the formulas."""
    features, target, weights, stored = notebook["PLACES"][number]

    gradients = notebook["backward_propagation"](features, weights, stored)

    exact = exact_gradient(loss_of_the_graph(features, target), np.array(weights))
    assert [gradients[f"dw{i}"] for i in range(1, 10)] == pytest.approx(exact, rel=1e-12)


@pytest.mark.parametrize("number", PLACES)
def test_places_tell_mistakes_apart(notebook: dict[str, Any], number: int) -> None:
    """Nothing is saturated at the places of the checks: no gradient is tiny, no unit is flat."""
    features, _, weights, stored = notebook["PLACES"][number]

    gradients = notebook["backward_propagation"](features, weights, stored)

    assert min(abs(gradient) for gradient in gradients.values()) > 0.03
    assert abs(stored["part_1"]) < 0.95
    assert 0.2 < stored["sigmoid"] < 0.8


def test_no_slip_is_right(notebook: dict[str, Any]) -> None:
    """No value that stands for a known mistake is close to the right one."""
    right = FORWARD | BACKWARD
    slips = [(right[key], wrong) for key in right for wrong in notebook["SLIPS"][key].values()]

    assert len(slips) > 80
    assert all(abs(wrong - value) > 1e-6 * abs(value) for value, wrong in slips)


def test_each_slip_names_one_mistake(notebook: dict[str, Any]) -> None:
    """No two known mistakes of one quantity give the same number, or a message could name the wrong one."""
    for key, slips in notebook["SLIPS"].items():
        values = sorted(slips.values())

        assert all(high - low > 1.2e-7 * abs(high) for low, high in pairwise(values)), key


def test_practice_slopes_are_the_gradient(notebook: dict[str, Any]) -> None:
    """The practice graph's gradient, on which the checks of part 4 and 6 rest, is the slope of its loss."""
    features, target, weights = notebook["generic_place"](3)

    measured = notebook["slope"](lambda w: (notebook["practice_prediction"](features, w) - target) ** 2, weights)

    assert notebook["practice_slopes"](features, target, weights) == pytest.approx(measured, rel=1e-9)


@pytest.mark.parametrize("row", [0, 100, 505])
def test_best_eps_is_near_the_default(notebook: dict[str, Any], row: int) -> None:
    """The score of right gradients is lowest near eps = 1e-5, and worse by far for 0.01 and for 1e-10."""

    def score(eps: float) -> float:
        return float(notebook["gradient_checking"](notebook["X"][row], notebook["y"][row], np.full(9, 0.1), eps))

    best = min(score(eps) for eps in (3e-6, 1e-5, 3e-5))
    assert best < 1e-9
    assert score(1e-2) > 100 * best
    assert score(1e-10) > 100 * best


def test_momentum_forms_walk_alike(notebook: dict[str, Any]) -> None:
    """The momentum of the notebook is the other form with 1 / (1 - gamma) times its learning rate, as the text says."""
    rng = np.random.default_rng(0)
    first = second = rng.normal(size=9)
    velocity = mean = np.zeros(9)
    for gradient in rng.normal(size=(20, 9)):
        first, velocity = notebook["momentum_update"](first, gradient, velocity, 0.01, 0.9)
        mean = 0.9 * mean + 0.1 * gradient
        second = second - 0.1 * mean

    assert first == pytest.approx(second, rel=1e-12)


def test_adam_has_eps_inside_the_root(notebook: dict[str, Any]) -> None:
    """A gradient as large as the root of eps makes a first step of eta over the root of 2."""
    weights, _, _ = notebook["adam_update"](np.zeros(1), np.full(1, 1e-4), np.zeros(1), np.zeros(1), 1, 1.0)

    assert weights == pytest.approx([-1 / np.sqrt(2)], rel=1e-9)


def test_race_ends_as_the_text_says(notebook: dict[str, Any]) -> None:
    """In 20 epochs vanilla stays near 0.031, momentum leaves that place, Adam comes close to 0 and finds five ones."""
    start = np.random.default_rng(0).normal(0, 0.01, 9)
    _, vanilla = notebook["train_vanilla"](notebook["X"], notebook["y"], start, 20, 0.001)
    _, momentum = notebook["train_momentum"](notebook["X"], notebook["y"], start, 20, 0.001, 0.9)
    weights, adam = notebook["train_adam"](notebook["X"], notebook["y"], start, 20, 0.001)

    assert vanilla[-1] == pytest.approx(0.031, abs=0.0005)
    assert momentum[0] < vanilla[0] / 4
    assert momentum[5] == pytest.approx(0.031, abs=0.001)
    assert momentum[-1] < 0.002
    assert adam[-1] < 1e-4
    assert [i + 1 for i in range(9) if abs(weights[i] - 1) < 0.06] == [3, 4, 5, 8, 9]
