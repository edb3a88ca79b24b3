"""Finds, before a class is graded, what a check does that cannot work outside the student's notebook."""

import ast
import builtins
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache

from chainrule.analysis.cell_text import parse
from chainrule.analysis.names import bound_names
from chainrule.analysis.passed_on import fetched_names, mentions

ASKERS = frozenset(
    {
        "ask",
        "ask_and_look",
        "make_object",
        "set_up",
        "look_at",
        "warning_of",
        "check_kept",
        "check_new",
        "check_works",
        "made_beside",
    }
)
"""The kit's functions that take a function or an object of the student's."""
_NOTEBOOK_ONLY = frozenset({"get_ipython", "In", "Out", "exit", "quit"})
_OWN = frozenset({"display", "globals", "locals", "vars", "dir", "__name__"})
_FIGURES = frozenset({"matplotlib", "seaborn", "plotly", "bokeh"})
_INSPECTORS = frozenset({"getsource", "getsourcelines", "getsourcefile"})
_LAZY = frozenset({"map", "filter", "zip", "iter", "enumerate"})


@dataclass(frozen=True)
class CheckProblem:
    """Something in a check that will not work in the referee.

    Args:
        line: of the check's text, from 1.
        message: what it is, and what to do instead.
    """

    line: int
    message: str


def lint_check(text: str, given_texts: Sequence[str] = (), student_names: Set[str] = frozenset()) -> list[CheckProblem]:
    """What a check asks for that cannot cross between the referee and the notebook.

    Args:
        text: the whole check cell.
        given_texts: the given cells, in notebook order.
        student_names: names that the author's own notebook defines outside given cells and checks.
    """
    try:
        tree = parse(text, "check")
        given = _read_given(tuple(given_texts))
    except SyntaxError as error:
        return [CheckProblem(error.lineno or 1, f"This is not Python: {error.msg}.")]
    return _Lint(tree, given, student_names).problems()


@dataclass(frozen=True)
class _Given:
    """What the given cells are to a check.

    Args:
        names: that they define.
        helpers: those of the names that use the notebook.
        figures: names under which they import plotting libraries.
    """

    names: frozenset[str]
    helpers: frozenset[str]
    figures: frozenset[str]


@lru_cache(maxsize=4)  # All checks of a notebook have the same given cells.
def _read_given(texts: tuple[str, ...]) -> _Given:
    trees = [parse(cell, f"given-{number}") for number, cell in enumerate(texts, 1)]
    names = frozenset[str]().union(*map(bound_names, trees))
    helpers = frozenset[str]()
    for tree in trees:
        helpers |= fetched_names(tree, names, helpers) & names
    return _Given(names, helpers, _figure_names(trees))


class _Lint:
    def __init__(self, tree: ast.Module, given: _Given, student_names: Set[str]) -> None:
        self.tree = tree
        self.student_names = student_names
        self.given_names = given.names
        self.bound = bound_names(tree)
        self.fetched = fetched_names(tree, self.given_names, given.helpers)
        self.remote = frozenset(student_names) - self.bound - self.given_names
        # What a given cell defines, the notebook has too: such a function crosses as the notebook's own.
        self.functions = _functions([tree]) - self.given_names
        self.figures = _figure_names([tree]) | given.figures

    def problems(self) -> list[CheckProblem]:
        """Every problem, by line."""
        found = {
            CheckProblem(line, message)
            for node in ast.walk(self.tree)
            for line, message in [(getattr(node, "lineno", 1), message) for message in self._about(node)]
        }
        return sorted({*found, *self._last_line()}, key=lambda problem: (problem.line, problem.message))

    def _about(self, node: ast.AST) -> Iterator[str]:
        if isinstance(node, ast.Name):
            yield from self._name(node)
        elif isinstance(node, ast.Call):
            yield from self._call(node)
        elif isinstance(node, ast.Compare):
            yield from self._identity(node)

    def _name(self, node: ast.Name) -> Iterator[str]:
        name = node.id
        if name in self.figures:
            yield (
                f"`{name}` draws, and a figure cannot cross. Let a function in a plain cell return the numbers "
                "that it draws, and check those."
            )
        elif name in _NOTEBOOK_ONLY - self.bound - self.given_names:
            yield f"`{name}` exists only inside IPython. Check the values of the notebook instead."
        elif isinstance(node.ctx, ast.Load) and name not in self._known():
            yield (
                f"Nobody defines `{name}`: not this check, not a given cell, not the notebook. "
                "Define it in a given cell, or correct its name."
            )

    def _known(self) -> Set[str]:
        return self.bound | self.given_names | self.student_names | set(dir(builtins)) | _OWN

    def _call(self, node: ast.Call) -> Iterator[str]:
        called = node.func.attr if isinstance(node.func, ast.Attribute) else ""
        if called in _INSPECTORS and any(mentions(argument, self.remote) for argument in node.args):
            yield f"`{called}` reads source code, which stays in the notebook. Check what the function returns."
        asks = isinstance(node.func, ast.Name) and node.func.id in ASKERS and bool(node.args)
        asked = node.args[0] if asks else node.func
        if not mentions(asked, self.remote):
            return
        for argument in [*node.args[asks:], *(keyword.value for keyword in node.keywords)]:
            yield from self._argument(argument, ast.unparse(asked))

    def _argument(self, argument: ast.expr, function: str) -> Iterator[str]:
        inner = argument.value if isinstance(argument, ast.Starred) else argument
        for part in [inner, *_members(inner)]:
            if isinstance(part, ast.Lambda):
                yield f"A lambda is passed to `{function}`, and a function cannot cross. {_MOVE}"
            elif isinstance(part, ast.Name) and part.id in self.functions - self.remote:
                yield f"The function `{part.id}` is passed to `{function}`, and a function cannot cross. {_MOVE}"
            elif isinstance(part, ast.GeneratorExp):
                yield f"A generator is passed to `{function}`, and it cannot cross. Pass a list: [...]."
            elif isinstance(part, ast.Call) and isinstance(part.func, ast.Name) and part.func.id in _LAZY:
                yield f"`{part.func.id}(...)` is passed to `{function}`, and it cannot cross. Pass list(...) of it."

    def _identity(self, node: ast.Compare) -> Iterator[str]:
        sides = [node.left, *node.comparators]
        for operator, left, right in zip(node.ops, sides, sides[1:], strict=False):
            if not isinstance(operator, ast.Is | ast.IsNot) or _is_constant(left) or _is_constant(right):
                continue
            if mentions(left, self.fetched) or mentions(right, self.fetched):
                yield (
                    "`is` compares copies here, and a copy is never the original. "
                    "Compare values with ==, or change one and look whether the other changed."
                )

    def _last_line(self) -> Iterator[CheckProblem]:
        last = self.tree.body[-1] if self.tree.body else None
        if isinstance(last, ast.Expr) and isinstance(last.value, ast.Call) and self._gives(last.value):
            yield CheckProblem(
                last.lineno,
                "The last line is a call of the student's function: if it gives a number, that number becomes the "
                "mark. Assign it to a name.",
            )

    def _gives(self, call: ast.Call) -> bool:
        """Whether the value of a call is what the student's code returned."""
        asks = isinstance(call.func, ast.Name) and call.func.id in ("ask", "look_at")
        return mentions(call if asks else call.func, self.remote)


_MOVE = "Define it in a plain cell of the notebook, and use its name here."


def _members(node: ast.expr) -> Iterable[ast.expr]:
    if isinstance(node, ast.List | ast.Tuple | ast.Set):
        return node.elts
    return node.values if isinstance(node, ast.Dict) else ()


def _is_constant(node: ast.expr) -> bool:
    """None, True, False, ..., or a type: these are themselves on both sides."""
    if isinstance(node, ast.Constant):
        return True
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "type":
        return True
    return isinstance(node, ast.Name) and isinstance(getattr(builtins, node.id, None), type)


def _functions(trees: Iterable[ast.Module]) -> frozenset[str]:
    """Functions and lambdas that these texts define; they live in the referee only."""
    nodes = [node for tree in trees for node in ast.walk(tree)]
    named = {node.name for node in nodes if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)}
    assigned = {
        target.id
        for node in nodes
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Lambda)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    return frozenset(named | assigned)


def _figure_names(trees: Iterable[ast.Module]) -> frozenset[str]:
    """Names under which plotting libraries are imported, and `plt` in any case."""
    names = {"plt"}
    for node in (node for tree in trees for node in ast.walk(tree)):
        if isinstance(node, ast.Import):
            aliases = [alias for alias in node.names if alias.name.partition(".")[0] in _FIGURES]
        elif isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] in _FIGURES:
            aliases = node.names
        else:
            continue
        names |= {alias.asname or alias.name.partition(".")[0] for alias in aliases}
    return frozenset(names)
