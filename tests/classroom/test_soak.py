"""The soak, in small: what `make soak` does with a thousand submissions."""

from pathlib import Path

from soak import faults, soak


def test_a_class_through_kills_is_a_calm_class(tmp_path: Path) -> None:
    """Killed at random moments and disturbed between, the last run leaves the rows and outcomes of a calm one."""
    found = soak(tmp_path, submissions=10, kills=2, workers=2, seed=7)

    assert len(found["rows"][0]) >= 8 * 4
    assert faults(found) == []
