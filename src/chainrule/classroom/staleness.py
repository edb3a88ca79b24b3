"""What a result depends on, as one key: while it stays the same, nothing is graded again; when it changes, all is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from chainrule.course import Course
from chainrule.engine.dates import Dates
from chainrule.engine.fingerprint import environment, fingerprint, hash_of
from chainrule.engine.recorded import recorded_cells, version_of
from chainrule.engine.settings import told_by

__all__ = ["key_of"]


def key_of(course: Course, api: Any, assignment: str, student: str) -> str:
    """One hash for a submission, the course's source and data, its release, due date and settings, and the engine."""
    folders = (course.submitted / student / assignment, course.source / assignment)
    handed_in = [fingerprint(folder) for folder in folders if folder.is_dir()]
    return hash_of(handed_in, list(_released(api, assignment)), told_by(api.config, course.root), environment())


def _released(api: Any, assignment: str) -> Iterator[str]:
    """What the gradebook holds of an assignment: when it is due, and the versions of the notebooks."""
    from nbgrader.api import Gradebook, MissingEntry

    directory = api.coursedir
    with Gradebook(directory.db_url, directory.course_id) as gradebook, suppress(MissingEntry):
        known = gradebook.find_assignment(assignment)
        # The course's own dates are brought in step by themselves, and nothing is graded again for them.
        if not Dates(config=api.config).is_set:
            yield str(known.duedate)
        for name in sorted(notebook.name for notebook in known.notebooks):
            yield version_of(recorded_cells(gradebook, assignment, name))
