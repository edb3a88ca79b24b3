"""Processes that die, are stopped or are told to stop, in real runs: no mark moves, and nothing is left behind."""

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
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
import psutil
import pytest
from nbgrader.api import Gradebook
from sqlalchemy import text

from chainrule.classroom.workers import SILENCE
from chainrule.course import Course
from chainrule.engine.nbgrader_seams import shared_engines
from small_class import made_once

CHAINRULE = Path(sys.executable).parent / "chainrule"
SQUARE = "import time\ntime.sleep(0.5)\ndef square(x):\n    return x * x"
TOTAL = "def total(numbers):\n    return sum(map(square, numbers))"
FORGETS = "def total(numbers):\n    return sum(numbers)"
ANSWERS = {f"student-{number}": TOTAL if number % 3 else FORGETS for number in range(6)}
A_WHILE = 1800.0
"""Seconds for what takes one or two on a quiet machine; a busy one may be a hundred times as slow."""

Wanted = Callable[[psutil.Process], bool]


@dataclass
class Run:
    """A run of `chainrule grade` that has begun, with its course and its folder for temporary files."""

    course: Course
    process: subprocess.Popen[str]
    temporary: Path

    def family(self) -> list[psutil.Process]:
        """All processes that it has started and that still run."""
        return psutil.Process(self.process.pid).children(recursive=True)

    def those(self, wanted: Wanted) -> list[psutil.Process]:
        """The ones of a kind. A process may end while it is looked at."""
        found = []
        for process in self.family():
            with suppress(psutil.Error):
                if process.status() != psutil.STATUS_ZOMBIE and wanted(process):
                    found.append(process)
        return found

    def graded(self) -> int:
        """How many submissions are done."""
        return len(list((self.course.state / "results").glob("*/*.json")))

    def end(self) -> tuple[int, str, str]:
        """Wait for it: exit code, standard output and standard error."""
        output, errors = self.process.communicate(timeout=2 * A_WHILE)
        return self.process.returncode, output, errors


def is_server(process: psutil.Process) -> bool:
    return depth(process) == 2


def is_worker(process: psutil.Process) -> bool:
    return depth(process) == 3


def depth(process: psutil.Process | None) -> int:
    """1 for the command, 2 for what workers are forked from, 3 for a worker; 0 for anything else."""
    # The server is a copy of the command, or a fresh process where the first one died.
    words = " ".join(process.cmdline()) if process is not None else ""
    known = f"{CHAINRULE} grade" in words or "chainrule.classroom.worker" in words
    return 1 + depth(process.parent()) if process is not None and known else 0


def is_referee(process: psutil.Process) -> bool:
    return "chainrule.referee.process" in " ".join(process.cmdline())


def is_sandbox(process: psutil.Process) -> bool:
    """The warm parent in its sandbox, and the process that keeps that."""
    return "chainrule.inside.warm" in " ".join(process.cmdline())


def until(true: Callable[[], Any]) -> Any:
    """Wait until this is so; return what it gave."""
    last = time.monotonic() + A_WHILE
    while time.monotonic() < last:
        with suppress(psutil.Error):
            if found := true():
                return found
        time.sleep(0.05)
    raise AssertionError("it never came to pass")


def busy(run: Run, wanted: Wanted) -> list[psutil.Process]:
    """The processes of a kind, as soon as there are any: the run has all its work before it then."""
    found = until(lambda: run.those(wanted) or run.process.poll() is not None)
    assert isinstance(found, list), run.end()
    return found


def gone(processes: list[psutil.Process]) -> bool:
    """Whether all of these end, soon and by themselves."""
    return not psutil.wait_procs(processes, timeout=A_WHILE)[1]


def marks(output: str) -> dict[str, tuple[str, float]]:
    """State (or the reason why it has none) and score by student, from what `--json -` printed."""
    results = json.loads(output)
    return {result["student"]: (result["reason"] or result["status"], result["score"]) for result in results}


@pytest.fixture(scope="module")
def handed_in(released_course: Course, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course with a small class in `submitted/`, which the processes of one run of the tests share; to be copied."""
    return made_once(tmp_path_factory, "deaths", lambda root: hand_in(released_course, root)).root


def hand_in(released_course: Course, root: Path) -> None:
    """Make the course."""
    shutil.copytree(released_course.root, root)
    course = Course(root)
    release = nbformat.read(course.release / "small" / "small.ipynb", as_version=4)
    for student, total in ANSWERS.items():
        folder = course.submitted / student / "small"
        folder.mkdir(parents=True)
        for cell in release.cells:
            cell.source = {"square-solution": SQUARE, "total-solution": total}.get(cell.id, cell.source)
        nbformat.write(release, folder / "small.ipynb")
    # Where the self-test is known, what dies has a submission in hand; it is made here as it is before any class.
    subprocess.run([CHAINRULE, "check"], cwd=root, check=True, capture_output=True)


@pytest.fixture(scope="module")
def calm() -> dict[str, tuple[str, float]]:
    """What a run that nobody disturbs gives."""
    return {student: ("graded", 3.5 if total == TOTAL else 2.5) for student, total in ANSWERS.items()}


@pytest.fixture
def begin(handed_in: Path, tmp_path: Path) -> Iterator[Callable[..., Run]]:
    """Begins a run on a course of its own, with no other folder for temporary files than its own; ends what is left."""
    root, temporary = tmp_path / "course", tmp_path / "temporary"
    shutil.copytree(handed_in, root)
    temporary.mkdir()
    begun: list[Run] = []

    def begin(*options: str, tmpdir: Path = temporary) -> Run:
        command = [str(CHAINRULE), "grade", "--json", "-", "--no-feedback", "--workers", "2", *options]
        environment = {**os.environ, "TMPDIR": str(tmpdir)}
        pipe = subprocess.PIPE
        process = subprocess.Popen(command, cwd=root, env=environment, stdout=pipe, stderr=pipe, text=True)
        begun.append(Run(Course(root), process, tmpdir))
        return begun[-1]

    yield begin
    for run in begun:
        run.process.kill()
        run.process.communicate()


@pytest.mark.parametrize("victim", [is_referee, is_worker, is_sandbox, is_server])
def test_a_process_that_is_killed_costs_nothing(
    begin: Callable[..., Run], calm: dict[str, tuple[str, float]], victim: Wanted
) -> None:
    """It is replaced, what it had in hand is graded again, and every mark is what it is in a calm run."""
    run = begin()
    (first, *_) = busy(run, victim)

    first.kill()
    code, output, errors = run.end()

    assert (code, marks(output)) == (0, calm), errors
    assert "Traceback" not in errors
    assert not list(run.temporary.iterdir())


def is_any(process: psutil.Process) -> bool:
    return True


@pytest.mark.parametrize("victim", [is_referee, is_any])
def test_processes_that_are_stopped_cost_nothing(
    begin: Callable[..., Run], calm: dict[str, tuple[str, float]], victim: Wanted
) -> None:
    """They count as dead after a while, also where all of them are stopped."""
    run = begin()
    family = busy(run, is_sandbox) + run.family()
    for process in run.those(victim):
        with suppress(psutil.Error):
            process.suspend()

    code, output, errors = run.end()

    assert (code, marks(output)) == (0, calm), errors
    assert gone(family)
    assert not list(run.temporary.iterdir())


def test_a_submission_whose_worker_dies_again_and_again_needs_a_person(begin: Callable[..., Run]) -> None:
    """It is given up after three workers, with a reason; the run goes on to its end, and its exit code tells."""
    run = begin("--workers", "1", "--student", "student-0")
    killed = set()
    while run.process.poll() is None:
        with suppress(psutil.Error):
            for process in run.those(is_worker):
                killed.add(process.pid)
                process.kill()
        time.sleep(0.01)

    code, output, _ = run.end()

    (result,) = json.loads(output)
    assert code == 1
    assert (result["status"], result["grader_failed"]) == ("needs a person", True)
    assert "ended 3 times" in result["reason"]
    assert len(killed) >= 3
    assert not list(run.temporary.iterdir())


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_a_run_that_is_told_to_stop_stops_at_once(
    begin: Callable[..., Run], calm: dict[str, tuple[str, float]], how: signal.Signals
) -> None:
    """It says what is done, without a traceback; no process and no folder is left; the next run goes on from there."""
    run = begin()
    family = busy(run, is_sandbox) + run.family()

    run.process.send_signal(how)
    code, output, errors = run.end()

    assert code == 128 + how
    assert f"of {len(ANSWERS)} submissions are graded." in errors
    assert "Traceback" not in errors + output
    assert run.graded() < len(ANSWERS)
    assert gone(family)
    assert not list(run.temporary.iterdir())
    assert marks(begin().end()[1]) == calm


def test_a_run_that_is_killed_takes_its_processes_along(
    begin: Callable[..., Run], calm: dict[str, tuple[str, float]]
) -> None:
    """Its folders are swept by the next run, which also finishes the work; those of a live run are let alone."""
    run = begin()
    family = busy(run, is_sandbox) + run.family()

    run.process.kill()
    run.end()

    assert gone(family)
    (left,) = run.temporary.iterdir()
    code, output, errors = begin().end()
    assert (code, marks(output)) == (0, calm), errors
    assert not left.exists()
    assert not list(run.temporary.iterdir())


FULL_DISK = """
mount -t tmpfs -o size=8m tmpfs "$1" && cp -r "$2"/. "$1" && cd "$1" || exit 99
free=$(df --output=avail . | tail -1)
head -c $(( (free - 16) * 1024 )) /dev/zero > filler
"$3" grade --student student-0 --no-feedback --json -
code=$?
rm filler
"$3" grade --student student-0 --no-feedback --json second >&2
mv second "$4"
exit $code
"""


def test_a_full_disk_is_told_and_the_next_run_goes_on(
    handed_in: Path, calm: dict[str, tuple[str, float]], tmp_path: Path
) -> None:
    """Nobody gets a mark for it, the exit code tells, without a traceback; with room again all is as in a calm run."""
    apart = ["unshare", "--mount", *([] if os.geteuid() == 0 else ["--user", "--map-root-user"])]
    disk, second = tmp_path / "disk", tmp_path / "second.json"
    disk.mkdir()
    if subprocess.run([*apart, "mount", "-t", "tmpfs", "tmpfs", disk], capture_output=True).returncode:
        pytest.skip("this user may not mount a small disk")

    command = [*apart, "sh", "-c", FULL_DISK, "sh", disk, handed_in, CHAINRULE, second]
    run = subprocess.run(command, capture_output=True, text=True, timeout=4 * A_WHILE)

    (first,) = json.loads(run.stdout)
    assert (run.returncode, first["status"], first["grader_failed"]) == (1, "needs a person", True), run.stderr
    assert first["reason"].startswith("the disk is full")
    assert "Traceback" not in run.stderr
    assert marks(second.read_text()) == {"student-0": calm["student-0"]}


def test_a_gradebook_is_waited_for_longer_than_who_was_stopped_at_it_may_live(tmp_path: Path) -> None:
    """A worker that is stopped in mid-commit holds the gradebook until it is ended; the others lose nothing by it."""
    with shared_engines(), Gradebook(f"sqlite:///{tmp_path / 'gradebook.db'}") as gradebook:
        (milliseconds,) = gradebook.db.execute(text("pragma busy_timeout")).one()

    assert milliseconds > 1000 * SILENCE
