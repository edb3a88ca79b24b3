"""Which names of a text hold what came from the notebook, directly or through variables and helpers."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterator, Set
from functools import lru_cache
from typing import NamedTuple

from chainrule.analysis.names import bound_names

__all__ = ["fetched_names", "mentions"]

_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_BUILTINS = frozenset(dir(builtins))


class _Flow(NamedTuple):
    """One statement or expression: where any of `sources` holds the notebook's values, the `targets` do too."""

    sources: frozenset[str]
    targets: tuple[str, ...]


class _Names(NamedTuple):
    """What can be said of a text without knowing which names are the notebook's."""

    bound: frozenset[str]
    used: frozenset[str]
    flows: tuple[_Flow, ...]


def fetched_names(tree: ast.AST, own: Set[str], tainted: Set[str] = frozenset()) -> frozenset[str]:
    """Names in a text that hold, or may hold, what came from the notebook.

    Args:
        tree: the parsed text of a check or a given cell.
        own: names that are defined outside this text on the referee's side.
        tainted: names among these that use the notebook.
    """
    names = _names_of(tree)
    found = {"globals", *tainted, *(names.used - names.bound - own - _BUILTINS)}
    waiting = names.flows
    while ready := [flow for flow in waiting if not flow.sources.isdisjoint(found)]:
        waiting = tuple(flow for flow in waiting if flow.sources.isdisjoint(found))
        found.update(name for flow in ready for name in flow.targets)
    return frozenset(found)


def mentions(node: ast.AST, names: Set[str]) -> bool:
    """Whether one of these names stands anywhere in a piece of code."""
    return not _used_in(node).isdisjoint(names)


@lru_cache(maxsize=512)
def _names_of(tree: ast.AST) -> _Names:
    """Read a text once: each check of a notebook asks for the same given cells again."""
    names = [node for node in ast.walk(tree) if isinstance(node, ast.Name)]
    variables = {name.id for name in names if isinstance(name.ctx, ast.Store)}
    flows = (flow for node in ast.walk(tree) for flow in _flows(node, variables) if flow.targets)
    return _Names(bound_names(tree), frozenset(name.id for name in names), tuple(flows))


def _flows(node: ast.AST, variables: Set[str]) -> Iterator[_Flow]:
    """How one statement or expression passes values on."""
    if isinstance(node, ast.Assign):
        yield _Flow(_used_in(node.value), tuple(name for target in node.targets for name in _bases(target)))
    elif isinstance(node, ast.AnnAssign | ast.AugAssign | ast.NamedExpr) and node.value is not None:
        yield _Flow(_used_in(node.value), tuple(_bases(node.target)))
    elif isinstance(node, ast.For | ast.AsyncFor | ast.comprehension):
        yield _Flow(_used_in(node.iter), tuple(_bases(node.target)))
    elif isinstance(node, ast.withitem) and node.optional_vars is not None:
        yield _Flow(_used_in(node.context_expr), tuple(_bases(node.optional_vars)))
    elif isinstance(node, _SCOPES):
        yield _Flow(_used_in(*node.body), (node.name,))
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        # What is lent to the student's code, it may change.
        lent = (name for part in node.args for name in _bases(part) if name in variables)
        yield _Flow(frozenset({node.func.id}), tuple(lent))
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        # `results.append(f(x))` changes a variable; `np.array(f(x))` changes no module.
        changed = (name for name in _bases(node.func.value) if name in variables)
        yield _Flow(_used_in(*node.args), tuple(changed))


def _used_in(*parts: ast.AST) -> frozenset[str]:
    return frozenset(node.id for part in parts for node in ast.walk(part) if isinstance(node, ast.Name))


def _bases(target: ast.AST) -> list[str]:
    """The variables in the target of an assignment: `a`, `b` and `c` in `a, b[0], c.x = ...`."""
    if isinstance(target, ast.Name):
        return [target.id]
    if isinstance(target, ast.Tuple | ast.List):
        return [name for part in target.elts for name in _bases(part)]
    if isinstance(target, ast.Attribute | ast.Subscript | ast.Starred):
        return _bases(target.value)
    return []
