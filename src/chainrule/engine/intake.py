"""From whatever a student handed in to a clean notebook: the instructor's cells with the student's answers.

Locked cells, checks, points, tags and the kernel come from the instructor's notebook. From the submission come
only the solution cells and the student's own extra cells, with the pictures of their texts.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

from chainrule.engine.cells import grade_id, is_open, is_solution
from chainrule.engine.hidden import STANDARD, HiddenParts
from chainrule.engine.matching import match, normal, places, texts
from chainrule.engine.pictures import Album
from chainrule.engine.reading import SubmissionRefused

MOST_CELL_BYTES = 1_000_000
"""Of text. In a course whose own cells are larger, as one with its data in a cell, twice the largest of these."""


@dataclass(frozen=True)
class Submission:
    """A handed-in notebook next to the instructor's: its cells, and which of the instructor's each one stands for."""

    source: Any
    cells: list[dict[str, Any]]
    """Type, text, id, grade_id and attachments; everything else that a cell carries is left behind."""
    matched: dict[int, int] = field(default_factory=dict)
    hidden: HiddenParts = STANDARD
    """What students did not get of the source."""

    @classmethod
    def of(
        cls,
        source: Any,
        submitted: Any,
        beside: Mapping[str, Path] | None = None,
        hidden: HiddenParts = STANDARD,
    ) -> Submission:
        """Match a notebook of any condition with the instructor's.

        Args:
            source: the instructor's notebook (nbformat 4), with hidden tests.
            submitted: the student's.
            beside: pictures that lie beside it, which its texts may show.
            hidden: what students did not get of the source.

        Raises:
            SubmissionRefused: a cell of the submission is too large.
        """
        album = Album(beside)
        largest = max((len(cell.source.encode("utf-8", "replace")) for cell in source.cells), default=0)
        most = max(MOST_CELL_BYTES, 2 * largest)
        cells = [_plain(cell, album, most) for cell in submitted.cells]
        return cls(source, cells, match(source.cells, cells, hidden), hidden)

    def handed_in(self, target: int) -> list[dict[str, Any]]:
        """The cells that stand for an instructor's cell."""
        return [self.cells[index] for index in sorted(self.matched) if self.matched[index] == target]


def rebuild(source: Any, submitted: Any, hidden: HiddenParts = STANDARD) -> Any:
    """The instructor's notebook with the student's solution cells and own cells in it, without outputs.

    Args:
        source: the instructor's notebook (nbformat 4), with hidden tests.
        submitted: the student's, of any condition.
        hidden: what students did not get of the source.

    Raises:
        SubmissionRefused: a cell of the submission is too large.
    """
    return rebuilt_from(Submission.of(source, submitted, hidden=hidden))


def rebuilt_from(submission: Submission) -> Any:
    """The instructor's notebook with the student's solution cells and own cells in it, without outputs."""
    rebuilt = copy.deepcopy(submission.source)
    _give_ids(rebuilt)
    own = list(_own_cells(submission))
    result: list[Any] = []
    numbers = count()
    for index in range(-1, len(rebuilt.cells)):
        if index >= 0:
            result.append(_answered(rebuilt.cells[index], submission.handed_in(index)))
        result += [_own_cell(cell, next(numbers)) for after, cell in own if after == index]
    rebuilt.cells = result
    return rebuilt


def _give_ids(notebook: Any) -> None:
    """Cell ids came with nbformat 4.5; an older course's cells get theirs from their grade_ids or places."""
    notebook.nbformat_minor = max(notebook.nbformat_minor, 5)
    for index, cell in enumerate(notebook.cells):
        if not cell.get("id"):
            cell["id"] = re.sub(r"[^A-Za-z0-9_-]", "-", grade_id(cell) or f"course-{index}")[:64]


def _plain(cell: Any, album: Album, most: int) -> dict[str, Any]:
    metadata = cell.get("metadata")
    grading = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    grade_id = str(grading.get("grade_id")) if isinstance(grading, dict) else None
    # Colab keeps a cell's id among its metadata when it writes an older format.
    name = cell.get("id") or (metadata.get("id") if isinstance(metadata, dict) else None)
    kind = cell.get("cell_type", "code")
    text = _joined(cell.get("source") or "")
    attachments: dict[str, Any] = {}
    if kind != "code":
        text, attachments = album.take(text, cell.get("attachments"))
    text = _bounded(text, most)
    return {"type": kind, "source": text, "id": str(name), "grade_id": grade_id, "attachments": attachments}


def _joined(source: Any) -> str:
    return "".join(str(line) for line in source) if isinstance(source, list) else str(source)


def _bounded(text: str, most: int) -> str:
    # Half a surrogate pair can stand in JSON, but cannot be written to a file again.
    packed = text.encode("utf-8", "replace")
    if len(packed) > most:
        what = f"a cell of {len(packed) / 1e6:.1f} MB (it starts with {text[:40]!r})"
        raise SubmissionRefused(f"the notebook holds {what}; at most {most / 1e6:g} MB are read")
    return packed.decode("utf-8")


def _answered(cell: Any, answers: list[Any]) -> Any:
    """An instructor's cell as it is graded: with the student's text where it is a solution, or open to them."""
    if is_solution(cell):
        cell.pop("attachments", None)
        cell.source = answers[0]["source"] if answers else _nothing_handed_in(cell)
        if answers and cell.cell_type == "markdown":
            attach(cell, answers[0]["attachments"])
    elif is_open(cell) and answers:
        cell.source = answers[0]["source"]
    if cell.cell_type == "code":
        cell.outputs, cell.execution_count = [], None
    return cell


def attach(cell: Any, pictures: Mapping[str, Any]) -> None:
    """Add pictures to what a text cell shows."""
    from nbformat import from_dict

    if pictures:
        cell["attachments"] = from_dict({**cell.get("attachments", {}), **pictures})


def _nothing_handed_in(cell: Any) -> str:
    if cell.cell_type == "markdown":
        return ""
    return "# This cell was not in the submission.\nraise NotImplementedError()"


def _own_cells(submission: Submission) -> Iterable[tuple[int, dict[str, Any]]]:
    """The student's own cells, each with the instructor's cell that it follows; also notes in a text of the course."""
    after = places(submission.source.cells, submission.cells, submission.matched)
    for index, cell in enumerate(submission.cells):
        target = submission.matched.get(index)
        if target is not None:
            original = submission.source.cells[target]
            changed = normal(cell["source"]) not in texts(original, submission.hidden)
            keep = original.cell_type == "markdown" and not is_solution(original) and changed
        else:
            keep = not _is_badge(cell["source"])
        if keep and cell["source"].strip():
            yield after[index], cell


def _own_cell(cell: Any, number: int) -> Any:
    from nbformat import v4

    about = {"id": f"own-{number}", "metadata": {"chainrule": {"own": True}}}
    if cell["type"] == "code":
        return v4.new_code_cell(cell["source"], **about)
    made = v4.new_markdown_cell(cell["source"], **about)
    attach(made, cell["attachments"])
    return made


def _is_badge(text: str) -> bool:
    return "colab.research.google.com/assets/colab-badge" in text and len(text) < 1000
