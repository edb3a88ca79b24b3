"""A copy of the course in which a class of two hands in every assignment: the solution, and the untouched stub."""

from __future__ import annotations

import json
import os
from typing import Any

import pytest

from chainrule.authoring.assignment import read_assignment
from chainrule.course import Course
from chainrule.proof.demo_class import hand_in, solutions
from in_course import IDS, command, copy_course, release_of, submit


@pytest.fixture(scope="module", params=IDS)
def assignment_id(request: pytest.FixtureRequest) -> str:
    """One assignment after the other."""
    return str(request.param)


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """The course, with every assignment built and released, in a folder of its own."""
    course = copy_course(tmp_path_factory.mktemp("course"))
    built = command(course.root, "chainrule", "build")
    assert built.returncode == 0, built.stderr
    return course


@pytest.fixture(scope="module")
def results(course: Course) -> list[dict[str, Any]]:
    """What `chainrule grade --json` says of the students `solution` and `stub`, in all assignments."""
    for assignment_id in IDS:
        assignment = read_assignment(course.assignments / assignment_id)
        release = release_of(course, assignment_id)
        submit(course, "stub", assignment_id, release)
        submit(course, "solution", assignment_id, hand_in(release, solutions(course, assignment)))
    if os.environ.get("ANSWERS") != "every":  # test_colab.py runs them in any case
        with (course.root / "nbgrader_config.py").open("a") as config:
            config.write('c.Examine.demonstrations = "never"\n')
    # With the warm processes of one worker for each assignment.
    done = command(course.root, "chainrule", "grade", "--no-feedback", "--workers", "1", "--json", "-")
    assert done.returncode == 0, done.stderr
    return list(json.loads(done.stdout))


@pytest.fixture(scope="module")
def graded(results: list[dict[str, Any]], assignment_id: str) -> dict[str, Any]:
    """The results of both students in one assignment."""
    return {result["student"]: result for result in results if result["assignment"] == assignment_id}
