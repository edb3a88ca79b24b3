"""A file is written whole or not at all."""

from pathlib import Path

import pytest

from chainrule.whole_file import whole_file


def test_it_takes_its_place_when_it_is_whole(tmp_path: Path) -> None:
    """The text is there under its name, in a folder that was missing, and nothing lies beside it."""
    path = tmp_path / "new" / "marks.csv"

    with whole_file(path) as unfinished:
        unfinished.write_text("1")
        assert not path.exists()

    assert path.read_text() == "1"
    assert list(path.parent.iterdir()) == [path]


def test_what_fails_in_the_middle_leaves_what_was_there(tmp_path: Path) -> None:
    """The old text stays, and half of the new one does not."""
    path = tmp_path / "marks.csv"
    path.write_text("old")

    with pytest.raises(KeyboardInterrupt), whole_file(path) as unfinished:
        unfinished.write_text("ne")
        raise KeyboardInterrupt

    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]
