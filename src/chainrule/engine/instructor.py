"""What an instructor's notebook tells the engine: what to import, which names it makes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from chainrule.analysis.names import imported_modules, names_of
from chainrule.engine.cells import is_check, is_course_code


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


def names_made_by(texts: Iterable[str]) -> frozenset[str] | None:
    """The names that these texts leave in the notebook; None where one could make any."""
    found = [names_of(text) for text in texts]
    return None if any(names.makes_anything for names in found) else frozenset().union(*(names.made for names in found))
