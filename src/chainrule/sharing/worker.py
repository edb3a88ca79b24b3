"""A worker: it takes a submission from the queue, grades it in a folder of its own, and gives the result back.

It needs this package and a connection; no folder of the course's, and no way to the gradebook. Student code runs in the
same sandbox as elsewhere, below a process that does not know the connection.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import shutil
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Coroutine
from concurrent.futures import Future, InvalidStateError
from contextlib import suppress
from typing import Any, Final

from chainrule.classroom.jobs import Job, grade_one, most_seconds
from chainrule.classroom.results import graded_folder
from chainrule.classroom.worker import WorkFailed
from chainrule.classroom.workers import Workers
from chainrule.course import Course, CourseError
from chainrule.interruption import ENDING, Stopped, undisturbed
from chainrule.live_folder import LiveFolder
from chainrule.sharing.parcels import engine_id, fresh_gradebook, hash_of_bytes, outcome_of, pack, unpack
from chainrule.sharing.schema import Line, QueueLost, connect, plain, settings

__all__ = ["TASK", "serve", "task_app"]

TASK: Final = "chainrule.grade"
HEARTBEAT: Final = 5.0
POLL: Final = 2.0
PATIENCE: Final = 1800.0
"""Seconds that a result is kept for a database that cannot be reached."""
MOST_COURSES: Final = 4


def task_app(url: str) -> Any:
    """Procrastinate, on the queue at this address."""
    from procrastinate import App, PsycopgConnector

    connector = PsycopgConnector(conninfo=plain(url), kwargs=settings(), min_size=1, max_size=4)
    return App(connector=connector)


def serve(url: str, *, until_empty: bool = False) -> int:
    """Take work until this is told to stop; how many submissions were graded.

    Args:
        url: where the queue is.
        until_empty: end as soon as nothing waits, as a job of a cluster does.
    """
    connect(url).close()
    # What grades for this process must not inherit the way to the queue.
    for name in [name for name in os.environ if name.startswith("PG") or name == "CHAINRULE_QUEUE"]:
        del os.environ[name]
    logging.getLogger("procrastinate").setLevel(logging.CRITICAL)
    with Workers(1) as workers:
        bench = _Bench(url, workers)
        try:
            told = asyncio.run(_until_told(_serve(url, bench, until_empty), bench))
        finally:
            with undisturbed():
                bench.stop()
    if told:
        raise Stopped(told)
    return bench.count


async def _until_told(serving: Coroutine[Any, Any, None], bench: _Bench) -> int:
    """Serve until a signal asks this process to end, and let go of what is in hand then; which signal, if one did.

    An exception that a signal raises somewhere in the loop would not do: Procrastinate takes it for the job's.
    """
    task, loop, told = asyncio.create_task(serving), asyncio.get_running_loop(), []

    def stop(signum: int) -> None:
        told.append(signum)
        task.cancel()
        bench.let_go()

    for signum in (signal.SIGINT, *ENDING):
        if signal.getsignal(signum) != signal.SIG_IGN:
            loop.add_signal_handler(signum, stop, signum)
    with suppress(asyncio.CancelledError):
        await task
    return told[0] if told else 0


async def _serve(url: str, bench: _Bench, until_empty: bool) -> None:
    """Run Procrastinate's worker; again where the database went away or took this worker for dead."""
    from procrastinate.worker import Worker

    queue, this = engine_id(), asyncio.current_task()
    while not (this and this.cancelling()):
        app = task_app(url)

        @app.task(name=TASK)  # type: ignore[untyped-decorator]
        async def grade(work: int) -> None:
            await bench.begin(work)

        try:
            async with app.open_async():
                worker = Worker(
                    app,
                    queues=[queue],
                    wait=not until_empty,
                    concurrency=1,
                    install_signal_handlers=False,
                    fetch_job_polling_interval=POLL,
                    # Who is dead is decided by who waits for the work, not by another worker.
                    stalled_worker_timeout=86400.0,
                )
                heart = asyncio.create_task(_beat(app, worker))
                try:
                    await worker.run()  # type: ignore[no-untyped-call]
                finally:
                    heart.cancel()
            if until_empty:
                return
        except Exception as error:  # whatever the database or the network does to it, a worker goes on
            print(f"{type(error).__name__}: {error}; trying again", file=sys.stderr, flush=True)
        await asyncio.sleep(POLL)


async def _beat(app: Any, worker: Any) -> None:
    """Say now and then that this worker lives; Procrastinate's own heart stops where the database went away."""
    while True:
        with suppress(Exception):
            if worker.worker_id is not None:
                await app.job_manager.update_heartbeat(worker.worker_id)
        await asyncio.sleep(HEARTBEAT)


def _in_thread(function: Callable[[int], None], work: int) -> Future[None]:
    """Like an executor's, but a thread that nobody waits for when the worker is told to stop."""
    future: Future[None] = Future()

    def run() -> None:
        try:
            function(work)
        except BaseException as error:
            with suppress(InvalidStateError):
                future.set_exception(error)
        else:
            with suppress(InvalidStateError):
                future.set_result(None)

    threading.Thread(target=run, daemon=True).start()
    return future


class _Bench:
    """Where a worker does its work: one folder a course, and one process that grades."""

    def __init__(self, url: str, workers: Workers) -> None:
        self.url, self.workers, self.count = url, workers, 0
        self._line = Line(url)
        self.name = f"{socket.gethostname()} {os.getpid()}"
        self._folder = LiveFolder()
        self._courses: list[str] = []
        self._held: tuple[int, str] | None = None
        self._under_way: Future[None] | None = None
        self._stopping = False

    async def begin(self, work: int) -> None:
        """Have a submission graded; where this is told to stop, it is given back before its job ends.

        Raises:
            CancelledError: this was told to stop.
        """
        if self._stopping:
            raise asyncio.CancelledError
        self._under_way = _in_thread(self.do, work)
        try:
            await asyncio.wrap_future(self._under_way)
        except asyncio.CancelledError:
            self._give_back()
            raise

    def let_go(self) -> None:
        """Begin nothing more, and wait for nothing that is under way."""
        self._stopping = True
        if self._under_way:
            self._under_way.cancel()

    def stop(self) -> None:
        """Give back what is in hand, and remove all folders."""
        self._give_back()
        self._folder.close()

    def _give_back(self) -> None:
        """Let go of what is in hand, as if it had not been tried."""
        held, self._held = self._held, None
        if held:
            with suppress(Exception), connect(self.url) as connection:
                connection.execute("select give_back(%s, %s)", held)

    def do(self, work: int) -> None:
        """Grade a submission, unless somebody else has it or it is done."""
        import psycopg

        with self._line.open() as connection:
            taken = connection.execute("select lease, body from take(%s)", [work]).fetchone()
        if not taken:
            return
        lease, body = taken
        self._held = work, str(lease)
        try:
            with self._line.open() as connection:
                course = self._course(connection, work, lease, body["course"])
                submission = _part(connection, work, lease, body["submission"])
            outcome, folder = self._grade(course, body, submission)
            self._deliver(work, lease, outcome, folder)
        except (QueueLost, psycopg.OperationalError):
            self._give_back()
            raise
        self._held = None

    def _course(self, connection: Any, work: int, lease: Any, name: str) -> Course:
        place = self._folder.path / name
        if name not in self._courses:
            unpack(_part(connection, work, lease, name), place)
            self._courses.append(name)
            while len(self._courses) > MOST_COURSES:
                shutil.rmtree(self._folder.path / self._courses.pop(0), ignore_errors=True)
        return Course(place)

    def _grade(self, course: Course, body: dict[str, Any], submission: bytes) -> tuple[dict[str, Any], bytes]:
        assignment, student = body["assignment"], body["student"]
        for left in (course.submitted, course.root / "autograded", course.state / "results", course.root / "history"):
            shutil.rmtree(left, ignore_errors=True)
        fresh_gradebook(course.root)
        unpack(submission, course.submitted / student / assignment)
        job = Job(course.root, assignment, student, feedback=False, force=True)
        self.workers.seconds = most_seconds(course)
        ((_, result),) = self.workers.run(grade_one, [job])
        if isinstance(result, WorkFailed):
            return {"reason": f"the grader itself failed: {result}", "grader_failed": True, "graded": False}, b""
        folder = graded_folder(course, job)
        return outcome_of(result), pack(folder, [folder]) if result.questions else b""

    def _deliver(self, work: int, lease: Any, outcome: dict[str, Any], folder: bytes) -> None:
        """Write the result, if the lease still holds: in one transaction with the end of the work."""
        import psycopg

        last = time.monotonic() + PATIENCE
        while True:
            try:
                with self._line.open() as connection:
                    said = [work, lease, json.dumps(outcome), folder, self.name]
                    (kept,) = connection.execute("select deliver(%s, %s, %s, %s, %s)", said).fetchone()
                self.count += kept
                return
            except (QueueLost, psycopg.OperationalError):
                if time.monotonic() > last:
                    raise
                time.sleep(POLL)


def _part(connection: Any, work: int, lease: Any, name: str) -> bytes:
    """A parcel, if this worker may still have it.

    Raises:
        CourseError: the lease is lost, or what came is not what was asked for.
    """
    (content,) = connection.execute("select part(%s, %s, %s)", [work, lease, name]).fetchone()
    if content is None or hash_of_bytes(bytes(content)) != name:
        raise CourseError("the work was given to another worker")
    return bytes(content)
