"""What the build writes for the author: the check kit and embedded data, as the text of a `given` cell."""

from __future__ import annotations

import base64
import lzma
import textwrap
from dataclasses import replace
from pathlib import Path

from chainrule.authoring.assignment import Assignment, AssignmentError, Cell, Kind, Problem

INCLUDES: dict[Kind, dict[str, tuple[str, tuple[str, ...]]]] = {
    Kind.GIVEN: {"checkkit": ("Tools for the checks: run me, nothing to change here", ("checkkit.py", "progress.py"))},
    Kind.RUN: {"pictures": ("Tools for the pictures: run me, nothing to change here", ("pictures.py",))},
}
"""By kind of cell and name: the title, and the files of this room that stand below it."""

LONG_LINE = 8000  # nobody reads them, and a notebook of few lines opens sooner

EMBEDDED = '''\
# @title The data of this notebook: run me, nothing to change here
# Generated from {sources}.
import base64
import io
import lzma
from pathlib import Path

EMBEDDED_FILES = {{
{entries}
}}


def open_course_file(name):
    """Open one of the course's data files: the copy in this cell, or else the file beside this notebook."""
    if name in EMBEDDED_FILES:
        return io.BytesIO(lzma.decompress(base64.b85decode(EMBEDDED_FILES[name])))
    return io.BytesIO(Path(name).read_bytes())
'''


def expand(assignment: Assignment, data: Path) -> tuple[Cell, ...]:
    """The cells of an assignment with included and embedded text filled in.

    Raises:
        AssignmentError: a cell includes a text or embeds a file that does not exist.
    """
    return tuple(_expand_cell(assignment, cell, data) for cell in assignment.cells)


def _expand_cell(assignment: Assignment, cell: Cell, data: Path) -> Cell:
    if cell.kind not in INCLUDES or not cell.options.keys() & {"include", "embed"}:
        return cell
    if cell.source.strip() or len(cell.options) > 1:
        raise _error(assignment, cell, "a cell has include= or embed= or a text of its own, and only one of them")
    if include := cell.options.get("include"):
        texts = INCLUDES[cell.kind]
        if include not in texts:
            kinds = f"in a {cell.kind.value} cell there is {list(texts)}"
            raise _error(assignment, cell, f"nothing to include is called {include!r}; {kinds}")
        title, files = texts[include]
        source = f"# @title {title}\n{included_text(*files)}"
    else:
        names = cell.options["embed"].split()
        for name in names:
            if not (data / name).is_file():
                raise _error(assignment, cell, f"there is no file {data.name}/{name} to embed")
        source = embed([data / name for name in names])
    return replace(cell, source=source.rstrip("\n"))


def included_text(*names: str) -> str:
    """The text of files of this room, as a notebook can run it: all in one cell, so without what they import here."""
    texts = (Path(__file__).with_name(name).read_text(encoding="utf-8") for name in names)
    lines = (line for text in texts for line in text.splitlines() if not line.startswith("from chainrule."))
    return "\n".join(lines).strip()


def embed(paths: list[Path]) -> str:
    """The text of a cell that carries files inside it, compressed, and opens them by name."""
    entries = "\n".join(_entry(path) for path in paths)
    return EMBEDDED.format(sources=", ".join(f"{path.parent.name}/{path.name}" for path in paths), entries=entries)


def _entry(path: Path) -> str:
    packed = lzma.compress(path.read_bytes(), format=lzma.FORMAT_XZ, preset=9 | lzma.PRESET_EXTREME)
    # Base 85 in ASCII has no quotation mark or backslash, so a line of it is a plain string literal.
    lines = textwrap.wrap(base64.b85encode(packed).decode("ascii"), LONG_LINE)
    return f'    "{path.name}": (\n' + "\n".join(f'        "{line}"' for line in lines) + "\n    ),"


def _error(assignment: Assignment, cell: Cell, text: str) -> AssignmentError:
    return AssignmentError([Problem(assignment.path, cell.line, text)])
