"""The student's side: what it makes of the objects that it finds in a notebook."""

import collections
import enum
import subprocess
import sys
from typing import Any

import numpy as np
import pytest

from chainrule.crossing.wire import Handle, decode, encode
from chainrule.inside import agent


class Liar(float):
    """A number that lies about itself in every way it can."""

    def __float__(self) -> float:
        return 99.0

    def __pos__(self) -> Any:
        return 99.0

    def __repr__(self) -> str:
        return "99.0"

    def __eq__(self, other: object) -> bool:
        return True

    def __hash__(self) -> int:
        return 1

    @property
    def real(self) -> Any:
        return 99.0


class LyingList(list):  # type: ignore[type-arg]
    """A list that shows other items than it holds."""

    def __iter__(self) -> Any:
        return iter([99])

    def __getitem__(self, index: Any) -> Any:
        return [99]

    def __len__(self) -> int:
        return 1


class LyingArray(np.ndarray):  # type: ignore[type-arg]
    """An array that overrides how it is read."""

    def __array__(self, *options: Any, **named: Any) -> Any:
        return np.full(2, 99.0)

    def tobytes(self, *options: Any) -> bytes:
        return b"\0" * 16


class Colour(enum.IntEnum):
    """A whole number with a name."""

    RED = 3


class Word(str):
    """A text that says something else when asked."""

    def __str__(self) -> str:
        return "lie"


Point = collections.namedtuple("Point", "x y")


@pytest.mark.parametrize(
    ("value", "plain"),
    [
        (Liar(-0.0), -0.0),
        (LyingList([1, 2]), [1, 2]),
        (Colour.RED, 3),
        (Word("truth"), "truth"),
        (type("Marks", (dict,), {})(a=2.0), {"a": 2.0}),
        (np.array([1.0, 2.0]).view(LyingArray), np.array([1.0, 2.0])),
    ],
    ids=lambda value: type(value).__name__,
)
def test_a_subclass_travels_as_its_plain_value(value: Any, plain: Any) -> None:
    """What a subclass overrides has no say in what is sent."""
    notebook = agent._Notebook({"value": value})

    _, status, (name, sent), *_ = decode(notebook.answer([1, "get", "value"]), built=lambda built: built.state)

    assert (status, name) == ("value", type(value).__name__)
    assert type(sent) is type(plain)
    assert repr(sent) == repr(plain)


@pytest.mark.parametrize("value", [len, object(), Liar, iter([1])])
def test_everything_else_is_a_handle(value: Any) -> None:
    """Functions, classes, instances, iterators: their kernel keeps them."""
    notebook = agent._Notebook({"value": value})

    _, status, sent, *_ = decode(notebook.answer([1, "get", "value"]), handle=lambda handle: handle)

    assert status == "value" and type(sent) is Handle


def test_a_namedtuple_travels_with_its_class() -> None:
    """The other side can make the class anew, since it holds nothing but the names of its fields."""
    notebook = agent._Notebook({"value": Point(1, 2)})

    built = decode(notebook.answer([1, "get", "value"]), built=lambda built: built)[2]

    assert built.name == "record" and built.state[1] == (1, 2)
    assert built.state[0].name == "record class" and built.state[0].state[1:] == ("Point", ("x", "y"), {})


def test_the_same_object_has_the_same_number() -> None:
    """A handle stands for identity."""
    thing = object()
    notebook = agent._Notebook({"a": thing, "b": [thing]})

    one = decode(notebook.answer([1, "get", "a"]), handle=lambda handle: handle.number)[2]
    _, copy = decode(notebook.answer([2, "get", "b"]), built=lambda built: built.state)[2]

    assert [one] == decode(copy, handle=lambda handle: handle.number)


def test_an_exception_that_cannot_be_shown_is_still_reported() -> None:
    """An exception whose text, arguments and class name misbehave comes back as text all the same."""

    class Broken(Exception):
        def __str__(self) -> str:
            raise RuntimeError

        __repr__ = __str__

    def fail() -> None:
        raise Broken(object())

    notebook = agent._Notebook({"fail": fail})
    number = decode(notebook.answer([1, "get", "fail"]), handle=lambda handle: handle.number)[2]

    reply = decode(notebook.answer([2, "call", number, None]))

    assert reply[:3] == [2, "raised", "Broken"]
    assert "cannot be shown" in reply[3]


def test_the_trace_shows_the_students_code_only() -> None:
    """Students see their own steps, not the agent's."""
    names: dict[str, Any] = {}
    exec(compile("def outer():\n    return inner()\ndef inner():\n    return 1 / 0\n", "<notebook>", "exec"), names)
    notebook = agent._Notebook(names)
    number = decode(notebook.answer([1, "get", "outer"]), handle=lambda handle: handle.number)[2]

    trace = decode(notebook.answer([2, "call", number, None]))[5]

    assert "in inner" in trace and "agent.py" not in trace


def test_an_argument_that_stays_as_it_is_is_not_sent_back() -> None:
    """Only what changed in place comes home."""
    notebook = agent._Notebook({"f": lambda a, b: a.append(1)})
    number = decode(notebook.answer([1, "get", "f"]), handle=lambda handle: handle.number)[2]

    changed = decode(notebook.answer([2, "call", number, None, encode([]), encode([5])]))[3]

    assert {place: decode(data) for place, data in changed.items()} == {0: [1]}


def test_it_loads_with_nothing_but_numpy_and_msgpack() -> None:
    """The agent can be loaded in a sandbox that holds no more than it needs."""
    code = (
        "import sys, chainrule.inside.agent\n"
        "heavy = {'torch', 'tensorflow', 'matplotlib', 'IPython', 'nbformat', 'asyncio'} & set(sys.modules)\n"
        "ours = {name for name in sys.modules if name.startswith('chainrule')}\n"
        "assert not heavy, heavy\n"
        "assert {name.split('.')[1] for name in ours if '.' in name} == {'inside', 'crossing'}, ours\n"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)

    assert done.returncode == 0, done.stderr
