"""What the gradebook holds is what was graded; where it is not, it is graded again, and nobody else is."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Thread

import pytest
from nbgrader.api import Gradebook

from chainrule.classroom import jobs
from chainrule.classroom.holding import held
from chainrule.classroom.jobs import Job, ToBeRun, grade_one
from chainrule.classroom.results import Found, found_of
from chainrule.classroom.unchanged import unchanged
from chainrule.course import Course
from small_class import mark_by_hand

CHAINRULE = Path(sys.executable).parent / "chainrule"


def grade(course: Course, *options: str) -> None:
    done = subprocess.run(
        [CHAINRULE, "grade", "--workers", "1", *options], cwd=course.root, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr


def automatic_mark(course: Course, student: str, change_to: float | None = None) -> float:
    """The mark that the grader gave for `square`; changed first, if asked for."""
    with Gradebook(f"sqlite:///{course.root / 'gradebook.db'}", "chainrule") as gradebook:
        mark = gradebook.find_grade("square", "small", "small", student)
        if change_to is not None:
            mark.auto_score = change_to
            gradebook.db.commit()
        return float(mark.auto_score)


def say(course: Course, student: str, cell: str, words: str = "") -> str | None:
    """What the grader says of an answer; other words first, if asked for."""
    with Gradebook(f"sqlite:///{course.root / 'gradebook.db'}", "chainrule") as gradebook:
        comment = gradebook.find_comment(cell, "small", "small", student)
        if words:
            comment.auto_comment = words
            gradebook.db.commit()
        return comment.auto_comment  # type: ignore[no-any-return]


def times(course: Course) -> dict[str, int]:
    """When each student's notebook was graded last."""
    found = (course.root / "autograded").glob("*/small/small.ipynb")
    return {path.parts[-3]: path.stat().st_mtime_ns for path in found}


def test_what_does_not_fit_is_graded_again_and_nothing_else(class_copy: Course) -> None:
    """A gradebook from a backup, also where only what it says differs, a broken record, a lost page and a comment of
    the teacher's are each noticed."""
    grade(class_copy)
    before = times(class_copy)
    right = automatic_mark(class_copy, "ada")
    automatic_mark(class_copy, "ada", change_to=0.25)
    (class_copy.root / ".chainrule/results/small/zoe.json").write_text("[]")
    say(class_copy, "ivan", "square-solution", "Words of another time.")
    mark_by_hand(class_copy, "benoit", "essay", 1.5, "A word that only the teacher wrote.")

    grade(class_copy)

    assert automatic_mark(class_copy, "ada") == right != 0.25
    after = times(class_copy)
    assert {student for student in before if after[student] != before[student]} == {"ada", "ivan", "zoe"}
    assert say(class_copy, "ivan", "square-solution") is None
    page = (class_copy.root / "feedback/benoit/small/small.html").read_text(encoding="utf-8")
    assert "A word that only the teacher wrote." in page


def test_a_teacher_can_have_it_graded_again(class_copy: Course) -> None:
    """`--force` grades again although nothing changed."""
    grade(class_copy, "--student", "ivan")
    before = times(class_copy)

    grade(class_copy, "--student", "ivan", "--force")

    after = times(class_copy)
    assert {student for student in before if after[student] != before[student]} == {"ivan"}


def known(course: Course, student: str) -> bool:
    """Whether the last run's result stands, so that there is nothing to run."""
    job = Job(course.root, "small", student, feedback=False, look=True)
    at_once = job in unchanged(course, [job])
    by_a_worker = not isinstance(grade_one(job), ToBeRun)
    assert at_once == by_a_worker
    return by_a_worker


def changes_the_source(course: Course, job: Job) -> Found:
    with (course.source / "small" / "numbers.csv").open("a") as data:
        data.write("4\n")
    return found_of(course, job)


def hands_in_again(course: Course, job: Job) -> Found:
    path = course.submitted / job.student / "small" / "small.ipynb"
    text = path.read_text(encoding="utf-8")
    path.write_text(text + "\n", encoding="utf-8")
    path.write_text(text, encoding="utf-8")
    return found_of(course, job)


def dies(course: Course, job: Job) -> Found:
    raise KeyboardInterrupt


@pytest.mark.parametrize("meanwhile", [changes_the_source, hands_in_again, dies])
def test_no_record_vouches_for_what_changed_while_it_was_graded(
    class_copy: Course, monkeypatch: pytest.MonkeyPatch, meanwhile: Callable[[Course, Job], Found]
) -> None:
    """Nor for what a run was killed over: the next run grades it again, also where all is as it was before."""
    assert known(class_copy, "ivan")
    with monkeypatch.context() as patched, suppress(KeyboardInterrupt):
        patched.setattr(jobs, "_grade", meanwhile)
        grade_one(Job(class_copy.root, "small", "ivan", feedback=False, force=True))

    assert not known(class_copy, "ivan")


def test_a_notebook_that_was_lost_is_graded_again(class_copy: Course) -> None:
    """Also where its folder is still there."""
    (class_copy.root / "autograded" / "ivan" / "small" / "small.ipynb").unlink()

    assert not known(class_copy, "ivan")


def test_two_runs_at_once_grade_a_submission_one_after_the_other(tmp_path: Path) -> None:
    """The second waits until the first is done with it."""
    order = []

    def second() -> None:
        with held(tmp_path):
            order.append("second")

    thread = Thread(target=second)
    with held(tmp_path):
        thread.start()
        thread.join(0.3)
        order.append("first")
    thread.join()

    assert order == ["first", "second"]
