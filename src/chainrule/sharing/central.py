"""The teacher's side of the queue: work goes in, results come out, and this machine alone writes the gradebook.

for result in grade_by_queue(url, jobs, workers, progress): ...

Results are rows of the queue's, unique by all that a mark depends on: a run that was killed finds them again.
"""

from __future__ import annotations

import json
import shutil
import sys
import time
import uuid
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final, TypeVar

from chainrule.classroom.jobs import Job, ToBeRun, grade_one, told
from chainrule.classroom.progress import Progress
from chainrule.classroom.report import Result
from chainrule.classroom.second_tries import until_it_passes
from chainrule.classroom.workers import Workers
from chainrule.course import Course, CourseError
from chainrule.engine.fingerprint import hash_of
from chainrule.engine.given_back import GivenBack
from chainrule.live_folder import LiveFolder
from chainrule.sharing.parcels import course_parcel, engine_id, hash_of_bytes, submission_parcel, unpack
from chainrule.sharing.schema import MOST_TRIES, QueueLost, connect
from chainrule.sharing.worker import TASK

T = TypeVar("T")

__all__ = ["LEASE", "grade_by_queue"]

LEASE: Final = 60.0
"""Seconds without a sign of life after which a worker has lost what it has in hand."""
LOOK: Final = 1.0
LONELY: Final = 60.0
"""Seconds without any result after which it is said that perhaps nobody works."""
ALONE: Final = (
    "Nothing has come back for {seconds:.0f} s: `chainrule worker` must run somewhere, with the same release of "
    "chainrule and of its libraries as here (engine {queue})"
)
PATIENCE: Final = 600.0
"""Seconds to wait for a database that went away."""
LOST: Final = f"{MOST_TRIES} workers that graded it were lost"
DEFER: Final = """
select unnest(procrastinate_defer_jobs_v1(array[row(
    %(queue)s, %(task)s, 0, null, null, %(args)s::jsonb, null)::procrastinate_job_to_defer_v1]))
"""
STALLED: Final = """
select work.id, work.queue, work.tries, work.job_id, jobs.status::text
from work left join procrastinate_jobs jobs on jobs.id = work.job_id
left join procrastinate_workers workers on workers.id = jobs.worker_id
where work.state = 'waiting' and work.id = any(%(works)s) and (
    jobs.id is null or jobs.status not in ('todo', 'doing')
    or (jobs.status = 'doing' and (workers.id is null
        or workers.last_heartbeat < now() - make_interval(secs => %(lease)s))))
for update of work skip locked
"""


@dataclass(frozen=True)
class _Put:
    """A job that is in the queue, and what its marks depend on."""

    job: Job
    key: str


def grade_by_queue(url: str, jobs: list[Job], workers: Workers, progress: Progress, lease: float) -> Iterator[Result]:
    """Have submissions run by the queue's workers; yields each result when the gradebook has it.

    Args:
        url: where the queue is.
        jobs: the submissions.
        workers: processes of this machine, which write the gradebook and the pages.
        progress: told of each result.
        lease: seconds after which a silent worker has lost its work.

    Raises:
        CourseError: the queue is not there, or not set up.
    """
    desk = _Desk(url, lease)
    try:
        put: dict[int, _Put] = {}
        looks = [replace(job, look=True) for job in jobs]
        for job, outcome in until_it_passes(workers, grade_one, looks, progress.under_way):
            if isinstance(outcome, ToBeRun):
                put[desk.put(job, outcome.key)] = _Put(job, outcome.key)
            else:
                yield told(job, outcome, progress)
        while put:
            arrived = desk.arrived(list(put))
            done = [_with(put.pop(work), given) for work, given in arrived]
            for job, outcome in until_it_passes(workers, grade_one, done, progress.under_way):
                yield told(job, outcome, progress)
            if not arrived:
                desk.look_after(list(put))
    finally:
        desk.close()


def _patiently(ask: Callable[[], T]) -> T:
    """Ask the queue, again and again while its database cannot be reached.

    Raises:
        CourseError: it could not for long; what has come back is in the gradebook, the rest is in the queue.
    """
    import psycopg

    last = time.monotonic() + PATIENCE
    while True:
        try:
            return ask()
        except (QueueLost, psycopg.OperationalError) as error:
            if time.monotonic() > last:
                raise CourseError(f"{error}. The same command goes on when the database is there again") from None
            time.sleep(LOOK)


def _with(put: _Put, given: GivenBack) -> Job:
    return replace(put.job, look=False, force=True, given_back=replace(given, key=put.key))


class _Desk:
    """What the teacher's process does with the queue."""

    def __init__(self, url: str, lease: float) -> None:
        self.url, self.lease, self.queue = url, lease, engine_id()
        self._folder = LiveFolder()
        self._courses: dict[tuple[Path, str], str] = {}
        self._heard = time.monotonic()
        with connect(url) as connection:
            if not connection.execute("select to_regclass('work')").fetchone()[0]:
                raise CourseError("this database has no queue yet: run `chainrule queue init` with its address")

    def close(self) -> None:
        """Remove what came back; all of it is in its place, or still in the queue."""
        self._folder.close()

    def put(self, job: Job, key: str) -> int:
        """Have a submission wait, unless the same one waits or is done; the number of the work."""
        course = Course(job.root)
        # Two students may hand in the same file, an untouched one for instance: each has a result of their own.
        key = hash_of(job.assignment, job.student, key, self.queue, uuid.uuid4().hex if job.force else "")
        with connect(self.url) as connection:
            body = {
                "assignment": job.assignment,
                "student": job.student,
                "course": self._course(connection, course, job.assignment),
                "submission": self._blob(connection, submission_parcel(course, job.assignment, job.student)),
            }
            self._forget_older(connection, job, key)
            added = (
                "insert into work (key, assignment, student, queue, body) values (%s, %s, %s, %s, %s) "
                "on conflict (key) do nothing returning id"
            )
            row = connection.execute(added, [key, job.assignment, job.student, self.queue, json.dumps(body)]).fetchone()
            if row is None:
                return self._found(connection, key)
            self._defer(connection, row[0], self.queue)
            return int(row[0])

    def _found(self, connection: Any, key: str) -> int:
        """Work that is there already; what a machine failed at is done again."""
        (work,) = connection.execute("select id from work where key = %s", [key]).fetchone()
        failed = "delete from result where work = %s and (outcome ->> 'grader_failed')::bool returning work"
        if connection.execute(failed, [work]).fetchone():
            connection.execute("update work set state = 'waiting', tries = 0, lease = null where id = %s", [work])
            self._defer(connection, work, self.queue)
        return int(work)

    def _forget_older(self, connection: Any, job: Job, key: str) -> None:
        """Nobody needs what an earlier hand-in, release or engine was given."""
        older = "delete from work where assignment = %s and student = %s and key <> %s and queue = %s"
        connection.execute(older, [job.assignment, job.student, key, self.queue])

    def _course(self, connection: Any, course: Course, assignment: str) -> str:
        if (course.root, assignment) not in self._courses:
            parcel = course_parcel(course, assignment)
            self._courses[course.root, assignment] = self._blob(connection, parcel)
        return self._courses[course.root, assignment]

    def _blob(self, connection: Any, content: bytes) -> str:
        """Put a parcel there, once."""
        name = hash_of_bytes(content)
        if not connection.execute("select 1 from blob where hash = %s", [name]).fetchone():
            connection.execute("insert into blob values (%s, %s) on conflict do nothing", [name, content])
        return name

    def _defer(self, connection: Any, work: int, queue: str) -> None:
        asked = {"queue": queue, "task": TASK, "args": json.dumps({"work": work})}
        (job,) = connection.execute(DEFER, asked).fetchone()
        connection.execute("update work set job_id = %s where id = %s", [job, work])

    def arrived(self, works: list[int]) -> list[tuple[int, GivenBack]]:
        """What has come back of these, each written into a folder; waits a moment where nothing has."""
        asked = "select work, outcome, folder from result where work = any(%s) order by at limit 50"

        def read() -> list[Any]:
            with connect(self.url) as connection:
                return list(connection.execute(asked, [works]).fetchall())

        rows = _patiently(read)
        if rows:
            self._heard = time.monotonic()
        return [(work, self._given_back(work, outcome, bytes(folder))) for work, outcome, folder in rows]

    def _given_back(self, work: int, outcome: dict[str, Any], content: bytes) -> GivenBack:
        place = self._folder.path / f"{work}"
        shutil.rmtree(place, ignore_errors=True)
        if content:
            unpack(content, place)
        return GivenBack(str(place) if content else "", outcome["reason"], outcome["grader_failed"], "")

    def look_after(self, works: Iterable[int]) -> None:
        """Give work of lost workers to others; give up what three were lost over; wait a moment."""
        _patiently(lambda: self._rescue(works))
        if time.monotonic() - self._heard > LONELY:
            self._heard = time.monotonic()
            print(ALONE.format(seconds=LONELY, queue=self.queue), file=sys.stderr)
        time.sleep(LOOK)

    def _rescue(self, works: Iterable[int]) -> None:
        with connect(self.url) as connection:
            asked = {"works": list(works), "lease": self.lease}
            for work, queue, tries, job, status in connection.execute(STALLED, asked).fetchall():
                connection.execute("update work set lease = null where id = %s", [work])
                if status == "doing":
                    connection.execute("select procrastinate_finish_job_v1(%s, 'failed', false)", [job])
                if tries < MOST_TRIES:
                    self._defer(connection, work, queue)
                else:
                    self._give_up(connection, work)

    def _give_up(self, connection: Any, work: int) -> None:
        outcome = json.dumps({"reason": LOST, "grader_failed": True, "graded": False})
        connection.execute("update work set state = 'done' where id = %s", [work])
        connection.execute(
            "insert into result (work, outcome, folder, worker) values (%s, %s, '', '')", [work, outcome]
        )
