"""What a result depends on, as one key: while it stays the same, nothing is graded again; when it changes, all is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from chainrule.course import Course
from chainrule.engine.database import file_of
from chainrule.engine.dates import Dates
from chainrule.engine.fingerprint import environment, fingerprint, hash_of
from chainrule.engine.recorded import recorded_cells, version_of
from chainrule.engine.settings import told_by

__all__ = ["Dependencies", "key_of"]


class Dependencies:
    """What all results of an assignment depend on, read once for a class.

    Args:
        course: where it is.
        api: nbgrader's, for this course.
        assignment: its name.
    """

    def __init__(self, course: Course, api: Any, assignment: str) -> None:
        self._submitted, self._assignment = course.submitted, assignment
        source = course.source / assignment
        self._source = [fingerprint(source)] if source.is_dir() else []
        self._rest = list(_released(api, course, assignment)), told_by(api.config, course.root), environment()

    def key(self, student: str) -> str:
        """One hash for a submission, the course's source and data, release, due date and settings, and the engine."""
        folder = self._submitted / student / self._assignment
        handed_in = [fingerprint(folder)] if folder.is_dir() else []
        return hash_of([*handed_in, *self._source], *self._rest)

    def key_of_tests(self, *more: object) -> str:
        """One hash for all of that without a submission, and for what else a self-test depends on."""
        return hash_of(self._source, *self._rest, *more)


def key_of(course: Course, api: Any, assignment: str, student: str) -> str:
    """What the result of one submission depends on, as one hash."""
    return Dependencies(course, api, assignment).key(student)


def _released(api: Any, course: Course, assignment: str) -> Iterator[str]:
    """What the gradebook holds of an assignment: when it is due, and the versions of the notebooks."""
    from nbgrader.api import Gradebook, MissingEntry

    directory = api.coursedir
    file = file_of(directory.db_url, course.root)
    if file and not file.is_file():  # looking into one that is not there would make it
        return
    with Gradebook(directory.db_url, directory.course_id) as gradebook, suppress(MissingEntry):
        known = gradebook.find_assignment(assignment)
        # The course's own dates are brought in step by themselves, and nothing is graded again for them.
        if not Dates(config=api.config).is_set:
            yield str(known.duedate)
        for name in sorted(notebook.name for notebook in known.notebooks):
            yield version_of(recorded_cells(gradebook, assignment, name))
