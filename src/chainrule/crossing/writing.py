"""Writes a value as one message."""

import struct
from array import array
from collections.abc import Callable, Iterable
from itertools import chain
from typing import Any, Final

import msgpack
import numpy as np

from chainrule.crossing.kinds import take_apart
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
    SCALAR_TYPES,
    SET,
    SHORT,
    TUPLE,
    WHOLE,
    Built,
    Caps,
    Handle,
    Named,
    WireError,
    too_large,
)

_MANY: Final = 16
"""Numbers in a row from which on they go as one block."""
_LONG: Final = 2**12
"""Bytes from which on a copy costs more than a part of its own."""
_BYTES_HEADER: Final = struct.Struct(">BI")
_EXTENSION_HEADER: Final = struct.Struct(">BIb")
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
        raise WireError(too_large(len(data), caps))
    return data


class _Writer:
    def __init__(self, other: Callable[[object], object] | None, caps: Caps) -> None:
        self.parts: list[bytes] = []
        self.other = other
        self.caps = caps
        self.items = 0
        self.size = 0

    def write(self, value: Any, depth: int) -> None:
        kind = type(value)
        if kind in PLAIN:
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
            self._container(DICT, len(value), depth, chain.from_iterable(value.items()))
        elif kind is set or kind is frozenset:
            self._container(SET if kind is set else FROZENSET, len(value), depth, value)
        elif kind is np.ndarray and value.dtype.kind in "biufc":
            self._array(value)
        elif kind in SCALAR_TYPES:
            self._extension(SCALAR, SCALAR_TYPES[kind] + value.tobytes())
        elif kind is complex:
            self._extension(COMPLEX, PAIR.pack(value.real, value.imag))
        elif kind is Handle:
            self._extension(HANDLE, NUMBER.pack(value.number))
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
            raise WireError(too_large(self.size, self.caps))
        if len(data) < _LONG:
            self.parts.append(_PACKER.pack_ext_type(code, payload + data))
        else:
            self.parts += (_EXTENSION_HEADER.pack(0xC9, len(payload) + len(data), code), payload, data)

    def _container(self, code: int, length: int, depth: int, items: Iterable[object]) -> None:
        if depth >= self.caps.depth:
            raise WireError(f"a value is nested more than {self.caps.depth} deep")
        self._extension(code, LENGTH.pack(length))
        # Most items are plain and short: a call of `write` for each would take longer than to write it.
        parts, pack = self.parts, _PACKER.pack
        for item in items:
            if type(item) in SHORT:
                self.items += 1
                parts.append(pack(item))
            else:
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
        if value.bit_length() > self.caps.digits * BITS_A_DIGIT:
            raise WireError(f"a whole number of more than {self.caps.digits} digits is too large to cross")
        self._extension(WHOLE, value.to_bytes(value.bit_length() // 8 + 1, "little", signed=True))

    def _array(self, value: np.ndarray[Any, Any]) -> None:
        if value.ndim > self.caps.dimensions:
            raise WireError(f"an array of {value.ndim} dimensions cannot cross; the limit is {self.caps.dimensions}")
        if value.nbytes > self.caps.size:
            raise WireError(too_large(value.nbytes, self.caps))
        order = value.dtype.byteorder
        order = NATIVE if order in "=|" else order
        form = struct.pack(f"<2sB{value.ndim}Q", f"{order}{value.dtype.char}".encode(), value.ndim, *value.shape)
        self._extension(ARRAY, form, value.tobytes())
