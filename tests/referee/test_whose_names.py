"""Whose each name is in a check: the author's, wherever an author's cell makes it; nothing that a solution makes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from nbformat import v4
from plain_kernel import judge

from chainrule.engine.authors_code import AuthorsCode, read_authors_code
from chainrule.engine.instructor import helper_names, notebook_names
from chainrule.engine.referee_client import Referee
from chainrule.referee.verdict import Verdict

CLOSE = "def close(got, want):\n    return abs(got - want) < 1e-9"
GRABS = "seen = []\ndef close(got, want):\n    seen.append(want)\n    return True"
SQUARE = "def square(x):\n    return x * x"
CHECK = "assert close(square(3), 9)"


def notebook(*cells: tuple[str, str]) -> Any:
    """An instructor's notebook of cells that are `locked`, `plain`, `solution` or `check`."""
    made = v4.new_notebook()
    for number, (role, text) in enumerate(cells):
        about = {"grade_id": f"{role}-{number}", "schema_version": 3, "task": False}
        about |= {"locked": role in ("locked", "check"), "solution": role == "solution", "grade": role == "check"}
        metadata = {} if role == "plain" else {"nbgrader": about | ({"points": 2} if role == "check" else {})}
        made.cells.append(v4.new_code_cell(text, metadata=metadata))
    return made


def verdicts(folder: Path, source: Any, students: str) -> list[Verdict]:
    """What the checks of a notebook say of a student's code, all of which has run."""
    code: AuthorsCode = read_authors_code(source)
    checks = [cell for cell in source.cells if cell.metadata.get("nbgrader", {}).get("grade")]
    places = {f"check-{number}": code.places[cell.metadata.nbgrader.grade_id] for number, cell in enumerate(checks)}
    with Referee(
        code.texts,
        one_by_one=code.one_by_one,
        places=places,
        author_names=notebook_names(source),
        helpers=helper_names(source),
    ) as referee:
        return judge(referee, folder, students, *(cell.source for cell in checks))


BODY = "return abs(got - want) < 1e-9"
LAYOUTS = {
    "alone": CLOSE,
    "with a call": f"import random\nrandom.seed(1)\n{CLOSE}",
    "in an if": f"if True:\n    def close(got, want): {BODY}\n    print(square(2))",
    "in a try": f"try:\n    from no_such_module import close\nexcept ImportError:\n    def close(got, want): {BODY}",
    "in a class": f"class Help:\n    @staticmethod\n    def close(got, want): {BODY}\nclose = Help.close",
    "a lambda": "close = lambda got, want: abs(got - want) < 1e-9",
    "partial": "import math\nfrom functools import partial\nclose = partial(math.isclose, rel_tol=1e-9)",
    "decorated": f"def loud(f):\n    def g(*a):\n        return f(*a)\n    return g\n@loud\n{CLOSE}",
    "imported": "from math import isclose as close",
    "by star": "from math import *\ndef close(got, want): return fabs(got - want) < 1e-9",
    "annotated": "def close(got, want: square = None):\n    return abs(got - want) < 1e-9",
    "with magic": f"%matplotlib inline\n!ls\ndef close(got, want): {BODY}",
    "with a call of the student's": f"{CLOSE}\nprint(square(4))\nexample = square(5)",
    "computed": "import numpy as np\nclose = np.vectorize(lambda a, b: bool(abs(a - b) < 1e-9))",
    "in a loop": f"for name in ['close']:\n    def close(got, want): {BODY}",
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_an_authors_helper_is_never_the_students(layout: str, tmp_path: Path) -> None:
    """However an author's cell makes it, before or after the answer: the student's own `close` decides nothing."""
    role = "locked" if len(layout) % 2 else "plain"
    before = notebook(("solution", SQUARE), (role, LAYOUTS[layout]), ("check", CHECK))

    (right,) = verdicts(tmp_path, before, f"{SQUARE}\n{GRABS}")
    (wrong,) = verdicts(tmp_path, before, f"def square(x): return 1\n{GRABS}")

    assert right.outcome == "passed", right.traceback
    assert wrong.outcome == "failed", wrong


def test_data_of_the_author_are_the_authors(tmp_path: Path) -> None:
    """Data that are computed, seeded, read or changed in several statements are those of the author's cells."""
    cell = "import numpy as np\nnp.random.seed(1)\ncases = list(np.random.rand(3))\ncases.append(2.0)\ncases[0] = 5.0"
    source = notebook(
        ("locked", cell),
        ("solution", SQUARE),
        ("check", "assert [square(c) for c in cases] == [c * c for c in cases] and cases[0] == 5 and len(cases) == 4"),
    )

    (right,) = verdicts(tmp_path, source, f"{SQUARE}\ncases = []")
    (wrong,) = verdicts(tmp_path, source, "def square(x): return 0\ncases = []")

    assert (right.outcome, wrong.outcome) == ("passed", "failed"), right.traceback


def test_an_answer_that_is_an_import_is_the_students(tmp_path: Path) -> None:
    """What a solution imports, the referee does not have: an untouched stub fails."""
    source = notebook(("solution", "from math import sqrt as root"), ("check", "assert root(9) == 3"))

    (right,) = verdicts(tmp_path, source, "from math import sqrt as root")
    (stub,) = verdicts(tmp_path, source, "pass")

    assert (right.outcome, stub.outcome) == ("passed", "failed"), right.traceback


def test_a_module_that_both_import_is_the_authors(tmp_path: Path) -> None:
    """A solution that imports once more what the author's cells import takes nothing over."""
    source = notebook(
        ("plain", "import math"), ("solution", f"import math\n{SQUARE}"), ("check", "assert math.isclose(square(3), 9)")
    )
    fake = "class math:\n    isclose = staticmethod(lambda a, b: True)\ndef square(x): return 1"

    (verdict,) = verdicts(tmp_path, source, fake)

    assert verdict.outcome == "failed"


def test_cells_count_at_their_places(tmp_path: Path) -> None:
    """A later cell of the author's replaces the student's function in the checks after it, and in none before."""
    check = "assert square(3) == 9"
    source = notebook(("solution", SQUARE), ("check", check), ("locked", SQUARE), ("check", check))

    before, after = verdicts(tmp_path, source, "def square(x): return 1")

    assert (before.outcome, after.outcome) == ("failed", "passed")


def test_a_name_has_the_value_of_its_last_cell(tmp_path: Path) -> None:
    """Author's cells, solutions and checks that make one name follow one another as in the notebook."""
    source = notebook(
        ("plain", "answer = None\nlimit = 1"),
        ("check", "assert limit == 1 and answer is None"),
        ("solution", "answer = 42"),
        ("plain", "limit = 2"),
        ("check", "assert answer == 42 and limit == 2\nlimit = 3"),
        ("check", "assert limit == 3"),
    )

    outcomes = [verdict.outcome for verdict in verdicts(tmp_path, source, "answer = 42\nlimit = 7")]

    assert outcomes[1:] == ["passed", "passed"]


def test_what_the_students_code_made_is_read_from_the_notebook(tmp_path: Path) -> None:
    """A value that an author's cell had of the student's function is the notebook's."""
    source = notebook(
        ("solution", SQUARE),
        ("locked", "results = []\nfor i in range(3):\n    results.append(square(i))"),
        ("check", "assert results == [0, 1, 4]"),
    )
    code = read_authors_code(source)

    (verdict,) = verdicts(tmp_path, source, f"{SQUARE}\nresults = [square(i) for i in range(3)]")

    assert verdict.outcome == "passed", verdict.traceback
    assert "results" in code.places["check-2"].students


def test_what_stands_after_a_line_that_failed_is_there_for_later_checks(tmp_path: Path) -> None:
    """What an earlier check was to make without the student's code; not what the student's code was to give."""
    source = notebook(
        ("solution", SQUARE),
        ("check", "assert square(2) == 5\nimport math\nwant = math.floor(9.5)\ngot = square(4)"),
        ("check", "assert square(3) == want"),
        ("check", "assert got == 16"),
    )

    outcomes = [verdict.outcome for verdict in verdicts(tmp_path, source, SQUARE)]

    assert outcomes == ["failed", "passed", "failed"]


@pytest.mark.parametrize(
    "cell",
    [
        "%run helpers.py",
        f"@square\n{CLOSE}",
        "def close(got, want, near=square):\n    return got == want",
        f"{CLOSE.replace('abs', '1 / 0 + abs')}\nclose = close(1, 2)",
    ],
    ids=["magic", "decorated by the student", "the student's as default", "fails"],
)
def test_what_the_referee_cannot_make_is_nobodys(cell: str, tmp_path: Path) -> None:
    """A helper that only the notebook can make decides nothing here: no mark, no zero, but a word."""
    source = notebook(("solution", SQUARE), ("locked", cell), ("check", CHECK))

    (verdict,) = verdicts(tmp_path, source, f"{SQUARE}\n{GRABS}")

    assert verdict.outcome == "unrefereed", verdict
    assert "close" in verdict.message


def test_what_no_check_needs_does_not_run_in_the_referee() -> None:
    """Plots, training and downloads of the author's run beside student code only, as ever."""
    cell = "import numpy as np\nimport csv\nx = np.arange(3)\ncsv.list_dialects()\nfit(x)\nprint(3)\ny = x + 1"
    code = read_authors_code(notebook(("plain", cell), ("solution", SQUARE), ("check", "assert square(y[0]) == 1")))

    assert code.texts == [
        "import numpy as np",
        "import csv",
        "x = np.arange(3)",
        "y = x + 1",
    ]
