"""Faults of the machine that hold a gradebook back, told in words, on both kinds of database."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import text

from chainrule.classroom.jobs import Job, grade_class
from chainrule.classroom.machine_faults import HELD, machine_fault, may_pass
from chainrule.classroom.progress import Progress
from chainrule.classroom.report import Result
from chainrule.engine.cells import Status
from chainrule.engine.database import make_engine
from postgres import Server


def fault_of(engine: Any, *statements: str) -> str:
    """What is said of the error that these statements end in."""
    try:
        with engine.begin() as connection:
            for statement in statements:
                connection.execute(text(statement))
    except Exception as error:
        return machine_fault(error)
    finally:
        engine.dispose()
    return ""


def test_a_held_file_is_told(tmp_path: Path) -> None:
    """Who writes into it at the moment holds it; that may pass."""
    url = f"sqlite:///{tmp_path / 'gradebook.db'}"
    with closing(sqlite3.connect(tmp_path / "gradebook.db", isolation_level=None)) as other:
        other.execute("begin exclusive")

        told = fault_of(make_engine(url, connect_args={"timeout": 0.05}), "create table a (b int)")

    assert told.startswith("another program holds the gradebook")
    assert may_pass(told)


def test_a_held_table_is_told(postgres: Server) -> None:
    """The same with a server, which waits for no lock for ever."""
    import psycopg

    url = postgres.fresh()
    with psycopg.connect(url) as other:
        other.execute("create table a (b int)")
        other.commit()
        other.execute("lock table a")

        told = fault_of(make_engine(url), "set lock_timeout = '50ms'", "insert into a values (1)")

    assert told.startswith("another program holds the gradebook")
    assert may_pass(told)


def test_a_server_that_is_away_is_told(postgres: Server, tmp_path: Path) -> None:
    """It may be back in a moment; a table that is not there is no fault of the machine."""
    away = fault_of(make_engine(f"postgresql://me@/marks?host={tmp_path}"), "select 1")
    other = fault_of(make_engine(postgres.fresh()), "select * from nothing")

    assert away.startswith("the gradebook's server cannot be reached")
    assert may_pass(away)
    assert other == ""


class Held:
    """Workers that find the gradebook held, and later do not."""

    def __init__(self, failing: set[str]) -> None:
        self.failing, self.begun = failing, []

    def run(self, function: object, jobs: list[Job], watch: object = None) -> Iterator[tuple[Job, Result]]:
        for job in list(jobs):
            failed = job.student in self.failing
            self.failing.discard(job.student)
            self.begun.append(job.student)
            reason = HELD if failed else ""
            yield job, Result("a", job.student, Status.GRADED, reason, 1.0, 1.0, grader_failed=failed)


def test_who_met_a_held_gradebook_is_tried_once_more(tmp_path: Path) -> None:
    """After all others; nobody fails for it, and each student has one result."""
    workers = Held({"ada"})
    progress = Progress(2, lambda progress: None)

    results = list(grade_class([Job(tmp_path, "a", "ada"), Job(tmp_path, "a", "bob")], workers, progress))  # type: ignore[arg-type]

    assert workers.begun == ["ada", "bob", "ada"]
    assert [(result.student, result.grader_failed) for result in results] == [("bob", False), ("ada", False)]
    assert progress.count == 2
