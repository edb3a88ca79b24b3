"""One class run of all attacks that were asked for, each with an honest submission right after it."""

from collections.abc import Iterator

import pytest
from attack_course import Evidence, grade_attacks, make_course, plant_canary, surroundings

from chainrule.course import Course


@pytest.fixture(scope="module")
def course() -> Iterator[Course]:
    """The target's course, with a home, an environment and a folder for temporary files of its own."""
    with surroundings() as root:
        course = make_course(root / "course")
        plant_canary(course)
        yield course


@pytest.fixture(scope="module")
def evidence(course: Course, request: pytest.FixtureRequest) -> dict[str, Evidence]:
    """What came of every attack that a selected test asks about."""
    # A test of another folder may have a parameter of the same name; only those that ask for evidence count.
    wanted = {
        item.callspec.params["attack"]
        for item in request.session.items
        if isinstance(item, pytest.Function) and {"attack", "evidence"} <= set(item.fixturenames)
    }
    return grade_attacks(course, wanted)
