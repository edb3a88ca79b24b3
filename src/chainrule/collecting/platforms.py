"""How learning platforms name what was handed in: from a path to whose file it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import PurePosixPath
from typing import Final

__all__ = ["Owner", "named_by_a_platform", "owner_of", "pattern_from"]


@dataclass(frozen=True)
class Owner:
    """What a path says of who handed a file in.

    Args:
        key: an id or an account name; "" where the path has none.
        name: a person's name; "" where it has none.
        number: the platform's number of the person.
        late: whether the platform marked it as late.
        at: when it was handed in, where the path says so.
        attempt: the platform's count of attempts, from 1.
        platform: which platform names files so.
    """

    key: str = ""
    name: str = ""
    number: str = ""
    late: bool = False
    at: datetime | None = None
    attempt: int = 1
    platform: str = "folders"

    @property
    def label(self) -> str:
        """What a person would call it."""
        return self.name or self.key or self.number


PATTERNS: Final = {
    # nbgrader's exchange: student+assignment+2026-11-02 12:00:00.000000 UTC[+random]/file
    "nbgrader": re.compile(
        r"(?:.*/)?(?P<key>[^/+]+)\+[^/+]+\+(?P<at>\d{4}-\d\d-\d\d[ _]\d\d[:_-]\d\d[:_-]\d\d)[^/]*/.+"
    ),
    "Moodle": re.compile(
        r"(?:.*/)?(?P<name>[^/]+?)_(?P<number>\d+)_assignsubmission_(?:file|onlinetext)_?(?:/.+|[^/]+)"
    ),
    # lovelaceada_LATE_4711_93127_notebook-1.ipynb
    "Canvas": re.compile(
        r"(?:.*/)?(?P<key>[^\W_][\w'.-]*?)_(?P<late>LATE_)?(?P<number>\d+)_\d+_[^/]*?(?:-(?P<attempt>\d{1,3}))?\.[A-Za-z.]+(?:/.+)?",
        re.U,
    ),
    "Gradescope": re.compile(r"(?:.*/)?submission_(?P<number>\d+)/.+"),
    # Ada Lovelace - 01_computational_graph.ipynb, as Google Classroom names copies of a document.
    "Google Classroom": re.compile(r"(?:.*/)?(?P<name>[^/]*[^\W\d_][^/]* [^/]*?) - [^/]+\.ipynb[^/]*"),
}


def pattern_from(text: str) -> re.Pattern[str]:
    """A pattern of a teacher's own, with a group `key` (an id) or `name`.

    Raises:
        ValueError: it is no regular expression, or has neither group.
    """
    try:
        pattern = re.compile(text)
    except re.error as error:
        raise ValueError(f"--pattern {text!r} is no regular expression: {error}") from None
    if not {"key", "name", "number"} & set(pattern.groupindex):
        raise ValueError(f"--pattern {text!r} needs a group (?P<key>...) for an id, or (?P<name>...) for a name")
    return pattern


def owner_of(path: PurePosixPath, own: re.Pattern[str] | None = None, siblings: Sequence[str] = ()) -> Owner | None:
    """Who a path belongs to; None where it does not say.

    Args:
        path: below what the teacher gave.
        own: a pattern of the teacher's own; it alone counts where it is given.
        siblings: the names of the top folders, to find what GitHub Classroom puts before each account's name.
    """
    if own is not None:
        found = own.search(str(path))
        return _owner(found, "own pattern") if found else None
    return named_by_a_platform(path) or _from_folders(path, siblings)


def named_by_a_platform(path: PurePosixPath) -> Owner | None:
    """Who a path belongs to, where it is named as one of the platforms does."""
    for platform, pattern in PATTERNS.items():
        if found := pattern.fullmatch(str(path)):
            return _owner(found, platform)
    return None


def _owner(found: re.Match[str], platform: str) -> Owner:
    groups = {name: text for name, text in found.groupdict().items() if text}
    return Owner(
        key=groups.get("key", ""),
        name=groups.get("name", "").replace("_", " ").strip(),
        number=groups.get("number", ""),
        late=bool(groups.get("late")),
        at=_time(groups.get("at", "")),
        attempt=1 + int(groups.get("attempt", 0)),
        platform=platform,
    )


def _time(text: str) -> datetime | None:
    digits = re.findall(r"\d+", text)
    try:
        return datetime(*map(int, digits[:6]), tzinfo=UTC) if len(digits) >= 6 else None  # type: ignore[misc,arg-type]
    except ValueError:
        return None


def _from_folders(path: PurePosixPath, siblings: Sequence[str]) -> Owner | None:
    """A folder a student: `ada/…`, or `exercise-1-ada/…` where every folder begins alike (GitHub Classroom)."""
    if len(path.parts) < 2:
        return None
    first = path.parts[0]
    common = _common_start(siblings)
    if common and first.startswith(common) and first != common:
        return Owner(key=first.removeprefix(common), platform="GitHub Classroom")
    return Owner(key=first, name=first if " " in first else "")


def _common_start(names: Sequence[str]) -> str:
    """What all names begin with, up to a hyphen; nothing where there are fewer than two."""
    if len(names) < 2:
        return ""
    first, last = min(names), max(names)
    length = next((i for i, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), min(len(first), len(last)))
    return first[: first.rfind("-", 0, length) + 1]
