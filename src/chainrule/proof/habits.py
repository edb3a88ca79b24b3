"""Mutants that look like good habits or shortcuts, and that no tool for mutation makes.

A value is clipped, loses its sign, is kept in fewer digits, is taken for done where it is small, or is remembered from
the call before; the last row is forgotten; an argument is changed after its last use; a denominator gets a little more.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

# What works in these frameworks may use 32 bits: only fewer than that is a slip there.
FRAMEWORKS = ("torch.", "tf.")
BOUNDED = frozenset({"sigmoid", "where"})


def habits(text: str) -> Iterator[tuple[str, ast.expr, str]]:
    """Each habit that a text could have: its name, the expression that it changes, and what stands there then."""
    small = "float16" if any(word in text for word in FRAMEWORKS) else "float32"
    for function in (node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef)):
        names = [argument.arg for argument in function.args.args if argument.arg != "self"]
        arrays = [name for name in names if _is_array(function, name)]
        for node in ast.walk(function):
            if isinstance(node, ast.Return) and isinstance(node.value, ast.BinOp | ast.Call):
                yield from _of_value(node.value)
                yield from _of_result(node.value, small)
            elif isinstance(node, ast.Assign) and isinstance(node.value, ast.BinOp):
                yield from _of_value(node.value)
            elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div):
                below = f"({ast.unparse(node.left)}) / (({ast.unparse(node.right)}) + 1e-08)"
                yield "a little more below the line", node, f"({below})"
            if isinstance(node, ast.Return) and node.value is not None:
                yield from _of_arguments(node.value, names, arrays)


def _is_array(function: ast.FunctionDef, name: str) -> bool:
    """Whether the docstring calls an argument an array, or gives its shape."""
    words = ast.get_docstring(function) or ""
    return any(name in line.split(":")[0] and ("shape" in line or "array" in line) for line in words.splitlines())


def _is_bounded(node: ast.expr) -> bool:
    """Whether a value lies between 0 and 1 anyway: no clipping and no lost sign can be seen in it."""
    called = node.func if isinstance(node, ast.Call) else None
    name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
    if name == "reshape" and isinstance(called, ast.Attribute):
        return _is_bounded(called.value)
    return name in BOUNDED


def _of_value(node: ast.expr) -> Iterator[tuple[str, ast.expr, str]]:
    value = ast.unparse(node)
    if _is_bounded(node):
        return
    for limit in (1, 5, 10):
        yield f"clip at {limit}", node, f"np.clip({value}, -{limit}, {limit})"
    yield "lose the sign", node, f"np.sqrt(({value}) ** 2)"


def _of_result(node: ast.expr, small: str) -> Iterator[tuple[str, ast.expr, str]]:
    value = ast.unparse(node)
    if "where" not in value:  # a choice between whole numbers has no digits, and nothing small
        yield "keep fewer digits", node, f"np.{small}({value})"
        yield "take small for nothing", node, f"(lambda r: np.where(np.abs(r) < 0.001, 0 * r, r))({value})"
    rows = "np.arange(len(r)).reshape(-1, *[1] * (np.ndim(r) - 1)) < len(r) - 1"
    yield "forget the last row", node, f"(lambda r: np.where({rows}, r, 0) if np.ndim(r) else r)({value})"
    yield "do another thing with one row", node, f"(lambda r: 0 * r if np.ndim(r) and len(r) == 1 else r)({value})"


def _of_arguments(node: ast.expr, names: list[str], arrays: list[str]) -> Iterator[tuple[str, ast.expr, str]]:
    value = ast.unparse(node)
    for name in arrays:
        each = f"{name} if isinstance({name}, list) else [{name}]"
        change = f"[a.__setitem__(..., 0.5) for a in ({each}) if isinstance(a, np.ndarray) and a.ndim]"
        yield f"change {name} after its last use", node, f"(lambda r: ({change}, r)[1])({value})"
    if names:
        key = f"(np.shape({names[0]}), {value!r})"
        kept = f"globals().setdefault('_kept', {{}}).setdefault({key}, {value})"
        yield "remember the answer before", node, kept
