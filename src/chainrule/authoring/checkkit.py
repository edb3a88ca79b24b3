"""Tools that the checks of every notebook share: asking the student's functions, and comparing values.

The build copies this file's text into each notebook, so it needs nothing but numpy.
While grading, the same text runs again outside the student's kernel.

A check works out the truth, asks, and compares, in this order. What it lends is a copy, and what comes back is data at
once: numbers, texts, arrays, and lists, tuples, dicts and sets of these. So nothing that a student's code does can move
a truth, and none of it runs while a verdict is formed.
"""

import base64
import builtins
import inspect
import json
import lzma
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import wraps
from typing import Any

import numpy as np

GONE: Any = object()
YOURS: dict[str, Any] = {}
LATEST: list[Any] = []
PACKED = ""
_TEXTS: tuple[str, ...] = tuple(json.loads(lzma.decompress(base64.b85decode(PACKED)))) if PACKED else ()


def packed(number: int, /, **names: Any) -> Any:
    """What the build has packed of the course's own text: tables, and what well-known mistakes would give."""
    return eval(_TEXTS[number], {"np": np, **names})


def packed_functions(number: int, wanted: str, /, **names: Any) -> list[Any]:
    """Functions of the course that the build has packed: its tools, and those that are answers to a question."""
    scope = {"np": np, "__name__": __name__, **names}
    exec(compile(_TEXTS[number], "<the course's tools>", "exec"), scope)
    return [scope[name] for name in wanted.split()]


class Waits(AssertionError):
    """A check cannot say anything yet: what it starts from is not there."""


class Opaque:
    """What stands for an object that is no data: of its own it has the name of its type, and nothing else."""


def as_data(value: Any) -> Any:
    """Data in the place of what a student's code returned, made at once; an object that is no data is `Opaque`."""
    kind = type(value)
    if value is None or kind in (bool, int, float, complex, str, bytes):
        return value
    if issubclass(kind, np.ndarray | np.generic):
        array = np.array(value, subok=False)
        array = array if issubclass(kind, np.ndarray) else array[()]
        return array if array.dtype.kind in "biufc" else _opaque(value)
    for base in (int, float, complex):
        if issubclass(kind, base):
            return base.__pos__(value)
    if issubclass(kind, str):
        return str.__str__(value)
    if issubclass(kind, dict):
        return {as_data(key): as_data(item) for key, item in dict.items(value)}
    for rows in (list, tuple, set, frozenset):
        if issubclass(kind, rows):
            return rows(as_data(item) for item in rows.__iter__(value))
    return _tensor(value, kind)


def _tensor(value: Any, kind: type) -> Any:
    torch, flow, keras = (sys.modules.get(name) for name in ("torch", "tensorflow", "keras"))
    if issubclass(kind, getattr(torch, "Tensor", ())):
        tensor = torch.Tensor.detach(value).cpu().resolve_conj().resolve_neg()  # type: ignore[union-attr]
        return np.array((tensor.float() if tensor.dtype is torch.bfloat16 else tensor).numpy())  # type: ignore[union-attr]
    others = [getattr(flow, "Tensor", ()), getattr(flow, "Variable", ()), getattr(keras, "Variable", ())]
    return as_data(np.array(value.numpy())) if issubclass(kind, tuple(others)) else _opaque(value)


def _opaque(value: Any) -> Any:
    # While grading, what stands for a student's object knows the name of the object's own type.
    name = getattr(getattr(value, "__chainrule__", None), "name", None)
    return type(name if isinstance(name, str) and name else type(value).__name__, (Opaque,), {})()


def copy_of(value: Any) -> Any:
    """A copy of data through all its lists, tuples and dicts; functions and other objects as they are."""
    if type(value) in (list, tuple):
        return type(value)(copy_of(item) for item in value)
    if type(value) is dict:
        return {key: copy_of(item) for key, item in value.items()}
    return value.copy() if type(value) is np.ndarray else value


def ask(function: Callable[..., Any], /, *arguments: Any, **named: Any) -> Any:
    """Call a function of the student's on copies; what it returns, as plain data."""
    lent = copy_of(arguments)
    LATEST[:] = [function, arguments, lent]
    return as_data(function(*lent, **copy_of(named)))


def ask_yours(name: str, /, *arguments: Any, **named: Any) -> Any:
    """What the student's answer to an earlier question gives, for arguments only: None where it is not there yet.

    No truth may be built on it.
    """
    try:
        return ask(globals()[name], *arguments, **named)
    except Exception:
        return None


def ask_and_look(function: Callable[..., Any], /, *arguments: Any, **named: Any) -> tuple[Any, list[Any]]:
    """As `ask`, for what a function does in place: its result, and what the call left in its arguments."""
    lent = copy_of(arguments)
    result = as_data(function(*lent, **copy_of(named)))
    return result, [as_data(value) for value in lent]


def make_object(kind: Callable[..., Any], /, *arguments: Any, **named: Any) -> Any:
    """An object of a student's class. It is no data: it is used with `ask`, `set_up` and `look_at` alone."""
    return kind(*copy_of(arguments), **copy_of(named))


def made_beside(name: str, /, *arguments: Any, **named: Any) -> Any:
    """An object of a class of the course, to be handed to a student's function; it lives beside that function."""
    return make_object(globals()[name], *arguments, **named)


def beside(tool: Callable[..., Any]) -> Any:
    """A function of a given cell as it lives beside the student's code, made anew from the course's text.

    For tools that must run there, and whose answers a check trusts: no cell of a student's can take their place.
    A tool brings its own imports, inside.
    """
    if type(globals()) is dict:  # in a notebook; while grading, the variables of the notebook are somewhere else
        return tool
    scope: dict[str, Any] = {"__builtins__": builtins}
    with notebook_with(run_text=exec):
        globals()["run_text"](inspect.getsource(tool), scope)
    return scope[tool.__name__]


def set_up(thing: Any, **attributes: Any) -> None:
    """Set attributes of an object that `make_object` made."""
    for name, value in attributes.items():
        setattr(thing, name, copy_of(value))


def look_at(thing: Any, name: str) -> Any:
    """An attribute of an object that `make_object` made, as plain data."""
    return as_data(getattr(thing, name))


def read_back(name: str) -> Any:
    """What a variable of the notebook is now, as plain data; for functions that change one."""
    value = globals()[name]
    return as_data(value.copy() if isinstance(value, list | dict | np.ndarray) else value)


def live_variable(name: str) -> Any:
    """A variable of the notebook itself, for functions of the course that stand in for ones which change it."""
    return globals()[name]


def warning_of(function: Callable[..., Any], /, *arguments: Any, **named: Any) -> str:
    """What numpy warns of while a function of the student's runs: an overflow, say; empty if it keeps still."""
    with notebook_with(numpy_errors=np.errstate), globals()["numpy_errors"](all="raise", under="ignore"):
        try:
            function(*copy_of(arguments), **copy_of(named))
        except FloatingPointError as error:
            return str(error)
    return ""


def stand_in(function: Callable[..., Any]) -> Callable[..., Any]:
    """Make a function of the course fit to be lent in the place of a student's.

    A call that the task does not ask for, such as `sigmoid(z, derivative=True)`, still goes to the student's own.
    """
    asked = inspect.signature(function)

    @wraps(function)
    def standing(*arguments: Any, **named: Any) -> Any:
        try:
            asked.bind(*arguments, **named)
        except TypeError:
            yours = globals()["YOURS"].get(function.__name__)
            return (function if yours is None else yours)(*arguments, **named)
        return copy_of(function(*arguments, **named))

    return standing


@contextmanager
def notebook_with(**names: Any) -> Iterator[None]:
    """Give variables of the notebook other values for the length of a `with` block.

    The value `GONE` takes a variable away, so that a function which peeks at it fails, and is told so.
    """
    # Few steps on purpose: while grading, each of them is a question to the student's kernel.
    notebook = globals()
    present = set(notebook)
    before = {}
    try:
        for name in names:
            if name in present:
                before[name] = notebook.pop(name)
        lent = {name: copy_of(value) for name, value in names.items() if value is not GONE}
        yours = {value.__name__: before[name] for name, value in lent.items() if name in before and _is_ours(value)}
        notebook.update({**lent, "YOURS": yours} if yours else lent)
        yield
    except NameError as error:
        name = str(error).split("'")[1] if str(error).count("'") > 1 else ""
        if type(error) is not NameError or name not in names or names[name] is not GONE:
            raise
        raise AssertionError(
            f"Your function uses the notebook's variable {name}, which is gone while this check runs. "
            "Use the function's own arguments instead."
        ) from error
    finally:
        for name in set(notebook) & set(names) - set(before):
            del notebook[name]
        notebook.update(before)


def _is_ours(value: Any) -> bool:
    return inspect.isfunction(value) and hasattr(value, "__wrapped__")


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
    """Turn plain data, a number, list or array, into a numpy array, or into None where it holds anything else."""
    if isinstance(value, list | tuple):
        value = [as_numbers(item) for item in value]
        if any(item is None for item in value) or len({item.shape for item in value}) > 1:
            return None
    array = None if isinstance(value, Opaque) else np.asarray(value)
    return array if array is not None and array.dtype.kind in "biufc" else None


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
        raise AssertionError(f"{_changed()}{what} {_shape_problem(array, expected)} {hint}".rstrip())
    if not np.allclose(array, expected, rtol=rtol, atol=atol):
        mistake = _known_mistake(array, expected, known or {}, rtol, atol)
        if mistake and hint.endswith("?"):
            hint = ""  # who knows the cause asks for no other
        problem = mistake or _value_problem(array, expected, atol)
        where = f"{what}{_shown(array)}".rstrip(",")
        raise AssertionError(f"{_changed()}Not right: {where}. {' '.join(filter(None, (problem, hint)))}".rstrip())


def check_count(what: str, got: Any, want: int, hint: str = "") -> None:
    """Check how many of something there are, which is no secret.

    Raises:
        AssertionError: with a message made for the student.
    """
    if as_numbers(got) is None or not np.array_equal(got, want):
        raise AssertionError(
            f"{what} should be {want}, but it is {got if np.ndim(got) == 0 else 'no number'}. {hint}".rstrip()
        )


def check_kept(
    function: Callable[..., Any], arguments: Any, others: Any, names: str, hint: str = "Work on a copy."
) -> None:
    """Check that a function which does its work leaves its arguments as they are.

    Args:
        function: the student's.
        arguments, others: two lists of arguments, for which its results differ.
        names: what the arguments are called, with a space between.
        hint: the likely cause, said last.

    Raises:
        AssertionError: an argument changed, or nothing of the work can be seen.
    """
    result, after = ask_and_look(function, *arguments)
    for name, left, before in zip(names.split(), after, arguments, strict=True):
        assert same_data(left, as_data(before), 1e-12), (
            f"{_called(function)} changed {name}, which it was given. {hint}"
        )
    check_works(function, arguments, others, result)


def check_new(function: Callable[..., Any], /, *arguments: Any) -> None:
    """Check that a function hands back new arrays: none that it was given, and no window on one.

    Ask where the values stay the same (a step of length 0, say): there a copy is soon forgotten.

    Raises:
        AssertionError: an array came back.
    """
    assert not ask(beside(hands_back), function, *arguments), (
        f"{_called(function)} hands back an array that it was given, or a window on one: whoever changes the result "
        "changes the old one, too. Make a new array, even where every number stays the same."
    )


def hands_back(function: "Callable[..., Any]", *arguments: "Any") -> bool:
    """Whether what a function returns shares its memory with what it is given; a tool for `beside`."""
    import numpy

    def arrays(value: "Any") -> "list[Any]":
        items = value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple) else ()
        return [value] if isinstance(value, numpy.ndarray) else [array for item in items for array in arrays(item)]

    given = arrays(arguments)
    return any(numpy.may_share_memory(one, old) for one in arrays(function(*arguments)) for old in given)


def check_works(function: Callable[..., Any], arguments: Any, others: Any, result: Any = GONE) -> None:
    """Check that a function computes something: not nothing, no constant, not what it was given, and no chance.

    And that what it returns stays as it is when the function is called again.

    This is for marks that do not ask for the right value, because another mark does.

    Raises:
        AssertionError: nothing of the work can be seen.
    """
    result = ask(function, *arguments) if result is GONE else result
    again, other = ask(beside(two_results), function, list(arguments), list(others))
    given = [array for value in (arguments, others) for array in arrays_in(as_data(value))]
    pairs = list(zip(arrays_in(result), arrays_in(other), strict=False))
    alive = [one for one, two in pairs if np.all(np.isfinite(one)) and np.any(one) and not np.array_equal(one, two)]
    alive = [one for one in alive if not any(one.shape == old.shape and np.array_equal(one, old) for old in given)]
    assert not alive or not same_data(again, other), (
        f"{_called(function)} returns the same array at each call, so what an earlier call gave has changed. "
        "Make a new one each time."
    )
    if not alive or not same_data(result, again):
        raise Waits(
            f"This waits for {_called(function)}: what it returns is nothing yet, or what it was given, or always the "
            "same, or another thing at each call. Mend its values first."
        )


def two_results(function: "Callable[..., Any]", arguments: "list[Any]", others: "list[Any]") -> "list[Any]":
    """What two calls give, looked at when both are over: what the second call changed of the first is seen."""
    # Made anew beside the student's code, where the kit's imports are not: so its types are no names.
    return [function(*arguments), function(*others)]


def check_seen(what: str, got: Any, shape: tuple[int, ...], *given: Any) -> Any:
    """A value of the student's own that a later step starts from, if that step can be seen in it.

    So a slip in this value costs its own mark only, and one that is zero, nan or what came in carries no other mark.

    Raises:
        AssertionError: nothing could be seen in it.
    """
    array = as_numbers(got)
    if array is None or array.shape != shape:
        raise Waits(f"This starts from your own {what}, which should be an array of shape {shape}. Mend {what} first.")
    seen = np.all(np.isfinite(array)) and np.any(array != 0) and (array.size == 1 or np.ptp(array) > 0)
    if not seen or any(np.array_equal(array, as_numbers(old)) for old in given):
        raise Waits(
            f"This starts from your own {what}, and nothing can be seen in it: it is zero, or all the same, or not "
            f"finite, or what came in. Mend {what} first."
        )
    return array


def arrays_in(value: Any) -> list[Any]:
    """All numbers and arrays in plain data, as arrays, in order; a list of nothing but numbers is one array."""
    items = value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple) else ()
    if any(isinstance(item, list | tuple | dict) or np.ndim(item) for item in items):
        return [array for item in items for array in arrays_in(item)]
    array = as_numbers(list(items) if isinstance(value, dict) else value)
    return [found for item in items for found in arrays_in(item)] if array is None else [array]


def same_data(one: Any, other: Any, rtol: float = 0.0) -> bool:
    """Whether two pieces of plain data are equal (to the last bit, without `rtol`), of one kind, nan equal to nan."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same_data(one[key], other[key], rtol) for key in one)
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        fit = type(one) is type(other) and len(one) == len(other)
        return fit and all(same_data(*pair, rtol) for pair in zip(one, other, strict=True))
    first, second = as_numbers(one), as_numbers(other)
    if first is None or second is None:
        return type(one) is type(other) and (isinstance(one, Opaque) or bool(one == other))
    fits = first.dtype == second.dtype and first.shape == second.shape
    return fits and np.allclose(first, second, rtol=rtol, atol=rtol, equal_nan=True)


def _called(function: Any) -> str:
    return str(getattr(function, "__name__", "The function"))


def _changed() -> str:
    """What the latest call changed of its arguments, which may be why a value is wrong; nothing where it kept them."""
    function, given, lent = LATEST or (None, (), ())
    # Numbers only: a function or an object that was lent need not be the same thing there and here.
    pairs = enumerate(
        zip(*([arrays_in(as_data(value)) for value in values] for values in (given, lent)), strict=True), 1
    )
    places = [str(place) for place, (old, new) in pairs if not same_data(new, old)]
    if not places:
        return ""
    return (
        f"{_called(function)} changed what it was given (argument {' and '.join(places)}), "
        "and that may be why. Work on a copy. "
    )


def _kind(value: Any) -> str:
    if isinstance(value, list | tuple):
        return f"a {type(value).__name__} that is ragged or holds something else"
    return f"a value of type {type(value).__name__}"


def _shown(array: Any) -> str:
    return f" (yours is {array.item():.9g})" if array.size == 1 else ""


def _shape_problem(array: Any, expected: Any) -> str:
    asked = "one number, of shape ()" if expected.shape == () else f"an array of shape {expected.shape}"
    came = f"should be {asked}, but its shape is {array.shape}."
    if array.ndim == 0:
        return f"{came} It is a single number, where {expected.size} are asked for."
    if array.shape == expected.shape[::-1]:
        return f"{came} It looks transposed: swap rows and columns."
    if expected.ndim == 2 and 1 in expected.shape and array.shape == (expected.size,) * 2 and expected.size > 1:
        return f"{came} A row met a column, and numpy made a table of them: bring both to one shape first."
    if array.ndim < expected.ndim and _long_sides(array) == _long_sides(expected):
        return f"{came} An axis of length 1 is missing; in a sum `keepdims=True` keeps it."
    if expected.ndim and array.shape == expected.shape[1:]:
        return f"{came} The first axis is missing: was it summed or averaged away?"
    if array.size == expected.size == 1 and expected.ndim == 0:
        return f"{came} It is one number inside an array: is an axis kept, or a pair of brackets or a comma too many?"
    if array.size == expected.size:
        return f"{came} The size is right: is there a pair of brackets, a comma or a reshape too many?"
    if array.ndim < expected.ndim:
        return f"{came} An axis is missing: was it summed or averaged away?"
    if array.ndim == expected.ndim == 1:
        return f"{came} It is too {'short' if array.size < expected.size else 'long'}."
    return f"{came} Write the shape of every step beside it."


def _long_sides(array: Any) -> list[int]:
    return [side for side in array.shape if side != 1]


def _known_mistake(array: Any, expected: Any, known: Mapping[str, Any], rtol: float, atol: float) -> str:
    for mistake, value in known.items():
        wrong = np.asarray(value)
        # A mistake that hardly moves this value cannot be seen in it: a value in too few digits is near both.
        telling = wrong.shape == array.shape and not np.allclose(wrong, expected, rtol=1e-5, atol=0)
        if telling and np.allclose(array, wrong, rtol=max(rtol, 1e-7), atol=atol):
            return f"It looks as if {mistake}{'' if mistake.endswith(('.', '?')) else '.'}"
    return ""


def _value_problem(array: Any, expected: Any, atol: float) -> str:
    """Say how `array` differs from `expected`, an array of the same shape, without giving it away."""
    if np.iscomplexobj(array) and not np.iscomplexobj(expected):
        return "It is complex: a negative number was raised to a power that is not whole."
    counted, few_digits = expected.dtype.kind in "biu", array.dtype in (np.float32, np.float16)
    array, expected = array * 1.0, expected * 1.0  # truth values and unsigned integers have no negatives

    def alike(one: Any, other: Any, rtol: float = 1e-6) -> bool:
        return bool(np.allclose(one, other, rtol=rtol, atol=atol))

    if not np.all(np.isfinite(array)):
        return "It holds nan or inf: something overflowed, or was divided by zero."
    if alike(array, -expected):
        return "The size is right and the sign is the other way round."
    if not np.any(array):
        return "It is zero." if array.size == 1 else "It is zero everywhere: is it ever filled in?"
    if alike(array, expected, rtol=1e-3):
        return f"It is close, but not close enough: {_why_close(array, expected, few_digits)}"
    if not counted and (problem := _ratio_problem(array, expected)):
        return problem
    if expected.ndim == 2 and len(set(expected.shape)) == 1 and alike(array, expected.T):
        return "It looks transposed, and being square it still fits: are two factors swapped, or two axes?"
    if alike(np.abs(array), np.abs(expected)):
        return "Every size is right, but some of the signs are the other way round."
    # Of two values only, such as a one-hot guess, every wrong one is a right one in another order.
    if np.unique(expected).size > 2 and alike(np.sort(array, axis=None), np.sort(expected, axis=None)):
        return "The numbers are right, but they stand in each other's places: look at the order."
    return _partly_right(array, expected, atol)


def _why_close(array: Any, expected: Any, few_digits: bool) -> str:
    if any(np.allclose(array, np.round(expected, digits), rtol=1e-12, atol=0) for digits in range(17)):
        return "it is rounded. Keep every digit."
    short = np.array_equal(array, array.astype(np.float16))
    cut = few_digits or short or np.array_equal(array, array.astype(np.float32))
    if cut and np.allclose(array, expected, rtol=1e-3 if short else 1e-5):  # more is no matter of digits
        return "it is kept in numbers of 32 bits or less. Take float64."
    return "something small is too many or missing: a step, an eps, or a value that was moved and not put back?"


def _ratio_problem(array: Any, expected: Any) -> str:
    nonzero = expected != 0
    ratio = array[nonzero] / expected[nonzero]
    if not ratio.size or np.any(array[~nonzero]) or not np.allclose(ratio, ratio[0], rtol=1e-6):
        return ""
    factor = abs(ratio[0])
    sign = "" if ratio[0] == factor else ", and the sign is the other way round"
    if np.isclose(factor, 2, rtol=1e-6):
        return f"It is twice what it should be{sign}: is there a factor 2 too many, or one part counted twice?"
    if np.isclose(factor, 0.5, rtol=1e-6):
        return f"It is half of what it should be{sign}: is a factor 2 missing, or one of two equal parts?"
    if np.unique(np.abs(expected)).size > 1:  # of one number only, any other is a multiple
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
        return "Only the first entry is right: from the second on, something is not what it was."
    return f"{int(right.sum())} of the {right.size} entries are right; the first wrong one is at index {wrong[0]}."
