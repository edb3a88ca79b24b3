"""The queue on a real PostgreSQL server: lost leases, lost workers, rights, and a class that goes through it."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from chainrule.classroom.jobs import Job
from chainrule.course import Course
from postgres import Server
from small_class import ANSWERS, SQUARE, answered, hand_in, marks_in, url_of

pytest.importorskip("procrastinate", reason="the queue is not here: pip install 'chainrule[queue]'")
from chainrule.sharing import central
from chainrule.sharing.parcels import course_parcel
from chainrule.sharing.schema import MOST_TRIES, ROLE, connect, make_schema
from programs import QUICKLY

CHAINRULE = str(Path(sys.executable).parent / "chainrule")
LEASE = 15.0
A_WHILE = 1800.0
PEEKS = (
    "import os, glob\n"
    "for name in ['/proc/self/environ', *glob.glob('/proc/*/cmdline'), *glob.glob('/proc/*/environ')]:\n"
    "    try:\n        print(open(name, 'rb').read())\n    except OSError:\n        pass\n"
    "print(dict(os.environ))\n" + SQUARE
)


@pytest.fixture
def queue(postgres: Server) -> str:
    """A queue that is set up, and empty."""
    url = postgres.fresh()
    assert make_schema(url)
    return url


@pytest.fixture
def worker_url(postgres: Server, queue: str) -> str:
    """The same for a worker, with a login of its own."""
    import psycopg

    database = queue.partition("@/")[2].partition("?")[0]
    with suppress(psycopg.errors.DuplicateObject), connect(queue) as connection:
        connection.execute(f"create role grader login in role {ROLE}")
    return postgres.url(database, "grader")


@pytest.fixture
def desk(queue: str) -> Iterator[Any]:
    """The teacher's side, for which every worker is silent for too long at once."""
    made = central._Desk(queue, lease=0.0)
    yield made
    made.close()


@pytest.fixture
def job(released_course: Course, tmp_path: Path) -> Job:
    """One submission."""
    shutil.copytree(released_course.root, tmp_path / "course")
    course = Course(tmp_path / "course")
    hand_in(course, "ada", json.dumps(answered(course, ANSWERS["ada"])))
    return Job(course.root, "small", "ada")


@pytest.fixture
def put(desk: Any, job: Job) -> Callable[[], int]:
    """Puts it into the queue, again and again the same."""
    return lambda: int(desk.put(job, "all that its marks depend on"))


def take(url: str, work: int) -> str:
    with connect(url) as connection:
        row = connection.execute("select lease from take(%s)", [work]).fetchone()
    return str(row[0]) if row else ""


def deliver(url: str, work: int, lease: str, reason: str) -> bool:
    outcome = json.dumps({"reason": reason, "grader_failed": False, "graded": False})
    with connect(url) as connection:
        return bool(connection.execute("select deliver(%s, %s, %s, '', 'x')", [work, lease, outcome]).fetchone()[0])


def begun(url: str, work: int) -> None:
    """Mark the work's job as Procrastinate does when a worker that is gone by now has begun it."""
    with connect(url) as connection:
        asked = "update procrastinate_jobs set status = 'doing' where id = (select job_id from work where id = %s)"
        connection.execute(asked, [work])


def test_a_worker_that_wakes_has_lost_its_lease(queue: str, worker_url: str, desk: Any, put: Callable[[], int]) -> None:
    """Its result is not taken, nor does it get what it has not fetched yet; the one that has the work now delivers."""
    work = put()
    stopped = take(worker_url, work)
    begun(queue, work)
    desk._rescue([work])
    other = take(worker_url, work)

    with connect(queue) as connection:
        (name,) = connection.execute("select body ->> 'submission' from work").fetchone()
    with connect(worker_url) as connection:
        parts = [
            connection.execute("select part(%s, %s, %s)", [work, lease, name]).fetchone()[0]
            for lease in (stopped, other)
        ]

    assert parts[0] is None and parts[1]
    assert deliver(worker_url, work, stopped, "late") is False
    assert deliver(worker_url, work, other, "in time") is True
    assert deliver(worker_url, work, other, "twice") is False
    assert [given.reason for _, given in desk.arrived([work])] == ["in time"]


def test_the_same_work_waits_once(desk: Any, queue: str, put: Callable[[], int]) -> None:
    """Two runs that put the same in wait for the same result; each parcel is written once."""
    assert put() == put()

    with connect(queue) as connection:
        counts = [connection.execute(f"select count(*) from {table}").fetchone()[0] for table in ("work", "blob")]
    assert counts == [1, 2]


def test_who_hands_in_the_same_has_a_result_too(desk: Any, job: Job) -> None:
    """Two students with the same file are two pieces of work, of which each comes back."""
    shutil.copytree(job.root / "submitted" / "ada", job.root / "submitted" / "bob")

    works = {desk.put(each, "the same file") for each in (job, replace(job, student="bob"))}

    assert len(works) == 2


def test_what_three_workers_were_lost_over_needs_a_person(
    queue: str, worker_url: str, desk: Any, put: Callable[[], int]
) -> None:
    """A fourth does not get it; the teacher is told why; the next run tries again."""
    work = put()
    for _ in range(MOST_TRIES):
        assert take(worker_url, work)
        begun(queue, work)
        desk._rescue([work])

    assert not take(worker_url, work)
    ((_, given),) = desk.arrived([work])
    assert (given.grader_failed, given.reason) == (True, "3 workers that graded it were lost")
    assert put() == work
    assert take(worker_url, work)


def test_a_job_that_came_to_nothing_is_put_in_again(
    desk: Any, queue: str, worker_url: str, put: Callable[[], int]
) -> None:
    """Whatever became of Procrastinate's job, work that waits has one that can be taken."""
    work = put()
    with connect(queue) as connection:
        connection.execute("update procrastinate_jobs set status = 'doing'")
        connection.execute("update procrastinate_jobs set status = 'failed'")

    desk._rescue([work])

    with connect(queue) as connection:
        said = "select status::text, args from procrastinate_jobs join work on work.job_id = procrastinate_jobs.id"
        assert connection.execute(said).fetchall() == [("todo", {"work": work})]


@pytest.mark.parametrize(
    "statement",
    [
        "select * from work",
        "select * from blob",
        "select * from result",
        "insert into result values (1, '{}', '', 'me')",
        "update work set state = 'done'",
        "update procrastinate_jobs set args = '{}'",
        "delete from procrastinate_jobs",
        "insert into procrastinate_jobs (queue_name, task_name) values ('a', 'b')",
        "select procrastinate_defer_jobs_v1(array[]::procrastinate_job_to_defer_v1[])",
        "create table chainrule_queue.mine (a int)",
    ],
)
def test_a_worker_may_do_what_a_worker_must(worker_url: str, statement: str) -> None:
    """It reads no table of ours, puts nothing in, and changes no work."""
    import psycopg

    with connect(worker_url) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute(statement)


@pytest.mark.on_both
def test_what_travels_names_no_gradebook_and_nobody(class_copy: Course, postgres: Server) -> None:
    """The course's parcel is the same each time, and holds no address of the gradebook, no student and no mark."""
    import gzip

    parcel = course_parcel(class_copy, "small")

    text = gzip.decompress(parcel)
    assert parcel == course_parcel(class_copy, "small")
    assert b"square-solution" in text and b"nbgrader_config.py" in text
    for secret in (url_of(class_copy), str(postgres.folder), "benoit", "Lovelace", "No idea, sorry"):
        assert secret.encode() not in text


STUB = (
    QUICKLY
    + """
import sys
from chainrule.sharing import worker
worker._Bench._course = lambda self, connection, work, lease, name: None
worker._Bench._grade = lambda self, *_: ({"reason": "a stub", "grader_failed": False, "graded": False}, b"")
worker.serve(sys.argv[1], until_empty=True)
"""
)


def test_a_worker_takes_what_its_own_release_grades(
    queue: str, worker_url: str, desk: Any, job: Job, put: Callable[[], int]
) -> None:
    """Work of another release's waits for a worker of that release."""
    own, desk.queue = desk.queue, "another release"
    other = int(desk.put(job, "all that its marks depend on"))
    desk.queue = own
    work = put()

    subprocess.run([sys.executable, "-c", STUB, worker_url], check=True, timeout=A_WHILE)

    assert [(number, given.reason) for number, given in desk.arrived([work, other])] == [(work, "a stub")]


SLOW = (
    QUICKLY
    + """
import sys, time
from chainrule.cli import main
from chainrule.sharing import worker
def grade(self, *_):
    print("begun", flush=True)
    time.sleep(3600)
worker._Bench._course = lambda self, connection, work, lease, name: None
worker._Bench._grade = grade
sys.exit(main(["worker", "--queue", sys.argv[1]]))
"""
)


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_a_worker_that_is_told_to_stop_gives_back_what_it_has(
    queue: str, worker_url: str, desk: Any, put: Callable[[], int], how: signal.Signals
) -> None:
    """At once, not when its lease has run out, and not as if it had been tried; another worker takes it."""
    work = put()
    desk.lease = A_WHILE
    told = subprocess.Popen([sys.executable, "-c", SLOW, worker_url], stdout=subprocess.PIPE)
    assert told.stdout and told.stdout.readline() == b"begun\n"

    told.send_signal(how)
    told.communicate(timeout=A_WHILE)

    assert told.returncode == 128 + how
    with connect(queue) as connection:
        assert connection.execute("select lease, tries from work").fetchall() == [(None, 0)]
    desk._rescue([work])
    subprocess.run([sys.executable, "-c", STUB, worker_url], check=True, timeout=A_WHILE)
    assert [given.reason for _, given in desk.arrived([work])] == ["a stub"]


GRADE = (
    QUICKLY
    + """
import sys
from chainrule.cli import main
from chainrule.sharing import central
central.LEASE = {lease}
sys.exit(main())
"""
)


QUIETLY = ["grade", "--no-feedback", "--quiet", "--workers", "1", "--json", "out.json"]


def outcomes(course: Course) -> dict[str, Any]:
    return {one["student"]: {**one} for one in json.loads((course.root / "out.json").read_text())}


@dataclass
class Team:
    """Workers with folders of their own, and the run that waits for them."""

    queue: str
    worker_url: str
    folder: Path
    run: subprocess.Popen[bytes] | None = None
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def grade(self, course: Course) -> None:
        """Begin a run that waits for the queue."""
        command = [sys.executable, "-c", GRADE.format(lease=LEASE), *QUIETLY, "--queue", self.queue]
        self.run = subprocess.Popen(command, cwd=course.root, stderr=subprocess.PIPE)

    def start(self) -> subprocess.Popen[bytes]:
        """One more worker."""
        place = self.folder / f"worker-{len(self.workers)}"
        place.mkdir()
        environment = {**os.environ, "CHAINRULE_QUEUE": self.worker_url, "TMPDIR": str(place)}
        with (self.folder / "workers.log").open("ab") as log:
            self.workers.append(subprocess.Popen([CHAINRULE, "worker"], cwd=place, env=environment, stderr=log))
        return self.workers[-1]

    def until(self, leased: bool) -> None:
        """Wait until a worker has work in hand, or none has."""
        assert self.run
        last = time.monotonic() + A_WHILE
        while time.monotonic() < last:
            with connect(self.queue) as connection:
                (count,) = connection.execute("select count(*) from work where lease is not null").fetchone()
            if bool(count) == leased:
                return
            assert self.run.poll() is None, self.run.communicate()
            time.sleep(0.1)
        raise AssertionError("it never came to pass")

    def end(self) -> None:
        """End all workers."""
        for process in self.workers:
            with suppress(ProcessLookupError):
                process.send_signal(signal.SIGCONT)
            process.terminate()
            process.wait(A_WHILE)


@pytest.fixture
def team(queue: str, worker_url: str, tmp_path: Path) -> Iterator[Team]:
    """Nobody yet; ends whom the test starts."""
    made = Team(queue, worker_url, tmp_path)
    yield made
    made.end()


@pytest.fixture
def alone(released_course: Course, tmp_path: Path) -> Course:
    """A class that was graded calmly, on one machine and without a queue; one student looks around."""
    course = Course(tmp_path / "alone")
    shutil.copytree(released_course.root, course.root)
    for number, answers in enumerate(ANSWERS.values()):
        hand_in(course, f"student-{number}", json.dumps(answered(course, answers)), at="2026-11-01 10:00:00")
    hand_in(course, "peeks", json.dumps(answered(course, {**ANSWERS["ada"], "square-solution": PEEKS})))
    hand_in(course, "broken", "this is no notebook")
    shutil.copytree(course.root, tmp_path / "course")
    calm = subprocess.run([CHAINRULE, *QUIETLY], cwd=course.root, capture_output=True, text=True)
    assert calm.returncode == 0, calm.stderr
    return course


def test_a_class_through_the_queue_is_a_class_without_it(
    alone: Course, team: Team, postgres: Server, tmp_path: Path
) -> None:
    """A worker is killed with work in hand, another is stopped past its lease and goes on, the database crashes: the
    rows and outcomes are those of a run on one machine, and student code saw no address."""
    course = Course(tmp_path / "course")
    killed = team.start()
    team.grade(course)
    team.until(leased=True)
    killed.kill()
    team.until(leased=False)
    stopped = team.start()
    team.until(leased=True)
    stopped.send_signal(signal.SIGSTOP)
    team.until(leased=False)
    team.start()
    team.until(leased=True)
    stopped.send_signal(signal.SIGCONT)
    postgres.end(signal.SIGQUIT)
    postgres.start()
    assert team.run
    _, errors = team.run.communicate(timeout=A_WHILE)

    assert team.run.returncode == 0, errors.decode() + (tmp_path / "workers.log").read_text()
    assert marks_in(url_of(course)) == marks_in(url_of(alone))
    assert outcomes(course) == outcomes(alone)
    seen = (course.root / "autograded" / "peeks" / "small" / "small.ipynb").read_text()
    assert "PYTHONHASHSEED" in seen
    assert str(postgres.folder) not in seen and "postgresql" not in seen
