"""Tools that the checks of every notebook share: comparing values, and lending the notebook other variables.

The build copies this file's text into each notebook, so it needs nothing but numpy.
While grading, the same text runs again outside the student's kernel.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import numpy as np

GONE: Any = object()


@contextmanager
def notebook_with(**names: Any) -> Iterator[None]:
    """Give variables of the notebook other values for the length of a `with` block.

    The value `GONE` takes a variable away, so that a function which peeks at it fails.
    """
    # Few steps on purpose: while grading, each of them is a question to the student's kernel.
    notebook = globals()
    present = set(notebook)
    before = {}
    try:
        for name in names:
            if name in present:
                before[name] = notebook.pop(name)
        notebook.update({name: value for name, value in names.items() if value is not GONE})
        yield
    finally:
        for name in set(notebook) & set(names) - set(before):
            del notebook[name]
        notebook.update(before)


def slope(f: Callable[[Any], Any], w: Any, h: float = 1e-3) -> Any:
    """Measure the gradient of a scalar function by moving one entry of `w` at a time.

    Centred differences of fourth order (Fornberg 1988): the error falls with h**4.
    Returns an array of the shape of `w`, which stays as it is.
    """
    w = np.array(w, dtype=float)
    gradient = np.zeros_like(w)
    for index in np.ndindex(w.shape):

        def moved(step: float, index: tuple[int, ...] = index) -> float:
            neighbour = w.copy()
            neighbour[index] += step
            return float(f(neighbour))

        gradient[index] = (8 * (moved(h) - moved(-h)) - (moved(2 * h) - moved(-2 * h))) / (12 * h)
    return gradient


def as_numbers(value: Any) -> Any:
    """Turn a number, list, array or tensor into a numpy array, or into None where it holds anything else."""
    if isinstance(value, list | tuple):
        value = [as_numbers(item) for item in value]
        if any(item is None for item in value) or len({item.shape for item in value}) > 1:
            return None
    if hasattr(value, "detach"):
        value = value.detach().cpu()
    try:
        array = np.asarray(value)
    except (TypeError, ValueError, RuntimeError):
        return None
    return array if array.dtype.kind in "biufc" else None


@np.errstate(all="ignore")
def check_value(
    what: str,
    got: Any,
    want: Any,
    *,
    rtol: float = 1e-9,
    atol: float = 0.0,
    known: Mapping[str, Any] | None = None,
    hint: str = "",
    any_shape: bool = False,
) -> None:
    """Check type, then shape, then value of `got`, and say what kind of thing is off.

    Args:
        what: how the message names the quantity.
        got: the student's value.
        want: the right value; it never appears in the message.
        rtol, atol: how far apart the two may be, as in `numpy.isclose`.
        known: what each known mistake would give, under a few words that name the mistake.
        hint: the likely cause, said last.
        any_shape: accept the right numbers in another shape of the same size.

    Raises:
        AssertionError: with a message made for the student.
    """
    expected = np.asarray(want)
    assert got is not None, f"{what} is None. Is there a `return` at the end, and is every value stored?"
    array = as_numbers(got)
    assert array is not None, f"{what} should be made of numbers, but it is {_kind(got)}. {hint}".rstrip()
    if any_shape and array.size == expected.size:
        array = array.reshape(expected.shape)
    if array.shape != expected.shape:
        raise AssertionError(f"{what} {_shape_problem(array, expected)} {hint}".rstrip())
    if not np.allclose(array, expected, rtol=rtol, atol=atol):
        problem = _known_mistake(array, known or {}, rtol, atol) or _value_problem(array, expected, atol)
        raise AssertionError(f"Not right: {what}{_shown(array)}. {' '.join(filter(None, (problem, hint)))}".rstrip())


def _kind(value: Any) -> str:
    if isinstance(value, list | tuple):
        return f"a {type(value).__name__} that is ragged or holds something else"
    return f"a value of type {type(value).__name__}"


def _shown(array: Any) -> str:
    return f" (yours is {array.item():.9g})" if array.size == 1 else ""


def _shape_problem(array: Any, expected: Any) -> str:
    asked = "one number, of shape ()" if expected.shape == () else f"an array of shape {expected.shape}"
    came = f"should be {asked}, but its shape is {array.shape}."
    if array.shape == expected.shape[::-1]:
        return f"{came} It looks transposed: swap rows and columns."
    if array.size == expected.size:
        return f"{came} The size is right: is there a pair of brackets, a comma or a reshape too many?"
    if expected.ndim and array.shape == expected.shape[1:]:
        return f"{came} The first axis is missing: was it summed or averaged away?"
    if array.ndim < expected.ndim:
        return f"{came} An axis is missing: was it summed away?"
    return f"{came} Write the shapes of both factors beside your last product."


def _known_mistake(array: Any, known: Mapping[str, Any], rtol: float, atol: float) -> str:
    for mistake, value in known.items():
        wrong = np.asarray(value)
        if wrong.shape == array.shape and np.allclose(array, wrong, rtol=max(rtol, 1e-7), atol=atol):
            return f"It looks as if {mistake}."
    return ""


def _value_problem(array: Any, expected: Any, atol: float) -> str:
    """Say how `array` differs from `expected`, an array of the same shape, without giving it away."""
    if np.iscomplexobj(array) and not np.iscomplexobj(expected):
        return "It is complex: a negative number was raised to a power that is not whole."
    array, expected = array * 1.0, expected * 1.0  # truth values and unsigned integers have no negatives

    def alike(one: Any, other: Any, rtol: float = 1e-6) -> bool:
        return bool(np.allclose(one, other, rtol=rtol, atol=atol))

    if not np.all(np.isfinite(array)):
        return "It holds nan or inf: something overflowed, or was divided by zero."
    if alike(array, -expected):
        return "The size is right and the sign is the other way round."
    if not np.any(array):
        return "It is zero everywhere: is it ever filled in?"
    if alike(array, expected, rtol=1e-3):
        return "It is close, but not close enough: was something rounded, or kept in fewer digits?"
    if problem := _ratio_problem(array, expected):
        return problem
    if expected.ndim == 2 and len(set(expected.shape)) == 1 and alike(array, expected.T):
        return "It looks transposed: it fits because the matrix is square. Swap the two factors."
    if alike(np.abs(array), np.abs(expected)):
        return "Every size is right, but some of the signs are the other way round."
    if alike(np.sort(array, axis=None), np.sort(expected, axis=None)):
        return "The numbers are right, but they stand in each other's places: look at the order."
    return _partly_right(array, expected, atol)


def _ratio_problem(array: Any, expected: Any) -> str:
    nonzero = expected != 0
    ratio = array[nonzero] / expected[nonzero]
    if not ratio.size or np.any(array[~nonzero]) or not np.allclose(ratio, ratio[0], rtol=1e-6):
        return ""
    factor = abs(ratio[0])
    sign = "" if ratio[0] == factor else ", and the sign is the other way round"
    if np.isclose(factor, 2, rtol=1e-6):
        return f"It is twice what it should be: there is a factor 2 too many{sign}."
    if np.isclose(factor, 0.5, rtol=1e-6):
        return f"It is half of what it should be: a factor 2 is missing{sign}."
    if ratio.size > 1:
        return f"Every entry is off by one and the same factor{sign}: is something left out or used twice?"
    return ""


def _partly_right(array: Any, expected: Any, atol: float) -> str:
    right = np.isclose(array, expected, rtol=1e-6, atol=atol)
    if array.size == 1:
        return ""
    if not np.any(right):
        return "None of the entries is right."
    wrong = [tuple(int(i) for i in index) for index in np.argwhere(~right)]
    if len(wrong) == 1:
        return f"Only the entry at index {wrong[0]} is off; all others are right."
    if right.ndim == 1 and right[0] and not np.any(right[1:]):
        return "Only the first entry is right: is something from the first round used again in the later ones?"
    return f"{int(right.sum())} of the {right.size} entries are right; the first wrong one is at index {wrong[0]}."
