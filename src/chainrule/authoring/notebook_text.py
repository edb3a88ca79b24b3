"""The cells of an assignment as its notebooks show them: checks folded under a title, and the course's tools short.

Authors' texts stay as they are; what runs is the same, here as there.
"""

from __future__ import annotations

import ast
import textwrap
import tokenize
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from io import StringIO

from chainrule.analysis.names import bound_names, names_of_nodes
from chainrule.analysis.passed_on import fetched_names
from chainrule.authoring.assignment import BEGIN_HIDDEN, END_HIDDEN, Cell, Kind, belongs
from chainrule.authoring.layout import joined, with_short_blocks, without_remarks
from chainrule.authoring.packing import Packer
from chainrule.referee.points import counts_points

FOLDED = "# @title "
"""A code cell that begins with this is shown folded, under the title that follows."""
SHORTENED = "# Shortened, and packed, from the course's text, where it can be read."


def for_notebooks(cells: Sequence[Cell]) -> tuple[Cell, ...]:
    """All cells as the notebooks have them.

    Args:
        cells: of the whole assignment, with included texts filled in.
    """
    kit = next((number for number, cell in enumerate(cells) if cell.options.get("include") == "checkkit"), None)
    if kit is None:
        return tuple(cells)
    packer, kept = Packer(), frozenset(_made_anew(cells))
    shown, made, reaching = list[Cell](), frozenset[str](), frozenset[str]()
    for number, cell in enumerate(cells):
        tree = ast.parse(cell.source) if cell.kind is Kind.GIVEN else ast.Module([], [])
        reaching |= fetched_names(tree, made, reaching) & bound_names(tree)
        pack = partial(packer.without_functions, made=made, kept=kept, reaching=reaching)
        shown.append(_shown(cell, packer, pack) if number > kit else cell)
        made |= names_of_nodes(tree.body).made  # a variable inside a function is none of the notebook's
    shown[kit] = replace(cells[kit], source=_kit(cells[kit].source, cells, shown, packer, kept))
    return tuple(shown)


def _shown(cell: Cell, packer: Packer, pack: Callable[[str], str]) -> Cell:
    title, _, rest = cell.source.partition("\n")
    if cell.kind is Kind.CHECK:
        return replace(cell, source=_check(cell, packer))
    if cell.kind is Kind.RUN and cell.options:
        return replace(cell, source=f"{title}\n{SHORTENED}\n{_compact(pack(rest))}")
    if cell.kind is Kind.GIVEN and not cell.options and title.startswith(FOLDED):
        short = _compact(packer.packed(pack(rest), tables_only=True))
        return replace(cell, source=f"{title}\n{SHORTENED}\n{short}")
    return cell


def _made_anew(cells: Sequence[Cell]) -> Iterator[str]:
    """Tools that a check makes anew from their text: `beside(tool)`."""
    for cell in cells:
        if cell.kind in (Kind.CHECK, Kind.GIVEN) and _is_python(cell.source):
            for node in ast.walk(ast.parse(cell.source)):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "beside":
                    yield from (one.id for one in node.args if isinstance(one, ast.Name))


def _check(cell: Cell, packer: Packer) -> str:
    """A check under its title, inside the `with` that tells what came of it."""
    title = f"{FOLDED}Check: {cell.name}, {cell.points:g} point{'' if cell.points == 1 else 's'}"
    try:
        tree = ast.parse(cell.source)
    except SyntaxError:  # not for Python alone: it stays as it is
        return f"{title}\n{cell.source}"
    body = "\n".join(_parts(cell.source, packer))
    # The value of a last line that counts points is the mark, so such a check says itself how it went.
    return f"{title}\n{body}" if counts_points(tree) else f'{title}\nwith CheckCell("{cell.name}"):\n{_indented(body)}'


def _parts(source: str, packer: Packer) -> Iterator[str]:
    """What students see of a check, short, and what they do not, as it stands."""
    lines = source.splitlines()
    start = 0
    for number, line in enumerate(lines):
        if line.strip() == BEGIN_HIDDEN:
            yield from _short(lines[start:number], packer)
            start = number
        elif line.strip() == END_HIDDEN:
            yield "\n".join(lines[start : number + 1])
            start = number + 1
    yield from _short(lines[start:], packer)


def _short(lines: Sequence[str], packer: Packer) -> Iterator[str]:
    text = "\n".join(lines).strip("\n")
    if not text:
        return
    try:
        yield joined(packer.packed(text))
    except SyntaxError:  # a hidden region inside a statement
        yield text


def _indented(text: str) -> str:
    """A text one step further in; what stands inside its strings stays where it is."""
    inside = {
        line
        for token in tokenize.generate_tokens(StringIO(text + "\n").readline)
        if token.type not in (tokenize.NEWLINE, tokenize.NL, tokenize.DEDENT, tokenize.INDENT)
        for line in range(token.start[0] + 1, token.end[0] + 1)
    }
    lines = [line if number in inside or not line else f"    {line}" for number, line in enumerate(text.split("\n"), 1)]
    hidden_only = ast.parse(_without_hidden(text)).body == []
    return "\n".join(["    ..."] * hidden_only + lines)


def _without_hidden(text: str) -> str:
    kept, hidden = [], False
    for line in text.splitlines():
        hidden = hidden or line.strip() == BEGIN_HIDDEN
        if not hidden:
            kept.append(line)
        hidden = hidden and line.strip() != END_HIDDEN
    return "\n".join(kept)


def _kit(text: str, cells: Sequence[Cell], shown: Iterable[Cell], packer: Packer, kept: frozenset[str]) -> str:
    """The kit, without what this assignment does not use, with its checks and what was packed filled in."""
    texts = [cell.source for cell in shown if cell.cell_type == "code" and cell.options.get("include") is None]
    used = _used(text, texts)
    tree = ast.parse(used)
    reaching = fetched_names(tree, frozenset(), frozenset()) & bound_names(tree)
    short = _compact(packer.without_functions(used, frozenset(), kept, reaching))
    written = sum(cell.points for cell in cells if cell.kind is Kind.WRITTEN)
    filled = {
        'CHECKS = ""': f"CHECKS = {_list_of_checks(cells)!r}",
        "WRITTEN = 0.0": f"WRITTEN = {written!r}",
        'PACKED = ""': f"PACKED = {packer.bundle!r}" if packer.texts else 'PACKED = ""',
    }
    title, rest = text.partition("\n")[0], short
    for line, full in filled.items():
        rest = rest.replace(line, full)
    return f"{title}\n{SHORTENED}\n{rest}"


def _compact(text: str) -> str:
    return with_short_blocks(joined(without_remarks(text)))


def _list_of_checks(cells: Sequence[Cell]) -> str:
    answers = [cell.name for cell in cells if cell.kind is Kind.SOLUTION]
    questions: dict[str, list[str]] = {}
    for cell in cells:
        if cell.kind is Kind.CHECK:
            own = max((name for name in answers if belongs(cell.name, name)), key=len)
            questions.setdefault(own, []).append(f"{cell.name} {cell.points:g}")
    return "; ".join(", ".join(checks) for checks in questions.values())


def _used(text: str, texts: Sequence[str]) -> str:
    """A text without the functions and classes that neither it nor the other texts name."""
    tree = ast.parse(text)
    made = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    always = [node for node in tree.body if not isinstance(node, ast.FunctionDef | ast.ClassDef)]
    waiting = {"progress", "packed_functions"}.union(*map(_names, always))
    waiting |= frozenset().union(*(_names(ast.parse(text)) for text in texts if _is_python(text)))
    used = set[str]()
    while waiting:
        name = waiting.pop()
        if name in made and name not in used:
            used.add(name)
            waiting |= _names(made[name])
    lines = text.splitlines()
    unused = {line for name, node in made.items() if name not in used for line in _lines_of(node)}
    return "\n".join(line for number, line in enumerate(lines, 1) if number not in unused)


def _is_python(text: str) -> bool:
    try:
        ast.parse(textwrap.dedent(text))
    except SyntaxError:
        return False
    return True


def _names(node: ast.AST) -> set[str]:
    """The names in a text, and its strings: `globals()["name"]` names something, too."""
    parts = list(ast.walk(node))
    strings = {part.value for part in parts if isinstance(part, ast.Constant) and isinstance(part.value, str)}
    return {part.id for part in parts if isinstance(part, ast.Name)} | strings


def _lines_of(node: ast.FunctionDef | ast.ClassDef) -> range:
    first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
    return range(first, (node.end_lineno or node.lineno) + 1)
