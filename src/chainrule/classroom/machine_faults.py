"""Faults of the machine that no submission is to blame for: a full disk, a gradebook that another program holds."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from typing import Final

__all__ = ["machine_fault", "may_pass"]

GRADE_AGAIN: Final = "Nothing half-written is left: mend it, and grade again"
FULL: Final = "the disk is full"
HELD: Final = "another program holds the gradebook (an open Formgrader, or a program that was stopped)"
GONE: Final = "the gradebook's server cannot be reached"
PASSING: Final = (HELD, GONE)
"""What may be over in a moment."""
BY_NUMBER: Final = {
    errno.ENOSPC: FULL,
    errno.EDQUOT: "the disk quota is used up",
    errno.EROFS: "the course's folder cannot be written",
    errno.EIO: "the disk cannot be read or written",
}
BY_WORDS: Final = {
    "disk is full": FULL,
    "database is locked": HELD,
    "readonly database": "the gradebook cannot be written",
    "disk i/o error": "the disk cannot be read or written",
    "disk image is malformed": "gradebook.db is damaged: take it from a backup (`chainrule restore`)",
}
"""What SQLite says, wherever nbgrader and SQLAlchemy have wrapped it."""
BY_STATE: Final = {
    "55P03": HELD,
    "40P01": HELD,
    "40001": HELD,
    "53100": "the disk of the gradebook's server is full",
    "53300": "the gradebook's server takes no more connections",
    "25006": "the gradebook's server lets nothing be written",
    "42501": "the gradebook's server does not let this user do that",
    "57P01": GONE,
    "57P02": GONE,
    "57P03": GONE,
}
"""What PostgreSQL says, by SQLSTATE."""


def machine_fault(error: BaseException | None) -> str:
    """What is wrong with the machine, in words for a teacher; nothing where the error is another one."""
    for each in _chain(error):
        known = BY_NUMBER.get(each.errno or 0) if isinstance(each, OSError) else None
        said = str(each).lower() if "sqlite3." in str(each) else ""
        known = known or next((words for sign, words in BY_WORDS.items() if sign in said), None)
        known = known or _of_server(each)
        if known:
            return f"{known}. {GRADE_AGAIN}"
    return ""


def may_pass(reason: str) -> bool:
    """Whether what such words tell of may be over in a moment, so that it is worth a second try."""
    return any(words in reason for words in PASSING)


def _of_server(error: BaseException) -> str | None:
    """What PostgreSQL's driver says; a connection that was lost or never made has no SQLSTATE."""
    if type(error).__module__.partition(".")[0] != "psycopg":
        return None
    state = getattr(error, "sqlstate", None)
    lost = type(error).__name__ == "OperationalError" and (state is None or state.startswith("08"))
    return GONE if lost else BY_STATE.get(state or "")


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
