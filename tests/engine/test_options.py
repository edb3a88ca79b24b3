"""Every option of nbgrader is honoured or refused by name, before anything is graded."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from nbgrader import converters, plugins, preprocessors
from nbgrader.converters import Autograde, GenerateFeedback
from nbgrader.coursedir import CourseDirectory
from stock_course import StockCourse, cell, check, solution
from traitlets import Any as Any_
from traitlets import Bool, Callable, Dict, Int, List, Type, Unicode
from traitlets.config import Config

from chainrule.engine import steps, switch_on
from chainrule.engine.gate import language_of
from chainrule.engine.options import RELEASE, TABLE, Effect, Row, faults, row_of, table
from programs import program

GUIDE = Path(__file__).parents[2] / "docs/any-course.md"

RELEASE_AND_BEYOND = {*RELEASE, *plugins.__all__, "LateSubmissionPlugin"}
"""What runs when assignments are released, collected or exported, or is asked by a step of nbgrader's own."""
CONVERTERS = {Autograde, GenerateFeedback, converters.BaseConverter}


def parts_of_nbgrader() -> Iterator[type]:
    """The classes whose options bear on how a course is graded."""
    yield CourseDirectory
    yield from CONVERTERS
    for name in preprocessors.__all__:
        if name not in RELEASE_AND_BEYOND and name != "NbGraderPreprocessor":
            yield getattr(preprocessors, name)


@pytest.mark.parametrize("owner", list(parts_of_nbgrader()), ids=lambda owner: owner.__name__)
def test_every_option_has_its_row(owner: type) -> None:
    """None is ignored without a word, of this version of nbgrader or the next."""
    missing = [name for name in owner.class_traits(config=True) if name != "enabled" and row_of(owner, name) is None]

    assert missing == []


def test_the_table_names_options_that_there_are() -> None:
    """A row of an option that nbgrader does not have would be an empty promise."""
    wrong = [(row.owner, name) for row in TABLE for name in row.options if name not in row.owner.class_traits()]

    assert wrong == []


def other_than(trait: Any, value: Any) -> Any:
    """A value of this kind that a course might set."""
    if isinstance(trait, Bool):
        return not value
    if isinstance(trait, Int):
        return (value or 0) + 7
    if isinstance(trait, List):
        return ["something"]
    if isinstance(trait, Dict):
        return {"something": "else"}
    if isinstance(trait, Callable | Any_):
        return len
    if isinstance(trait, Type):
        return {"Exporter": "nbconvert.exporters.MarkdownExporter"}.get(
            trait.klass.__name__, "jupyter_client.manager.AsyncKernelManager"
        )
    assert isinstance(trait, Unicode), trait
    return "something"


REFUSED = [(row, name) for row in TABLE if row.effect is Effect.REFUSED for name in row.options]


@pytest.mark.parametrize(("row", "option"), REFUSED, ids=[f"{row.owner.__name__}.{name}" for row, name in REFUSED])
def test_a_refused_option_is_named(row: Row, option: str) -> None:
    """With its value and the reason; nbgrader's own value, set by hand, is none to speak of."""
    config = Config()
    switch_on(config)
    trait = row.owner.class_traits()[option]
    ordinary = getattr(row.owner(), option)
    config[row.owner.__name__][option] = other_than(trait, ordinary)

    (told, *others) = faults(config)

    assert told.startswith(f"{row.owner.__name__}.{option} = ")
    assert row.why in told
    assert others == []


def test_a_switched_on_course_has_no_faults() -> None:
    """Nor has one that asks for what is done anyway."""
    config = Config()
    switch_on(config)
    config.Execute.update(allow_errors=True, timeout=30, skip_cells_with_tag="", interrupt_on_timeout=True)

    assert list(faults(config)) == []


@pytest.mark.parametrize(
    ("section", "option", "value", "words"),
    [
        ("Execute", "timout", 3, "Execute.timout: there is no such option"),
        ("Examine", "cell_second", 3, "Examine.cell_second: there is no such option"),
        ("Examine", "cell_seconds", "soon", "The 'cell_seconds' trait of an Examine instance expected an int"),
        ("Execute", "allow_errors", False, "Execute.allow_errors: there is no such option"),
        ("Rebuild", "enabled", False, "Rebuild.enabled = False"),
        ("NbGraderPreprocessor", "enabled", False, "Examine.enabled = False"),
        ("HideSecrets", "enabled", False, "HideSecrets.enabled = False"),
        ("Exporter", "preprocessors", ["mine.Step"], "Exporter.preprocessors = ['mine.Step']: steps of a course's own"),
        ("Autograde", "autograde_preprocessors", [], "Examine is not in it"),
        ("Autograde", "sanitize_preprocessors", ["nbgrader.preprocessors.ClearOutput"], "Rebuild is not in it"),
        ("GenerateFeedback", "preprocessors", ["nbgrader.preprocessors.GetGrades"], "HideSecrets is not in it"),
    ],
)
def test_a_wrong_option_is_named(section: str, option: str, value: Any, words: str) -> None:
    """Misspelt, of the wrong kind, or a list of steps set after the line that switches the engine on."""
    config = Config()
    switch_on(config)
    config[section][option] = value

    assert any(words in line for line in faults(config)), list(faults(config))


@pytest.mark.parametrize("section", ["Autograde", "GenerateFeedback"])
def test_an_exporter_that_was_set_before_is_named(section: str) -> None:
    """The engine takes its place, so that it is there to refuse it."""
    config = Config()
    config[section].exporter_class = "nbconvert.exporters.MarkdownExporter"
    config.HTMLExporter.filters = {"theirs": "os.path.join"}
    switch_on(config)
    switch_on(config)

    (told,) = faults(config)

    assert told.startswith(
        f"{section}.exporter_class = 'nbconvert.exporters.MarkdownExporter': the engine's own exporter"
    )
    assert config.HTMLExporter.filters["theirs"] == "os.path.join"


def test_the_guide_has_the_table() -> None:
    """`docs/any-course.md` says of every option what becomes of it: `python -m chainrule.engine.options` writes it."""
    assert table() in GUIDE.read_text(encoding="utf-8")


CELLS = [
    cell("given", "import os, sys, warnings\nmode = os.environ.get('NBGRADER_EXECUTION')"),
    solution("f", "import os, sys\nmine = os.environ.get('NBGRADER_EXECUTION')\nf = len"),
    check("is-graded", "assert mine == 'autograde' == mode"),
    check("counts", "assert f([1]) == 1", points=2),
]


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StockCourse]:
    """A course, whose configuration each test writes anew."""
    skipped = cell("skipped", "raise SystemError")
    skipped.metadata.tags = ["skip-execution"]
    yield StockCourse(tmp_path_factory.mktemp("options"), {"n": [*CELLS, skipped]})
    steps.close_examiners()


def test_the_terminal_says_what_is_refused_and_grades_nothing(course: StockCourse) -> None:
    """`--no-execute` would believe the outputs that came with a submission."""
    course.configure()
    course.hand_in("terminal", {})

    command = [*program("nbgrader"), "autograde", "a", "--student=terminal", "--no-execute"]
    done = subprocess.run(command, cwd=course.root, capture_output=True, text=True)

    assert done.returncode == 1
    assert "Execute.enabled = False: marks come from running what was handed in" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (course.root / "autograded/terminal").exists()


def test_cells_know_that_they_are_graded(course: StockCourse) -> None:
    """`NBGRADER_EXECUTION` is set for answers and for checks; what the instructor tags is left out."""
    course.configure()
    course.hand_in("graded", {})

    assert course.grade("graded") == {"is-graded": 1, "counts": 2}
    assert course.graded("graded").cells[-1].outputs == []


def test_the_time_of_a_cell(course: StockCourse) -> None:
    """`c.Execute.timeout` holds for an answer and for what a check calls."""
    course.configure("c.Execute.timeout = 1")
    course.hand_in("slow", {"f": "import time\nmine = mode\ndef f(x):\n    time.sleep(20)\n    return 1"})

    assert course.grade("slow") == {"is-graded": 1, "counts": 0}


def test_outputs_are_cut_and_left_out_as_nbgrader_does(course: StockCourse) -> None:
    """`LimitOutput` and `IgnorePattern`."""
    course.configure("c.LimitOutput.max_lines = 5\nc.IgnorePattern.enabled = True\nc.IgnorePattern.pattern = 'Noise'")
    prints = "import sys\nmine = mode\nf = len\nprint('line\\n' * 50)\nprint('Noise', file=sys.stderr)"
    course.hand_in("prints", {"f": prints})

    course.grade("prints")
    text = "".join(output.text for output in course.graded("prints").cells[1].outputs)

    assert text == "line\n" * 4 + "... Output truncated ..."


def test_a_notebook_of_another_language_is_refused(tmp_path: Path) -> None:
    """An R notebook is not run as Python."""
    kernel = {"name": "ir", "display_name": "R", "language": "R"}
    course = StockCourse(tmp_path, {"n": CELLS}, kernel=kernel)
    course.hand_in("ada", {})

    outcome = course.api().autograde("a", "ada")

    assert not outcome["success"]
    assert "the notebook 'n' is for r" in outcome["log"]
    assert not (course.root / "autograded").exists()


@pytest.mark.parametrize(
    ("kernel", "language"),
    [
        ({}, "python"),
        ({"name": "python3"}, "python"),
        ({"name": "conda-env-x-py", "language": "python"}, "python"),
        ({"name": "julia-1.9", "language": "julia"}, "julia"),
        ({"name": "unheard-of"}, ""),
    ],
)
def test_the_language_of_a_notebook(kernel: dict[str, str], language: str) -> None:
    """What the notebook says, then what this machine knows."""
    assert language_of(kernel) == language


def test_the_late_penalty_of_a_course_s_own_plugin(course: StockCourse) -> None:
    """Steps of nbgrader's that stay are nbgrader's, plugins included."""
    course.configure("c.LateSubmissionPlugin.penalty_method = 'zero'")
    folder = course.hand_in("late", {})
    (folder / "timestamp.txt").write_text("2020-01-02 00:00:00 UTC")
    with course.gradebook() as gradebook:
        gradebook.update_or_create_assignment("a", duedate="2020-01-01 00:00:00 UTC")

    course.grade("late")

    with course.gradebook() as gradebook:
        assert gradebook.find_submission_notebook("n", "a", "late").late_submission_penalty == 3
        gradebook.update_or_create_assignment("a", duedate=None)
