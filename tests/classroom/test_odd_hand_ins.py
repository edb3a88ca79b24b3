"""Hand-ins that are odd in every way, in one run: each is accounted for, with what a teacher should know of it."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat import v4

from chainrule.course import Course

SCRIPTS = Path(sys.executable).parent
SQUARE, TOTAL = "def square(x):\n    return x * x", "def total(numbers):\n    return sum(map(square, numbers))"
NAMES = ("lee [late]", "\x1b[31mforged\x1b[0m", "two\nlines", "[bold red]loud", "a*b?", "Zoë ☃")


def filled(release: Any, **answers: str) -> Any:
    """The release with right answers, or others by id (`_` for `-`)."""
    notebook = nbformat.from_dict(release)
    texts = {"square-solution": SQUARE, "total-solution": TOTAL}
    texts |= {name.replace("_", "-"): text for name, text in answers.items()}
    for cell in notebook.cells:
        cell.source = texts.get(cell.id, cell.source)
    return notebook


def blank(release: Any) -> Any:
    """The release as it is."""
    return nbformat.from_dict(release)


def empty(release: Any) -> Any:
    """No cells."""
    return v4.new_notebook()


def below(release: Any) -> Any:
    """The written answer in a cell of its own, below the one for it."""
    notebook = filled(release)
    ids = [cell.id for cell in notebook.cells]
    notebook.cells.insert(ids.index("essay") + 1, v4.new_markdown_cell("Because of THE POINT.", id="mine"))
    return notebook


def colab(release: Any) -> Any:
    """An import that only Colab has, on top of an answer."""
    return filled(release, square_solution=f"from google.colab import files\n{SQUARE}")


def in_the_check(release: Any) -> Any:
    """An answer that was typed into the check cell."""
    (check,) = [cell.source for cell in release.cells if cell.id == "square"]
    stub = {cell.id: cell.source for cell in release.cells}["square-solution"]
    return filled(release, square_solution=stub, square=f"{SQUARE}\n\n{check}")


MADE: dict[str, Callable[[Any], Any]] = {
    **dict.fromkeys(NAMES, filled),
    "blank-beside-a-copy": blank,
    "no-cells": empty,
    "below": below,
    "colab": colab,
    "in-the-check": in_the_check,
    "timestamp": filled,
    "files-beside": filled,
    "names-of-bytes": filled,
    "only-a-name-of-bytes": filled,
    "ten-gigabytes-beside": filled,
}


@pytest.fixture(scope="module")
def course(released_course: Course, tmp_path_factory: pytest.TempPathFactory) -> Course:
    """The small course with all of them in `submitted/`."""
    root = tmp_path_factory.mktemp("odd") / "course"
    shutil.copytree(released_course.root, root)
    course = Course(root)
    release = nbformat.read(course.release / "small" / "small.ipynb", as_version=4)
    for student, make in MADE.items():
        folder = course.submitted / student / "small"
        folder.mkdir(parents=True)
        (folder / "small.ipynb").write_text(json.dumps(make(release)), encoding="utf-8")
    (course.submitted / "blank-beside-a-copy" / "small" / "small (1).ipynb").write_text(json.dumps(filled(release)))
    (course.submitted / "timestamp" / "small" / "timestamp.txt").write_text("9" * 5_000_000)
    for name in ("index.html", "x.svg", "numbers.txt"):
        (course.submitted / "files-beside" / "small" / name).write_text("<script>1</script>")
    with (course.submitted / "ten-gigabytes-beside" / "small" / "numbers.csv").open("wb") as file:
        file.truncate(10 << 30)
    beside = course.submitted / "names-of-bytes" / "small"
    for name in (b"\xff\xfe.txt", b"\x1b[2J.txt", b"two\nlines.csv", b"-rf", b"z" * 255):
        Path(os.fsdecode(os.fsencode(beside / "x").removesuffix(b"x") + name)).write_text("1")
    only = course.submitted / "only-a-name-of-bytes" / "small" / "small.ipynb"
    only.rename(only.with_name(os.fsdecode(b"\xff.ipynb")))
    (course.submitted / os.fsdecode(b"\xff") / "small").mkdir(parents=True)
    (course.submitted / "wrong-depth").mkdir()
    (course.submitted / "wrong-depth" / "small.ipynb").write_text(json.dumps(filled(release)))
    return course


@pytest.fixture(scope="module")
def run(course: Course) -> tuple[str, dict[str, Any]]:
    """What `chainrule grade` prints, and its results by student."""
    command = [str(SCRIPTS / "chainrule"), "grade", "--json", "results.json"]
    done = subprocess.run(command, cwd=course.root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    results = json.loads((course.root / "results.json").read_text())
    return done.stdout + done.stderr, {result["student"]: result for result in results}


def question(result: Any, name: str) -> Any:
    (found,) = [question for question in result["questions"] if question["id"] == name]
    return found


@pytest.mark.parametrize("student", NAMES, ids=ascii)
def test_names_are_data(course: Course, run: tuple[str, dict[str, Any]], student: str) -> None:
    """Whatever stands in a name is no pattern, no markup and no order to the terminal; the work is graded."""
    printed, results = run

    assert (results[student]["status"], results[student]["score"]) == ("graded", 3.5)
    assert (course.root / "feedback" / student / "small" / "small.html").is_file()
    assert "\x1b[31m" not in printed
    assert "[bold red]loud" in printed
    assert "two\\nlines" in printed


@pytest.mark.parametrize(
    ("student", "words"),
    [
        ("blank-beside-a-copy", "beside it lies 'small (1).ipynb'"),
        ("no-cells", "holds no cells"),
        ("ten-gigabytes-beside", "were handed in; at most"),
        ("wrong-depth", "submitted/wrong-depth/small.ipynb lies in the wrong place"),
        ("only-a-name-of-bytes", r"no small.ipynb was handed in (there is: \udcff.ipynb)"),
        (os.fsdecode(b"\xff"), "the name of its folder is not UTF-8: rename the folder"),
    ],
)
def test_a_result_of_nothing_for_an_odd_file_goes_to_a_person(
    run: tuple[str, dict[str, Any]], student: str, words: str
) -> None:
    """It is no 0 that nobody looks at: the reason says what was seen."""
    result = run[1][student]

    assert result["status"] == "needs a person"
    assert words in result["reason"]


def test_a_written_answer_beside_its_cell_is_to_be_marked(course: Course, run: tuple[str, dict[str, Any]]) -> None:
    """It waits for a person with its text in the answer's cell, and nobody is told that there was no response."""
    result = run[1]["below"]
    graded = nbformat.read(course.root / "autograded" / "below" / "small" / "small.ipynb", as_version=4)

    assert (result["status"], question(result, "essay")["status"]) == ("partly graded", "to be marked")
    assert "THE POINT." in {cell.id: cell.source for cell in graded.cells}["essay"]
    with sqlite3.connect(f"file:{course.root / 'gradebook.db'}?mode=ro", uri=True) as book:
        said = book.execute(
            "select comment.auto_comment from comment join submitted_notebook n on n.id = comment.notebook_id "
            "join submitted_assignment a on a.id = n.assignment_id where a.student_id = 'below'"
        ).fetchall()
    assert ("No response.",) not in said


@pytest.mark.parametrize(
    ("student", "words"),
    [
        ("colab", "ModuleNotFoundError: No module named 'google"),
        ("in-the-check", "`square` stands in the check cell `square`"),
    ],
)
def test_a_message_names_the_cause(run: tuple[str, dict[str, Any]], student: str, words: str) -> None:
    """What the check could not find is not all that is said: why it is not there is."""
    told = question(run[1][student], "square")

    assert told["status"] == "failed"
    assert words in told["message"]


def test_a_timestamp_that_is_none_costs_nothing(course: Course, run: tuple[str, dict[str, Any]]) -> None:
    """The work is graded, no time is noted, and Formgrader's list of submissions loads."""
    from chainrule.nbgrader_course import nbgrader_api

    assert run[1]["timestamp"]["score"] == 3.5
    rows = nbgrader_api(course).get_submissions("small")
    assert {row["student"]: row["timestamp"] for row in rows}["timestamp"] is None


def test_names_beside_a_notebook_are_of_any_bytes(run: tuple[str, dict[str, Any]]) -> None:
    """Old archives leave names that are not UTF-8; the work is graded."""
    assert run[1]["names-of-bytes"]["score"] == 3.5


def test_pages_and_drawings_beside_a_notebook_stay_in_submitted(
    course: Course, run: tuple[str, dict[str, Any]]
) -> None:
    """No file that a browser would run is copied to where pages are opened; data goes on."""
    for folder in ("autograded", "feedback"):
        there = {path.name for path in (course.root / folder / "files-beside").rglob("*") if path.is_file()}
        assert not there & {"index.html", "x.svg"}
    assert (course.root / "autograded" / "files-beside" / "small" / "numbers.txt").is_file()
