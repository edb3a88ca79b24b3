"""Whose fault is an exception in a check: the student's, or the author's?

The rule, in this order:

1. The check's text does not compile, or it passes something that cannot cross: the author's.
2. The notebook's kernel broke the rules, died, or a call ran out of time: the student's.
3. The exception, or one that it came from, was raised by student code: the student's.
4. A NameError for a name that the notebook was asked for: the student's, unless the author's own notebook does not
   define that name either (known where the worker passes `author_names`).
5. The check had not asked the notebook for anything yet: the author's.
6. An AssertionError: the student's.
7. Anything else, running out of processor time included: the student's where the expression that raised mentions
   something that came from the notebook, directly or through variables and helpers (`float(result)`,
   `result["dw8"]`); else the author's (`1 / 0`, `np.no_such_function(result)`).
"""

import ast
import builtins
from collections.abc import Iterable, Set
from types import CodeType, TracebackType

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


def bound_names(tree: ast.AST) -> frozenset[str]:
    """Every name that a text defines somewhere: assignments, imports, functions, classes, arguments."""
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
        elif isinstance(node, _SCOPES):
            names.add(node.name)
        elif isinstance(node, ast.arg):
            names.add(node.arg)
        elif isinstance(node, ast.alias):
            names.add(node.asname or node.name.partition(".")[0])
        elif isinstance(node, ast.ExceptHandler) and node.name:
            names.add(node.name)
    return frozenset(names)


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


def step_in(trace: TracebackType | None, filename: str) -> TracebackType | None:
    """The step of a traceback that is in a text itself, not in a function that it calls."""
    while trace is not None and trace.tb_frame.f_code.co_filename != filename:
        trace = trace.tb_next
    return trace


def raised_by_notebook(tree: ast.AST, trace: TracebackType | None, filename: str, tainted: Set[str]) -> bool:
    """Whether the expression of a check that raised mentions what came from the notebook."""
    step = step_in(trace, filename)
    if step is None:
        return False
    found = _expression(tree, _position(step.tb_frame.f_code, step.tb_lasti), step.tb_lineno)
    return found is not None and mentions(found, tainted)


def _position(code: CodeType, instruction: int) -> tuple[int | None, int | None, int | None, int | None]:
    return list(code.co_positions())[instruction // 2]


def _expression(
    tree: ast.AST, place: tuple[int | None, int | None, int | None, int | None], line: int
) -> ast.AST | None:
    """The piece of code at a place; the shortest statement on its line where none fits exactly."""
    first, last, start, end = place
    around: ast.stmt | None = None
    for node in ast.walk(tree):
        if not isinstance(node, ast.expr | ast.stmt):
            continue
        if (node.lineno, node.end_lineno, node.col_offset, node.end_col_offset) == (first, last, start, end):
            return node
        if isinstance(node, ast.stmt) and node.lineno <= line <= (node.end_lineno or line):
            around = node
    return around
