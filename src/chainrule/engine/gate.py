"""Before anything is graded: can this course, as it is configured, be graded here? If not, words that say why.

nbgrader makes its exporter before it looks at the first submission, and lets an error there end the command. So the
exporter is where the engine looks; what it finds wrong is logged, for a terminal shows nothing else.
"""

from __future__ import annotations

import json
from contextlib import suppress
from glob import glob
from pathlib import Path
from typing import Any

from jupyter_client.kernelspec import KernelSpecManager
from nbconvert.exporters import NotebookExporter
from nbgrader.api import Gradebook, MissingEntry
from nbgrader.converters.base import NbGraderException

from chainrule.engine.directory import course_directory, secret_folders
from chainrule.engine.nbgrader_seams import before_copying, input_directory, is_sanitizing
from chainrule.engine.options import OptionRefused, refuse_options
from chainrule.engine.reading import SubmissionRefused, read_submission, refuse_folder
from chainrule.engine.recorded import SourceChanged
from chainrule.engine.released import instructors_notebook
from chainrule.kernel.places import CourseInSight, entries_of_python
from chainrule.kernel.sandbox import SandboxUnavailable, find_sandbox

__all__ = ["GatedNotebook", "KernelRefused", "may_begin", "may_begin_feedback"]

OTHER_KERNEL = """Nothing was graded: {notebooks}
The engine runs Python notebooks only. Grade such an assignment without the engine."""


class KernelRefused(NbGraderException):  # type: ignore[misc]
    """A notebook of the assignment is not for Python; nothing was graded."""


class GatedNotebook(NotebookExporter):
    """What `c.Autograde.exporter_class` writes notebooks with, once the course may be graded."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)  # type: ignore[no-untyped-call]
        converter: Any = self.parent
        may_begin(converter)
        if not getattr(converter, "folder_is_known", False):
            before_copying(converter, lambda *names: _refuse_folder(converter, *names))

    def from_file(self, file_stream: Any, resources: Any = None, **settings: Any) -> Any:
        """Read a notebook; one that was handed in may be in any condition."""
        converter: Any = self.parent
        if not is_sanitizing(converter):
            return super().from_file(file_stream, resources, **settings)
        submitted = read_submission(Path(file_stream.name))
        return self.from_notebook_node(submitted, resources, **settings)  # type: ignore[no-untyped-call]


def may_begin(converter: Any) -> None:
    """Look at options, kernels, folders, and at what there is to grade with.

    Raises:
        NbGraderException: the assignment cannot be graded as the course is configured.
    """
    try:
        refuse_options(converter.config)
        _refuse_kernels(converter)
        _refuse_folders(converter)
        _refuse_sources(converter)
    except (NbGraderException, SandboxUnavailable, CourseInSight, SourceChanged) as error:
        converter.log.error("%s", error)
        if isinstance(error, NbGraderException):
            raise
        raise NbGraderException(str(error)) from error


def _refuse_folder(converter: Any, assignment: str, student: str) -> None:
    """Look at what was handed in before nbgrader copies it; what it logs of a refusal is a traceback."""
    folder = converter.coursedir.format_path(input_directory(converter), student, assignment)
    try:
        refuse_folder(Path(folder))
    except SubmissionRefused as error:
        converter.log.error("%s", error)
        raise


def may_begin_feedback(converter: Any) -> None:
    """Look at the options once more: pages may be made long after grading.

    Raises:
        OptionRefused: one is not honoured; a page could show what is hidden.
    """
    try:
        refuse_options(converter.config)
    except OptionRefused as error:
        converter.log.error("%s", error)
        raise


def _refuse_folders(converter: Any) -> None:
    """Find the sandbox, and see that it can hide the course."""
    from chainrule.engine.steps import Examine

    if Examine(parent=converter).sandbox:
        find_sandbox()
        entries_of_python(secret_folders(course_directory(converter)))


def _refuse_sources(converter: Any) -> None:
    """See that there is something to grade with, before nbgrader removes what was graded earlier."""
    directory = course_directory(converter)
    graded = directory.format_path(directory.autograded_directory, directory.student_id, directory.assignment_id)
    if not glob(graded):
        return
    with Gradebook(directory.db_url, directory.course_id) as gradebook, suppress(MissingEntry):
        names = [notebook.name for notebook in gradebook.find_assignment(directory.assignment_id).notebooks]
        for name in names:
            about = {"notebook": name, "assignment": directory.assignment_id, "db_url": directory.db_url}
            instructors_notebook(converter, {"nbgrader": about})


def _refuse_kernels(converter: Any) -> None:
    directory = course_directory(converter)
    with Gradebook(directory.db_url, directory.course_id) as gradebook:
        try:
            notebooks = gradebook.find_assignment(directory.assignment_id).notebooks
        except MissingEntry:
            return  # nbgrader says so itself
        kernels = {notebook.name: json.loads(notebook.kernelspec or "{}") for notebook in notebooks}
    wrong = {name: language for name, kernel in kernels.items() if (language := language_of(kernel)) != "python"}
    if wrong:
        said = {name: language or "a kernel that is not known here" for name, language in wrong.items()}
        lines = [f"the notebook {name!r} is for {language}" for name, language in said.items()]
        raise KernelRefused(OTHER_KERNEL.format(notebooks=", ".join(lines) + "."))


def language_of(kernel: dict[str, Any]) -> str:
    """The language of a notebook's kernel, in small letters; empty where neither the notebook nor this machine says."""
    name = str(kernel.get("name", ""))
    if not name:
        return "python"  # what Jupyter starts then
    if language := kernel.get("language"):
        return str(language).lower()
    known = KernelSpecManager().get_all_specs()
    if name in known:
        return str(known[name]["spec"].get("language", "")).lower()
    return "python" if "python" in name.lower() else ""
