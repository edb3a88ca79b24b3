"""A course with one assignment and a class that handed in right answers, to grade in each way.

A class is of one of two kinds. In an `ordinary` one everybody wrote the course's own solutions, each in names and with
a comment of their own, so that no two cells of two students are alike. In a `mixed` one, all right answers of
`grader_tests/` come in turn: some of these are right and slow, and take seconds by themselves in every way of grading.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import nbformat

from bench.dress import dressed
from chainrule.authoring.assignment import Assignment, read_assignment
from chainrule.course import Course
from chainrule.proof.answers import Answer, read_answers
from chainrule.proof.demo_class import hand_in_answer, solutions

__all__ = ["KINDS", "PROJECT", "answers", "course_with_class", "stock_config"]

KINDS = ("ordinary", "mixed")

PROJECT = Course(Path(__file__).resolve().parents[1])
STOCK = """
c = get_config()
c.CourseDirectory.course_id = "chainrule"
c.ClearMarkScheme.enforce_metadata = False
c.Execute.timeout = 600
"""


@contextmanager
def course_with_class(assignment_id: str, students: int, kind: str = "ordinary") -> Iterator[Path]:
    """A folder with a course and a class, gone afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for room in ("data", "nbgrader_config.py", "pyproject.toml"):
            path = PROJECT.root / room
            shutil.copytree(path, root / room) if path.is_dir() else shutil.copy(path, root / room)
        for room in ("assignments", "grader_tests"):
            shutil.copytree(PROJECT.root / room / assignment_id, root / room / assignment_id)
        subprocess.run(
            [Path(sys.executable).with_name("chainrule"), "build"], cwd=root, check=True, capture_output=True
        )
        _hand_in(Course(root), assignment_id, students, kind)
        yield root


def _hand_in(course: Course, assignment_id: str, students: int, kind: str) -> None:
    assignment = read_assignment(course.assignments / assignment_id)
    path = course.release / assignment_id / f"{assignment_id}.ipynb"
    release = nbformat.read(path, as_version=4)
    own = solutions(course, assignment)
    for number, answer in enumerate(answers(assignment_id, students, kind)):
        folder = course.submitted / f"student-{number:04}" / assignment_id
        folder.mkdir(parents=True)
        nbformat.write(hand_in_answer(release, answer, own), folder / path.name)


def answers(assignment_id: str, students: int, kind: str) -> list[Answer]:
    """Right answers, as many as there are students; in a mixed class each kind of answer about equally often."""
    assignment = read_assignment(PROJECT.assignments / assignment_id)
    if kind == "ordinary":
        return [_ordinary(assignment, number) for number in range(students)]
    every = read_answers(PROJECT.answers / assignment_id, assignment)
    kinds = [answer for answer in every if answer.path.parent.name == "right"]
    return [kinds[number % len(kinds)] for number in range(students)]


def _ordinary(assignment: Assignment, student: int) -> Answer:
    """The course's own solutions as this student would have written them."""
    own = solutions(PROJECT, assignment)
    texts = {name: dressed(own[f"{name}-solution"], student) for name in assignment.solutions}
    return Answer(assignment.path, f"student {student}", frozenset(), (), (), (), texts, {})


@contextmanager
def stock_config(root: Path) -> Iterator[None]:
    """nbgrader as it comes, for as long as the block is open."""
    config = root / "nbgrader_config.py"
    ours = config.read_text()
    config.write_text(STOCK)
    try:
        yield
    finally:
        config.write_text(ours)
