"""Write a class's marks for a platform: which file, which table, and what was left empty."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from chainrule.exporting import platforms
from chainrule.exporting.sheets import FORMULA, Sheet, csv_of, save, save_workbook
from chainrule.term.standing import ClassBook, State

__all__ = ["FORMATS", "Exported", "export"]

FORMATS: Final[dict[str, Callable[[ClassBook, platforms.Titles], list[Sheet]]]] = {
    "canvas": platforms.canvas,
    "moodle": platforms.moodle,
    "gradescope": platforms.gradescope,
    "classroom": platforms.classroom,
    "csv": platforms.csv_table,
    "xlsx": platforms.workbook,
}


@dataclass(frozen=True)
class Exported:
    """What was written.

    Args:
        path: the file.
        marks: how many marks stand in it.
        empty: how many pieces of work have none, by state.
        formulas: ids that a spreadsheet would take for formulas, and that a platform needs as they are.
    """

    path: Path
    marks: int
    empty: Counter[State]
    formulas: tuple[str, ...] = ()

    def told(self) -> Iterator[str]:
        """A line on what was written, and one on what a teacher should know of it."""
        left = ", ".join(f"{count} {state.value}" for state, count in self.empty.items())
        yield f"{self.path}: {self.marks} marks{f'; left empty, never 0: {left}' if left else ''}"
        if self.formulas:
            yield (
                f"Do not open {self.path.name} in a spreadsheet before you import it: these ids would run as formulas, "
                f"and the platform needs them as they are: {', '.join(self.formulas)}"
            )


def export(book: ClassBook, to: str, path: Path, titles: platforms.Titles | None = None) -> Exported:
    """Write the marks of a class as `FORMATS` names them.

    Raises:
        CourseError: the file cannot be written, or the platform takes one assignment at a time.
    """
    sheets = FORMATS[to](book, titles or {})
    if to == "xlsx":
        save_workbook(path, sheets)
    else:
        data = csv_of(sheets[0])
        save(path, lambda file: file.write_bytes(data))
    if to == "gradescope":
        _write_results(book, path.with_suffix(""))
    works = [work for task in book.tasks for work in book.of(task.id)]
    empty = Counter(work.state for work in works if work.final is None)
    ids = (student.id for student in book.students) if to not in ("csv", "xlsx") else ()
    formulas = tuple(name for name in ids if name.startswith(FORMULA))
    return Exported(path, len(works) - sum(empty.values()), empty, formulas)


def _write_results(book: ClassBook, folder: Path) -> None:
    """Beside the table: `results.json` of each submission, for an autograder of Gradescope's to hand on."""
    for task in book.tasks:
        for work in book.of(task.id):
            result = platforms.gradescope_result(task, work)
            path = folder / task.id / work.student / "results.json"
            if result is None:
                path.unlink(missing_ok=True)
            else:
                text = json.dumps(result, indent=1, ensure_ascii=False)
                save(path, lambda file, text=text: file.write_text(text, encoding="utf-8"))  # type: ignore[misc]
