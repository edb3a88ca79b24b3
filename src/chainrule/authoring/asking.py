"""Finds checks whose truth a student's code could move: it is asked through the kit alone, on copies.

Two rules, which the build enforces:

1. A name of the student's stands only among the arguments of the kit's askers (`ask(sigmoid, 2.0)`), in checks and in
   the given cells that they use. So what a check lends is a copy, and what it gets is data at once.
2. A check uses names that a given cell makes, and those of the answer under test. Any other cell of the notebook can be
   replaced by a student's, and with it a tool of the check.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Sequence, Set

from chainrule.analysis.cell_text import parse
from chainrule.analysis.names import bound_names
from chainrule.authoring.lint import ASKERS, CheckProblem

_DOORS = frozenset({"globals", "locals", "vars"})


def problems_of_asking(
    text: str, tested: Set[str], others: Set[str], given_texts: Sequence[str] = (), given_names: Set[str] = frozenset()
) -> list[CheckProblem]:
    """What is wrong in a check with the way it asks the student's code.

    Args:
        text: the check.
        tested: names that the answer under test makes.
        others: names that other cells make which are no given cells: other answers, plots, training.
        given_texts: the author's own given cells (not the kit).
        given_names: every name that a given cell makes.
    """
    try:
        tree = parse(text, "check")
        helpers = _functions(parse(cell, "given") for cell in given_texts)
    except SyntaxError:
        return []  # reported elsewhere
    students = (tested | others) - given_names
    found = [*_misplaced(tree, students), *_foreign(tree, tested, students, helpers)]
    return sorted(set(found), key=lambda problem: (problem.line, problem.message))


def problems_of_given(text: str, students: Set[str]) -> list[CheckProblem]:
    """What is wrong in a given cell with the way its functions ask the student's code."""
    try:
        return sorted(set(_misplaced(parse(text, "given"), students)), key=lambda problem: problem.line)
    except SyntaxError:
        return []


def _functions(trees: Iterable[ast.Module]) -> dict[str, ast.AST]:
    return {node.name: node for tree in trees for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)}


def _misplaced(tree: ast.Module, students: Set[str]) -> Iterator[CheckProblem]:
    """Names of the student's, and objects that live beside them, outside the arguments of an asker."""
    objects, lent = _made_by(tree, "make_object"), _made_by(tree, "made_beside")
    students = (students - bound_names(tree)) | objects
    for name, used in _outside(tree, used=False, inside=False):
        if name.id in students or (used and name.id in lent):
            yield CheckProblem(name.lineno, _MISPLACED.format(name=name.id, askers=", ".join(sorted(ASKERS - {"ask"}))))
        elif name.id in _DOORS:
            yield CheckProblem(
                name.lineno, f"`{name.id}()` reaches past the kit: use notebook_with(...) and read_back(...)."
            )


_MISPLACED = (
    "`{name}` is the student's, or lives beside it: what it is given must be a copy, and what comes back data. "
    "Write `ask({name}, ...)`, or one of {askers} (from the kit)."
)


def _made_by(tree: ast.Module, maker: str) -> set[str]:
    """The variables that hold what `make_object(...)` or `made_beside(...)` made."""
    made = [
        node.targets
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call) and _calls(node.value, {maker})
    ]
    return {target.id for targets in made for target in targets if isinstance(target, ast.Name)}


def _calls(node: ast.AST, names: Set[str]) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names


def _outside(node: ast.AST, *, used: bool, inside: bool) -> Iterator[tuple[ast.Name, bool]]:
    """The names that are read in code and that no asker gets as they are, and whether they are looked into."""
    if isinstance(node, ast.Name):
        if not inside and isinstance(node.ctx, ast.Load):
            yield node, used
        return
    asks = _calls(node, ASKERS)
    passed_on = inside and isinstance(node, ast.Attribute | ast.List | ast.Tuple | ast.Starred | ast.keyword)
    for name, part in ast.iter_fields(node):
        of_object = isinstance(node, ast.Attribute | ast.Subscript) or (isinstance(node, ast.Call) and name == "func")
        for child in part if isinstance(part, list) else [part]:
            if isinstance(child, ast.AST):
                yield from _outside(child, used=of_object, inside=asks or passed_on)


def _foreign(
    tree: ast.Module, tested: Set[str], students: Set[str], helpers: dict[str, ast.AST]
) -> Iterator[CheckProblem]:
    """Names in a check, or in the given functions that it uses, that neither a given cell nor the answer makes."""
    own = bound_names(tree)
    for node in ast.walk(tree):
        if not isinstance(node, ast.Name) or not isinstance(node.ctx, ast.Load) or node.id in own:
            continue
        if node.id in students - tested:
            yield CheckProblem(node.lineno, _FOREIGN.format(name=node.id, where="this check uses it"))
        elif node.id in helpers:
            for name in sorted(_reached(node.id, helpers) & (students - tested)):
                yield CheckProblem(node.lineno, _FOREIGN.format(name=name, where=f"`{node.id}` uses it"))


_FOREIGN = (
    "Neither a given cell nor the answer under test makes `{name}`, but {where}: a student's cell can put another in "
    "its place. Move it into a given cell, or lend the course's own with notebook_with(...)."
)


def _reached(start: str, helpers: dict[str, ast.AST]) -> set[str]:
    """Every name that a given function reads, itself or through other given functions."""
    seen, waiting, names = set[str](), [start], set[str]()
    while waiting:
        function = helpers[waiting.pop()]
        own = bound_names(function)
        read = {n.id for n in ast.walk(function) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)} - own
        names |= read
        waiting += [name for name in read & helpers.keys() if name not in seen]
        seen |= read
    return names
