"""Which names of a text hold what came from the notebook, directly or through variables and helpers."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterable, Set

from chainrule.analysis.names import bound_names

__all__ = ["fetched_names", "mentions"]

_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


def fetched_names(tree: ast.AST, own: Set[str], tainted: Set[str] = frozenset()) -> frozenset[str]:
    """Names in a text that hold, or may hold, what came from the notebook.

    Args:
        tree: the parsed text of a check or a given cell.
        own: names that are defined outside this text on the referee's side.
        tainted: names among these that use the notebook.
    """
    bound = bound_names(tree)
    known = bound | own | set(dir(builtins))
    found = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and n.id not in known}
    found |= {"globals"} | tainted
    variables = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    while True:
        more = {name for node in ast.walk(tree) for name in _receivers(node, found, variables)} - found
        if not more:
            return frozenset(found)
        found |= more


def mentions(node: ast.AST, names: Set[str]) -> bool:
    """Whether one of these names stands anywhere in a piece of code."""
    return any(isinstance(part, ast.Name) and part.id in names for part in ast.walk(node))


def _receivers(node: ast.AST, tainted: Set[str], variables: Set[str]) -> Iterable[str]:
    """The names that one statement or expression passes the notebook's values on to."""
    if isinstance(node, ast.Assign) and mentions(node.value, tainted):
        return [name for target in node.targets for name in _bases(target)]
    if isinstance(node, ast.AnnAssign | ast.AugAssign | ast.NamedExpr):
        return _bases(node.target) if node.value is not None and mentions(node.value, tainted) else ()
    if isinstance(node, ast.For | ast.AsyncFor | ast.comprehension):
        return _bases(node.target) if mentions(node.iter, tainted) else ()
    if isinstance(node, ast.withitem) and node.optional_vars is not None:
        return _bases(node.optional_vars) if mentions(node.context_expr, tainted) else ()
    if isinstance(node, _SCOPES):
        return [node.name] if any(mentions(part, tainted) for part in node.body) else ()
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in tainted:
        # What is lent to the student's code, it may change.
        return [name for part in node.args for name in _bases(part) if name in variables]
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        # `results.append(f(x))` changes a variable; `np.array(f(x))` changes no module.
        changed = [name for name in _bases(node.func.value) if name in variables]
        return changed if any(mentions(part, tainted) for part in node.args) else ()
    return ()


def _bases(target: ast.AST) -> list[str]:
    """The variables in the target of an assignment: `a`, `b` and `c` in `a, b[0], c.x = ...`."""
    if isinstance(target, ast.Name):
        return [target.id]
    if isinstance(target, ast.Tuple | ast.List):
        return [name for part in target.elts for name in _bases(part)]
    if isinstance(target, ast.Attribute | ast.Subscript | ast.Starred):
        return _bases(target.value)
    return []
