"""Packs what is bulky in the course's code: tables of numbers, and what well-known mistakes would give.

In their place stands `packed(7, labels=labels)`: the text is evaluated where it stood, with the variables that it
reads. So authors write formulas, students' notebooks stay short, and no check shows what it compares with.
"""

from __future__ import annotations

import ast
import base64
import builtins
import json
import lzma
import symtable
from collections.abc import Iterator, Set

from chainrule.analysis.names import bound_names
from chainrule.authoring.lint import ASKERS

LEAST_CHARACTERS = 100
"""Shorter displays stay where they are."""
ANSWERS = "course_"
"""How functions are named that a check lends in the place of a student's: each is an answer to a question."""


class Packer:
    """Takes texts, and gives what stands in their place."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def packed(self, text: str, *, first: int = 1, last: int = 10**9, tables_only: bool = False) -> str:
        """A text in which each bulky display between two lines is packed.

        Args:
            text: Python source.
            first, last: the lines between which something may be packed.
            tables_only: pack what is assigned at the top level and reads no other variable; nothing else.
        """
        found = list(_tables(text) if tables_only else _known(text))
        for node in reversed([node for node in found if first <= node.lineno and (node.end_lineno or 0) <= last]):
            text = _replaced(text, node, self._stand_in(node, ast.get_source_segment(text, node) or ""))
        return text

    def _stand_in(self, node: ast.expr, words: str) -> str:
        self.texts.append(words)
        names = "".join(f", {name}={name}" for name in _variables(node))
        return f"packed({len(self.texts) - 1}{names})"

    def without_answers(self, text: str, made: Set[str]) -> str:
        """A given cell in which the course's own answers are packed: functions named `course_...`.

        Args:
            text: Python source.
            made: names that given cells before it make.
        """
        lines = text.splitlines()
        body = ast.parse(text).body
        before = [frozenset(made).union(*(bound_names(part) for part in body[:number])) for number in range(len(body))]
        for node, names in reversed(list(zip(body, before, strict=True))):
            if not isinstance(node, ast.FunctionDef) or not node.name.startswith(ANSWERS):
                continue
            first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
            words = "\n".join(lines[first - 1 : node.end_lineno])
            read = [name for name in _read(words, "exec") if name != node.name]
            if names.issuperset(read):
                self.texts.append(words)
                passed_on = "".join(f", {name}={name}" for name in read)
                lines[first - 1 : node.end_lineno] = [
                    f'{node.name} = packed_function({len(self.texts) - 1}, "{node.name}"{passed_on})'
                ]
        return "\n".join(lines)

    @property
    def bundle(self) -> str:
        """All texts, compressed, in characters that need no quoting."""
        data = json.dumps(self.texts, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
        return base64.b85encode(lzma.compress(data, format=lzma.FORMAT_XZ, preset=9)).decode("ascii")


def _tables(text: str) -> Iterator[ast.expr]:
    for statement in ast.parse(text).body:
        if isinstance(statement, ast.Assign) and _is_bulky(statement.value, text) and not _variables(statement.value):
            yield statement.value


def _known(text: str) -> Iterator[ast.expr]:
    """Dicts of mistakes under words that name them, outermost first, in the order of the text."""
    found = [
        node
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Dict) and _is_bulky(node, text) and _has_words(node)
    ]
    places = sorted(found, key=lambda node: (node.lineno, node.col_offset))
    outer = [node for node in places if not any(node is not other and node in ast.walk(other) for other in places)]
    yield from (node for node in outer if not any(name in ASKERS for name in _variables(node)))


def _is_bulky(node: ast.expr, text: str) -> bool:
    words = " ".join((ast.get_source_segment(text, node) or "").split())
    return isinstance(node, ast.Dict | ast.List | ast.Tuple) and len(words) >= LEAST_CHARACTERS


def _has_words(node: ast.Dict) -> bool:
    keys = [key.value for key in node.keys if isinstance(key, ast.Constant) and isinstance(key.value, str)]
    return len(keys) == len(node.keys) and any(" " in key for key in keys)


def _variables(node: ast.expr) -> list[str]:
    """The variables that an expression reads and that are not its own, numpy and Python's names aside."""
    return _read(f"({ast.unparse(node)})", "eval")


def _read(text: str, mode: str) -> list[str]:
    """The variables that a text reads and does not make, numpy and Python's names aside."""
    waiting, read = [symtable.symtable(text, "packed", mode)], set[str]()
    while waiting:
        scope = waiting.pop()
        waiting += scope.get_children()
        inside = scope.get_type() == "function"
        names = [name for name in scope.get_symbols() if name.is_global() or not (inside or name.is_assigned())]
        read |= {name.get_name() for name in names if name.is_referenced()}
    return sorted(name for name in read if name.isidentifier() and name not in {"np", *dir(builtins)})


def _replaced(text: str, node: ast.expr, words: str) -> str:
    lines = text.encode("utf-8").splitlines(keepends=True)
    first, last = node.lineno - 1, (node.end_lineno or 1) - 1
    before = b"".join(lines[:first]) + lines[first][: node.col_offset]
    after = lines[last][node.end_col_offset or 0 :] + b"".join(lines[last + 1 :])
    return (before + words.encode("utf-8") + after).decode("utf-8")
