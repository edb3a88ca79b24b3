"""The text of one assignment: its cells and their markers, read from `assignments/<id>/notebook.py`.

The file is a jupytext py:percent notebook. Short markers say what each cell is:
`# %% solution="backward"`, `# %% check="backward-dw8" points=1`, `# %% given` and so on.
Mistakes of the author are collected and reported together, each with file and line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import Enum
from math import inf
from pathlib import Path
from typing import Any

QUESTION_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
CELL_START = re.compile(r"^# %%( |$)")
BEGIN_SOLUTION, END_SOLUTION = "### BEGIN SOLUTION", "### END SOLUTION"
BEGIN_HIDDEN, END_HIDDEN = "### BEGIN HIDDEN TESTS", "### END HIDDEN TESTS"
BEGIN_SCHEME, END_SCHEME = "### BEGIN MARK SCHEME", "### END MARK SCHEME"


class Kind(Enum):
    """What a cell of an assignment is for."""

    PROSE = "prose"
    QUESTION = "question"
    SECTION = "section"
    SOLUTION = "solution"
    CHECK = "check"
    GIVEN = "given"
    RUN = "run"
    FREE = "free"
    WRITTEN = "written"
    MARKING = "marking"


# marker -> (kind, type of the cell, the other keys that it may carry)
MARKERS: dict[str, tuple[Kind, str, frozenset[str]]] = {
    "question": (Kind.QUESTION, "markdown", frozenset({"minutes", "level", "lines"})),
    "section": (Kind.SECTION, "markdown", frozenset()),
    "written": (Kind.WRITTEN, "markdown", frozenset({"points"})),
    "marking": (Kind.MARKING, "markdown", frozenset()),
    "solution": (Kind.SOLUTION, "code", frozenset()),
    "check": (Kind.CHECK, "code", frozenset({"points"})),
}
WORDS: dict[str, tuple[Kind, frozenset[str]]] = {
    "given": (Kind.GIVEN, frozenset({"include", "embed", "was"})),
    "free": (Kind.FREE, frozenset()),
}
# What a cell without a marker may carry.
UNMARKED = {Kind.PROSE: frozenset({"hunt"}), Kind.RUN: frozenset({"include"})}
# Regions that a kind of cell must have, and the kinds that may hold them.
REGIONS = {
    Kind.SOLUTION: (BEGIN_SOLUTION, END_SOLUTION),
    Kind.WRITTEN: (BEGIN_SOLUTION, END_SOLUTION),
    Kind.CHECK: (BEGIN_HIDDEN, END_HIDDEN),
    Kind.MARKING: (BEGIN_SCHEME, END_SCHEME),
}


@dataclass(frozen=True)
class Problem:
    """One mistake in a file: where it is, and what to do about it."""

    path: Path
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.text}"


class AssignmentError(Exception):
    """The text of an assignment (or of an answer to it) has mistakes; `problems` lists them all."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


@dataclass(frozen=True)
class Cell:
    """One cell: `name` is its question id where it has one; `points` are 0 for cells that are not graded."""

    kind: Kind
    cell_type: str
    source: str
    line: int
    name: str = ""
    points: float = 0.0
    options: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Assignment:
    """One assignment as its author wrote it."""

    id: str
    path: Path
    title: str
    files: tuple[str, ...]
    cells: tuple[Cell, ...]

    @property
    def solutions(self) -> tuple[str, ...]:
        """The ids of the questions that are answered in code, in the order of the notebook."""
        return tuple(cell.name for cell in self.cells if cell.kind is Kind.SOLUTION)

    @property
    def former(self) -> frozenset[str]:
        """The ids of questions of an earlier edition whose answers are given now; answers to them may still come."""
        return frozenset(name for cell in self.cells for name in cell.options.get("was", "").split())

    @property
    def checks(self) -> tuple[str, ...]:
        """The ids of the checks, in the order of the notebook."""
        return tuple(cell.name for cell in self.cells if cell.kind is Kind.CHECK)


def read_assignment(folder: Path) -> Assignment:
    """Read `folder/notebook.py`.

    Raises:
        AssignmentError: with every mistake found, each with its line.
    """
    path = folder / "notebook.py"
    if not path.is_file():
        raise AssignmentError([Problem(path, 1, "there is no such file; an assignment is one notebook.py")])
    metadata, raw = read_percent(path)
    problems: list[Problem] = []
    cells = tuple(_read_cell(path, line, cell, problems) for line, cell in raw)
    header = metadata.get("chainrule")
    header = header if isinstance(header, dict) else {}
    title, files = header.get("title"), header.get("files") or []
    if not isinstance(title, str):
        problems.append(Problem(path, 1, "the header has no `jupyter: chainrule: title:`"))
    if not isinstance(files, list) or not all(isinstance(name, str) for name in files):
        problems.append(Problem(path, 1, "`files:` in the header should be a list of names, such as [graph.npy]"))
    problems += _problems_between_cells(path, cells)
    if problems:
        raise AssignmentError(sorted(problems, key=lambda problem: problem.line))
    return Assignment(folder.name, path, str(title), tuple(files), cells)


def read_percent(path: Path, *, preface: bool = False) -> tuple[dict[str, Any], list[tuple[int, Any]]]:
    """Read a py:percent file: its metadata, and each cell (a nbformat node) with its first line's number.

    With `preface`, the file may start with comment lines of its own, which are left out.
    """
    import jupytext
    from nbformat import ValidationError
    from yaml import YAMLError

    text = path.read_text(encoding="utf-8-sig")
    starts = [n for n, line in enumerate(text.splitlines(), 1) if CELL_START.match(line)]
    if preface and starts:
        text = "\n".join(text.splitlines()[starts[0] - 1 :])
    try:
        notebook = jupytext.reads(text, fmt="py:percent")
    except (YAMLError, ValidationError) as error:
        raise AssignmentError([Problem(path, 1, f"the header cannot be read: {error}")]) from None
    if len(starts) != len(notebook.cells):
        line = starts[0] if starts else 1
        what = f"{len(starts)} lines start a cell, but jupytext finds {len(notebook.cells)} cells"
        raise AssignmentError(
            [Problem(path, line, f"{what}: is there text before the first `# %%`, or one inside a string?")]
        )
    return dict(notebook.metadata), list(zip(starts, notebook.cells, strict=True))


def _read_cell(path: Path, line: int, raw: Any, problems: list[Problem]) -> Cell:
    options = {key: value for key, value in raw.metadata.items() if key != "lines_to_next_cell"}

    def problem(text: str) -> None:
        problems.append(Problem(path, line, text))

    word = options.pop("title", None)
    kind, cell_type = (Kind.PROSE, "markdown") if raw.cell_type == "markdown" else (Kind.RUN, "code")
    name, allowed = "", UNMARKED[kind]
    markers = [key for key in options if key in MARKERS]
    if word is not None:
        if word in WORDS:
            (kind, allowed), cell_type = WORDS[word], "code"
        else:
            problem(f"unknown marker `{word}`; the words are {', '.join(WORDS)}")
    elif len(markers) > 1:
        problem(f"a cell has one marker, not {' and '.join(markers)}")
        allowed = frozenset(options)
    elif markers:
        kind, cell_type, allowed = MARKERS[markers[0]]
        name = str(options.pop(markers[0]))
        if not QUESTION_ID.fullmatch(name):
            problem(f"the id {name!r} should be made of lower-case letters, digits and hyphens")
    if raw.cell_type != cell_type:
        problem(f"a {kind.value} cell is a {cell_type} cell, not a {raw.cell_type} cell")
    if unread := options.pop("incorrectly_encoded_metadata", None):
        problem(f"cannot read `{unread}`: an id stands in quotation marks, and points are a number")
    for key in sorted(options.keys() - allowed):
        problem(f"unknown marker `{key}`; a cell is marked by one of {', '.join([*MARKERS, *WORDS])}")
    points = _points(options.pop("points", None), kind, name, problem)
    for region, text in _region_problems(kind, raw.source):
        problem(f"{kind.value} cell {name}".rstrip() + f": {text} ({region})")
    return Cell(kind, raw.cell_type, raw.source, line, name, points, {k: str(v) for k, v in options.items()})


def _points(value: Any, kind: Kind, name: str, problem: Any) -> float:
    if kind not in (Kind.CHECK, Kind.WRITTEN):
        return 0.0
    if value is None:
        problem(f"{kind.value} {name!r} has no points: write `{kind.value}={name!r} points=2`".replace("'", '"'))
        return 0.0
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < inf:
        problem(f"{kind.value} {name!r}: points should be a number above 0, not {value!r}")
        return 0.0
    return float(value)


def _region_problems(kind: Kind, source: str) -> list[tuple[str, str]]:
    """The marks of regions that a cell lacks, or holds where they do not belong."""
    lines = [line.strip() for line in source.splitlines()]
    found = []
    for begin, end in dict.fromkeys(REGIONS.values()):
        marks = [line for line in lines if line in (begin, end)]
        if REGIONS.get(kind) != (begin, end):
            if marks:
                found.append((begin, "this kind of cell cannot hold such a region"))
        elif not marks and kind is not Kind.CHECK:
            found.append((begin, "the mark is missing"))
        elif marks != [begin, end] * (len(marks) // 2):
            found.append((begin, "the begin and end marks do not pair up"))
    return found


def _problems_between_cells(path: Path, cells: tuple[Cell, ...]) -> list[Problem]:
    problems = []
    solutions = {cell.name for cell in cells if cell.kind is Kind.SOLUTION}
    written = {cell.name for cell in cells if cell.kind is Kind.WRITTEN}
    seen: dict[tuple[str, str], int] = {}
    for cell in cells:
        if not cell.name:
            continue
        # A heading shares its question's id; a check shares its solution's.
        family = "heading" if cell.kind in (Kind.QUESTION, Kind.SECTION) else cell.kind.value
        family = "check" if cell.kind is Kind.WRITTEN else family
        first = seen.setdefault((family, cell.name), cell.line)
        if first != cell.line:
            problems.append(Problem(path, cell.line, f"{family} {cell.name!r} is there twice (first in line {first})"))
        if cell.kind is Kind.CHECK and not any(belongs(cell.name, name) for name in solutions):
            text = f"check {cell.name!r} belongs to no solution: its id is a solution's, or that and `-part`"
            problems.append(Problem(path, cell.line, text))
        if cell.kind is Kind.MARKING and cell.name not in written:
            problems.append(Problem(path, cell.line, f"there is no written answer {cell.name!r} to mark"))
    checked = [cell.name for cell in cells if cell.kind is Kind.CHECK]
    for cell in cells:
        if cell.kind is Kind.SOLUTION and not any(belongs(check, cell.name) for check in checked):
            problems.append(Problem(path, cell.line, f"solution {cell.name!r} has no check"))
    return problems


def belongs(check: str, solution: str) -> bool:
    """Whether a check of this id looks at the solution of that id."""
    return check == solution or check.startswith(f"{solution}-")
