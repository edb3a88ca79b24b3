"""Prove the checks: run answers through them in one plain Python process, as a student's notebook would.

Each trial runs in a process of its own, forked after the assignment's libraries were imported once.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import io
import multiprocessing
import os
import shutil
import sys
import tempfile
import traceback
import warnings
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from chainrule.analysis.names import imported_modules
from chainrule.authoring.assignment import Assignment, Cell, Kind, read_assignment
from chainrule.authoring.inclusions import expand
from chainrule.course import Course
from chainrule.engine.demonstrations import Part, unneeded
from chainrule.proof.answers import Answer, answered, read_answer, read_answers, solved, stubbed

TRIAL_SECONDS = 120


@dataclass(frozen=True)
class Failure:
    """How one cell failed: the exception's type and message."""

    type: str
    message: str


@dataclass(frozen=True)
class Run:
    """What came of running the cells: the failed checks by id, and other cells' failures in order.

    `lost` says why the run did not reach the end, where it did not.
    """

    failed: dict[str, Failure]
    other: tuple[str, ...]
    lost: str = ""


@dataclass(frozen=True)
class Trial:
    """One answer, what it did, and in which ways that is not what it declares."""

    name: str
    run: Run
    surprises: tuple[str, ...]


def trials(course: Course, assignment_id: str, paths: list[Path]) -> Iterable[Trial]:
    """Run the solution, the stub and answers (those of the files, or else all of the assignment's)."""
    assignment = read_assignment(course.assignments / assignment_id)
    cells = expand(assignment, course.data)
    answers = [read_answer(path, assignment) for path in paths]
    if not paths:
        answers = read_answers(course.answers / assignment_id, assignment)
    preload(cells)
    if not paths:
        run = run_cells(solved(cells), course.data, strict=True)
        yield Trial("solution", run, tuple(_surprises(run, frozenset(), ())))
        run = run_cells(stubbed(cells), course.data)
        yield Trial("stub", run, tuple(_stub_surprises(run, assignment)))
    for answer in answers:
        run = run_cells(needed_cells(answered(cells, answer)), course.data)
        yield Trial(answer.name, run, tuple(answer_surprises(answer, run)))


def needed_cells(cells: list[Cell]) -> list[Cell]:
    """The cells without the plots and training runs that no check depends on, which take most of the time."""
    course = (Kind.CHECK, Kind.GIVEN, Kind.RUN)
    code = [(str(place), cell) for place, cell in enumerate(cells) if cell.cell_type == "code"]
    left_out = unneeded([Part(place, cell.source, cell.kind is Kind.RUN, cell.kind in course) for place, cell in code])
    return [cell for place, cell in code if place not in left_out]


def answer_surprises(answer: Answer, run: Run) -> list[str]:
    """In which ways a run is not what the answer's file declares."""
    found = list(_surprises(run, answer.loses, answer.says))
    everything = "\n".join(failure.message for failure in run.failed.values()).lower()
    found += [
        f"a message says {words!r}, which is not the cause" for words in answer.never if words.lower() in everything
    ]
    if answer.path.parent.name == "wrong" and not answer.loses:
        found.append("a wrong answer must say which checks it loses")
    return found


def _surprises(run: Run, loses: frozenset[str], says: tuple[str, ...]) -> Iterable[str]:
    if run.lost:
        yield run.lost
        return
    for check in sorted(run.failed.keys() - loses):
        yield f"loses {check}: {run.failed[check].type}: {run.failed[check].message}"
    for check in sorted(loses - run.failed.keys()):
        yield f"should lose {check}, but passes"
    everything = "\n".join(failure.message for failure in run.failed.values()).lower()
    for word in says:
        if word.lower() not in everything:
            yield f"no message says {word!r}"
    if not loses:
        yield from run.other


def _stub_surprises(run: Run, assignment: Assignment) -> Iterable[str]:
    if run.lost:
        yield run.lost
        return
    for check in assignment.checks:
        if check not in run.failed:
            yield f"passes {check}"
        elif run.failed[check].type != "NotImplementedError":
            yield f"{check} fails with {run.failed[check].type}: {run.failed[check].message}"
    yield from (text for text in run.other if "NotImplementedError" not in text)


def preload(cells: Iterable[Cell]) -> None:
    """Import once, before forking, what the cells import; what is not there is the cells' own matter."""
    os.environ.setdefault("MPLBACKEND", "Agg")
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    code = (cell.source for cell in cells if cell.cell_type == "code")
    for name in sorted({module for text in code for module in imported_modules(text)}):
        with (
            contextlib.suppress(Exception),
            warnings.catch_warnings(),
            contextlib.redirect_stderr(io.StringIO()),
        ):
            warnings.simplefilter("ignore")
            importlib.import_module(name)


def run_cells(cells: list[Cell], files: Path, *, strict: bool = False, pictures: bool = False) -> Run:
    """Run cells in order in a forked process; an error ends its cell, not the run, as in a graded notebook.

    Args:
        cells: the cells to run.
        files: the folder whose files lie beside the notebook.
        strict: make every warning an error.
        pictures: draw each figure, as a notebook does to show it.
    """
    context = multiprocessing.get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    with warnings.catch_warnings():
        # Libraries with threads make Python warn about the fork; nothing of theirs has run yet.
        warnings.simplefilter("ignore", DeprecationWarning)
        process = context.Process(target=_run_in_child, args=(cells, files, strict, pictures, sender))
        process.start()
    sender.close()
    try:
        if not receiver.poll(TRIAL_SECONDS):
            return Run({}, (), f"no end after {TRIAL_SECONDS} s")
        result: Run = receiver.recv()
        return result
    except EOFError:
        return Run({}, (), "the process died")
    finally:
        process.kill()
        process.join()


def _run_in_child(cells: list[Cell], files: Path, strict: bool, pictures: bool, sender: Any) -> None:
    with tempfile.TemporaryDirectory() as folder, open(os.devnull, "w") as nowhere:
        for path in files.iterdir():
            if path.is_file():
                shutil.copy(path, folder)
        os.chdir(folder)
        # Else each search for garbage goes through all of the libraries: most of the time where many objects are made.
        gc.freeze()
        sys.stdout = sys.stderr = nowhere
        warnings.simplefilter("error" if strict else "ignore")
        sender.send(_run_here(cells, pictures))
        os.chdir("/")


def _run_here(cells: list[Cell], pictures: bool) -> Run:
    namespace: dict[str, Any] = {"__name__": "__main__"}
    failed: dict[str, Failure] = {}
    other: list[str] = []
    if pictures:
        from IPython.core.pylabtools import print_figure
    for cell in cells:
        if cell.cell_type != "code":
            continue
        try:
            exec(compile(cell.source, f"<line {cell.line}>", "exec"), namespace)
        except BaseException as error:
            failure = Failure(type(error).__name__, str(error))
            if cell.kind is Kind.CHECK:
                failed[cell.name] = failure
            else:
                where = traceback.extract_tb(error.__traceback__)[-1]
                other.append(f"cell of line {cell.line}: {failure.type}: {failure.message} (at {where.lineno})")
        if plots := sys.modules.get("matplotlib.pyplot"):
            for number in plots.get_fignums() if pictures else ():
                print_figure(plots.figure(number))  # type: ignore[no-untyped-call]
            plots.close("all")
    return Run(failed, tuple(other))


def print_trials(results: Iterable[Trial], *, verbose: bool) -> int:
    """Print each trial as it ends; 1 where any was not what it declares."""
    from rich.console import Console

    console = Console(highlight=False, soft_wrap=True)
    surprised = count = 0
    for trial in results:
        count += 1
        surprised += bool(trial.surprises)
        word = "[red]not as declared[/]" if trial.surprises else "[green]as declared[/]"
        console.print(f"{word}  {trial.name}  [dim](fails {len(trial.run.failed)})[/]")
        for text in trial.surprises:
            console.print(f"    {text}", markup=False)
        if verbose:
            for check, failure in trial.run.failed.items():
                console.print(f"    {check}: {failure.type}: {failure.message}", markup=False)
    console.print(f"{count} runs, {surprised} not as declared")
    return 1 if surprised else 0
