"""How tests are shared out among processes, and the small course and class that many of them look at."""

import os
import re
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest
from xdist.scheduler import LoadScopeScheduling

from chainrule.authoring.build import build
from chainrule.course import Course
from chainrule.engine.copies import put_back
from chainrule.engine.nbgrader_seams import leave_out_address_check
from chainrule.fork_server import ONE_THREAD
from postgres import Server
from small_class import PROJECT, grade_class_of, keep_on_a_server, made_once, make_course

LONGEST = (
    "course/test_all_answers.py", "course/test_ends.py", "attacks/test_attacks.py", "classroom/test_deaths.py",
    "engine/test_any_course.py", "course/test_colab.py", "proof/test_mutants.py", "authoring/test_build.py",
    "course/test_nothing.py", "classroom/test_odd_hand_ins.py", "classroom/test_classroom.py", "engine/test_intake.py",
)  # fmt: skip
"""Begun first, in this order: else one process would be busy with the last of them while the others have no more."""

SHARED_OUT = ("classroom/test_deaths.py", "engine/test_any_course.py")
"""Too long for one process, and their tests share nothing: three processes share each of them."""
TOGETHER = ("course/test_ends.py",)
"""One run of the command grades all assignments for these tests: one process has them all."""
ASSIGNMENT = re.compile(r"\b\d\d_[a-z_]+")


def pytest_configure() -> None:
    """Start as the command does, and take Ctrl-C again where a shell's background ignores it: tests send it."""
    leave_out_address_check()
    os.environ.update(ONE_THREAD)  # for the processes that share the tests: they have the cores busy as it is
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes longest begins first."""
    items.sort(key=place_of)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadScopeScheduling:
    """Tests that share fixtures stay in one process."""
    return ByFixtures(config, log)


class ByFixtures(LoadScopeScheduling):  # type: ignore[misc]
    """Shares out whole groups: the tests of a class, or else of a module, or of a module with one assignment.

    The marker `xdist_group` would say the same, but pytest 9.2 does not tell pytest-xdist 3.8 of it.
    """

    def _split_scope(self, nodeid: str) -> str:
        scope, _, parameters = nodeid.partition("[")
        scope = scope.rpartition("::")[0]
        module = scope.partition("::")[0].removeprefix("tests/")
        if module in SHARED_OUT:
            return f"{scope} {crc32(nodeid.encode()) % 3}"
        assignment = None if module in TOGETHER else ASSIGNMENT.search(parameters)
        return f"{scope} {assignment[0]}" if assignment else scope


def place_of(item: pytest.Item) -> int:
    """The place of an item's module among those that take long; the order of the others stays as it is."""
    name = item.path.relative_to(PROJECT / "tests").as_posix()
    return LONGEST.index(name) if name in LONGEST else len(LONGEST)


@pytest.fixture
def small_course(tmp_path: Path) -> Course:
    """A course of one assignment, `small`, not built yet; the test may do with it what it likes."""
    return make_course(tmp_path / "course")


@pytest.fixture(scope="session")
def released_course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """The same course, built and released by nbgrader; only to be read."""
    return made_once(tmp_path_factory, "released", lambda root: build(make_course(root), "small"))


@pytest.fixture(scope="session")
def graded_in_file(released_course: Course, tmp_path_factory: pytest.TempPathFactory) -> Course:
    """The class that `graded_class` tells of, with its gradebook in a file."""
    return made_once(tmp_path_factory, "graded", lambda root: grade_class_of(released_course, root))


@pytest.fixture(scope="session")
def class_template(graded_in_file: Course, postgres: Server) -> str:
    """A database with the marks of the class, which others are copied from."""
    url = postgres.fresh()
    put_back(graded_in_file.root / "gradebook.db", url)
    return url


@pytest.fixture(scope="session")
def database(request: pytest.FixtureRequest) -> str:
    """What keeps the gradebook of the class: a file, and for tests that are marked so a PostgreSQL server too."""
    return str(getattr(request, "param", "file"))


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Tests marked `on_both` look at the class once with each kind of database."""
    if any(metafunc.definition.iter_markers("on_both")) and "database" in metafunc.fixturenames:
        metafunc.parametrize("database", ["file", "server"], indirect=True, scope="session")


@pytest.fixture(scope="session")
def graded_class(request: pytest.FixtureRequest, database: str, graded_in_file: Course) -> Course:
    """A class of six that was really graded, one of them by hand; only to be read, or copied.

    ada waits for a mark, benoit has one, zoe is late and lost `square`, ivan has full marks but for the essay,
    mia's file cannot be read, noa handed in nothing.
    """
    if database == "file":
        return graded_in_file
    factory: pytest.TempPathFactory = request.getfixturevalue("tmp_path_factory")
    return on_server(request, graded_in_file, factory.mktemp("on-server") / "course")


def on_server(request: pytest.FixtureRequest, course: Course, root: Path) -> Course:
    """A copy of the class whose gradebook a server keeps."""
    shutil.copytree(course.root, root)
    template: str = request.getfixturevalue("class_template")
    keep_on_a_server(Course(root), request.getfixturevalue("postgres").fresh(template))
    return Course(root)


@pytest.fixture
def class_copy(request: pytest.FixtureRequest, database: str, graded_in_file: Course, tmp_path: Path) -> Course:
    """A copy of the graded class, to be changed by the test."""
    if database == "server":
        return on_server(request, graded_in_file, tmp_path / "course")
    shutil.copytree(graded_in_file.root, tmp_path / "course")
    return Course(tmp_path / "course")


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A PostgreSQL server for all tests of this process; it starts in a second."""
    server = Server()
    yield server
    server.close()
