"""What the tests of the course share: the project, its assignments, and commands run as a user runs them."""

from __future__ import annotations

import contextlib
import shutil
import subprocess
from pathlib import Path
from typing import Any

import nbformat

from chainrule.authoring.assignment import Kind, read_assignment
from chainrule.authoring.inclusions import expand
from chainrule.course import Course
from chainrule.proof.answers import solved
from programs import program

PROJECT = Course(Path(__file__).resolve().parents[1])
IDS = PROJECT.assignment_ids()
ROOMS = ("assignments", "data", "grader_tests", "nbgrader_config.py", "pyproject.toml")


def copy_course(root: Path) -> Course:
    """What authors write, in a folder of its own; nothing is built yet."""
    for room in ROOMS:
        path = PROJECT.root / room
        shutil.copytree(path, root / room) if path.is_dir() else shutil.copy(path, root / room)
    return Course(root)


def command(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a program of this environment in a course folder, as a user would."""
    return subprocess.run([*program(arguments[0]), *arguments[1:]], cwd=root, capture_output=True, text=True)


def release_of(course: Course, assignment_id: str) -> Any:
    """The release notebook of an assignment."""
    return nbformat.read(course.release / assignment_id / f"{assignment_id}.ipynb", as_version=4)


def submit(course: Course, student: str, assignment_id: str, notebook: Any) -> None:
    """Put a notebook where nbgrader looks for it."""
    folder = course.submitted / student / assignment_id
    folder.mkdir(parents=True)
    nbformat.write(notebook, folder / f"{assignment_id}.ipynb")


def solution_namespace(assignment_id: str) -> dict[str, Any]:
    """The variables of the notebook after its given and solution cells ran (plots and training did not)."""
    assignment = read_assignment(PROJECT.assignments / assignment_id)
    namespace: dict[str, Any] = {"__name__": "__main__"}
    with contextlib.chdir(PROJECT.data):
        for cell in solved(expand(assignment, PROJECT.data)):
            if cell.kind in (Kind.GIVEN, Kind.SOLUTION):
                exec(compile(cell.source, f"{assignment_id}:{cell.line}", "exec"), namespace)
    return namespace
