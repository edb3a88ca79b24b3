"""One answer as a class would write it: each student with comments and names of their own, and the same work."""

from __future__ import annotations

import ast
import io
import symtable
import tokenize
from collections.abc import Iterator
from itertools import pairwise

__all__ = ["dressed"]


def dressed(text: str, student: int) -> str:
    """The text with a student's own comment and names of variables; what it does, and how fast, stays the same."""
    names = {name: f"{name}_{student}" for name in _free_to_rename(text)}
    return f"# Student {student}'s answer\n{_renamed(text, names)}"


def _renamed(text: str, names: dict[str, str]) -> str:
    tokens = list(tokenize.generate_tokens(io.StringIO(text).readline))
    lines = text.splitlines(keepends=True)
    for before, token in reversed(list(pairwise(tokens))):
        # After a dot it is an attribute, which has nothing to do with a variable of that name.
        if token.type == tokenize.NAME and token.string in names and before.string != ".":
            row, column = token.start[0] - 1, token.start[1]
            line = lines[row]
            lines[row] = line[:column] + names[token.string] + line[column + len(token.string) :]
    return "".join(lines)


def _free_to_rename(text: str) -> set[str]:
    """Names that are nothing but variables inside functions, all over the text."""
    tree = ast.parse(text)
    if any(isinstance(node, ast.JoinedStr) for node in ast.walk(tree)):
        # Up to Python 3.11 the names in an f-string are a part of one token.
        return set()
    keywords = {word.arg for node in ast.walk(tree) if isinstance(node, ast.Call) for word in node.keywords}
    inside, other = set[str](), {word for word in keywords if word}
    for table in _tables(symtable.symtable(text, "answer", "exec")):
        for symbol in table.get_symbols():
            is_variable = table.get_type() == "function" and symbol.is_local() and not symbol.is_parameter()
            nested = symbol.is_free() or symbol.is_namespace() or symbol.is_imported()
            (inside if is_variable and not nested else other).add(symbol.get_name())
    return inside - other


def _tables(table: symtable.SymbolTable) -> Iterator[symtable.SymbolTable]:
    yield table
    for child in table.get_children():
        yield from _tables(child)
