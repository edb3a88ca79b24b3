"""The names that a cell makes and uses: what it leaves in the notebook, and what it must find there.

Python's own `symtable` refuses some texts that a student can write (`global` after use, an argument twice), and
recursion ends at sums of a thousand terms. This walks the tree with a list of its own, and takes every tree.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from chainrule.analysis.cell_text import read_cell

__all__ = ["CellNames", "bound_names", "definitions", "imported_modules", "names_of", "names_of_nodes", "read_in_order"]

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
_ALIASES: tuple[Any, ...] = tuple(filter(None, [getattr(ast, "TypeAlias", None)]))  # from Python 3.12 on
_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


@dataclass(frozen=True)
class CellNames:
    """What a text does with the names of the notebook.

    Args:
        made: the names that it leaves there; a variable inside a function is not among them.
        used: the names that it reads, at once or when somebody calls its functions.
        used_later: of these, the names that its functions read.
        makes_anything: it may make names that it does not show.
        uses_anything: it may read names that it does not show.
    """

    made: frozenset[str] = frozenset()
    used: frozenset[str] = frozenset()
    used_later: frozenset[str] = frozenset()
    makes_anything: bool = False
    uses_anything: bool = False


@lru_cache(maxsize=512)
def names_of(text: str) -> CellNames:
    """The names of a cell; those that it reads after it has made them itself are not among the used ones."""
    cell = read_cell(text)
    found = names_of_nodes(cell.tree.body)
    try:
        used = frozenset(read_in_order(cell.tree.body, set()) | _asked_by_key(cell.tree))
    except RecursionError:
        return CellNames(found.made, found.used, found.used_later, found.makes_anything or cell.opaque, True)
    return CellNames(found.made, used, found.used_later & used, found.makes_anything or cell.opaque, cell.opaque)


def names_of_nodes(nodes: Iterable[ast.AST]) -> CellNames:
    """The names of some statements or expressions, whatever their order: here `used` is what they read at once."""
    top = _Scope()
    _fill(top, nodes)
    made, now, later, star = set(top.bound), set(top.read), set[str](), top.star
    waiting = [(child, frozenset[str](), False) for child in top.children]
    while waiting:
        scope, around, deferred = waiting.pop()
        deferred = deferred or scope.kind == "function"
        made |= scope.bound & scope.of_module
        star |= scope.star
        own = set() if scope.kind == "class" else scope.bound - scope.of_module - scope.outer
        (later if deferred else now).update(
            name for name in scope.read if name in scope.of_module or (name not in own and name not in around)
        )
        # The names of a class are not those of its methods, which know the class itself.
        inside = around | {"__class__"} if scope.kind == "class" else (around | own) - scope.of_module
        waiting += [(child, frozenset(inside), deferred) for child in scope.children]
    return CellNames(frozenset(made), frozenset(now), frozenset(later), makes_anything=star)


@dataclass
class _Scope:
    """A module, class, function or comprehension; a comprehension runs at once, a function when it is called."""

    kind: str = "module"
    owner: _Scope | None = None
    """Where `:=` in a comprehension puts its name."""
    bound: set[str] = field(default_factory=set)
    read: set[str] = field(default_factory=set)
    of_module: set[str] = field(default_factory=set)
    outer: set[str] = field(default_factory=set)
    children: list[_Scope] = field(default_factory=list)
    star: bool = False

    def child(self, kind: str) -> _Scope:
        owner = (self.owner or self) if kind == "comprehension" else None
        self.children.append(_Scope(kind, owner))
        return self.children[-1]


def _fill(top: _Scope, nodes: Iterable[ast.AST]) -> None:
    waiting: list[tuple[_Scope, ast.AST]] = [(top, node) for node in nodes]
    while waiting:
        scope, node = waiting.pop()
        if isinstance(node, ast.Name):
            (scope.read if isinstance(node.ctx, ast.Load) else scope.bound).add(node.id)
        elif isinstance(node, _FUNCTIONS):
            waiting += _enter_function(scope, node)
        elif isinstance(node, ast.ClassDef):
            scope.bound.add(node.name)
            waiting += [(scope, part) for part in node.decorator_list]
            around = _with_type_parameters(scope, node)
            waiting += [(around, part) for part in (*_bounds(node), *node.bases, *node.keywords)]
            body = around.child("class")
            waiting += [(body, part) for part in node.body]
        elif isinstance(node, _ALIASES):
            scope.bound.add(node.name.id)
            around = _with_type_parameters(scope, node)
            waiting += [(around, part) for part in (*_bounds(node), node.value)]
        elif isinstance(node, _COMPREHENSIONS):
            first, *others = node.generators
            body = scope.child("comprehension")
            waiting += [(scope, first.iter), (body, first.target), *((body, test) for test in first.ifs)]
            values = (node.key, node.value) if isinstance(node, ast.DictComp) else (node.elt,)
            waiting += [(body, part) for part in (*others, *values)]
        else:
            _note(scope, node)
            waiting += [(scope, part) for part in ast.iter_child_nodes(node) if not _is_bare(scope, node, part)]


def _enter_function(
    scope: _Scope, node: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
) -> Iterator[tuple[_Scope, ast.AST]]:
    """What runs where the function is defined, then its body in a scope of its own."""
    around = _with_type_parameters(scope, node)
    inside = around.child("function")
    arguments = node.args
    every = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
    every += [argument for argument in (arguments.vararg, arguments.kwarg) if argument]
    inside.bound |= {argument.arg for argument in every}
    at_once = [*arguments.defaults, *arguments.kw_defaults]
    told = [argument.annotation for argument in every]
    if isinstance(node, ast.Lambda):
        yield inside, node.body
    else:
        scope.bound.add(node.name)
        at_once += node.decorator_list
        told += [*_bounds(node), node.returns]
        yield from ((inside, part) for part in node.body)
    yield from ((scope, part) for part in at_once if part is not None)
    yield from ((around, part) for part in told if part is not None)


def _with_type_parameters(scope: _Scope, node: ast.AST) -> _Scope:
    """Where annotations, bases and body stand: `T` of `def f[T](x: T)` is known there alone (PEP 695)."""
    parameters = getattr(node, "type_params", ())
    if not parameters:
        return scope
    around = scope.child("comprehension")
    around.bound |= {parameter.name for parameter in parameters}
    return around


def _bounds(node: ast.AST) -> list[ast.expr]:
    """What stands behind the type parameters of a definition: bounds, and what they are where nobody says."""
    parts = [
        getattr(parameter, name, None)
        for parameter in getattr(node, "type_params", ())
        for name in ("bound", "default_value")
    ]
    return [part for part in parts if part is not None]


def _note(scope: _Scope, node: ast.AST) -> None:
    """The names in a node that are no expression of their own."""
    if isinstance(node, ast.Import | ast.ImportFrom):
        scope.star |= any(alias.name == "*" for alias in node.names)
        scope.bound |= {alias.asname or alias.name.partition(".")[0] for alias in node.names if alias.name != "*"}
    elif isinstance(node, ast.Global):
        scope.of_module |= set(node.names)
    elif isinstance(node, ast.Nonlocal):
        scope.outer |= set(node.names)
    elif isinstance(node, ast.NamedExpr):
        (scope.owner or scope).bound.add(node.target.id)
    elif isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name):
        scope.read.add(node.target.id)
    elif isinstance(node, ast.ExceptHandler | ast.MatchAs | ast.MatchStar) and node.name:
        scope.bound.add(node.name)
    elif isinstance(node, ast.MatchMapping) and node.rest:
        scope.bound.add(node.rest)


def _is_bare(scope: _Scope, node: ast.AST, part: ast.AST) -> bool:
    """Whether this part of a node makes no name: the `x` of `x: int` outside of functions, and of `x := 1`."""
    if isinstance(node, ast.NamedExpr):
        return part is node.target
    return isinstance(node, ast.AnnAssign) and part is node.target and node.value is None and scope.kind != "function"


def read_in_order(body: Iterable[ast.stmt], made: set[str]) -> set[str]:
    """The names that statements read before they have made them; `made` grows by what they make.

    What one branch alone makes counts within it only: nobody knows whether it was entered.

    Raises:
        RecursionError: the statements stand in one another a thousand deep.
    """
    read: set[str] = set()

    def expressions(*parts: ast.AST | None) -> None:
        found = names_of_nodes([part for part in parts if part is not None])
        read.update((found.used | found.used_later) - made)
        made.update(found.made)

    def branches(*blocks: list[ast.stmt], names: Iterable[str] = ()) -> None:
        ends = []
        for block in blocks:
            ends.append(made | set(names))
            read.update(read_in_order(block, ends[-1]))
        made.update(set.intersection(*ends))

    for node in body:
        if isinstance(node, ast.If | ast.While):
            expressions(node.test)
            branches(node.body, node.orelse)
        elif isinstance(node, ast.For | ast.AsyncFor):
            expressions(node.iter)
            expressions(node.target)
            read |= read_in_order([*node.body, *node.orelse], made)
        elif isinstance(node, ast.With | ast.AsyncWith):
            for item in node.items:
                expressions(item.context_expr)
                expressions(item.optional_vars)
            read |= read_in_order(node.body, made)
        elif isinstance(node, ast.Try | ast.TryStar):
            expressions(*(handler.type for handler in node.handlers))
            caught = {handler.name for handler in node.handlers if handler.name}
            branches([*node.body, *node.orelse], *(handler.body for handler in node.handlers), names=caught)
            read |= read_in_order(node.finalbody, made)
        else:
            found = names_of_nodes([node])
            own = {node.name} if isinstance(node, _DEFINITIONS) else set()
            read |= (found.used | (found.used_later - own)) - made
            made |= found.made
    return read


def _asked_by_key(tree: ast.Module) -> set[str]:
    """The names in `globals()["weights"]`."""
    return {
        node.slice.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Subscript)
        and isinstance(node.value, ast.Call)
        and isinstance(node.value.func, ast.Name)
        and node.value.func.id == "globals"
        and isinstance(node.slice, ast.Constant)
        and isinstance(node.slice.value, str)
    }


def bound_names(tree: ast.AST) -> frozenset[str]:
    """Every name that a text defines somewhere, in its functions too: variables, imports, functions, arguments."""
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
        elif isinstance(node, _DEFINITIONS):
            names.add(node.name)
        elif isinstance(node, ast.arg):
            names.add(node.arg)
        elif isinstance(node, ast.alias):
            names.add(node.asname or node.name.partition(".")[0])
        elif isinstance(node, ast.ExceptHandler | ast.MatchAs | ast.MatchStar) and node.name:
            names.add(node.name)
    return frozenset(names)


def imported_modules(text: str) -> tuple[str, ...]:
    """The modules that a cell imports at its top level, in order."""
    found: dict[str, None] = {}
    for node in read_cell(text).tree.body:
        if isinstance(node, ast.Import):
            found |= dict.fromkeys(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found[node.module] = None
    return tuple(found)


def definitions(text: str) -> frozenset[str]:
    """The functions and classes that a cell defines at its top level, also where it cannot be parsed."""
    cell = read_cell(text)
    if cell.tree.body or not cell.opaque:
        return frozenset(node.name for node in cell.tree.body if isinstance(node, _DEFINITIONS))
    return frozenset(re.findall(r"^(?:async +def|def|class) +(\w+)", text, re.M))
