"""Checks that use the student's functions, classes and variables, in the referee, against a real second process."""

from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest
from plain_kernel import PlainKernel, judge

from chainrule.engine.referee_client import Referee
from chainrule.limits import Limits
from chainrule.referee.verdict import Check

CHECKKIT = Path(__file__).parents[2] / "src/chainrule/authoring/checkkit.py"
GIVEN = """
import math
import numpy as np
%matplotlib inline
X = np.arange(6.0)
def close(a, b): return np.allclose(a, b)
def loss_twice(): return 2 * loss
def cube(x): return x ** 3
"""
NOTEBOOK = '''
import numpy as np
w, loss, table = [1, 2, 3], np.float32(0.5), {"a": np.arange(3)}
def double(x): return x * 2
def fail(*details): raise ValueError(*details)
def change(a, rows, notes): a[0] = 99; rows.append([1]); rows[0].append(5); notes["k"] = 1
def read_w(): return len(w)
def train(): w[0] += 1
def derivative(f, x, h=1e-6):
    """Centred."""
    return (f(x + h) - f(x - h)) / (2 * h)
def count(): yield 1; yield 2
def squares(n): return [i * i for i in range(n)]
def sum_of_squares(n): return sum(squares(n))
def parabola(x): return x * x
def cube(x): return x ** 3
class Net:
    """A network."""
    def __init__(self, w1=0.5): self.w1 = w1
    def forward(self, x): return self.w1 * x
    def __len__(self): return 3
    def __getitem__(self, i): return "abc"[i]
    def __repr__(self): return f"Net({self.w1})"
    def __eq__(self, other): return self.w1 == other.w1
    def __add__(self, other): return Net(self.w1 + other.w1)
class Deep(Net): pass
class StackError(LookupError): pass
class Empty(StackError): pass
def pop(): raise Empty("nothing left")
def quits(): raise SystemExit(3)
def solve(): return np.linalg.inv(np.zeros((2, 2)))
sys_out = print("noise")
'''


@pytest.fixture(scope="module")
def referee() -> Iterator[Referee]:
    """A warm referee that has run the given cells."""
    # Importing TensorFlow on a busy machine can take more than the usual half minute.
    with Referee([GIVEN, CHECKKIT.read_text()], limits=Limits(connect_seconds=180)) as referee:
        assert referee.problems == []
        yield referee


@pytest.mark.parametrize(
    "check",
    [
        "assert double(3) == 6 and close(double(X), X * 2)",
        "assert type(loss) is np.float32 and loss == 0.5 and w == [1, 2, 3]",
        "assert type(table['a']) is np.ndarray and table['a'][2] == 2",
        "assert loss_twice() == 1.0",
        "def helper(n):\n    return [double(i) for i in range(n)]\nassert helper(3) == [0, 2, 4]",
        "class Case:\n    value = double(4)\nassert Case.value == 8",
        "assert eval('double(4)') == 8",
        "train(); train()\nassert w[0] == 3",
        "before = w[0]\ntrain()\nassert w[0] == before + 1",
        "double = 3\nassert double == 3",
        "a, rows, notes = np.zeros(4)[::2], [[0]], {}\nfirst = rows[0]\nchange(a, rows, notes=notes)\n"
        "assert a[0] == 99 and rows == [[0, 5], [1]] and rows[0] is first and notes == {'k': 1}",
        "try:\n    fail('no', 3)\nexcept ValueError as error:\n    assert error.args == ('no', 3)\n"
        "else:\n    raise AssertionError",
        "try:\n    quits()\nexcept SystemExit as stop:\n    assert stop.code == 3",
        "try:\n    solve()\nexcept np.linalg.LinAlgError as error:\n    assert 'ingular' in str(error)",
        "for kind in (Empty, StackError, LookupError):\n    try:\n        pop()\n    except kind as error:\n"
        "        assert str(error) == 'nothing left' and isinstance(error, Empty)",
        "assert abs(derivative(np.sin, 0.0) - 1) < 1e-6 and abs(derivative(parabola, 3.0) - 6) < 1e-6",
        "assert abs(derivative(math.exp, 0.0, h=1e-5) - 1) < 1e-6",
        "assert list(count()) == [1, 2] and next(count()) == 1",
        "assert list(squares(3)) == [0, 1, 4]",
        "net = Net()\nassert net.forward(4) == 2.0 and len(net) == 3 and net[1] == 'b'\n"
        "assert repr(net) == 'Net(0.5)'\nnet.w1 = 2\nassert net.forward(4) == 8 and net.w1 == 2\n"
        "assert callable(net.forward) and not callable(net)",
        "assert isinstance(Deep(), Net) and not isinstance(Net(), Deep) and not isinstance(3, Net)",
        "assert issubclass(Deep, Net) and callable(Net) and Net.__name__ == 'Net' and Net.__doc__ == 'A network.'",
        "assert Net(1) == Net(1) and Net(1) != Net(2) and (Net(1) + Net(2)).w1 == 3 and list(Net()) == list('abc')",
        "assert not hasattr(Net(), 'w2') and hasattr(Net(), 'w1') and vars(Net(4)) == {'w1': 4}",
        "import inspect\nassert list(inspect.signature(derivative).parameters) == ['f', 'x', 'h']",
        "assert parabola is parabola and {parabola: 1}[parabola] == 1",
        "with notebook_with(w=[7]):\n    assert read_w() == 1\nassert read_w() == 3\ntrain()\nassert w == [2, 2, 3]",
        "with notebook_with(w=GONE):\n    try:\n        read_w()\n    except NameError:\n        pass\n"
        "    else:\n        assert False\nassert w == [1, 2, 3]",
        "with notebook_with(squares=parabola):\n    try:\n        sum_of_squares(3)\n    except TypeError: pass\n"
        "    else:\n        assert False\nassert sum_of_squares(3) == 5",
        "kept = squares\ndel squares\ntry:\n    sum_of_squares(3)\nexcept NameError: pass\nelse:\n    assert False\n"
        "finally:\n    squares = kept\nassert sum_of_squares(3) == 5",
        "names = globals()\nassert 'w' in names and 'nothing' not in names and names.get('nothing') is None\n"
        "assert names['w'] == [1, 2, 3] and names['loss'] == 0.5 and isinstance(names['w'], list)\n"
        "names.update(w=[5], extra=1)\nassert w == [5] and extra == 1\n"
        "assert names.pop('extra') == 1 and 'extra' not in names\nnames['w'][0] = 6\nassert w == [6]",
        "names = globals()\nassert names.pop('nothing', 0) == 0 and len(names) == len(list(names))\n"
        "names['w'] = [4, 5]\ndel names['loss']\nassert 'loss' not in names and read_w() == 2 and w == [4, 5]\n"
        "for missing in (lambda: names.pop('loss'), lambda: names.__delitem__('loss')):\n"
        "    try:\n        missing()\n    except KeyError: pass\n    else:\n        assert False",
        "squares(1)\nglobals()['squares'] = parabola\nassert squares(3) == 9",
        "assert 'w' in locals() and 'w' in vars() and 'w' in dir()",
        "try:\n    nothing\nexcept NameError as error:\n    assert error.name == 'nothing'",
        "assert np.sum(globals()['table']['a']) == 3 and np.asarray(globals()['w']).shape == (3,)",
    ],
)
def test_an_honest_check_passes_as_it_does_in_the_notebook(check: str, referee: Referee, tmp_path: Path) -> None:
    """Data, functions, classes, exceptions and changes in place look to the check as they do in the notebook."""
    (verdict,) = judge(referee, tmp_path, NOTEBOOK, check)

    assert (verdict.outcome, verdict.score) == ("passed", 2), verdict.traceback


def test_a_name_is_read_afresh_after_it_was_bound_anew(referee: Referee, tmp_path: Path) -> None:
    """A function that is replaced between two uses is the new one the second time."""
    notebook = "def f(): return 1\ndef swap():\n    global f\n    f = lambda: 2"

    (verdict,) = judge(referee, tmp_path, notebook, "assert f() == 1\nswap()\nassert f() == 2")

    assert verdict.outcome == "passed", verdict.traceback


def test_what_one_check_defines_reaches_the_next_but_never_hides_behind_the_student(
    referee: Referee, tmp_path: Path
) -> None:
    """A later check finds a helper of an earlier one, and not a student's function of that name."""
    notebook = "def f(): return 1\ndef expect(a, b): pass"

    first, second = judge(
        referee, tmp_path, notebook, "def expect(a, b):\n    assert a == b\nexpect(f(), 1)", "expect(f(), 2)"
    )

    assert (first.outcome, second.outcome) == ("passed", "failed")


def test_a_helper_of_a_check_is_never_the_students(tmp_path: Path) -> None:
    """Also where the check that defines it failed before it came so far."""
    notebook = "def f(): return 1\ndef near(a, b): return True"
    checks = ("assert f() == 2\ndef near(a, b):\n    return a == b", "assert near(f(), 3)")

    with Referee(author_names=frozenset({"f", "near"}), helpers=frozenset({"near"})) as referee:
        first, second = judge(referee, tmp_path, notebook, *checks)

    assert (first.outcome, second.outcome, second.exception) == ("failed", "failed", "AssertionError")


def test_given_data_are_whole_again_for_the_next_check(tmp_path: Path) -> None:
    """A check sees what a function changed in its arguments; the next one starts from what was given."""
    given = "import numpy as np\nROWS = [[1.0, 2.0], [3.0]]\nTABLE = {'f': print, 'a': np.arange(3.0)}"
    notebook = "def spoil(rows):\n    rows[0] = 99.0"
    changed = "spoil(ROWS[0]); spoil(TABLE['a'])\nassert ROWS[0][0] == TABLE['a'][0] == 99"
    whole = "spoil([0])\nassert ROWS == [[1.0, 2.0], [3.0]] and TABLE['a'].tolist() == [0, 1, 2]"

    with Referee([given]) as referee:
        verdicts = judge(referee, tmp_path, notebook, changed, whole)

    assert [verdict.outcome for verdict in verdicts] == ["passed", "passed"], verdicts


def test_a_given_function_is_passed_as_the_notebooks_own(referee: Referee, tmp_path: Path) -> None:
    """What a given cell defines exists on both sides, so it can be handed to the student's functions."""
    (verdict,) = judge(referee, tmp_path, NOTEBOOK, "assert abs(derivative(cube, 2.0) - 12) < 1e-6")

    assert verdict.outcome == "passed", verdict


def test_given_names_win_over_the_students(referee: Referee, tmp_path: Path) -> None:
    """A student who redefines a helper or a module of the check changes nothing."""
    notebook = "def f(): return 1\ndef close(a, b): return True\nclass np: allclose = close\nprint = assert_ = close"

    (verdict,) = judge(referee, tmp_path, notebook, "assert close(f(), 2)")

    assert verdict.outcome == "failed"


def test_a_builtin_that_the_course_asks_for_is_the_students(tmp_path: Path) -> None:
    """Where the author's notebook defines `sum`, the check uses the student's; else Python's."""
    notebook = "def sum(xs): return -1"
    with Referee(author_names=frozenset({"sum"})) as asked, Referee() as not_asked:
        (mine,) = judge(asked, tmp_path, notebook, "assert sum([1, 2]) == -1")
        (pythons,) = judge(not_asked, tmp_path, notebook, "assert sum([1, 2]) == 3\nassert notebook_name == 1")

    assert mine.outcome == "passed"
    assert pythons.exception == "NameError"


def test_checks_find_the_data_files(tmp_path: Path) -> None:
    """Given cells and checks run in the assignment's folder."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data/points.txt").write_text("3")
    with Referee(["points = int(open('points.txt').read())"], tmp_path / "data") as referee:
        (verdict,) = judge(referee, tmp_path, "def f(): return 3", "assert f() == points")

    assert verdict.outcome == "passed", verdict.traceback


@pytest.mark.parametrize(
    ("library", "notebook"),
    [
        (
            "torch",
            "import torch\nx = torch.tensor([1.0, 2.0], requires_grad=True)\ndef f(a): return torch.tensor(a) * 3",
        ),
        ("tensorflow", "import tensorflow as tf\nx = tf.Variable([1.0, 2.0])\ndef f(a): return tf.constant(a) * 3"),
    ],
    ids=["torch", "tensorflow"],
)
def test_tensors_arrive_as_arrays(library: str, notebook: str, referee: Referee, tmp_path: Path) -> None:
    """Tensors and variables of either library are arrays on this side, and say what they were; neither is needed."""
    if find_spec(library) is None:
        pytest.skip(f"{library} comes with the extra `course` only")
    text = (
        "got = f(X)\nassert close(got, 3 * X) and x[1] == 2 and np.asarray(x).shape == (2,)\n"
        "assert type(got) is not np.ndarray and not isinstance(x, np.ndarray) and 'Tensor' in type(got).__name__"
    )

    (verdict,) = judge(referee, tmp_path, notebook, text)

    assert verdict.outcome == "passed", verdict.traceback


def test_what_a_check_puts_back_last_is_put_back(referee: Referee, tmp_path: Path) -> None:
    """The last thing a check does to the notebook is there for the next check."""
    first = "names = globals()\nassert read_w() == 3\nnames['w'] = [0]\ndel names['double']"

    verdicts = judge(referee, tmp_path, NOTEBOOK, first, "assert read_w() == 1 and 'double' not in globals()")

    assert [verdict.outcome for verdict in verdicts] == ["passed", "passed"], verdicts


def test_a_check_that_lends_variables_asks_few_questions(referee: Referee, tmp_path: Path) -> None:
    """Lending a dozen variables costs a question for each that is there, and four more."""
    absent = ", ".join(f"absent_{number}=GONE" for number in range(9))

    (verdict,) = judge(referee, tmp_path, NOTEBOOK, f"with notebook_with(w=[7], {absent}):\n    assert read_w() == 1")

    assert verdict.outcome == "passed", verdict.traceback
    assert verdict.calls <= 6


def test_checks_in_a_row_share_a_line(referee: Referee, tmp_path: Path) -> None:
    """With `keep` the kernel is started once, until a check does not end well."""
    texts = [
        "assert double(1) == 2",
        "assert double(2) == 5",
        "quits()",
        "train()\nassert w[0] == 2",
        "assert double(3) == 6",
    ]
    lines = []
    with PlainKernel(NOTEBOOK) as kernel, referee.session(tmp_path / "socket") as session:

        def start(line: str) -> None:
            lines.append(line)
            kernel.start(line)

        verdicts = [session.run_check(Check(text, text), start, kernel.interrupt, keep=True) for text in texts[:4]]
        verdicts.append(session.run_check(Check("last", texts[4]), start, kernel.interrupt))
        kernel.wait()

    assert [verdict.outcome for verdict in verdicts] == ["passed", "failed", "failed", "passed", "passed"], verdicts
    assert len(lines) == 1


def test_what_is_known_from_the_check_before_is_the_students_too(referee: Referee, tmp_path: Path) -> None:
    """Where a value is not asked for again, what it makes of a check is no mistake of the check's."""
    check = "globals()['w'](1)"
    with PlainKernel(NOTEBOOK) as kernel, referee.session(tmp_path / "socket") as session:
        first = session.run_check(Check("first", check), kernel.start, kernel.interrupt, keep=True)
        second = session.run_check(Check("second", check), kernel.start, kernel.interrupt)
        kernel.wait()

    assert (first.outcome, second.outcome, second.calls) == ("failed", "failed", 0)


def test_what_a_check_has_replaced_is_python_s_own_afterwards(referee: Referee, tmp_path: Path) -> None:
    """The cells after the check print as they did before, also where it asks nothing more of the notebook."""
    check = "from unittest.mock import patch\nwith patch('builtins.print') as p:\n    say()\np.assert_called_once()"
    with PlainKernel("def say(): print(1)") as kernel, referee.session(tmp_path / "socket") as session:
        mocked = session.run_check(Check("mocked", check), kernel.start, kernel.interrupt)
        kernel.wait()
        kernel.start("import builtins\nfine = type(builtins.print).__name__")
        kernel.wait()
        after = session.run_check(
            Check("after", "assert fine == 'builtin_function_or_method'"), kernel.start, kernel.interrupt
        )
        kernel.wait()

    assert (mocked.outcome, after.outcome) == ("passed", "passed"), after


def test_each_submission_starts_from_the_same_state(referee: Referee, tmp_path: Path) -> None:
    """What one submission's checks did to given data or random state, the next does not see."""
    check = "assert f() == 0\nprint(X[0])\nX[0] = 77\nprint(np.random.rand())"

    one, other = (judge(referee, tmp_path, "def f(): return 0", check)[0] for _ in range(2))

    assert one.printed == other.printed
    assert one.outcome == "passed"


def test_a_students_function_in_a_given_list_is_out_of_it_for_the_next_check(tmp_path: Path) -> None:
    """Where a call changed an argument all given data are made whole, also those that hold no data now."""
    with (
        Referee(["kept = [1]"]) as referee,
        PlainKernel("def f(x): x.append(1)") as kernel,
        referee.session(tmp_path / "socket") as session,
    ):
        first = session.run_check(Check("first", "f([])\nkept[:] = [f, 2]"), kernel.start, kernel.interrupt)
        kernel.wait()
        second = session.run_check(Check("second", "assert kept == [1]"), kernel.start, kernel.interrupt)
        kernel.wait()

    assert (first.outcome, second.outcome) == ("passed", "passed"), (first, second)


SAYS = "said = []\ndef say(): print('hello')\ndef inquire(): return input('n')"
MOCKS = (
    "from unittest.mock import patch\nwith patch('builtins.print') as p:\n    say()\np.assert_called_once_with('hello')"
)
REPLACES = "import builtins\nbuiltins.input = lambda words: '5'\nassert inquire() == '5'"


@pytest.mark.parametrize("check", [MOCKS, REPLACES], ids=["put back", "left"])
def test_what_a_check_replaced_in_python_is_the_notebooks_again(referee: Referee, tmp_path: Path, check: str) -> None:
    """The cells after a check print and ask with Python's own functions; the next check may replace them once more."""
    with PlainKernel(SAYS) as kernel, referee.session(tmp_path / "socket") as session:
        first = session.run_check(Check("first", check), kernel.start, kernel.interrupt)
        kernel.wait()
        kernel.start("print('between the checks')\nimport builtins\nsaid = [print.__module__, input.__module__]")
        kernel.wait()
        between = session.run_check(Check("own", "assert said == ['builtins'] * 2"), kernel.start, kernel.interrupt)
        kernel.wait()
        again = session.run_check(Check("again", check), kernel.start, kernel.interrupt)

    assert [verdict.outcome for verdict in (first, between, again)] == ["passed"] * 3, (first, between, again)
