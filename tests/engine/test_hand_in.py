"""What nbgrader reads of a student's folder by itself: the time of handing in, and the files beside a notebook."""

from __future__ import annotations

import datetime
import os
import time
from pathlib import Path

import pytest

from chainrule.engine.hand_in import hand_in_time, leave_behind

NOON = datetime.datetime(2026, 3, 1, 12, 0)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("2026-03-01 12:00:00.000000 UTC", NOON),
        ("2026-03-01 12:00:00", NOON),
        ("2026-03-01T13:00:00+01:00", NOON),
        ("2026-03-01 12:00:00 UTC\n", NOON),
        ("9" * 5_000_000, None),
        ("yesterday, around noon", None),
        ("", None),
        ("2026-03-01 12:00:00 UTC" + " " * 5_000, None),
        ("9" * 99, None),
        ("\x00\xff\ud7ff", None),
    ],
    ids=["nbgrader", "plain", "zone", "line", "5 MB", "words", "empty", "padded", "digits", "no text"],
)
def test_the_time_is_read_in_no_time(tmp_path: Path, text: str, wanted: datetime.datetime | None) -> None:
    """A time is a time; anything else is none, costs no time, and raises nothing."""
    (tmp_path / "timestamp.txt").write_text(text, encoding="utf-8")
    begin = time.process_time()

    assert hand_in_time(tmp_path, collected=True) == wanted
    assert time.process_time() - begin < 5


def test_what_is_no_file_holds_no_time(tmp_path: Path) -> None:
    """A folder, a link or a pipe of that name is not opened."""
    for number, make in enumerate((Path.mkdir, lambda path: path.symlink_to("/etc/hostname"), os.mkfifo)):
        folder = tmp_path / str(number)
        folder.mkdir()
        make(folder / "timestamp.txt")

        assert hand_in_time(folder, collected=True) is None


def test_a_course_can_say_that_the_file_is_the_students(tmp_path: Path) -> None:
    """Then no time is known, whatever stands there."""
    (tmp_path / "timestamp.txt").write_text("2001-01-01 00:00:00 UTC")

    assert hand_in_time(tmp_path, collected=False) is None


def test_what_a_browser_would_run_is_left_behind(tmp_path: Path) -> None:
    """Pages and drawings of a student's stay in submitted/; data and pictures, and the course's own files, go on."""
    copied, source = tmp_path / "autograded", tmp_path / "source"
    for name in ("index.html", "x.svg", "a/evil.XHTML", "b.js", "noending", "data.csv", "photo.JPG", "course.svg"):
        (copied / name).parent.mkdir(parents=True, exist_ok=True)
        (copied / name).write_text("x")
    source.mkdir()
    (source / "course.svg").write_text("x")

    leave_behind(copied, source)

    left = {path.relative_to(copied).as_posix() for path in copied.rglob("*") if path.is_file()}
    assert left == {"data.csv", "photo.JPG", "course.svg"}


def test_nbgrader_itself_reads_times_from_here() -> None:
    """Autograde, and the lists of Formgrader, call nothing else: both names are still nbgrader's."""
    import nbgrader.apps.api
    import nbgrader.coursedir
    from traitlets.config import Config

    from chainrule.engine import switch_on

    switch_on(Config())

    assert nbgrader.coursedir.CourseDirectory.get_existing_timestamp.__module__ == "chainrule.engine.hand_in"
    assert nbgrader.apps.api.NbGraderAPI.get_submitted_timestamp.__module__ == "chainrule.engine.hand_in"


def test_files_are_left_out_as_nbgrader_does(tmp_path: Path) -> None:
    """Each is compared with the patterns, in a time that does not grow with the number of files beside it."""
    from nbgrader.utils import find_all_files
    from traitlets.config import Config

    from chainrule.engine import switch_on

    switch_on(Config())
    for name in ("a.csv", "b.pyc", ".hidden", "c.ipynb", ".ipynb_checkpoints/d.csv", "kept/e.csv", "[late].pyc"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("")

    found = find_all_files(str(tmp_path), [".ipynb_checkpoints", "*.pyc", "*.ipynb"])

    assert sorted(Path(name).relative_to(tmp_path).as_posix() for name in found) == [".hidden", "a.csv", "kept/e.csv"]


def test_a_folder_is_listed_once_and_not_for_each_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The time for the files that a loop makes in a second grows with their number, not with its square."""
    import nbgrader.utils
    from traitlets.config import Config

    from chainrule.engine import switch_on

    switch_on(Config())
    for number in range(20):
        (tmp_path / f"{number}.csv").touch()
    listed: list[str] = []
    monkeypatch.setattr(os, "scandir", lambda path, scan=os.scandir: listed.append(str(path)) or scan(path))

    nbgrader.utils.find_all_files(str(tmp_path), ["*.pyc", "*.ipynb"])

    assert listed == [str(tmp_path)]
