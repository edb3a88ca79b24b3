"""A gradebook is made whole or not at all, whoever makes it at the same time and whoever dies over it."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from nbgrader.api import Base, Gradebook
from sqlalchemy import text

from chainrule.engine.copies import refuse_copy
from chainrule.engine.database import make_engine
from chainrule.engine.nbgrader_seams import newest_schema, shared_engines
from chainrule.engine.tables import make_whole


@pytest.fixture(params=["file", "server"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a gradebook that is not there yet."""
    if request.param == "server":
        return str(request.getfixturevalue("postgres").fresh())
    return f"sqlite:///{tmp_path / 'gradebook.db'}"


def run(url: str, *statements: str) -> list[tuple[object, ...]]:
    """Do these; what the last one gives, if anything."""
    engine = make_engine(url)
    try:
        with engine.begin() as connection:
            rows = [connection.execute(text(statement)) for statement in statements]
            return [tuple(row) for row in rows[-1]] if rows[-1].returns_rows else []
    finally:
        engine.dispose()


MARKED = "select version_num from alembic_version"


def test_many_may_make_it_at_once(url: str) -> None:
    """Nobody fails, and it is marked with its release once."""
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda _: make_whole(url, newest_schema), range(8)))

    assert run(url, MARKED) == [(newest_schema(),)]


@pytest.mark.parametrize("left", ["some tables", "all tables", "a mark without a name"])
def test_what_a_killed_program_left_is_made_whole(url: str, left: str) -> None:
    """nbgrader makes a table at a time and the mark at the end; a program that it was killed in leaves that."""
    engine = make_engine(url)
    tables = Base.metadata.sorted_tables
    Base.metadata.create_all(engine, tables=tables[:3] if left == "some tables" else tables)
    engine.dispose()
    if left == "a mark without a name":
        run(url, "create table alembic_version (version_num varchar(32) not null)")

    with shared_engines(), Gradebook(url) as gradebook:
        assert list(gradebook.assignments) == []

    assert run(url, MARKED) == [(newest_schema(),)]


def test_a_gradebook_of_another_release_is_let_alone(url: str) -> None:
    """Whether it can be upgraded is nbgrader's to say: it is not marked as what it is not."""
    run(url, "create table assignment (id varchar(32), name varchar(128))")

    make_whole(url, newest_schema)

    assert run(url, "select * from assignment") == []
    with pytest.raises(Exception, match="alembic_version"):
        run(url, MARKED)


def test_a_gradebook_that_was_lost_is_made_again(tmp_path: Path) -> None:
    """Also by a program that has seen the old one whole."""
    file = tmp_path / "gradebook.db"
    for _ in range(2):
        with shared_engines(), Gradebook(f"sqlite:///{file}"):
            pass
        refuse_copy(file)
        file.unlink()
