"""Makes code of the course short where students do not read it: no remarks, and statements laid out anew.

What a text does stays the same.
"""

from __future__ import annotations

import ast
import io
import tokenize
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from keyword import iskeyword

WIDTH = 118
_OPEN, _CLOSE = "([{", ")]}"


def without_remarks(text: str) -> str:
    """A text without docstrings, comment lines and empty lines."""
    left_out = {
        number
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef)
        for number in _remarks_of(node)
    }
    lines = text.splitlines()
    inside = _inside_strings(text)
    kept = [
        line
        for number, line in enumerate(lines, 1)
        if number in inside or (number not in left_out and line.strip() and not line.strip().startswith("#"))
    ]
    return "\n".join(kept)


def _remarks_of(node: ast.Module | ast.FunctionDef | ast.ClassDef) -> Iterator[int]:
    """The lines of strings that do nothing: docstrings, and those below a variable."""
    for number, statement in enumerate(node.body):
        alone = number == 0 and len(node.body) == 1
        if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant) and not alone:
            yield from range(statement.lineno, (statement.end_lineno or 0) + 1)


def _inside_strings(text: str) -> set[int]:
    """The lines that begin inside a string: whatever they look like, they are no remarks."""
    docstrings = {
        statement.lineno
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef)
        for statement in node.body
        if isinstance(statement, ast.Expr)
    }
    return {
        line
        for token in _tokens(text)
        if token.start[0] not in docstrings
        for line in range(token.start[0] + 1, token.end[0] + 1)
        if token.type == tokenize.STRING
    }


def joined(text: str, width: int = WIDTH) -> str:
    """A text with each statement on as few lines as it takes."""
    lines = text.splitlines()
    result = list[str]()
    done = 0
    for statement in _statements(text):
        first, last = statement[0].start[0], statement[-1].end[0]
        if first == last or not _can_be_joined(statement):
            continue
        new = _wrapped(_pieces(statement, lines), statement[0].start[1], width)
        if len(new) < last - first + 1:
            tail = lines[last - 1][statement[-1].end[1] :]
            result += [*lines[done : first - 1], *new[:-1], new[-1] + tail]
            done = last
    laid_out = "\n".join([*result, *lines[done:]])
    if ast.dump(ast.parse(laid_out)) != ast.dump(ast.parse(text)):
        raise AssertionError("laid out anew, a text does something else")
    return laid_out


def _tokens(text: str) -> list[tokenize.TokenInfo]:
    return list(tokenize.generate_tokens(io.StringIO(text + "\n").readline))


def _statements(text: str) -> Iterator[list[tokenize.TokenInfo]]:
    """The tokens of each statement (or of its head, where it has a body), without what only lays them out."""
    found = list[tokenize.TokenInfo]()
    for token in _whole_strings(_tokens(text), text.splitlines()):
        if token.type in (tokenize.NEWLINE, tokenize.ENDMARKER):
            if found:
                yield found
            found = []
        elif token.type not in (tokenize.NL, tokenize.INDENT, tokenize.DEDENT) and (
            found or token.type != tokenize.COMMENT
        ):
            found.append(token)


def _whole_strings(tokens: Sequence[tokenize.TokenInfo], lines: list[str]) -> Iterator[tokenize.TokenInfo]:
    """Each f-string as one token, as Python 3.11 has it; later versions take it apart."""
    begin, end = getattr(tokenize, "FSTRING_START", -1), getattr(tokenize, "FSTRING_END", -1)
    depth, first = 0, tokens[0]
    for token in tokens:
        if token.type == begin:
            first = token if depth == 0 else first
            depth += 1
        elif token.type == end:
            depth -= 1
            if depth == 0:
                one_line = first.start[0] == token.end[0]
                words = lines[first.start[0] - 1][first.start[1] : token.end[1]] if one_line else "\n"
                yield tokenize.TokenInfo(tokenize.STRING, words, first.start, token.end, first.line)
        elif depth == 0:
            yield token


def _can_be_joined(statement: list[tokenize.TokenInfo]) -> bool:
    depth = 0
    for token, following in pairwise(statement):
        depth += _step(token)
        if depth == 0 and token.end[0] != following.start[0]:
            return False
    return all(token.type != tokenize.COMMENT and token.start[0] == token.end[0] for token in statement)


@dataclass(frozen=True)
class _Piece:
    """A token with what stands before it; `rank` is how many brackets are open there, None where no line may end."""

    words: str
    rank: int | None = None


def _pieces(statement: list[tokenize.TokenInfo], lines: list[str]) -> list[_Piece]:
    pieces = [_Piece(statement[0].string)]
    depth = 0
    for number, (last, token) in enumerate(pairwise(statement), 1):
        same_line = last.end[0] == token.start[0]
        depth += _step(last)
        gap = lines[token.start[0] - 1][last.end[1] : token.start[1]] if same_line else " "
        closes = token.type == tokenize.OP and token.string in _CLOSE
        if not same_line and (closes or token.string == "," or _step(last) > 0):
            gap = ""
        if closes and last.string == "," and not same_line and _says_nothing(statement, number):
            pieces.pop()
        ends = depth > 0 and not closes and (last.string == "," or (not same_line and token.string != ","))
        pieces.append(_Piece(gap + token.string, depth if ends else None))
    return pieces


def _step(token: tokenize.TokenInfo) -> int:
    """How a token changes the number of brackets that are open."""
    if token.type != tokenize.OP:
        return 0
    return (token.string in _OPEN) - (token.string in _CLOSE)


def _says_nothing(statement: list[tokenize.TokenInfo], close: int) -> bool:
    """Whether the comma before this bracket says nothing: it makes no tuple of one."""
    if statement[close].string != ")":
        return statement[close].string == "}"
    depth = commas = 0
    for number in range(close, -1, -1):
        depth -= _step(statement[number])
        commas += depth == 1 and statement[number].string == ","
        if depth == 0:
            before = statement[number - 1] if number else statement[number]
            is_name = before.type == tokenize.NAME and not iskeyword(before.string)
            return commas > 1 or is_name or before.string in (")", "]")
    return False


def _wrapped(pieces: list[_Piece], indent: int, width: int) -> list[str]:
    """Lines of at most that width where it can be done, broken between as few open brackets as possible."""
    lines = list[str]()
    rest, room = list(pieces), " " * indent
    while rest:
        fits = _fitting(rest, width - len(room))
        line = room + "".join(piece.words for piece in rest[:fits]).lstrip()
        lines.append(line.rstrip() if fits < len(rest) else line)
        rest, room = rest[fits:], " " * (indent + 4)
    return lines


def _fitting(pieces: list[_Piece], width: int) -> int:
    """How many pieces go into one line."""
    length, within = 0, len(pieces)
    for number, piece in enumerate(pieces):
        length += len(piece.words if number else piece.words.lstrip())
        if length > width:
            within = number
            break
    if within == len(pieces):
        return within
    places = [number for number in range(1, len(pieces)) if pieces[number].rank is not None]
    near = [number for number in places if number <= within]
    if not near:
        return next(iter(places), len(pieces))
    # A line that is hardly begun is no line: the last third of the width decides.
    late = [number for number in near if number > within * 0.4] or near[-1:]
    return min(late, key=lambda number: (pieces[number].rank or 0, -number))


def with_short_blocks(text: str, width: int = WIDTH) -> str:
    """A text in which a block of one short statement stands behind its head, in one line."""
    lines = text.splitlines()
    tree = ast.parse(text)
    for line in sorted(_single_lines(tree), reverse=True):
        head, body = lines[line - 2].rstrip(), lines[line - 1].strip()
        if head.endswith(":") and len(head) + 1 + len(body) <= width:
            lines[line - 2 : line] = [f"{head} {body}"]
    short = "\n".join(lines)
    if ast.dump(ast.parse(short)) != ast.dump(tree):
        raise AssertionError("laid out anew, a text does something else")
    return short


def _single_lines(tree: ast.Module) -> Iterator[int]:
    """The lines of simple statements that are a block of their own."""
    for node in ast.walk(tree):
        for name in ("body", "orelse", "finalbody"):
            block = getattr(node, name, None)
            if isinstance(node, ast.Module) or not isinstance(block, list) or len(block) != 1:
                continue
            statement = block[0]
            if isinstance(statement, ast.stmt) and not hasattr(statement, "body") and _is_one_line(statement):
                yield statement.lineno


def _is_one_line(statement: ast.stmt) -> bool:
    return statement.lineno == statement.end_lineno
