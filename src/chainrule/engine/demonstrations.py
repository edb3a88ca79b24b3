"""Which of the course's own demonstrations (plots, training runs) a notebook needs to be marked: most are not.

A demonstration is kept where it makes a name that a student's cell, a check or another kept cell uses. Code that can
reach names in ways that its text does not show (`globals()`, `exec`) keeps them all.
"""

from __future__ import annotations

import ast
import symtable
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from chainrule.engine.instructor import MAGIC

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
    left = {part.name: part for part in parts if part.demonstration}
    used: set[str] = set()
    for part in parts:
        if not part.demonstration:
            names = global_names(part.text)
            if not part.course and names & REACHES_ANYTHING:
                return set()
            used |= names
    while needed := [name for name, part in left.items() if _makes(part.text) & used]:
        for name in needed:
            used |= global_names(left.pop(name).text)
    return set(left)


@cache
def _makes(text: str) -> frozenset[str]:
    """The names that a cell leaves in the notebook."""
    table = symtable.symtable(MAGIC.sub("", text), "cell", "exec")
    made = {symbol.get_name() for symbol in table.get_symbols() if _is_made(symbol)}
    return frozenset(made | set(_globals_in(table, assigned=True)))


@cache
def global_names(text: str) -> frozenset[str]:
    """The names that a cell reads before it has made them itself, in its functions too, or asks `globals()` for."""
    source = MAGIC.sub("", text)
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError):
        return frozenset()
    return frozenset(_keys(tree) | _read_in(tree.body, set()))


def _keys(tree: ast.Module) -> set[str]:
    """The names in `globals()["weights"]`."""
    asked = (
        node for node in ast.walk(tree) if isinstance(node, ast.Subscript) and ast.unparse(node.value) == "globals()"
    )
    return {
        node.slice.value for node in asked if isinstance(node.slice, ast.Constant) and isinstance(node.slice.value, str)
    }


def _read_in(body: Iterable[ast.stmt], made: set[str]) -> set[str]:
    """The names that statements read from outside; `made`, which grows, are those that were made before."""
    read: set[str] = set()
    for statement in body:
        if isinstance(statement, ast.For):
            read |= _names(statement.iter) - made
            made |= _names(statement.target)
            read |= _read_in([*statement.body, *statement.orelse], made)
        elif isinstance(statement, ast.With):
            read |= {name for item in statement.items for name in _names(item.context_expr)} - made
            made |= {name for item in statement.items if item.optional_vars for name in _names(item.optional_vars)}
            read |= _read_in(statement.body, made)
        elif isinstance(statement, ast.If):
            read |= _names(statement.test) - made
            read |= _read_in(statement.body, set(made)) | _read_in(statement.orelse, set(made))
        else:
            table = symtable.symtable(ast.unparse(statement), "cell", "exec")
            own = isinstance(statement, ast.FunctionDef | ast.ClassDef)
            read |= set(_globals_in(table)) - made - ({statement.name} if own else set())  # type: ignore[attr-defined]
            made |= {symbol.get_name() for symbol in table.get_symbols() if _is_made(symbol)}
    return read


def _names(expression: ast.expr) -> set[str]:
    return {node.id for node in ast.walk(expression) if isinstance(node, ast.Name)}


def _is_made(symbol: symtable.Symbol) -> bool:
    return symbol.is_assigned() or symbol.is_imported() or symbol.is_namespace()


def _globals_in(table: symtable.SymbolTable, *, assigned: bool = False) -> Iterator[str]:
    """The notebook's names that functions and the text itself read, or those that functions assign."""
    top = table.get_type() == "module"
    for symbol in table.get_symbols():
        if assigned:
            if not top and symbol.is_declared_global():
                yield symbol.get_name()
        elif symbol.is_referenced() and (symbol.is_global() or top):
            yield symbol.get_name()
    for child in table.get_children():
        yield from _globals_in(child, assigned=assigned)
