"""What stands beside a notebook stands beside it when it is graded, under the same paths, as with stock nbgrader."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from stock_course import StockCourse, cell, check, solution

from chainrule.engine import steps

FILES = {
    "tools.py": "def near(a, b):\n    return abs(a - b) < 1e-9\n",
    "shapes/__init__.py": "from shapes.circle import area\n",
    "shapes/circle.py": "def area(r):\n    return 3 * r * r\n",
    "data/deep/rows.csv": "1\n2\n3\n",
    "theirs.py": "def answer():\n    return 42\n",
    "run.sh": "echo ran\n",
    "__pycache__/old.pyc": "",
}
CELLS = [
    cell("imports", "import tools\nfrom shapes import area\nimport numpy as np"),
    solution("total", "def total():\n    return sum(int(row) for row in open('data/deep/rows.csv'))"),
    check("is-total", "assert tools.near(total(), 6)"),
    check("reads", "assert total() == sum(int(row) for row in open('data/deep/rows.csv'))"),
    solution("round", "def double_area(r):\n    return 2 * area(r)"),
    check("is-round", "assert double_area(2) == 2 * area(2)"),
    solution("uses", "from theirs import answer"),
    check("is-answer", "assert answer() == 42"),
]
NONE = dict.fromkeys(("is-total", "reads", "is-round", "is-answer"), 0)
ALL = dict.fromkeys(NONE, 1)


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StockCourse]:
    """A course with modules, a package and data beside its notebook; students may write `theirs.py`."""
    config = "c.Autograde.exclude_overwriting = {'a': ['theirs.py']}\nc.Examine.keep_files = ['*.txt', 'out/*']"
    yield StockCourse(tmp_path_factory.mktemp("beside"), {"n": CELLS}, FILES, config=config)
    steps.close_examiners()


def test_modules_packages_and_data_are_where_they_were(course: StockCourse) -> None:
    """An honest submission has all its marks: kernel and referee both import what the course lays out."""
    course.hand_in("honest", {})

    assert course.grade("honest") == ALL


def test_a_module_that_the_course_leaves_to_students_is_the_student_s(course: StockCourse) -> None:
    """`exclude_overwriting`: the course's own version answers for nobody."""
    course.hand_in("wrong", {}, {"theirs.py": "def answer():\n    return 41\n"})

    assert course.grade("wrong") == {**ALL, "is-answer": 0}


def test_files_of_the_students_own_are_there(course: StockCourse) -> None:
    """Data that they made and a module that they wrote, in folders of their own."""
    mine = {"mine/helper.py": "HALF = 0.5\n", "mine/numbers.txt": "12"}
    text = "from mine.helper import HALF\ndef total():\n    return HALF * int(open('mine/numbers.txt').read())"
    course.hand_in("own", {"total": text}, mine)

    assert course.grade("own") == ALL


def test_no_file_of_a_student_replaces_one_of_the_course_s(course: StockCourse) -> None:
    """Neither data nor helper, nor by a file where the course has a folder."""
    course.hand_in(
        "replaces",
        {"total": "def total():\n    return 0", "round": "def double_area(r):\n    return 0"},
        {"data/deep/rows.csv": "0\n", "tools.py": "def near(a, b):\n    return True\n", "shapes.py": "area = int\n"},
    )

    assert course.grade("replaces") == {**ALL, "is-total": 0, "reads": 0, "is-round": 0}


SHADOW = "class Yes:\n    __eq__ = lambda *_: True\ndef __getattr__(name): return lambda *_, **__: Yes()\n"


def test_no_module_of_a_student_shadows_one_of_the_referee_s(course: StockCourse) -> None:
    """numpy.py, csv.py, sitecustomize.py and a package chainrule beside the notebook win nothing."""
    names = ("numpy.py", "csv.py", "math.py", "sitecustomize.py", "chainrule/__init__.py", "msgpack.py")
    wrong = {"total": "def total():\n    return 0", "round": "def double_area(r):\n    return 0"}
    course.hand_in("shadows", {**wrong, "uses": "def answer():\n    return 0"}, dict.fromkeys(names, SHADOW))

    assert course.grade("shadows") == NONE


WRITES = """
import os
os.makedirs("out", exist_ok=True)
open("out/figure.png", "w").write("a picture")
open("out/page.html", "w").write("<script>")
open("note.txt", "w").write("mine")
open("secret.bin", "w").write("not asked for")
open("n.ipynb", "w").write("no notebook")
os.symlink("/etc/passwd", "link.txt")
def total():
    return 6
"""


def test_files_that_an_answer_wrote_come_back_where_they_are_asked_for(course: StockCourse) -> None:
    """`Examine.keep_files`: what matches stands in autograded/, and nothing else does."""
    course.hand_in("writes", {"total": WRITES})

    marks = course.grade("writes")

    assert marks["is-total"] == 1
    folder = course.root / "autograded/writes/a"
    assert (folder / "out/figure.png").read_text() == "a picture"
    assert not (folder / "out/page.html").exists()
    assert (folder / "note.txt").read_text() == "mine"
    assert not (folder / "secret.bin").exists()
    assert not (folder / "link.txt").exists()
    assert len(course.graded("writes").cells) == len(CELLS)


def test_more_than_a_submission_may_write_is_refused_by_name(course: StockCourse) -> None:
    """Files beside the notebook, `theirs.py` among them, count against the disk that a submission has."""
    course.hand_in("many", {}, {f"{number}.txt": "" for number in range(9)})

    with course.configured("c.Examine.files = 3"):
        outcome = course.api().autograde("a", "many")

    assert not outcome["success"]
    assert "10 files of 0 MB were handed in beside the notebook; at most 3 files of" in outcome["log"]
