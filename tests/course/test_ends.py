"""Both ends of every assignment, through real nbgrader: all right gets everything, nothing done gets nothing.

`make test` has plain nbgrader grade 01 and 05, which has both frameworks, and runs no demonstrations; `make answers`
does all of it.
"""

from __future__ import annotations

import json
import os
from typing import Any

import nbformat
import pytest
from nbgrader.api import Gradebook

from chainrule.authoring.assignment import read_assignment
from chainrule.authoring.inclusions import expand
from chainrule.authoring.notebook_text import for_notebooks
from chainrule.course import Course
from in_course import IDS, command, release_of

GRADED_BY_NBGRADER = IDS if os.environ.get("ANSWERS") == "every" else ("01_computational_graph", "05_autodiff")


def autograded(course: Course, student: str, assignment_id: str) -> Any:
    path = course.root / "autograded" / student / assignment_id / f"{assignment_id}.ipynb"
    return nbformat.read(path, as_version=4)


def errors(notebook: Any) -> list[tuple[str, str]]:
    return [
        (cell.id, output.ename)
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        if output.output_type == "error"
    ]


def test_the_solution_gets_full_marks(graded: dict[str, Any], assignment_id: str) -> None:
    """Every check passes on the course's own solution; only written answers wait for a person."""
    result = graded["solution"]

    lost = [(q["id"], q["message"]) for q in result["questions"] if q["status"] not in ("passed", "to be marked")]
    assert lost == []
    assert any(question["status"] == "passed" for question in result["questions"])


def test_the_solution_is_silent(course: Course, graded: dict[str, Any], assignment_id: str) -> None:
    """No cell of the solved notebook that was run fails or writes to stderr."""
    notebook = autograded(course, "solution", assignment_id)

    noise = [
        (cell.id, output.text)
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        if output.output_type == "stream" and output.name == "stderr"
    ]
    assert noise == []
    assert errors(notebook) == []


def test_the_stub_scores_nothing(graded: dict[str, Any], assignment_id: str) -> None:
    """The untouched notebook has no marks, and no question waits for a person."""
    result = graded["stub"]

    assert result["score"] == 0
    assert result["max_score"] > 0
    assert {question["status"] for question in result["questions"]} == {"failed"}


def test_the_stub_fails_only_with_not_implemented(course: Course, graded: dict[str, Any], assignment_id: str) -> None:
    """Whatever fails in the untouched notebook fails because it is not written yet."""
    found = errors(autograded(course, "stub", assignment_id))

    assert found
    assert {name for _, name in found} == {"NotImplementedError"}


def test_the_release_holds_no_secret(course: Course, assignment_id: str) -> None:
    """Students get no line of a solution, of a hidden test or of a mark scheme."""
    text = json.dumps([cell.source for cell in release_of(course, assignment_id).cells])
    assignment = read_assignment(course.assignments / assignment_id)

    for word in ("BEGIN SOLUTION", "HIDDEN TESTS", "MARK SCHEME"):
        assert word not in text
    secrets, shown = set(), set()
    expanded = expand(assignment, course.data)
    for cell in expanded:
        secrets |= parted(cell.source)[0]
    for cell in (*expanded, *for_notebooks(expanded)):  # the same words, laid out as authors and as students see them
        shown |= parted(cell.source)[1]
    released = {line.strip() for cell in release_of(course, assignment_id).cells for line in cell.source.splitlines()}
    assert secrets - shown
    assert (secrets - shown) & released == set()


def parted(source: str) -> tuple[set[str], set[str]]:
    """The lines inside of marked regions that are long enough to be told from others, and all lines outside."""
    hidden, visible, inside = set(), set(), False
    for line in map(str.strip, source.splitlines()):
        if line.startswith(("### BEGIN", "### END")):
            inside = line.startswith("### BEGIN")
        elif not inside:
            visible.add(line)
        elif len(line) > 25:
            hidden.add(line)
    return hidden, visible


@pytest.mark.parametrize("assignment_id", GRADED_BY_NBGRADER, indirect=True)
def test_plain_nbgrader_gives_the_same_marks(course: Course, graded: dict[str, Any], assignment_id: str) -> None:
    """`nbgrader autograde` in the project's folder ends with the scores of `chainrule grade`."""
    options = ("--force", "--student=solution", "--Examine.demonstrations=never")
    done = command(course.root, "nbgrader", "autograde", assignment_id, *options)

    assert done.returncode == 0, done.stderr
    with Gradebook(f"sqlite:///{course.root / 'gradebook.db'}") as gradebook:
        assert gradebook.find_submission(assignment_id, "solution").score == graded["solution"]["score"]
