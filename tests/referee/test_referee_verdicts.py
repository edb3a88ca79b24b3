"""Whose fault a failure is, and what score a check gives."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from plain_kernel import judge

from chainrule.engine.referee_client import Referee
from chainrule.limits import Limits

NOTEBOOK = """
def f(x): return x * 2
def text(): return "abc"
def stub(): raise NotImplementedError()
def refuses(): assert False, "mine"
def number(): return 10**6
def forever():
    while True: yield 1
"""


@pytest.fixture(scope="module")
def referee() -> Iterator[Referee]:
    """A warm referee that gives a check little processor time of its own, and a busy machine all the time it takes.

    The author's notebook defines f, text, missing and stub.
    """
    limits = Limits(own_seconds=1, call_seconds=300, check_seconds=600, connect_seconds=600, calls=300)
    given = "import numpy as np\ndef number_of(v): return float(v)\ndef wrong(v): return 1 / 0"
    with Referee([given], author_names=frozenset({"f", "text", "missing", "stub"}), limits=limits) as referee:
        yield referee


@pytest.mark.parametrize(
    ("check", "exception"),
    [
        ("assert f(1) == 3, 'wrong'", "AssertionError"),
        ("stub()", "NotImplementedError"),
        ("missing(3)", "NameError"),
        ("float(text())", "ValueError"),
        ("value = text()\nparts = [value]\nfloat(parts[0])", "ValueError"),
        ("parts = []\nparts.append(text())\nfloat(parts[0])", "ValueError"),
        ("number_of(text())", "ValueError"),
        ("f(1)['dw8']", "TypeError"),
        ("a, b = f(1)", "TypeError"),
        ("for item in f(1):\n    pass", "TypeError"),
        ("np.testing.assert_allclose(f(np.ones(2)), np.ones(3))", "AssertionError"),
        ("refuses()", "AssertionError"),
        ("try:\n    stub()\nexcept Exception as e:\n    raise RuntimeError('wrapped') from e", "RuntimeError"),
        ("value = text()\nwhile value:\n    pass", "OutOfTime"),
        ("for one in forever():\n    pass", "StudentFault"),
    ],
)
def test_what_comes_from_the_student_fails_the_check(
    check: str, exception: str, referee: Referee, tmp_path: Path
) -> None:
    """Wrong values, exceptions in student code and values that the check cannot use are the student's."""
    (verdict,) = judge(referee, tmp_path, NOTEBOOK, check)

    assert (verdict.outcome, verdict.exception, verdict.score) == ("failed", exception, 0), verdict.traceback


@pytest.mark.parametrize(
    ("check", "exception", "line"),
    [
        ("assert f(1) == 2\n1 / 0", "ZeroDivisionError", 2),
        ("assert f(1) == 2\nnp.no_such_function(f(1))", "AttributeError", 2),
        ("assert f(1) == 2\nundefined", "NameError", 2),
        ("assert f(1) == 2\nimport no_such_module", "ModuleNotFoundError", 2),
        ("assert f(1) == 2\nwhile True: pass", "OutOfTime", 2),
        ("def f(:", "SyntaxError", 1),
        ("assert 1 == 2", "AssertionError", 1),
        ("wanted = {'a': 1}\nassert f(1) == wanted['b']", "KeyError", 2),
        ("raise SystemExit", "SystemExit", 1),
    ],
)
def test_what_the_check_does_wrong_by_itself_is_the_authors(
    check: str, exception: str, line: int, referee: Referee, tmp_path: Path
) -> None:
    """Mistakes in the check's own text, and things that cannot cross, take no marks from students."""
    (verdict,) = judge(referee, tmp_path, NOTEBOOK, check)

    assert (verdict.outcome, verdict.exception, verdict.line) == ("author_error", exception, line), verdict


@pytest.mark.parametrize(
    ("check", "line"),
    [
        ("f(object())", 1),
        ("class Mine:\n    pass\nf(Mine())", 3),
        ("try:\n    f([object()])\nexcept BaseException:\n    pass", 2),
        ("f(np.zeros(9_000_000))", 1),
    ],
)
def test_what_cannot_cross_is_no_verdict(check: str, line: int, referee: Referee, tmp_path: Path) -> None:
    """Where the referee cannot know what the check would say in the notebook, it says so, whatever the check does."""
    (verdict,) = judge(referee, tmp_path, NOTEBOOK, check)

    assert (verdict.outcome, verdict.score, verdict.line) == ("unrefereed", 0, line), verdict
    assert "cross" in verdict.message


def test_the_author_is_told_what_to_do_with_a_class(referee: Referee, tmp_path: Path) -> None:
    """The message says what cannot cross, and where to put it."""
    (verdict,) = judge(referee, tmp_path, NOTEBOOK, "class Mine:\n    pass\nf(Mine)")

    assert "type" in verdict.message and "plain cell" in verdict.message


@pytest.mark.parametrize(
    ("last_line", "outcome", "score"),
    [
        ("1.5", "partial", 1.5),
        ("0", "partial", 0),
        ("100", "partial", 2),
        ("-3", "partial", 0),
        ("float('nan')", "partial", 0),
        ("np.float64(0.5)", "partial", 0.5),
        ("number()", "partial", 2),
        ("points = 0\npoints += f(np.array([0.5]))\npoints", "partial", 1),
        ("points = 0.0\npoints += f(np.zeros(3))\npoints", "failed", 0),
        ("points = 1\nabs(points) * f(1j)", "failed", 0),
        ("def marks():\n    n = 0\n    n += f(np.zeros(3))\n    return n\nmarks()", "failed", 0),
        ("x = 3.0\nf(np.zeros(3) + x)", "passed", 2),
        ("x = 3.0\nprint(f(x) + x)", "passed", 2),
        ("True", "passed", 2),
        ("None", "passed", 2),
        ("'text'", "passed", 2),
        ("f", "passed", 2),
    ],
)
def test_a_number_on_the_last_line_is_the_score(
    last_line: str, outcome: str, score: float, referee: Referee, tmp_path: Path
) -> None:
    """Partial credit lies between nothing and the check's points; what is no number means full marks."""
    (verdict,) = judge(referee, tmp_path, NOTEBOOK, f"assert f(1) == 2\n{last_line}")

    assert (verdict.outcome, verdict.score) == (outcome, score), verdict.traceback


def test_the_verdict_says_where_in_the_students_code(referee: Referee, tmp_path: Path) -> None:
    """The student's own steps come separately from the check's, which may be hidden."""
    (verdict,) = judge(referee, tmp_path, NOTEBOOK, "hidden_number = 17\nassert f(hidden_number) == 34\nstub()")

    assert "hidden_number" in verdict.traceback or "check-0" in verdict.traceback
    assert "stub" in verdict.student_traceback and "hidden" not in verdict.student_traceback
    assert verdict.line == 3


def test_a_check_that_ends_its_process_is_the_authors_and_grading_goes_on(referee: Referee, tmp_path: Path) -> None:
    """Even a check that kills the referee harms no other check."""
    first, second = judge(referee, tmp_path, NOTEBOOK, "import os\nos._exit(3)", "assert f(1) == 2")

    assert (first.outcome, second.outcome) == ("author_error", "passed")


def test_a_hang_in_compiled_code_is_ended_and_located(referee: Referee, tmp_path: Path) -> None:
    """A check that Python cannot interrupt is ended; the traceback shows its line, and grading goes on."""
    first, second = judge(referee, tmp_path, NOTEBOOK, "assert f(1) == 2\nx = 7 ** (3**18)", "assert f(1) == 2")

    assert (first.outcome, second.outcome) == ("author_error", "passed")
    assert '"check-0", line 2' in first.traceback


def test_memory_is_bounded(tmp_path: Path) -> None:
    """A student's number cannot make the check eat the machine."""
    with Referee(["import numpy as np"], limits=Limits(referee_memory=2**29)) as referee:
        (verdict,) = judge(referee, tmp_path, "def n(): return 10**9", "np.ones(n())")

    assert verdict.outcome == "failed"
    assert verdict.exception.endswith("MemoryError")


def test_given_cells_that_fail_are_named(tmp_path: Path) -> None:
    """Each given cell that raises is reported by its number; the others still run."""
    with Referee(["a = 1", "b = 1 / 0", "c = 3"]) as referee:
        problems = referee.problems
        (verdict,) = judge(referee, tmp_path, "def f(): return 4", "assert f() == a + c")

    assert [(problem.cell, "ZeroDivisionError" in problem.message) for problem in problems] == [(1, True)]
    assert verdict.outcome == "passed"


def test_text_that_no_file_takes_is_made_harmless(referee: Referee, tmp_path: Path) -> None:
    """A message with a lone surrogate can be written anywhere."""
    (verdict,) = judge(referee, tmp_path, r"def f(x): raise ValueError('\ud800')", "f(1)")

    assert verdict.outcome == "failed"
    assert verdict.message.encode() == rb"\ud800"
