"""A copy of the course in which a class of two hands in every assignment: the solution, and the untouched stub."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat
import pytest

from chainrule.assignment import read_assignment
from chainrule.course import Course
from chainrule.demo import hand_in, solutions

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


@pytest.fixture(scope="session")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """The course, built and released in a folder of its own."""
    root = tmp_path_factory.mktemp("course")
    for room in ROOMS:
        path = PROJECT.root / room
        shutil.copytree(path, root / room) if path.is_dir() else shutil.copy(path, root / room)
    built = command(root, "chainrule", "build")
    assert built.returncode == 0, built.stderr
    return Course(root)


@pytest.fixture(scope="session")
def graded(course: Course) -> dict[tuple[str, str], Any]:
    """The results of `chainrule grade --json` for the students `solution` and `stub`, by (student, assignment)."""
    for assignment_id in IDS:
        assignment = read_assignment(course.assignments / assignment_id)
        release = release_of(course, assignment_id)
        submit(course, "stub", assignment_id, release)
        submit(course, "solution", assignment_id, hand_in(release, solutions(course, assignment)))
    done = command(course.root, "chainrule", "grade", "--json", "-")
    assert done.returncode == 0, done.stderr
    return {(result["student"], result["assignment"]): result for result in json.loads(done.stdout)}
