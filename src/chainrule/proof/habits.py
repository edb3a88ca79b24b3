"""Mutants that look like good habits or shortcuts, and that no tool for mutation makes.

A value is clipped, loses its sign, is kept in fewer digits, is taken for done where it is small, or is remembered from
the call before; the last row or turn is forgotten; an argument is changed after its last use; a denominator gets a
little more; a kink moves; a function or a loop ends early where little is left to do.
"""

from __future__ import annotations

import ast
import re
import textwrap
from collections.abc import Iterator

# What works in these frameworks may use 32 bits: only fewer than that is a slip there.
FRAMEWORKS = ("torch.", "tf.")
BOUNDED = frozenset({"sigmoid", "where"})
POSITIVE = frozenset({"sigmoid", "where", "exp", "abs", "norm", "square", "sqrt", "cosh"})
SMALL = 0.001
LARGE = 10
# What the docstring of an argument says where it is one number, and where it is no number that could be small.
NUMBER = re.compile(r"\b(a|one|single|float)\b.*\bnumbers?\b|\bfloat")
NEVER_SMALL = re.compile(r"function|above 0|whole|sizes|one-hot|how many|logarithms")
STRICT = {ast.Gt: ">", ast.Lt: "<"}
LOOSE = {ast.GtE: ">=", ast.LtE: "<="}

Habit = tuple[str, ast.expr | ast.stmt, str]


def habits(text: str) -> Iterator[Habit]:
    """Each habit that a text could have: its name, the code that it changes, and what stands there then."""
    small = "float16" if any(word in text for word in FRAMEWORKS) else "float32"
    for function in (node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef)):
        names = [argument.arg for argument in function.args.args if argument.arg != "self"]
        arrays = [name for name in names if _is_array(function, name)]
        again = {
            node.id for node in ast.walk(function) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
        }
        for node in ast.walk(function):
            yield from _of_node(node, function, small)
            if isinstance(node, ast.Return) and node.value is not None:
                yield from _of_arguments(node.value, names, [name for name in arrays if name not in again])
        yield from _early_ends(function, names, arrays)


def _of_node(node: ast.AST, function: ast.FunctionDef, small: str) -> Iterator[Habit]:
    if isinstance(node, ast.Return) and isinstance(node.value, ast.BinOp | ast.Call):
        is_share = _is_share_of_the_largest(node.value, function)
        counts = _is_made_of_counts(node.value, function)
        yield from () if is_share else _of_value(node.value, signs=not counts)
        if not counts:  # nothing is small, and few digits are exact
            yield from _of_result(node.value, small, rows=_gives_rows(function), whole=is_share)
    elif isinstance(node, ast.Assign | ast.AugAssign) and isinstance(node.value, ast.BinOp):
        misses = _is_share_minus_label(node.value, function) or _misses_a_class(node.value, function)
        yield from _of_value(node.value, clips=not misses)
    elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div) and not isinstance(node.right, ast.Constant):
        below = f"({ast.unparse(node.left)}) / (({ast.unparse(node.right)}) + 1e-08)"
        yield "a little more below the line", node, f"({below})"
    elif isinstance(node, ast.Compare):
        yield from _moved_kinks(node)
    elif isinstance(node, ast.Call):
        yield from _of_call(node)
    elif isinstance(node, ast.For):
        yield from _of_loop(node)


def _about(function: ast.FunctionDef, name: str) -> str:
    """What the docstring says of an argument, or nothing."""
    for line in (ast.get_docstring(function) or "").splitlines():
        before, colon, after = line.partition(":")
        if colon and name in re.split(r",\s*", before.strip()):
            return after
    return ""


def _is_array(function: ast.FunctionDef, name: str) -> bool:
    """Whether the docstring calls an argument an array, or gives its shape."""
    return bool(re.search(r"shape (?!\(\))|array", _about(function, name)))


def _gives_rows(function: ast.FunctionDef) -> bool:
    """Whether the docstring promises an array with rows."""
    returns = (ast.get_docstring(function) or "").partition("Returns:")[2].partition("Example")[0]
    return bool(re.search(r"shape (?!\(\))|array|in the shape of", returns))


def _called(node: ast.expr) -> str:
    function = node.func if isinstance(node, ast.Call) else None
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _is_bounded(node: ast.expr) -> bool:
    """Whether a value lies between 0 and 1 anyway: no clipping and no lost sign can be seen in it."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult):
        return _is_bounded(node.left) and _is_bounded(node.right)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Sub):
        return ast.unparse(node.left) == "1" and _is_bounded(node.right)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div):
        return "np.exp(-z)" in ast.unparse(node) or _is_share(node)
    if _called(node) == "reshape" and isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        return _is_bounded(node.func.value)
    return _called(node) in BOUNDED


def _is_share(node: ast.BinOp) -> bool:
    """Whether this is the length of a difference, divided by the sum of both lengths; or a part of a sum."""
    left, right = ast.unparse(node.left), ast.unparse(node.right)
    return right == f"np.sum({left})" or (_called(node.left) == "norm" and ("norm" in right or right == "length"))


def _is_share_of_the_largest(node: ast.expr, function: ast.FunctionDef) -> bool:
    """Whether this is an argument of whole numbers, divided by the largest that its docstring allows."""
    if not (isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div) and isinstance(node.left, ast.Name)):
        return False
    return f"whole numbers from 0 to {ast.unparse(node.right)}" in _about(function, node.left.id)


def _is_share_minus_label(node: ast.expr, function: ast.FunctionDef) -> bool:
    """Whether this is a softmax minus a one-hot label: it lies between -1 and 1, so no clipping can be seen in it."""
    if not (isinstance(node, ast.BinOp) and isinstance(node.op, ast.Sub) and "one_hot" in _called(node.right)):
        return False
    made = (one for one in ast.walk(function) if isinstance(one, ast.Assign) and _called(one.value) == "softmax")
    return any(ast.unparse(target) == ast.unparse(node.left) for one in made for target in one.targets)


def _misses_a_class(node: ast.expr, function: ast.FunctionDef) -> bool:
    """Whether this is a value between 0 and 1 minus a class, 0 or 1: it lies between -1 and 1, too."""
    if not (isinstance(node, ast.BinOp) and isinstance(node.op, ast.Sub) and isinstance(node.right, ast.Name)):
        return False
    return _is_bounded(node.left) and "0 or 1" in _about(function, node.right.id)


def _is_made_of_counts(node: ast.expr, function: ast.FunctionDef) -> bool:
    """Whether all variables of a value are arguments that count something."""
    names = {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}
    return bool(names) and all(re.search(r"how many|the number of", _about(function, name)) for name in names)


def _is_positive(node: ast.expr) -> bool:
    """Whether a value is never below 0, whatever it is made from."""
    if _is_bounded(node):
        return True
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Pow):
        return ast.unparse(node.right) == "2"
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Mult | ast.Div):
        return _is_positive(node.left) and _is_positive(node.right)
    if _called(node) in ("mean", "sum", "maximum") and isinstance(node, ast.Call) and node.args:
        zero = ast.unparse(node.args[0]) == "0"
        return zero or _is_positive(node.args[0])
    return _called(node) in POSITIVE or ast.unparse(node).replace(".", "").isdigit()


def _of_value(node: ast.expr, *, clips: bool = True, signs: bool = True) -> Iterator[Habit]:
    value = ast.unparse(node)
    if clips and not _is_bounded(node):
        for limit in (1, 5, LARGE):
            yield f"clip at {limit}", node, f"np.clip({value}, -{limit}, {limit})"
    if signs and not _is_positive(node):
        yield "lose the sign", node, f"np.sqrt(({value}) ** 2)"


def _of_result(node: ast.expr, small: str, *, rows: bool, whole: bool = False) -> Iterator[Habit]:
    value = ast.unparse(node)
    if "where" not in value:  # a choice between whole numbers has no digits, and nothing small
        yield "keep fewer digits", node, f"np.{small}({value})"
    if "where" not in value and not whole:
        yield "take small for nothing", node, f"(lambda r: np.where(np.abs(r) < {SMALL}, 0 * r, r))({value})"
    if rows:
        kept = "np.arange(len(r)).reshape(-1, *[1] * (np.ndim(r) - 1)) < len(r) - 1"
        yield "forget the last row", node, f"(lambda r: np.where({kept}, r, 0) if np.ndim(r) else r)({value})"
        yield "do another thing with one row", node, f"(lambda r: 0 * r if np.ndim(r) and len(r) == 1 else r)({value})"


def _moved_kinks(node: ast.Compare) -> Iterator[Habit]:
    if len(node.ops) != 1:
        return
    left, right = ast.unparse(node.left), ast.unparse(node.comparators[0])
    sign = {**STRICT, **LOOSE}.get(type(node.ops[0]))
    if sign:
        other = sign[0] if len(sign) == 2 else sign + "="
        yield "move the kink by nothing", node, f"({left} {other} {right})"
        yield "move the kink to the right", node, f"({left} {sign} {right} + {SMALL})"
        yield "move the kink to the left", node, f"({left} {sign} {right} - {SMALL})"


def _of_call(node: ast.Call) -> Iterator[Habit]:
    """What goes into a bent function is clipped; the last of what a loop would go through is left out."""
    name = _called(node)
    if name in ("exp", "tanh", "sigmoid", "sin") and len(node.args) == 1:
        function, value = ast.unparse(node.func), ast.unparse(node.args[0])
        yield f"clip what goes in at {LARGE}", node, f"{function}(np.clip({value}, -{LARGE}, {LARGE}))"
    elif name in ("range", "zip", "enumerate") and isinstance(node.func, ast.Name):
        yield "leave out the last turn", node, f"list({ast.unparse(node)})[:-1]"


def _of_loop(loop: ast.For) -> Iterator[Habit]:
    """A loop ends, or a turn of it, where what it has just found is small."""
    for node in loop.body:
        is_last = node is loop.body[-1]
        inside = node.value if isinstance(node, ast.Expr) else None
        if isinstance(inside, ast.Call) and _called(inside) == "append" and isinstance(inside.func, ast.Attribute):
            if any(map(_is_drawn, inside.args)):
                continue
            test = _is_small(f"{ast.unparse(inside.func.value)}[-1]")
            yield "stop where little is left", node, _with_line(node, f"if {test}: break", after=True)
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and not is_last:
            if not _has_numbers(node.value):
                continue
            test = _is_small(node.targets[0].id)
            yield "skip where little is left", node, _with_line(node, f"if {test}: continue", after=True)


def _is_drawn(value: ast.expr) -> bool:
    """Whether a value is drawn at random, so that all its numbers are never small."""
    return _called(value) in ("normal", "standard_normal", "uniform")


def _has_numbers(value: ast.expr) -> bool:
    """Whether a value is neither an empty list nor a dict of a forward pass."""
    return not isinstance(value, ast.List | ast.ListComp) and not _called(value).startswith("forward")


def _is_small(name: str, *, parts: bool = False) -> str:
    """A test whether all numbers of a value are small; of a list of arrays, where there are parts."""
    return f"all(np.all(np.abs(part) < {SMALL}) for part in {name})" if parts else f"np.all(np.abs({name}) < {SMALL})"


def _with_line(node: ast.stmt, line: str, *, after: bool) -> str:
    indent = " " * node.col_offset
    lines = [ast.unparse(node), line] if after else [line, ast.unparse(node)]
    return textwrap.indent("\n".join(lines), indent).lstrip()


def _early_ends(function: ast.FunctionDef, names: list[str], arrays: list[str]) -> Iterator[Habit]:
    """The function ends at once, and gives back what it was given, where an argument is small, or one row."""
    begins = [node for node in function.body if not _is_text(node)]
    returns = [node.value for node in ast.walk(function) if isinstance(node, ast.Return) and node.value is not None]
    if not names or not begins:
        return
    back = f"return {_as_it_came(returns[-1], names)}" if returns else "return"
    for name in names:
        about = _about(function, name)
        if (name in arrays or NUMBER.search(about)) and not NEVER_SMALL.search(about):
            line = f"if {_is_small(name, parts='list of' in about)}: {back}  # {function.name}"
            yield f"end at once where {name} is small", begins[0], _with_line(begins[0], line, after=False)
    rows = [name for name in arrays if re.search(r"shape \((n|m|N|rows)\b", _about(function, name))]
    for name in [name for name in rows[:1] if "one-hot" not in _about(function, name)]:  # a label is no row of data
        line = f"if np.ndim({name}) and len({name}) == 1: {back}  # {function.name}"
        yield f"end at once where {name} is one row", begins[0], _with_line(begins[0], line, after=False)


def _is_text(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _as_it_came(value: ast.expr, names: list[str]) -> str:
    """What a hasty function returns: for each result the argument that it begins with, or else the first one."""
    if isinstance(value, ast.Tuple | ast.List):
        return "(" + ", ".join(_first_name(part, names) or f"0 * {names[0]}" for part in value.elts) + ",)"
    return names[0]


def _first_name(value: ast.expr, names: list[str]) -> str:
    while isinstance(value, ast.BinOp):
        value = value.left
    return value.id if isinstance(value, ast.Name) and value.id in names else ""


def _of_arguments(node: ast.expr, names: list[str], arrays: list[str]) -> Iterator[Habit]:
    value = ast.unparse(node)
    for name in arrays:
        each = f"{name} if isinstance({name}, list) else [{name}]"
        change = f"[a.__setitem__(..., 0.5) for a in ({each}) if isinstance(a, np.ndarray) and a.ndim]"
        yield f"change {name} after its last use", node, f"(lambda r: ({change}, r)[1])({value})"
    if names:
        key = f"(np.shape({names[0]}), {value!r})"
        kept = f"globals().setdefault('_kept', {{}}).setdefault({key}, {value})"
        yield "remember the answer before", node, kept
