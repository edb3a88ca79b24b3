"""No attack gains a mark, learns a secret or harms anybody in the course's own assignments.

Every file of `grader_tests/attacks/course/` stands in answers of each of them. `make attacks` tries all of that,
`make test` three files in the first assignment.
"""

import os
import shutil
from collections.abc import Iterator

import pytest
from attack_course import Evidence, plant_canary, surroundings
from own_course import ATTACKS, IDS, copy_course, grade_own, own_names, read_own, worth

SAMPLE = [(IDS[0], name) for name in ("a_page_that_runs", "numbers_beyond_comparison", "reads_the_course")]
EVERY = [(assignment, name) for assignment in IDS for name in own_names()]
CHOSEN = EVERY if os.environ.get("ATTACKS") == "every" else SAMPLE
MOST_MEMORY = 3_000_000_000

each_pair = pytest.mark.parametrize("pair", CHOSEN, ids="-".join)
pytestmark = pytest.mark.skipif(shutil.which("ps") is None, reason="the list of processes is read with ps")


@pytest.fixture(scope="module")
def tried(request: pytest.FixtureRequest) -> Iterator[dict[tuple[str, str], Evidence]]:
    """What came of every attack that a selected test asks about."""
    items = [item for item in request.session.items if isinstance(item, pytest.Function)]
    wanted = {item.callspec.params["pair"] for item in items if {"pair", "tried"} <= set(item.fixturenames)}
    with surroundings() as root:
        course = copy_course(root / "course", sorted({assignment for assignment, _ in wanted}))
        plant_canary(course, min(wanted)[0])
        yield grade_own(course, wanted)


@each_pair
def test_no_check_that_asks_about_an_attack_gives_it_a_mark(
    pair: tuple[str, str], tried: dict[tuple[str, str], Evidence]
) -> None:
    """What it earns are marks of the honest answers beside it."""
    came = tried[pair]

    assert (came.gained, came.error) == ({}, "")


@each_pair
def test_it_learns_no_line_of_a_hidden_test_or_of_an_answer(
    pair: tuple[str, str], tried: dict[tuple[str, str], Evidence]
) -> None:
    """Not in its outputs, its messages, or any file that comes back; and nothing of what lies around the course."""
    assert tried[pair].leaks == []


@each_pair
def test_it_harms_nobody(pair: tuple[str, str], tried: dict[tuple[str, str], Evidence]) -> None:
    """No file, no row of the gradebook, no page and no process is left changed; memory is bounded."""
    came = tried[pair]

    assert (came.changes, came.left, came.live) == ([], [], [])
    assert came.memory < MOST_MEMORY


@each_pair
def test_an_honest_submission_after_them_gets_its_marks(
    pair: tuple[str, str], tried: dict[tuple[str, str], Evidence]
) -> None:
    """The same worker, with the same warm processes, has graded every attack on the assignment before."""
    came = tried[pair]

    assert came.honest == worth(pair[0]), came.honest_status


def test_every_file_says_what_it_tries() -> None:
    """And stands nowhere else than among the attacks on the course."""
    assert len(own_names()) == len(list(ATTACKS.iterdir())) >= 15
    assert all(read_own(name).after for name in own_names())
