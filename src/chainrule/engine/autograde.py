"""nbgrader's Autograde in one pass: the same steps on the same notebook, read and written once instead of twice."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat
from nbgrader.apps.api import temp_attrs
from nbgrader.converters import Autograde
from nbgrader.utils import capture_log
from traitlets.utils.importstring import import_item

from chainrule.engine import REBUILD
from chainrule.engine.intake import read_submission


class OnePassAutograde(Autograde):  # type: ignore[misc]
    """Autograde for courses that switched the engine on; for others it is nbgrader's own.

    Stock nbgrader sanitizes a submission, writes it, reads it again, runs it and writes it again, each time through
    nbconvert. With the engine nothing runs from that file in between.
    """

    def convert_single_notebook(self, notebook_filename: str) -> None:
        """Called by nbgrader for each notebook of a submission."""
        if REBUILD not in self.sanitize_preprocessors:
            super().convert_single_notebook(notebook_filename)
            return
        resources = self.init_single_notebook_resources(notebook_filename)
        notebook = read_submission(Path(notebook_filename))
        for step in self._steps():
            notebook, resources = step.preprocess(notebook, resources)
        resources["output_extension"] = ".ipynb"
        self.write_single_notebook(nbformat.writes(notebook) + "\n", resources)

    def _steps(self) -> list[Any]:
        steps = [*self.sanitize_preprocessors, *self.autograde_preprocessors]
        return [(import_item(step) if isinstance(step, str) else step)(parent=self) for step in steps]


def autograde(api: Any, assignment: str, student: str) -> dict[str, Any]:
    """Autograde one submission, again if it was before; nbgrader's record of it (`success`, `error`, `log`)."""
    with temp_attrs(api.coursedir, assignment_id=assignment, student_id=student):
        app = OnePassAutograde(coursedir=api.coursedir, parent=api)
        app.force = app.create_student = True
        outcome: dict[str, Any] = capture_log(app)
        return outcome
