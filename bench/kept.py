"""The run that is kept in docs/performance.json, from which the page is made."""

from __future__ import annotations

import json
from typing import Any

from bench.classes import PROJECT
from bench.page import class_of, write_page

__all__ = ["keep_rows", "keep_steps", "make_page"]

KEPT = PROJECT.root / "docs" / "performance.json"


def make_page() -> None:
    """Make the page of the run that is kept."""
    write_page(json.loads(KEPT.read_text()))


def keep_rows(result: dict[str, Any]) -> None:
    """Put a run among what the page shows, beside classes that were measured in another run of that day."""
    before = json.loads(KEPT.read_text()) if KEPT.is_file() else {}
    about, was = result["about"], before.get("about", {})
    measured = {class_of(row) for row in result["rows"]}
    others = [row for row in before.get("rows", []) if class_of(row) not in measured]
    if others and all(about[name] == was.get(name) for name in ("day", "machine", "python", "versions", "commit")):
        commands = [command for command in was["command"].split("`, `") if command != about["command"]]
        about = {
            **about,
            "command": "`, `".join([*commands, about["command"]]),
            "load": max(about["load"], was["load"]),
        }
        about["otter"] = about["otter"] or was["otter"]
        result = {"about": about, "rows": sorted([*others, *result["rows"]], key=class_of)}
    kept = {name: before[name] for name in ("steps",) if name in before}
    _write({**result, **kept})


def keep_steps(column: str, students: int, found: dict[str, float]) -> None:
    """Put the milliseconds of one assignment into the table of steps, in the place of those of before."""
    kept = json.loads(KEPT.read_text())
    columns = kept.setdefault("steps", {})
    columns[column] = {"students": students, "ms": found}
    kept["steps"] = dict(sorted(columns.items()))
    _write(kept)


def _write(kept: dict[str, Any]) -> None:
    KEPT.write_text(json.dumps(kept, indent=1) + "\n")
    write_page(kept)
