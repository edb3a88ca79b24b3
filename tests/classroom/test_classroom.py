"""A class with every kind of bad submission: each student gets a state and a reason, and none stops the others."""

from __future__ import annotations

import copy
import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest

from chainrule.course import Course
from in_course import command

SQUARE, TOTAL = "def square(x):\n    return x * x", "def total(numbers):\n    return sum(map(square, numbers))"


def write(notebook: Any) -> str:
    return json.dumps(notebook)


def filled(notebook: Any, square: str = SQUARE) -> Any:
    """The release notebook with right answers in it, or another `square`."""
    notebook = copy.deepcopy(notebook)
    for cell in notebook.cells:
        cell.source = {"square-solution": square, "total-solution": TOTAL}.get(cell.id, cell.source)
    return notebook


def without(notebook: Any, name: str) -> Any:
    notebook = filled(notebook)
    notebook.cells = [cell for cell in notebook.cells if cell.id != name]
    return notebook


def twice(notebook: Any, name: str) -> Any:
    notebook = filled(notebook)
    (cell,) = [cell for cell in notebook.cells if cell.id == name]
    notebook.cells.append(copy.deepcopy(cell))
    return notebook


HANDED_IN: dict[str, Callable[[Any], str]] = {
    "honest": lambda release: write(filled(release)),
    "untouched": write,
    "not-json": lambda release: "not a notebook at all",
    "empty": lambda release: "",
    "nbformat-5": lambda release: write(filled(release)).replace('"nbformat": 4,', '"nbformat": 5,'),
    "deleted-check": lambda release: write(without(release, "square")),
    "doubled-check": lambda release: write(twice(release, "square")),
    "loops": lambda release: write(filled(release, "while True:\n    pass")),
}
FULL = ("graded", 3.5)
EXPECTED = {
    "honest": FULL,
    "untouched": ("graded", 0.0),
    "not-json": ("needs a person", 0.0),
    "empty": ("needs a person", 0.0),
    "nbformat-5": ("needs a person", 0.0),
    "deleted-check": FULL,
    "doubled-check": FULL,
    # The loop costs `square`, and what is computed with it.
    "loops": ("graded", 0.0),
    "no-notebook": ("needs a person", 0.0),
}


@pytest.fixture(scope="module")
def course(released_course: Course, tmp_path_factory: pytest.TempPathFactory) -> Course:
    """The small course with all of them in `submitted/`, and short limits."""
    root = tmp_path_factory.mktemp("class") / "course"
    shutil.copytree(released_course.root, root)
    with (root / "nbgrader_config.py").open("a") as config:
        config.write("\nc.Examine.cell_seconds = 5\nc.Examine.call_seconds = 5\n")
    course = Course(root)
    release = nbformat.read(course.release / "small" / "small.ipynb", as_version=4)
    for student, make in HANDED_IN.items():
        folder = course.submitted / student / "small"
        folder.mkdir(parents=True)
        (folder / "small.ipynb").write_text(make(release), encoding="utf-8")
    (course.submitted / "no-notebook" / "small").mkdir(parents=True)
    (course.submitted / "no-notebook" / "small" / "essay.docx").write_bytes(b"PK")
    return course


@pytest.fixture(scope="module")
def results(course: Course) -> dict[str, Any]:
    """What `chainrule grade --strict --json` says, by student; it ends with 3."""
    done = command(course.root, "chainrule", "grade", "--strict", "--no-feedback", "--json", "-")
    assert done.returncode == 3, done.stderr
    return {result["student"]: result for result in json.loads(done.stdout)}


@pytest.mark.parametrize("student", EXPECTED)
def test_every_submission_ends_in_a_state(results: dict[str, Any], student: str) -> None:
    """State and score are as expected, whatever the others handed in."""
    result = results[student]

    assert (result["status"], result["score"]) == EXPECTED[student], result


@pytest.mark.parametrize(
    ("student", "words"),
    [
        ("not-json", "small.ipynb is not a notebook: its text is not JSON"),
        ("empty", "small.ipynb is empty"),
        ("nbformat-5", "nbformat 5"),
        ("no-notebook", "no small.ipynb was handed in (there is: essay.docx)"),
    ],
)
def test_the_reason_names_the_file_and_what_is_wrong(results: dict[str, Any], student: str, words: str) -> None:
    """A teacher reads what to do from the table alone."""
    assert words in results[student]["reason"]


def test_a_loop_says_so(results: dict[str, Any]) -> None:
    """The question that a loop cost says what happened."""
    (square,) = [question for question in results["loops"]["questions"] if question["id"] == "square"]

    assert square["status"] == "failed"
    assert square["message"]


def test_the_table_counts_who_needs_a_person(course: Course, results: dict[str, Any]) -> None:
    """Without --strict the exit code is 0, and the closing line says how many need a person; nothing runs twice."""

    def graded() -> dict[Path, int]:
        # Another test hands in something new for the student `empty`.
        files = (course.root / "autograded").rglob("*.ipynb")
        return {path: path.stat().st_mtime_ns for path in files if "empty" not in path.parts}

    before = graded()

    done = command(course.root, "chainrule", "grade", "--no-feedback")

    assert done.returncode == 0, done.stderr
    assert "9 submissions: 5 graded, 0 partly graded, 4 need a person." in done.stdout
    assert results["not-json"]["reason"] in done.stdout, "a piped table has one line a submission"
    assert graded() == before

    quiet = command(course.root, "chainrule", "grade", "--no-feedback", "--quiet", "--strict")

    assert (quiet.returncode, quiet.stdout) == (3, "")


def test_a_new_submission_is_graded_again(course: Course, results: dict[str, Any]) -> None:
    """A changed file is graded, and only that student's result changes."""
    release = nbformat.read(course.release / "small" / "small.ipynb", as_version=4)
    (course.submitted / "empty" / "small" / "small.ipynb").write_text(write(filled(release)), encoding="utf-8")

    done = command(course.root, "chainrule", "grade", "--no-feedback", "--student", "empty", "--json", "-")

    (result,) = json.loads(done.stdout)
    assert (result["status"], result["score"]) == FULL
    (course.submitted / "empty" / "small" / "small.ipynb").write_text("", encoding="utf-8")


def test_an_unknown_student_is_named(course: Course) -> None:
    """Asking for somebody who handed in nothing ends with 1 and the name."""
    done = command(course.root, "chainrule", "grade", "--student", "nobody-of-that-name")

    assert done.returncode == 1
    assert "nobody-of-that-name" in done.stderr


def test_the_other_commands_of_nbgrader_work(course: Course, results: dict[str, Any]) -> None:
    """Feedback and export run in the course's folder, and tell the same score."""
    feedback = command(course.root, "nbgrader", "generate_feedback", "small", "--student=honest")
    export = command(course.root, "nbgrader", "export")

    assert feedback.returncode == 0, feedback.stderr
    page = (course.root / "feedback" / "honest" / "small" / "small.html").read_text()
    assert "secret_number" not in page
    assert "Pythagoras" not in page
    rows = re.findall(r'<tr class="(\w+)">.*?<a href="#([\w-]+)">.*?</tr>', page, re.S)
    assert rows == [("full", "square"), ("full", "total-data"), ("full", "total-empty"), ("off", "essay")]
    assert export.returncode == 0, export.stderr
    (row,) = [line for line in (course.root / "grades.csv").read_text().splitlines() if ",honest," in line]
    assert ",3.5," in row
