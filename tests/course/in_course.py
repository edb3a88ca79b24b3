"""What the tests of the course share: the project, its assignments, and commands run as a user runs them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat

from chainrule.course import Course

PROJECT = Course(Path(__file__).resolve().parents[2])
IDS = PROJECT.assignment_ids()
ROOMS = ("assignments", "data", "grader_tests", "nbgrader_config.py", "pyproject.toml")


def command(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a program of this environment in a course folder, as a user would."""
    program = str(Path(sys.executable).with_name(arguments[0]))
    return subprocess.run([program, *arguments[1:]], cwd=root, capture_output=True, text=True)


def release_of(course: Course, assignment_id: str) -> Any:
    """The release notebook of an assignment."""
    return nbformat.read(course.release / assignment_id / f"{assignment_id}.ipynb", as_version=4)


def submit(course: Course, student: str, assignment_id: str, notebook: Any) -> None:
    """Put a notebook where nbgrader looks for it."""
    folder = course.submitted / student / assignment_id
    folder.mkdir(parents=True)
    nbformat.write(notebook, folder / f"{assignment_id}.ipynb")
