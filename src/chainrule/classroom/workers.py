"""Worker processes on this machine.

    with Workers(2) as workers:
        for job, outcome in workers.run(grade_one, jobs): ...

Each worker is watched. One that dies, is stopped or hangs is replaced, and the submission that it had in hand is
graded again. When the block ends, for whatever reason, no process and no folder of the run is left.
"""

from __future__ import annotations

import os
import pickle
import socket
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import wait
from typing import TYPE_CHECKING, Any, Final, Self

from chainrule.classroom.worker import ALIVE, BEAT, WorkFailed, main
from chainrule.crossing.channel import Channel, ConnectionLost
from chainrule.fork_server import ONE_THREAD, ForkServer, ServerLost, adopt_orphans, alone, is_stopped
from chainrule.interruption import undisturbed
from chainrule.live_folder import LiveFolder, sweep

if TYPE_CHECKING:
    import psutil

__all__ = ["Workers"]

PROGRAM: Final = "from chainrule.classroom.worker import main; main({orders}, {parent})"
START_TIME: Final = 120.0
"""Seconds for the first fork, before which everything is imported."""
SOON: Final = 20.0
SILENCE: Final = 30.0
"""Seconds without a sign of life after which a worker counts as hanging. One that was stopped is known to be sooner."""
MOST_TRIES: Final = 3
LAST_WORDS: Final = f"the process that graded it ended {MOST_TRIES} times"
PATIENCE: Final = 10.0


@dataclass
class _Task:
    """A job, and how many workers have begun it."""

    job: Any
    tries: int = 0


@dataclass
class _Worker:
    """One worker process, and what it has in hand."""

    pid: int
    channel: Channel
    core: int | None = None
    task: _Task | None = None
    heard: float = 0.0
    until: float = 0.0

    def news(self) -> Iterator[bytes]:
        """The messages that have arrived; raises ConnectionLost where there will be no more."""
        with suppress(TimeoutError):
            while True:
                yield self.channel.receive(time.monotonic() + 0.05)
                if self.channel.idle:
                    return

    def silent(self) -> bool:
        """Whether it has been quiet, or has had its job, for too long."""
        now = time.monotonic()
        quiet = now - self.heard
        # The system says of a stopped process that it is; a busy machine can make any other miss a few beats.
        stopped = quiet > 3 * BEAT and is_stopped(self.pid)
        return stopped or quiet > SILENCE or (self.task is not None and now > self.until)


class Workers:
    """Processes that do jobs, and a folder for all that they leave.

    Args:
        count: how many (default: one a core).
        seconds: what one job may take.
        at_once: whether what workers are forked from is made ready now, and not when there is something to do.
    """

    def __init__(self, count: int | None = None, seconds: float = 3600.0, *, at_once: bool = True) -> None:
        self.count = count or os.cpu_count() or 1
        self.seconds = seconds
        self.at_once = at_once
        self._server: ForkServer | None = None
        self._patience = START_TIME
        self._workers: list[_Worker] = []

    def __enter__(self) -> Self:
        # What a run that was killed has left; then orphans come here, so that none of this run's is out of reach.
        sweep()
        # Whoever grades from a program of their own has processes of their own, which are none of our business.
        self._others = _children()
        adopt_orphans(True)
        self._folder = LiveFolder()
        try:
            self._server = self._serve() if self.at_once else None
        except BaseException:
            self._tidy()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        """End everything at once: results are in the gradebook when they come, so nothing waits to be finished."""
        with undisturbed():
            if self._server:
                self._server.end()
            self._tidy()

    def _tidy(self) -> None:
        for worker in self._workers:
            worker.channel.close()
        _end_children(self._others)
        self._folder.close()
        adopt_orphans(False)

    def run(
        self, function: Callable[[Any], Any], jobs: Iterable[Any], watch: Callable[[list[Any]], None] | None = None
    ) -> Iterator[tuple[Any, Any]]:
        """Do all jobs; yields each with what came of it, which is a `WorkFailed` where the function raised.

        Args:
            function: what does a job.
            jobs: the jobs, begun in this order.
            watch: told, at every beat, of the jobs that are under way.

        Raises:
            ServerLost: no worker can be started.
        """
        waiting = deque(_Task(job) for job in jobs)
        while waiting or any(worker.task for worker in self._workers):
            self._employ(function, waiting)
            if watch:
                watch([worker.task.job for worker in self._workers if worker.task])
            wait([worker.channel.fileno() for worker in self._workers], BEAT)
            for worker in list(self._workers):
                yield from self._hear(worker, waiting)

    def _hear(self, worker: _Worker, waiting: deque[_Task]) -> Iterator[tuple[Any, Any]]:
        """What a worker has finished. The task of one that is lost goes back to those that wait."""
        try:
            for message in worker.news():
                worker.heard = time.monotonic()
                if message != ALIVE and worker.task:
                    task, worker.task = worker.task, None
                    yield task.job, pickle.loads(message)
        except ConnectionLost:
            worker.heard = 0.0
        if worker.silent():
            self._part_with(worker)
            if worker.task and worker.task.tries < MOST_TRIES:
                waiting.appendleft(worker.task)
            elif worker.task:
                yield worker.task.job, WorkFailed(LAST_WORDS)

    def _employ(self, function: Callable[[Any], Any], waiting: deque[_Task]) -> None:
        """Give every worker something to do, and start the ones that are missing."""
        idle = [worker for worker in self._workers if not worker.task]
        while waiting and (idle or len(self._workers) < self.count):
            worker = idle.pop() if idle else self._hire()
            try:
                worker.channel.send(pickle.dumps((function, waiting[0].job)), time.monotonic() + PATIENCE)
            except (ConnectionLost, TimeoutError):
                self._part_with(worker)
                continue
            worker.task = waiting.popleft()
            worker.task.tries += 1
            worker.heard = time.monotonic()
            worker.until = worker.heard + self.seconds

    def _hire(self) -> _Worker:
        mine, theirs = socket.socketpair()
        with theirs:
            self._server = self._server or self._serve()
            try:
                pid = self._server.fork([theirs.fileno()], self._patience)
            except ServerLost:
                self._server = self._serve()
                pid = self._server.fork([theirs.fileno()], self._patience)
        self._patience = SOON
        worker = _Worker(pid, Channel(mine), core=self._free_core(), heard=time.monotonic())
        _keep_on(pid, worker.core)
        self._workers.append(worker)
        return worker

    def _free_core(self) -> int | None:
        """The core of a new worker, where each has one; None where the system shall decide."""
        cores = _cores()
        if self.count != len(cores):
            return None
        taken = [worker.core for worker in self._workers]
        return next((core for core in cores if core not in taken), None)

    def _part_with(self, worker: _Worker) -> None:
        if self._server:
            self._server.kill(worker.pid)
        worker.channel.close()
        self._workers.remove(worker)

    def _serve(self) -> ForkServer:
        """Start the process that workers are forked from."""
        self._patience = START_TIME
        environment = {**ONE_THREAD, **os.environ, "TMPDIR": str(self._folder.path)}
        output = sys.__stderr__.fileno() if sys.__stderr__ else None
        # A command has imported what workers need, which takes as long as to grade a submission or two.
        if alone():
            return ForkServer.from_here(main, environment, output)
        # A fresh process, without this one's threads and open gradebook.
        return ForkServer(PROGRAM, environment, output)


def _cores() -> list[int]:
    """The cores that this process may use, where the system says so (Linux)."""
    return sorted(os.sched_getaffinity(0)) if sys.platform == "linux" else []


def _keep_on(pid: int, core: int | None) -> None:
    """Keep a worker and all that it starts on one core.

    A worker, its kernel and its referee wait for each other, and each message wakes one of them. Where as many workers
    as cores are at work, the system moves them from core to core, and one core stands still while two of them share
    another.
    """
    if core is not None:
        with suppress(OSError):
            os.sched_setaffinity(pid, {core})


def _children() -> list[psutil.Process]:
    import psutil

    children: list[psutil.Process] = psutil.Process().children()
    return children


def _end_children(others: list[psutil.Process]) -> None:
    """End and bury what this process started, orphans of its children too, and no other's family."""
    import psutil

    def ours() -> list[psutil.Process]:
        mine = [child for child in _children() if child not in others]
        return [process for child in mine for process in (child, *_family(child))]

    until = time.monotonic() + PATIENCE
    while (left := ours()) and time.monotonic() < until:
        for process in left:
            with suppress(psutil.Error):
                process.kill()
        psutil.wait_procs(left, timeout=1)


def _family(process: psutil.Process) -> list[psutil.Process]:
    import psutil

    try:
        family: list[psutil.Process] = process.children(recursive=True)
    except psutil.Error:  # it has just ended: what it leaves comes here
        return []
    return family
