"""Grading works from a terminal, from a program, from a running event loop and from Formgrader's button."""

from __future__ import annotations

import asyncio
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from nbformat import v4
from stock_course import StockCourse, check, solution

from chainrule.engine import steps


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StockCourse]:
    """A course with an assignment of two notebooks, and three honest students; a cell with a mark of old nbgraders'."""
    unmarked = {"schema_version": 3, "grade": False, "solution": False, "locked": False}
    nameless = v4.new_code_cell("1", metadata={"nbgrader": unmarked})
    notebooks = {
        "n": [nameless, solution("two", "two = 2"), check("is-two", "assert two == 2")],
        "m": [solution("three", "three = 3"), check("is-three", "assert three == 3", points=2)],
    }
    course = StockCourse(tmp_path_factory.mktemp("ways"), notebooks)
    for student in ("ada", "ben", "cem"):
        course.hand_in(student, {})
    yield course
    steps.close_examiners()


def test_inside_a_running_event_loop(course: StockCourse) -> None:
    """Where a loop runs already, as in a server, the API grades all the same."""

    async def grade() -> dict[str, float | None]:
        return course.grade("ada")

    assert asyncio.run(grade()) == {"is-two": 1, "is-three": 2}


def test_one_warm_parent_a_notebook_is_kept(course: StockCourse) -> None:
    """The notebooks of an assignment do not take turns with one parent: the second student finds both warm."""
    course.grade("ada")
    before = [examiner.parent.folders.host for examiner in steps._open.values()]

    course.grade("ben")
    after = [examiner.parent.folders.host for examiner in steps._open.values()]

    assert len(before) == 2
    assert sorted(after) == sorted(before)


def test_where_memory_is_short_one_is_kept(course: StockCourse, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two warm parents are a matter of speed only."""
    steps.close_examiners()
    monkeypatch.setattr(steps, "memory_is_short", lambda: True)

    assert course.grade("cem") == {"is-two": 1, "is-three": 2}
    assert len(steps._open) == 1


def with_a_huge_file(folder: Path) -> None:
    with (folder / "numbers.csv").open("wb") as file:
        file.truncate(10 << 30)


HARMFUL: dict[str, Callable[[Path], None]] = {
    "ten gigabytes of nothing": with_a_huge_file,
    "a pipe": lambda folder: os.mkfifo(folder / "numbers.csv"),
    "a link": lambda folder: (folder / "numbers.csv").symlink_to("/etc/hostname"),
}


@pytest.mark.parametrize("make", HARMFUL.values(), ids=HARMFUL.keys())
def test_nbgrader_copies_nothing_that_is_refused(
    course: StockCourse, request: pytest.FixtureRequest, make: Callable[[Path], None]
) -> None:
    """`nbgrader autograde` copies a folder before it reads a notebook: the look comes first, and says why."""
    student = f"harmful-{len(list(course.root.glob('submitted/*')))}"
    folder = course.hand_in(student, {})
    request.addfinalizer(lambda: shutil.rmtree(folder.parent))
    make(folder)
    copied: list[str] = []
    request.addfinalizer(partial(sys.setprofile, None))
    sys.setprofile(lambda frame, event, _: copied.append(event) if frame.f_code is shutil.copy.__code__ else None)

    outcome = course.api().autograde("a", student)

    sys.setprofile(None)
    assert not outcome["success"]
    assert "SubmissionRefused" in outcome["log"]
    assert "numbers.csv is" in outcome["log"] or "at most 50,000 files of 2,000 MB" in outcome["log"]
    assert (copied, list(course.root.glob(f"autograded/{student}"))) == ([], [])


@pytest.fixture
def formgrader(course: StockCourse) -> Iterator[str]:
    """A real Jupyter server in the course folder; yields its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    extension = '--ServerApp.jpserver_extensions={"nbgrader.server_extensions.formgrader": True}'
    quiet = ["--no-browser", "--allow-root", "--ServerApp.token=t", "--ServerApp.disable_check_xsrf=True"]
    command = [sys.executable, "-m", "jupyter", "server", f"--port={port}", *quiet, extension]
    log = course.root / "server.log"
    with log.open("w") as file:
        server = subprocess.Popen(command, cwd=course.root, stdout=file, stderr=file)
    try:
        for _ in range(600):
            if server.poll() is not None or re.search(r"is running at", log.read_text()):
                break
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}/formgrader/api"
    finally:
        server.terminate()
        server.wait()


def pressed(address: str) -> dict[str, object]:
    request = urllib.request.Request(address, method="POST", headers={"Authorization": "token t"})
    with urllib.request.urlopen(request, timeout=120) as answer:
        return json.load(answer)


def test_the_buttons_of_formgrader(course: StockCourse, formgrader: str) -> None:
    """Autograde and Generate Feedback, as a browser asks for them."""
    graded = pressed(f"{formgrader}/submission/a/cem/autograde")
    told = pressed(f"{formgrader}/assignment/a/cem/generate_feedback")

    assert (graded["success"], told["success"]) == (True, True), (graded, told)
    assert course.marks("cem") == {"is-two": 1, "is-three": 2}
    assert Path(course.root, "feedback/cem/a/n.html").is_file()
