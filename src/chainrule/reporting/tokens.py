"""What a piece of code does, without what hides that it is a copy: names, comments, layout, texts, order."""

from __future__ import annotations

import ast
import builtins
import io
import keyword
import tokenize
from collections.abc import Iterable, Iterator
from typing import Final

__all__ = ["Statement", "grams_of", "names_in", "statements_of"]

KEPT: Final = frozenset(dir(builtins)) | frozenset(keyword.kwlist)
SKIPPED: Final = (
    tokenize.COMMENT,
    tokenize.NL,
    tokenize.INDENT,
    tokenize.DEDENT,
    tokenize.ENCODING,
    tokenize.ENDMARKER,
)
GRAM: Final = 6
"""Tokens in a row that count as one trace: fewer are everybody's, more are nobody's."""
MOST_CODE: Final = 200_000

Statement = tuple[str, ...]
"""The tokens of a logical line."""


def names_in(texts: Iterable[str]) -> frozenset[str]:
    """The names that the course's texts make at the top level, functions, classes and modules: the task gives them.

    What a function calls its own variables is nobody's but the student's.
    """
    return frozenset(name for text in texts for name in _made_at_the_top(text))


def _made_at_the_top(text: str) -> Iterator[str]:
    try:
        body = ast.parse(text).body
    except (SyntaxError, ValueError, RecursionError):
        return
    for statement in body:
        if isinstance(statement, ast.FunctionDef | ast.ClassDef):
            yield statement.name
        elif isinstance(statement, ast.Import | ast.ImportFrom):
            yield from ((alias.asname or alias.name).partition(".")[0] for alias in statement.names)
        elif isinstance(statement, ast.Assign):
            yield from (target.id for target in statement.targets if isinstance(target, ast.Name))


def statements_of(text: str, given: frozenset[str]) -> list[Statement]:
    """The statements of a text, the same whatever a student calls things and however it is laid out.

    Args:
        text: an answer.
        given: names that the task gives.
    """
    statements: list[Statement] = []
    line: list[str] = []
    after_dot = False
    for token in _tokens(text):
        if token.type == tokenize.NEWLINE:
            _end(line, statements)
            line = []
        elif token.type not in SKIPPED:
            line.append(_plain(token, given, after_dot=after_dot))
            after_dot = token.string == "."
    _end(line, statements)
    return statements


def _end(line: list[str], statements: list[Statement]) -> None:
    if line and line != ["text"]:  # a docstring says nothing of what is done
        statements.append(tuple(line))


def _plain(token: tokenize.TokenInfo, given: frozenset[str], *, after_dot: bool) -> str:
    if token.type == tokenize.NAME:
        return token.string if after_dot or token.string in KEPT or token.string in given else "name"
    if token.type == tokenize.STRING:
        return "text"
    if token.type == tokenize.NUMBER:
        return token.string.lower().rstrip("0").rstrip(".") or "0"
    return token.string


def _tokens(text: str) -> Iterator[tokenize.TokenInfo]:
    """The tokens of a text, up to where it is no Python any more."""
    reader = io.StringIO(text[:MOST_CODE]).readline
    try:
        yield from tokenize.generate_tokens(reader)
    except (tokenize.TokenError, SyntaxError):  # what was read until then counts
        return


def grams_of(statements: Iterable[Statement]) -> frozenset[Statement]:
    """All runs of so many tokens within a statement and across it to the next; short statements count whole."""
    found: set[Statement] = set()
    for statement in statements:
        found |= {statement[i : i + GRAM] for i in range(max(1, len(statement) - GRAM + 1))}
    return frozenset(gram for gram in found if len(gram) >= GRAM // 2)
