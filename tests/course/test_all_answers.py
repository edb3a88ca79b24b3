"""Every right answer gets every mark, every wrong one loses what it declares; in the notebook as in the referee."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from in_course import IDS, PROJECT

from chainrule.answers import Answer, answered, read_answers
from chainrule.assignment import Assignment, read_assignment
from chainrule.build import source_notebook
from chainrule.demo import hand_in_answer
from chainrule.examine import Examiner
from chainrule.expand import expand
from chainrule.intake import is_check, rebuild
from chainrule.proof import Failure, Run, answer_surprises, needed_cells, preload, run_cells

# What `check_value` says where it knows nothing better.
GENERIC = re.compile(r" is not right( \(yours is [^)]*\))?\.( None of its entries is right\.| \d+ of the \d+ entries)?")
TELLING = re.compile(r"It looks as if|sign|twice|half|transposed|factor|places|first entry|index|zero|nan|close, but")
ANSWERS = {
    f"{assignment_id}:{answer.name}": (assignment_id, answer)
    for assignment_id in IDS
    for answer in read_answers(PROJECT.answers / assignment_id, read_assignment(PROJECT.assignments / assignment_id))
}


@cache
def read(assignment_id: str) -> Assignment:
    return read_assignment(PROJECT.assignments / assignment_id)


@cache
def source(assignment_id: str) -> Any:
    return source_notebook(PROJECT, read(assignment_id))


@pytest.fixture(scope="session")
def examiners() -> Iterator[dict[str, Examiner]]:
    """Warm examiners by assignment; each is made when it is first asked for."""
    made: dict[str, Examiner] = {}
    yield made
    for examiner in made.values():
        examiner.close()


def in_the_notebook(assignment_id: str, answer: Answer) -> Run:
    """Run the cells as the student's own notebook does."""
    cells = expand(read(assignment_id), PROJECT.data)
    preload(cells)
    return run_cells(needed_cells(answered(cells, answer)), PROJECT.data)


def in_the_referee(examiner: Examiner, assignment_id: str, answer: Answer) -> Run:
    """Run the cells as grading does."""
    notebook = rebuild(source(assignment_id), hand_in_answer(source(assignment_id), answer, {}))
    examiner.examine(notebook)
    failed = {}
    for cell in notebook.cells:
        if is_check(cell):
            verdict = cell.metadata["chainrule"]["verdict"]
            assert verdict["status"] != "needs a person", f"{cell.id}: {cell.outputs}"
            if verdict["status"] != "passed":
                failed[cell.id] = Failure(verdict["status"], verdict["message"])
    return Run(failed, ())


@pytest.mark.parametrize("name", ANSWERS)
def test_an_answer_is_what_it_declares_in_both_places(name: str, examiners: dict[str, Examiner]) -> None:
    """The checks that fail, and the words of the feedback, are those of the file, here and there."""
    assignment_id, answer = ANSWERS[name]
    if assignment_id not in examiners:
        files = [PROJECT.data / file for file in read(assignment_id).files]
        examiners[assignment_id] = Examiner(source(assignment_id), files, demonstrations=False)

    here = in_the_notebook(assignment_id, answer)
    there = in_the_referee(examiners[assignment_id], assignment_id, answer)

    assert answer_surprises(answer, here) == []
    assert answer_surprises(answer, there) == []


@pytest.mark.parametrize("assignment_id", IDS)
def test_there_are_enough_answers(assignment_id: str) -> None:
    """An assignment has at least 8 right answers, each complete, and 25 wrong ones."""
    answers = [answer for owner, answer in ANSWERS.values() if owner == assignment_id]
    right = [answer for answer in answers if answer.path.parent.name == "right"]

    assert len(right) >= 8
    assert len(answers) - len(right) >= 25
    for answer in right:
        assert set(answer.solutions) == set(read(assignment_id).solutions), answer.path


@pytest.mark.parametrize("assignment_id", IDS)
def test_feedback_is_specific(assignment_id: str) -> None:
    """At least four wrong answers in five get a message made for their kind of mistake."""
    wrong = [a for owner, a in ANSWERS.values() if owner == assignment_id and a.path.parent.name == "wrong"]
    vague = [answer.name for answer in wrong if not is_specific(in_the_notebook(assignment_id, answer))]

    assert len(vague) <= 0.2 * len(wrong), vague


def is_specific(run: Run) -> bool:
    """Whether any message says more than that a value differs."""
    return any(bool(TELLING.search(text)) or not GENERIC.search(text) for text in messages(run))


def messages(run: Run) -> list[str]:
    return [failure.message for failure in run.failed.values() if failure.message]


def test_no_answer_lies_outside() -> None:
    """Each folder of answers belongs to an assignment."""
    folders = {path.name for path in PROJECT.answers.iterdir() if path.is_dir() and path.name != "attacks"}

    assert folders <= set(IDS)
