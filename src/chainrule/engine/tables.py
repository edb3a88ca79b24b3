"""The tables of a gradebook, made all at once: whoever is killed in the middle leaves none of them.

make_whole("sqlite:////course/gradebook.db", newest_schema)

nbgrader makes them one by one, and marks the gradebook with its release at the end. Two programs that did so at once
got in each other's way, and a gradebook without that mark can neither be copied nor upgraded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from chainrule.engine.database import file_of, make_engine

__all__ = ["make_whole"]

LOCK: Final = 716_001
"""Of PostgreSQL's advisory locks, the one that whoever makes a gradebook holds."""
_whole: set[tuple[str, int]] = set()


def make_whole(url: str, schema: Callable[[], str]) -> bool:
    """Make what is missing of a gradebook's tables, in one transaction; one of another release is let alone.

    Returns whether this is a file of which this process knows that nothing is missing.

    Args:
        url: where the gradebook is.
        schema: gives the name of nbgrader's schema, with which a new gradebook is marked.
    """
    file = file_of(url, Path())
    if file is None and not url.startswith("postgres"):
        return False
    if (known := (url, _number(file))) in _whole:
        return file is not None
    engine = make_engine(url)
    try:
        if not _is_marked(engine):
            with _alone(engine) as connection:
                _make(connection, schema())
    finally:
        engine.dispose()
    if known[1] == _number(file):
        _whole.add(known)
    return False


def _number(file: Path | None) -> int:
    """What changes when a file is replaced."""
    return file.stat().st_ino if file and file.is_file() else 0


def _is_marked(engine: Any) -> bool:
    from sqlalchemy import inspect, text

    with engine.connect() as connection:
        there = inspect(connection).has_table("alembic_version")
        return there and connection.execute(text("select 1 from alembic_version")).first() is not None


@contextmanager
def _alone(engine: Any) -> Iterator[Any]:
    """A transaction in which nobody else makes tables; all of it holds, or nothing."""
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            # Python's driver would end the transaction at each table.
            connection = connection.execution_options(isolation_level="AUTOCOMMIT")
            connection.exec_driver_sql("begin immediate")
            yield connection
            connection.exec_driver_sql("commit")
        else:
            connection.exec_driver_sql(f"select pg_advisory_xact_lock({LOCK})")
            yield connection
            connection.commit()


def _make(connection: Any, schema: str) -> None:
    from nbgrader.api import Base
    from sqlalchemy import inspect, text

    seen, tables = inspect(connection), Base.metadata.tables
    for name in set(seen.get_table_names()) & set(tables):
        if {column["name"] for column in seen.get_columns(name)} != {column.name for column in tables[name].columns}:
            return
    Base.metadata.create_all(connection)
    connection.execute(text("create table if not exists alembic_version (version_num varchar(32) not null)"))
    marked = "insert into alembic_version select :schema where not exists (select 1 from alembic_version)"
    connection.execute(text(marked), {"schema": schema})
