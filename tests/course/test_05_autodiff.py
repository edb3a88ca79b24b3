"""The course's own answers to 05_autodiff give the reference values that the assignment is about."""

from __future__ import annotations

import os
from typing import Any

import numpy as np
import pytest

from in_course import solution_namespace

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")


@pytest.fixture(scope="module")
def answers() -> dict[str, Any]:
    """The notebook's variables, with the two frameworks that one of its plain cells imports."""
    import tensorflow as tf
    import torch

    variables = solution_namespace("05_autodiff")
    variables.update(tf=tf, torch=torch)
    return variables


def bowl(x: Any) -> Any:
    """The parabola of the assignment."""
    return x * x + 4 * x


def fence(x: Any) -> Any:
    """What the fence of the assignment costs."""
    return 10 * x + 750 / x


def assert_within_two_last_digits(got: Any, want: Any) -> None:
    """Two units in the last place of float32, in which the frameworks compute."""
    want = np.asarray(want, dtype=np.float32)
    room = 2 * np.spacing(np.abs(want)).astype(float)

    assert np.all(np.abs(np.asarray(got, dtype=float) - want) <= room)


def test_torch_finds_the_slope_of_the_parabola_at_0(answers: dict[str, Any]) -> None:
    """PyTorch gives 4 for x^2 + 4x at 0."""
    assert answers["gradient"](bowl, 0.0) == 4.0


def test_gradients_pile_up_without_zeroing(answers: dict[str, Any]) -> None:
    """A second backward without zeroing gives 8."""
    assert answers["pile_up"](bowl, 0.0, 2) == [4.0, 8.0]


def test_ten_torch_steps_on_the_parabola(answers: dict[str, Any]) -> None:
    """Ten steps of 0.01 from 0 pass through the logged places and end at -0.3658543527126312."""
    path = answers["minimize"](bowl, 0.0, 0.01, 10)

    assert len(path) == 11
    logged = [0.0, -0.03999999910593033, -0.07919999957084656, -0.11761599779129028, -0.15526367723941803]
    logged += [-0.19215840101242065, -0.22831523418426514, -0.2637489140033722, -0.29847392439842224]
    logged += [-0.3325044512748718, -0.3658543527126312]
    assert_within_two_last_digits(path, logged)


def test_torch_steps_on_the_fence(answers: dict[str, Any]) -> None:
    """From 1 with lr 0.01 the walk on 10x + 750/x first jumps to 8.4, then creeps."""
    path = answers["minimize"](fence, 1.0, 0.01, 5)

    logged = [8.399999618530273, 8.406291961669922, 8.41242504119873, 8.418403625488281, 8.42423152923584]
    assert_within_two_last_digits(path[1:], logged)


def test_the_cheapest_fence_is_the_root_of_75(answers: dict[str, Any]) -> None:
    """With a fitting learning rate the walk ends at sqrt(75), on the student's own cost function."""
    path = answers["minimize"](answers["fence_cost"], 1.0, 0.3, 150)

    assert_within_two_last_digits(path[-1], np.sqrt(75))


def test_tensorflow_finds_the_slope_of_the_parabola_at_3(answers: dict[str, Any]) -> None:
    """TensorFlow gives 10 for x^2 + 4x at 3."""
    assert answers["gradient_tf"](bowl, 3.0) == 10.0


def test_ten_tensorflow_steps_on_the_parabola(answers: dict[str, Any]) -> None:
    """Ten steps of 0.1 from 0 pass through the logged places and end at -1.7852517."""
    path = answers["minimize_tf"](bowl, 0.0, 0.1, 10)

    assert len(path) == 11
    logged = [0.0, -0.4, -0.72, -0.9760001, -1.1808001, -1.34464, -1.4757121, -1.5805696, -1.6644558, -1.7315646]
    assert_within_two_last_digits(path, [*logged, -1.7852517])


def test_hand_made_gradients_to_the_last_digit(answers: dict[str, Any]) -> None:
    """One step of size 1 from w1 = 0.8, w2 = -1.5, b = 0.4 at x = 1.2, t = 0.5 moves by the exact gradients."""
    step = answers["one_step"]((0.8, -1.5, 0.4), 1.2, 0.5)

    # Computed with 50 digits (mpmath). 1 - tanh^2 and the subtraction of the step cost a digit near 1 each.
    exact = {"w1": 0.5568193509305769, "w2": -0.516167788069385, "b": -0.6935158281876912}
    for name, value in exact.items():
        assert abs(step[name] - value) <= 4 * np.spacing(1.0)


def test_ten_epochs_learn_the_scaled_targets(answers: dict[str, Any]) -> None:
    """On raw targets the network stays at the ends of tanh; on scaled ones ten epochs bring the cost below 0.004."""
    raw, scaled = answers["NN"](), answers["NN"]()
    raw.eta = scaled.eta = 0.3
    x, t = answers["x_data"], answers["t_data"]

    raw_costs = answers["train"](raw, x, t, 10)
    scaled_costs = answers["train"](scaled, x, answers["scale_targets"](t, 0.9), 10)

    assert x.shape == t.shape == (15,)
    assert raw_costs[-1] > 2000
    assert scaled_costs[-1] < 0.004


@pytest.mark.parametrize("name", ["fit_linear", "fit_linear_tf"])
def test_linear_regression_reaches_least_squares(answers: dict[str, Any], name: str) -> None:
    """Both frameworks end at the least-squares line of mpg on standardised cylinders."""
    cylinders, mpg = answers["cylinders"], answers["mpg"]
    standard = (cylinders - cylinders.mean()) / cylinders.std()

    W, b, losses = answers[name](standard, mpg, np.zeros((1, 1)), np.zeros(1), 0.1, 200)

    slope, intercept = np.polyfit(standard[:, 0], mpg, 1)
    assert W.shape == (1, 1) and W.item() == pytest.approx(slope, rel=1e-12)
    assert b.shape == (1,) and b.item() == pytest.approx(intercept, rel=1e-12)
    assert losses[-1] == pytest.approx(24.020179568155537, rel=1e-12)


@pytest.mark.parametrize("name", ["fit_logistic", "fit_logistic_tf"])
def test_logistic_regression_reaches_the_best_fit(answers: dict[str, Any], name: str) -> None:
    """Both frameworks settle where the gradient of the exact cross-entropy is zero."""
    X, y = answers["pregnancies"], answers["diabetes"]

    W, b, losses = answers[name](X, y, np.zeros((1, 1)), np.zeros(1), 0.12, 1500, 1e-10)

    errors = 1 / (1 + np.exp(-X[:, 0] * W.item() - b.item())) - y
    assert losses[0] == pytest.approx(np.log(2), rel=1e-9)
    assert losses[-1] == pytest.approx(0.62253, abs=1e-5)
    assert abs(errors.mean()) < 1e-5 and abs((errors * X[:, 0]).mean()) < 1e-5


@pytest.mark.parametrize("name", ["network_gradients_torch", "network_gradients_tf"])
def test_frameworks_agree_with_the_hand(answers: dict[str, Any], name: str) -> None:
    """At all 15 points the frameworks' gradients are those by hand, up to the digits of float32."""
    parameters = (0.6, 1.1, 0.2)
    for x, t in zip(answers["x_data"], answers["scale_targets"](answers["t_data"], 0.9), strict=True):
        by_hand = answers["one_step"](parameters, float(x), float(t))

        found = answers[name](*parameters, float(x), float(t))

        assert found == pytest.approx(list(by_hand.values()), rel=1e-5, abs=2e-7)


@pytest.mark.parametrize(("rate", "end"), [(0.01, 0.45), (0.2, -1.98), (0.9, -1.68)])
def test_three_walks_end_where_the_text_says(answers: dict[str, Any], rate: float, end: float) -> None:
    """Ten steps from 1 on the bowl: one crawls, one arrives, one jumps."""
    path = answers["minimize"](lambda x: x**2 + 4 * x, 1.0, rate, 10)

    assert round(float(path[-1]), 2) == end
