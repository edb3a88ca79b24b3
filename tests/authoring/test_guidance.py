"""What students are told beside the questions: it is written out as declared, and what is missing is reported."""

from pathlib import Path

import pytest

from chainrule.authoring.assignment import Assignment, Cell, read_assignment
from chainrule.authoring.guidance import problems_of_questions, with_guidance
from chainrule.authoring.hunts import problems_of_hunts

TEXT = """\
# ---
# jupyter:
#   chainrule:
#     title: T
# ---

# %% [markdown]
# # All of it
#
# [questions]
#
# Stretch: Do it twice.
# Then once more.

# %% [markdown] question="one" minutes=20 level=2 lines="1 to 3"
# ## 1. The first
#
# Text.
#
# Hint: Look.
#
# Hint: Look closer.
#
# Hint: Here:
# - there.

# %% solution="one"
### BEGIN SOLUTION
one = 1
### END SOLUTION

# %% check="one" points=2
assert one == 1

# %% check="one-more" points=0.5
assert one == 1

# %% [markdown] section="end"
# ## The end

# %% [markdown] hunt="two"
# Which line?
# ```python
# one = 2
# ```
"""


def assignment(folder: Path, text: str = TEXT) -> Assignment:
    (folder / "notebook.py").write_text(text, encoding="utf-8")
    return read_assignment(folder)


def told(folder: Path) -> tuple[Cell, ...]:
    return with_guidance(assignment(folder).cells)


def test_a_question_says_its_points_lines_time_and_level(tmp_path: Path) -> None:
    """The line below its heading counts the points of its checks and tells what the author declared."""
    assert (
        "## 1. The first\n\n*2.5 points · about 1 to 3 lines · about 20 minutes · medium*\n\nText."
        in told(tmp_path)[1].source
    )


def test_hints_are_boxes_from_a_nudge_to_nearly_there(tmp_path: Path) -> None:
    """Three paragraphs become three boxes in steps, each with its whole paragraph."""
    source = told(tmp_path)[1].source

    assert "<details><summary>Hint 1 of 3: a nudge</summary>\n\nLook.\n\n</details>" in source
    assert "<details><summary>Hint 3 of 3: nearly there</summary>\n\nHere:\n- there.\n\n</details>" in source


def test_the_table_holds_every_question_and_the_sums(tmp_path: Path) -> None:
    """The word in brackets becomes a table; a part that asks nothing is not in it."""
    assert "| 1. The first | 2.5 | 20 |\n| **together** | **2.5** | **20** |" in told(tmp_path)[0].source


def test_a_stretch_is_a_box(tmp_path: Path) -> None:
    """Every line of the paragraph stands in the box, under its title."""
    assert "> **A stretch, for no points.** Do it twice.\n> Then once more." in told(tmp_path)[0].source


@pytest.mark.parametrize(
    ("was", "now", "words"),
    [
        (" minutes=20", "", "does not say how long it takes"),
        (" minutes=20", ' minutes="soon"', "does not say how long it takes"),
        (" level=2", "", "has no level"),
        (" level=2", " level=4", "1 is easy, 2 is medium, 3 is hard"),
        ("# Hint: Look closer.\n#\n", "", "has 2 hints"),
        ("# ## 1. The first\n", "# The first\n", "has no heading"),
    ],
)
def test_what_a_question_lacks_is_reported(tmp_path: Path, was: str, now: str, words: str) -> None:
    """Each thing that a student would miss is one problem, in the line of the question."""
    assert not list(problems_of_questions(assignment(tmp_path)))

    (problem,) = problems_of_questions(assignment(tmp_path, TEXT.replace(was, now, 1)))

    assert problem.line == 15
    assert words in problem.text


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ('# Says two.\n\n# %% solution="one"\none = 2\n', ""),
        ('# Says three.\n\n# %% solution="one"\none = 3\n', "`one = 2` does not stand there"),
        (None, "there is no wrong answer wrong/two.py"),
    ],
)
def test_a_hunt_shows_lines_of_its_wrong_answer(tmp_path: Path, answer: str | None, words: str) -> None:
    """Where the lines are not those of an answer that is proven to be wrong, the build says so."""
    wrong = tmp_path / "answers" / tmp_path.name / "wrong"
    wrong.mkdir(parents=True)
    if answer is not None:
        (wrong / "two.py").write_text(answer)

    problems = [problem.text for problem in problems_of_hunts(assignment(tmp_path), tmp_path / "answers")]

    assert len(problems) == bool(words)
    assert all(words in problem for problem in problems)
