"""Answers that compute nothing, made from the course's own: the text of a cell that `chainrule nothing` runs.

`emptied(kind, right)` is a function which answers like one of `KINDS`; `right` is the course's function, which it may
ask for the type and shape of an answer, on copies, and whose changes to the notebook's lists it takes back.
"""

import copy
from collections.abc import Callable
from typing import Any

import numpy as np

NUMBERS = {"zeros": 0.0, "ones": 1.0, "nan": np.nan, "inf": np.inf}
KINDS = (
    *("None", "0", *NUMBERS, "rubbish of the right shape", "chance", "the first argument", "a copy of it"),
    *("an argument emptied in place", "the first answer for ever", "the answer before", "a lazy object"),
)

ITSELF = "the right answer"
"""No kind of nothing: it shows that a run of them is fair, for it earns what a function without side effects can."""


class Late:
    """Answers when it is asked, and not before."""

    def __init__(self, answer: Any) -> None:
        self.answer = answer

    def __array__(self, dtype: Any = None, copy: Any = None) -> Any:
        return np.array(self.answer, dtype=dtype)

    def detach(self) -> "Late":
        """As a tensor does."""
        return self

    cpu = detach

    def numpy(self) -> Any:
        """As a tensor does."""
        return self.answer

    def __float__(self) -> float:
        return float(self.answer)

    def __iter__(self) -> Any:
        return iter(self.answer)

    def __len__(self) -> int:
        return len(self.answer)

    def __getitem__(self, place: Any) -> Any:
        return self.answer[place]


def is_of_the_notebook(value: Any) -> bool:
    """Whether this is an object of a class that the notebook makes."""
    return type(value).__module__ == "__main__" and hasattr(value, "__dict__")


def filled(kind: str, value: Any) -> Any:
    """A value of the same type and shape with other numbers in it."""
    if isinstance(value, list | tuple):
        return type(value)(filled(kind, item) for item in value)
    if isinstance(value, dict):
        return {key: filled(kind, item) for key, item in value.items()}
    if is_of_the_notebook(value):
        shell = copy.copy(value)
        vars(shell).update(filled(kind, vars(value)))
        return shell
    if not isinstance(value, int | float | np.number | np.ndarray):
        return value
    shape = np.shape(value)
    seed = None if kind == "chance" else 7
    numbers = np.full(shape, NUMBERS[kind]) if kind in NUMBERS else np.random.default_rng(seed).normal(size=shape)
    return numbers if isinstance(value, np.ndarray) else float(numbers)


def emptied(kind: str, right: Callable[..., Any], state: dict[str, Any]) -> Callable[..., Any]:
    """A function in the place of `right` that computes nothing.

    Args:
        kind: one of `KINDS`.
        right: the course's own function or method.
        state: the variables of the notebook.
    """
    memory: dict[str, Any] = {}

    def asked(arguments: Any, named: Any) -> Any:
        lists = {name: value for name, value in state.items() if isinstance(value, list)}
        before = {name: list(value) for name, value in lists.items()}
        try:
            # An object is copied with all that it holds on to: what a method does to other objects is undone, too.
            return right(*copy.deepcopy(arguments), **copy.deepcopy(named))
        except Exception:
            return None
        finally:
            for name, value in lists.items():
                value[:] = before[name]
                state[name] = value

    def nothing(*arguments: Any, **named: Any) -> Any:
        data = [value for value in arguments if isinstance(value, int | float | list | tuple | dict | np.ndarray)]
        objects = [value for value in arguments if is_of_the_notebook(value)]
        first = next(iter(data or objects), None)
        if kind in ("None", "0"):
            return None if kind == "None" else 0
        if kind == "an argument emptied in place":
            if isinstance(first, list | np.ndarray):
                first[:] = filled("zeros", first if isinstance(first, np.ndarray) else list(first))
            return first
        if kind in ("the first argument", "a copy of it"):
            return first if kind == "the first argument" else copy.deepcopy(first)
        if kind == ITSELF and any(is_of_the_notebook(value) for value in arguments):
            return right(*arguments, **named)  # a method is there to change its object
        answer = asked(arguments, named)
        if kind == "a lazy object":
            return Late(answer)
        if kind == ITSELF:
            return answer
        if kind == "the first answer for ever":
            return copy.deepcopy(memory.setdefault("first", answer))
        if kind == "the answer before":
            before, memory["before"] = memory.get("before"), answer
            return before
        return filled(kind, answer)

    return nothing
