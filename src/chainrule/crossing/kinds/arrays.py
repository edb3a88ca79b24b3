"""numpy's other values: arrays of texts, times, records and objects, matrices, dtypes, generators.

Masked arrays are not among them: what is masked is close to anything. A matrix stays one, since its `*` is another."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from typing import Any, Final

import numpy as np

from chainrule.crossing.kinds import NotPlain

_TEXTS: Final = re.compile(r"[<>|=]?[US]\d{1,9}|[<>=]?[mM]8(\[\d{0,9}(Y|M|W|D|h|m|s|ms|us|μs|ns|ps|fs|as|generic)\])?")
_GENERATORS: Final = ("PCG64", "PCG64DXSM", "MT19937", "Philox", "SFC64")
_LARGEST: Final = 2**26


def forms() -> dict[type, tuple[str, Callable[[Any], Any]]]:
    """How values of each type are taken apart."""
    dtypes = dict.fromkeys((*map(type, map(np.dtype, "?bBhHiIlLqQefdgFDGUSOVmM")), np.dtype), ("dtype", _dtype_apart))
    return {
        **dtypes,
        np.ndarray: ("array", _array_apart),
        np.poly1d: ("poly1d", lambda v: (v.coeffs, v.variable)),
        np.recarray: ("recarray", lambda v: v.view(np.dtype(v.dtype.fields and _fields(v.dtype)), np.ndarray)),
        np.matrix: ("matrix", lambda v: np.ndarray.view(v, np.ndarray)),
        np.random.Generator: ("Generator", lambda v: v.bit_generator.state),
        np.random.RandomState: ("RandomState", lambda v: v.get_state(legacy=False)),
        **dict.fromkeys((np.str_, np.bytes_, np.datetime64, np.timedelta64, np.void), ("scalar", np.asarray)),
    }


def _array_apart(value: Any) -> Any:
    kind = value.dtype.kind
    if kind in "US" or kind in "mM":
        return value.dtype.str, value.shape, value.tobytes()
    if kind == "O":
        return "O", value.shape, value.ravel().tolist() if value.ndim else [value[()]]
    if kind == "V" and value.dtype.names and not any(isinstance(t, tuple) for t in value.dtype.names):
        return _fields(value.dtype), value.shape, [np.ascontiguousarray(value[name]) for name in value.dtype.names]
    raise NotPlain("no such array")


def _dtype_apart(value: np.dtype[Any]) -> Any:
    if value.names:
        return _fields(value)
    if value.kind in "biufcOUSmM":
        return value.str
    raise NotPlain("no such dtype")


def _fields(dtype: np.dtype[Any]) -> Any:
    """Names, types and inner shapes of a record's fields, where nothing lies between them."""
    rows = [(name, *_base(dtype[name])) for name in dtype.names or ()]
    if _dtype(rows) != np.dtype((np.void, dtype)) and _dtype(rows) != dtype:
        raise NotPlain("padded records")
    return rows


def _base(dtype: np.dtype[Any]) -> Any:
    base, shape = dtype.subdtype or (dtype, ())
    return _dtype_apart(base), tuple(shape)


def _dtype(state: Any) -> np.dtype[Any]:
    if type(state) is list:
        if len(state) > 1000 or any(type(name) is not str for name, _, _ in state):
            raise NotPlain("no records")
        built = np.dtype([(name, _dtype(inner), tuple(shape)) for name, inner, shape in state])
        if built.itemsize > _LARGEST:
            raise NotPlain("no records")
        return built
    if type(state) is not str or not (_TEXTS.fullmatch(state) or re.fullmatch(r"[<>|=]?[biufc]\d{1,2}|\|O", state)):
        raise NotPlain("no dtype")
    return np.dtype(state)


def _array(state: Any) -> Any:
    form, shape, content = state
    if type(shape) is not tuple or any(type(side) is not int or side < 0 for side in shape) or len(shape) > 32:
        raise NotPlain("no shape")
    count = math.prod(shape)
    if form == "O":
        if type(content) is not list or len(content) != count:
            raise NotPlain("no array of objects")
        built = np.empty(count, object)
        for place, item in enumerate(content):
            built[place] = item
        return built.reshape(shape)
    dtype = _dtype(form)
    if dtype.itemsize * max(count, 1) > _LARGEST:
        raise NotPlain("too large")
    return _records(dtype, shape, content) if dtype.names else _texts(dtype, shape, content)


def _texts(dtype: np.dtype[Any], shape: Any, content: Any) -> Any:
    if dtype.kind not in "USmM" or type(content) is not bytes or len(content) != dtype.itemsize * math.prod(shape):
        raise NotPlain("no array of texts")
    if dtype.kind == "U" and content:
        points = np.frombuffer(content, np.dtype(np.uint32).newbyteorder(dtype.byteorder))
        if points.max(initial=0) > 0x10FFFF:
            raise NotPlain("no characters")
    return np.ndarray(shape, dtype, content).copy() if content else np.empty(shape, dtype)


def _records(dtype: np.dtype[Any], shape: Any, content: Any) -> Any:
    built = np.zeros(shape, dtype)
    for name, column in zip(dtype.names or (), content, strict=True):
        if type(column) is not np.ndarray or column.dtype != (dtype[name].subdtype or (dtype[name],))[0]:
            raise NotPlain("no column")
        built[name] = column
    return built


def _poly1d(state: Any) -> Any:
    coefficients, variable = state
    if type(coefficients) is not np.ndarray or coefficients.ndim != 1:
        raise NotPlain("no coefficients")
    return np.poly1d(coefficients, variable=variable if type(variable) is str else None)


def _checked(state: Any) -> Any:
    """A generator's state; numpy itself takes a place outside its table."""
    inner = state["state"]
    if "pos" in inner and not (0 <= inner["pos"] <= 624 and len(inner["key"]) == 624):
        raise NotPlain("no place")
    if "buffer_pos" in state and not (0 <= state["buffer_pos"] <= 4 and len(state["buffer"]) == 4):
        raise NotPlain("no place")
    if state["bit_generator"] not in _GENERATORS:
        raise NotPlain("no generator")
    return state


def _generator(state: Any) -> np.random.Generator:
    source = getattr(np.random, _checked(state)["bit_generator"])(0)
    source.state = state
    return np.random.Generator(source)


def _random_state(state: Any) -> np.random.RandomState:
    built = np.random.RandomState(0)
    built.set_state(_checked(state))
    return built


def _scalar(state: Any) -> Any:
    if type(state) is not np.ndarray or state.shape != ():
        raise NotPlain("no scalar")
    return state[()]


def _plain_array(state: Any) -> Any:
    if type(state) is not np.ndarray:
        raise NotPlain("no array")
    return state


BUILD: Final[dict[str, Callable[[Any], Any]]] = {
    "array": _array,
    "dtype": _dtype,
    "poly1d": _poly1d,
    "recarray": lambda state: _plain_array(state).view(np.recarray),
    "matrix": lambda state: _plain_array(state).view(np.matrix),
    "Generator": _generator,
    "RandomState": _random_state,
    "scalar": _scalar,
}
"""How a value of each kind is built from its state."""
