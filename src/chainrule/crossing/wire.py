"""The values that may cross between the referee and a student's kernel.

    data = encode({"w": np.ones(3)})            # bytes
    value = decode(data)                        # equal in type and value

What crosses: None, bool, int, float, complex, str (lone surrogates too, as "surrogatepass" bytes), bytes,
list, tuple, dict, set, frozenset, numpy scalars and arrays of kinds b i u f c; by name and plain state the values of
well-known libraries that `kinds` takes apart; besides these a `Handle` (a number that stands for an object which stays
where it is), `Named` (a function of an installed module, by name) and `Built` (what only the two sides know).
The types are exact: a subclass is never written, and never rebuilt.

A message is a row of msgpack tokens. A container is an extension token that holds its length, then its
items. msgpack's own arrays and maps are refused, because their headers make the reader allocate before
it has seen a single item. So an honest reader needs memory in proportion to the bytes that arrived.
"""

import math
import struct
from array import array
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final

import msgpack
import numpy as np

from chainrule.crossing.kinds import put_together, take_apart

__all__ = ["CAPS", "Built", "Caps", "Handle", "Named", "WireError", "decode", "encode"]


class WireError(Exception):
    """A value that may not cross, or bytes that are not a message."""


@dataclass(frozen=True)
class Caps:
    """The largest message that is written or read.

    Args:
        size: bytes of one message.
        items: values in one message, counted through all containers.
        depth: containers within containers.
        digits: decimal digits of one whole number.
        dimensions: of one array.
        alike: keys of one dict or set that share a hash (more would make it slow to build).
    """

    size: int = 64 * 2**20
    items: int = 2_000_000
    depth: int = 100
    digits: int = 10_000
    dimensions: int = 32
    alike: int = 50


CAPS: Final = Caps()


@dataclass(frozen=True)
class Handle:
    """A number that stands for an object on the student's side.

    Args:
        number: what the student's side knows the object by.
        name: how to call it in messages.
        traits: words, with a space between, that say what can be done with it.
    """

    number: int
    name: str = ""
    traits: str = ""


@dataclass(frozen=True)
class Named:
    """A function or class of an installed module; only the referee sends one (`np.sin` as an argument)."""

    module: str
    name: str


@dataclass(frozen=True)
class Built:
    """Something that the reader puts together by the rules of the conversation: a word for it, and its state."""

    name: str
    state: Any


LIST, TUPLE, DICT, SET, FROZENSET, FLOATS, INTS, COMPLEX, WHOLE, ARRAY, SCALAR, HANDLE, NAMED, OBJECT = range(1, 15)

_PLAIN: Final = frozenset({type(None), bool, int, float, str, bytes})
_SCALARS: Final = {char: np.dtype(char) for char in "?bBhHiIlLqQefdgFDG"}
_NATIVE: Final = "<" if np.little_endian else ">"
_LENGTH: Final = struct.Struct(">I")
_NUMBER: Final = struct.Struct("<Q")
_PAIR: Final = struct.Struct("<dd")
_MANY: Final = 16
_LONG: Final = 2**12
_BYTES_HEADER: Final = struct.Struct(">BI")
_EXTENSION_HEADER: Final = struct.Struct(">BIb")
_BITS_A_DIGIT: Final = math.log2(10)
_PACKER: Final = msgpack.Packer(unicode_errors="surrogatepass")


def encode(value: object, *, other: Callable[[object], object] | None = None, caps: Caps = CAPS) -> bytes:
    """Write a value as bytes.

    Args:
        value: anything of the closed set.
        other: asked about every object outside the set; returns what to write instead, or raises.
        caps: the largest message.

    Raises:
        WireError: the value is outside the set, or over a cap.
    """
    writer = _Writer(other, caps)
    writer.write(value, 0)
    data = b"".join(writer.parts)
    if len(data) > caps.size:
        raise WireError(_too_large(len(data), caps))
    return data


def decode(
    data: bytes,
    *,
    handle: Callable[[Handle], object] | None = None,
    named: Callable[[Named], object] | None = None,
    built: Callable[[Built], object] | None = None,
    caps: Caps = CAPS,
) -> Any:
    """Rebuild the value that `encode` wrote.

    Args:
        data: any bytes at all.
        handle: what a handle becomes; without it a handle is an error.
        named: what a named function becomes; without it a name is an error.
        built: what a `Built` becomes; without it that is an error.
        caps: the largest message.

    Raises:
        WireError: these bytes are not one allowed value.
    """
    if len(data) > caps.size:
        raise WireError(_too_large(len(data), caps))
    reader = _Reader(data, handle, named, built, caps)
    try:
        value = reader.read(0)
    except WireError:
        raise
    except msgpack.OutOfData:
        raise WireError("the message ends too early") from None
    except (msgpack.UnpackException, ValueError, TypeError, OverflowError, struct.error, MemoryError) as error:
        raise WireError(f"the message is not well formed ({type(error).__name__})") from None
    if reader.tell() != len(data):
        raise WireError("the message goes on after its value")
    return value


def _too_large(size: int, caps: Caps) -> str:
    return f"a value of {size / 2**20:.1f} MiB is too large to cross; the limit is {caps.size / 2**20:.1f} MiB"


class _Writer:
    def __init__(self, other: Callable[[object], object] | None, caps: Caps) -> None:
        self.parts: list[bytes] = []
        self.other = other
        self.caps = caps
        self.items = 0
        self.size = 0

    def write(self, value: Any, depth: int) -> None:
        kind = type(value)
        if kind in _PLAIN:
            if kind is int and not -(2**63) <= value < 2**64:
                self._whole(value)
                return
            self.items += 1
            if kind is bytes and len(value) >= _LONG:
                self.parts += (_BYTES_HEADER.pack(0xC6, len(value)), value)
            else:
                self.parts.append(_PACKER.pack(value))
        elif kind is list or kind is tuple:
            self._row(value, LIST if kind is list else TUPLE, depth)
        elif kind is dict:
            self._container(DICT, len(value), depth, (part for pair in value.items() for part in pair))
        elif kind is set or kind is frozenset:
            self._container(SET if kind is set else FROZENSET, len(value), depth, value)
        elif kind is np.ndarray and value.dtype.kind in "biufc":
            self._array(value)
        elif issubclass(kind, np.generic) and kind is _scalar_type(value):
            self._extension(SCALAR, value.dtype.char.encode() + value.tobytes())
        elif kind is complex:
            self._extension(COMPLEX, _PAIR.pack(value.real, value.imag))
        elif kind is Handle:
            self._extension(HANDLE, _NUMBER.pack(value.number))
            self.parts.append(_PACKER.pack(value.name) + _PACKER.pack(value.traits))
        elif kind is Named:
            self._extension(NAMED, b"")
            self.parts.append(_PACKER.pack(value.module) + _PACKER.pack(value.name))
        elif kind is Built:
            self._object(value.name, value.state, depth)
        elif (form := take_apart(value)) is not None:
            self._object(*form, depth)
        elif self.other is not None and depth <= self.caps.depth:
            self.write(self.other(value), depth + 1)
        else:
            raise WireError(f"a value of type {kind.__name__} cannot cross")

    def _count(self, items: int) -> None:
        self.items += items
        if self.items > self.caps.items:
            raise WireError(f"a value of more than {self.caps.items} items is too large to cross")

    def _extension(self, code: int, payload: bytes, data: bytes = b"") -> None:
        """Write an extension token; a long one in parts, to spare copies of its data."""
        self._count(1)
        self.size += len(payload) + len(data)
        if self.size > self.caps.size:
            raise WireError(_too_large(self.size, self.caps))
        if len(data) < _LONG:
            self.parts.append(_PACKER.pack_ext_type(code, payload + data))
        else:
            self.parts += (_EXTENSION_HEADER.pack(0xC9, len(payload) + len(data), code), payload, data)

    def _container(self, code: int, length: int, depth: int, items: Iterable[object]) -> None:
        if depth >= self.caps.depth:
            raise WireError(f"a value is nested more than {self.caps.depth} deep")
        self._extension(code, _LENGTH.pack(length))
        for item in items:
            self.write(item, depth + 1)
        self._count(0)

    def _row(self, value: Any, code: int, depth: int) -> None:
        """Write a list or tuple; a long one of nothing but floats, or 64-bit ints, goes as one block."""
        if len(value) >= _MANY and type(value[0]) in (int, float) and len(set(map(type, value))) == 1:
            try:
                block = array("d" if type(value[0]) is float else "q", value)
            except OverflowError:
                pass
            else:
                self._count(len(block))
                form = FLOATS if block.typecode == "d" else INTS
                self._extension(form, bytes([code]), block.tobytes())
                return
        self._container(code, len(value), depth, value)

    def _object(self, name: str, state: Any, depth: int) -> None:
        if depth >= self.caps.depth:
            raise WireError(f"a value is nested more than {self.caps.depth} deep")
        self._extension(OBJECT, b"")
        self.parts.append(_PACKER.pack(name))
        self.write(state, depth + 1)

    def _whole(self, value: int) -> None:
        if value.bit_length() > self.caps.digits * _BITS_A_DIGIT:
            raise WireError(f"a whole number of more than {self.caps.digits} digits is too large to cross")
        self._extension(WHOLE, value.to_bytes(value.bit_length() // 8 + 1, "little", signed=True))

    def _array(self, value: np.ndarray[Any, Any]) -> None:
        if value.ndim > self.caps.dimensions:
            raise WireError(f"an array of {value.ndim} dimensions cannot cross; the limit is {self.caps.dimensions}")
        if value.nbytes > self.caps.size:
            raise WireError(_too_large(value.nbytes, self.caps))
        order = value.dtype.byteorder
        order = _NATIVE if order in "=|" else order
        form = struct.pack(f"<2sB{value.ndim}Q", f"{order}{value.dtype.char}".encode(), value.ndim, *value.shape)
        self._extension(ARRAY, form, value.tobytes())


def _scalar_type(value: np.generic) -> type | None:
    """The exact type that a scalar of this dtype has, or None where its kind may not cross."""
    dtype = _SCALARS.get(np.generic.dtype.__get__(value).char)
    return None if dtype is None else dtype.type


class _Reader:
    def __init__(
        self,
        data: bytes,
        handle: Callable[[Handle], object] | None,
        named: Callable[[Named], object] | None,
        built: Callable[[Built], object] | None,
        caps: Caps,
    ) -> None:
        size = max(len(data), 1)
        unpacker = msgpack.Unpacker(
            read_size=size,
            max_buffer_size=size,
            max_array_len=0,
            max_map_len=0,
            unicode_errors="surrogatepass",
            ext_hook=_extension,
        )
        unpacker.feed(data)
        self.next, self.tell = unpacker.unpack, unpacker.tell
        self.handle = handle
        self.named = named
        self.built = built
        self.caps = caps
        self.left = caps.items

    def read(self, depth: int) -> Any:
        """The next value."""
        return self._row(1, depth)[0]

    def _row(self, length: int, depth: int) -> list[Any]:
        """The next values."""
        self._spend(length)
        rows = []
        for _ in range(length):
            token = self.next()
            rows.append(token if type(token) in _PLAIN else self._built(token, depth))
        return rows

    def _built(self, token: object, depth: int) -> Any:
        """What an extension token and the ones after it stand for."""
        if type(token) is not tuple:
            raise WireError("the message holds something that may not cross")
        code, payload = token
        if LIST <= code <= FROZENSET:
            return self._container(code, _LENGTH.unpack(payload)[0], depth)
        if code in (FLOATS, INTS):
            return self._block("d" if code == FLOATS else "q", payload)
        if code == ARRAY:
            return self._array(payload)
        if code == SCALAR:
            return _numbers(_dtype(_NATIVE, payload[:1]), payload, 1, (1,))[0]
        if code == COMPLEX:
            return complex(*_PAIR.unpack(payload))
        if code == WHOLE:
            return self._whole(payload)
        if code == HANDLE and self.handle is not None:
            return self.handle(Handle(_NUMBER.unpack(payload)[0], self._text(), self._text()))
        if code == NAMED and self.named is not None and not payload:
            return self.named(Named(self._text(), self._text()))
        if code == OBJECT and not payload:
            return self._object(self._text(), depth)
        raise WireError("the message holds something that may not cross")

    def _object(self, name: str, depth: int) -> Any:
        if depth >= self.caps.depth:
            raise WireError(f"the message is nested more than {self.caps.depth} deep")
        state = self.read(depth + 1)
        if "." not in name:
            if self.built is None:
                raise WireError("the message holds something that may not cross")
            return self.built(Built(name, state))
        try:
            return put_together(name, state)
        except Exception as error:
            raise WireError(f"the message holds no {name[:80]} ({type(error).__name__})") from None

    def _spend(self, items: int) -> None:
        self.left -= items
        if self.left < 0:
            raise WireError(f"the message holds more than {self.caps.items} items")

    def _text(self) -> str:
        token = self.next()
        self._spend(1)
        if type(token) is not str or len(token) > 1000:
            raise WireError("the message names something by no short text")
        return token

    def _container(self, code: int, length: int, depth: int) -> Any:
        if depth >= self.caps.depth:
            raise WireError(f"the message is nested more than {self.caps.depth} deep")
        if code == DICT:
            return self._dict(length, depth + 1)
        items = self._row(length, depth + 1)
        if code == LIST:
            return items
        if code == TUPLE:
            return tuple(items)
        self._check_hashes(items)
        built = set(items) if code == SET else frozenset(items)
        if len(built) != length:
            raise WireError("the message repeats an item of a set")
        return built

    def _dict(self, length: int, depth: int) -> dict[Any, Any]:
        row = self._row(2 * length, depth)
        keys = row[::2]
        self._check_hashes(keys)
        built = dict(zip(keys, row[1::2], strict=True))
        if len(built) != length:
            raise WireError("the message repeats a key of a dict")
        return built

    def _check_hashes(self, keys: list[Any]) -> None:
        """Refuse keys made to share one hash: a dict of n of them takes n * n steps to build."""
        if len(keys) <= self.caps.alike:
            return
        hashes = sorted(map(hash, keys))
        step = self.caps.alike
        if any(first == last for first, last in zip(hashes, hashes[step:], strict=False)):
            raise WireError("the message holds a dict whose keys collide")

    def _block(self, form: str, payload: bytes) -> Any:
        if len(payload) % 8 != 1 or payload[0] not in (LIST, TUPLE):
            raise WireError("the message holds a row of the wrong length")
        self._spend(len(payload) // 8)
        block = array(form, payload[1:])
        return block.tolist() if payload[0] == LIST else tuple(block)

    def _whole(self, payload: bytes) -> int:
        value = int.from_bytes(payload, "little", signed=True)
        if value.bit_length() > self.caps.digits * _BITS_A_DIGIT:
            raise WireError(f"the message holds a number of more than {self.caps.digits} digits")
        return value

    def _array(self, payload: bytes) -> Any:
        if len(payload) < 3 or payload[2] > self.caps.dimensions:
            raise WireError("the message holds an array of too many dimensions")
        start = 3 + 8 * payload[2]
        shape: tuple[int, ...] = struct.unpack(f"<{payload[2]}Q", payload[3:start])
        dtype = _dtype(chr(payload[0]), payload[1:2])
        if dtype.itemsize * math.prod(max(side, 1) for side in shape) > self.caps.size:
            raise WireError("the message holds an array that claims to be too large")
        return _numbers(dtype, payload, start, shape)


def _extension(code: int, payload: bytes) -> tuple[int, bytes]:
    return code, payload


def _dtype(order: str, char: bytes) -> np.dtype[Any]:
    dtype = _SCALARS.get(char.decode("latin-1"))
    if dtype is None or order not in "<>":
        raise WireError("the message holds an array of a kind that may not cross")
    return dtype if order == _NATIVE else dtype.newbyteorder(order)  # type: ignore[arg-type]


def _numbers(dtype: np.dtype[Any], payload: bytes, start: int, shape: tuple[int, ...]) -> Any:
    """The array whose data begin at `start`; writable, and in C order."""
    size = len(payload) - start
    if size != dtype.itemsize * math.prod(shape):
        raise WireError("the message holds an array whose data do not fill its shape")
    if dtype.kind == "b" and payload[start:].strip(b"\x00\x01"):
        raise WireError("the message holds a truth value that is neither true nor false")
    if size == 0:
        return np.empty(shape, dtype)
    return np.ndarray(shape, dtype, payload, start).copy()
