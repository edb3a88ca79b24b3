"""What an instructor's notebook tells the engine: what to import, what runs in the referee, which names it makes."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from typing import Any

from chainrule.analysis.cell_text import read_cell
from chainrule.analysis.names import imported_modules, names_of
from chainrule.engine.cells import is_check, is_course_code, is_given, is_locked


def _code(notebook: Any) -> Iterator[tuple[Any, ast.Module]]:
    """The code cells, parsed."""
    for cell in notebook.cells:
        if cell.cell_type == "code":
            yield cell, read_cell(cell.source).tree


def module_names(notebook: Any) -> list[str]:
    """The modules that code cells import at their top level, in order, for the warm parent to import once."""
    code = (cell.source for cell in notebook.cells if cell.cell_type == "code")
    return list(dict.fromkeys(name for text in code for name in imported_modules(text)))


def given_texts(notebook: Any) -> list[str]:
    """What the referee runs before any check: the notebook's given cells, in order.

    A course that marks none has its imports run, and those locked cells that only define things: nothing that a
    student can edit, and nothing that takes long.
    """
    if any(is_given(cell) for cell in notebook.cells):
        return [cell.source for cell in notebook.cells if is_given(cell)]
    texts = []
    for cell, tree in _code(notebook):
        if is_check(cell):
            continue
        definitions = is_locked(cell) and all(_only_defines(node) for node in tree.body)
        kept = (
            tree.body if definitions else [node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)]
        )
        if kept:
            texts.append("\n".join(_tried(node) for node in kept))
    return texts


def locked_texts(notebook: Any) -> list[str]:
    """The course's own code, as each submission runs it in the student's kernel: nothing hidden."""
    return [cell.source for cell in notebook.cells if is_course_code(cell)]


def _tried(node: ast.stmt) -> str:
    """The statement; an import of a student's own module is the student's matter."""
    text = ast.unparse(node)
    if isinstance(node, ast.Import | ast.ImportFrom):
        return f"try:\n    {text}\nexcept ImportError:\n    pass"
    return text


def _only_defines(node: ast.stmt) -> bool:
    if isinstance(node, ast.Assign | ast.AnnAssign):
        return node.value is None or not any(isinstance(part, ast.Call) for part in ast.walk(node.value))
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Constant)
    return isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Import | ast.ImportFrom)


def notebook_names(notebook: Any) -> frozenset[str] | None:
    """The names that the instructor's notebook makes; None where that cannot be told from its text."""
    return names_made_by(cell.source for cell in notebook.cells if cell.cell_type == "code")


def helper_names(notebook: Any) -> frozenset[str]:
    """The names that check cells make, and no other cell of the instructor's notebook does."""
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    checks = names_made_by(cell.source for cell in code if is_check(cell))
    others = names_made_by(cell.source for cell in code if not is_check(cell))
    return frozenset() if checks is None or others is None else checks - others


def names_made_by(texts: Iterable[str]) -> frozenset[str] | None:
    """The names that these texts leave in the notebook; None where one could make any."""
    found = [names_of(text) for text in texts]
    return None if any(names.makes_anything for names in found) else frozenset().union(*(names.made for names in found))
