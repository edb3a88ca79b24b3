"""How a verdict stands in the graded notebook: as outputs that nbgrader reads, and as metadata for the report."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from chainrule.engine.cells import VerdictNote, VerdictStatus, grade_id, note, notes
from chainrule.engine.hidden import STANDARD, HiddenParts
from chainrule.engine.routes import REFEREED, Route, Way
from chainrule.referee.verdict import Verdict

HIDDEN = "This part of the check is hidden. Look at what the visible part asks for, with other inputs."
FOR_A_PERSON = "This check could not be run. It is not your doing: a person will look at it."
NOT_REFEREED = "Not refereed: this check ran in a copy of the notebook's own process."


NOT_THERE = ("NameError", "NotImplementedError")
MOST_CAUSE = 300


def cause_of(check: Any, cells: Iterable[Any], makes: Mapping[str, frozenset[str]]) -> str:
    """Why something that a check asks for is not there; empty where nothing tells.

    Args:
        check: the check's cell.
        cells: those of the notebook, as far as it has run.
        makes: the names that each answer should make, by its grade_id.
    """
    cells = list(cells)
    asked = set(re.findall(r"[^\W\d]\w*", check.source))
    places = [i for i, cell in enumerate(cells) if asked & makes.get(grade_id(cell) or "", frozenset())]
    for cell in (cells[place] for place in places):
        if said := _stopped(cell):
            return f"The answer's cell, `{grade_id(cell)}`, stopped with an error of its own: {said}"
    for place in places:
        if said := next(filter(None, map(_stopped, _own_beside(cells, place))), ""):
            return f"A cell of your own beside the answer's, `{grade_id(cells[place])}`, stopped with an error: {said}"
    for cell in (cells[place] for place in places):
        if where := notes(cell).get("elsewhere"):
            return f"Nothing is written in the answer's cell, `{grade_id(cell)}`, but {where}"
    if any(cells[place].get("outputs") for place in places):
        return f"The answer's cell, `{grade_id(cells[places[0]])}`, is not written yet"
    return ""


def _stopped(cell: Any) -> str:
    """The error that ended a cell, in one line; empty where none did, or where it only says that it is not written."""
    for output in cell.get("outputs", []):
        if output["output_type"] == "error" and output["ename"] != "NotImplementedError":
            return " ".join(f"{output['ename']}: {output['evalue']}".split())[:MOST_CAUSE].rstrip(": ")
    return ""


def _own_beside(cells: list[Any], place: int) -> Iterator[Any]:
    """The student's own cells right before and right after a cell."""
    for step in (-1, 1):
        at = place + step
        while 0 <= at < len(cells) and notes(cells[at]).get("own"):
            yield cells[at]
            at += step


def mirror(
    verdict: Verdict, cell: Any, route: Route = REFEREED, hidden: HiddenParts = STANDARD, cause: str = ""
) -> None:
    """Write the verdict into a check cell, so that nbgrader's own rules read the same mark from its outputs.

    Args:
        verdict: what the referee says.
        cell: the check's.
        route: how the check was run.
        hidden: what students do not see of the check.
        cause: what `cause_of` found; told where the check only found that something is not there.
    """
    status, message = _told(verdict, cell.source, hidden)
    if cause and verdict.outcome == "failed" and verdict.exception in NOT_THERE:
        message = f"{message}. {cause}" if verdict.exception == "NameError" else f"Not written yet. {cause}"
    about = VerdictNote(status=status, score=float(verdict.score), message=message)
    cell.execution_count = None
    cell.outputs = _outputs(verdict, message)
    if route.way is not Way.REFEREED:
        about["why"] = route.reason
    if route.way is Way.COPY:
        about["refereed"] = False
        cell.outputs.insert(0, _unrefereed())
    note(cell, {"verdict": about})


def _unrefereed() -> Any:
    """The line that says so where a person marks, and where a student reads; why is told to teachers only."""
    from nbformat import v4

    return v4.new_output("stream", name="stdout", text=f"{NOT_REFEREED}\n")


def _told(verdict: Verdict, source: str, hidden: HiddenParts) -> tuple[VerdictStatus, str]:
    if verdict.outcome in ("author_error", "unrefereed"):
        return VerdictStatus.NEEDS_A_PERSON, FOR_A_PERSON
    if verdict.outcome == "failed":
        return VerdictStatus.FAILED, _message(verdict, source, hidden)
    return VerdictStatus(verdict.outcome), ""


def _message(verdict: Verdict, source: str, hidden: HiddenParts) -> str:
    """The check's own words; where it has none, the line that failed, unless that line is hidden."""
    words = verdict.message.strip()
    if verdict.exception == "NotImplementedError" and not words:
        return "NotImplementedError: not written yet"
    if verdict.exception != "AssertionError":
        return f"{verdict.exception}: {words}" if words else verdict.exception
    lines = source.splitlines()
    line = lines[verdict.line - 1] if verdict.line and verdict.line <= len(lines) else None
    visible = line is not None and line in hidden.without(source).splitlines()
    if words:
        # numpy.testing and unittest print the value that they expected.
        return HIDDEN if not visible and _raised_in_a_library(verdict.traceback) else words
    if visible and line is not None:
        return f"This is not true yet: {line.strip().removeprefix('assert ')}"
    return HIDDEN


def _raised_in_a_library(traceback: str) -> bool:
    """Whether the last step of a traceback lies in a file; a check, or a given cell, is called by its id."""
    steps = re.findall(r'^  File "(.*?)", line \d+', traceback, re.M)
    return bool(steps) and Path(steps[-1]).is_absolute()


def _outputs(verdict: Verdict, message: str) -> list[Any]:
    from nbformat import v4

    if verdict.outcome == "passed":
        return []
    if verdict.outcome == "partial":
        return [v4.new_output("execute_result", data={"text/plain": repr(float(verdict.score))}, execution_count=None)]
    name = (
        "NeedsAPerson" if verdict.outcome in ("author_error", "unrefereed") else verdict.exception or "AssertionError"
    )
    trace = [message]
    if verdict.student_traceback and verdict.exception not in ("AssertionError", "NotImplementedError"):
        trace.append(verdict.student_traceback)
    return [v4.new_output("error", ename=name, evalue=message.removeprefix(f"{name}: "), traceback=trace)]


TIME_IS_OVER = "The time for the whole notebook is over."


def was_lost(why: str) -> Any:
    """The output of a cell whose kernel ended under it."""
    return _error("KernelEnded", f"{why} The cells after this one ran without it.")


def time_is_up(seconds: float) -> Any:
    """The output of a cell that was stopped."""
    return _error("OutOfTime", f"This cell ran longer than {seconds:g} seconds and was stopped.")


def _error(name: str, message: str) -> Any:
    from nbformat import v4

    return v4.new_output("error", ename=name, evalue=message, traceback=[f"{name}: {message}"])
