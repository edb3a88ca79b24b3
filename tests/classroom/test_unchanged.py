"""What a run finds out of a whole class at once is what a worker finds out of each submission by itself."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from chainrule.classroom.jobs import Job, find_jobs, grade_one
from chainrule.classroom.self_tests import ToTest, find_one, known
from chainrule.classroom.unchanged import unchanged
from chainrule.course import Course
from small_class import mark_by_hand


def job_of(course: Course, student: str) -> Job:
    return Job(course.root, "small", student, feedback=False)


def test_all_that_stands_is_what_workers_say(class_copy: Course) -> None:
    """The same results, messages and all; who was marked by hand since is left to a worker."""
    jobs = find_jobs(class_copy, [], [], feedback=False)

    stands = unchanged(class_copy, jobs)

    assert {job.student for job in stands} >= {"ada", "ivan", "zoe"}
    assert stands == {job: grade_one(job) for job in stands}


def _record_says_otherwise(course: Course) -> None:
    path = course.state / "results" / "small" / "ivan.json"
    kept = json.loads(path.read_text())
    kept["result"]["score"] = 1000.0
    path.write_text(json.dumps(kept))


def _graded_notebook_is_another(course: Course) -> None:
    path = course.root / "autograded" / "ivan" / "small" / "small.ipynb"
    text = path.read_text(encoding="utf-8")
    path.unlink()
    path.write_text(text + "\n", encoding="utf-8")


def _history_is_lost(course: Course) -> None:
    (course.root / "history" / "small" / "ivan.jsonl").unlink()


CHANGES: dict[str, Callable[[Course], None]] = {
    "a mark by hand": lambda course: mark_by_hand(course, "ivan", "essay", 1.0),
    "a record that says otherwise": _record_says_otherwise,
    "a graded notebook": _graded_notebook_is_another,
    "a history": _history_is_lost,
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_what_is_in_doubt_is_left_to_a_worker(class_copy: Course, change: Callable[[Course], None]) -> None:
    """And after the worker has looked, it is known again."""
    job = job_of(class_copy, "ivan")
    assert job in unchanged(class_copy, [job])

    change(class_copy)

    assert job not in unchanged(class_copy, [job])
    seen = grade_one(job)
    assert unchanged(class_copy, [job]) == {job: seen}


def test_a_lost_page_is_left_to_a_worker(class_copy: Course) -> None:
    """Where pages are asked for, a submission without its own is not done."""
    job = Job(class_copy.root, "small", "ivan")
    grade_one(job)
    assert job in unchanged(class_copy, [job])

    (class_copy.root / "feedback" / "ivan" / "small" / "small.html").unlink()

    assert job not in unchanged(class_copy, [job])


def test_self_tests_are_known_until_the_source_changes(class_copy: Course) -> None:
    """What was found is told again without a worker."""
    found = find_one(ToTest(class_copy.root, "small"))

    assert known(class_copy, ["small"], sandboxed=True) == {"small": found}
    assert known(class_copy, ["small"], sandboxed=False) == {}
    (class_copy.source / "small" / "more.csv").write_text("1\n")
    assert known(class_copy, ["small"], sandboxed=True) == {}


def test_nothing_is_started_where_nothing_is_to_do(class_copy: Course) -> None:
    """No worker, and nothing that one needs: neither of nbgrader's converters is imported."""
    names = ("ada", "benoit", "ivan", "zoe")
    asked = ["grade", "--quiet", "--workers", "1", *(word for name in names for word in ("--student", name))]
    # The standard error stream names each module as it is imported.
    command = [sys.executable, "-X", "importtime", str(Path(sys.executable).parent / "chainrule"), *asked]
    subprocess.run(command, cwd=class_copy.root, check=True, capture_output=True)

    again = subprocess.run(command, cwd=class_copy.root, check=True, capture_output=True, text=True).stderr

    assert "chainrule.classroom.unchanged" in again
    assert "chainrule.engine.autograde" not in again
