"""The XOR classifier: the course's own solution gives the reference values."""

from typing import Any

import numpy as np
import pytest

from in_course import solution_namespace


@pytest.fixture(scope="module")
def notebook() -> dict[str, Any]:
    """The variables of the notebook after its given and solution cells ran."""
    return solution_namespace("02_xor_classifier")


def within_two_units(got: Any, want: Any) -> bool:
    """Say whether two arrays agree to two units in the last place."""
    got, want = np.asarray(got, dtype=float), np.asarray(want, dtype=float)
    return got.shape == want.shape and bool(np.all(np.abs(got - want) <= 2 * np.spacing(np.abs(want))))


@pytest.mark.parametrize(
    ("name", "reference"),
    [
        ("W_init", [[-0.07460603, 0.09334357, -0.0479048], [0.0794473, -0.02465006, -0.03275565]]),
        ("b_init", [[-0.00972471, 0.06805102, -0.07537957]]),
        ("v_init", [[0.00860524], [-0.02539755], [-0.01040064]]),
    ],
)
def test_parameters_start_at_the_references(notebook: dict[str, Any], name: str, reference: Any) -> None:
    """Every starting parameter has the shape of its reference and its eight digits after the point."""
    got = notebook[name]

    assert got.shape == np.shape(reference)
    assert within_two_units(np.round(got, 8), reference)


def test_output_bias_starts_at_the_reference(notebook: dict[str, Any]) -> None:
    """The output's bias starts at the reference to two units in the last place."""
    assert within_two_units(notebook["c_init"], -0.07411186405649742)


def test_starting_parameters_travel_in_order(notebook: dict[str, Any]) -> None:
    """The list of starting parameters holds W, b, v and c, in this order."""
    assert [np.shape(value) for value in notebook["params_init"]] == [(2, 3), (1, 3), (3, 1), ()]


def test_cloud_has_533_points_of_class_1(notebook: dict[str, Any]) -> None:
    """The cloud has 1000 points within the square, and 533 of them are of class 1."""
    assert notebook["Xs"].shape == notebook["Ys"].shape == notebook["Zs"].shape == (1000, 1)
    assert np.abs([notebook["Xs"], notebook["Ys"]]).max() <= 2
    assert notebook["Zs"].sum() == 533


def test_class_1_means_equal_signs(notebook: dict[str, Any]) -> None:
    """In both sets, a point is of class 1 where its coordinates have the same sign."""
    xs = notebook["xs"]

    assert np.array_equal(notebook["Zs"], notebook["Xs"] * notebook["Ys"] > 0)
    assert np.array_equal(notebook["ys"], (xs[:, :1] * xs[:, 1:] > 0) * 1.0)
    assert xs.shape == (500, 2)
    assert notebook["ys"].shape == (500, 1)


def test_training_points_are_not_in_the_cloud(notebook: dict[str, Any]) -> None:
    """The cloud tests what was learnt, so no training point is part of it."""
    cloud = np.hstack([notebook["Xs"], notebook["Ys"]])

    assert not set(map(tuple, cloud.tolist())) & set(map(tuple, notebook["xs"].tolist()))


def test_example_values_are_those_of_the_solution(notebook: dict[str, Any]) -> None:
    """The numbers that the visible checks compare with are what the solution gives, to two units."""
    points, labels, params = notebook["EXAMPLE_X"], notebook["EXAMPLE_Y"], notebook["EXAMPLE_PARAMS"]
    gradients = notebook["grad_f"](params, points, labels)

    assert within_two_units(notebook["yhat"](points, params), notebook["WANTED"]["yhat"])
    for name, gradient in zip("Wbvc", gradients, strict=True):
        assert np.allclose(gradient, notebook["WANTED"][name], rtol=1e-14, atol=1e-15)


def test_known_mistakes_are_told_apart(notebook: dict[str, Any]) -> None:
    """No known mistake gives the right numbers, or the numbers of another mistake."""
    for name, mistakes in notebook["MISTAKES"].items():
        values = [("right", notebook["WANTED"][name]), *mistakes.items()]
        for i, (first, one) in enumerate(values):
            for second, other in values[:i]:
                assert not np.allclose(one, other, rtol=1e-5, atol=0), f"{name}: {first} / {second}"


@pytest.mark.parametrize("seed", range(3))
def test_gradients_are_the_measured_slopes(notebook: dict[str, Any], seed: int) -> None:
    """The gradients of the solution agree with slopes that are measured on the total loss."""
    random = np.random.default_rng(seed)
    points, labels = random.uniform(-2, 2, (9, 2)), random.integers(0, 2, (9, 1)) * 1.0
    shapes = ((2, 3), (1, 3), (3, 1), ())
    params = [random.normal(0, 0.6, shape) for shape in shapes]

    gradients = notebook["grad_f"](params, points, labels)

    for i, gradient in enumerate(gradients):

        def total(value: Any, i: int = i) -> float:
            moved = [*params[:i], value, *params[i + 1 :]]
            return float(np.sum(notebook["loss"](labels, notebook["yhat"](points, moved))))

        assert np.shape(gradient) == shapes[i]
        assert np.allclose(gradient, notebook["slope"](total, params[i], h=1e-5), rtol=1e-6, atol=1e-8)


def test_gradient_descent_reaches_the_reference(notebook: dict[str, Any]) -> None:
    """With summed gradients, lr 1e-4 and 3000 iterations the mean loss falls from 0.6948 to 0.1252."""
    trajectories, losses = notebook["gradient_descent"](
        notebook["xs"], notebook["ys"], notebook["params_init"], iterations=3000, lr=1e-4
    )

    assert len(trajectories) == len(losses) == 3001
    assert round(losses[0], 4) == 0.6948
    assert round(losses[-1], 4) == 0.1252


def test_averaged_gradients_stay_on_the_plateau(notebook: dict[str, Any]) -> None:
    """With averaged gradients, which is a learning rate divided by 500, the mean loss stays at 0.6945."""
    _, losses = notebook["gradient_descent"](
        notebook["xs"], notebook["ys"], notebook["params_init"], iterations=3000, lr=1e-4 / 500
    )

    assert round(losses[-1], 4) == 0.6945


def test_momentum_reaches_what_the_text_says(notebook: dict[str, Any]) -> None:
    """The text promises a mean loss of 0.0784 with alpha 0.5, and 0.035 with alpha 0.9."""
    ends = {}
    for alpha in (0.5, 0.9):
        _, losses = notebook["gradient_descent_momentum"](
            notebook["xs"], notebook["ys"], notebook["params_init"], iterations=3000, lr=1e-4, alpha=alpha
        )
        ends[alpha] = losses[-1]

    assert round(ends[0.5], 4) == 0.0784
    assert round(ends[0.9], 3) == 0.035


def test_momentum_without_memory_is_gradient_descent(notebook: dict[str, Any]) -> None:
    """With alpha 0 the two ways of training make the same journey."""
    start = notebook["xs"], notebook["ys"], notebook["params_init"], 20, 1e-3

    plain = notebook["gradient_descent"](*start)[1]
    momentum = notebook["gradient_descent_momentum"](*start, 0.0)[1]

    assert within_two_units(momentum, plain)


def test_network_parts_the_cloud(notebook: dict[str, Any]) -> None:
    """Trained with momentum, the network puts 97 % of the cloud, which it never saw, into the right class."""
    trajectories, _ = notebook["gradient_descent_momentum"](
        notebook["xs"], notebook["ys"], notebook["params_init"], iterations=3000, lr=1e-4, alpha=0.5
    )
    cloud = np.hstack([notebook["Xs"], notebook["Ys"]])

    right = np.mean((notebook["ff_nn_relu"](cloud, *trajectories[-1]) > 0.5) == notebook["Zs"])

    assert round(float(right), 2) == 0.97


def test_network_of_four_arguments_is_yhat(notebook: dict[str, Any]) -> None:
    """`ff_nn_relu` and `yhat` are one network."""
    points, params = notebook["EXAMPLE_X"], notebook["EXAMPLE_PARAMS"]

    assert np.array_equal(notebook["ff_nn_relu"](points, *params), notebook["yhat"](points, params))


@pytest.mark.parametrize("y", [0.0, 1.0])
def test_loss_is_finite_at_both_ends(notebook: dict[str, Any], y: float) -> None:
    """A prediction of exactly 0 or 1 has a finite price: next to nothing, or a lot where it is wrong."""
    assert notebook["loss"](y, y) == pytest.approx(0, abs=1e-12)
    assert 30 < notebook["loss"](y, 1 - y) < 40
