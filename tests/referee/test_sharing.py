"""What is one object in the notebook is one object in the referee, and no kernel gains by saying so."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from chainrule.inside.plain_values import shared_parts
from chainrule.referee.standins.sharing import are_made_one

ROW, ARRAY = [0, 0], np.zeros(2)


@pytest.mark.parametrize(
    ("value", "places"),
    [
        ([ROW, ROW], [([1], [0])]),
        ([[0, 0], [0, 0]], []),
        ({"a": [ARRAY], "b": {"c": ARRAY}}, [(["b", "c"], ["a", 0])]),
        ((ROW, [1, ROW]), [([1, 1], [0])]),
        ([1, 1, "a", "a", None, None], []),
        (7, []),
    ],
)
def test_the_kernel_finds_what_stands_in_several_places(value: Any, places: list[Any]) -> None:
    """By the keys from the top; constants are no objects of their own."""
    assert shared_parts(value) == places


def test_what_came_as_copies_is_made_one() -> None:
    """A change in one place is seen in the other."""
    value = {"a": [[0, 0]], "b": {"c": [0, 0]}}

    assert are_made_one(value, [(["b", "c"], ["a", 0])])

    value["b"]["c"][0] = 1
    assert value == {"a": [[1, 0]], "b": {"c": [1, 0]}}


@pytest.mark.parametrize(
    "lie",
    [
        [([1], [0])],  # what stands there is not the same
        [([9], [0])],
        [([], [0])],
        [([0, 0], [0, 1])],
        [("x", [0])],
        [([0], [2]), 3],
    ],
)
def test_a_lie_changes_nothing(lie: Any) -> None:
    """Where places are not equal, or not there, all stays as it came."""
    value = [[1, 2], [3], [1, 2, 3]]

    assert not are_made_one(value, lie)
    assert value == [[1, 2], [3], [1, 2, 3]]
