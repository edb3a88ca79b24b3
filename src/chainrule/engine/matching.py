"""Which submitted cell stands for which of the instructor's, and where the student's own cells belong.

Cells are matched by grade_id, then by cell id, then by the functions that they define, or their text; never by
position.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from typing import Any

from chainrule.analysis.names import definitions, names_of
from chainrule.engine.cells import grade_id, is_open, is_solution
from chainrule.engine.hidden import HiddenParts

Claim = Callable[[int, int | None], None]


def match(source: list[Any], submitted: list[Any], hidden: HiddenParts) -> dict[int, int]:
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
        text: i for i, cell in enumerate(source) if not is_solution(cell) for text in texts(cell, hidden) if text
    }
    for index, cell in enumerate(submitted):
        claim(index, by_grade_id.get(cell["grade_id"]))
    for index, cell in enumerate(submitted):
        claim(index, by_id.get(cell["id"]))
    for index, cell in enumerate(submitted):
        claim(index, by_text.get(normal(cell["source"])))
    _match_by_definitions(source, submitted, claim, taken)
    _match_written(source, submitted, matched, claim, taken)
    return matched


def _match_by_definitions(source: list[Any], submitted: list[Any], claim: Claim, taken: set[int]) -> None:
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
    source: list[Any], submitted: list[Any], matched: dict[int, int], claim: Claim, taken: set[int]
) -> None:
    """A written answer that lost its metadata is the new text between the same two cells of the course."""
    for target, cell in enumerate(source):
        if target in taken or not is_solution(cell) or cell.cell_type != "markdown":
            continue
        before = [i for i, at in matched.items() if at < target]
        after = [i for i, at in matched.items() if at > target]
        if not before and not after:
            continue
        for index in range(max(before, default=-1) + 1, min(after, default=len(submitted))):
            if submitted[index]["type"] != "code" and index not in matched:
                claim(index, target)


def places(source: list[Any], submitted: list[Any], matched: dict[int, int]) -> list[int]:
    """For each submitted cell: the instructor's cell (by index, -1 for none) that it comes after.

    A cell of the course that the student moved or copied is no landmark: what was written below a second copy of
    the first cell belongs where it was written, not to the top. An answer that was moved takes along what follows it.
    """
    firsts = _first_copies(matched)
    order = _longest_in_order([(index, matched[index]) for index in firsts])
    after, found = -1, []
    for index in range(len(submitted)):
        if index in order or (index in firsts and is_solution(source[matched[index]])):
            after = matched[index]
        found.append(after)
    return found


def _first_copies(matched: dict[int, int]) -> list[int]:
    seen: set[int] = set()
    firsts = []
    for index in sorted(matched):
        if matched[index] not in seen:
            firsts.append(index)
            seen.add(matched[index])
    return firsts


def _longest_in_order(pairs: list[tuple[int, int]]) -> set[int]:
    """The indices of the longest run of cells that stand in the course's order (patience sorting)."""
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for number, (_, target) in enumerate(pairs):
        place = bisect_left(ends, target)
        before.append(last[place - 1] if place else -1)
        ends[place : place + 1] = [target]
        last[place : place + 1] = [number]
    chosen = set()
    number = last[-1] if last else -1
    while number >= 0:
        chosen.add(pairs[number][0])
        number = before[number]
    return chosen


def made_names(text: str) -> set[str]:
    """What a cell makes at its top level: functions, classes and plain variables; also where it cannot be parsed."""
    return set(definitions(text) | names_of(text).made)


def texts(cell: Any, hidden: HiddenParts) -> tuple[str, str]:
    """An instructor's text as students get it, and as it stands in the source (a notebook may be rebuilt twice)."""
    return normal(hidden.without(cell.source)), normal(cell.source)


def normal(text: str) -> str:
    """A text without the blanks that tools add or take away."""
    return "\n".join(line.rstrip() for line in text.strip().splitlines())
