"""What an author is told about a check before any class is graded."""

import pytest

from chainrule.authoring.lint import lint_check

GIVEN = ["import numpy as np\nimport matplotlib.pyplot as plt", "def close(a, b):\n    return np.allclose(a, b)"]
STUDENT = frozenset({"f", "minimize", "weights", "parabola"})


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("x = 1\nx = minimize(lambda x: x)", 2, "plain cell"),
        ("x = minimize(f=lambda x: x)", 1, "lambda"),
        ("def mine(x):\n    return x\nassert minimize(mine) == 3", 3, "`mine`"),
        ("square = lambda x: x * x\nx = minimize([square])", 2, "`square`"),
        ("x = f(i for i in range(3))", 1, "Pass a list"),
        ("x = f(map(str, [1]))", 1, "list(...)"),
        ("plt.figure()", 1, "figure"),
        ("import matplotlib.pyplot as drawing\ndrawing.plot([1])", 2, "figure"),
        ("a = f(1)\nassert a is not weights", 2, "=="),
        ("assert f(1) is f(1)", 1, "=="),
        ("assert forward(1) == 2", 1, "Nobody defines `forward`"),
        ("get_ipython().run_line_magic('time', '')", 1, "IPython"),
        ("import inspect\nassert 'for' in inspect.getsource(f)", 2, "source code"),
        ("x = 3\nf(x)", 2, "last line"),
        ("def broken(:", 1, "not Python"),
    ],
)
def test_what_cannot_cross_is_named_with_its_line(text: str, line: int, says: str) -> None:
    """Each problem names its line, what it is, and what to do."""
    problems = lint_check(text, GIVEN, STUDENT)

    assert [problem.line for problem in problems] == [line]
    assert says in problems[0].message


@pytest.mark.parametrize(
    "text",
    [
        "assert close(f(np.ones(3)), 2)",
        "assert minimize(parabola, x0=1) == 0",
        "assert minimize(close) == 0",
        "assert f(1) is None or f(1) is not True",
        "assert type(f(1)) is float",
        "values = [f(x) for x in range(3)]\nassert sorted(values, key=lambda v: -v) == values",
        "with np.errstate(all='ignore'):\n    assert f(1) == 2",
        "assert 'weights' in globals()",
        "try:\n    f(1)\nexcept ValueError as error:\n    assert str(error)",
        "kept = weights\ndel weights\nweights = kept",
        "score = 0\nif f(1) == 2:\n    score += 1\nscore",
        "%matplotlib inline\nassert f(1) == 2",
        "def helper(a):\n    return f(a)\nassert helper(3) == 6",
        "assert np.all(np.array([1]) is not None)",
    ],
)
def test_an_ordinary_check_has_no_problems(text: str) -> None:
    """Nothing is said about a check that works."""
    assert lint_check(text, GIVEN, STUDENT) == []
