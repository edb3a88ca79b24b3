"""What stands where nobody looks: answers beside their cells, and files that are not what they should be."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from nbgrader.utils import compute_checksum

from chainrule.engine.cells import grade_id, is_check, is_locked, is_solution, note, notes
from chainrule.engine.intake import Submission, attach
from chainrule.engine.matching import made_names, normal, texts

MOST_LOOKED_INTO = 20_000
BESIDE = "*Nothing was written in this cell. What the student wrote beside it:*"


def is_blank(cell: Any) -> bool:
    """Whether nobody wrote anything into an answer's cell of a rebuilt notebook, which has its checksum as released."""
    missing = cell.source.startswith("# This cell was not in the submission.")
    return missing or not cell.source.strip() or cell.metadata.nbgrader.get("checksum") == compute_checksum(cell)


def note_answers_elsewhere(rebuilt: Any, submission: Submission) -> None:
    """Note at each answer's cell that was left empty where something was found that may be the answer.

    A written answer's cell then shows it, and goes to a person.
    """
    sources = {grade_id(cell): cell for cell in submission.source.cells}
    for index, cell in enumerate(rebuilt.cells):
        if not is_solution(cell) or not is_blank(cell):
            continue
        if cell.cell_type == "markdown":
            _show_beside(cell, list(_texts_beside(rebuilt.cells, index)))
        elif where := _where_made(made_names(sources[grade_id(cell)].source), rebuilt, submission):
            note(cell, {"elsewhere": where})


def _show_beside(answer: Any, found: list[Any]) -> None:
    if not found:
        return
    note(answer, {"elsewhere": "in a cell beside it"})
    answer.source = "\n\n".join([BESIDE, *(cell.source for cell in found)])
    for cell in found:
        attach(answer, cell.get("attachments", {}))


def _texts_beside(cells: list[Any], index: int) -> Iterator[Any]:
    """The student's own texts around an answer's cell, up to the answers and checks before and after it."""
    first, last = index, index + 1
    while first > 0 and not _is_question(cells[first - 1]):
        first -= 1
    while last < len(cells) and not _is_question(cells[last]):
        last += 1
    return (cell for cell in cells[first:last] if notes(cell).get("own") and _is_prose(cell))


def _is_question(cell: Any) -> bool:
    return is_solution(cell) or is_check(cell)


def _is_prose(cell: Any) -> bool:
    """Whether a cell holds words: a text, or code that does nothing but say something."""
    if cell.cell_type != "code":
        return True
    if len(cell.source) > MOST_LOOKED_INTO:
        return False
    try:
        body = ast.parse(cell.source).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return len(re.findall(r"[^\W\d_]{2,}", cell.source)) >= 4
    return all(isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) for node in body)


def _where_made(names: set[str], rebuilt: Any, submission: Submission) -> str:
    """Where a submission makes what an answer should make: a cell of the student's own, or one that is replaced."""
    for index, target in sorted(submission.matched.items()):
        cell = submission.source.cells[target]
        text = submission.cells[index]["source"]
        if (is_check(cell) or is_locked(cell)) and normal(text) not in texts(cell, submission.hidden):
            new = _made_of(names, text) - made_names(cell.source)
            if new:
                what = "check" if is_check(cell) else "course's"
                return f"`{_first(new)}` stands in the {what} cell `{grade_id(cell)}`, which is replaced when graded"
    for place, cell in enumerate(rebuilt.cells):
        if notes(cell).get("own") and cell.cell_type == "code" and (new := _made_of(names, cell.source)):
            return f"`{_first(new)}` stands in a cell of your own, cell {place + 1} of the notebook"
    return ""


def _made_of(names: set[str], text: str) -> set[str]:
    """Which of some names a text makes; one that is too long to be read by a person is not looked into."""
    if len(text) > MOST_LOOKED_INTO or not any(name in text for name in names):
        return set()
    return names & made_names(text)


def _first(names: Iterable[str]) -> str:
    return min(names)


def oddity(rebuilt: Any, submission: Submission, folder: Path, source: Path) -> str:
    """What a person should see before a result of about nothing counts; empty where there is nothing odd.

    Args:
        rebuilt: the notebook that is graded.
        submission: what it was made from.
        folder: what the student handed in.
        source: the instructor's notebook.
    """
    name = source.name
    written = [cell for cell in submission.cells if cell["source"].strip()]
    if not written:
        return f"{name} holds no cells; ask the student for the notebook that they worked in"
    known = {grade_id(cell) for cell in submission.source.cells} - {None}
    named = {cell["grade_id"] for cell in submission.cells} - {None, "None"}
    if len(named - known) > len(named & known):
        examples = ", ".join(sorted(named - known)[:3]).encode("utf-8", "backslashreplace").decode()
        return (
            f"{name} is another assignment's notebook, or another year's: {len(named - known)} of its {len(named)} "
            f"questions and checks are not of this one ({examples} ...)"
        )
    answers = [cell for cell in rebuilt.cells if is_solution(cell)]
    if not answers or not all(is_blank(cell) or "elsewhere" in notes(cell) for cell in answers):
        return ""
    return _odd_and_blank(submission, folder, source)


def _odd_and_blank(submission: Submission, folder: Path, source: Path) -> str:
    name, expected = source.name, {path.name for path in source.parent.glob("*.ipynb")}
    others = sorted(path.name for path in folder.rglob("*.ipynb") if path.name not in expected)
    if others:
        return f"{name} holds no answers, but beside it lies {', '.join(map(repr, others[:3]))}: is that the one?"
    there = len(set(submission.matched.values()))
    if there < len(submission.source.cells) / 4:
        return (
            f"{name} holds {there} of the {len(submission.source.cells)} cells of this assignment, and no answers; "
            "is it the right notebook?"
        )
    return ""
