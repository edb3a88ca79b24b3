"""A plugin for pytest: nbgrader's own tests, which its wheel carries, with the engine on (`make test-nbgrader`).

What comes out otherwise is listed here, each with its reason; the page for any course tells the reasons.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import pytest
from nbgrader.converters import Autograde, GenerateFeedback
from traitlets.config import Config

from chainrule.engine import switch_on

NO_EXECUTE = "`--no-execute` is refused: marks never come from outputs that were handed in"
METADATA = "`ClearMetadataPreprocessor` is refused: the verdicts stand in the metadata"
WRITTEN = "what answers write ends with the sandbox, unless `Examine.keep_files` names it"
OWN_CELLS = "cells that the instructor's notebook does not have are the student's own, and stop nobody"
OF_THE_COURSE = "what a submission says of its kernel and its schema plays no part: the notebook is the course's"
TIMES = "a time of handing in that cannot be read is not known, and stops nobody"

PAGES_ONLY = "no page of feedback shows the files that lay beside the notebook, so they are not copied there"
NO_SOLUTION = "the course's source holds no solutions: a name that nobody has made may be the check's own mistake"

IN_API = (
    "test_get_autograded_students", "test_get_autograded_students_no_timestamps", "test_get_submission",
    "test_get_submission_no_timestamp", "test_get_submissions", "test_filter_existing_notebooks",
    "test_filter_existing_notebooks_strict", "test_get_notebook_submission_indices", "test_get_notebook_submissions",
    "test_get_student", "test_get_student_submissions", "test_get_student_notebook_submissions",
)  # fmt: skip
IN_FEEDBACK = ("test_force", "test_force_f", "test_filter_notebook")
IN_AUTOGRADE = {
    "test_force_single_notebook": METADATA,
    "test_update_newer_single_notebook": METADATA,
    "test_no_execute": NO_EXECUTE,
    "test_side_effects": WRITTEN,
    "test_handle_failure": OWN_CELLS,
    "test_handle_failure_single_notebook": OWN_CELLS,
    "test_grade_empty_timestamp": TIMES,
    "test_grade": NO_SOLUTION,
    "test_missing_source_kernelspec": OF_THE_COURSE,
    "test_showtraceback_exploit": NO_SOLUTION,
}
DIFFERENT: Final[dict[str, str]] = {
    **{f"TestNbGraderAutograde::{name}": why for name, why in IN_AUTOGRADE.items()},
    "TestNbGraderUpdate::test_update_autograde": OF_THE_COURSE,
    "TestNbGraderUpdate::test_update_autograde_old_assign": OF_THE_COURSE,
    **{f"TestNbGraderFeedback::{name}": PAGES_ONLY for name in IN_FEEDBACK},
    **{f"TestNbGraderAPI::{name}": NO_EXECUTE for name in IN_API},
}
"""Tests by class and name, and why they fail with the engine on."""
NO_FILE = "fails without the engine too: nbgrader's wheel lacks `autotests.yml`"


def _switched_on(made: Callable[..., None]) -> Callable[..., None]:
    def init(self: Any, *arguments: Any, **settings: Any) -> None:
        made(self, *arguments, **settings)
        switched = Config()
        switched.merge(self.config)
        switch_on(switched)
        self.update_config(switched)

    return init


def pytest_configure(config: pytest.Config) -> None:
    """Have each converter that a test makes read the line that a course would write last."""
    for converter in (Autograde, GenerateFeedback):
        converter.__init__ = _switched_on(converter.__init__)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Expect what is listed to fail, and to be taken off the list when it does not."""
    for item in items:
        name = item.nodeid.rpartition(".py::")[2]
        if why := DIFFERENT.get(name):
            item.add_marker(pytest.mark.xfail(reason=why, strict=True))
        elif "test_instantiatetests.py" in item.nodeid:
            item.add_marker(pytest.mark.xfail(reason=NO_FILE, raises=(FileNotFoundError, AssertionError)))
