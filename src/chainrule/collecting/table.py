"""What collecting will do, or did, as tables for people and as JSON for programs."""

from __future__ import annotations

import json
from collections import Counter

from chainrule.collecting.collect import Plan, Work

__all__ = ["print_plan", "to_json"]


def to_json(plan: Plan) -> str:
    """The plan as one JSON object: `collected`, `not_collected`, `missing`."""
    return json.dumps(
        {
            "collected": [_row(work) for work in plan.works],
            "not_collected": [{"file": item.where, "why": item.why} for item in plan.unplaced],
            "missing": [{"assignment": assignment, "student": student} for assignment, student in plan.missing],
        },
        indent=2,
    )


def _row(work: Work) -> dict[str, object]:
    at = work.at.isoformat(timespec="seconds") if work.at else None
    return {
        "student": work.student, "assignment": work.assignment, "notebook": work.notebook, "file": work.where,
        "handed_in": at, "late": work.late, "action": work.action, "instead_of": list(work.rivals),
    }  # fmt: skip


def print_plan(plan: Plan, *, dry: bool) -> None:
    """Print what was matched, what was not and why, and who is missing."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(highlight=False, soft_wrap=True)
    if plan.works:
        table = Table("student", "assignment", "handed in", "what is done", "file", box=None, pad_edge=False)
        for work in plan.works:
            at = f"{work.at:%Y-%m-%d %H:%M}" if work.at else "-"
            row = (work.student, work.assignment, at + (" late" if work.late else ""), _said(work), work.where)
            table.add_row(*(Text(_plain(cell)) for cell in row))
        console.print(table)
    if plan.unplaced:
        console.print("\nNot collected:")
        for item in plan.unplaced:
            console.print(Text(f"  {_plain(item.where)}: {_plain(item.why)}"))
    for assignment in sorted({assignment for assignment, _ in plan.missing}):
        students = [student for name, student in plan.missing if name == assignment]
        console.print(Text(f"\nNothing of {assignment} from {len(students)}: {', '.join(map(_plain, students))}"))
    console.print(Text(_total(plan, dry=dry)))


def _said(work: Work) -> str:
    others = f"; newest of {len(work.rivals) + 1}" if work.rivals else ""
    return work.action + others


def _plain(text: str) -> str:
    """A name as data: nothing in it moves a cursor or starts a line."""
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in text)


def _total(plan: Plan, *, dry: bool) -> str:
    count = Counter(work.action.partition(" ")[0] for work in plan.works)
    did = "would be collected" if dry else "collected"
    words = f"\n{len(plan.works)} notebooks {did}: {count['new']} new, {count['replaces']} replace older ones"
    left = f", {count['older']} older than what is there" if count["older"] else ""
    rest = f"{len(plan.unplaced)} files not collected, {len(plan.missing)} missing."
    return f"{words}, {count['as']} as they were{left}. {rest}"
