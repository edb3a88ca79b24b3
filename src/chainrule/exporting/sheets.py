"""Tables as files: CSV that every parser reads alike, and workbooks; no text in them runs as a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from chainrule.course import CourseError
from chainrule.whole_file import whole_file

__all__ = ["Cell", "Exact", "Sheet", "csv_of", "save", "save_workbook"]

FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
"""What spreadsheets take for the beginning of a formula, or skip before one."""
MOST_TITLE: Final = 31


class Exact(str):
    """A text that a platform compares letter by letter, such as an id: it stands in a CSV as it is."""


Cell = str | float | None
"""None is an empty cell."""


@dataclass(frozen=True)
class Sheet:
    """A table with a name; `bom` where Excel shall know that its CSV is Unicode."""

    name: str
    rows: Sequence[Sequence[Cell]]
    bom: bool = False


def csv_of(sheet: Sheet) -> bytes:
    """The table as CSV, in UTF-8."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows([_written(cell) for cell in row] for row in sheet.rows)
    return text.getvalue().encode("utf-8-sig" if sheet.bom else "utf-8", "replace")


def _written(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return str(cell) if isinstance(cell, Exact) else harmless(cell)
    return number(cell)


def number(value: float) -> str:
    """A number with at most four digits behind the point, and none that say nothing."""
    return f"{value:.4f}".rstrip("0").rstrip(".")


def harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula: it shows the quote, or hides it."""
    return f"'{text}" if text.startswith(FORMULA) else text


def save_workbook(path: Path, sheets: Sequence[Sheet]) -> None:
    """Write tables as an Excel workbook: header in bold and fixed, each text a text."""
    from openpyxl import Workbook
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    book.remove(book.active)
    for title, sheet in zip(_titles(sheets), sheets, strict=True):
        page = book.create_sheet(title)
        for place, row in enumerate(sheet.rows, 1):
            for column, value in enumerate(row, 1):
                _fill(page.cell(place, column), value)
        for cell in page[1]:
            cell.font = Font(bold=True)
        for column, width in enumerate(_widths(sheet), 1):
            page.column_dimensions[get_column_letter(column)].width = width
        page.freeze_panes = "B2"
    save(path, book.save)


def _fill(cell: object, value: Cell) -> None:
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    if value is None:
        return
    if isinstance(value, str):
        cell.value = ILLEGAL_CHARACTERS_RE.sub("\ufffd", value)  # type: ignore[attr-defined]
        cell.data_type = "s"  # type: ignore[attr-defined]  # whatever it begins with
    else:
        cell.value = value  # type: ignore[attr-defined]


def _widths(sheet: Sheet) -> list[int]:
    columns = max(map(len, sheet.rows), default=0)
    texts = [[str(row[place] or "") for row in sheet.rows if place < len(row)] for place in range(columns)]
    return [min(40, 2 + max(map(len, column))) for column in texts]


def _titles(sheets: Sequence[Sheet]) -> list[str]:
    """Names of sheets as Excel takes them: short, without some signs, each once."""
    titles: list[str] = []
    for sheet in sheets:
        title = "".join("-" if sign in r"[]:*?/\\" else sign for sign in sheet.name)[:MOST_TITLE].strip("'") or "sheet"
        while title.casefold() in {other.casefold() for other in titles}:
            title = f"{title[: MOST_TITLE - 3]}~{len(titles)}"
        titles.append(title)
    return titles


def save(path: Path, write: Callable[[Path], object]) -> None:
    """All or nothing: a run that is stopped leaves no half a file.

    Raises:
        CourseError: the file cannot be written.
    """
    try:
        with whole_file(path) as unfinished:
            write(unfinished)
    except OSError as error:
        raise CourseError(f"{path} cannot be written ({error.strerror}): choose another place with --output") from None
