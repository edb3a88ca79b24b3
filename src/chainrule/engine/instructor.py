"""What an instructor's notebook tells the engine: what to import, which names it makes."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from typing import Any

from chainrule.analysis.cell_text import read_cell
from chainrule.analysis.names import imported_modules, names_of
from chainrule.engine.cells import grade_id, is_check, is_course_code, is_given
from chainrule.engine.hidden import HiddenParts


def module_names(notebook: Any) -> list[str]:
    """The modules that code cells import at their top level, in order, for the warm parent to import once."""
    code = (cell.source for cell in notebook.cells if cell.cell_type == "code")
    return list(dict.fromkeys(name for text in code for name in imported_modules(text)))


def locked_texts(notebook: Any) -> list[str]:
    """The course's own code, as each submission runs it in the student's kernel: nothing hidden."""
    return [cell.source for cell in notebook.cells if is_course_code(cell)]


def notebook_names(notebook: Any) -> frozenset[str] | None:
    """The names that the instructor's notebook makes; None where that cannot be told from its text."""
    return names_made_by(cell.source for cell in notebook.cells if cell.cell_type == "code")


def helper_names(notebook: Any) -> frozenset[str]:
    """The names that check cells make, and no other cell of the instructor's notebook does."""
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    checks = names_made_by(cell.source for cell in code if is_check(cell))
    others = names_made_by(cell.source for cell in code if not is_check(cell))
    return frozenset() if checks is None or others is None else checks - others


def imports_of_checks(notebook: Any, hidden: HiddenParts) -> dict[str, str]:
    """By check: code for the imports that students see in it, where no earlier cell has the names.

    In a notebook whatever comes later finds them, answers included.
    """
    if any(is_given(cell) for cell in notebook.cells):
        return {}
    known: set[str] = set()
    found: dict[str, str] = {}
    for cell in notebook.cells:
        if cell.cell_type == "code" and is_check(cell):
            new = [node for node in _plain_imports(hidden.without(cell.source)) if not _names_of(node) <= known]
            known |= {name for node in new for name in _names_of(node)}
            if new:
                found[str(grade_id(cell))] = "\n".join(map(_tried, new))
        elif cell.cell_type == "code":
            known |= names_of(cell.source).made
    return found


def _plain_imports(text: str) -> Iterator[ast.Import | ast.ImportFrom]:
    for node in read_cell(text).tree.body:
        if isinstance(node, ast.Import) or (isinstance(node, ast.ImportFrom) and node.names[0].name != "*"):
            yield node


def _names_of(node: ast.Import | ast.ImportFrom) -> set[str]:
    return {alias.asname or alias.name.partition(".")[0] for alias in node.names}


def _tried(node: ast.stmt) -> str:
    """The import, which may fail: what only the referee has is not the student's."""
    return f"try:\n    {ast.unparse(node)}\nexcept ImportError:\n    pass"


def names_made_by(texts: Iterable[str]) -> frozenset[str] | None:
    """The names that these texts leave in the notebook; None where one could make any."""
    found = [names_of(text) for text in texts]
    return None if any(names.makes_anything for names in found) else frozenset().union(*(names.made for names in found))
