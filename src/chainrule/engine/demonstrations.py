"""Which of the course's own demonstrations (plots, training runs) a notebook needs to be marked: most are not.

A demonstration is kept where it makes a name that a student's cell, a check or another kept cell uses. Code that can
reach names in ways that its text does not show (`globals()`, `exec`) keeps them all.
"""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import dataclass

from chainrule.analysis.cell_text import read_cell
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
            if names.uses_anything or (not part.course and _reaches_anything(part.text, names.used & REACHES_ANYTHING)):
                return set()
            used |= names.used
    while needed := [name for name, names in left.items() if names.made & used or names.makes_anything]:
        for name in needed:
            names = left.pop(name)
            if names.uses_anything:
                return set()
            used |= names.used
    return set(left)


def _reaches_anything(text: str, doors: frozenset[str]) -> bool:
    """Whether a cell goes through one of these doors to the notebook's names: `vars(self)` leads to an object's own."""
    if not doors or doors - {"vars", "dir"}:
        return bool(doors)
    nodes = list(ast.walk(read_cell(text).tree))
    of_objects = {node.func for node in nodes if isinstance(node, ast.Call) and _is_self(node.args)}
    return any(isinstance(node, ast.Name) and node.id in doors and node not in of_objects for node in nodes)


def _is_self(arguments: Sequence[ast.expr]) -> bool:
    return len(arguments) == 1 and isinstance(arguments[0], ast.Name) and arguments[0].id == "self"
