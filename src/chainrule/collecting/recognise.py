"""Which assignment a notebook belongs to: by the cells that it holds, never by what the file is called."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

__all__ = ["Assignments", "Match", "is_notebook_name"]

ENOUGH: Final = 0.2
"""The share of an assignment's cells that a notebook must hold to be one of it."""
MOST_VALUES: Final = 3_000_000


@dataclass(frozen=True)
class Match:
    """What a notebook is: one of an assignment's, or why it is none."""

    assignment: str = ""
    notebook: str = ""
    problem: str = ""


def is_notebook_name(name: str) -> bool:
    """Whether a file may be a notebook: browsers and mail programs add endings of their own."""
    return ".ipynb" in name.lower() or name.lower().endswith(".json")


class Assignments:
    """The notebooks that a course hands out.

    Args:
        source: the folder of the instructor's notebooks, `<assignment>/<notebook>.ipynb`.
    """

    def __init__(self, source: Path) -> None:
        self._marks = {
            (path.parent.name, path.stem): _marks_of(json.loads(path.read_text(encoding="utf-8")))
            for path in sorted(source.glob("*/*.ipynb"))
        }

        self.files = {path.name for path in source.glob("*/*") if path.is_file()}
        """What the course itself lays beside its notebooks."""

    @property
    def names(self) -> list[str]:
        """The assignments, in order."""
        return sorted({assignment for assignment, _ in self._marks})

    def match(self, data: bytes) -> Match:
        """Which notebook of which assignment these bytes are a copy of."""
        if not data.strip():
            return Match(problem="the file is empty")
        if sum(map(data.count, (b",", b"[", b"{"))) > MOST_VALUES:
            return Match(problem="it holds more values than a notebook does")
        try:
            raw = json.loads(data.decode("utf-8-sig"))
        except (ValueError, RecursionError):
            return Match(problem="it is not a notebook: its text is not JSON")
        if not isinstance(raw, dict) or not (isinstance(raw.get("cells"), list) or "worksheets" in raw):
            return Match(problem="it is not a notebook: it has no cells")
        return self._best(_marks_of(raw))

    def _best(self, marks: frozenset[str]) -> Match:
        shares = {key: len(marks & wanted) / len(wanted) for key, wanted in self._marks.items() if wanted}
        if not shares:
            return Match(problem="the course has no assignments yet: source/ is empty")
        (assignment, notebook), share = max(shares.items(), key=lambda item: item[1])
        if share < ENOUGH:
            return Match(problem="it holds the cells of none of the course's assignments")
        return Match(assignment, notebook)


def _marks_of(notebook: Any) -> frozenset[str]:
    """What tells a notebook's cells from others': their grade_ids, their ids, and the functions that they define."""
    return frozenset(mark for cell in _cells(notebook) for mark in _marks_of_cell(cell))


def _cells(notebook: Any) -> Iterator[dict[str, Any]]:
    sheets = notebook.get("worksheets") or []
    rows = [notebook.get("cells") or [], *(sheet.get("cells") or [] for sheet in sheets if isinstance(sheet, dict))]
    return (cell for row in rows if isinstance(row, list) for cell in row if isinstance(cell, dict))


def _marks_of_cell(cell: dict[str, Any]) -> Iterator[str]:
    from chainrule.analysis.names import definitions

    metadata = cell.get("metadata")
    metadata = metadata if isinstance(metadata, dict) else {}
    grading = metadata.get("nbgrader")
    if isinstance(grading, dict) and grading.get("grade_id"):
        yield f"grade_id {grading['grade_id']}"
    elif cell.get("id") or metadata.get("id"):
        yield f"id {cell.get('id') or metadata['id']}"
    source = cell.get("source", cell.get("input", ""))
    text = "".join(map(str, source)) if isinstance(source, list) else str(source)
    if len(text) < 100_000:
        yield from (f"def {name}" for name in definitions(text))
