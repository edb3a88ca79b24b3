"""The line that switches the engine on edits nbgrader's lists of steps; what a course put there stays."""

from __future__ import annotations

from typing import Any

import pytest
from nbgrader.converters import Autograde
from nbgrader.preprocessors import Execute, LimitOutput, SaveAutoGrades
from traitlets.config import Config

from chainrule.engine import is_switched_on, switch_on

STEPS = [
    "chainrule.engine.steps.Examine",
    "nbgrader.preprocessors.IgnorePattern",
    "nbgrader.preprocessors.LimitOutput",
    "chainrule.engine.steps.SaveVerdicts",
    "chainrule.engine.steps.SettleDates",
]


def test_without_steps_of_its_own_a_course_has_the_engines() -> None:
    """Every step of nbgrader's has its place, and the second line changes nothing more."""
    c = Config()

    switch_on(c)
    switch_on(c)

    assert is_switched_on(c)
    assert c.Autograde.sanitize_preprocessors == ["chainrule.engine.steps.Rebuild"]
    assert c.Autograde.autograde_preprocessors == STEPS
    assert c.GenerateFeedback.preprocessors == [
        "chainrule.engine.feedback.disarm.Grades",
        "chainrule.engine.feedback.disarm.HideSecrets",
        "nbconvert.preprocessors.CSSHTMLHeaderPreprocessor",
    ]


@pytest.mark.parametrize(
    ("edit", "wanted"),
    [
        (lambda steps: steps.append("mine.Last"), [*STEPS, "mine.Last"]),
        (lambda steps: steps.prepend(["mine.First"]), ["mine.First", *STEPS]),
        (lambda steps: steps.insert(1, "mine.Second"), [STEPS[0], "mine.Second", *STEPS[1:]]),
    ],
    ids=["append", "prepend", "insert"],
)
def test_steps_that_were_added_before_stay(edit: Any, wanted: list[str]) -> None:
    """A course's own preprocessor keeps its place among nbgrader's."""
    c = Config()
    edit(c.Autograde.autograde_preprocessors)

    switch_on(c)

    assert c.Autograde.autograde_preprocessors == wanted


def test_a_list_of_its_own_is_edited() -> None:
    """A course that wrote the whole list, of classes or names, has the engine's where nbgrader's were."""
    c = Config()
    c.Autograde.autograde_preprocessors = ["mine.First", Execute, LimitOutput, SaveAutoGrades]
    c.Autograde.sanitize_preprocessors = ["mine.Mend"]

    switch_on(c)

    assert c.Autograde.autograde_preprocessors == ["mine.First", STEPS[0], LimitOutput, STEPS[3]]
    assert c.Autograde.sanitize_preprocessors == ["chainrule.engine.steps.Rebuild", "mine.Mend"]


def test_steps_that_are_added_after_stay() -> None:
    """The lists are lists, to which a line further down adds."""
    c = Config()
    switch_on(c)

    c.Autograde.autograde_preprocessors.append("mine.Last")

    assert c.Autograde.autograde_preprocessors == [*STEPS, "mine.Last"]


def test_the_lists_that_are_edited_are_nbgraders() -> None:
    """A release of nbgrader with other steps is noticed here: the names in `chainrule.engine` then want a look."""
    stock = Autograde()

    assert [step.__name__ for step in stock.sanitize_preprocessors] == [
        "ClearOutput", "DeduplicateIds", "OverwriteKernelspec", "OverwriteCells", "CheckCellMetadata",
    ]  # fmt: skip
    assert [step.__name__ for step in stock.autograde_preprocessors] == [
        "Execute", "IgnorePattern", "ClearMetadataPreprocessor", "LimitOutput", "SaveAutoGrades",
        "AssignLatePenalties", "CheckCellMetadata",
    ]  # fmt: skip
