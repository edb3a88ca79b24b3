"""The network for any list of layers: what the course teaches about it holds for the course's own solution."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from in_course import solution_namespace

LISTS_OF_LAYERS = ([2, 2, 2, 1], [2, 2, 1], [3, 5, 4, 2], [4, 1], [1, 2, 3, 4, 5])


@pytest.fixture(scope="module")
def notebook() -> dict[str, Any]:
    """The variables of the notebook after its given and solution cells ran."""
    return solution_namespace("03_vectorized_mlp")


def within_two_units(got: Any, want: Any) -> bool:
    """Say whether two arrays agree to two units in the last place."""
    got, want = np.asarray(got, dtype=float), np.asarray(want, dtype=float)
    return got.shape == want.shape and bool(np.all(np.abs(got - want) <= 2 * np.spacing(np.abs(want))))


def example(layers: list[int], points: int) -> tuple[Any, Any, list[Any]]:
    """Inputs, targets and weights at a generic place."""
    numbers = np.random.default_rng(sum(layers) + points)
    theta = [numbers.normal(0, 1.5, (after, before + 1)) for before, after in pairwise(layers)]
    return numbers.normal(0, 1, (points, layers[0])), numbers.random((points, layers[-1])), theta


def exact_gradients(X: Any, y: Any, theta: list[Any]) -> list[Any]:
    """The gradient of the mean of squares by imaginary steps, which leave no rounding error."""
    gradients = [np.zeros(matrix.shape) for matrix in theta]
    for number, matrix in enumerate(theta):
        for place in np.ndindex(matrix.shape):
            signal = X.astype(complex)
            for other, weights in enumerate(theta):
                moved = weights.astype(complex)
                moved[place if other == number else (0, 0)] += 1e-30j * (other == number)
                signal = 1 / (1 + np.exp(-(signal @ moved[:, 1:].T + moved[:, 0])))
            gradients[number][place] = np.mean((signal - y) ** 2).imag / 1e-30
    return gradients


def test_problem_is_xor_with_the_reference_settings(notebook: dict[str, Any]) -> None:
    """The layers, the learning rate and the four points are those of the reference."""
    assert notebook["LAYERS"] == [2, 2, 2, 1]
    assert notebook["ETA"] == 0.1
    assert notebook["X"].tolist() == [[0, 0], [0, 1], [1, 0], [1, 1]]
    assert notebook["y"].tolist() == [[0], [1], [1], [0]]


def test_sigmoid_gives_the_reference_value(notebook: dict[str, Any]) -> None:
    """The sigmoid of 2 agrees with the 16 digits of the reference to two units in the last place."""
    assert within_two_units(notebook["sigmoid"](2.0), 0.8807970779778823)


def test_sigmoid_prime_agrees_with_hyperbolic_functions(notebook: dict[str, Any]) -> None:
    """The slope is 1 / (4 cosh^2(z / 2)), and exactly 1/4 at 0."""
    places = np.linspace(-8, 8, 33)

    slopes = notebook["sigmoid_prime"](places)

    assert np.allclose(slopes, 0.25 / np.cosh(places / 2) ** 2, rtol=1e-12)
    assert notebook["sigmoid_prime"](0.0) == 0.25


def test_cost_is_the_mean_of_squares_over_every_entry(notebook: dict[str, Any]) -> None:
    """Errors 1, 2, 3 and 4 in two rows of two cost 30 / 4."""
    assert notebook["cost"](np.array([[1.0, 2.0], [3.0, 4.0]]), np.zeros((2, 2))) == 7.5


@pytest.mark.parametrize("layers", LISTS_OF_LAYERS)
def test_parameters_have_a_row_for_each_unit_and_a_column_for_the_bias(
    notebook: dict[str, Any], layers: list[int]
) -> None:
    """theta[l] has shape (n_out, n_in + 1), and every weight is inside the interval."""
    theta = notebook["initialize_parameters"](layers, 0.5, 3)

    assert [matrix.shape for matrix in theta] == [(after, before + 1) for before, after in pairwise(layers)]
    assert all(np.all(np.abs(matrix) <= 0.5) for matrix in theta)


@pytest.mark.parametrize("part", ["Z", "A"])
def test_forward_pass_gives_the_practice_values(notebook: dict[str, Any], part: str) -> None:
    """What the setup cell says about the forward pass of XOR is right to two units in the last place."""
    passed = notebook["forward_propagation"](notebook["X"], notebook["START"])

    for got, want in zip(passed["AZ".index(part)], notebook[f"PRACTICE_{part}"], strict=True):
        # A sum may be much smaller than its terms, which are below 2.
        assert got.shape == want.shape
        assert np.all(np.abs(got - want) <= 2 * math.ulp(2.0))


@pytest.mark.parametrize("points", [1, 4, 7])
@pytest.mark.parametrize("layers", LISTS_OF_LAYERS)
def test_gradient_is_exact_for_any_list_of_layers(notebook: dict[str, Any], layers: list[int], points: int) -> None:
    """Backpropagation agrees with imaginary steps to eleven digits, whatever the layers and the number of points."""
    X, y, theta = example(layers, points)
    A, Z, _ = notebook["forward_propagation"](X, theta)

    gradients = notebook["back_propagation"](y, theta, A, Z)[1]

    for got, want in zip(gradients, exact_gradients(X, y, theta), strict=True):
        assert np.allclose(got, want, rtol=1e-11, atol=1e-16)


@pytest.mark.parametrize(("points", "outputs"), [(1, 1), (4, 1), (5, 1), (4, 3), (7, 2)])
def test_gradient_of_the_article_is_off_by_half_the_number_of_entries(
    notebook: dict[str, Any], points: int, outputs: int
) -> None:
    """Without the factor of the mean, the last gradient is the true one times m n_out / 2, as `article_factor` says."""
    X, y, theta = example([2, 3, outputs], points)
    A, Z, y_hat = notebook["forward_propagation"](X, theta)
    article = ((y_hat - y) * notebook["sigmoid_prime"](Z[-1])).T @ A[-2]

    ratio = article / exact_gradients(X, y, theta)[-1]

    assert np.allclose(ratio, points * outputs / 2, rtol=1e-10)
    assert notebook["article_factor"](points, outputs) == points * outputs / 2


def test_dividing_by_two_is_right_for_four_points_only(notebook: dict[str, Any]) -> None:
    """The article's repair fits XOR and no other number of points."""
    fitting = [points for points in range(1, 100) if notebook["article_factor"](points, 1) == 2]

    assert fitting == [4]


@pytest.mark.parametrize(("ruler", "order"), [("one_sided", 1), ("centred", 2)])
def test_error_of_each_ruler_falls_with_its_order(notebook: dict[str, Any], ruler: str, order: int) -> None:
    """With a step ten times as small the error is 10 or 100 times as small."""
    errors = [abs(notebook[ruler](math.exp, 0.3, h) - math.exp(0.3)) for h in (1e-2, 1e-3)]

    assert errors[0] / errors[1] == pytest.approx(10**order, rel=0.02)


def test_gradient_check_is_tiny_for_the_solution_and_large_after_an_update(notebook: dict[str, Any]) -> None:
    """The solution passes its own check; a gradient from before an update, as in the article, does not."""
    X, y, start = notebook["X"], notebook["y"], notebook["START"]
    A, Z, _ = notebook["forward_propagation"](X, start)
    gradients = notebook["back_propagation"](y, start, A, Z)[1]
    after = notebook["update_parameters"](start, gradients, notebook["ETA"])
    measured = np.concatenate([m.ravel() for m in notebook["numerical_gradients"](X, y, after, 1e-5)])
    stale = np.concatenate([matrix.ravel() for matrix in gradients])

    distance = np.linalg.norm(stale - measured) / (np.linalg.norm(stale) + np.linalg.norm(measured))

    assert notebook["gradient_check"](X, y, start, 1e-5) < 1e-8
    assert distance > 1e-4


def test_training_learns_xor(notebook: dict[str, Any]) -> None:
    """From START, 1000 epochs with a rate of 5 end below a cost of 0.001 and with four right answers."""
    theta, costs = notebook["train"](notebook["X"], notebook["y"], notebook["START"], 5.0, 1000)

    predictions = notebook["forward_propagation"](notebook["X"], theta)[2]

    assert costs[-1] < 0.001
    assert np.array_equal(np.round(predictions), notebook["y"])


def test_first_costs_are_those_of_the_docstring(notebook: dict[str, Any]) -> None:
    """The worked number of `train` is right."""
    costs = notebook["train"](notebook["X"], notebook["y"], notebook["START"], 0.1, 2)[1]

    assert [round(float(value), 5) for value in costs] == [0.30398, 0.30266]


def test_twins_stay_equal_and_end_at_a_sixth(notebook: dict[str, Any]) -> None:
    """Two hidden units with equal weights on both sides stay equal to the last bit, and never get below 1/6."""
    start = [np.full((2, 3), 0.5), np.full((1, 3), 0.5)]

    theta, costs = notebook["train"](notebook["X"], notebook["y"], start, 5.0, 2000)

    assert np.array_equal(theta[0][0], theta[0][1])
    assert 1 / 6 < costs[-1] < 1 / 6 + 0.001


def test_units_with_equal_incoming_weights_part_when_outgoing_weights_differ(notebook: dict[str, Any]) -> None:
    """Equal incoming weights alone do no harm: XOR is learnt."""
    start = [np.full((2, 3), 0.5), np.array([[0.5, 0.5, 0.6]])]

    costs = notebook["train"](notebook["X"], notebook["y"], start, 5.0, 1500)[1]

    assert costs[-1] < 0.001


def test_swapping_units_changes_no_prediction_and_swaps_the_gradient(notebook: dict[str, Any]) -> None:
    """A network does not know which hidden unit is which."""
    X, y, theta = example([3, 5, 4, 2], 6)
    swapped = notebook["swap_units"](theta, 1, 0, 3)
    passes = [notebook["forward_propagation"](X, weights) for weights in (theta, swapped)]
    gradients = [
        notebook["back_propagation"](y, weights, A, Z)[1]
        for weights, (A, Z, _) in zip((theta, swapped), passes, strict=True)
    ]

    expected = notebook["swap_units"](gradients[0], 1, 0, 3)

    assert np.allclose(passes[0][2], passes[1][2], rtol=1e-14)
    for got, want in zip(gradients[1], expected, strict=True):
        assert np.allclose(got, want, rtol=1e-11)


def test_the_plateau_is_a_saddle_and_no_flat_sigmoid(notebook: dict[str, Any]) -> None:
    """On the plateau the output's slope is the largest there is, and the network is still a plane."""
    X, y = notebook["X"], notebook["y"]
    flat = np.column_stack([np.ones(4), X])
    for epochs in (50, 100, 200):
        theta = notebook["train"](X, y, notebook["START"], 5.0, epochs)[0]
        y_hat = notebook["forward_propagation"](X, theta)[2]

        assert f"{np.mean(y_hat * (1 - y_hat)):.3f}" == "0.250"
        assert np.abs(y_hat - flat @ np.linalg.lstsq(flat, y_hat, rcond=None)[0]).max() < 0.001
    assert np.allclose(np.linalg.lstsq(flat, y, rcond=None)[0].ravel(), [0.5, 0, 0])


def test_cross_entropy_waits_as_long(notebook: dict[str, Any]) -> None:
    """With half the rate, which makes up for the factor that it leaves out, its plateau ends at the same epoch."""
    X, y = notebook["X"], notebook["y"]

    def waits(eta: float, *, cross_entropy: bool) -> int:
        theta = notebook["START"]
        for epoch in range(1000):
            A, Z, y_hat = notebook["forward_propagation"](X, theta)
            if epoch > 20 and np.mean((y_hat - y) ** 2) < 0.2:
                return epoch
            deltas, gradients = notebook["back_propagation"](y, theta, A, Z)
            if cross_entropy:
                deltas = [(y_hat - y) / len(y)]
                for step in range(len(theta) - 1, 0, -1):
                    deltas.insert(0, (deltas[0] @ theta[step][:, 1:]) * notebook["sigmoid_prime"](Z[step - 1]))
                gradients = [delta.T @ values for delta, values in zip(deltas, A[:-1], strict=True)]
            theta = [matrix - eta * down for matrix, down in zip(theta, gradients, strict=True)]
        raise AssertionError("the plateau does not end")

    assert abs(waits(5.0, cross_entropy=False) - waits(2.5, cross_entropy=True)) <= 5
