"""Where a gradebook is kept: in a file of SQLite's, or by a PostgreSQL server; what `c.CourseDirectory.db_url` says.

url = with_driver("postgresql://me@school/marks")     # as SQLAlchemy wants it
file_of(url, root)                                    # None: no file of this machine's
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from chainrule.engine.fingerprint import hash_of

__all__ = ["CLIENT", "PATIENCE", "file_of", "make_engine", "recorded_print", "shown", "with_driver"]

PATIENCE: Final = 90.0
"""Seconds to wait for a gradebook that another holds: longer than a worker that was stopped at it is let live."""
CONNECT_SECONDS: Final = 20
POSTGRESQL: Final = ("postgres://", "postgresql://")
RECORDED: Final = """
select notebook.name, base_cell.name, source_cell.cell_type, source_cell.source, source_cell.checksum,
    grade_cells.max_score, task_cells.max_score
from assignment join notebook on notebook.assignment_id = assignment.id
join base_cell on base_cell.notebook_id = notebook.id
left join source_cell on source_cell.id = base_cell.id
left join grade_cells on grade_cells.id = base_cell.id
left join task_cells on task_cells.id = base_cell.id
where assignment.name = :name order by notebook.name, base_cell.name, base_cell.type
"""
FILE: Final = {"connect_args": {"timeout": PATIENCE}}
CLIENT: Final = {
    "connect_timeout": CONNECT_SECONDS,
    "application_name": "chainrule",
    # A server that was cut off says nothing, and would be waited for for hours.
    "keepalives_idle": 15,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,
}
"""Of every connection to PostgreSQL, the queue's too."""
SERVER: Final = {
    "connect_args": {**CLIENT, "options": f"-c lock_timeout={PATIENCE:.0f}s"},
    # A connection may have been lost since it was used last.
    "pool_pre_ping": True,
}


def with_driver(url: str) -> str:
    """The address of a gradebook with the driver that this package installs; SQLAlchemy 2.0 would look for another."""
    for prefix in POSTGRESQL:
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url.removeprefix(prefix)
    return url


def make_engine(url: str, **options: Any) -> Any:
    """SQLAlchemy's engine for a gradebook, which waits for who holds it, and not for ever.

    Raises:
        ModuleNotFoundError: the driver is not installed.
    """
    import sqlalchemy

    url = with_driver(url)
    known = FILE if url.startswith("sqlite") else SERVER if url.startswith("postgresql") else {}
    return sqlalchemy.create_engine(url, **{**known, **options})


def file_of(url: str, root: Path) -> Path | None:
    """The file of a gradebook; None where a server keeps it, or nothing does."""
    from sqlalchemy import make_url

    parts = make_url(url)
    if parts.get_backend_name() != "sqlite" or not parts.database or parts.database == ":memory:":
        return None
    # `sqlite:///file:gradebook.db?uri=true` names it as an address.
    return Path(root, parts.database.removeprefix("file:"))


def recorded_print(url: str, root: Path, assignment: str) -> str:
    """Text that changes when a gradebook holds other cells of an assignment: it is a new one, or came from a backup."""
    from sqlalchemy import inspect, text

    file = file_of(url, root)
    if file is not None and not file.is_file():
        return ""
    engine = make_engine(f"sqlite:///{file}" if file else url)
    try:
        with engine.connect() as connection:
            if not inspect(connection).has_table("source_cell"):
                return ""
            rows = connection.execute(text(RECORDED), {"name": assignment}).all()
            return hash_of([tuple(map(str, row)) for row in rows]) if rows else ""
    finally:
        engine.dispose()


def shown(url: str, root: Path) -> str:
    """The name of a gradebook for people: a file's path in the course, or an address without its password."""
    from sqlalchemy import make_url

    file = file_of(url, root)
    if file is None:
        return make_url(url).render_as_string(hide_password=True).replace("+psycopg", "")
    return f"{file.relative_to(root) if file.is_relative_to(root) else file}"
