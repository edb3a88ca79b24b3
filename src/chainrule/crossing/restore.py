"""Making one value equal to another in place, so that whoever holds it sees the change."""

import collections
import io
import random
from typing import Any

import numpy as np

__all__ = ["global_generators", "restore"]


def global_generators() -> tuple[Any, Any]:
    """The generators behind `random.random()` and `np.random.rand()`."""
    return random._inst, np.random.mtrand._rand


def restore(mine: Any, theirs: Any) -> None:
    """Make `mine` equal to `theirs` in place, keeping the identity of every container that stays.

    Raises:
        ValueError: the student changed an array that is read-only, or its shape.
        TypeError: the two are not of one kind.
    """
    if mine is theirs:
        return
    if isinstance(mine, np.ndarray):
        if mine.dtype.hasobject and mine.shape == theirs.shape:
            mine[...] = theirs
            return
        if type(theirs) is not type(mine) or theirs.dtype != mine.dtype or theirs.shape != mine.shape:
            raise ValueError("the shape or type of an array that was an argument changed during the call")
        mine[...] = theirs
    elif type(mine) is not type(theirs):
        raise TypeError("an argument changed its type")
    elif isinstance(mine, list):
        mine[:] = [_merged(*pair) for pair in zip(mine, theirs, strict=False)] + theirs[len(mine) :]
    elif isinstance(mine, dict):
        # Made anew, since the order of its keys may have changed, too.
        merged = {key: _merged(mine[key], value) if key in mine else value for key, value in theirs.items()}
        mine.clear()
        mine.update(merged)
    elif isinstance(mine, set):
        mine.clear()
        mine.update(theirs)
    # It cannot change itself, but the list in it can.
    elif isinstance(mine, tuple):
        for pair in zip(mine, theirs, strict=True):
            _merged(*pair)
    else:
        _replace(mine, theirs)


def _replace(mine: Any, theirs: Any) -> None:
    if isinstance(mine, collections.deque):
        mine.clear()
        mine.extend(theirs)
    elif isinstance(mine, bytearray):
        mine[:] = theirs
    elif isinstance(mine, io.StringIO | io.BytesIO):
        mine.seek(0)
        mine.truncate()
        mine.write(theirs.getvalue())
        mine.seek(theirs.tell())
    elif isinstance(mine, random.Random):
        mine.setstate(theirs.getstate())
    elif isinstance(mine, np.random.Generator):
        mine.bit_generator.state = theirs.bit_generator.state
    elif isinstance(mine, np.random.RandomState):
        mine.set_state(theirs.get_state(legacy=False))
    else:
        # A frame, a series, a graph: all that it is lies here.
        vars(mine).clear()
        vars(mine).update(vars(theirs))


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
