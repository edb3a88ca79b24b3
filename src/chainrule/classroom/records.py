"""What is kept of a submission from one run to the next, in `.chainrule/`: its record, and what its page says."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from chainrule.course import Course
from chainrule.engine.fingerprint import hash_of

__all__ = ["has_page", "record_of", "says_of_page", "seal_of", "stamp_of"]


def record_of(course: Course, assignment: str, student: str) -> Path:
    """Where the result of a submission is kept, with all that it holds for."""
    return course.state / "results" / assignment / f"{student}.json"


def stamp_of(course: Course, assignment: str, student: str) -> Path:
    """Where it is kept what a feedback page says (`says_of_page`)."""
    return course.state / "feedback" / assignment / f"{student}.json"


def seal_of(seen: str, result: Mapping[str, Any]) -> str:
    """One hash for what a record says came of a submission, and for what that was read from (`seen_of`)."""
    return hash_of(seen, json.dumps(result)) if seen else ""


def says_of_page(key: str, comments: str, result: Mapping[str, Any]) -> str:
    """What is kept beside a feedback page: all that stands on it."""
    return json.dumps({"key": key, "comments": comments, "result": result})


def has_page(course: Course, assignment: str, student: str, says: str, notebooks: Iterable[str]) -> bool:
    """Whether there is a page for each of the graded notebooks, by their names, and they say just this."""
    stamp = stamp_of(course, assignment, student)
    if not stamp.is_file() or stamp.read_text() != says:
        return False
    # Names are put together as text: of a class of hundreds, paths would take a third of the time.
    folder = course.root / "feedback" / student / assignment
    return all(os.path.isfile(f"{folder}/{name.removesuffix('.ipynb')}.html") for name in notebooks)
