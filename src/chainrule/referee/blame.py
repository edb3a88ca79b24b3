"""Whose fault is an exception in a check: the student's, or the author's?

The rule, in this order:

1. The check's text does not compile, or it passes something that cannot cross: the author's.
2. The notebook's kernel broke the rules, died, or a call ran out of time: the student's.
3. The exception, or one that it came from, was raised by student code: the student's.
4. A NameError for a name that the notebook was asked for: the student's, unless the author's own notebook does not
   define that name either (known where the worker passes `author_names`).
5. The check had not asked the notebook for anything yet: the author's.
6. An AssertionError, or what a `raise` in the check's own text raises: the student's.
7. Anything else, running out of processor time included: the student's where the expression that raised mentions
   something that came from the notebook, directly or through variables and helpers (`float(result)`,
   `result["dw8"]`); else the author's (`1 / 0`, `np.no_such_function(result)`).
"""

import ast
from collections.abc import Set
from types import TracebackType

from chainrule.analysis.passed_on import mentions
from chainrule.referee.cpython_seams import Position, position_of


def step_in(trace: TracebackType | None, filename: str) -> TracebackType | None:
    """The step of a traceback that is in a text itself, not in a function that it calls."""
    while trace is not None and trace.tb_frame.f_code.co_filename != filename:
        trace = trace.tb_next
    return trace


def raised_by_hand(tree: ast.AST, trace: TracebackType | None, filename: str) -> bool:
    """Whether a `raise` in the text itself ended the check: its author says by it that the answer is wrong."""
    last = trace
    while last is not None and last.tb_next is not None:
        last = last.tb_next
    if last is None or last.tb_frame.f_code.co_filename != filename:
        return False
    # A `raise` may be several lines long, and the traceback names one of them.
    raises = (node for node in ast.walk(tree) if isinstance(node, ast.Raise))
    return any(node.lineno <= last.tb_lineno <= (node.end_lineno or 0) for node in raises)


def raised_by_notebook(tree: ast.AST, trace: TracebackType | None, filename: str, tainted: Set[str]) -> bool:
    """Whether the expression of a check that raised mentions what came from the notebook."""
    step = step_in(trace, filename)
    if step is None:
        return False
    # A line may hold both the check's mistake and the student's value: only the part that raised counts.
    found = _expression(tree, position_of(step.tb_frame.f_code, step.tb_lasti), step.tb_lineno)
    return found is not None and mentions(found, tainted)


def _expression(tree: ast.AST, place: Position, line: int) -> ast.AST | None:
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
