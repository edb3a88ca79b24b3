"""Where nbgrader keeps the course at hand, asked by a step of its own."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from nbgrader.coursedir import CourseDirectory
from nbgrader.exchange.default.exchange import Exchange

from chainrule.engine.database import file_of

STEPS = ("source", "release", "source_with_tests", "submitted", "autograded", "feedback", "solution")


def converter_of(step: Any) -> Any:
    """nbgrader's converter that a preprocessor or exporter works for; None where there is none."""
    while step is not None and not hasattr(step, "coursedir"):
        step = step.parent
    return step


def course_directory(step: Any) -> CourseDirectory:
    """nbgrader's own object for the course's folders: that of the converter, as a program may have set it up."""
    converter = converter_of(step)
    return getattr(converter, "coursedir", None) or CourseDirectory(parent=step)


def secret_folders(directory: CourseDirectory) -> tuple[Path, ...]:
    """Folders that students' code must see nothing of: the course's, its gradebook's, and the exchange's."""
    structure = directory.directory_structure
    names = [str(getattr(directory, f"{step}_directory")) for step in STEPS]
    steps = [_top(directory, structure, name) for name in names]
    folders = [Path(directory.root), *steps]
    folders += _folders_of_gradebook(directory)
    folders += [link for folder in steps if folder != Path(directory.root) for link in _linked(folder)]
    exchange = Exchange(parent=directory)
    return (*dict.fromkeys([*folders, Path(exchange.root), Path(exchange.cache)]),)


def _folders_of_gradebook(directory: CourseDirectory) -> list[Path]:
    """Where the gradebook's file lies, and where it really lies: it may be a link. None where a server keeps it."""
    path = file_of(directory.db_url, Path(directory.root))
    return [path.parent, Path(os.path.realpath(path)).parent] if path else []


def _linked(folder: Path) -> list[Path]:
    """Folders that lie elsewhere, behind links in this one: an assignment's, or a student's."""
    try:
        return [Path(os.path.realpath(path)) for path in folder.iterdir() if path.is_symlink() and path.is_dir()]
    except OSError:
        return []


def _top(directory: CourseDirectory, structure: str, step: str) -> Path:
    """The folder of a step, above those of students and assignments."""
    known = structure.split("{student_id}")[0].split("{assignment_id}")[0]
    return Path(directory.root, known.format(nbgrader_step=step))
