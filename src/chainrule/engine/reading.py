"""Read what a student handed in, in bounded memory: the cells' texts, names and pictures, and nothing else of it."""

from __future__ import annotations

import errno
import json
import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from itertools import chain
from pathlib import Path
from typing import Any, Final

MOST_BYTES: Final = 100_000_000
MOST_MEMORY: Final = 600_000_000
MOST_CELLS: Final = 5_000
MOST_DEPTH: Final = 50
MOST_FILES: Final = 50_000
MOST_IN_ALL: Final = 2_000_000_000
# An object of one pair takes 250 bytes while it is read, and has four of these signs (or shares them).
BYTES_A_SIGN: Final = 125
SIGNS: Final = (b",", b":", b"[", b"{")

# What is kept of a notebook; outputs, foreign metadata and the like are dropped while the file is read.
CELL_KEYS: Final = ("cell_type", "source", "metadata", "id", "attachments")
KEPT: Final = frozenset(
    {"nbformat", "worksheets", "cells", "nbgrader", "grade_id", "input", "level"} | set(CELL_KEYS)
)  # fmt: skip
PICTURES: Final = ("image/png", "image/jpeg", "image/gif", "image/webp")


class SubmissionRefused(Exception):
    """A submission cannot be graded as it is: unreadable, too large, or nothing to grade; the message says why."""


class _Picture(dict[str, str]):
    """An attachment: a picture's data by its kind."""


class _Attachments(dict[str, _Picture]):
    """Attachments of a cell by their names."""


def below(folder: Path) -> Iterator[Path]:
    """What lies in a folder and its folders, links not followed; not deeper than a path that programs can work with.

    One after the other: Python's own walks call themselves once a folder, and a student makes a thousand of them.
    """
    waiting = [(folder, 0)]
    while waiting:
        place, depth = waiting.pop()
        # What cannot be listed is refused where it is graded, and costs no look at the others.
        with suppress(OSError), os.scandir(place) as entries:
            for entry in sorted(entries, key=lambda entry: entry.name):
                path = place / entry.name
                yield path
                if entry.is_dir(follow_symlinks=False) and depth < MOST_DEPTH:
                    waiting.append((path, depth + 1))


def refuse_folder(folder: Path) -> None:
    """Refuse what was handed in where it is too much to copy, or holds links: nbgrader would give back what these show.

    Raises:
        SubmissionRefused: there is a link, or what is neither file nor folder; or it is too large, or too deep.
    """
    size = count = 0
    for path in chain([folder], below(folder)):
        try:
            about = path.lstat()
        except OSError as error:
            if error.errno != errno.ENAMETOOLONG:
                raise
            raise SubmissionRefused("folders lie too deep in each other; ask for the notebook alone") from None
        size, count = size + about.st_size, count + 1
        if why := _why_not(path, about.st_mode, len(path.relative_to(folder).parts)):
            raise SubmissionRefused(why)
    if size > MOST_IN_ALL or count > MOST_FILES:
        most = f"{MOST_FILES:,} files of {MOST_IN_ALL / 1e6:,.0f} MB"
        raise SubmissionRefused(f"{count:,} files of {size / 1e6:,.0f} MB were handed in; at most {most} are looked at")


def _why_not(path: Path, mode: int, depth: int) -> str:
    """Why a file or folder that was handed in is not taken; empty where it is."""
    if stat.S_ISLNK(mode):
        return f"{path.name} is a link to another place, not a file; ask the student for the file"
    if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
        return f"{path.name} is neither a file nor a folder; ask the student for the file"
    if depth > MOST_DEPTH:
        return f"folders lie more than {MOST_DEPTH} deep in each other; ask the student for the notebook alone"
    if not os.access(path, os.R_OK | os.X_OK if stat.S_ISDIR(mode) else os.R_OK):
        return f"{path.name} cannot be read; run `chmod -R u+rX submitted`, and grade again"
    return ""


def read_submission(path: Path) -> Any:
    """Read a handed-in notebook as nbformat 4, tolerating what can be tolerated.

    Raises:
        SubmissionRefused: it is no notebook, of a version that cannot be read, or too large.
    """
    import nbformat

    raw = _parsed(_text_of_file(path), path.name)
    version = raw.get("nbformat") if isinstance(raw, dict) else None
    if isinstance(version, str) and version.isdecimal():
        version = int(version[:3])
    if not isinstance(version, int):
        raise SubmissionRefused(f"{path.name} is not a notebook: it has no `nbformat` number")
    if version not in (3, 4):
        raise SubmissionRefused(f"{path.name} has nbformat {version}; only versions 3 and 4 can be read")
    listed = raw.get("cells") if version == 4 else list(_cells_of_worksheets(raw))
    if not isinstance(listed, list):
        raise SubmissionRefused(f"{path.name} is not a notebook: it has no list of cells")
    if len(listed) > MOST_CELLS:
        raise SubmissionRefused(f"{path.name} has {len(listed)} cells; at most {MOST_CELLS} are read")
    cells = [{key: cell[key] for key in CELL_KEYS if key in cell} for cell in listed if isinstance(cell, dict)]
    try:
        return nbformat.from_dict({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": cells})
    except RecursionError:
        raise SubmissionRefused(f"{path.name} is not a notebook: it is nested too deeply") from None


def _text_of_file(path: Path) -> str:
    size = path.stat().st_size
    if size > MOST_BYTES:
        raise SubmissionRefused(f"{path.name} has {size / 1e6:.0f} MB; at most {MOST_BYTES / 1e6:.0f} MB are read")
    data = path.read_bytes()
    needed = memory_to_read(data)
    if needed > MOST_MEMORY:
        raise SubmissionRefused(
            f"{path.name} would take up to {needed / 1e6:.0f} MB of memory to read, and {MOST_MEMORY / 1e6:.0f} MB are "
            "allowed; ask the student to clear its outputs and hand it in again"
        )
    try:
        # Editors on Windows save UTF-16, or begin the file with a mark.
        text = data.decode(json.detect_encoding(data))
    except UnicodeDecodeError:
        # Or in an encoding of their own, in which every byte is a letter; what is no notebook is no JSON in it either.
        text = data.decode("cp1252", "replace")
    # A disk that synchronizes in blocks may have filled the last one with zeros.
    return text.rstrip("\0")


def memory_to_read(data: bytes) -> int:
    """At most how many bytes it takes to read this JSON: its text twice, and what its signs may stand for."""
    width = 1 if data.isascii() else 2 if max(data) < 0xF0 else 4
    return 2 * width * len(data) + BYTES_A_SIGN * sum(map(data.count, SIGNS))


def _parsed(text: str, name: str) -> Any:
    if not text:
        raise SubmissionRefused(f"{name} is empty; ask the student for the .ipynb file")
    try:
        return json.loads(text, object_pairs_hook=_kept)
    except (ValueError, RecursionError) as error:
        raise _not_json(name, error) from None


def _not_json(name: str, error: Exception) -> SubmissionRefused:
    return SubmissionRefused(
        f"{name} is not a notebook: its text is not JSON ({error}); ask the student for the .ipynb file"
    )


def _kept(pairs: list[tuple[str, Any]]) -> dict[str, Any] | None:
    """What is kept of a JSON object: parsed objects come from the innermost to the outermost."""
    pictures = {key: value for key, value in pairs if key in PICTURES}
    if pictures:
        return _Picture({key: _joined(value) for key, value in pictures.items()})
    attached = {key: value for key, value in pairs if isinstance(value, _Picture)}
    if attached and len(attached) == len({key for key, _ in pairs}):
        return _Attachments(attached)
    return {key: value for key, value in pairs if key in KEPT} or None


def _joined(value: Any) -> str:
    return "".join(map(str, value)) if isinstance(value, list) else str(value)


def _cells_of_worksheets(raw: dict[str, Any]) -> Iterator[Any]:
    """The cells of nbformat 3 as those of nbformat 4."""
    sheets = raw.get("worksheets")
    for sheet in sheets if isinstance(sheets, list) else []:
        cells = sheet.get("cells") if isinstance(sheet, dict) else None
        for cell in cells if isinstance(cells, list) else []:
            if isinstance(cell, dict) and cell.get("cell_type") == "code":
                yield {**cell, "source": cell.get("input", "")}
            elif isinstance(cell, dict) and cell.get("cell_type") == "heading":
                level = cell.get("level")
                marks = "#" * (level if isinstance(level, int) and 1 <= level <= 6 else 1)
                yield {**cell, "cell_type": "markdown", "source": f"{marks} {_joined(cell.get('source') or '')}"}
            else:
                yield cell
