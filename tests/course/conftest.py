"""A copy of the course in which a class of two hands in an assignment: the solution, and the untouched stub."""

from __future__ import annotations

import json
from typing import Any

import pytest

from chainrule.authoring.assignment import read_assignment
from chainrule.course import Course
from chainrule.proof.demo_class import hand_in, solutions
from in_course import IDS, command, copy_course, release_of, submit


@pytest.fixture(scope="module", params=IDS)
def assignment_id(request: pytest.FixtureRequest) -> str:
    """One assignment after the other; each has a course to itself, so that processes can share the work."""
    return str(request.param)


@pytest.fixture(scope="module")
def course(assignment_id: str, tmp_path_factory: pytest.TempPathFactory) -> Course:
    """The course, with this assignment built and released, in a folder of its own."""
    course = copy_course(tmp_path_factory.mktemp("course"))
    built = command(course.root, "chainrule", "build", assignment_id)
    assert built.returncode == 0, built.stderr
    return course


@pytest.fixture(scope="module")
def graded(course: Course, assignment_id: str) -> dict[str, Any]:
    """The results of `chainrule grade --json` for the students `solution` and `stub`."""
    assignment = read_assignment(course.assignments / assignment_id)
    release = release_of(course, assignment_id)
    submit(course, "stub", assignment_id, release)
    submit(course, "solution", assignment_id, hand_in(release, solutions(course, assignment)))
    # Both with the warm processes of one worker.
    done = command(course.root, "chainrule", "grade", "--no-feedback", "--workers", "1", "--json", "-")
    assert done.returncode == 0, done.stderr
    return {result["student"]: result for result in json.loads(done.stdout)}
