"""The queue's schema in a PostgreSQL database: Procrastinate's tables, ours beside them, and a worker's rights."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from chainrule.course import CourseError
from chainrule.engine.database import CLIENT

__all__ = ["MOST_TRIES", "ROLE", "Line", "QueueLost", "connect", "make_schema", "plain", "settings"]

SCHEMA: Final = "chainrule_queue"
ROLE: Final = "chainrule_worker"
MOST_TRIES: Final = 3
"""Workers that may be lost over one submission before it needs a person."""
GONE: Final = 15
"""Seconds of silence after which a machine at the other end of a connection is asked whether it is there."""

TABLES: Final = """
create table blob (hash text primary key, content bytea not null);
create table work (
    id bigint primary key generated always as identity,
    key text not null unique,
    assignment text not null,
    student text not null,
    queue text not null,
    body jsonb not null,
    state text not null default 'waiting' check (state in ('waiting', 'done')),
    job_id bigint,
    lease uuid,
    tries int not null default 0
);
create table result (
    work bigint primary key references work on delete cascade,
    outcome jsonb not null,
    folder bytea not null,
    worker text not null,
    at timestamptz not null default now()
);
create index on work (assignment, student);
"""
# A worker asks these, and has no right to the tables. A lease is a number that only its holder knows: who was taken for
# dead has lost it, and finds every door closed.
FUNCTIONS: Final = """
create function take(_work bigint) returns table (lease uuid, body jsonb)
language sql security definer set search_path = {schema} as $$
    update work set lease = gen_random_uuid(), tries = tries + 1
    where id = _work and state = 'waiting' and tries < {tries} returning lease, body
$$;
create function part(_work bigint, _lease uuid, _hash text) returns bytea
language sql security definer set search_path = {schema} as $$
    select content from blob, work where work.id = _work and work.lease = _lease and state = 'waiting'
    and blob.hash = _hash and _hash in (body ->> 'course', body ->> 'submission')
$$;
create function deliver(_work bigint, _lease uuid, _outcome jsonb, _folder bytea, _worker text) returns boolean
language plpgsql security definer set search_path = {schema} as $$
begin
    update work set state = 'done', lease = null where id = _work and lease = _lease and state = 'waiting';
    if not found then return false; end if;
    insert into result (work, outcome, folder, worker) values (_work, _outcome, _folder, _worker);
    return true;
end $$;
create function give_back(_work bigint, _lease uuid) returns void
language sql security definer set search_path = {schema} as $$
    update work set lease = null, tries = tries - 1 where id = _work and lease = _lease and state = 'waiting'
$$;
"""
GRANTS: Final = """
revoke all on schema {schema} from public;
revoke all on all tables in schema {schema} from public;
revoke all on all functions in schema {schema} from public;
grant usage on schema {schema} to {role};
grant execute on function take, part, deliver, give_back to {role};
grant execute on all functions in schema {schema} to {role};
revoke execute on function procrastinate_defer_jobs_v1 from {role};
grant select on procrastinate_jobs to {role};
grant update (status, worker_id, attempts, abort_requested) on procrastinate_jobs to {role};
grant select, insert on procrastinate_events to {role};
grant usage on sequence procrastinate_events_id_seq to {role};
grant select, insert, update, delete on procrastinate_workers to {role};
"""


class QueueLost(CourseError):
    """There is no way to the queue's database."""


def settings() -> dict[str, Any]:
    """Of a connection that works in the queue's schema, and that both sides find out about when the other is gone.

    A machine that is cut off says nothing: without this the server would keep its locks, and it would wait, for hours.
    """
    server = {
        "search_path": SCHEMA,
        "tcp_keepalives_idle": GONE,
        "tcp_keepalives_interval": GONE // 3,
        "tcp_keepalives_count": 3,
        "idle_in_transaction_session_timeout": 10_000 * GONE,
    }
    options = " ".join(f"-c {name}={value}" for name, value in server.items())
    return {"options": options, **CLIENT}


def plain(url: str) -> str:
    """The address without the name of a driver, as PostgreSQL's own tools take it."""
    return re.sub(r"^postgres(ql)?(\+\w+)?://", "postgresql://", url)


def connect(url: str) -> Any:
    """A connection to the queue, as a context manager that commits.

    Raises:
        QueueLost: there is no way to the database; the message says why.
    """
    import psycopg

    try:
        return psycopg.connect(plain(url), **settings())
    except psycopg.OperationalError as error:
        raise QueueLost(f"the queue cannot be reached: {str(error).strip()}") from None


class Line:
    """A connection that is kept, as each new one costs the server a process, and made anew where it was lost."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._connection: Any = None

    @contextmanager
    def open(self) -> Iterator[Any]:
        """A transaction.

        Raises:
            QueueLost: there is no way to the database.
        """
        import psycopg

        try:
            self._connection.execute("select 1").fetchone()
            self._connection.commit()
        except (AttributeError, psycopg.OperationalError):
            self.close()
            self._connection = connect(self.url)
        with self._connection.transaction():
            yield self._connection

    def close(self) -> None:
        """Hang up."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def make_schema(url: str) -> bool:
    """Make the queue's schema, and the role that workers have; False where the schema is there already.

    Raises:
        CourseError: this user may not, or there is no way to the database.
    """
    import psycopg
    from procrastinate.schema import SchemaManager

    names = {"schema": SCHEMA, "role": ROLE, "tries": MOST_TRIES}
    with connect(url) as connection:
        try:
            if connection.execute("select 1 from pg_namespace where nspname = %s", [SCHEMA]).fetchone():
                return False
            if not connection.execute("select 1 from pg_roles where rolname = %s", [ROLE]).fetchone():
                connection.execute(f"create role {ROLE} nologin")
            connection.execute(f"create schema {SCHEMA}")
            connection.execute(SchemaManager.get_schema())
            for text in (TABLES, FUNCTIONS, GRANTS):
                connection.execute(text.format(**names))
        except psycopg.errors.InsufficientPrivilege as error:
            raise CourseError(f"this user may not set a queue up here: {str(error).strip()}") from None
    return True
