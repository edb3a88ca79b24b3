"""One object in several places of a value: what came as copies is made one object again, `[[0] * 2] * 2` for one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from chainrule.crossing.wire import WireError, encode

__all__ = ["are_made_one"]

MOST: Final = 1000
MOST_BYTES: Final = 1 << 22


def are_made_one(value: Any, shared: Sequence[tuple[Sequence[Any], Sequence[Any]]]) -> bool:
    """Whether this could be done: each place is named by its keys from the top, and by those of the first one.

    Only what is equal is made one: a kernel that says otherwise gains nothing, and no value grows by it.
    """
    compared = 0
    try:
        for path, first in shared:
            *above, last = path
            holder, same = _at(value, above), _at(value, first)
            here = encode(holder[last]) if type(holder) in (list, dict) else b""
            compared += len(here)
            if compared > MOST_BYTES or here != encode(same):
                return False
            holder[last] = same
    except (WireError, LookupError, TypeError, ValueError):
        return False
    return len(shared) < MOST


def _at(value: Any, path: Sequence[Any]) -> Any:
    for key in path:
        if type(value) not in (list, dict, tuple):
            raise TypeError("no such place")
        value = value[key]
    return value
