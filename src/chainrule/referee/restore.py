"""Call by copy and restore: what a function changed in its arguments is done again to the check's own objects.

Where these are given data, they are made whole again before the next check: no check works out its truth from numbers
that a student's function has changed.
"""

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np

from chainrule.crossing.wire import WireError, decode, encode


class Originals:
    """What lists, dicts, sets and arrays were when they were given."""

    def __init__(self, values: Iterable[object] = ()) -> None:
        self._kept = [part for value in values for part in _parts(value, set())]

    def put_back(self) -> None:
        """Make them what they were, in place."""
        for value, before in self._kept:
            if encode(value) != before:
                restore(value, decode(before))


def _parts(value: Any, seen: set[int]) -> Iterator[tuple[Any, bytes]]:
    """The value, or those parts of it that can cross to a student's function."""
    if type(value) not in (list, dict, set, tuple, np.ndarray) or id(value) in seen:
        return
    seen.add(id(value))
    try:
        yield value, encode(value)
    except WireError:
        for part in value.values() if type(value) is dict else () if type(value) is np.ndarray else value:
            yield from _parts(part, seen)


def restore(mine: Any, theirs: Any) -> None:
    """Make `mine` equal to `theirs` in place, keeping the identity of every container that stays.

    Raises:
        ValueError: the student changed an array that is read-only, or its shape.
        TypeError: the two are not of one kind.
    """
    if mine is theirs:
        return
    if isinstance(mine, np.ndarray):
        if type(theirs) is not np.ndarray or theirs.dtype != mine.dtype or theirs.shape != mine.shape:
            raise ValueError("the shape or type of an array that was an argument changed during the call")
        mine[...] = theirs
    elif type(mine) is not type(theirs):
        raise TypeError("an argument changed its type")
    elif isinstance(mine, list):
        mine[:] = [_merged(*pair) for pair in zip(mine, theirs, strict=False)] + theirs[len(mine) :]
    elif isinstance(mine, dict):
        merged = {key: _merged(mine[key], value) if key in mine else value for key, value in theirs.items()}
        mine.clear()
        mine.update(merged)
    elif isinstance(mine, set):
        mine.clear()
        mine.update(theirs)
    elif isinstance(mine, tuple):
        for pair in zip(mine, theirs, strict=True):
            _merged(*pair)


def _merged(mine: Any, theirs: Any) -> Any:
    """The old object with its new content where that can be done, else the new one."""
    same = type(mine) is type(theirs) and isinstance(mine, list | dict | set | tuple | np.ndarray)
    if same and isinstance(mine, np.ndarray):
        same = mine.dtype == theirs.dtype and mine.shape == theirs.shape
    if same and isinstance(mine, tuple):
        same = len(mine) == len(theirs)
    if not same:
        return theirs
    restore(mine, theirs)
    return mine
