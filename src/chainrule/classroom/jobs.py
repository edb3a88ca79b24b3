"""Grade a class: every submission ends in a result, none stops the others, and nothing is graded twice.

Each job is one (assignment, student). It runs nbgrader's own Autograde in a worker process; what came of it is
read back from the gradebook and the autograded notebook, and remembered until submission or course change.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from chainrule.classroom.accounting import submissions_of
from chainrule.classroom.history import history_length, note_history
from chainrule.classroom.holding import held
from chainrule.classroom.machine_faults import machine_fault
from chainrule.classroom.progress import Progress
from chainrule.classroom.records import has_page, record_of, says_of_page, seal_of, stamp_of
from chainrule.classroom.report import Result
from chainrule.classroom.results import Found, api_of, found_of, graded_folder
from chainrule.classroom.second_tries import until_it_passes
from chainrule.classroom.staleness import key_of
from chainrule.classroom.worker import WorkFailed
from chainrule.classroom.workers import Workers
from chainrule.course import Course, CourseError, check_names, near
from chainrule.engine.cells import Status
from chainrule.engine.given_back import GivenBack
from chainrule.engine.nbgrader_seams import shared_engines
from chainrule.engine.reading import SubmissionRefused, refuse_folder
from chainrule.engine.recorded import RecordedCell, SourceChanged, recorded_cells
from chainrule.kernel.sandbox import SandboxUnavailable
from chainrule.limits import Limits
from chainrule.whole_file import whole_file

ALL_ELSE = 900.0
"""Seconds for all that is done with a submission apart from running it: to start, to read, to write its page."""


@dataclass(frozen=True)
class Job:
    """One submission to grade; `sandboxed` is False where students' code may run without a sandbox."""

    root: Path
    assignment: str
    student: str
    feedback: bool = True
    sandboxed: bool = True
    misplaced: str = ""
    """Where its file lies, if that is not where a submission belongs."""
    force: bool = False
    """Whether it is graded again although nothing changed."""
    look: bool = False
    """Whether it is only looked at: is there anything to run?"""
    given_back: GivenBack | None = None
    """What came of running it on another machine, where that was done."""


@dataclass(frozen=True)
class ToBeRun:
    """A submission that has to be run, says a job that only looks; `key` is all that its marks depend on."""

    key: str


def find_jobs(
    course: Course,
    assignments: list[str],
    students: list[str],
    *,
    feedback: bool = True,
    sandboxed: bool = True,
    force: bool = False,
) -> list[Job]:
    """The submissions below `submitted/` that were asked for; all of them where nothing was asked for.

    Raises:
        CourseError: there is no such assignment, or no such submission.
    """
    found = submissions_of(course)
    check_names(assignments, sorted({*course.graded_ids(), *(assignment for assignment, _ in found)}))
    jobs = [
        Job(course.root, assignment, student, feedback, sandboxed, misplaced, force)
        for (assignment, student), misplaced in found.items()
        if (not assignments or assignment in assignments) and (not students or student in students)
    ]
    missing = [name for name in students if not any(job.student == name for job in jobs)]
    if missing:
        raise CourseError(f"nothing was handed in by {', '.join(missing)}: no such folder in submitted/")
    if not jobs:
        of = f" of {' or '.join(assignments)}" if found else ""
        raise CourseError(f"submitted/ holds nothing{of} to grade; it is laid out as submitted/<student>/<assignment>/")
    # Neighbours share an assignment, so that a worker keeps its warm kernel.
    return sorted(jobs, key=lambda job: (job.assignment, job.student))


def grade_class(jobs: list[Job], workers: Workers, progress: Progress) -> Iterator[Result]:
    """Grade all jobs, telling `progress` of what is under way and of each result as it comes.

    Where the gradebook was held or out of reach, submissions are tried again after all others.
    """
    for job, outcome in until_it_passes(workers, grade_one, jobs, progress.under_way):
        yield told(job, outcome, progress)


def told(job: Job, outcome: Any, progress: Progress) -> Result:
    """What came of a job, which may be that the worker failed; `progress` hears of it."""
    if isinstance(outcome, WorkFailed):
        outcome = not_graded(job, f"the grader itself failed: {outcome}")
    progress.done(outcome)
    result: Result = outcome
    return result


def most_seconds(course: Course) -> float:
    """What a worker may take for one submission: its notebooks, and generous time for all else."""
    from chainrule.nbgrader_course import nbgrader_config

    notebooks = max((len(list(folder.glob("*.ipynb"))) for folder in course.source.glob("*/")), default=1)
    a_notebook = float(nbgrader_config(course).Examine.get("notebook_seconds", Limits().notebook_seconds))
    return ALL_ELSE + notebooks * a_notebook


def grade_one(job: Job) -> Result | ToBeRun:
    """Grade one submission, or take its result from last time where nothing changed since; or only look at it."""
    with shared_engines():
        try:
            return _grade_one(job)
        except Exception as error:
            if not (fault := machine_fault(error)):
                raise
            return not_graded(job, fault)


def _grade_one(job: Job) -> Result | ToBeRun:
    course = Course(job.root)
    if job.misplaced:
        where = f"submitted/{job.student}/{job.assignment}/"
        return _needs_a_person(job, f"{job.misplaced} lies in the wrong place: put it into {where}, and grade again")
    if not _is_text(job.student):
        return _needs_a_person(job, "the name of its folder is not UTF-8: rename the folder, and grade again")
    record = record_of(course, job.assignment, job.student)
    try:
        # Before anything of it is read: whether it was graded before is known by all that it holds.
        refuse_folder(course.submitted / job.student / job.assignment)
    except SubmissionRefused as error:
        refused = _needs_a_person(job, str(error))
        _remember(record, _told("", Found(refused)))
        return refused
    with held(course.submitted / job.student / job.assignment):
        return _graded_or_known(course, job, record)


def _graded_or_known(course: Course, job: Job, record: Path) -> Result | ToBeRun:
    key, before = _key(course, job), _stamps(course, job)
    known = None if job.force else _known(course, job, record, key)
    if not known and not job.look:
        # Killed in the middle, a run leaves some of the old and some of the new: no record may vouch for that.
        record.unlink(missing_ok=True)
    found = known or _grade(course, job)
    if found is None:
        return ToBeRun(key)
    # What was handed in or changed meanwhile is graded by the next run, whichever of the two was read.
    if not known and (_stamps(course, job) != before or _key(course, job) != key or not _still(job, key)):
        key = ""
    result = found.result
    # A failure is tried again each time; what was said of it is kept for who reads how the class stands.
    told = _told(key if result.questions else "", found)
    length = history_length(course, job.assignment, job.student)
    # Where all stands as it did, the two files stay as they are: most of a class, most of the times that it is graded.
    if not (known and length and _says(record, {**told, "history": length})):
        # Before the record, which vouches for it too.
        note_history(course, result, _records(job))
        _remember(record, {**told, "history": history_length(course, job.assignment, job.student)})
    if job.feedback and result.status != Status.NEEDS_A_PERSON:
        problem = _write_feedback(course, job, key, found)
        reason = "; ".join(filter(None, (result.reason, problem)))
        return replace(result, reason=reason, grader_failed=bool(problem))
    return result


def _stamps(course: Course, job: Job) -> list[tuple[str, int, int]]:
    """What changes when a file of a submission is written, also with the same text."""
    folder = course.submitted / job.student / job.assignment
    found = [(path, path.stat()) for path in sorted(folder.rglob("*")) if path.is_file()]
    return [(str(path), about.st_ino, about.st_ctime_ns) for path, about in found]


def _still(job: Job, key: str) -> bool:
    """Whether what another machine ran is what lies here now."""
    return job.given_back is None or job.given_back.key == key


def _is_text(name: str) -> bool:
    """Whether a name on disk is one that a gradebook can keep: some archives leave names of other bytes."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _records(job: Job) -> dict[str, RecordedCell]:
    """The cells of the release, by question."""
    from nbgrader.api import Gradebook, MissingEntry

    directory = api_of(job.root, job.sandboxed).coursedir
    with Gradebook(directory.db_url, directory.course_id) as gradebook, suppress(MissingEntry):
        notebooks = gradebook.find_assignment(job.assignment).notebooks
        names = [notebook.name for notebook in notebooks]
        return {cell: row for name in names for cell, row in recorded_cells(gradebook, job.assignment, name).items()}
    return {}


def _key(course: Course, job: Job) -> str:
    return key_of(course, api_of(job.root, job.sandboxed), job.assignment, job.student)


def _known(course: Course, job: Job, record: Path, key: str) -> Found | None:
    """The result of last time, with marks and words that came by hand since; None where it does not hold any more."""
    from nbgrader.api import MissingEntry

    # A record that cannot be read is as good as none.
    with suppress(OSError, ValueError, KeyError, TypeError, MissingEntry):
        kept = json.loads(record.read_text())
        graded = kept["key"] == key and _names(course, job) <= _notebooks(course, job)
        # A gradebook that came back from a backup may hold the marks of another file.
        if graded and kept["marks"] == (found := found_of(course, job)).standing.marks:
            return found
    return None


def _names(course: Course, job: Job) -> set[str]:
    """The notebooks of a submission that are to be graded."""
    wanted = {path.name for path in (course.source / job.assignment).glob("*.ipynb")}
    folder = course.submitted / job.student / job.assignment
    return {name for name in wanted if (folder / name).is_file()}


def _notebooks(course: Course, job: Job) -> set[str]:
    """Those that are graded, by their names."""
    return {path.name for path in graded_folder(course, job).glob("*.ipynb")}


def _told(key: str, found: Found) -> dict[str, Any]:
    """What the record of a submission says; the seal is for who looks at a whole class, and reads little else."""
    result, standing = asdict(found.result), asdict(found.standing)
    return {"key": key, **standing, "seal": seal_of(found.seen, result), "result": result}


def _remember(record: Path, told: dict[str, Any]) -> None:
    with whole_file(record) as unfinished:
        unfinished.write_text(json.dumps(told))


def _says(record: Path, told: dict[str, Any]) -> bool:
    """Whether a record says just this."""
    with suppress(OSError, ValueError):
        return record.read_text() == json.dumps(told)
    return False


def _needs_a_person(job: Job, reason: str) -> Result:
    # It may name a file, and a file's name may be of any bytes.
    printable = reason.encode("utf-8", "backslashreplace").decode()
    return Result(job.assignment, job.student, Status.NEEDS_A_PERSON, printable, 0.0, 0.0)


def not_graded(job: Job, reason: str) -> Result:
    """No fault of the submission's: who grades has to look at the machine or the grader."""
    return replace(_needs_a_person(job, reason), grader_failed=True)


def _grade(course: Course, job: Job) -> Found | None:
    """Grade a submission; None for a job that only looks, where there is something to run."""
    problem = _problem(course, job)
    if problem is None and job.look:
        return None
    problem = problem or _autograde(course, job)
    return Found(problem) if problem else found_of(course, job)


def _problem(course: Course, job: Job) -> Result | None:
    """Why a submission cannot be run, if it cannot."""
    wanted = sorted(path.name for path in (course.source / job.assignment).glob("*.ipynb"))
    if not wanted:
        hint = near(job.assignment, course.graded_ids())
        return _needs_a_person(job, f"there is no assignment {job.assignment!r} in source/{hint}")
    folder = course.submitted / job.student / job.assignment
    present = [name for name in wanted if (folder / name).is_file()]
    if not present:
        there = ", ".join(sorted(path.name for path in folder.iterdir())[:10]) or "nothing"
        what = f"{wanted[0]} is a folder" if (folder / wanted[0]).is_dir() else f"no {wanted[0]} was handed in"
        return _needs_a_person(job, f"{what} (there is: {there})")
    return None


def _autograde(course: Course, job: Job) -> Result | None:
    """Have nbgrader grade a submission, which is in the gradebook then; or why it is not."""
    from chainrule.engine.autograde import autograde

    if job.given_back and job.given_back.grader_failed:
        return not_graded(job, job.given_back.reason)
    outcome = autograde(api_of(course.root, job.sandboxed), job.assignment, job.student, job.given_back)
    if fault := machine_fault(outcome["failure"]):
        return not_graded(job, fault)
    if not outcome["success"]:
        return _needs_a_person(job, _explain(outcome["failure"], course))
    return None


def _explain(failure: BaseException | None, course: Course) -> str:
    """Why a submission could not be graded, in one line."""
    from chainrule.engine.autograde import NotReleased
    from chainrule.engine.given_back import NotGradedElsewhere

    if failure is None:
        return "nbgrader gave no reason; see .nbgrader.log"
    if isinstance(failure, NotReleased):
        release = "chainrule build" if course.has_texts else "nbgrader generate_assignment"
        return f"the gradebook does not know this assignment yet: run `{release}`, then grade again"
    own = SubmissionRefused | SandboxUnavailable | SourceChanged | NotGradedElsewhere
    words = str(failure).strip().partition("\n")[0]
    return words if isinstance(failure.__cause__ or failure, own) else f"{type(failure).__name__}: {words}"


def _write_feedback(course: Course, job: Job, key: str, found: Found) -> str:
    """Let nbgrader write the feedback page, unless it says all this already; what went wrong, if anything."""
    from chainrule.engine.autograde import write_feedback

    told = says_of_page(key, found.standing.comments, asdict(found.result))
    if has_page(course, job.assignment, job.student, told, _notebooks(course, job)):
        return ""
    stamp = stamp_of(course, job.assignment, job.student)
    stamp.unlink(missing_ok=True)  # killed in the middle, a page may be half of this and half of that
    outcome = write_feedback(api_of(course.root, job.sandboxed), job.assignment, job.student)
    if not outcome["success"]:
        why = machine_fault(outcome["failure"]) or _explain(outcome["failure"], course)
        return f"its feedback page could not be made: {why}"
    with whole_file(stamp) as unfinished:
        unfinished.write_text(told)
    return ""
