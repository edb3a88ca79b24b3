"""Which code of the instructor's notebook runs in the referee, and whose each name is at each check.

A name is whose cell made it last before the check, as in the notebook:

- a solution cell's: the student's. Nothing that one makes, imports included, is the referee's.
- another cell's: the referee's. Its statement runs there, once and for all submissions, where it needs nothing of
  the student's. A function that calls one of the student's needs nothing until somebody calls it.
- a statement of such a cell that does need something of the student's (`result = square(3)`) has run in the notebook
  only, beside student code; a check that reads its value asks the notebook for it.

Where cells are marked as given, these run whole, and no other cell does.
"""

from __future__ import annotations

import ast
import builtins
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from chainrule.analysis.cell_text import read_cell
from chainrule.analysis.names import CellNames, names_of, names_of_nodes
from chainrule.engine.cells import grade_id, is_check, is_given, is_solution
from chainrule.referee.verdict import Place

__all__ = ["AuthorsCode", "read_authors_code"]

_ANYTHING = frozenset({"globals", "locals", "vars", "exec", "eval", "dir"})
_PLAIN = (
    *(ast.Import, ast.ImportFrom, ast.alias, ast.Pass, ast.Assign, ast.AnnAssign, ast.Expr, ast.If, ast.Try),
    *(ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.ExceptHandler, ast.keyword, ast.expr_context),
    *(
        ast.Name,
        ast.Constant,
        ast.Tuple,
        ast.List,
        ast.Set,
        ast.Dict,
        ast.Lambda,
        ast.Starred,
        ast.UnaryOp,
        ast.unaryop,
    ),
)
"""What takes no time, calls nobody, and can be run whether or not somebody needs it."""


@dataclass
class AuthorsCode:
    """The author's code for the referee.

    Args:
        texts: in order; each is run by itself.
        one_by_one: whether they are statements that share their random numbers, and not whole given cells.
        places: by check.
    """

    texts: list[str] = field(default_factory=list)
    one_by_one: bool = True
    places: dict[str, Place] = field(default_factory=dict)


@dataclass
class _Statement:
    """A statement for the referee, and what it has to do with names."""

    node: ast.stmt
    names: CellNames
    changes: frozenset[str]
    at_once: bool
    """Whether it may take time or do something: it runs only where a check needs it."""


def read_authors_code(notebook: Any) -> AuthorsCode:
    """Sort an instructor's notebook into what the referee runs, and whose each name is at each check."""
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    if any(is_given(cell) for cell in code):
        return _MarkedCells(code).read()
    return _UnmarkedCells(code).read()


class _AuthorsCells:
    """Walks through the cells, and keeps whose each name is."""

    def __init__(self, code: list[Any]) -> None:
        self.code = code
        self.students: set[str] = set()
        self.of_checks: set[str] = set()
        self.imports: dict[str, str] = {}
        """What names of the author's are imports, and of what."""
        self.beside: set[str] = set()
        """Names that author's cells make from what is the student's."""
        self.functions: set[str] = set()
        """Of these, functions: they would decide for the student."""
        self.magic = False
        """Whether an author's cell has magic, which could make anything."""
        self.found = AuthorsCode()

    def give(self, names: Iterable[str]) -> None:
        """These are the author's from here on."""
        self.students -= set(names)
        self.of_checks -= set(names)
        for name in names:
            self.beside.discard(name)

    def read_solution(self, cell: Any) -> None:
        """Nothing that this cell makes is the referee's, but for an import that the author's own cells have too."""
        tree = read_cell(cell.source).tree
        same = {name for name, what in _imports(tree.body).items() if self.imports.get(name) == what}
        others = names_of_nodes(node for node in tree.body if not isinstance(node, ast.Import | ast.ImportFrom)).made
        made = names_of(cell.source).made - (same - others)
        self.students |= made
        self.of_checks -= made
        for name in made:
            self.beside.discard(name)

    def read_check(self, cell: Any, given: int) -> None:
        """Note what the check finds; what it makes is its own from here on."""
        name, names = str(grade_id(cell)), names_of(cell.source)
        unknown = sorted(names.used - self.known() - set(dir(builtins))) if self.magic else []
        unmade = frozenset(unknown) | (self.functions & self.beside)
        self.found.places[name] = Place(given, frozenset(self.students), frozenset(self.of_checks), unmade)
        self.of_checks |= names.made
        self.students -= names.made

    def known(self) -> set[str]:
        """Names that somebody's text makes."""
        return {name for cell in self.code for name in names_of(cell.source).made}


class _MarkedCells(_AuthorsCells):
    """A notebook whose author marked the cells that the referee runs."""

    def read(self) -> AuthorsCode:
        self.found.one_by_one = False
        given: set[str] = set()
        for cell in self.code:
            if is_check(cell):
                self.read_check(cell, len(self.found.texts))
            elif is_given(cell):
                self.found.texts.append(cell.source)
                self.give(names_of(cell.source).made)
                given |= names_of(cell.source).made
                self.imports |= _imports(read_cell(cell.source).tree.body)
            elif is_solution(cell):
                self.read_solution(cell)
            else:
                # Plots and training run beside student code; no variable of theirs stands in for what is given.
                made = names_of(cell.source).made - given
                self.students |= made
                self.of_checks -= made
        return self.found


class _UnmarkedCells(_AuthorsCells):
    """A notebook that knows nothing of Chainrule: its cells are taken apart, statement by statement."""

    def read(self) -> AuthorsCode:
        self.later: dict[str, frozenset[str]] = {}
        """What functions of the author's read when they are called."""
        self.fixed: set[str] = set()
        """The author's modules, functions and classes: to pass something to one changes none."""
        statements: list[_Statement] = []
        for cell in self.code:
            if is_check(cell):
                self.read_check(cell, len(statements))
            elif is_solution(cell):
                self.read_solution(cell)
            else:
                statements += self.read_authors(cell)
        wanted = _wanted(statements, [names_of(cell.source) for cell in self.code if is_check(cell)])
        self.found.texts = [_text(statement.node) for statement in wanted]
        before = [0]
        for statement in statements:
            before.append(before[-1] + (statement in wanted))
        for name, place in self.found.places.items():
            self.found.places[name] = replace(place, given=before[place.given])
        return self.found

    def read_authors(self, cell: Any) -> Iterator[_Statement]:
        """Those statements of an author's cell that the referee can run."""
        text = read_cell(cell.source)
        self.magic = self.magic or text.opaque
        for node in text.tree.body:
            self.left_out: list[ast.stmt] = []
            kept = self.kept(node)
            names = names_of_nodes([kept]) if kept is not None else CellNames()
            self.give(names.made)
            for part in self.left_out:
                spoilt = names_of_nodes([part]).made | (_changes(part, {}) - self.fixed)
                self.students |= spoilt
                self.of_checks -= spoilt
                self.beside |= spoilt
                if isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef):
                    self.functions.add(part.name)
            if kept is not None:
                yield self.take(kept, names)

    def take(self, node: ast.stmt, names: CellNames) -> _Statement:
        """Note what a statement means that the referee will run."""
        imports = _imports([node])
        self.imports |= imports
        if imports or isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            self.fixed |= names.made
        for name in names.made:
            before = self.later.get(name, frozenset()) if name in names.used else frozenset()
            self.later[name] = names.used_later | before
        return _Statement(node, names, _changes(node, self.later), _does_something(node))

    def kept(self, node: ast.stmt) -> ast.stmt | None:
        """The statement, or what is left of it without what needs the student's; None where nothing is."""
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and self.needs_student(node):
            node = _without_annotations(node)
        if not self.needs_student(node):
            return node
        fields = [name for name in ("body", "orelse", "finalbody", "handlers") if getattr(node, name, None)]
        if not isinstance(node, ast.If | ast.For | ast.While | ast.With | ast.Try) or self.needs_student(_head(node)):
            self.left_out.append(node)
            return None
        changed = {name: self._kept_block(getattr(node, name)) for name in fields}
        left = type(node)(**{**{name: getattr(node, name) for name in node._fields}, **changed})
        return ast.copy_location(left, node)

    def _kept_block(self, block: list[Any]) -> list[Any]:
        left: list[Any] = []
        for part in block:
            if isinstance(part, ast.ExceptHandler):
                body = self._kept_block(part.body)
                left.append(ast.copy_location(ast.ExceptHandler(part.type, part.name, body), part))
            elif (kept := self.kept(part)) is not None:
                left.append(kept)
        return left or [ast.Pass()]

    def needs_student(self, node: ast.AST) -> bool:
        """Whether this cannot run without the student's code."""
        names = names_of_nodes([node])
        if names.used & self.students:
            return True
        return _does_something(node) and bool(self._reached(names.used) & self.students)

    def _reached(self, names: Iterable[str]) -> set[str]:
        """What may be read when functions of these names are called."""
        reached: set[str] = set()
        waiting = list(names)
        while waiting:
            new = self.later.get(waiting.pop(), frozenset()) - reached
            reached |= new
            waiting += new
        return reached


def _imports(body: Iterable[ast.stmt]) -> dict[str, str]:
    """Names that imports make, and what each stands for."""
    found: dict[str, str] = {}
    for node in body:
        if isinstance(node, ast.Import):
            found |= {
                alias.asname or alias.name.partition(".")[0]: f"{alias.name} {alias.asname}" for alias in node.names
            }
        elif isinstance(node, ast.ImportFrom):
            found |= {alias.asname or alias.name: f"{node.level}{node.module}.{alias.name}" for alias in node.names}
    return found


def _head(node: ast.stmt) -> ast.AST:
    """What of a compound statement runs before, or between, the statements in it."""
    if isinstance(node, ast.If | ast.While):
        return node.test
    if isinstance(node, ast.For):
        return node.iter
    if isinstance(node, ast.With):
        return ast.Tuple([item.context_expr for item in node.items], ast.Load())
    types = [handler.type for handler in node.handlers if handler.type] if isinstance(node, ast.Try) else []
    return ast.Tuple(types, ast.Load())


def _without_annotations(node: Any) -> Any:
    """The same function: what its annotations name may be the student's, and it works without them."""
    arguments = node.args
    changed: dict[str, Any] = {}
    for kind in ("posonlyargs", "args", "kwonlyargs"):
        changed[kind] = [ast.arg(argument.arg, None) for argument in getattr(arguments, kind)]
    for kind in ("vararg", "kwarg"):
        one = getattr(arguments, kind)
        changed[kind] = ast.arg(one.arg, None) if one else None
    fields = {name: getattr(node, name, None) for name in node._fields}
    bare = ast.arguments(**{**{name: getattr(arguments, name) for name in arguments._fields}, **changed})
    return ast.copy_location(type(node)(**{**fields, "args": bare, "returns": None}), node)


def _at_once(node: ast.AST) -> Iterator[ast.AST]:
    """The parts of a node that run when it does: not the bodies of functions."""
    waiting = [node]
    while waiting:
        part = waiting.pop()
        yield part
        if isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef):
            waiting += [*part.decorator_list, *part.args.defaults, *filter(None, part.args.kw_defaults)]
        elif not isinstance(part, ast.Lambda):
            waiting += ast.iter_child_nodes(part)


def _does_something(node: ast.AST) -> bool:
    """Whether this does more than to name things: it may call, and so take time, or have an effect."""
    return any(not isinstance(part, _PLAIN) for part in _at_once(node))


def _changes(node: ast.AST | None, later: dict[str, frozenset[str]]) -> frozenset[str]:
    """Names whose objects this may change without naming them anew: `rows.append(1)`, `random.seed(1)`, `a[0] = 1`."""
    found: set[str] = set()
    for part in _at_once(node) if node is not None else ():
        if isinstance(part, ast.Call):
            target: ast.AST = part.func
            if isinstance(target, ast.Name):
                found |= later.get(target.id, frozenset())
        elif isinstance(part, ast.Attribute | ast.Subscript) and isinstance(part.ctx, ast.Store | ast.Del):
            target = part
        else:
            continue
        while isinstance(target, ast.Attribute | ast.Subscript | ast.Call):
            target = target.func if isinstance(target, ast.Call) else target.value
            if isinstance(target, ast.Name):
                found.add(target.id)
    return frozenset(found)


def _wanted(statements: list[_Statement], checks: list[CellNames]) -> list[_Statement]:
    """Definitions, and of the rest what a check needs."""
    needed = set().union(*(check.used for check in checks))
    everything = any(check.uses_anything for check in checks) or bool(needed & _ANYTHING)
    left = list(statements)
    while True:
        taken = [
            statement
            for statement in left
            if everything
            or not statement.at_once
            or statement.names.makes_anything
            or (statement.names.made | statement.changes) & needed
        ]
        if not taken:
            return [statement for statement in statements if statement not in left]
        left = [statement for statement in left if statement not in taken]
        for statement in taken:
            needed |= statement.names.used | statement.names.used_later


def _text(node: ast.stmt) -> str:
    """The statement as text; one that is nested a thousand deep as well."""
    most = sys.getrecursionlimit()
    sys.setrecursionlimit(max(most, 50_000))
    try:
        return ast.unparse(ast.fix_missing_locations(node))
    finally:
        sys.setrecursionlimit(most)
