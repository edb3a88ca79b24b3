"""Every right answer gets every mark, every wrong one loses what it declares; in the notebook as in the referee.

`make test` tries every right answer in both places, every twelfth wrong one in the notebook and every twenty-fourth in
the referee; `make answers` tries them all.
"""

from __future__ import annotations

import copy
import math
import os
import re
from collections.abc import Iterator
from functools import cache
from typing import Any, ClassVar

import pytest
from nbgrader.preprocessors import ClearSolutions

from chainrule.authoring.assignment import Assignment, Cell, Kind, belongs, read_assignment
from chainrule.authoring.build import source_notebook
from chainrule.authoring.inclusions import expand
from chainrule.engine.cells import is_check
from chainrule.engine.examine import Examiner
from chainrule.engine.intake import rebuild
from chainrule.engine.self_test import self_test
from chainrule.limits import Limits
from chainrule.proof.answers import Answer, answered, read_answers, solved
from chainrule.proof.causes import undeclared_causes
from chainrule.proof.demo_class import hand_in_answer
from chainrule.proof.trials import Failure, Run, answer_surprises, needed_cells, preload, run_cells
from in_course import IDS, PROJECT

# What `check_value` says where it knows nothing better.
GENERIC = re.compile(
    r"^Not right: .*?( \(yours is [^)]*\))?\.( None of the entries is right\.| \d+ of the \d+ entries)?"
)
DRAWS = re.compile(r"^show\(", re.MULTILINE)
TELLING = re.compile(r"It looks as if|sign|twice|half|transposed|factor|places|first entry|index|zero|nan|close, but")


@cache
def read(assignment_id: str) -> Assignment:
    return read_assignment(PROJECT.assignments / assignment_id)


@cache
def source(assignment_id: str) -> Any:
    return source_notebook(PROJECT, read(assignment_id))


@cache
def cells(assignment_id: str) -> list[Cell]:
    return expand(read(assignment_id), PROJECT.data)


@cache
def answers(assignment_id: str) -> dict[str, Answer]:
    folder = PROJECT.answers / assignment_id
    return {answer.name: answer for answer in read_answers(folder, read(assignment_id))}


@cache
def in_the_notebook(assignment_id: str, name: str) -> Run:
    """Run the cells as the student's own notebook does."""
    answer = answers(assignment_id)[name]
    preload(cells(assignment_id))
    return run_cells(needed_cells(answered(cells(assignment_id), answer)), PROJECT.data)


def tried(assignment_id: str, *, one_in: int = 12) -> list[str]:
    """Every right answer, and of the wrong ones as many as there is time for."""
    # By the names of the files: all processes that share the tests ask, and few of them read the answers.
    right, wrong = (
        [f"{kind}/{path.stem}" for path in sorted((PROJECT.answers / assignment_id / kind).glob("*.py"))]
        for kind in ("right", "wrong")
    )
    return right + wrong[:: 1 if os.environ.get("ANSWERS") == "every" else one_in]


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


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "name" in metafunc.fixturenames:
        metafunc.parametrize("name", tried(metafunc.cls.assignment_id))


@pytest.fixture(scope="class")
def examiner(request: pytest.FixtureRequest) -> Iterator[Examiner]:
    assignment_id = request.cls.assignment_id
    files = {file: PROJECT.data / file for file in read(assignment_id).files}
    # A busy machine must not turn a right answer into a slow one.
    limits = Limits(cell_seconds=300, call_seconds=300, check_seconds=600, notebook_seconds=1800, connect_seconds=300)
    with Examiner(source(assignment_id), files, limits=limits, demonstrations=False) as examiner:
        yield examiner


class AnswersOf:
    """The tests of one assignment's answers; a class each, so that processes can share the work."""

    assignment_id: ClassVar[str]

    def test_an_answer_is_what_it_declares_in_both_places(self, name: str, examiner: Examiner) -> None:
        """The checks that fail, and the words of the feedback, are those of the file, here and there."""
        answer = answers(self.assignment_id)[name]

        assert answer_surprises(answer, in_the_notebook(self.assignment_id, name)) == []
        if name in tried(self.assignment_id, one_in=24):
            assert answer_surprises(answer, in_the_referee(examiner, self.assignment_id, answer)) == []

    def test_every_check_is_refereed(self, examiner: Examiner) -> None:
        """The self-test finds nothing amiss: the solution earns all, the stub nothing, no check goes another way."""
        stub, _ = ClearSolutions().preprocess(copy.deepcopy(source(self.assignment_id)), {})

        test = self_test(self.assignment_id, source(self.assignment_id), stub, examiner)

        assert test.told() == []
        assert test.routes == {}

    def test_a_mistake_costs_its_own_questions_only(self) -> None:
        """What a wrong answer loses belongs to the questions that it answers: later ones do not pay again."""
        solutions = read(self.assignment_id).solutions
        for answer in answers(self.assignment_id).values():
            for check in answer.loses:
                question = max((name for name in solutions if belongs(check, name)), key=len)
                assert question in answer.solutions, f"{answer.name} loses {check}"

    def test_no_mark_waits_for_a_plot(self) -> None:
        """No demonstration that draws has to run before a notebook is marked: drawing takes longer than checking."""
        needed = needed_cells(solved(cells(self.assignment_id)))

        assert [cell.line for cell in needed if cell.kind is Kind.RUN and DRAWS.search(cell.source)] == []

    def test_there_are_enough_answers(self) -> None:
        """There are at least 8 right answers, each complete, and 25 wrong ones."""
        every = answers(self.assignment_id).values()
        right = [answer for answer in every if answer.path.parent.name == "right"]

        assert len(right) >= 8
        assert len(every) - len(right) >= 25
        for answer in right:
            assert set(answer.solutions) == set(read(self.assignment_id).solutions), answer.path

    def test_numbers_of_32_bits_are_told_of(self) -> None:
        """Who computes all of it in 32 bits reads at each lost mark that 64 are asked for."""
        name = "wrong/everything_in_32_bits"
        if name in answers(self.assignment_id):
            told = messages(in_the_notebook(self.assignment_id, name))

            assert [message for message in told if "float64" not in message] == []

    def test_feedback_is_specific(self) -> None:
        """At least 85 wrong answers in 100 get a message made for their kind of mistake."""
        wrong = [name for name in tried(self.assignment_id) if name.startswith("wrong/")]
        vague = [name for name in wrong if not is_specific(in_the_notebook(self.assignment_id, name))]

        assert len(vague) <= most_of(0.15, len(wrong)), vague

    def test_feedback_names_no_other_cause(self) -> None:
        """At most 2 wrong answers in 100 are told of a cause that their files do not declare."""
        wrong = [name for name in tried(self.assignment_id) if name.startswith("wrong/")]
        misled = [cause for name in wrong for cause in list(causes(self.assignment_id, name))[:1]]

        assert len(misled) <= most_of(0.02, len(wrong)), misled


class TestComputationalGraph(AnswersOf):
    assignment_id = "01_computational_graph"


class TestXorClassifier(AnswersOf):
    assignment_id = "02_xor_classifier"


class TestVectorizedMlp(AnswersOf):
    assignment_id = "03_vectorized_mlp"


class TestMnistMlp(AnswersOf):
    assignment_id = "04_mnist_mlp"


class TestAutodiff(AnswersOf):
    assignment_id = "05_autodiff"


class TestOwnAutodiff(AnswersOf):
    assignment_id = "06_own_autodiff"


def test_every_assignment_has_its_class() -> None:
    """No assignment is left out here."""
    assert {kind.assignment_id for kind in AnswersOf.__subclasses__()} == set(IDS)


def is_specific(run: Run) -> bool:
    """Whether any message says more than that a value differs."""
    return any(bool(TELLING.search(text)) or not GENERIC.search(text) for text in messages(run))


def causes(assignment_id: str, name: str) -> Iterator[str]:
    """The causes that the messages of a wrong answer name and that are not its own."""
    found = undeclared_causes(answers(assignment_id)[name], messages(in_the_notebook(assignment_id, name)))
    return (f"{name}: {cause}" for cause in found)


def messages(run: Run) -> list[str]:
    return [failure.message for failure in run.failed.values() if failure.message]


def most_of(share: float, number: int) -> float:
    """How many of a number may be such where a share of all may: in a sample of them, as many as chance may bring."""
    chance = 0.0 if os.environ.get("ANSWERS") == "every" else 2 * math.sqrt(number * share * (1 - share))
    return number * share + chance


def test_no_answer_lies_outside() -> None:
    """Each folder of answers belongs to an assignment."""
    folders = {path.name for path in PROJECT.answers.iterdir() if path.is_dir() and path.name != "attacks"}

    assert folders <= set(IDS)
