"""Reads a value from bytes that anybody may have made."""

import math
import struct
from array import array
from collections.abc import Callable
from typing import Any

import msgpack
import numpy as np

from chainrule.crossing.kinds import put_together
from chainrule.crossing.tokens import (
    ARRAY,
    BITS_A_DIGIT,
    CAPS,
    COMPLEX,
    DICT,
    FLOATS,
    FROZENSET,
    HANDLE,
    INTS,
    LENGTH,
    LIST,
    NAMED,
    NATIVE,
    NUMBER,
    OBJECT,
    PAIR,
    PLAIN,
    SCALAR,
    SCALARS,
    SET,
    TUPLE,
    WHOLE,
    Built,
    Caps,
    Handle,
    Named,
    WireError,
    too_large,
)


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
        raise WireError(too_large(len(data), caps))
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
        self._spend(1)
        token = self.next()
        return token if type(token) in PLAIN else self._built(token, depth)

    def _row(self, length: int, depth: int) -> list[Any]:
        """The next values."""
        self._spend(length)
        following, rows = self.next, []
        for _ in range(length):
            token = following()
            rows.append(token if type(token) in PLAIN else self._built(token, depth))
        return rows

    def _built(self, token: object, depth: int) -> Any:
        """What an extension token and the ones after it stand for."""
        if type(token) is not tuple:
            raise WireError("the message holds something that may not cross")
        code, payload = token
        if LIST <= code <= FROZENSET:
            return self._container(code, LENGTH.unpack(payload)[0], depth)
        if code in (FLOATS, INTS):
            return self._block("d" if code == FLOATS else "q", payload)
        if code == ARRAY:
            return self._array(payload)
        if code == SCALAR:
            return _scalar(payload)
        if code == COMPLEX:
            return complex(*PAIR.unpack(payload))
        if code == WHOLE:
            return self._whole(payload)
        if code == HANDLE and self.handle is not None:
            return self.handle(Handle(NUMBER.unpack(payload)[0], self._text(), self._text()))
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
        if value.bit_length() > self.caps.digits * BITS_A_DIGIT:
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
    dtype = SCALARS.get(char.decode("latin-1"))
    if dtype is None or order not in "<>":
        raise WireError("the message holds an array of a kind that may not cross")
    return dtype if order == NATIVE else dtype.newbyteorder(order)  # type: ignore[arg-type]


def _scalar(payload: bytes) -> Any:
    dtype = _dtype(NATIVE, payload[:1])
    # The most common value of all, so it is taken from where it lies; what is odd goes the long way.
    if dtype.kind == "f" and len(payload) == 1 + dtype.itemsize:
        return np.ndarray((1,), dtype, payload, 1)[0]
    return _numbers(dtype, payload, 1, (1,))[0]


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
