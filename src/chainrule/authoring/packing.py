"""Packs what is bulky in the course's code: tables of numbers, what well-known mistakes would give, and its tools.

In their place stands `packed(7, labels=labels)` or `f, g = packed_functions(8, "f g", scale=scale)`: the text runs
where it stood, with the variables that it reads. So authors write formulas, students' notebooks stay short, and no
check shows what it compares with.
"""

from __future__ import annotations

import ast
import base64
import builtins
import json
import lzma
import symtable
from collections.abc import Iterator, Sequence, Set

from chainrule.analysis.names import names_of_nodes
from chainrule.authoring.lint import ASKERS

LEAST_CHARACTERS = 100
"""Shorter displays stay where they are."""
ANSWERS = "course_"
"""How functions are named that a check lends in the place of a student's: each is an answer to a question."""
LEAST_LINES = 5
"""Fewer lines of functions stay where they are."""
PLACED = frozenset({"globals", "inspect", "packed", "PACKED", "_TEXTS"})
"""Functions that read one of these belong where they stand."""


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

    def without_functions(self, text: str, made: Set[str], kept: Set[str], reaching: Set[str]) -> str:
        """A text of the course's in which functions are packed that read nothing but what is given.

        Args:
            text: Python source.
            made: names that given cells before it make.
            kept: functions that stay as they are.
            reaching: names that use the notebook; they stand in a line of their own, for the referee to tell them.
        """
        lines = text.splitlines()
        for end, group in reversed(list(_groups(text, made, kept))):
            parts = [node for node in group if node.name not in reaching], [n for n in group if n.name in reaching]
            lines[end:end] = [self._line_for(text, part) for part in parts if part]
            for first, last in sorted(map(_span, group), reverse=True):
                del lines[first:last]
        return "\n".join(lines)

    def _line_for(self, text: str, group: Sequence[ast.FunctionDef]) -> str:
        """What stands in the place of functions: their names, and what they read."""
        self.texts.append(_words(text, group))
        names = [node.name for node in group]
        left = ", ".join(names) if len(names) > 1 else f"[{names[0]}]"
        read = "".join(f", {name}={name}" for name in sorted(_read_by(text, group)))
        return f'{left} = packed_functions({len(self.texts) - 1}, "{" ".join(names)}"{read})'

    @property
    def bundle(self) -> str:
        """All texts, compressed, in characters that need no quoting."""
        data = json.dumps(self.texts, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
        return base64.b85encode(lzma.compress(data, format=lzma.FORMAT_XZ, preset=9)).decode("ascii")


def _groups(text: str, made: Set[str], kept: Set[str]) -> Iterator[tuple[int, list[ast.FunctionDef]]]:
    """Functions that are packed together, each group with the line behind which it stands."""
    waiting, bound, last = list[ast.FunctionDef](), set(made), 0
    for node in [*ast.parse(text).body, None]:
        if node is None or _runs(node) or not {one.name for one in waiting}.isdisjoint(names_of_nodes([node]).used):
            group = [one for one in waiting if _read_by(text, [one]) <= bound]
            if _is_worth_it(group):
                yield last, group
            waiting = []
        if node is not None:
            waiting += [node] if isinstance(node, ast.FunctionDef) and node.name not in kept and _can_move(node) else []
            bound |= names_of_nodes([node]).made
            last = node.end_lineno or node.lineno


def _runs(node: ast.stmt) -> bool:
    """Whether a statement may call functions at once."""
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return False
    return any(isinstance(part, ast.Call) for part in ast.walk(node))


def _can_move(node: ast.FunctionDef) -> bool:
    """Whether a function leaves the variables of its own module alone."""
    names = {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}
    return names.isdisjoint(PLACED) and not any(isinstance(part, ast.Global) for part in ast.walk(node))


def _is_worth_it(group: Sequence[ast.FunctionDef]) -> bool:
    lines = sum(last - first for first, last in map(_span, group))
    return lines >= LEAST_LINES or any(node.name.startswith(ANSWERS) for node in group)


def _span(node: ast.FunctionDef) -> tuple[int, int]:
    """The lines of a function with its decorators: the number before the first, and the last."""
    return min([node.lineno, *(one.lineno for one in node.decorator_list)]) - 1, node.end_lineno or node.lineno


def _words(text: str, group: Sequence[ast.FunctionDef]) -> str:
    lines = text.splitlines()
    return "\n".join(line for node in group for line in lines[slice(*_span(node))])


def _read_by(text: str, group: Sequence[ast.FunctionDef]) -> frozenset[str]:
    return frozenset(_read(_words(text, group), "exec")) - {node.name for node in group}


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
