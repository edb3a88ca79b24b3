"""What may cross between the referee and a student's kernel, and that nothing else does."""

import struct
import tracemalloc
from collections import OrderedDict, defaultdict
from typing import Any

import msgpack
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chainrule.crossing import tokens
from chainrule.crossing.wire import Caps, Handle, Named, WireError, decode, encode

QUICK = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
CHARS = "?bBhHiIlLqQefdgFDG"
ALLOWED = {type(None), bool, int, float, complex, str, bytes, list, tuple, dict, set, frozenset, np.ndarray}
ALLOWED |= {np.dtype(char).type for char in CHARS}

lone_surrogates = st.text(st.characters(), max_size=8)
leaves = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.integers(min_value=-(10**300), max_value=10**300),
    st.floats(),
    st.complex_numbers(),
    lone_surrogates,
    st.binary(max_size=20),
)


@st.composite
def arrays(draw: st.DrawFn) -> Any:
    """Any array: every dtype and byte order, 0-d, empty, transposed, with steps; of any bits."""
    dtype = np.dtype(draw(st.sampled_from("<>")) + draw(st.sampled_from(CHARS)))
    shape = tuple(draw(st.lists(st.integers(0, 4), max_size=4)))
    count = int(np.prod(shape, dtype=int))
    if dtype.kind == "b" or dtype.char in "gG":
        array = np.array(draw(st.lists(st.integers(0, 1), min_size=count, max_size=count))).astype(dtype)
    else:
        size = count * dtype.itemsize
        array = np.frombuffer(draw(st.binary(min_size=size, max_size=size)), dtype)
    array = array.reshape(shape)
    return draw(st.sampled_from([array, array.T, array[..., ::2] if shape else array]))


@st.composite
def scalars(draw: st.DrawFn) -> Any:
    """A numpy scalar of any type."""
    return np.dtype(draw(st.sampled_from(CHARS))).type(draw(st.integers(0, 100)))


keys = st.recursive(
    leaves | scalars(),
    lambda inner: st.lists(inner, max_size=3).map(tuple) | st.frozensets(inner, max_size=3),
    max_leaves=4,
)
values = st.recursive(
    leaves | scalars() | arrays(),
    lambda inner: st.one_of(
        st.lists(inner, max_size=5),
        st.lists(inner, max_size=5).map(tuple),
        st.dictionaries(keys, inner, max_size=4),
        st.sets(keys, max_size=4),
        st.lists(st.floats(), min_size=14, max_size=20),
        st.lists(st.integers(-(2**64), 2**64), min_size=14, max_size=20).map(tuple),
    ),
    max_leaves=12,
)


def same(one: Any, other: Any) -> bool:
    """Equal in exact type and in value; -0.0 is not 0.0, and NaN is NaN."""
    if type(one) is not type(other):
        return False
    if isinstance(one, np.ndarray | np.generic):
        return one.dtype == other.dtype and one.shape == other.shape and one.tobytes() == other.tobytes()
    if isinstance(one, list | tuple):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, dict):
        return same(list(one), list(other)) and same(list(one.values()), list(other.values()))
    if isinstance(one, set | frozenset):
        return len(one) == len(other) and all(any(same(item, twin) for twin in other) for item in one)
    return repr(one) == repr(other)


def walk(value: Any) -> Any:
    """Every value inside a value."""
    yield value
    if isinstance(value, list | tuple | set | frozenset):
        for item in value:
            yield from walk(item)
    if isinstance(value, dict):
        for pair in value.items():
            yield from walk(pair)


def only_allowed(value: Any) -> bool:
    """Whether a value is made of nothing but the exact types of the closed set."""
    return all(type(part) in ALLOWED for part in walk(value))


@QUICK
@given(values)
def test_a_value_comes_back_with_its_exact_type(value: Any) -> None:
    """Decoding what was encoded gives the same value, of the same type, down to the last bit."""
    assert same(decode(encode(value)), value)


@QUICK
@given(arrays())
def test_an_array_comes_back_writable(array: Any) -> None:
    """What arrives is the receiver's own copy: it can be written to."""
    assert decode(encode(array)).flags.writeable


@QUICK
@given(st.binary(max_size=200))
def test_arbitrary_bytes_are_an_allowed_value_or_one_error(data: bytes) -> None:
    """No bytes whatever give anything but allowed values or a WireError."""
    try:
        value = decode(data)
    except WireError:
        return
    assert only_allowed(value)


@QUICK
@given(values, st.data())
def test_damaged_messages_are_an_allowed_value_or_one_error(value: Any, data: st.DataObject) -> None:
    """A message with bytes changed, cut off or put in is still harmless."""
    message = bytearray(encode(value))
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(message)))
        message[place : place + data.draw(st.integers(0, 2))] = data.draw(st.binary(max_size=2))
    try:
        result = decode(bytes(message))
    except WireError:
        return
    assert only_allowed(result)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        msgpack.packb([]),
        msgpack.packb([1, 2]),
        msgpack.packb({}),
        msgpack.packb({1: 2}),
        msgpack.packb(msgpack.Timestamp(0, 0)),
        msgpack.packb(msgpack.ExtType(99, b"")),
        encode(1) + encode(2),
        encode([1, 2, 3])[:-1],
        msgpack.packb(msgpack.ExtType(tokens.LIST, b"\xff\xff\xff\xff")),
        msgpack.packb(msgpack.ExtType(tokens.ARRAY, b"<d\x01" + struct.pack("<Q", 2**62))),
        msgpack.packb(msgpack.ExtType(tokens.ARRAY, b"<d\x01" + struct.pack("<Q", 2) + bytes(8))),
        msgpack.packb(msgpack.ExtType(tokens.ARRAY, b"<d\x02" + struct.pack("<QQ", 2**60, 0))),
        msgpack.packb(msgpack.ExtType(tokens.ARRAY, b"<O\x01" + struct.pack("<Q", 1) + bytes(8))),
        msgpack.packb(msgpack.ExtType(tokens.ARRAY, b"<?\x01" + struct.pack("<Q", 1) + b"\x02")),
        msgpack.packb(msgpack.ExtType(tokens.ARRAY, b"<d\xff")),
        msgpack.packb(msgpack.ExtType(tokens.SCALAR, b"V" + bytes(8))),
        msgpack.packb(msgpack.ExtType(tokens.SCALAR, b"")),
        msgpack.packb(msgpack.ExtType(tokens.SET, b"\0\0\0\2")) + msgpack.packb(1) + msgpack.packb(1),
        msgpack.packb(msgpack.ExtType(tokens.SET, b"\0\0\0\1")) + encode([]),
        msgpack.packb(msgpack.ExtType(tokens.DICT, b"\0\0\0\1")) + encode([]) + encode(1),
        encode(Handle(3)),
        encode(Named("os", "system")),
    ],
)
def test_what_is_no_message_is_refused(data: bytes) -> None:
    """msgpack's own containers, wrong lengths, object arrays, false booleans and unasked handles are WireErrors."""
    with pytest.raises(WireError):
        decode(data)


@pytest.mark.parametrize(
    "header",
    [
        b"\xdd\xff\xff\xff\xff",
        b"\xdd\x00\xff\xff\xff" * 500,
        b"\xdf\xff\xff\xff\xff",
        b"\xc6\xff\xff\xff\xff",
        b"\xc9\xff\xff\xff\xff\x01",
        msgpack.packb(msgpack.ExtType(tokens.LIST, b"\x00\x10\x00\x00")) * 90,
        msgpack.packb(msgpack.ExtType(tokens.DICT, b"\x00\x10\x00\x00")) * 90,
    ],
)
def test_a_huge_header_takes_no_memory(header: bytes) -> None:
    """A length that is only claimed allocates nothing."""
    tracemalloc.start()
    try:
        with pytest.raises(WireError):
            decode(header)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert peak < 2**20


def test_keys_that_collide_are_refused() -> None:
    """Thousands of keys with one hash would make a dict take for ever to build."""
    unlucky = [i * (2**61 - 1) for i in range(200)]

    header = msgpack.packb(msgpack.ExtType(tokens.DICT, struct.pack(">I", 200)))
    message = header + b"".join(encode(key) + encode(0) for key in unlucky)

    with pytest.raises(WireError, match="collide"):
        decode(message)


def test_many_ordinary_keys_are_fine() -> None:
    """The guard against collisions lets a large dict of numbers and texts by."""
    value = {**{i: i for i in range(5000)}, **{str(i): i for i in range(5000)}, **{i / 7: i for i in range(1, 5000, 7)}}

    assert decode(encode(value)) == value


@pytest.mark.parametrize(
    ("value", "caps"),
    [
        (b"x" * 100, Caps(size=50)),
        (np.zeros(100), Caps(size=50)),
        (list(range(100)), Caps(items=50)),
        (["a"] * 100, Caps(items=50)),
        ([[[[]]]], Caps(depth=3)),
        (10**60, Caps(digits=50)),
        (np.zeros((1, 1, 1)), Caps(dimensions=2)),
    ],
)
def test_both_sides_hold_to_the_caps(value: Any, caps: Caps) -> None:
    """A value over a cap is refused when it is written, and when it is read."""
    with pytest.raises(WireError):
        encode(value, caps=caps)
    with pytest.raises(WireError):
        decode(encode(value), caps=caps)


@pytest.mark.parametrize(
    "value",
    [
        object(),
        len,
        type("Ordered", (OrderedDict,), {})(a=1),
        np.ma.masked_array([1.0]),
        np.ones((1, 1)).view(type("Own", (np.ndarray,), {})),
        defaultdict(lambda: 3),
        iter([1]),
    ],
    ids=lambda value: type(value).__name__,
)
def test_only_exact_types_are_written(value: Any) -> None:
    """Subclasses, objects and what brings code along need somebody who says what to write instead."""
    with pytest.raises(WireError, match="cannot cross"):
        encode(value)
    assert decode(encode([value], other=lambda thing: "instead")) == ["instead"]


def test_a_list_that_holds_itself_is_refused() -> None:
    """A cycle is too deep."""
    endless: list[Any] = []
    endless.append(endless)

    with pytest.raises(WireError, match="deep"):
        encode(endless)


def test_handles_and_names_become_what_the_receiver_says() -> None:
    """A handle carries its number, name and traits; a name its module and name."""
    message = encode([Handle(7, "Net", "call len"), Named("numpy", "sin")])

    assert decode(message, handle=lambda h: (h.number, h.name, h.traits), named=lambda n: n.name) == [
        (7, "Net", "call len"),
        "sin",
    ]
