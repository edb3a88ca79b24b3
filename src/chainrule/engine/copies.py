"""Copies of a gradebook, each a file of SQLite's that nbgrader can open, whatever keeps the gradebook itself.

copy_out(url, file)     # as it stands at one moment, while others write
put_back(file, url)     # all of it or nothing, whatever dies in the middle
keep_beside(config)     # for a course that was copied itself
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from typing import Any, Final

from chainrule.engine.database import PATIENCE, file_of, make_engine

__all__ = ["CopyRefused", "copy_out", "keep_beside", "put_back", "refuse_copy"]

AT_ONCE: Final = 1000
"""Rows that are held in memory."""
NEEDED: Final = frozenset({"alembic_version", "assignment", "grade", "submitted_assignment"})

BESIDE: Final = """
import pathlib
get_config().CourseDirectory.db_url = f"sqlite:///{pathlib.Path(__file__).resolve().parent}/gradebook.db"
"""


class CopyRefused(Exception):
    """The file is no copy of a gradebook, or of one that another release of nbgrader made."""


def copy_out(url: str, file: Path) -> None:
    """Write a gradebook into a new file, as it stands at this moment.

    Raises:
        CopyRefused: there is no gradebook, or it is damaged.
        TimeoutError: others hold it.
    """
    kept = file_of(url, Path())
    if kept is None:
        with closing(sqlite3.connect(file)):  # even an empty database is a file
            pass
        _copy_rows(url, f"sqlite:///{file}")
        return
    refuse_copy(kept)
    with closing(sqlite3.connect(kept)) as now, closing(sqlite3.connect(file)) as copy:
        now.backup(copy, progress=_give_up())


def put_back(file: Path, url: str) -> None:
    """Have a gradebook hold what such a file holds, and nothing else; in one transaction.

    Raises:
        CopyRefused: the file is none; nothing was changed.
        TimeoutError: others hold the gradebook; nothing was changed.
    """
    refuse_copy(file)
    kept = file_of(url, Path())
    if kept is None:
        _copy_rows(f"sqlite:///{file}", url)
        return
    if kept.exists() and not _is_sound(kept):
        _move_aside(kept)
    with closing(sqlite3.connect(file)) as copy, closing(sqlite3.connect(kept)) as now:
        copy.backup(now, progress=_give_up())


def keep_beside(config: Path) -> None:
    """Have a copy of a course keep its gradebook beside its settings, wherever the course keeps its own."""
    with config.open("a", encoding="utf-8") as file:
        file.write(BESIDE)


def refuse_copy(file: Path) -> None:
    """See to it that a file holds a whole gradebook.

    Raises:
        CopyRefused: it does not; the message says so.
    """
    if not file.is_file():
        raise CopyRefused(f"{file} is not there")
    with suppress(sqlite3.DatabaseError), closing(sqlite3.connect(file, timeout=PATIENCE)) as book:
        tables = {name for (name,) in book.execute("select name from sqlite_master where type = 'table'")}
        if not tables >= NEEDED:
            raise CopyRefused(f"{file} is no gradebook of nbgrader's")
        if book.execute("pragma quick_check").fetchall() == [("ok",)]:
            return
    raise CopyRefused(f"{file} is damaged, or no gradebook at all")


def _is_sound(file: Path) -> bool:
    """Whether SQLite can write over a file, page by page."""
    with suppress(sqlite3.DatabaseError), closing(sqlite3.connect(file, timeout=PATIENCE)) as book:
        return bool(book.execute("pragma quick_check").fetchall() == [("ok",)])
    return False


def _move_aside(file: Path) -> None:
    """Keep a damaged gradebook, with the journal that belongs to it and must not meet another."""
    for part in (file, *(file.with_name(file.name + end) for end in ("-journal", "-wal", "-shm"))):
        if part.exists():
            part.rename(part.with_name(f"{part.name}.damaged-{time.strftime('%Y%m%d-%H%M%S')}"))


def _give_up() -> Callable[[int, int, int], None]:
    """Python would wait for ever for who holds one of the two files."""
    last = time.monotonic() + PATIENCE

    def progress(status: int, remaining: int, total: int) -> None:
        if time.monotonic() > last:
            raise TimeoutError("the gradebook is held by another program")

    return progress


def _copy_rows(here: str, there: str) -> None:
    """Have one database hold the rows of another's gradebook, table by table."""
    from nbgrader.api import Base, Gradebook
    from sqlalchemy import text

    from chainrule.engine.nbgrader_seams import shared_engines

    with shared_engines():
        Gradebook(there).close()  # makes the tables that are missing
    source, target = make_engine(here), make_engine(there)
    tables = Base.metadata.sorted_tables
    try:
        with _read_only(source) as now, target.begin() as then:
            _refuse_other_release(now, then)
            if target.dialect.name == "postgresql":
                names = ", ".join(f'"{table.name}"' for table in tables)
                then.execute(text(f"lock table {names} in access exclusive mode"))
            for table in reversed(tables):
                then.execute(table.delete())
            for table in tables:
                _copy_table(now, then, table)
    finally:
        source.dispose()
        target.dispose()


def _read_only(engine: Any) -> Any:
    """A connection that sees one moment of a database, whatever others write."""
    options = {"isolation_level": "REPEATABLE READ"} if engine.dialect.name == "postgresql" else {}
    return engine.connect().execution_options(**options)


def _copy_table(now: Any, then: Any, table: Any) -> None:
    rows = now.execution_options(yield_per=AT_ONCE).execute(table.select()).mappings()
    for part in rows.partitions(AT_ONCE):
        then.execute(table.insert(), [dict(row) for row in part])


def _refuse_other_release(now: Any, then: Any) -> None:
    from sqlalchemy import text

    asked = text("select version_num from alembic_version")
    here, there = (connection.execute(asked).scalar() for connection in (now, then))
    if here != there:
        raise CopyRefused(
            f"the two are of different releases of nbgrader ({here} and {there}): open each with `nbgrader db upgrade`"
        )
