"""The instructor's notebook of a submission, as nbgrader knows it: read from the course's folders and the gradebook."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

import nbformat
from nbgrader.api import Gradebook, MissingEntry
from nbgrader.preprocessors import IncludeHeaderFooter

from chainrule.engine.database import file_of
from chainrule.engine.directory import course_directory
from chainrule.engine.recorded import recorded_cells, recorded_notebook, version_of

__all__ = ["edited_since_release", "instructors_notebook", "instructors_notebook_or_source", "source_path"]

MOST_READ: Final = 16
_read: dict[str, tuple[Any, list[str]]] = {}
"""Instructors' notebooks by version, never changed by who reads them, and their cells that were edited since."""


def source_path(step: Any, resources: Any) -> Path:
    """The instructor's notebook of the submission at hand, in the folder `source/`."""
    return _path(step, resources, course_directory(step).source_directory)


def _path(step: Any, resources: Any, folder: str) -> Path:
    names = resources["nbgrader"]
    return Path(course_directory(step).format_path(folder, ".", names["assignment"])) / f"{names['notebook']}.ipynb"


def instructors_notebook(step: Any, resources: Any) -> tuple[Any, str]:
    """What a submission is graded with, and its version.

    Args:
        step: the preprocessor of nbgrader's that asks.
        resources: nbgrader's, which say what is graded.

    Raises:
        SourceChanged: there is none, or it has other cells than what was released.
    """
    (notebook, edited), version = _as_released(step, resources)
    if edited:
        step.log.warning("Edited since the release, and graded as released: %s", ", ".join(edited))
    return notebook, version


def edited_since_release(step: Any, resources: Any) -> list[str]:
    """The cells whose text or points are others in `source/` than in the gradebook, which is what is graded with."""
    (_, edited), _ = _as_released(step, resources)
    return edited


def _as_released(step: Any, resources: Any) -> tuple[tuple[Any, list[str]], str]:
    names = resources["nbgrader"]
    with Gradebook(names["db_url"]) as gradebook:
        records = recorded_cells(gradebook, names["assignment"], names["notebook"])
    source = source_path(step, resources)
    released = _path(step, resources, course_directory(step).release_directory)
    frame = IncludeHeaderFooter(parent=step)
    parts = [Path(part) for part in (frame.header, frame.footer) if part]
    present = [path for path in (source, released) if path.is_file()]
    texts = [hashlib.sha256(path.read_bytes()).hexdigest() for path in (*present, *parts)]
    version = hashlib.sha256(" ".join([version_of(records), *texts]).encode()).hexdigest()
    if version not in _read:
        candidates = (_with_frame(frame, path) if path == source else _notebook(path) for path in present)
        read = recorded_notebook(candidates, records, names["assignment"])
        while len(_read) >= MOST_READ:
            _read.pop(next(iter(_read)))
        _read[version] = read
    return _read[version], version


def instructors_notebook_or_source(step: Any, resources: Any) -> tuple[Any, str]:
    """The same; where nothing is released yet, what lies in the folder `source/`."""
    directory = course_directory(step)
    file = file_of(directory.db_url, Path(directory.root))
    if file is None or file.is_file():  # looking into one that is not there would make it
        with suppress(MissingEntry):
            return instructors_notebook(step, resources)
    path = source_path(step, resources)
    return _notebook(path), hashlib.sha256(path.read_bytes()).hexdigest()


def _notebook(path: Path) -> Any:
    return nbformat.read(path, as_version=4)


def _with_frame(frame: Any, path: Path) -> Any:
    """The notebook of `source/` between the header and the footer that nbgrader adds to each release."""
    notebook, _ = frame.preprocess(_notebook(path), {})
    return notebook
