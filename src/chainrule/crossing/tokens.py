"""What a message is made of: its values besides the plain ones, its tokens, and how large it may be."""

import math
import struct
from dataclasses import dataclass
from typing import Any, Final

import numpy as np


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
"""What an extension token begins, by its code."""

PLAIN: Final = frozenset({type(None), bool, int, float, str, bytes})
"""What is a token of its own."""
SHORT: Final = frozenset({type(None), bool, float, str})
"""Of these, what is written as it is; an int may be too large, and bytes too long to copy."""
SCALARS: Final = {char: np.dtype(char) for char in "?bBhHiIlLqQefdgFDG"}
SCALAR_TYPES: Final = {dtype.type: char.encode() for char, dtype in SCALARS.items()}
"""The exact types of numpy's scalars that cross, and the letter of each."""
NATIVE: Final = "<" if np.little_endian else ">"
LENGTH: Final = struct.Struct(">I")
NUMBER: Final = struct.Struct("<Q")
PAIR: Final = struct.Struct("<dd")
BITS_A_DIGIT: Final = math.log2(10)


def too_large(size: int, caps: Caps) -> str:
    """What is said of a value of that many bytes."""
    return f"a value of {size / 2**20:.1f} MiB is too large to cross; the limit is {caps.size / 2**20:.1f} MiB"
