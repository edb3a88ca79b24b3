"""A mark cannot be had for nothing, in any assignment that there is."""

import pytest

from chainrule.proof.emptied import ITSELF
from chainrule.proof.nothing import MOST_FOR_ALL, nothings
from in_course import IDS, PROJECT


@pytest.mark.parametrize("assignment_id", IDS)
def test_answers_that_compute_nothing_earn_nothing(assignment_id: str) -> None:
    """No kind of nothing passes a check of its question, and a whole notebook of it earns next to no points."""
    results = list(nothings(PROJECT, assignment_id))

    assert [(result.kind, result.paid, result.lost) for result in results if result.paid or result.lost] == []
    assert max(result.share for result in results) <= MOST_FOR_ALL


@pytest.mark.parametrize("assignment_id", IDS)
def test_the_same_run_pays_the_right_answer(assignment_id: str) -> None:
    """Where functions that change nothing answer rightly, two fifths of the points are earned: the run is fair."""
    (result,) = nothings(PROJECT, assignment_id, [ITSELF])

    assert not result.lost
    assert result.share >= 0.4
