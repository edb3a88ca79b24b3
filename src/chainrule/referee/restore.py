"""Call by copy and restore: what a function changed in its arguments is done again to the check's own objects.

Where these are given data, they are made whole again before the next check: no check works out its truth from numbers
that a student's function has changed.
"""

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np

from chainrule.crossing.restore import restore
from chainrule.crossing.wire import WireError, decode, encode


class Originals:
    """What lists, dicts, sets and arrays were when they were given."""

    def __init__(self, values: Iterable[object] = ()) -> None:
        self._kept = [part for value in values for part in _parts(value, set())]

    def put_back(self) -> None:
        """Make them what they were, in place."""
        for value, before in self._kept:
            # Most are what they were, and to compare costs less than to write.
            if not _is_still(value, before):
                restore(value, decode(before))


def _is_still(value: Any, before: bytes) -> bool:
    try:
        return encode(value) == before
    except WireError:  # a check has put something into it that is no data, such as a student's function
        return False


def _parts(value: Any, seen: set[int]) -> Iterator[tuple[Any, bytes]]:
    """The value, or those parts of it that can cross to a student's function."""
    if type(value) not in (list, dict, set, tuple, np.ndarray) or id(value) in seen:
        return
    seen.add(id(value))
    try:
        yield value, encode(value)
    # A list with a function in it never crosses whole, but a check may pass on one of its rows.
    except WireError:
        for part in value.values() if type(value) is dict else () if type(value) is np.ndarray else value:
            yield from _parts(part, seen)
