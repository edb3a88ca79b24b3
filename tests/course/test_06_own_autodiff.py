"""The engine of 06_own_autodiff: it agrees with PyTorch on random graphs, and it stays small."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chainrule.authoring.assignment import Kind, read_assignment
from chainrule.proof.answers import without_marks
from in_course import PROJECT, solution_namespace

ENGINE = ("order", "value", "unbroadcast", "reductions", "matmul", "index", "logsumexp", "tensor")
SAME = settings(max_examples=500, deadline=None, derandomize=True, database=None)


@pytest.fixture(scope="module")
def engine() -> dict[str, Any]:
    """The notebook's variables, with the course's own answers."""
    return solution_namespace("06_own_autodiff")


@pytest.fixture(scope="module")
def torch() -> Any:
    """PyTorch, on one thread: the graphs are small."""
    import torch

    torch.set_num_threads(1)
    return torch


# What a step of a random graph of numbers does with two earlier ones; no number grows without end.
NUMBERS = {
    "add": lambda a, b: a + b,
    "take away": lambda a, b: a - b,
    "multiply": lambda a, b: a.tanh() * b,
    "divide": lambda a, b: a / (b**2 + 1),
    "power": lambda a, b: (a**2 + 1) ** -1.5 + b,
    "cube": lambda a, b: (a * 0.5).tanh() ** 3 - b,
    "exp": lambda a, b: (a * 0.1).tanh().exp() + b * 2,
    "constants": lambda a, b: 3 - a * 0.5 + 1 / (2 + b.tanh()),
    "sin": lambda a, b: a.sin() * b.sin(),
    "twice": lambda a, b: a + a + b,
}
# The same for arrays, each of which stays 3 by 3.
ARRAYS = {
    "add": lambda a, b: a + b,
    "take away": lambda a, b: 1 - a - b,
    "multiply": lambda a, b: a.tanh() * b,
    "divide": lambda a, b: a / (b**2 + 1),
    "matmul": lambda a, b: a @ b.tanh() / 3,
    "turn": lambda a, b: a.T @ b.tanh() / 3 + a,
    "exp and log": lambda a, b: (a.tanh().exp() + 1).log() * b,
    "sum of rows": lambda a, b: a + b.sum(0) / 3,
    "mean of columns": lambda a, b: a * b.mean(1).reshape(3, 1).tanh(),
    "mean of all": lambda a, b: a - b.mean(),
    "logsumexp": lambda a, b: a + b.logsumexp(1) / 3,
    "rows again": lambda a, b: a[[0, 2, 2]] + b,
    "single entries": lambda a, b: a * b[[0, 1, 1], [2, 0, 0]].tanh(),
    "lay flat": lambda a, b: a.reshape(9)[3:6] + b,
}


def grown(steps: list[tuple[str, int, int]], operations: Any, leaves: list[Any]) -> Any:
    """The last thing of a random graph: each step takes two of all that there is."""
    things = list(leaves)
    for name, left, right in steps:
        things.append(operations[name](things[left % len(things)], things[right % len(things)]))
    # All leaves take part, so each of them has a gradient.
    last = things[-1]
    for leaf in leaves:
        last = last + leaf * 0.25
    return last


def graphs(operations: Any) -> st.SearchStrategy[list[tuple[str, int, int]]]:
    """Lists of steps, each with the numbers of what it takes."""
    numbers = st.integers(0, 40)
    return st.lists(st.tuples(st.sampled_from(sorted(operations)), numbers, numbers), min_size=1, max_size=14)


def assert_same(found: list[Any], wanted: list[Any]) -> None:
    """All gradients agree to 1e-10, as they are or measured by the largest."""
    for ours, theirs in zip(found, wanted, strict=True):
        assert np.shape(ours) == theirs.shape
        np.testing.assert_allclose(ours, theirs, rtol=1e-10, atol=1e-10 * max(1.0, np.abs(theirs).max()))


@SAME
@given(steps=graphs(NUMBERS), start=st.lists(st.floats(-2, 2), min_size=2, max_size=4))
def test_values_agree_with_pytorch(engine: dict[str, Any], torch: Any, steps: Any, start: list[float]) -> None:
    """The number at the end of a random graph, and every gradient, also after a second backward."""
    ours = [engine["Value"](number) for number in start]
    theirs = [torch.tensor(number, dtype=torch.float64, requires_grad=True) for number in start]
    last, wanted = grown(steps, NUMBERS, ours), grown(steps, NUMBERS, theirs)
    wanted.backward()

    last.backward()
    last.backward()

    assert_same([last.data], [wanted.detach().numpy()])
    assert_same([leaf.grad for leaf in ours], [leaf.grad.numpy() for leaf in theirs])


@SAME
@given(steps=graphs(ARRAYS), seed=st.integers(0, 2**32 - 1), count=st.integers(2, 3))
def test_tensors_agree_with_pytorch(engine: dict[str, Any], torch: Any, steps: Any, seed: int, count: int) -> None:
    """The same for arrays: with broadcasts, matrix products, sums, indices and constants among the leaves."""
    start = np.random.default_rng(seed).uniform(-1.5, 1.5, (count, 3, 3))
    ours = [engine["Tensor"](array) for array in start[1:]]
    theirs = [torch.tensor(array, requires_grad=True) for array in start[1:]]
    constant = engine["Tensor"](start[0], constant=True)
    last = (grown(steps, ARRAYS, [*ours, constant]) ** 2).mean()
    wanted = (grown(steps, ARRAYS, [*theirs, torch.tensor(start[0])]) ** 2).mean()
    wanted.backward()

    last.backward()
    last.backward()

    assert constant.grad is None
    assert_same([last.data], [wanted.detach().numpy()])
    assert_same([leaf.grad for leaf in ours], [leaf.grad.numpy() for leaf in theirs])


def test_the_engine_stays_small() -> None:
    """Everything that stands behind `loss.backward()`, numbers and arrays, is under 200 lines of code."""
    assignment = read_assignment(PROJECT.assignments / "06_own_autodiff")
    texts = {cell.name: without_marks(cell.source) for cell in assignment.cells if cell.kind is Kind.SOLUTION}

    lines = [line for name in ENGINE for line in code_lines(texts[name])]

    assert len(lines) < 200


def code_lines(text: str) -> list[str]:
    """The lines of a text that hold code: no blank lines, comments or docstrings."""
    found, inside = [], False
    for line in map(str.strip, text.splitlines()):
        quotes = line.count('"""')
        if not inside and not quotes and line and not line.startswith("#"):
            found.append(line)
        inside ^= quotes == 1
    return found


def test_the_nine_gradients_of_the_first_notebook_come_out(engine: dict[str, Any]) -> None:
    """To the last digits: within two units of the last place."""
    names = {name: engine["Value"](0.1) for name in engine["BY_HAND"]}
    functions = {name: getattr(engine["Value"], name) for name in ("sin", "exp", "tanh")}
    weights = dict(names)
    exec(engine["GRAPH"], functions | engine["FIRST_ROW"], names)

    names["L"].backward()

    for name, by_hand in engine["BY_HAND"].items():
        assert abs(weights[name].grad - by_hand) <= 2 * np.spacing(abs(by_hand))


def test_a_short_training_learns_to_spell(engine: dict[str, Any]) -> None:
    """In 300 batches the loss falls far below that of a blind guess, and words end as minerals do."""
    rng = np.random.default_rng(8)
    table = engine["Tensor"](rng.normal(0, 1, (27, 10)))
    layers = [engine["Linear"](30, 40, rng), engine["Linear"](40, 27, rng)]
    optimizer = engine["Adam"]([table, *layers[0].parameters(), *layers[1].parameters()], 0.02)
    contexts, targets = engine["CONTEXTS"], engine["TARGETS"]

    def loss_of(rows: Any) -> Any:
        return engine["letters_loss"](table, layers, contexts[rows], targets[rows])

    losses = engine["train"](loss_of, optimizer, list(rng.integers(0, len(targets), (300, 64))))

    assert losses[0] > 3
    assert np.mean(losses[-50:]) < 2.2
    logits = engine["letters_logits"](table, layers, np.array([[ord(letter) - 96 for letter in "nit"]])).data[0]
    assert chr(96 + int(np.argmax(logits))) == "e"
