"""Values of the standard library: exact numbers, dates, collections, paths, patterns, texts in memory."""

from __future__ import annotations

import array
import collections
import datetime
import decimal
import fractions
import io
import pathlib
import random
import re
import types
import uuid
import zoneinfo
from collections.abc import Callable
from typing import Any, Final

from chainrule.crossing.kinds import NotPlain

_FACTORIES: Final = {kind.__name__: kind for kind in (int, float, complex, str, bytes, list, tuple, dict, set, bool)}
_FLAGS: Final = re.ASCII | re.IGNORECASE | re.MULTILINE | re.DOTALL | re.VERBOSE | re.UNICODE
_SINGLE: Final = {"...": ..., "NotImplemented": NotImplemented}
_DIGITS: Final = 10_000


def forms() -> dict[type, tuple[str, Callable[[Any], Any]]]:
    """How values of each type are taken apart."""
    return {
        slice: ("slice", lambda v: (v.start, v.stop, v.step)),
        range: ("range", lambda v: (v.start, v.stop, v.step)),
        type(...): ("single", lambda v: "..."),
        type(NotImplemented): ("single", lambda v: "NotImplemented"),
        bytearray: ("bytearray", bytes),
        type({}.keys()): ("keys", list),
        type({}.values()): ("values", list),
        type({}.items()): ("items", list),
        types.MappingProxyType: ("proxy", dict),
        types.SimpleNamespace: ("namespace", lambda v: dict(vars(v))),
        fractions.Fraction: ("Fraction", lambda v: (v.numerator, v.denominator)),
        decimal.Decimal: ("Decimal", _decimal_apart),
        datetime.date: ("date", lambda v: (v.year, v.month, v.day)),
        datetime.time: ("time", lambda v: (v.hour, v.minute, v.second, v.microsecond, v.tzinfo, v.fold)),
        datetime.datetime: ("datetime", _datetime_apart),
        datetime.timedelta: ("timedelta", lambda v: (v.days, v.seconds, v.microseconds)),
        datetime.timezone: ("timezone", lambda v: v.utcoffset(None)),
        zoneinfo.ZoneInfo: ("zone", lambda v: v.key),
        uuid.UUID: ("UUID", lambda v: v.int),
        pathlib.PurePosixPath: ("PurePosixPath", str),
        pathlib.PosixPath: ("PosixPath", str),
        array.array: ("array", lambda v: (v.typecode, v.tobytes() if v.typecode != "u" else v.tounicode())),
        collections.deque: ("deque", lambda v: (list(v), v.maxlen)),
        collections.Counter: ("Counter", lambda v: dict(dict.items(v))),
        collections.OrderedDict: ("OrderedDict", lambda v: dict(v.items())),
        collections.defaultdict: ("defaultdict", lambda v: (_factory_apart(v.default_factory), dict(dict.items(v)))),
        collections.ChainMap: ("ChainMap", lambda v: list(v.maps)),
        re.Pattern: ("Pattern", lambda v: (v.pattern, int(v.flags & _FLAGS))),
        random.Random: ("Random", lambda v: v.getstate()),
        io.StringIO: ("StringIO", lambda v: (v.getvalue(), v.tell())),
        io.BytesIO: ("BytesIO", lambda v: (v.getvalue(), v.tell())),
    }


def _decimal_apart(value: decimal.Decimal) -> Any:
    sign, digits, exponent = value.as_tuple()
    if len(digits) > _DIGITS:
        raise NotPlain("too many digits")
    return sign, bytes(digits), exponent


def _datetime_apart(value: datetime.datetime) -> Any:
    date = (value.year, value.month, value.day)
    return (*date, value.hour, value.minute, value.second, value.microsecond, value.tzinfo, value.fold)


def _factory_apart(factory: Any) -> Any:
    name = getattr(factory, "__name__", None)
    if factory is not None and (name is None or _FACTORIES.get(name) is not factory):
        raise NotPlain("a factory of its own")
    return name


def _decimal(state: Any) -> decimal.Decimal:
    sign, digits, exponent = state
    if exponent not in ("F", "n", "N") and not (type(exponent) is int and abs(exponent) < 10**6):
        raise NotPlain("no exponent")
    return decimal.Decimal((sign, tuple(digits), exponent))


def _range(state: Any) -> range:
    start, stop, step = state
    return range(start, stop, step)


def _defaultdict(state: Any) -> Any:
    factory, items = state
    return collections.defaultdict(factory and _FACTORIES[factory], _dict(items))


def _dict(state: Any) -> dict[Any, Any]:
    if type(state) is not dict:
        raise NotPlain("no dict")
    return state


def _pairs(state: Any) -> Any:
    return dict(state).items()


def _counter(state: Any) -> Any:
    counter: collections.Counter[Any] = collections.Counter()
    dict.update(counter, _dict(state))
    return counter


def _zone(key: Any) -> Any:
    if type(key) is not str or not re.fullmatch(r"[A-Za-z][A-Za-z0-9_+/-]{0,60}", key):
        raise NotPlain("no zone")
    return zoneinfo.ZoneInfo(key)


def _array(state: Any) -> Any:
    code, data = state
    if code == "u":
        return array.array("u", _text(data))
    built = array.array(code)
    built.frombytes(data)
    return built


def _text(state: Any) -> str:
    if type(state) is not str:
        raise NotPlain("no text")
    return state


def _pattern(state: Any) -> Any:
    pattern, flags = state
    if type(pattern) not in (str, bytes) or len(pattern) > 10_000 or type(flags) is not int:
        raise NotPlain("no pattern")
    return re.compile(pattern, flags & _FLAGS)


def _random(state: Any) -> random.Random:
    built = random.Random()
    built.setstate(state)
    return built


def _in_memory(kind: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def build(state: Any) -> Any:
        content, place = state
        built = kind(content)
        built.seek(place)
        return built

    return build


def _text_in_memory(content: Any) -> io.StringIO:
    return io.StringIO(_text(content), newline="")


BUILD: Final[dict[str, Callable[[Any], Any]]] = {
    "slice": lambda state: slice(*state),
    "range": _range,
    "single": _SINGLE.__getitem__,
    "bytearray": lambda state: bytearray(memoryview(state)),
    "keys": lambda state: dict.fromkeys(state).keys(),
    "values": lambda state: dict(enumerate(state)).values(),
    "items": _pairs,
    "proxy": lambda state: types.MappingProxyType(_dict(state)),
    "namespace": lambda state: types.SimpleNamespace(**_dict(state)),
    "Fraction": lambda state: fractions.Fraction(*state),
    "Decimal": _decimal,
    "date": lambda state: datetime.date(*state),
    "time": lambda state: datetime.time(*state[:5], fold=state[5]),
    "datetime": lambda state: datetime.datetime(*state[:8], fold=state[8]),
    "timedelta": lambda state: datetime.timedelta(*state),
    "timezone": datetime.timezone,
    "zone": _zone,
    "UUID": lambda state: uuid.UUID(int=state),
    "PurePosixPath": lambda state: pathlib.PurePosixPath(_text(state)),
    "PosixPath": lambda state: pathlib.Path(_text(state)),
    "array": _array,
    "deque": lambda state: collections.deque(*state),
    "Counter": _counter,
    "OrderedDict": lambda state: collections.OrderedDict(_dict(state)),
    "defaultdict": _defaultdict,
    "ChainMap": lambda state: collections.ChainMap(*map(_dict, state)),
    "Pattern": _pattern,
    "Random": _random,
    "StringIO": _in_memory(_text_in_memory),
    "BytesIO": _in_memory(io.BytesIO),
}
"""How a value of each kind is built from its state."""
