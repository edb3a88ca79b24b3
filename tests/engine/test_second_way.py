"""Checks that cannot be refereed run in a copy of the student's kernel, with the marks of stock; nothing comes back."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

import pytest
from nbformat import v4

from chainrule.engine.cells import is_check
from chainrule.engine.examine import Examiner
from chainrule.engine.routes import Route, Way
from chainrule.limits import Limits

COPY = Route(Way.COPY, "the test says so")


def cell(name: str, text: str, points: float = 0) -> Any:
    grading: dict[str, Any] = {"grade_id": name, "schema_version": 3, "task": False, "locked": bool(points)}
    grading |= {"solution": not points, "grade": bool(points)} | ({"points": points} if points else {})
    return v4.new_code_cell(text, id=name, metadata={"nbgrader": grading})


HELPERS = [
    cell("x", "x = 1"),
    cell("first", "def near(a, b):\n    return a == b\nassert x == 2\ncases = [1]", 1),
    cell("second", "assert near(x, cases[0])\ncases.append(2)", 1),
    cell("third", "assert near(cases, [1])", 1),
]


@pytest.fixture(scope="module")
def examiner() -> Iterator[Examiner]:
    """Warm processes for any notebook, whose instructor's notebook has helpers in its checks."""
    with Examiner(v4.new_notebook(cells=HELPERS), limits=Limits(cell_seconds=120, check_seconds=600)) as examiner:
        yield examiner


@pytest.fixture(scope="module")
def hasty() -> Iterator[Examiner]:
    """Warm processes that give a check little time and memory."""
    limits = Limits(cell_seconds=120, grace_seconds=2, check_seconds=3, memory=400 << 20)
    with Examiner(v4.new_notebook(cells=HELPERS), limits=limits) as examiner:
        yield examiner


def graded(examiner: Examiner, *cells: Any, refereed: tuple[str, ...] = ()) -> dict[str, Any]:
    """The cells by name after they were examined, with all checks but `refereed` on the second way."""
    notebook = v4.new_notebook(cells=copy.deepcopy(list(cells)))
    routes = {c.id: COPY for c in cells if is_check(c) and c.id not in refereed}
    examiner.examine(notebook, routes=routes)
    return {c.id: c for c in notebook.cells}


def verdict(cell: Any) -> tuple[str, float]:
    note = cell.metadata["chainrule"]["verdict"]
    return str(note["status"]), note["score"]


CONSTRUCTS = {
    "the shell's names": ("x = 5", "x = 6", "assert get_ipython().user_ns['x'] == 5"),
    "code objects": (
        "def f(a):\n    return max(a)",
        "def f(a):\n    return a[-1]",
        "assert 'max' in f.__code__.co_names",
    ),
    "generators": (
        "def g():\n    yield 1",
        "def g():\n    return [1]",
        "import types\nassert type(g()) is types.GeneratorType",
    ),
    "identity": ("a = b = []", "a, b = [], []", "assert a is b"),
    "magic": ("x = [1]", "x = []", "%timeit -n1 -r1 x[0]\n!true"),
    "a cell's output": ("def say():\n    print(1)", "say = None", "%%capture said\nsay()"),
    "await": (
        "async def f():\n    return 1",
        "async def f():\n    return 2",
        "import asyncio\nawait asyncio.sleep(0)\nassert await f() == 1",
    ),
    "files": ("open('a', 'w').write('1')", "open('a', 'w').write('2')", "assert open('a').read() == '1'"),
    "an open file": (
        "f = open('b', 'w+')\nf.write('12')\nf.seek(1)\nf.flush()",
        "f = open('b', 'w+')",
        "assert f.read() == '2'",
    ),
    "the cell before": ("x = 1", "x = 2", "assert In[-2].endswith('x = 1')"),
    "display": ("x = 1", "x = 2", "display(x)\nprint(x, flush=True)\nassert x == 1"),
    "threads": (
        "f = abs",
        "f = float",
        "from concurrent.futures import ThreadPoolExecutor as Pool\n"
        "with Pool(2) as pool:\n    assert list(pool.map(f, [-1])) == [1]",
    ),
    "a child process": (
        "x = 1",
        "x = 2",
        "import subprocess\nassert subprocess.check_output(['echo', '-n', '1']) == str(x).encode()",
    ),
}
SWALLOWS = "a cell's output"
"""On stock too, an error inside `%%capture` costs nothing."""


@pytest.mark.parametrize("construct", CONSTRUCTS)
def test_a_right_answer_passes_and_a_wrong_one_fails(examiner: Examiner, construct: str) -> None:
    """What the referee cannot run has the mark that stock nbgrader gives."""
    right, wrong, check = CONSTRUCTS[construct]
    expected = (
        ("passed", 2.0) if construct == "a cell's output" else ("failed", 0.0)
    )  # on stock too: it swallows errors

    assert verdict(graded(examiner, cell("answer", right), cell("check", check, 2))["check"]) == ("passed", 2.0)
    assert verdict(graded(examiner, cell("answer", wrong), cell("check", check, 2))["check"]) == expected


def test_a_check_sees_the_notebook_where_it_stands(examiner: Examiner) -> None:
    """It runs when the notebook is done, on what there was at its place; refereed checks around it run as ever."""
    came = graded(
        examiner,
        cell("one", "x = 1"),
        cell("sees-one", "assert x == 1", 1),
        cell("refereed", "assert x == 1", 1),
        cell("sees-one-too", "assert x == 1", 1),
        cell("two", "x = 2"),
        cell("sees-two", "assert x == 2", 1),
        refereed=("refereed",),
    )

    assert {name: verdict(came[name]) for name in came if name not in ("one", "two")} == {
        name: ("passed", 1.0) for name in ("sees-one", "refereed", "sees-one-too", "sees-two")
    }


def test_a_verdict_says_that_it_is_not_refereed(examiner: Examiner) -> None:
    """In the metadata with the reason, and in the outputs, from which nbgrader still reads the same mark."""
    from nbgrader.utils import determine_grade

    came = graded(examiner, cell("x", "x = 1"), cell("check", "0.25 * x", 1))["check"]

    assert came.metadata["chainrule"]["verdict"]["refereed"] is False
    assert came.metadata["chainrule"]["verdict"]["why"] == COPY.reason
    assert came.outputs[0].text.startswith("Not refereed")
    assert determine_grade(came) == (0.25, 1.0)


def test_points_that_are_no_number_earn_none(examiner: Examiner) -> None:
    """A check that adds up points fails where an answer makes a text of them."""
    odd = "class Odd:\n    def __radd__(self, other):\n        return 'all of them'\nodd = Odd()"

    came = graded(examiner, cell("odd", odd), cell("check", "points = 0\npoints += odd\npoints", 3))

    assert verdict(came["check"]) == ("failed", 0.0)


@pytest.mark.parametrize("own", ["", "def near(a, b):\n    return True"])
def test_a_check_finds_what_an_earlier_one_made(examiner: Examiner, own: str) -> None:
    """Helpers of earlier checks are there, also of one that failed; each copy makes its own, over a student's."""
    answer, *checks = HELPERS

    came = graded(examiner, cell("x", f"{answer.source}\n{own}"), *checks)

    assert [verdict(came[check.id])[0] for check in checks] == ["failed", "passed", "passed"]
    assert verdict(graded(examiner, cell("x", f"x = 3\n{own}"), *checks)["second"])[0] == "failed"


HIDDEN = "### BEGIN HIDDEN TESTS\nassert f(271828) == 3141592, {message}\n### END HIDDEN TESTS"


@pytest.mark.parametrize(
    ("message", "told"), [("'try large numbers'", "try large numbers"), ("f(0)", "hidden"), ("str(3141592)", "hidden")]
)
def test_a_hidden_line_tells_its_authors_words_and_nothing_else(examiner: Examiner, message: str, told: str) -> None:
    """A message that is plain text is taken from the author's check, not from the copy; any other is withheld."""
    came = graded(examiner, cell("f", "def f(x):\n    return x"), cell("check", HIDDEN.format(message=message), 1))

    assert told in came["check"].metadata["chainrule"]["verdict"]["message"]
    assert "3141592" not in str(came["check"].outputs) + str(came["f"].outputs)


def test_the_author_reads_every_word_of_the_own_solution(examiner: Examiner) -> None:
    """The self-test asks for all that a copy says."""
    cells = [cell("f", "def f(x):\n    return x"), cell("check", HIDDEN.format(message="str(f(5))"), 1)]

    verdicts = examiner.verdicts(v4.new_notebook(cells=cells), {"check": COPY})

    assert (verdicts["check"].message, verdicts["check"].line) == ("5", 2)


ENDLESS = "def f():\n    while True:\n        "
BOMBS = {
    "a loop": ENDLESS + "pass",
    "a loop that cannot be interrupted": ENDLESS + "try:\n            f()\n        except BaseException: pass",
    "memory": "def f():\n    return bytearray(1 << 31)",
    "the end of its process": "import os\ndef f():\n    os._exit(0)",
    "a stop": "import os, signal\ndef f():\n    os.kill(os.getpid(), signal.SIGSTOP)",
    "processes": "import os\n" + ENDLESS + "os.fork()",
    "processes in sessions of their own": "import os\n" + ENDLESS + "if os.fork(): os.setsid()",
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_bomb_costs_the_check_that_it_is_in(hasty: Examiner, bomb: str) -> None:
    """Time, memory and processes are bounded; the next check, and the next submission, have their marks."""
    came = graded(
        hasty,
        cell("f", BOMBS[bomb]),
        cell("bombed", "f()", 1),
        cell("x", "x = 1"),
        cell("check", "assert x == 1", 1),
    )

    assert verdict(came["bombed"])[0] in ("failed", "needs a person")
    assert verdict(came["check"]) == ("passed", 1.0)
    assert verdict(graded(hasty, cell("x", "x = 1"), cell("check", "assert x", 1))["check"]) == ("passed", 1.0)


def test_a_kernel_that_dies_is_replaced_with_its_copies(examiner: Examiner) -> None:
    """Copies end with their kernel; the next one leaves copies at the same places."""
    came = graded(
        examiner,
        cell("x", "x = 1"),
        cell("before", "assert x == 1", 1),
        cell("fatal", "import os\nx = 2\nos._exit(1)"),
        cell("after", "assert x == 1", 1),
    )

    assert (verdict(came["before"]), verdict(came["after"])) == (("passed", 1.0), ("passed", 1.0))


def test_a_check_for_a_person_is_not_run(examiner: Examiner) -> None:
    """Its reason is noted for the teacher, and the student is told that a person will look."""
    notebook = v4.new_notebook(cells=[cell("x", "x = 1"), cell("check", "assert x == 2", 1)])

    examiner.examine(notebook, routes={"check": Route(Way.PERSON, "the solution fails")})

    note = notebook.cells[1].metadata["chainrule"]["verdict"]
    assert (note["status"], note["why"]) == ("needs a person", "the solution fails")
    assert "refereed" not in note
