"""A release's cells change after students handed in: the gradebook takes the change up, and keeps every other mark.

nbgrader refuses to record a notebook with other cells once there are submissions of it. Here cells that are new get an
empty grade in each submission, cells that are gone are taken out with theirs, and all else stays: marks by hand,
comments, what is to be marked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

__all__ = ["recast"]


def _kinds(cell: Any) -> Iterator[str]:
    grading = cell["metadata"].get("nbgrader", {})
    kinds = [kind for kind in ("grade", "solution", "task") if grading.get(kind)]
    yield from kinds
    if kinds or grading.get("locked"):
        yield "source"


def _cells(notebook: Any) -> dict[str, dict[str, Any]]:
    """The cells of an instructor's notebook that nbgrader records, as `{kind: {name: cell}}`."""
    found: dict[str, dict[str, Any]] = {kind: {} for kind in ("grade", "solution", "task", "source")}
    for cell in notebook["cells"]:
        for kind in _kinds(cell):
            found[kind][cell["metadata"]["nbgrader"]["grade_id"]] = cell
    return found


def recast(gradebook: Any, assignment: str, name: str, notebook: Any) -> bool:
    """Give the gradebook the cells of a notebook that has submissions; True where it had others. The caller commits."""
    from nbgrader.api import MissingEntry

    try:
        known = gradebook.find_notebook(name, assignment)
    except MissingEntry:
        return False
    if not known.submissions:
        return False  # nbgrader itself records these anew
    wanted = _cells(notebook)
    recorded = {
        "grade": known.grade_cells,
        "solution": known.solution_cells,
        "task": known.task_cells,
        "source": known.source_cells,
    }
    changed = False
    for kind, rows in recorded.items():
        there = {row.name: row for row in rows}
        for gone in sorted(set(there) - set(wanted[kind])):
            _remove(gradebook, kind, there[gone])
            changed = True
        for new in (new for new in wanted[kind] if new not in there):
            _add(gradebook, known, kind, new, wanted[kind][new])
            changed = True
    return changed


def _remove(gradebook: Any, kind: str, row: Any) -> None:
    from nbgrader.api import Comment, Grade

    if kind != "source":
        for table in (Grade, Comment):
            _delete(gradebook, gradebook.db.query(table).filter(table.cell_id == row.id))
    gradebook.db.delete(row)
    gradebook.db.flush()


def _delete(gradebook: Any, rows: Iterable[Any]) -> None:
    for row in rows:
        gradebook.db.delete(row)


def _add(gradebook: Any, notebook: Any, kind: str, name: str, cell: Any) -> None:
    """A row for the cell, and an empty grade or comment of it in each submission."""
    from nbgrader.api import Comment, Grade, GradeCell, SolutionCell, SourceCell, TaskCell

    graded = {"max_score": float(cell["metadata"]["nbgrader"].get("points", 0)), "cell_type": cell["cell_type"]}
    if kind == "source":
        text = "".join(cell["source"])
        locked = bool(cell["metadata"]["nbgrader"].get("locked"))
        row = SourceCell(name=name, notebook=notebook, source=text, cell_type=cell["cell_type"], locked=locked)
    else:
        row = {"grade": GradeCell, "solution": SolutionCell, "task": TaskCell}[kind](
            name=name, notebook=notebook, **({} if kind == "solution" else graded)
        )
    gradebook.db.add(row)
    gradebook.db.flush()
    for submitted in notebook.submissions if kind != "source" else ():
        if kind in ("grade", "task"):
            gradebook.db.add(Grade(cell_id=row.id, notebook=submitted))
        if kind in ("solution", "task"):
            gradebook.db.add(Comment(cell_id=row.id, notebook=submitted))
    gradebook.db.flush()
