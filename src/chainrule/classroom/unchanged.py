"""Submissions that nothing has happened to since they were graded, found for a whole class in one pass.

    stands = unchanged(course, jobs)      # {job: result}; all other jobs are for the workers

What a worker would find out of each submission by itself, with a dozen questions to the gradebook, is asked here once
an assignment. Where anything is in doubt, a submission is left to a worker, which looks again and says what is wrong.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from itertools import groupby
from typing import TYPE_CHECKING, Any

from chainrule.classroom.history import history_length
from chainrule.classroom.machine_faults import machine_fault
from chainrule.classroom.records import has_page, record_of, says_of_page, seal_of
from chainrule.classroom.report import QuestionResult, Result
from chainrule.classroom.results import api_of, graded_folder, seen_of
from chainrule.classroom.staleness import Dependencies
from chainrule.course import Course
from chainrule.engine.cells import QuestionStatus, Status
from chainrule.engine.gradebook import prints_of
from chainrule.engine.nbgrader_seams import shared_engines
from chainrule.engine.reading import SubmissionRefused, refuse_folder

if TYPE_CHECKING:
    from chainrule.classroom.jobs import Job

__all__ = ["unchanged"]


def unchanged(course: Course, jobs: Iterable[Job]) -> dict[Job, Result]:
    """The results of the submissions that are as they were, in the order of the jobs; it changes nothing."""
    found: dict[Job, Result] = {}
    with shared_engines():
        for assignment, group in groupby(jobs, key=lambda job: job.assignment):
            asked = [job for job in group if not (job.force or job.misplaced)]
            asked = [job for job in asked if record_of(course, assignment, job.student).is_file()]
            try:
                found |= dict(_unchanged(course, assignment, asked)) if asked else {}
            except Exception as error:
                # Whoever grades these meets it again, tries again where that helps, and says what it is.
                if not machine_fault(error):
                    raise
    return found


def _unchanged(course: Course, assignment: str, jobs: list[Job]) -> Iterator[tuple[Job, Result]]:
    from nbgrader.api import Gradebook

    api = api_of(course.root, jobs[0].sandboxed)
    needed = Dependencies(course, api, assignment)
    notebooks = [path.name for path in (course.source / assignment).glob("*.ipynb")]
    with Gradebook(api.coursedir.db_url, api.coursedir.course_id) as gradebook:
        prints = prints_of(gradebook, assignment)
    for job in jobs:
        # A record that cannot be read is as good as none.
        with suppress(OSError, ValueError, KeyError, TypeError, SubmissionRefused):
            refuse_folder(course.submitted / job.student / assignment)
            record = json.loads(record_of(course, assignment, job.student).read_text())
            if record["key"] == needed.key(job.student) and _stands(course, job, record, prints, notebooks):
                yield job, _result(record["result"])


def _stands(course: Course, job: Job, record: Any, prints: Mapping[str, str], notebooks: list[str]) -> bool:
    """Whether gradebook, graded notebooks, history and page are as they were when this was written."""
    handed_in = course.submitted / job.student / job.assignment
    graded = {name for name in os.listdir(graded_folder(course, job)) if name.endswith(".ipynb")}
    length = history_length(course, job.assignment, job.student)
    says = says_of_page(record["key"], record["comments"], record["result"])
    return (
        # Names are put together as text: of a class of hundreds, paths would take a third of the time.
        all(name in graded for name in notebooks if os.path.isfile(f"{handed_in}/{name}"))
        and record["seal"] == seal_of(seen_of(course, job, prints[job.student]), record["result"])
        and record["history"] == length > 0
        and (
            not job.feedback
            or record["result"]["status"] == Status.NEEDS_A_PERSON
            or has_page(course, job.assignment, job.student, says, graded)
        )
    )


def _result(kept: Mapping[str, Any]) -> Result:
    questions = (QuestionResult(**{**one, "status": QuestionStatus(one["status"])}) for one in kept["questions"])
    return Result(**{**kept, "status": Status(kept["status"]), "questions": tuple(questions)})
