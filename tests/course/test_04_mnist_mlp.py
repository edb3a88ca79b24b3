"""The digit reader: the course's own solution gives the reference values, and its images are always found."""

from __future__ import annotations

import io
import sys
import types
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from chainrule.authoring.assignment import Kind, read_assignment
from chainrule.authoring.inclusions import expand
from chainrule.course import Course
from in_course import solution_namespace

ID = "04_mnist_mlp"
COURSE = Course.find(Path(__file__).parent)


@pytest.fixture(scope="module")
def notebook() -> dict[str, Any]:
    """The variables of the notebook after its given and solution cells ran."""
    names = solution_namespace(ID)
    # These stand in plain cells, which only the student's notebook runs.
    names["with_progress"] = iter
    names["print_scores"] = lambda average_loss, correct, total: (average_loss, correct / total)
    return names


def within_two_units(got: Any, want: Any) -> bool:
    """Say whether two arrays agree to two units in the last place."""
    got, want = np.asarray(got, dtype=float), np.asarray(want, dtype=float)
    return got.shape == want.shape and bool(np.all(np.abs(got - want) <= 2 * np.spacing(np.abs(want))))


def lend(notebook: dict[str, Any], seed: int, *, biased: bool = False) -> tuple[list[Any], list[Any]]:
    """Give the notebook one of its practice networks; returns the same network once more."""
    notebook.update(notebook["lent"](notebook["practice_network"](seed, biased=biased)))
    network: tuple[list[Any], list[Any]] = notebook["practice_network"](seed, biased=biased)
    return network


# The solution


def test_sigmoid_and_its_slope_at_2(notebook: dict[str, Any]) -> None:
    """sigmoid(2) and dsigmoid(2) are the references to two units in the last place."""
    assert within_two_units(notebook["sigmoid"](2), 0.8807970779778823)
    assert within_two_units(notebook["dsigmoid"](2), 0.10499358540350662)


def test_softmax_does_not_see_a_shift(notebook: dict[str, Any]) -> None:
    """The softmax of [1, 2, 3] is the reference, and so is that of [1001, 1002, 1003]."""
    reference = [0.09003057317038046, 0.24472847105479764, 0.6652409557748218]

    for shift in (0, 1000):
        assert within_two_units(notebook["softmax"](np.array([1.0, 2.0, 3.0]) + shift), reference)


def test_guessing_costs_the_logarithm_of_ten(notebook: dict[str, Any]) -> None:
    """The loss of ten equal probabilities is log 10; that of a sure and wrong answer is log(1e300)."""
    loss, one_hot = notebook["cross_entropy_loss"], notebook["integer_to_one_hot"]

    assert within_two_units(loss(one_hot(4, 10), np.full((1, 10), 0.1)), 2.302585092994046)
    assert within_two_units(loss(one_hot(0, 2), np.array([0.0, 1.0])), 690.7755278982137)


def test_network_starts_at_the_references(notebook: dict[str, Any]) -> None:
    """From default_rng(80085), the first weight of each layer is the reference, and every bias is 0."""
    weights, biases = notebook["initialize_parameters"](np.random.default_rng(80085))

    assert [w.shape for w in weights] == [(784, 32), (32, 32), (32, 10)]
    assert [b.shape for b in biases] == [(1, 32), (1, 32), (1, 10)]
    first = [w[0, 0] for w in weights]
    assert within_two_units(first, [-0.008266630860834567, 0.20411040725981447, 0.06667851977118114])
    assert not any(np.any(b) for b in biases)


def test_weights_have_the_variance_that_the_text_asks_for(notebook: dict[str, Any]) -> None:
    """The variance of each layer is 1 / max(n_in, n_out) to within what chance allows (four deviations)."""
    weights, _ = notebook["initialize_parameters"](np.random.default_rng(80085))

    for w in weights:
        assert abs(np.var(w) * max(w.shape) - 1) < 4 * np.sqrt(2 / w.size)


def test_untrained_network_is_right_about_one_time_in_ten(notebook: dict[str, Any]) -> None:
    """On the course's test images the new network has the loss 2.38 and is right 88 times in 1,000."""
    notebook["weights"], notebook["biases"] = notebook["initialize_parameters"](np.random.default_rng(80085))
    with np.load(COURSE.data / "mnist_subset.npz") as images:
        loss, accuracy = notebook["feed_forward_dataset"](images["x_test"], images["y_test"])

    assert round(loss, 2) == 2.38
    assert accuracy == 0.088


@pytest.mark.parametrize(("biased", "reference"), [(False, 1.2841913091616048), (True, 1.5298624258793165)])
def test_loss_of_the_practice_image(notebook: dict[str, Any], biased: bool, reference: float) -> None:
    """The example of the text has the loss that the visible checks compare with, to 1e-14."""
    lend(notebook, 3, biased=biased)

    loss, guess = notebook["feed_forward_sample"](notebook["practice_image"](3), 4)

    assert loss == pytest.approx(reference, rel=1e-14)
    assert guess.tolist().count(0) == 9


@pytest.mark.parametrize("array", ["dw1", "db1", "dw2", "db2", "dw3", "db3"])
def test_gradients_agree_with_complex_steps(notebook: dict[str, Any], array: str) -> None:
    """Each of the six gradients is the derivative of the loss, found by stepping into the imaginary direction."""
    kind, layer = ("dw", "db").index(array[:2]), int(array[2]) - 1
    network, image, label = notebook["practice_network"](2, biased=True), notebook["practice_image"](2), 5
    change = notebook["changes_by_one_step"](image, label, network, 1.0)[array]
    rows = np.flatnonzero(image)[:3] if array == "dw1" else range(min(3, len(change)))

    for index in [(row, column) for row in rows for column in range(4)]:
        network[kind][layer] = network[kind][layer].astype(complex)
        network[kind][layer][index] += 1e-200j
        slope = complex_loss(image.reshape(1, 784), label, network).imag / 1e-200
        network[kind][layer] = network[kind][layer].real

        assert change[index] == pytest.approx(slope, rel=1e-9, abs=1e-14)


def complex_loss(row: Any, label: int, network: Any) -> Any:
    """The loss of the network, for complex weights too."""
    (w1, w2, w3), (b1, b2, b3) = network
    first = 1 / (1 + np.exp(-(row @ w1 + b1)))
    second = 1 / (1 + np.exp(-(first @ w2 + b2)))
    scores = (second @ w3 + b3)[0]
    return np.log(np.exp(scores).sum()) - scores[label]


def test_an_epoch_is_one_step_for_each_image(notebook: dict[str, Any]) -> None:
    """An epoch over three images leaves the network where three steps in order leave it."""
    images = np.array([notebook["practice_image"](seed) for seed in (1, 2, 3)])
    lend(notebook, 4)
    for image, label in zip(images, (7, 0, 7), strict=True):
        notebook["train_one_sample"](image, label, 0.5)
    expected = notebook["in_one_row"](notebook["weights"], notebook["biases"])
    lend(notebook, 4)
    notebook.update(x_train=images, y_train=np.array([7, 0, 7]))

    notebook["train_one_epoch"](0.5)

    assert np.array_equal(notebook["in_one_row"](notebook["weights"], notebook["biases"]), expected)


def test_scaled_pixels_let_the_network_learn(notebook: dict[str, Any]) -> None:
    """One epoch over 4,000 scaled images with the rate 0.1 makes more than every second guess right."""
    with np.load(COURSE.data / "mnist_subset.npz") as images:
        notebook.update(x_train=notebook["scale_pixels"](images["x_train"]), y_train=images["y_train"])
        x_test, y_test = notebook["scale_pixels"](images["x_test"]), images["y_test"]
    notebook["weights"], notebook["biases"] = notebook["initialize_parameters"](np.random.default_rng(80085))

    notebook["train_one_epoch"](0.1)

    assert notebook["feed_forward_dataset"](x_test, y_test)[1] > 0.5


@pytest.mark.parametrize(
    ("scaled", "rate", "low", "high"),
    [(False, 0.003, 0.3, 0.5), (True, 0.003, 0.09, 0.2), (True, 0.03, 0.7, 0.8), (False, 0.03, 0.09, 0.12)],
)
def test_what_scaling_buys_is_a_larger_rate(
    notebook: dict[str, Any], scaled: bool, rate: float, low: float, high: float
) -> None:
    """Three epochs on the course's images, as the table of question 11 says."""
    with np.load(COURSE.data / "mnist_subset.npz") as images:
        x_train, x_test = images["x_train"], images["x_test"]
        if scaled:
            x_train, x_test = notebook["scale_pixels"](x_train), notebook["scale_pixels"](x_test)
        notebook.update(x_train=x_train, y_train=images["y_train"])
        y_test = images["y_test"]
    notebook["weights"], notebook["biases"] = notebook["initialize_parameters"](np.random.default_rng(80085))

    for _ in range(3):
        notebook["train_one_epoch"](rate)

    assert low < notebook["feed_forward_dataset"](x_test, y_test)[1] < high


# Where the images come from


def all_of_mnist() -> tuple[tuple[Any, Any], tuple[Any, Any]]:
    """A stand-in for the 70,000 images: 5,000 + 2,000 tiny ones, whose first pixel counts them."""
    labels = np.arange(7000) % 10
    images = np.arange(7000)[:, None, None] * np.ones((1, 2, 2), dtype=int)
    return (images[:5000], labels[:5000]), (images[5000:], labels[5000:])


@pytest.fixture
def tensorflow(monkeypatch: pytest.MonkeyPatch) -> Any:
    """A stand-in for TensorFlow that counts how often MNIST is loaded from it."""
    module: Any = types.ModuleType("tensorflow")
    module.loads = []

    def load_data(path: str) -> Any:
        module.loads.append(path)
        return all_of_mnist()

    mnist = types.SimpleNamespace(load_data=load_data)
    module.keras = types.SimpleNamespace(datasets=types.SimpleNamespace(mnist=mnist))
    monkeypatch.setitem(sys.modules, "tensorflow", module)
    return module


@pytest.fixture
def reachable(monkeypatch: pytest.MonkeyPatch) -> None:
    """The address of MNIST answers."""
    monkeypatch.setattr(urllib.request, "urlopen", lambda address, timeout: io.BytesIO())


@pytest.fixture
def unreachable(monkeypatch: pytest.MonkeyPatch) -> None:
    """There is no network."""

    def urlopen(address: str, timeout: float) -> Any:
        raise urllib.error.URLError("no network")

    monkeypatch.setattr(urllib.request, "urlopen", urlopen)


@pytest.fixture
def load_digits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """The notebook's loading function, in an empty folder and with an empty home."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    cells = expand(read_assignment(COURSE.assignments / ID), COURSE.data)
    loading = next(cell for cell in cells if cell.kind is Kind.RUN and "def load_digits" in cell.source)
    embedded = next(cell for cell in cells if cell.kind is Kind.GIVEN and "def open_course_file" in cell.source)
    names: dict[str, Any] = {"np": np, "Path": Path, "urllib": urllib, "warnings": __import__("warnings")}
    exec(embedded.source, names)
    exec(loading.source.partition("\nx_train, y_train, x_test, y_test, where_from")[0], names)
    load: Callable[..., Any] = names["load_digits"]
    return load


def beside(folder: Path) -> None:
    """Lay the course's subset into a folder."""
    (folder / "mnist_subset.npz").write_bytes((COURSE.data / "mnist_subset.npz").read_bytes())


@pytest.mark.usefixtures("reachable")
def test_the_subset_beside_the_notebook_comes_first(
    load_digits: Callable[..., Any], tensorflow: Any, tmp_path: Path
) -> None:
    """With the subset beside the notebook, TensorFlow is not asked, although there is a network."""
    beside(tmp_path)

    x_train, _, x_test, _, sentence = load_digits()

    assert (x_train.shape, x_test.shape) == ((4000, 28, 28), (1000, 28, 28))
    assert not tensorflow.loads
    assert "beside this notebook" in sentence


@pytest.mark.usefixtures("reachable")
def test_without_the_subset_tensorflow_gives_the_same_choice(load_digits: Callable[..., Any], tensorflow: Any) -> None:
    """With a network, the first 400 and 100 images of each digit are taken, in the order of MNIST."""
    x_train, y_train, x_test, y_test, sentence = load_digits()

    assert x_train[:, 0, 0].tolist() == list(range(4000))
    assert x_test[:, 0, 0].tolist() == list(range(5000, 6000))
    assert (len(y_train), len(y_test)) == (4000, 1000)
    assert tensorflow.loads == ["mnist.npz"]
    assert "TensorFlow" in sentence


@pytest.mark.usefixtures("reachable")
def test_everything_is_everything(load_digits: Callable[..., Any], tensorflow: Any, tmp_path: Path) -> None:
    """A student who asks for all images gets them, although the subset is there."""
    beside(tmp_path)

    x_train, _, x_test, _, sentence = load_digits(True)

    assert (len(x_train), len(x_test)) == (5000, 2000)
    assert "all 70,000" in sentence


@pytest.mark.usefixtures("unreachable")
def test_without_a_network_the_small_set_inside_is_used(load_digits: Callable[..., Any], tensorflow: Any) -> None:
    """Without a network and without a file, 300 + 100 images come from the notebook itself."""
    x_train, y_train, x_test, y_test, sentence = load_digits()

    assert (x_train.shape, x_test.shape) == ((300, 28, 28), (100, 28, 28))
    assert np.bincount(y_train).tolist() == [30] * 10
    assert np.bincount(y_test).tolist() == [10] * 10
    assert not tensorflow.loads
    assert "inside this notebook" in sentence


@pytest.mark.usefixtures("unreachable")
def test_asking_for_everything_without_a_network(load_digits: Callable[..., Any], tmp_path: Path) -> None:
    """Who asks for all images where there is no network gets the subset, and is told so."""
    beside(tmp_path)

    x_train, _, _, _, sentence = load_digits(True)

    assert len(x_train) == 4000
    assert "cannot be reached" in sentence


@pytest.mark.usefixtures("unreachable")
def test_a_download_of_an_earlier_day_needs_no_network(
    load_digits: Callable[..., Any], tensorflow: Any, tmp_path: Path
) -> None:
    """Where Keras has MNIST in its cache, the network is not asked at all."""
    (tmp_path / ".keras" / "datasets").mkdir(parents=True)
    (tmp_path / ".keras" / "datasets" / "mnist.npz").touch()

    assert len(load_digits()[0]) == 4000
    assert tensorflow.loads == ["mnist.npz"]


@pytest.mark.usefixtures("reachable")
def test_a_download_that_breaks_off(
    load_digits: Callable[..., Any], tensorflow: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    """A TensorFlow that fails in the middle costs a sentence and not the notebook."""

    def break_off(path: str) -> Any:
        raise ConnectionResetError("in the middle")

    tensorflow.keras.datasets.mnist.load_data = break_off

    assert len(load_digits()[0]) == 300
    assert "ConnectionResetError" in capsys.readouterr().out


@pytest.mark.usefixtures("reachable")
def test_no_tensorflow_at_all(load_digits: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """Where TensorFlow cannot be imported, the small set inside the notebook is used."""
    monkeypatch.setitem(sys.modules, "tensorflow", None)

    assert len(load_digits()[0]) == 300


def test_steps_of_the_checks_go_down_the_measured_slopes(notebook: dict[str, Any]) -> None:
    """The step that checks compare with is the slope of their loss, at a few entries of each matrix and vector."""
    image, network = notebook["practice_image"](6), notebook["practice_network"](6, biased=True)
    right = notebook["course_step"](image, 2, 1.0, network)
    lit = int(np.flatnonzero(image)[0])

    for kind in (0, 1):
        for layer, rows in enumerate(([lit, lit + 1], [0, 31], [0, 31]) if kind == 0 else [[0]] * 3):
            array, after = network[kind][layer], right[kind][layer]
            places = np.ix_(rows, [0, 3, 9])

            def loss_at(part: Any, array: Any = array, places: Any = places) -> float:
                before, array[places] = array[places].copy(), part
                try:
                    return float(notebook["course_loss"](image, 2, network)[0])
                finally:
                    array[places] = before

            assert np.allclose(notebook["slope"](loss_at, array[places]), (array - after)[places], rtol=1e-7, atol=1e-9)
