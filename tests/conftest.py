"""A small course that is real in every part, for tests of the package and of the engine."""

import shutil
from pathlib import Path

import pytest

from chainrule.authoring.build import build
from chainrule.course import Course

PROJECT = Path(__file__).resolve().parents[1]

# One cell of every kind; the hidden parts hold words that occur nowhere else.
NOTEBOOK = '''\
# ---
# jupyter:
#   chainrule:
#     title: A small assignment
#     files: [numbers.csv]
#   kernelspec: {display_name: Python 3, language: python, name: python3}
# ---

# %% [markdown]
# # A small assignment
# Two functions and an essay.

# %% given include="checkkit"

# %% given
import csv

with open("numbers.csv", newline="") as file:
    NUMBERS = [float(row[0]) for row in csv.reader(file)]

# %% free
# Try things out here.

# %% [markdown] question="square"
# ## 1. Square

# %% [markdown]
# Multiply a number by itself.

# %% solution="square"
def square(x):
    """The square of a number."""
    ### BEGIN SOLUTION
    quadrate = x * x
    return quadrate
    ### END SOLUTION


# %% check="square" points=2
check_value("square(3)", ask(square, 3.0), 9.0)
### BEGIN HIDDEN TESTS
secret_number = -1.5
check_value("square of a hidden number", ask(square, secret_number), 2.25)
### END HIDDEN TESTS

# %% [markdown] question="total"
# ## 2. Total

# %% solution="total"
def total(numbers):
    """The sum of the squares of some numbers."""
    ### BEGIN SOLUTION
    return sum(square(number) for number in numbers)
    ### END SOLUTION


# %% check="total-data" points=1
check_value("the total of the data", ask(total, NUMBERS), 14.0)

# %% check="total-empty" points=0.5
assert ask(total, []) == 0, "the total of nothing should be 0"
### BEGIN HIDDEN TESTS
assert ask(total, [0.0]) == 0, "concealed"
### END HIDDEN TESTS

# %%
print(total(NUMBERS))

# %% [markdown] section="end"
# ## At the end

# %% [markdown] written="essay" points=3
# Why do squares add up?
#
# ### BEGIN SOLUTION
# Because of the model answer.
# ### END SOLUTION

# %% [markdown] marking="essay"
# One point a reason.
#
# ### BEGIN MARK SCHEME
# The marker looks for Pythagoras.
# ### END MARK SCHEME
'''

RIGHT = """\
# Uses powers and a loop.

# %% solution="square"
def square(x):
    return x**2

# %% solution="total"
def total(numbers):
    result = 0.0
    for number in numbers:
        result += square(number)
    return result
"""

WRONG = """\
# Adds the numbers themselves.
# loses: total-data
# says: the total of the data

# %% solution="total"
def total(numbers):
    return sum(numbers)
"""


def make_course(root: Path) -> Course:
    """Write a course of one assignment, `small`, into the folder `root`."""
    files = {
        "pyproject.toml": '[tool.chainrule]\ncolab-repository = "someone/somewhere"\n',
        "data/numbers.csv": "1\n2\n3\n",
        "assignments/small/notebook.py": NOTEBOOK,
        "grader_tests/small/right/powers.py": RIGHT,
        "grader_tests/small/wrong/adds_no_squares.py": WRONG,
    }
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    shutil.copy(PROJECT / "nbgrader_config.py", root)
    return Course(root)


@pytest.fixture
def small_course(tmp_path: Path) -> Course:
    """A course of one assignment, `small`, not built yet; the test may do with it what it likes."""
    return make_course(tmp_path / "course")


@pytest.fixture(scope="session")
def released_course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """The same course, built and released by nbgrader; only to be read."""
    course = make_course(tmp_path_factory.mktemp("released") / "course")
    build(course, "small")
    return course
