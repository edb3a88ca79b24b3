"""From whatever a student handed in to a clean notebook: the instructor's cells with the student's answers.

Locked cells, checks, points, tags and the kernel come from the instructor's notebook. From the submission come
only the solution cells and the student's own extra cells. Cells are matched by grade_id, then by cell id, then by
the functions that they define, or their text; never by position.
"""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

from chainrule.analysis.names import definitions
from chainrule.engine.cells import grade_id, is_open, is_solution
from chainrule.engine.hidden import STANDARD, HiddenParts

MOST_BYTES = 100_000_000
MOST_VALUES = 10_000_000
MOST_CELLS = 5_000
MOST_CELL_BYTES = 1_000_000


class SubmissionRefused(Exception):
    """A submission cannot be read as a notebook, or is too large; the message tells a teacher why."""


@dataclass(frozen=True)
class OwnCell:
    """A cell that the student added, and the instructor's cell (by index, -1 for none) that it follows."""

    after: int
    cell: Any


def refuse_links(folder: Path) -> None:
    """Refuse what was handed in with links in it: nbgrader would copy what they point to, and give it back.

    Raises:
        SubmissionRefused: there is a link.
    """
    for path in [folder, *folder.rglob("*")]:
        if path.is_symlink():
            raise SubmissionRefused(f"{path.name} is a link to another place, not a file; ask the student for the file")


def read_submission(path: Path) -> Any:
    """Read a handed-in notebook as nbformat 4, tolerating what can be tolerated.

    Raises:
        SubmissionRefused: it is no notebook, of a version that cannot be read, or too large; or there are links.
    """
    import nbformat

    refuse_links(path.parent)
    size = path.stat().st_size
    if size > MOST_BYTES:
        raise SubmissionRefused(f"{path.name} has {size / 1e6:.0f} MB; at most {MOST_BYTES / 1e6:.0f} MB are read")
    data = path.read_bytes()
    if sum(map(data.count, (b",", b"[", b"{"))) > MOST_VALUES:
        raise SubmissionRefused(
            f"{path.name} holds more than {MOST_VALUES:,} values; a notebook of that kind is not read"
        )
    try:
        raw = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        what = "is empty" if not size else f"is not a notebook: its text is not JSON ({error})"
        raise SubmissionRefused(f"{path.name} {what}; ask the student for the .ipynb file") from None
    version = raw.get("nbformat") if isinstance(raw, dict) else None
    if not isinstance(version, int):
        raise SubmissionRefused(f"{path.name} is not a notebook: it has no `nbformat` number")
    if version not in (3, 4):
        raise SubmissionRefused(f"{path.name} has nbformat {version}; only versions 3 and 4 can be read")
    if version == 3:
        raw = _upgraded(raw, path)
    if not isinstance(raw.get("cells"), list):
        raise SubmissionRefused(f"{path.name} is not a notebook: it has no list of cells")
    if len(raw["cells"]) > MOST_CELLS:
        raise SubmissionRefused(f"{path.name} has {len(raw['cells'])} cells; at most {MOST_CELLS} are read")
    cells = [cell for cell in raw["cells"] if isinstance(cell, dict)]
    for cell in cells:
        _text(cell, path.name)
    try:
        return nbformat.from_dict({**raw, "cells": cells})
    except RecursionError:
        raise SubmissionRefused(f"{path.name} is not a notebook: it is nested too deeply") from None


def _upgraded(raw: Any, path: Path) -> Any:
    import nbformat

    try:
        return nbformat.convert(nbformat.from_dict(raw), 4)
    except Exception as error:
        raise SubmissionRefused(f"{path.name} has nbformat 3 and cannot be upgraded: {error}") from None


def rebuild(source: Any, submitted: Any, hidden: HiddenParts = STANDARD) -> Any:
    """The instructor's notebook with the student's solution cells and own cells in it, without outputs.

    Args:
        source: the instructor's notebook (nbformat 4), with hidden tests.
        submitted: the student's, of any condition.
        hidden: what students did not get of the source.

    Raises:
        SubmissionRefused: a cell of the submission is too large.
    """
    cells = [_plain(cell) for cell in submitted.cells]
    matched = _match(source.cells, cells, hidden)
    rebuilt = copy.deepcopy(source)
    _give_ids(rebuilt)
    own = list(_own_cells(source.cells, cells, matched, hidden))
    result: list[Any] = []
    numbers = count()
    for index in range(-1, len(source.cells)):
        if index >= 0:
            result.append(_answered(rebuilt.cells[index], [cells[i] for i, at in matched.items() if at == index]))
        result += [_own_cell(extra.cell, next(numbers)) for extra in own if extra.after == index]
    rebuilt.cells = result
    return rebuilt


def _give_ids(notebook: Any) -> None:
    """Cell ids came with nbformat 4.5; an older course's cells get theirs from their grade_ids or places."""
    notebook.nbformat_minor = max(notebook.nbformat_minor, 5)
    for index, cell in enumerate(notebook.cells):
        if not cell.get("id"):
            cell["id"] = re.sub(r"[^A-Za-z0-9_-]", "-", grade_id(cell) or f"course-{index}")[:64]


def _plain(cell: Any) -> Any:
    """A submitted cell as type, text, id and grade_id; everything else that it carries is left behind."""
    metadata = cell.get("metadata")
    grading = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    grade_id = str(grading.get("grade_id")) if isinstance(grading, dict) else None
    # Colab keeps a cell's id among its metadata when it writes an older format.
    name = cell.get("id") or (metadata.get("id") if isinstance(metadata, dict) else None)
    return {"type": cell.get("cell_type", "code"), "source": _text(cell), "id": str(name), "grade_id": grade_id}


def _text(cell: Any, where: str = "the notebook") -> str:
    source = cell.get("source") or ""
    source = "".join(str(line) for line in source) if isinstance(source, list) else str(source)
    # Half a surrogate pair can stand in JSON, but cannot be written to a file again.
    packed = source.encode("utf-8", "replace")
    if len(packed) > MOST_CELL_BYTES:
        what = f"a cell of {len(packed) / 1e6:.1f} MB (it starts with {source[:40]!r})"
        raise SubmissionRefused(f"{where} holds {what}; at most {MOST_CELL_BYTES / 1e6:g} MB are read")
    return packed.decode("utf-8")


def _match(source: list[Any], submitted: list[Any], hidden: HiddenParts) -> dict[int, int]:
    """For each submitted cell that stands for an instructor's cell: the index of that cell."""
    matched: dict[int, int] = {}
    taken: set[int] = set()

    def claim(index: int, target: int | None) -> None:
        if target is None or index in matched:
            return
        # The first copy is the cell; a second copy of a solution is the student's own cell, and runs as such.
        if target in taken and (is_solution(source[target]) or is_open(source[target])):
            return
        matched[index] = target
        taken.add(target)

    by_grade_id = {name: i for i, cell in enumerate(source) if (name := grade_id(cell))}
    by_id = {cell.id: i for i, cell in enumerate(source) if cell.get("id")}
    by_text = {
        text: i for i, cell in enumerate(source) if not is_solution(cell) for text in _texts(cell, hidden) if text
    }
    for index, cell in enumerate(submitted):
        claim(index, by_grade_id.get(cell["grade_id"]))
    for index, cell in enumerate(submitted):
        claim(index, by_id.get(cell["id"]))
    for index, cell in enumerate(submitted):
        claim(index, by_text.get(_normal(cell["source"])))
    _match_by_definitions(source, submitted, claim, taken)
    _match_written(source, submitted, matched, claim, taken)
    return matched


def _match_by_definitions(source: list[Any], submitted: list[Any], claim: Any, taken: set[int]) -> None:
    missing = [i for i, cell in enumerate(source) if i not in taken and is_solution(cell) and cell.cell_type == "code"]
    defined = [definitions(cell["source"]) for cell in submitted] if missing else []
    for target in missing:
        names = definitions(source[target].source)
        for index in range(len(submitted)):
            if names & defined[index]:
                claim(index, target)
                if target in taken:
                    break


def _match_written(
    source: list[Any], submitted: list[Any], matched: dict[int, int], claim: Any, taken: set[int]
) -> None:
    """A written answer that lost its metadata is the new text between the same two cells of the course."""
    for target, cell in enumerate(source):
        if target in taken or not is_solution(cell) or cell.cell_type != "markdown":
            continue
        before = [i for i, at in matched.items() if at < target]
        after = [i for i, at in matched.items() if at > target]
        for index in range(max(before, default=-1) + 1, min(after, default=len(submitted))):
            if submitted[index]["type"] != "code" and index not in matched:
                claim(index, target)


def _texts(cell: Any, hidden: HiddenParts) -> tuple[str, str]:
    """An instructor's text as students get it, and as it stands in the source (a notebook may be rebuilt twice)."""
    return _normal(hidden.without(cell.source)), _normal(cell.source)


def _normal(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.strip().splitlines())


def _answered(cell: Any, answers: list[Any]) -> Any:
    """An instructor's cell as it is graded: with the student's text where it is a solution, or open to them."""
    if is_solution(cell):
        cell.source = answers[0]["source"] if answers else _nothing_handed_in(cell)
    elif is_open(cell) and answers:
        cell.source = answers[0]["source"]
    if cell.cell_type == "code":
        cell.outputs, cell.execution_count = [], None
    return cell


def _nothing_handed_in(cell: Any) -> str:
    if cell.cell_type == "markdown":
        return ""
    return "# This cell was not in the submission.\nraise NotImplementedError()"


def _own_cells(
    source: list[Any], submitted: list[Any], matched: dict[int, int], hidden: HiddenParts
) -> Iterable[OwnCell]:
    """The student's own cells; also the notes that they wrote into a text of the course."""
    after = -1
    for index, cell in enumerate(submitted):
        target = matched.get(index)
        if target is not None:
            after = target
            original = source[target]
            changed = _normal(cell["source"]) not in _texts(original, hidden)
            keep = original.cell_type == "markdown" and not is_solution(original) and changed
        else:
            keep = not _is_badge(cell["source"])
        if keep and cell["source"].strip():
            yield OwnCell(after, cell)


def _own_cell(cell: Any, number: int) -> Any:
    from nbformat import v4

    about = {"id": f"own-{number}", "metadata": {"chainrule": {"own": True}}}
    if cell["type"] == "code":
        return v4.new_code_cell(cell["source"], **about)
    return v4.new_markdown_cell(cell["source"], **about)


def _is_badge(text: str) -> bool:
    return "colab.research.google.com/assets/colab-badge" in text and len(text) < 1000
