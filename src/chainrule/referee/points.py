"""Partial credit: whether a check's last line is a number of points, and what stands for one.

nbgrader gives full marks where the last line's value is no number. A student whose function returns an array where the
check expects a number must not gain by that: what is added up to points has to end as a number.
"""

import ast
from collections.abc import Set
from typing import Any

import numpy as np

from chainrule.analysis.passed_on import mentions

_ARITHMETIC = frozenset({"min", "max", "round", "float", "int", "sum", "abs"})


def counts_points(tree: ast.Module) -> bool:
    """Whether the last line of a check is made of what it counts in: names that start as numbers, or are added to."""
    last = tree.body[-1] if tree.body else None
    if not isinstance(last, ast.Expr):
        return False
    # Only where the author counts: a last line that merely shows something may show anything.
    counters = _counters(tree)
    if isinstance(last.value, ast.Name | ast.BinOp | ast.UnaryOp | ast.IfExp):
        return mentions(last.value, counters)
    if isinstance(last.value, ast.Call) and isinstance(last.value.func, ast.Name):
        name = last.value.func.id
        return name in _scorers(tree, counters) or (name in _ARITHMETIC and mentions(last.value, counters))
    return False


def as_points(value: Any) -> tuple[Any, Exception | None]:
    """The number of points that a value stands for; an error where it stands for none.

    None stays None: a check that ends without a value is worth all of its points.
    """
    # An array of one number is one: what `points += f(x)` makes of a correct answer in an array.
    if type(value) is np.ndarray and value.size == 1 and value.dtype.kind in "biuf":
        value = value.item()
    # The type, not isinstance: a stand-in for an object of the student's would be asked for its class.
    if value is None or issubclass(type(value), int | float | np.integer | np.floating | np.bool_):
        return value, None
    kind = type(value).__name__
    advice = "Does your function return an array where it should return one number?"
    return None, AssertionError(f"The points of this check are no number, but a value of type {kind}. {advice}")


def _counters(tree: ast.Module) -> frozenset[str]:
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name):
            found.add(node.target.id)
        elif isinstance(node, ast.Assign) and _is_number(node.value):
            found |= {target.id for target in node.targets if isinstance(target, ast.Name)}
    return frozenset(found)


def _scorers(tree: ast.Module, counters: Set[str]) -> frozenset[str]:
    """The check's own functions that return what they count."""
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    return frozenset(
        function.name
        for function in functions
        for part in ast.walk(function)
        if isinstance(part, ast.Return) and part.value is not None and mentions(part.value, counters)
    )


def _is_number(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and type(node.value) in (int, float)
