"""nbgrader set up as a course's `nbgrader_config.py` says: configuration, API object, what must hold before grading."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from chainrule.course import Course, CourseError
from chainrule.engine import is_switched_on
from chainrule.engine.database import with_driver

SWITCHED_OFF = """{path} does not switch the engine on, so students' code would run unguarded. Add this line to it:

    import chainrule.engine; chainrule.engine.switch_on(c)

Or grade with nbgrader alone: `nbgrader autograde ASSIGNMENT`."""


def nbgrader_config(course: Course) -> Any:
    """The course's `nbgrader_config.py`, read as nbgrader reads it, with its paths made absolute."""
    from traitlets.config.loader import PyFileConfigLoader

    put_tools_on_path()
    config = PyFileConfigLoader("nbgrader_config.py", path=str(course.root)).load_config()
    config.CourseDirectory.root = str(course.root)
    if "db_url" not in config.CourseDirectory:
        config.CourseDirectory.db_url = f"sqlite:///{course.root / 'gradebook.db'}"
    config.CourseDirectory.db_url = with_driver(config.CourseDirectory.db_url)
    return config


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
    config = nbgrader_config(course)
    if not sandboxed:
        config.Examine.sandbox = False
    return NbGraderAPI(CourseDirectory(config=config), config=config)


def check_engine(course: Course) -> None:
    """See to it that the course uses the engine: without it, nbgrader would run students' code as its own.

    Raises:
        CourseError: it does not; the message says what to add where.
    """
    if not is_switched_on(nbgrader_config(course)):
        raise CourseError(SWITCHED_OFF.format(path=course.root / "nbgrader_config.py"))


def check_sandbox(course: Course) -> None:
    """See to it that students' code can be walled off, where the course asks for that.

    Raises:
        SandboxUnavailable: it cannot; the message says what to install or which flag to give.
    """
    from chainrule.kernel.sandbox import find_sandbox

    if nbgrader_config(course).Examine.get("sandbox", True):
        find_sandbox()
