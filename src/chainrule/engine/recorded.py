"""What is graded: the instructor's notebook, with the cells that nbgrader recorded when it made the release.

nbgrader keeps the text, the points and the kind of each graded, solution and locked cell in the gradebook. Stock
grades with those, so an edit counts from the next `nbgrader generate_assignment` on, and a test that nbgrader expands
(`### AUTOTEST`) is there as it was expanded. The rest of the notebook stands in `source/`, or else in `release/`.
"""

from __future__ import annotations

import copy
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from chainrule.engine.cells import grade_id, is_solution

__all__ = ["RecordedCell", "SourceChanged", "recorded_cells", "recorded_notebook", "version_of"]


class SourceChanged(Exception):
    """The instructor's notebook is missing, or has other cells than what was released; the message says what to do."""


@dataclass(frozen=True)
class RecordedCell:
    """A cell as the gradebook holds it.

    Args:
        cell_type: code or markdown.
        source: its text, with hidden tests; a solution's text is what students got.
        checksum: of the released cell.
        locked: whether students cannot edit it.
        solution: whether students fill it in.
        points: what it is worth; None where it is not graded.
    """

    cell_type: str
    source: str
    checksum: str
    locked: bool
    solution: bool
    points: float | None


def recorded_cells(gradebook: Any, assignment: str, notebook: str) -> dict[str, RecordedCell]:
    """The cells of a notebook that the gradebook knows, by grade_id.

    Raises:
        MissingEntry: the gradebook does not know this notebook.
    """
    from nbgrader.api import GradeCell, SolutionCell, SourceCell, TaskCell

    known = gradebook.find_notebook(notebook, assignment)
    # Columns, and not objects: this is asked several times a submission.
    points = {
        name: float(most)
        for kind in (GradeCell, TaskCell)
        for name, most in gradebook.db.query(kind.name, kind.max_score).filter(kind.notebook_id == known.id)
    }
    solutions = {name for (name,) in gradebook.db.query(SolutionCell.name).filter_by(notebook_id=known.id)}
    columns = (SourceCell.name, SourceCell.cell_type, SourceCell.source, SourceCell.checksum, SourceCell.locked)
    rows = gradebook.db.query(*columns).filter(SourceCell.notebook_id == known.id)
    return {
        name: RecordedCell(kind, source or "", checksum or "", locked, name in solutions, points.get(name))
        for name, kind, source, checksum, locked in rows
    }


def version_of(records: Mapping[str, RecordedCell]) -> str:
    """One SHA-256 over what was recorded."""
    rows = {name: vars(cell) for name, cell in sorted(records.items())}
    return hashlib.sha256(json.dumps(rows).encode("utf-8", "surrogatepass")).hexdigest()


def recorded_notebook(
    candidates: Iterable[Any], records: Mapping[str, RecordedCell], assignment: str
) -> tuple[Any, list[str]]:
    """The notebook to grade with, and the names of its cells that were edited since they were released.

    Args:
        candidates: the notebooks that it may be made from, the best one first.
        records: what the gradebook knows of it.
        assignment: its name, for the message.

    Raises:
        SourceChanged: none of the candidates has the cells that were recorded.
    """
    faults: list[str] = []
    for notebook in candidates:
        if not (fault := _difference(notebook, records)):
            merged = copy.deepcopy(notebook)
            edited = [_restore(cell, records) for cell in merged.cells]
            return merged, [name for name in edited if name]
        faults.append(fault)
    what = f"has other cells than its release ({faults[0]})" if faults else "is neither in source/ nor in release/"
    advice = (
        f"put back the notebook that was released, or run `nbgrader generate_assignment {assignment}`, then grade again"
    )
    raise SourceChanged(f"The instructor's notebook of {assignment} {what}: {advice}")


def _graded(notebook: Any) -> dict[str, Any]:
    kinds = ("grade", "solution", "locked", "task")
    cells = [cell for cell in notebook.cells if any(cell.metadata.get("nbgrader", {}).get(kind) for kind in kinds)]
    return {str(grade_id(cell)): cell for cell in cells}


def _difference(notebook: Any, records: Mapping[str, RecordedCell]) -> str:
    """In which way a notebook has other cells than what was recorded; nothing where it has the same."""
    cells = _graded(notebook)
    for verb, names in (("new", cells.keys() - records.keys()), ("missing", records.keys() - cells.keys())):
        if names:
            return f"{verb}: {', '.join(sorted(names))}"
    changed = [name for name, cell in cells.items() if is_solution(cell) != records[name].solution]
    return f"of another kind: {', '.join(changed)}" if changed else ""


def _restore(cell: Any, records: Mapping[str, RecordedCell]) -> str | None:
    """Make a cell what it was when it was released; its name, where it had been edited."""
    name = grade_id(cell)
    record = records.get(name) if name else None
    if record is None:
        return None
    grading = cell.metadata.nbgrader
    edited = record.points is not None and float(grading.get("points", 0)) != record.points
    if record.points is not None:
        grading["points"] = record.points
    if not is_solution(cell):
        edited |= cell.source != record.source
        cell.source = record.source
        if cell.cell_type != record.cell_type:
            _change_type(cell, record.cell_type)
    # An answer with the checksum of its released cell is one that nobody wrote.
    grading["checksum"] = record.checksum
    return name if edited else None


def _change_type(cell: Any, kind: str) -> None:
    cell.cell_type = kind
    if kind == "code":
        cell.outputs, cell.execution_count = [], None
    else:
        for key in ("outputs", "execution_count"):
            cell.pop(key, None)
