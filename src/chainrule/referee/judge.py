"""Runs the text of one check and says what came of it."""

from __future__ import annotations

import ast
import builtins
import contextlib
import io
import math
import re
import signal
import time
import traceback
from collections.abc import Iterator, Set
from dataclasses import dataclass, field
from types import CodeType, FrameType
from typing import Any

import numpy as np

from chainrule.analysis.cell_text import parse, read_cell
from chainrule.analysis.names import bound_names, names_of_nodes
from chainrule.analysis.passed_on import fetched_names, mentions
from chainrule.limits import Limits
from chainrule.referee.blame import raised_by_hand, raised_by_notebook, step_in
from chainrule.referee.conversation import Student
from chainrule.referee.cpython_seams import quote_lines
from chainrule.referee.faults import AuthorFault, Unrefereed
from chainrule.referee.names import Names
from chainrule.referee.points import as_points, counts_points
from chainrule.referee.verdict import Check, Outcome, Place, Verdict

_FILES = re.compile(r"\bopen\(|\bread_\w+\(|\bos\.|\bPath\(|\bglob\b|\bexists\(|\bload\w*\(|\bgenfromtxt\(|\bimread\(")


_MEMORY = re.compile(r"\b(?:shares_memory|may_share_memory)\(|\.base is\b|\.flags\b|\.strides\b")
_NO_MEMORY = "The check asks how an array lies in memory, and what comes here is a copy of it."
_SHARED = "A value has one object in several places, and the check changes one of these or compares identities."
_CHANGES = frozenset(
    {"add", "append", "appendleft", "clear", "discard", "extend", "fill", "insert", "itemset", "pop", "popitem"}
    | {"popleft", "remove", "reverse", "setdefault", "sort", "update"}
)
_FIGURES = re.compile(r"\b(?:gca|gcf|get_fignums|get_figlabels)\(")
_NO_FIGURE = "The check asks pyplot for the current figure, and that is the notebook's: here there is none."


_MAKING = (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.ClassDef, ast.Assign, ast.AnnAssign)


class OutOfTime(BaseException):
    """The check's own code ran for too long."""


@dataclass(frozen=True)
class Text:
    """A check, ready to run.

    Args:
        tree: its text, parsed.
        body: all of it, or all but its last line.
        last: its last line, where that is an expression.
        counts: whether that line's value is a number of points.
    """

    tree: ast.Module
    body: CodeType
    last: CodeType | None
    counts: bool

    @classmethod
    def of(cls, text: str, name: str) -> Text:
        """Read the text of a check."""
        tree = parse_shown(text, name)
        last = tree.body[-1] if tree.body else None
        if not isinstance(last, ast.Expr):
            return cls(tree, _compiled(tree, name), None, False)
        body = _compiled(ast.Module(tree.body[:-1], tree.type_ignores), name)
        return cls(tree, body, _compiled(ast.Expression(last.value), name), counts_points(tree))

    def execute(self, names: Names) -> Any:
        """Run it; the value of its last line, where that is an expression."""
        exec(self.body, names)
        return None if self.last is None else eval(self.last, names)


@dataclass
class Judge:
    """Where the checks of one submission run.

    Args:
        names: what checks and given cells see.
        student: the line to the notebook.
        limits: times and counts.
        author_names: names that the author's own notebook defines; None where nobody knows.
        tainted: given names that use the notebook when they are called.
        texts: checks that were read before.
        places: what each check finds, by its name.
    """

    names: Names
    student: Student
    limits: Limits
    author_names: frozenset[str] | None = None
    tainted: frozenset[str] = field(default_factory=frozenset)
    texts: dict[tuple[str, str], Text] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)

    def read(self, name: str, text: str) -> Text:
        """Parse and compile a check, or take what came of it before.

        Raises:
            SyntaxError: it is not Python.
        """
        key = name, text
        # Read in the warm process, before it forks: a check is parsed once for all submissions.
        if key not in self.texts:
            self.texts[key] = Text.of(text, name)
        return self.texts[key]

    def give(self, text: str, name: str) -> None:
        """Run a given cell."""
        tree = parse_shown(text, name)
        # A helper that calls the student's function when it is called hands on what that returns: so does its name.
        self.tainted |= fetched_names(tree, self.names.keys(), self.tainted) & bound_names(tree)
        with _printing_to(io.StringIO()), _timed(self.limits):
            exec(_compiled(tree, name), self.names)

    def run(self, check: Check, *, keep: bool = False) -> Verdict:
        """Run one check against the notebook; `keep` leaves the line to it open, for the check that follows."""
        start = time.monotonic()
        output = io.StringIO()
        self.student.begin()
        self.names.begin(self.places.get(check.name))
        self.student.quiet = output
        value, error, text, tree = None, None, None, ast.Module([], [])
        # Before the check runs: a name that it makes from the student's is no longer its own.
        own = {*self.names, *self.names.outside.leftovers} - self.names.outside.theirs
        try:
            text = self.read(check.name, check.text)
            tree = text.tree
            for words, reason in ((_FIGURES, _NO_FIGURE), (_MEMORY, _NO_MEMORY)):
                if words.search(check.text):
                    raise Unrefereed(reason)
            with _printing_to(output), _timed(self.limits):
                value = text.execute(self.names)
        # Also SystemExit: `exit()` in a check is the check's mistake, and not the referee's end.
        except BaseException as problem:
            error = problem
        finally:
            self.student.end(keep=keep)
            if error is not None and text is not None:
                self._make_the_rest(check, text, error, own)
            self.names.end()
        # A fault counts also where the check has caught it: a kernel that breaks the rules gains nothing by that.
        error = self.student.fault or error
        if error is None and text is not None and text.counts:
            value, error = as_points(value)
        if error is None and self.student.shared and _looks_inside(tree, fetched_names(tree, own, self.tainted)):
            error = Unrefereed(_SHARED)
        verdict = _scored(value, check) if error is None else self._failed(check, tree, error, own)
        return _with(
            verdict,
            kernel=self.student.kernel,
            printed=output.getvalue()[: self.limits.printed],
            calls=self.student.calls,
            seconds=time.monotonic() - start,
        )

    def _make_the_rest(self, check: Check, text: Text, error: BaseException, own: Set[str]) -> None:
        """Make what stands after the line that failed, and needs nothing of the notebook's: later checks may use it."""
        step = step_in(error.__traceback__, check.name)
        after = [node for node in text.tree.body if step is not None and node.lineno > step.tb_lineno]
        if not any(isinstance(node, _MAKING) for node in after):
            return
        theirs = fetched_names(text.tree, own, self.tainted)
        for node in after:
            used = names_of_nodes([node]).used
            if isinstance(node, _MAKING) and not used & theirs and used <= self.names.keys() | vars(builtins).keys():
                with contextlib.suppress(Exception, OutOfTime), _printing_to(io.StringIO()), _timed(self.limits):
                    exec(_compiled(ast.Module([node], []), check.name), self.names)

    def _failed(self, check: Check, tree: ast.Module, error: BaseException, own: Set[str]) -> Verdict:
        step = step_in(error.__traceback__, check.name)
        line = step.tb_lineno if step is not None else error.lineno if isinstance(error, SyntaxError) else None
        outcome = self._outcome(check, tree, error, own)
        # Files are not sent: what an answer has written lies in its sandbox, and the check looks beside its own data.
        if _FILES.search(check.text):
            self.student.doubt("the check looks at files, and what answers write is seen by their notebook alone")
            outcome = "unrefereed" if outcome == "author_error" or isinstance(error, OSError) else outcome
        return Verdict(
            outcome=outcome,
            message=_printable(_message(error)),
            exception=type(error).__name__,
            line=line,
            traceback=_printable(_trace(error)),
            student_traceback=_printable(self.student.trace_of(error) or ""),
            doubt=_printable("; ".join(self.student.doubts)) if outcome == "failed" else "",
        )

    def _outcome(self, check: Check, tree: ast.Module, error: BaseException, own: Set[str]) -> Outcome:
        # In the order of the rule in `blame`.
        if isinstance(error, Unrefereed) or _runs_in_ipython_only(check.text, error):
            return "unrefereed"
        if isinstance(error, AuthorFault):
            return "author_error"
        if error is self.student.fault or self.student.trace_of(error) is not None:
            return "failed"
        if isinstance(error, NameError) and error.name in self.student.missing:
            return "failed" if self.author_names is None or error.name in self.author_names else "author_error"
        if not self.student.touched:
            return "author_error"
        if isinstance(error, AssertionError) or raised_by_hand(tree, error.__traceback__, check.name):
            return "failed"
        tainted = fetched_names(tree, own, self.tainted)
        return "failed" if raised_by_notebook(tree, error.__traceback__, check.name, tainted) else "author_error"


def parse_shown(text: str, name: str) -> ast.Module:
    """Parse a cell, and have tracebacks quote its lines.

    Raises:
        SyntaxError: it is not Python.
    """
    quote_lines(name, text)
    return parse(text, name)


def _looks_inside(tree: ast.Module, theirs: Set[str]) -> bool:
    """Whether a check changes a part of what came from the notebook, or asks whether two parts are the same one."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Subscript | ast.Attribute) and not isinstance(node.ctx, ast.Load):
            part: ast.AST = node.value
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _CHANGES:
            part = node.func.value
        elif isinstance(node, ast.Compare) and any(isinstance(one, ast.Is | ast.IsNot) for one in node.ops):
            part = ast.Tuple([one for one in node.comparators if not isinstance(one, ast.Constant)], ast.Load())
        else:
            continue
        if mentions(part, theirs):
            return True
    return False


def _runs_in_ipython_only(text: str, error: BaseException) -> bool:
    """Whether a check that failed here does what only a notebook does: `files = !ls`, `await` at its top."""
    if isinstance(error, SyntaxError):
        with contextlib.suppress(SyntaxError):
            compile(text, "cell", "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
            return True
    return read_cell(text).needs_ipython


def _compiled(tree: ast.Module | ast.Expression, name: str) -> CodeType:
    # Not with this module's own `from __future__`: annotations in a check are what they are in a notebook.
    return compile(tree, name, "exec" if isinstance(tree, ast.Module) else "eval", dont_inherit=True)


def _scored(value: Any, check: Check) -> Verdict:
    """Full marks, or as many as the last line's number says."""
    # Not bool: `f(2) == 4` as a last line is no number of points.
    is_number = type(value) in (int, float) or isinstance(value, np.integer | np.floating)
    if not is_number:
        return Verdict("passed", score=check.points)
    score = float(min(max(value, 0), check.points)) if not math.isnan(value) else 0.0
    return Verdict("partial", score=score)


def _with(verdict: Verdict, **changes: Any) -> Verdict:
    return Verdict(**{**vars(verdict), **changes})


def _message(error: BaseException) -> str:
    """The exception's words; its arguments may be stand-ins, which have none once the check is over."""
    try:
        return str(error)
    except BaseException:
        return ""


def _trace(error: BaseException) -> str:
    """A traceback without the steps of this package."""
    _suggest_nothing(error)
    # The last steps say where it failed. A recursion has a thousand of them, and all alike.
    shown = traceback.TracebackException.from_exception(error, limit=-50)
    # Authors are shown their check and the student's code, not how the referee works.
    own = __file__.rpartition("/")[0]
    part: traceback.TracebackException | None = shown
    while part is not None:
        part.stack = traceback.StackSummary.from_list([f for f in part.stack if not f.filename.startswith(own)])
        part = part.__cause__ or part.__context__
    return "".join(shown.format())[-20_000:]


def _suggest_nothing(error: BaseException) -> None:
    """Keep Python from looking for a name that was meant: it asks the objects, and these may be a student's."""
    waiting, seen = [error], set[int]()
    while waiting:
        part = waiting.pop()
        if id(part) in seen:
            continue
        seen.add(id(part))
        if isinstance(part, AttributeError | NameError | ImportError):
            part.name = None
        waiting += [other for other in (part.__cause__, part.__context__) if other is not None]
        if isinstance(part, BaseExceptionGroup):
            waiting += part.exceptions


def _printable(text: str) -> str:
    """Text that any file or database takes: lone surrogates written as escapes."""
    return text[:20_000].encode("utf-8", "backslashreplace").decode("utf-8")


@contextlib.contextmanager
def _printing_to(output: io.StringIO) -> Iterator[None]:
    with contextlib.redirect_stdout(output), contextlib.redirect_stderr(io.StringIO()):
        yield


@contextlib.contextmanager
def _timed(limits: Limits) -> Iterator[None]:
    """Raise OutOfTime in the check when its processor time, or its patience, is used up."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise OutOfTime("the check itself ran for too long")

    patience = limits.check_seconds + limits.connect_seconds + limits.grace_seconds
    # Processor time for a loop of the check's own; real time for one that waits on something.
    clocks = ((signal.SIGPROF, signal.ITIMER_PROF, limits.own_seconds), (signal.SIGALRM, signal.ITIMER_REAL, patience))
    for number, clock, seconds in clocks:
        signal.signal(number, stop)
        # Again each second: a check may catch the first one.
        signal.setitimer(clock, seconds, 1.0)
    try:
        yield
    finally:
        for _, clock, _ in clocks:
            signal.setitimer(clock, 0)
