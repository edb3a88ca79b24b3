"""A gradebook that is held or out of reach for a moment costs nobody a mark; the queue's teacher does the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from chainrule.classroom import second_tries
from chainrule.classroom.jobs import Job, grade_one
from chainrule.classroom.machine_faults import GONE
from chainrule.classroom.report import Result
from chainrule.classroom.second_tries import until_it_passes
from chainrule.engine.cells import Status


class Away:
    """Workers whose gradebook is out of reach for so many jobs."""

    def __init__(self, jobs: int) -> None:
        self.left, self.begun = jobs, list[str]()

    def run(self, function: object, jobs: list[Job], watch: object = None) -> Iterator[tuple[Job, Result]]:
        for job in list(jobs):
            self.begun.append(job.student)
            failed, self.left = self.left > 0, self.left - 1
            reason = f"{GONE}. Grade again" if failed else ""
            yield job, Result("a", job.student, Status.GRADED, reason, 1.0, 1.0, grader_failed=failed)


@pytest.fixture
def jobs(tmp_path: Path) -> list[Job]:
    return [Job(tmp_path, "a", student) for student in ("ada", "bob", "eve")]


def outcomes(workers: Away, jobs: list[Job]) -> dict[str, bool]:
    """Whether each was graded; one result each."""
    found = list(until_it_passes(workers, grade_one, jobs, None))  # type: ignore[arg-type]
    assert Counter(job.student for job, _ in found) == Counter(job.student for job in jobs)
    return {job.student: not outcome.grader_failed for job, outcome in found}


def test_a_server_that_comes_back_costs_nobody(jobs: list[Job], monkeypatch: pytest.MonkeyPatch) -> None:
    """All fail at first; one is tried until the server is back, and the others follow."""
    monkeypatch.setattr(second_tries, "LOOK", 0.0)
    workers = Away(5)

    assert outcomes(workers, jobs) == {"ada": True, "bob": True, "eve": True}
    assert workers.begun == ["ada", "bob", "eve", "ada", "ada", "ada", "bob", "eve"]


def test_a_server_that_stays_away_is_told_of_each(jobs: list[Job], monkeypatch: pytest.MonkeyPatch) -> None:
    """When patience ends, one was tried again and not the whole class."""
    monkeypatch.setattr(second_tries, "PATIENCE", -1.0)
    workers = Away(100)

    assert outcomes(workers, jobs) == {"ada": False, "bob": False, "eve": False}
    assert workers.begun == ["ada", "bob", "eve", "ada"]


def test_a_server_that_goes_away_again_is_waited_for_again(jobs: list[Job], monkeypatch: pytest.MonkeyPatch) -> None:
    """A second fault among those that are tried again is met like the first."""
    monkeypatch.setattr(second_tries, "LOOK", 0.0)
    workers = Away(3)
    begin = workers.run

    def run(function: object, jobs: list[Job], watch: object = None) -> Iterator[tuple[Job, Result]]:
        if len(workers.begun) == 4:
            workers.left = 2
        return begin(function, jobs, watch)

    monkeypatch.setattr(workers, "run", run)

    assert outcomes(workers, jobs) == {"ada": True, "bob": True, "eve": True}
    assert workers.begun == ["ada", "bob", "eve", "ada", "bob", "eve", "bob", "eve"]
