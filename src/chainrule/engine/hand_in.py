"""What nbgrader reads of a student's folder by itself, made safe: the time of handing in, and the files beside.

nbgrader reads `timestamp.txt` whole and parses it in quadratic time, in Autograde and in Formgrader's lists, and
copies every file into `autograded/` and from there into `feedback/`, where browsers open it.
"""

from __future__ import annotations

import datetime
import stat
from collections.abc import Sequence
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, Final

from chainrule.engine.nbgrader_seams import replace_left_out, replace_times

MOST_TIMESTAMP: Final = 100
# What a browser shows without running anything in it; everything else stays in submitted/.
HARMLESS: Final = frozenset(
    {".txt", ".csv", ".tsv", ".dat", ".json", ".md", ".py", ".npy", ".npz", ".mat"}
    | {".png", ".jpg", ".jpeg", ".gif", ".webp", ".bmp", ".docx", ".odt", ".xlsx", ".zip"}
)


def hand_in_time(folder: Path, *, collected: bool) -> datetime.datetime | None:
    """When this was handed in, in UTC, as whoever collected it wrote down; None where that cannot be told.

    Args:
        folder: what was handed in.
        collected: whether `timestamp.txt` is the collector's, and not part of what the student sent.
    """
    path = folder / "timestamp.txt"
    if not collected or not path.exists() or not stat.S_ISREG(path.lstat().st_mode):
        return None
    with path.open("rb") as file:
        written = file.read(MOST_TIMESTAMP + 1)
    return _parsed(written) if len(written) <= MOST_TIMESTAMP else None


def _parsed(written: bytes) -> datetime.datetime | None:
    from nbgrader.utils import parse_utc

    try:
        time: datetime.datetime = parse_utc(written.decode("ascii").strip())
    except Exception:  # dateutil raises all kinds of errors on what is no time
        return None
    return time


def guard_times() -> None:
    """Have nbgrader take the time of handing in from here, in every process that has loaded it."""

    def existing(self: Any, folder: str) -> datetime.datetime | None:
        return hand_in_time(Path(folder), collected=_collected(self))

    def submitted(self: Any, assignment: str, student: str) -> datetime.datetime | None:
        where = self.coursedir.format_path(self.coursedir.submitted_directory, student, assignment)
        return hand_in_time(Path(where), collected=_collected(self.coursedir))

    replace_times(existing, submitted)


def _collected(coursedir: Any) -> bool:
    return bool(coursedir.config.get("Rebuild", {}).get("collected_times", True))


def is_left_out(filename: str, patterns: Sequence[str] | None = None) -> bool:
    """Whether nbgrader leaves a file or folder out: by its name alone, as `glob` compares it with each pattern."""
    name = Path(filename).name
    visible = [pattern for pattern in patterns or () if pattern.startswith(".") or not name.startswith(".")]
    return any(fnmatchcase(name, pattern) for pattern in visible)


def guard_walks() -> None:
    """Have nbgrader look at each file of a student's folder once, and not at all of them for each."""
    replace_left_out(is_left_out)


def leave_behind(copied: Path, source: Path) -> None:
    """Take away what nbgrader copied from a student's folder and a browser would run; the course's own files stay."""
    for path in copied.rglob("*"):
        course = (source / path.relative_to(copied)).is_file()
        if path.is_file() and path.suffix.lower() not in HARMLESS and path.suffix != ".ipynb" and not course:
            path.unlink()
