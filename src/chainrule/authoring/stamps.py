"""What each release was made from, as hashes that are kept between runs, in `.chainrule/released.json`."""

from __future__ import annotations

import contextlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path

from chainrule.course import Course
from chainrule.engine.fingerprint import fingerprint
from chainrule.whole_file import whole_file

__all__ = ["Stamp", "keep_stamp", "stamps_of", "text_of", "texts_not_built"]


@dataclass(frozen=True)
class Stamp:
    """What an assignment was at its last build, a hash each.

    Args:
        text: what is written in `assignments/`.
        source: the instructor's notebook, and the settings.
        recorded: its cells in the gradebook.
        release: the students' notebook.
    """

    text: str
    source: str
    recorded: str
    release: str


def stamps_of(course: Course) -> dict[str, Stamp]:
    """All that is known, by assignment; nothing where it is lost, or was half written by a run that was killed."""
    with contextlib.suppress(OSError, ValueError, TypeError, AttributeError):
        kept = json.loads(_path(course).read_text(encoding="utf-8"))
        return {name: Stamp(**values) for name, values in kept.items()}
    return {}


def keep_stamp(course: Course, assignment_id: str, stamp: Stamp) -> None:
    """Remember what an assignment is now."""
    stamps = {**stamps_of(course), assignment_id: stamp}
    _path(course).parent.mkdir(exist_ok=True)
    with whole_file(_path(course)) as unfinished:
        unfinished.write_text(json.dumps({name: asdict(stamps[name]) for name in sorted(stamps)}, indent=1))


def text_of(course: Course, assignment_id: str) -> str:
    """The hash of an assignment's text."""
    return fingerprint(course.assignments / assignment_id, "*.py")


def texts_not_built(course: Course) -> list[str]:
    """The assignments whose texts were changed after they were last built in this folder."""
    stamps = stamps_of(course)
    return [name for name in course.assignment_ids() if name in stamps and stamps[name].text != text_of(course, name)]


def _path(course: Course) -> Path:
    return course.state / "released.json"
