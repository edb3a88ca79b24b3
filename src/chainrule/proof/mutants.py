"""Grade mutants of every solution: a mutant that no check notices is a hole in the checks.

The notebook is run up to the mutated cell once; from there each mutant is a forked child that runs its cell and
the checks after it, and stops at the first that fails.
"""

from __future__ import annotations

import ast
import contextlib
import gc
import json
import multiprocessing
import os
import random
import signal
import sys
import tempfile
import tomllib
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from chainrule.authoring.assignment import Assignment, Cell, Kind, read_assignment
from chainrule.authoring.inclusions import expand
from chainrule.course import Course
from chainrule.proof.answers import solved, without_marks
from chainrule.proof.mutations import Mutant, habitual_mutants, mutants
from chainrule.proof.published_graders import fair_graders, in_place_of_checks, judge_answers
from chainrule.proof.trials import preload

MUTANT_SECONDS = 20


@dataclass(frozen=True)
class MutantResult:
    """What became of one mutant: the check that noticed it, or why none had to."""

    assignment: str
    solution: str
    mutant: Mutant
    killed_by: str = ""
    equivalent: str = ""

    @property
    def survived(self) -> bool:
        """Whether no check noticed it and nobody recorded it as equivalent."""
        return not self.killed_by and not self.equivalent


def all_mutants(assignment: Assignment, *, habits: bool = False) -> list[tuple[str, Mutant]]:
    """Every mutant of every solution of an assignment, with the solution's id; or else every one out of habit."""
    found = []
    for cell in assignment.cells:
        if cell.kind is Kind.SOLUTION:
            found += [(cell.name, mutant) for mutant in _mutants_of(without_marks(cell.source), habits)]
    return found


@cache
def _mutants_of(text: str, habits: bool) -> tuple[Mutant, ...]:
    return tuple(habitual_mutants(text) if habits else mutants(text))


def chosen_mutants(assignment: Assignment, sample: int | None, *, habits: bool = False) -> list[tuple[str, Mutant]]:
    """All mutants, or as many as asked for; always the same ones."""
    every = all_mutants(assignment, habits=habits)
    if sample is None or sample >= len(every):
        return every
    return random.Random(assignment.id).sample(every, sample)


def grade_mutants(
    course: Course,
    assignment_id: str,
    *,
    sample: int | None = None,
    graders: list[Cell] | None = None,
    habits: bool = False,
) -> Iterator[MutantResult]:
    """Grade the mutants of an assignment (a fixed sample of them, if asked for), as they finish.

    Args:
        course: the course.
        assignment_id: the assignment.
        sample: how many mutants (default: all).
        graders: cells that grade in the place of the assignment's checks.
        habits: the mutants that look like good habits, and not the others.

    Raises:
        AssignmentError: the assignment's text has mistakes.
    """
    assignment = read_assignment(course.assignments / assignment_id)
    chosen = chosen_mutants(assignment, sample, habits=habits)
    equivalent = recorded_equivalents(course, assignment_id)
    cells = solved(expand(assignment, course.data))
    preload(cells)
    if graders is not None:
        cells = in_place_of_checks(cells, graders)
    for solution in assignment.solutions:
        group = [mutant for name, mutant in chosen if name == solution]
        if not group:
            continue
        for mutant, killer in _grade_group(cells, solution, group, course.data):
            why = "" if killer else equivalent.get((solution, mutant.was, mutant.now), "")
            yield MutantResult(assignment_id, solution, mutant, killer, why)


def recorded_equivalents(course: Course, assignment_id: str) -> dict[tuple[str, str, str], str]:
    """The mutants that no check can notice, by solution and changed line, each with the reason why."""
    path = course.answers / assignment_id / "equivalent.toml"
    if not path.is_file():
        return {}
    records = tomllib.loads(path.read_text(encoding="utf-8")).get("mutant", [])
    return {(record["solution"], record["was"], record["now"]): record["why"] for record in records}


def _grade_group(cells: list[Cell], solution: str, group: list[Mutant], files: Path) -> Iterator[tuple[Mutant, str]]:
    """Run the notebook up to the solution in one child, which forks a child of its own for each mutant."""
    context = multiprocessing.get_context("fork")
    at = next(i for i, cell in enumerate(cells) if cell.kind is Kind.SOLUTION and cell.name == solution)
    shares = [group[start :: os.cpu_count() or 1] for start in range(os.cpu_count() or 1)]
    pipes = []
    with warnings.catch_warnings():
        # Libraries with threads make Python warn about the fork; nothing of theirs has run yet.
        warnings.simplefilter("ignore", DeprecationWarning)
        for share in filter(None, shares):
            receiver, sender = context.Pipe(duplex=False)
            context.Process(target=_base, args=(cells, at, share, files, sender), daemon=False).start()
            sender.close()
            pipes.append((receiver, share))
    for receiver, share in pipes:
        for mutant in share:
            yield mutant, receiver.recv()


def _base(cells: list[Cell], at: int, group: list[Mutant], files: Path, sender: Any) -> None:
    with tempfile.TemporaryDirectory() as folder, open(os.devnull, "w") as nowhere:
        for path in files.iterdir():
            (Path(folder) / path.name).symlink_to(path)
        os.chdir(folder)
        sys.stdout = sys.stderr = nowhere
        warnings.simplefilter("ignore")
        namespace: dict[str, Any] = {"__name__": "__main__"}
        for cell in cells[:at]:
            if cell.kind is not Kind.CHECK:
                # A plain cell may use what another one computed, which is left out here.
                with contextlib.suppress(Exception):
                    _run(cell, namespace)
        gc.freeze()  # no search for garbage in what all of them share
        for mutant in group:
            sender.send(_verdict([replace(cells[at], source=mutant.text), *cells[at + 1 :]], namespace))
        os.chdir("/")


def _verdict(cells: list[Cell], namespace: dict[str, Any]) -> str:
    """The check that a mutant fails first, found in a forked child; empty where it passes all."""
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        with contextlib.suppress(BaseException):
            os.close(reader)
            signal.signal(signal.SIGALRM, signal.SIG_DFL)
            signal.alarm(MUTANT_SECONDS)
            os.write(writer, (_first_failure(cells, namespace) or "-").encode())
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader, "rb") as answers:
        answer = answers.read().decode()
    os.waitpid(pid, 0)
    if not answer:
        return f"no end after {MUTANT_SECONDS} s, or a crash"
    return "" if answer == "-" else answer


def _first_failure(cells: list[Cell], namespace: dict[str, Any]) -> str:
    for cell in cells:
        try:
            _run(cell, namespace)
        except BaseException:
            if cell.kind is Kind.CHECK:
                return cell.name
    return ""


def _run(cell: Cell, namespace: dict[str, Any]) -> None:
    if cell.cell_type != "code" or cell.kind is Kind.FREE:
        return
    tree = ast.parse(cell.source)
    if cell.kind is Kind.RUN:
        # Plots and training take long, and no check may depend on them: only what they define is needed.
        tree.body = [node for node in tree.body if _defines(node)]
    exec(compile(tree, f"<line {cell.line}>", "exec"), namespace)


def _defines(node: ast.stmt) -> bool:
    if isinstance(node, ast.Assign):
        return not any(isinstance(part, ast.Call) for part in ast.walk(node.value))
    return isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Import | ast.ImportFrom)


def print_mutants(
    course: Course, assignment_ids: list[str], *, sample: int | None, json_file: str | None, habits: bool = False
) -> int:
    """Grade and print: survivors with their change as they are found, then a table; 1 where any survived."""
    from rich.console import Console
    from rich.table import Table

    console = Console(highlight=False, soft_wrap=True)
    table = Table("assignment", "mutants", "noticed", "equivalent", "survived", box=None, pad_edge=False)
    everything = []
    for assignment_id in assignment_ids:
        outcomes = []
        for outcome in grade_mutants(course, assignment_id, sample=sample, habits=habits):
            outcomes.append(outcome)
            if outcome.survived:
                print_survivor(console, outcome)
        table.add_row(assignment_id, *map(str, _counts(outcomes)))
        everything += outcomes
    console.print(table)
    if json_file:
        write_json(Path(json_file), everything)
    return 1 if any(outcome.survived for outcome in everything) else 0


def _counts(outcomes: list[MutantResult]) -> tuple[int, int, int, int]:
    noticed = sum(bool(outcome.killed_by) for outcome in outcomes)
    equivalent = sum(bool(outcome.equivalent) for outcome in outcomes)
    return len(outcomes), noticed, equivalent, len(outcomes) - noticed - equivalent


def print_published(course: Course, assignment_ids: list[str], *, sample: int | None, json_file: str | None) -> int:
    """Print what the published graders notice of the same mutants, and how they judge right and wrong answers."""
    from rich.console import Console
    from rich.table import Table

    console = Console(highlight=False, soft_wrap=True)
    head = ("assignment", "mutants that differ", "noticed", "right answers rejected", "wrong answers accepted")
    table = Table(*head, box=None, pad_edge=False)
    everything = []
    for assignment_id in assignment_ids:
        graders, unfair = fair_graders(course, assignment_id)
        for name in unfair:
            console.print(f"left out, because it rejects the course's own solution: {assignment_id} {name}")
        recorded = recorded_equivalents(course, assignment_id)
        outcomes = [
            outcome
            for outcome in grade_mutants(course, assignment_id, sample=sample, graders=graders)
            if (outcome.solution, outcome.mutant.was, outcome.mutant.now) not in recorded
        ]
        noticed = sum(bool(outcome.killed_by) for outcome in outcomes)
        comparison = judge_answers(course, assignment_id)
        rejected = f"{comparison.rejected} of {len(comparison.right)}"
        accepted = f"{comparison.accepted} of {len(comparison.wrong)}"
        table.add_row(assignment_id, str(len(outcomes)), f"{noticed / len(outcomes):.1%}", rejected, accepted)
        everything += outcomes
    console.print(table)
    if json_file:
        write_json(Path(json_file), everything)
    return 0


def write_json(path: Path, outcomes: list[MutantResult]) -> None:
    """Write what became of each mutant, one after the other."""
    records = [
        {
            "assignment": outcome.assignment,
            "solution": outcome.solution,
            "line": outcome.mutant.line,
            "operator": outcome.mutant.operator,
            "was": outcome.mutant.was,
            "now": outcome.mutant.now,
            "noticed_by": outcome.killed_by,
            "equivalent": outcome.equivalent,
        }
        for outcome in outcomes
    ]
    path.write_text(json.dumps(records, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def print_survivor(console: Any, outcome: MutantResult) -> None:
    """Print one mutant that no check noticed, as the change that it makes."""
    mutant = outcome.mutant
    console.print(
        f"survived: {outcome.assignment} {outcome.solution}, line {mutant.line} of the cell: {mutant.operator}"
    )
    console.print(f"  - {mutant.was}\n  + {mutant.now}", markup=False)
