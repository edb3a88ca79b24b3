"""Where the engine uses internals of nbgrader, nbconvert and jsonschema; see `chainrule.crossing.seams`.

What can stand apart from its caller stands here. Overrides stay in their classes, and are listed.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, Final

from chainrule.crossing.seams import Seam
from chainrule.engine.database import make_engine
from chainrule.engine.tables import make_whole

__all__ = [
    "SEAMS",
    "before_copying",
    "formgrader_folder",
    "input_directory",
    "is_sanitizing",
    "leave_out_address_check",
    "newest_schema",
    "replace_left_out",
    "replace_times",
    "shared_engines",
    "styles_folder",
    "without_last_pass",
]

SEAMS: Final = (
    Seam(
        "nbgrader: one engine a database",
        "`nbgrader.api.create_engine`",
        "nbgrader opens the gradebook nine times a submission, each time with an engine that compiles all queries, "
        "and waits five seconds for one that is held; tables are made all at once; replaced only while "
        "`shared_engines` is open",
    ),
    Seam(
        "nbgrader: tables that are there",
        "`nbgrader.api.inspect`, `nbgrader.api.Base.metadata.create_all`, `Gradebook.check_course`",
        "each time that it opens the gradebook it asks whether each of its tables, and the course, is there; replaced "
        "only while `shared_engines` is open, for a gradebook that was opened before",
    ),
    Seam(
        "nbgrader: schema of a new gradebook",
        "`nbgrader.api.get_alembic_version`, the files in `nbgrader/alembic/versions`",
        "it starts alembic, which takes two seconds and has to be on the PATH, to learn what these files say; replaced "
        "only while `shared_engines` is open",
    ),
    Seam(
        "nbgrader: times of handing in",
        "`CourseDirectory.get_existing_timestamp`, `NbGraderAPI.get_submitted_timestamp`",
        "they parse what a student wrote, in quadratic time; replaced for the whole process, as Formgrader's lists "
        "call them from its own handlers",
    ),
    Seam(
        "nbgrader: files that are left out",
        "`nbgrader.utils.is_ignored`",
        "it lists the folder anew for each of its files, which takes hours for the files that a loop makes in a second",
    ),
    Seam(
        "nbgrader: sanitizing or grading",
        "`Autograde._sanitizing`",
        "one exporter reads what was handed in and what was rebuilt, and only the first may be in any condition",
    ),
    Seam(
        "nbgrader: names are no patterns",
        "`BaseConverter.init_notebooks`, `_format_source`, `_input_directory`",
        "nbgrader globs for the names of students and assignments, which may hold any character",
    ),
    Seam(
        "nbgrader: before it copies",
        "`BaseConverter.init_assignment`",
        "it copies whatever lies beside a notebook, a file of ten gigabytes with nothing in it or a pipe too",
    ),
    Seam(
        "nbgrader: one pass over a notebook",
        "`Autograde.convert_single_notebook`, `init_single_notebook_resources`, `write_single_notebook`",
        "stock nbgrader writes and reads a notebook twice on its way",
    ),
    Seam(
        "nbgrader: what failed",
        "`BaseConverter.start`, `init_assignment`, `convert_single_notebook`",
        "nbgrader logs an error and raises another; a teacher is told the first",
    ),
    Seam(
        "nbgrader: marks on the page",
        "`GetGrades._get_score`, `_get_comment`",
        "the page says too where a person has yet to give a mark, and nbgrader asks the gradebook for each cell anew",
    ),
    Seam(
        "nbgrader: templates of the page",
        "`templates` of `nbgrader/server_extensions/formgrader`, and `bootstrap.min.css` below its `static`",
        "the feedback page extends nbgrader's own, whose parts lie beside Formgrader",
    ),
    Seam(
        "nbgrader: files beside a page",
        "`GenerateFeedback.init_assignment`",
        "it does nothing but copy what lies beside the notebook into each folder of feedback: no page shows it, and "
        "`nbgrader release_feedback` reads two files of it",
    ),
    Seam(
        "nbgrader: scripts of Formgrader",
        "`BaseHandler.exporter`, `render` and `content_security_policy`, `SubmissionFilesHandler`, below "
        "`nbgrader/server_extensions/formgrader`",
        "its pages are sent with a policy under which only the scripts of its own templates run",
    ),
    Seam(
        "nbconvert: last pass over a page",
        "`nbconvert.exporters.html.BeautifulSoup`",
        "it takes two thirds of the time, and fails where soupsieve 4 meets Python 3.11.2",
    ),
    Seam(
        "jsonschema: check of addresses",
        "`rfc3987_syntax`, an optional import",
        "it takes two seconds, for a kind of address that no notebook has",
    ),
)

SCHEMA_STEP: Final = re.compile(r"^(down_)?revision = '(\w+)'", re.M)


@cache
def _engine_of(url: str, **options: Any) -> Any:
    return make_engine(url, **options)


_courses: Final[dict[Any, set[str]]] = {}
"""The courses that gradebooks are known to hold, by engine."""


@contextmanager
def shared_engines() -> Iterator[None]:
    """Have all gradebooks that are opened in this block use one engine for each database, in later blocks too.

    SQLAlchemy keeps what it has compiled with the engine. Closing a gradebook closes its file as before; connections
    to a server stay until the block ends, since a new one takes it longer than what is asked, fifteen times a job.
    """
    from nbgrader import api

    before = _, schema, inspect = api.create_engine, api.get_alembic_version, api.inspect
    tables, whole, kept = api.Base.metadata, set[Any](), set[Any]()
    made, check = vars(tables).get("create_all"), api.Gradebook.check_course

    def newest() -> str:
        return newest_schema() or schema()

    def engine(url: str, **options: Any) -> Any:
        known, found = make_whole(url, newest), _engine_of(url, **options)
        # Whoever opened it in this block saw to a server's tables.
        if known or found in kept:
            whole.add(found)
        else:
            whole.discard(found)
            _courses.pop(found, None)
        if found.dialect.name == "postgresql":
            kept.add(found)
            found.dispose = _not_yet
        return found

    def check_course(self: Any, course_id: str = "default_course", **options: Any) -> Any:
        if self.engine in whole and course_id in _courses.get(self.engine, ()):
            return None
        course = check(self, course_id, **options)
        _courses.setdefault(self.engine, set()).add(course_id)
        return course

    def make_tables(bind: Any) -> None:
        if bind not in whole:
            type(tables).create_all(tables, bind=bind)

    api.create_engine, api.get_alembic_version = engine, newest
    api.inspect = lambda bind: _WithTables if bind in whole else inspect(bind)
    tables.create_all, api.Gradebook.check_course = make_tables, check_course
    try:
        yield
    finally:
        api.create_engine, api.get_alembic_version, api.inspect = before
        api.Gradebook.check_course = check
        if made:
            tables.create_all = made
        else:
            del tables.create_all
        for found in kept:
            vars(found).pop("dispose", None)
            # Nothing stays open: what is forked from this process would share it.
            found.dispose()


def _not_yet(*_: Any, **__: Any) -> None:
    """Stands in for an engine's `dispose`."""


class _WithTables:
    """What nbgrader hears of a gradebook that has its tables: there are some."""

    @staticmethod
    def get_table_names() -> list[str]:
        return ["alembic_version"]


@cache
def newest_schema() -> str:
    """The last step in nbgrader's chain of schemas, which a new gradebook is marked with; empty where unclear."""
    from nbgrader import api

    texts = [path.read_text() for path in Path(api.__file__).parent.glob("alembic/versions/*.py")]
    steps = [found.groups() for text in texts for found in SCHEMA_STEP.finditer(text)]
    last = {name for before, name in steps if not before} - {name for before, name in steps if before}
    return last.pop() if len(last) == 1 else ""


def replace_times(existing: Callable[..., Any], submitted: Callable[..., Any]) -> None:
    """Have nbgrader ask these for the time of handing in, in a process that has loaded it."""
    # Who has not loaded these two does not look at times, and need not wait for them.
    api, coursedir = sys.modules.get("nbgrader.apps.api"), sys.modules.get("nbgrader.coursedir")
    if api is not None and coursedir is not None:
        coursedir.CourseDirectory.get_existing_timestamp = existing
        api.NbGraderAPI.get_submitted_timestamp = submitted


def replace_left_out(is_left_out: Callable[..., bool]) -> None:
    """Have nbgrader ask this which files of a folder it leaves out, in a process that has loaded it."""
    utils = sys.modules.get("nbgrader.utils")
    if utils is not None:
        vars(utils)["is_ignored"] = is_left_out


def before_copying(converter: Any, look: Callable[[str, str], None]) -> None:
    """Have `look` called with assignment and student, before this converter copies what lies beside the notebook."""
    copying = converter.init_assignment

    def init_assignment(assignment_id: str, student_id: str) -> None:
        look(assignment_id, student_id)
        copying(assignment_id, student_id)

    converter.init_assignment = init_assignment


def is_sanitizing(converter: Any) -> bool:
    """Whether Autograde is at what was handed in; False once it is at what was made of it."""
    return bool(converter._sanitizing)


def input_directory(converter: Any) -> str:
    """The step that a converter reads from: `submitted` for Autograde."""
    name: str = converter._input_directory
    return name


def formgrader_folder() -> Path:
    """Where nbgrader's templates of pages lie."""
    import nbgrader.server_extensions.formgrader

    return Path(nbgrader.server_extensions.formgrader.__file__).parent


def styles_folder() -> Path:
    """Where the style sheets lie that nbgrader's pages include: releases after 0.9.5 keep them as npm does."""
    static = formgrader_folder() / "static"
    older, newer = static / "components/bootstrap/css", static / "node_modules/bootstrap/dist/css"
    return older if older.is_dir() else newer


class _AsItIs:
    """Stands for a parsed page in which nothing is found."""

    def __init__(self, page: str, features: str) -> None:
        self.page = page

    def select(self, selector: str) -> list[Any]:
        return []

    def __str__(self) -> str:
        return self.page


@contextmanager
def without_last_pass() -> Iterator[None]:
    """Have nbconvert give a page as its templates made it."""
    from nbconvert.exporters import html

    module: Any = html
    parser, module.BeautifulSoup = module.BeautifulSoup, _AsItIs
    try:
        yield
    finally:
        module.BeautifulSoup = parser


def leave_out_address_check() -> None:
    """Have jsonschema do without a package that it asks for, unless it is there already."""
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
