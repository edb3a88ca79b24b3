"""Make mutants of a solution: the same code with one small, plausible mistake.

Operators, numbers, comparisons, booleans and loops are mutated by Cosmic Ray. What it lacks and numerical code
needs is here: dropped terms, swapped operands and arguments, other names, other functions, removed statements.
"""

from __future__ import annotations

import ast
import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from chainrule.proof.habits import habits

# Shifts and bit operators raise at once on floats: such mutants prove nothing about a check.
SKIPPED_OPERATORS = re.compile(r"Shift|Bit|Is|Invert|NumberReplacer$|NoOp|Variable|ExceptionReplacer|AddNot|ZeroIter")
# What a numpy function is easily taken for.
TAKEN_FOR = {
    "sin": ["cos"],
    "cos": ["sin"],
    "tanh": ["sinh", "tan"],
    "cosh": ["sinh"],
    "exp": ["expm1", "exp2"],
    "log": ["log2", "log1p"],
    "sqrt": ["square", "abs"],
    "square": ["abs"],
    "sum": ["mean", "max"],
    "mean": ["sum", "max"],
    "max": ["min", "sum"],
    "min": ["max"],
    "maximum": ["minimum"],
    "minimum": ["maximum"],
    "argmax": ["argmin", "max"],
    "zeros": ["ones"],
    "ones": ["zeros"],
    "zeros_like": ["ones_like"],
    "ones_like": ["zeros_like"],
    "hstack": ["vstack"],
    "vstack": ["hstack"],
    "abs": ["square"],
    "append": ["insert"],
    "matmul": ["multiply"],
    "dot": ["multiply", "outer"],
    "outer": ["multiply"],
    "multiply": ["add"],
    "subtract": ["add"],
    "normal": ["uniform"],
    "sigmoid": ["tanh"],
}
DROPPED_CALLS = frozenset({"copy", "array", "asarray", "abs", "sqrt", "square", "float", "list", "tanh", "sigmoid"})


@dataclass(frozen=True)
class Mutant:
    """One mutant: the whole text, and the lines that it changed."""

    operator: str
    line: int
    was: str
    now: str
    text: str


def mutants(text: str, *, only: tuple[int, int] | None = None) -> list[Mutant]:
    """Every mutant of a text, each a different program, in the order of the text.

    Args:
        text: Python source.
        only: the first and last line that may be mutated (default: all).
    """
    seen = {ast.dump(ast.parse(text))}
    found = []
    for operator, mutated in [*_by_cosmic_ray(text), *_by_syntax(text)]:
        try:
            shape = ast.dump(ast.parse(mutated))
        except (SyntaxError, ValueError):
            continue
        if shape not in seen:
            seen.add(shape)
            mutant = _described(operator, text, mutated)
            if only is None or only[0] <= mutant.line <= only[1]:
                found.append(mutant)
    return sorted(found, key=lambda mutant: (mutant.line, mutant.operator, mutant.now))


def habitual_mutants(text: str) -> list[Mutant]:
    """The mutants of a text that look like good habits or shortcuts, in the order of the text."""
    found = [_described(habit, text, _replaced(text, node, now)) for habit, node, now in habits(text)]
    return sorted(found, key=lambda mutant: (mutant.line, mutant.operator, mutant.now))


def _described(operator: str, text: str, mutated: str) -> Mutant:
    old, new = text.splitlines(), mutated.splitlines()
    for tag, i, j, k, m in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            was = " ".join(line.strip() for line in old[i:j])
            now = " ".join(line.strip() for line in new[k:m])
            return Mutant(operator, i + 1, was, now, mutated)
    raise AssertionError("a mutant equals its original")


def _by_cosmic_ray(text: str) -> Iterator[tuple[str, str]]:
    from cosmic_ray.ast import ast_nodes, get_ast
    from cosmic_ray.mutating import mutate_code
    from cosmic_ray.plugins import get_operator, operator_names

    nodes = list(ast_nodes(get_ast(text)))
    for name in operator_names():
        if SKIPPED_OPERATORS.search(name):
            continue
        operator = get_operator(name)()
        # Each call reads the whole text anew, so none is made to learn that there is no more.
        for occurrence in range(sum(len(list(operator.mutation_positions(node))) for node in nodes)):
            if (mutated := mutate_code(text, operator, occurrence)) is not None:
                yield name.removeprefix("core/"), mutated


def _by_syntax(text: str) -> Iterator[tuple[str, str]]:
    tree = ast.parse(text)
    for node in ast.walk(tree):
        for operator, replacement in _replacements(node):
            yield operator, _replaced(text, node, replacement)
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef):
            yield from _name_swaps(text, function)


def _replacements(node: ast.AST) -> Iterator[tuple[str, str]]:
    """Texts that could stand in the place of a node, each with the name of what was done."""
    if isinstance(node, ast.BinOp):
        left, right = ast.unparse(node.left), ast.unparse(node.right)
        yield "drop the right operand", f"({left})"
        yield "drop the left operand", f"(-({right}))" if isinstance(node.op, ast.Sub) else f"({right})"
        if isinstance(node.op, ast.Sub | ast.Div | ast.MatMult | ast.Pow):
            swapped = ast.BinOp(node.right, node.op, node.left)
            yield "swap the operands", f"({ast.unparse(swapped)})"
        if isinstance(node.op, ast.MatMult):
            yield "elementwise for matrix product", f"({left} * {right})"
            yield "transpose the left factor", f"({left}).T @ {right}"
            yield "transpose the right factor", f"{left} @ ({right}).T"
    elif isinstance(node, ast.Call):
        yield from _call_replacements(node)
    elif isinstance(node, ast.Attribute) and node.attr == "T":
        yield "drop the transpose", ast.unparse(node.value)
    elif isinstance(node, ast.Constant):
        yield from _constant_replacements(node)
    elif isinstance(node, ast.Return) and node.value is not None:
        yield "remove a statement", "pass"
        if isinstance(node.value, ast.BinOp | ast.Call | ast.Name):
            yield "negate the result", f"return -({ast.unparse(node.value)})"
        if isinstance(node.value, ast.Tuple):
            reverse = ", ".join(ast.unparse(item) for item in reversed(node.value.elts))
            yield "swap the results", f"return {reverse}"
    elif isinstance(node, ast.Assign | ast.AugAssign) or (isinstance(node, ast.Expr) and not _is_docstring(node)):
        yield "remove a statement", "pass"
        if isinstance(node, ast.AugAssign):
            yield "assign instead of adding", f"{ast.unparse(node.target)} = {ast.unparse(node.value)}"
    elif isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Slice):
        yield "drop the slice", ast.unparse(node.value)


def _call_replacements(node: ast.Call) -> Iterator[tuple[str, str]]:
    called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    function = ast.unparse(node.func)
    arguments = [ast.unparse(argument) for argument in (*node.args, *node.keywords)]
    plain = len(node.args)
    for i in range(plain - 1):
        swapped = [*arguments[:i], arguments[i + 1], arguments[i], *arguments[i + 2 :]]
        yield "swap two arguments", f"{function}({', '.join(swapped)})"
    for i in range(plain, len(arguments)):
        kept = arguments[:i] + arguments[i + 1 :]
        yield "drop a keyword argument", f"{function}({', '.join(kept)})"
    for other in TAKEN_FOR.get(called, []):
        name = f"np.{other}" if isinstance(node.func, ast.Name) else f"{function[: -len(called)]}{other}"
        yield f"{other} for {called}", f"{name}({', '.join(arguments)})"
    if called in DROPPED_CALLS and plain:
        yield f"drop {called}", f"({arguments[0]})"
    elif called in DROPPED_CALLS and isinstance(node.func, ast.Attribute) and not arguments:
        yield f"drop {called}", ast.unparse(node.func.value)


def _constant_replacements(node: ast.Constant) -> Iterator[tuple[str, str]]:
    value = node.value
    if isinstance(value, bool) or not isinstance(value, int | float):
        return
    for other in (value + 1, value - 1, -value, value * 2, 0, 1):
        if other != value:
            yield "another number", f"({other!r})"


def _is_docstring(node: ast.Expr) -> bool:
    return isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)


def _name_swaps(text: str, function: ast.FunctionDef) -> Iterator[tuple[str, str]]:
    """Use one variable of the function in the place of another, or one key in the place of another."""
    nodes = list(ast.walk(function))
    arguments = {argument.arg for argument in function.args.args}
    assigned = {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    names = sorted((arguments | assigned) - {"self"})
    docstrings = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
    strings = [n for n in nodes if isinstance(n, ast.Constant) and isinstance(n.value, str) and id(n) not in docstrings]
    keys = sorted({str(node.value) for node in strings})
    for node in nodes:
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id in names:
            for other in names:
                yield f"{other} for {node.id}", _replaced(text, node, other)
        elif isinstance(node, ast.Constant) and node in strings:
            for key in keys:
                yield f"key {key!r} for {node.value!r}", _replaced(text, node, repr(key))


def _replaced(text: str, node: Any, replacement: str) -> str:
    """The text with the node's own characters replaced; offsets count bytes of UTF-8, as Python's do."""
    lines = text.encode("utf-8").splitlines(keepends=True)
    first, last = node.lineno - 1, node.end_lineno - 1
    before = b"".join(lines[:first]) + lines[first][: node.col_offset]
    after = lines[last][node.end_col_offset :] + b"".join(lines[last + 1 :])
    changed: bytes = before + replacement.encode("utf-8") + after
    return changed.decode("utf-8")
