"""nbgrader as this course configures it: its API object, its configuration, its gradebook."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from chainrule.course import Course


def nbgrader_config(course: Course) -> Any:
    """The course's `nbgrader_config.py`, read as nbgrader reads it, with its paths made absolute."""
    from traitlets.config.loader import PyFileConfigLoader

    put_tools_on_path()
    config = PyFileConfigLoader("nbgrader_config.py", path=str(course.root)).load_config()
    config.CourseDirectory.root = str(course.root)
    if "db_url" not in config.CourseDirectory:
        config.CourseDirectory.db_url = f"sqlite:///{course.root / 'gradebook.db'}"
    return config


def check_sandbox(course: Course) -> None:
    """See to it that students' code can be walled off, where the course asks for that.

    Raises:
        SandboxUnavailable: it cannot; the message says what to install or which flag to give.
    """
    from chainrule.kernel.sandbox import find_sandbox

    if nbgrader_config(course).Examine.get("sandbox", True):
        find_sandbox()


def put_tools_on_path() -> None:
    """nbgrader calls `alembic` by name when it first makes a gradebook: let it find this environment's."""
    scripts = str(Path(sys.executable).parent)
    if scripts not in os.environ.get("PATH", "").split(os.pathsep):
        os.environ["PATH"] = os.pathsep.join([scripts, os.environ.get("PATH", "")])


def nbgrader_api(course: Course, *, sandboxed: bool = True) -> Any:
    """nbgrader's API for this course. It changes the working directory: use processes, not threads.

    With `sandboxed` False, students' code may run without a sandbox.
    """
    import warnings

    from nbgrader.apps import NbGraderAPI
    from nbgrader.coursedir import CourseDirectory
    from sqlalchemy.exc import SAWarning

    # nbgrader 0.9 adds rows while its session looks things up; SQLAlchemy 2 remarks on it, and nothing is lost.
    warnings.filterwarnings("ignore", category=SAWarning, module=r"nbgrader\.api")
    _share_engines()
    config = nbgrader_config(course)
    if not sandboxed:
        config.Examine.sandbox = False
    return NbGraderAPI(CourseDirectory(config=config), config=config)


def _share_engines() -> None:
    """Have all gradebooks of this process use one engine for each database.

    nbgrader opens the gradebook nine times a submission, each time with a new engine, and SQLAlchemy keeps what it
    has compiled with the engine. Closing a gradebook disposes of the engine's connections as before.
    """
    from functools import cache

    from nbgrader import api

    if not hasattr(api.create_engine, "cache_info"):
        api.create_engine = cache(api.create_engine)


def autograde(api: Any, assignment: str, student: str) -> dict[str, Any]:
    """Autograde one submission, again if it was before; nbgrader's record of it (`success`, `error`, `log`)."""
    from nbgrader.apps.api import temp_attrs
    from nbgrader.utils import capture_log

    from chainrule.engine.autograde import OnePassAutograde

    with temp_attrs(api.coursedir, assignment_id=assignment, student_id=student):
        app = OnePassAutograde(coursedir=api.coursedir, parent=api)
        app.force = app.create_student = True
        outcome: dict[str, Any] = capture_log(app)
        return outcome


def grades_of(gradebook: Any, assignment: str, student: str, notebook: str | None = None) -> list[Any]:
    """The grades of a submission with their questions, in one query.

    Raises:
        MissingEntry: there is no such submission.
    """
    from nbgrader.api import BaseCell, Grade, SubmittedNotebook
    from sqlalchemy.orm import joinedload, undefer, with_polymorphic

    submission = gradebook.find_submission(assignment, student)
    query = gradebook.db.query(Grade).join(SubmittedNotebook, SubmittedNotebook.id == Grade.notebook_id)
    query = query.filter(SubmittedNotebook.assignment_id == submission.id)
    query = query.options(
        joinedload(Grade.cell.of_type(with_polymorphic(BaseCell, "*", flat=True))),
        joinedload(Grade.notebook),
        undefer(Grade.max_score),
    )
    grades: list[Any] = query.all()
    return [grade for grade in grades if notebook is None or grade.notebook.name == notebook]
