"""A small course that is real in every part, and a class of six that took it."""

import csv
import fcntl
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from chainrule.course import Course
from chainrule.engine.database import make_engine
from chainrule.nbgrader_course import nbgrader_config

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

# %% [markdown] question="square" minutes=5 level=1 lines=1
# ## 1. Square
#
# Hint: A square has two sides.
#
# Hint: They are of one length.
#
# Hint: Multiply them.

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

# %% [markdown] question="total" minutes=5 level=1 lines=1
# ## 2. Total
#
# Hint: Look at question 1.
#
# Hint: Python has a word for it.
#
# Hint: It takes a generator.

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


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Course:
    """A course that the processes of one run of the tests share: the first one that needs it makes it."""
    base = factory.getbasetemp()
    root = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / name / "course"
    root.parent.mkdir(exist_ok=True)
    with (root.parent / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (done := root.parent / "done").exists():
            shutil.rmtree(root, ignore_errors=True)
            make(root)
            done.touch()
    return Course(root)


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


CLASS = """id,name,email
ada,Ada Lovelace,ada@example.org
benoit,"de la Tour, Benoît",b@example.org
zoe,Zoë Zhang,z@example.org
ivan,Иван Петров,ivan@example.org
mia,=1+1,mia@example.org
noa,Noa Missing,noa@example.org
"""
# zoe is a day late.
DUE = """
c.Dates.due = {"small": "2026-11-02 23:59"}
c.Dates.percent_a_day = 20
c.Dates.percent_of = "earned"
"""
SQUARE = "def square(x):\n    return x * x"
TOTAL = "def total(numbers):\n    return sum(map(square, numbers))"
# Who answered what; nobody but ada and benoit wrote an essay.
ANSWERS: dict[str, dict[str, str]] = {
    "ada": {"square-solution": SQUARE, "total-solution": TOTAL, "essay": "Because of the triangle, twice."},
    "benoit": {"square-solution": SQUARE, "total-solution": TOTAL, "essay": "No idea, sorry. But I tried."},
    "zoe": {"square-solution": "def square(x):\n    return 2 * x", "total-solution": TOTAL},
    "ivan": {"square-solution": SQUARE, "total-solution": TOTAL},
}
HANDED_IN_AT = {"ada": "2026-11-01 10:00:00", "benoit": "2026-11-02 10:00:00", "zoe": "2026-11-03 21:00:00"}


def answered(course: Course, answers: dict[str, str]) -> dict[str, Any]:
    """The release notebook of `small` with these texts in its cells."""
    notebook: dict[str, Any] = json.loads((course.release / "small" / "small.ipynb").read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        cell["source"] = answers.get(cell["id"], cell["source"])
    return notebook


def grade_class_of(released: Course, root: Path) -> None:
    """Hand in what the class answered, and grade it."""
    shutil.copytree(released.root, root)
    course = Course(root)
    course.roster.write_text(CLASS, encoding="utf-8")
    with (root / "nbgrader_config.py").open("a") as config:
        config.write(DUE)
    for student, answers in ANSWERS.items():
        hand_in(course, student, json.dumps(answered(course, answers)))
    hand_in(course, "mia", "this is no notebook")
    command = [str(Path(sys.executable).parent / "chainrule"), "grade", "--workers", "1"]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    mark_by_hand(course, "benoit", "essay", 1.5)


def hand_in(course: Course, student: str, text: str, at: str = "") -> Path:
    """Put a notebook of `small` where a submission belongs, with the time when it was handed in."""
    folder = course.submitted / student / "small"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "small.ipynb").write_text(text, encoding="utf-8")
    if time := at or HANDED_IN_AT.get(student, ""):
        (folder / "timestamp.txt").write_text(f"{time} UTC\n")
    return folder


def url_of(course: Course) -> str:
    """Where a course's gradebook is."""
    return str(nbgrader_config(course).CourseDirectory.db_url)


def marks_in(url: str) -> list[tuple[Any, ...]]:
    """All marks of a class, with what the grader said, wherever they are kept: the same rows for the same class."""
    from sqlalchemy import text

    asked = (
        "select s.student_id, c.name, g.auto_score, g.manual_score, g.needs_manual_grade, o.auto_comment "
        "from grade g join base_cell c on c.id = g.cell_id join submitted_notebook n on n.id = g.notebook_id "
        "join submitted_assignment s on s.id = n.assignment_id "
        "left join comment o on o.cell_id = g.cell_id and o.notebook_id = g.notebook_id"
    )
    engine = make_engine(url)
    try:
        with engine.connect() as connection:
            return sorted((*row[:4], bool(row[4]), row[5]) for row in connection.execute(text(asked)))
    finally:
        engine.dispose()


def keep_on_a_server(course: Course, url: str) -> None:
    """Have a course keep its gradebook in this database, which holds its marks."""
    (course.root / "gradebook.db").unlink(missing_ok=True)
    with (course.root / "nbgrader_config.py").open("a") as config:
        config.write(f"\nc.CourseDirectory.db_url = {url!r}\n")


def mark_by_hand(course: Course, student: str, question: str, points: float, comment: str = "") -> None:
    """Give a mark as Formgrader does."""
    from nbgrader.api import Gradebook

    with Gradebook(url_of(course), "chainrule") as gradebook:
        grade = gradebook.find_grade(question, "small", "small", student)
        grade.manual_score, grade.needs_manual_grade = points, False
        if comment:
            gradebook.find_comment(question, "small", "small", student).manual_comment = comment
        gradebook.db.commit()


def rows_of(path: Path) -> list[list[str]]:
    """A CSV as any parser reads it."""
    with path.open(newline="", encoding="utf-8-sig") as file:
        return list(csv.reader(file))
