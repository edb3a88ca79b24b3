"""nbgrader's converters as the engine calls them: one pass over a notebook, and names that are no patterns."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final

import nbformat
from nbgrader.api import Gradebook, MissingEntry
from nbgrader.apps.api import temp_attrs
from nbgrader.converters import Autograde, GenerateFeedback
from nbgrader.converters.base import NbGraderException
from nbgrader.utils import capture_log, setenv
from traitlets.config import Config
from traitlets.utils.importstring import import_item

from chainrule.engine import REBUILD
from chainrule.engine.given_back import GivenBack
from chainrule.engine.nbgrader_seams import input_directory
from chainrule.engine.reading import read_submission
from chainrule.engine.recorded import SourceChanged
from chainrule.engine.released import edited_since_release
from chainrule.engine.self_test import SelfTest


class NotReleased(Exception):
    """The gradebook does not know the assignment that is to be graded."""


class TellsWhy:
    """Keeps what went wrong: nbgrader writes it into its log, and raises an error that says only that there was one."""

    failure: BaseException | None = None

    def start(self: Any) -> None:
        """Called by nbgrader to begin."""
        with self._keeping():
            super().start()  # type: ignore[misc]

    def init_assignment(self: Any, assignment_id: str, student_id: str) -> None:
        """Called by nbgrader for each submission."""
        with self._keeping():
            super().init_assignment(assignment_id, student_id)  # type: ignore[misc]

    def convert_single_notebook(self: Any, notebook_filename: str) -> None:
        """Called by nbgrader for each notebook of a submission."""
        with self._keeping():
            self.convert(notebook_filename)

    def convert(self: Any, notebook_filename: str) -> None:
        super().convert_single_notebook(notebook_filename)  # type: ignore[misc]

    @contextmanager
    def _keeping(self) -> Iterator[None]:
        try:
            yield
        except BaseException as error:
            # The first one: what nbgrader raises further up only says that something failed.
            self.failure = self.failure or error
            raise


class LiteralNames:
    """Names of students and assignments are data: nbgrader takes them for patterns, and for one line of text."""

    def init_notebooks(self: Any) -> None:
        """Called by nbgrader to find the notebooks of a submission."""
        folder = Path(self._format_source(self.coursedir.assignment_id, self.coursedir.student_id))
        found = sorted(map(str, folder.glob("*.ipynb")))
        if not found:
            raise NbGraderException(f"No notebooks in {str(folder)!r}")
        self.assignments = {str(folder): found}

    def _format_source(self: Any, assignment_id: str, student_id: str, escape: bool = False) -> str:
        path: str = self.coursedir.format_path(input_directory(self), student_id, assignment_id, escape=escape)
        # With `escape` this is the beginning of a regular expression, whose dots shall match a newline too.
        return f"(?s){path}" if escape else path


class EngineFeedback(TellsWhy, LiteralNames, GenerateFeedback):  # type: ignore[misc]
    """GenerateFeedback for one student of any name."""


class EngineAutograde(TellsWhy, LiteralNames, Autograde):  # type: ignore[misc]
    """Autograde for courses that switched the engine on; for others it is nbgrader's own.

    Stock nbgrader sanitizes a submission, writes it, reads it again, runs it and writes it again, each time through
    nbconvert. With the engine nothing runs from that file in between.
    """

    folder_is_known: Final = True
    """Who grades a class has looked at the folder before (`refuse_folder`), to know whether anything changed."""
    given_back: GivenBack | None = None

    def init_assignment(self, assignment_id: str, student_id: str) -> None:
        """Called by nbgrader for each submission."""
        with self._keeping(), Gradebook(self.coursedir.db_url, self.coursedir.course_id) as gradebook:
            try:
                gradebook.find_assignment(assignment_id)
            except MissingEntry as error:
                raise NotReleased(f"the gradebook does not know {assignment_id!r} yet") from error
        super().init_assignment(assignment_id, student_id)

    def convert(self, notebook_filename: str) -> None:
        """Sanitize and grade a notebook of a submission."""
        if REBUILD not in self.sanitize_preprocessors:
            super().convert(notebook_filename)
            return
        from chainrule.engine.steps import Examine

        resources = self.init_single_notebook_resources(notebook_filename)
        notebook = read_submission(Path(notebook_filename))
        with setenv(NBGRADER_EXECUTION="autograde"):
            for step in self._steps():
                if self.given_back and isinstance(step, Examine):
                    names = resources["nbgrader"]
                    notebook = self.given_back.notebook(names["notebook"])
                    place = self.coursedir.autograded_directory, names["student"], names["assignment"]
                    self.given_back.keep_files(Path(self.coursedir.format_path(*place)))
                else:
                    notebook, resources = step(notebook, resources)
        resources["output_extension"] = ".ipynb"
        self.write_single_notebook(nbformat.writes(notebook) + "\n", resources)

    def _steps(self) -> list[Any]:
        steps = [*self.sanitize_preprocessors, *self.autograde_preprocessors]
        return [(import_item(step) if isinstance(step, str) else step)(parent=self) for step in steps]


def autograde(api: Any, assignment: str, student: str, given_back: GivenBack | None = None) -> dict[str, Any]:
    """Autograde one submission, again if it was before; nbgrader's record of it, and the `failure` that was raised.

    `refuse_folder` has to have let its folder pass: nbgrader copies all that it holds. Where the submission was
    `given_back` by another machine, it is not run here.
    """
    with temp_attrs(api.coursedir, assignment_id=assignment, student_id=student):
        app = EngineAutograde(coursedir=api.coursedir, parent=api)
        app.force = app.create_student = True
        app.given_back = given_back
        outcome: dict[str, Any] = capture_log(app)
        return {**outcome, "failure": app.failure}


def write_feedback(api: Any, assignment: str, student: str) -> dict[str, Any]:
    """Write the feedback page of one submission; nbgrader's record of it, and the `failure` that was raised."""
    with temp_attrs(api.coursedir, assignment_id=assignment, student_id=student):
        app = EngineFeedback(coursedir=api.coursedir, parent=api)
        app.update_config(Config({"HTMLExporter": {"template_name": "feedback"}}))
        app.force = True
        outcome: dict[str, Any] = capture_log(app)
        return {**outcome, "failure": app.failure}


def edited_cells(api: Any, assignment: str, notebook: str) -> list[str]:
    """The cells of an instructor's notebook that were edited since they were released; none where nothing was."""
    step = EngineAutograde(coursedir=api.coursedir, parent=api)
    about = {"assignment": assignment, "notebook": notebook, "db_url": api.coursedir.db_url}
    with suppress(MissingEntry, SourceChanged):  # each submission that waits for it says so
        return edited_since_release(step, {"nbgrader": about})
    return []


def self_test_of(api: Any, assignment: str, notebook: str) -> SelfTest:
    """The self-test of a notebook, made now or known from before."""
    from chainrule.engine.steps import Examine

    with temp_attrs(api.coursedir, assignment_id=assignment, notebook_id=notebook):
        return Examine(parent=EngineAutograde(coursedir=api.coursedir, parent=api)).self_test(assignment, notebook)
