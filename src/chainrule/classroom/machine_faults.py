"""Faults of the machine that no submission is to blame for: a full disk, a gradebook that another program holds."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from typing import Final

__all__ = ["machine_fault"]

GRADE_AGAIN: Final = "Nothing half-written is left: mend it, and grade again"
FULL: Final = "the disk is full"
BY_NUMBER: Final = {
    errno.ENOSPC: FULL,
    errno.EDQUOT: "the disk quota is used up",
    errno.EROFS: "the course's folder cannot be written",
    errno.EIO: "the disk cannot be read or written",
}
BY_WORDS: Final = {
    "disk is full": FULL,
    "database is locked": "another program holds the gradebook (an open Formgrader, or a program that was stopped)",
    "readonly database": "the gradebook cannot be written",
    "disk i/o error": "the disk cannot be read or written",
    "disk image is malformed": "gradebook.db is damaged: take it from a backup",
}
"""What SQLite says, wherever nbgrader and SQLAlchemy have wrapped it."""


def machine_fault(error: BaseException | None) -> str:
    """What is wrong with the machine, in words for a teacher; nothing where the error is another one."""
    for each in _chain(error):
        known = BY_NUMBER.get(each.errno or 0) if isinstance(each, OSError) else None
        said = str(each).lower() if "sqlite3." in str(each) else ""
        known = known or next((words for sign, words in BY_WORDS.items() if sign in said), None)
        if known:
            return f"{known}. {GRADE_AGAIN}"
    return ""


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
