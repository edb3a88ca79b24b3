"""Copies are found however they are dressed up; what the task explains is not; nobody is accused."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from chainrule.cli import main
from chainrule.course import Course
from chainrule.reporting.alike import Answers, Pair, pairs_in, sides_of
from chainrule.reporting.tokens import names_in, statements_of

pytestmark = pytest.mark.on_both

TASK = [
    "import numpy as np\ndef grad(w, x, y):\n    raise NotImplementedError()",
    "import numpy as np\ndef grad(w, x, y):\n    return 2 * x.T @ (x @ w - y) / len(y)",
]
ODD = """def grad(w, x, y):
    total = np.zeros_like(w)
    for i in range(len(y)):
        guess = sum(w[j] * x[i][j] for j in range(len(w)))
        error = guess - y[i]
        for j in range(len(w)):
            total[j] += 2 * error * x[i, j]
    return total / max(1, len(y))
"""
RENAMED = '''def grad(weights, data, labels):
    """My own words."""
    # entirely mine
    acc = np.zeros_like(weights)
    for row in range(len(labels)):
        p = sum(weights[k] * data[row][k] for k in range(len(weights)))
        diff = (p - labels[row])  # the error
        for k in range(len(weights)):
            acc[k] += 2 * diff * data[row, k]
    return acc / max(1, len(labels))
'''
REORDERED = """def helper(n):
    return max(1, n)

def grad(w, x, y):
    n = len(y)
    total = np.zeros_like(w)
    for i in range(len(y)):
        guess = sum(w[j] * x[i][j] for j in range(len(w)))
        error = guess - y[i]
        for j in range(len(w)):
            total[j] += 2 * error * x[i, j]
    return total / max(1, len(y))
"""
OTHERS = [
    "def grad(w, x, y):\n    return 2 * x.T @ (x @ w - y) / len(y)",
    "def grad(w, x, y):\n    r = x.dot(w) - y\n    return (2 / y.size) * np.einsum('ij,i->j', x, r)",
    "def grad(w, x, y):\n    out = []\n    for j in range(len(w)):\n"
    "        out.append(2 * np.mean((x @ w - y) * x[:, j]))\n    return np.array(out)",
    "def grad(w, x, y):\n    return 2 * np.mean((x @ w - y)[:, None] * x, axis=0)",
    "def grad(w, x, y):\n    return 2 * x.T @ (x @ w - y) / y.shape[0]",
]  # fmt: skip


def class_of(*odd: str) -> list[Answers]:
    texts = [*odd, *OTHERS]
    return [Answers(f"s{number}", {"grad": text}) for number, text in enumerate(texts)]


def found(*odd: str) -> list[tuple[str, str]]:
    return [(pair.one.student, pair.other.student) for pair in pairs_in(class_of(*odd), TASK)]


@pytest.mark.parametrize("copy", [ODD, RENAMED, REORDERED], ids=["as it is", "renamed", "with more, elsewhere"])
def test_a_copy_is_found_however_it_is_dressed_up(copy: str) -> None:
    """Names, comments, brackets, layout and added lines do not hide it."""
    assert found(ODD, copy) == [("s0", "s1")]


def test_what_the_task_explains_is_no_likeness() -> None:
    """Many have the instructor's own solution, which is short; a stub that nobody filled in is everybody's."""
    assert found(TASK[1], TASK[1]) == []
    assert found(TASK[0], TASK[0]) == []


def test_what_much_of_the_class_has_is_no_likeness() -> None:
    """A way that was shown in the lecture is everybody's."""
    assert found(ODD, ODD, ODD) == []


def test_different_answers_are_not_listed() -> None:
    """A class that answered each in its own way has no pair."""
    assert found() == []


def test_names_that_the_task_gives_stay_and_all_others_go() -> None:
    """`np`, functions of the course, attributes and numbers say what is done; the rest is a student's own."""
    given = names_in(TASK)

    assert {"np", "grad"} <= given
    assert not given & {"w", "x", "y"}
    assert statements_of("total = np.zeros(3.0)  # 3", given) == [("name", "=", "np", ".", "zeros", "(", "3", ")")]
    assert statements_of('"""Words."""\nx = 1', given) == [("name", "=", "1")]


@pytest.mark.parametrize("text", ["def (", "x = '", "\x00", "if x:\nreturn", "(" * 5000])
def test_what_is_no_python_is_read_as_far_as_it_goes(text: str) -> None:
    """An answer with a mistake in it stops nothing."""
    assert isinstance(statements_of(text, frozenset()), list)


def test_both_sides_show_which_lines_are_shared() -> None:
    """Lines with their like on the other side are marked; others are not."""
    pair = Pair(Answers("a", {"grad": ODD}), Answers("b", {"grad": REORDERED}), 1.0, 20, ("grad",))

    left, right = sides_of(pair, "grad", names_in(TASK))

    assert all(line.shared for line in left)
    alone = [line.text.strip() for line in right if not line.shared and line.text]
    assert alone == ["def helper(n):", "return max(1, n)", "n = len(y)"]


def test_the_page_lists_pairs_and_accuses_nobody(
    class_copy: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`chainrule alike` on a class of which two answered in the same odd way; what they wrote is text in the page."""
    for student, text in (("zoe", ODD + "# <script>alert(1)</script>\n"), ("ivan", RENAMED)):
        path = class_copy.root / "autograded" / student / "small" / "small.ipynb"
        notebook = json.loads(path.read_text(encoding="utf-8"))
        (cell,) = [cell for cell in notebook["cells"] if cell["id"] == "square-solution"]
        cell["source"] = text
        path.write_text(json.dumps(notebook), encoding="utf-8")
    monkeypatch.chdir(class_copy.root)

    assert main(["alike", "small", "--output", str(tmp_path / "alike.html")]) == 0

    page = (tmp_path / "alike.html").read_text(encoding="utf-8")
    assert re.search(r"ivan and zoe: \d+ % \(square-solution\)", capsys.readouterr().out)
    assert "<mark>    for row in range(len(labels)):</mark>" in page
    assert "<script" not in page
    assert not re.search(r"cheat|plagiar|copied|fraud|dishonest", page, re.I)
