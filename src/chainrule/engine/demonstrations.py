"""Which of the course's own demonstrations (plots, training runs) a notebook needs to be marked: most are not.

A demonstration is kept where it makes a name that a student's cell, a check or another kept cell uses. Code that can
reach names in ways that its text does not show (`globals()`, `exec`) keeps them all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from chainrule.analysis.names import names_of

REACHES_ANYTHING = frozenset({"globals", "locals", "vars", "exec", "eval", "get_ipython", "__main__", "dir"})


@dataclass(frozen=True)
class Part:
    """A code cell: whether it only demonstrates something, and whether the course wrote it."""

    name: str
    text: str
    demonstration: bool
    course: bool


def unneeded(parts: Sequence[Part]) -> set[str]:
    """The names of the demonstrations that no mark can depend on."""
    left = {part.name: names_of(part.text) for part in parts if part.demonstration}
    used: set[str] = set()
    for part in parts:
        if not part.demonstration:
            names = names_of(part.text)
            if names.uses_anything or (not part.course and names.used & REACHES_ANYTHING):
                return set()
            used |= names.used
    while needed := [name for name, names in left.items() if names.made & used or names.makes_anything]:
        for name in needed:
            names = left.pop(name)
            if names.uses_anything:
                return set()
            used |= names.used
    return set(left)
