"""The tools of the checks, run as a notebook runs them: the file's text, executed among the notebook's variables."""

import math
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import chainrule

TEXT = (Path(chainrule.__file__).with_name("authoring") / "checkkit.py").read_text(encoding="utf-8")
W = np.array([0.731058578630005, -1.284025416687741, 2.459603111156950, -0.367879441171442])
M = W.reshape(2, 2)


def notebook() -> dict[str, Any]:
    """The variables of a notebook after its cell with the tools ran."""
    variables: dict[str, Any] = {"__name__": "__main__"}
    exec(TEXT, variables)
    return variables


KIT = notebook()


def complaint(got: Any, want: Any, **options: Any) -> str:
    """What check_value says about `got`, whatever was asked before; empty where it passes."""
    KIT["LATEST"].clear()
    try:
        KIT["check_value"]("'dw'", got, want, **options)
    except AssertionError as error:
        return str(error)
    return ""


class Lazy:
    """Says what it is when it is asked, and no sooner: what torch's tensors look like, and none."""

    def __init__(self, values: Any) -> None:
        self.values = values

    def detach(self) -> "Lazy":
        """As a tensor does."""
        return self

    cpu = numpy = detach

    def __array__(self, dtype: Any = None, copy: Any = None) -> Any:
        return np.array(self.values, dtype=dtype)


def test_the_tools_need_nothing_but_numpy() -> None:
    """The text goes into students' notebooks, where chainrule is not installed."""
    imported = set(re.findall(r"^(?:from|import) ([\w.]+)", TEXT, re.MULTILINE))

    assert {name.partition(".")[0] for name in imported} - sys.stdlib_module_names == {"numpy"}


# What passes


@pytest.mark.parametrize(
    "got",
    [2.5, np.float64(2.5), np.float32(2.5), np.array(2.5)],
    ids=["float", "float64", "float32", "0-d array"],
)
def test_a_right_number_passes_in_any_guise(got: Any) -> None:
    """One number may be a float, a numpy scalar, a 0-d array or a tensor."""
    assert complaint(got, 2.5) == ""


@pytest.mark.parametrize(
    "got",
    [M.copy(), M.tolist(), tuple(map(tuple, M.tolist())), list(M), M.T.copy().T],
    ids=["array", "lists", "tuples", "list of arrays", "Fortran order"],
)
def test_a_right_matrix_passes_in_any_guise(got: Any) -> None:
    """An array may be nested lists or tuples, arrays in a list, or tensors."""
    assert complaint(got, M) == ""


@pytest.mark.parametrize(
    ("got", "want"), [(3, 3.0), (True, True), (1, True), (1 + 0j, 1.0), (np.uint8(7), 7), ([], [])]
)
def test_the_kind_of_number_does_not_matter(got: Any, want: Any) -> None:
    """Whole numbers, truth values and complex numbers without imaginary part are the numbers that they equal."""
    assert complaint(got, want) == ""


def test_a_tensor_of_torch_that_has_a_history_passes() -> None:
    """A tensor which requires a gradient is read without a complaint of torch's."""
    torch = pytest.importorskip("torch")
    tensor = torch.tensor(W.tolist(), dtype=torch.float64, requires_grad=True)

    got = KIT["ask"](lambda: {"W": [tensor], "same": tensor})

    assert type(got["same"]) is np.ndarray
    assert complaint(got["same"], W) == complaint(got["W"], [W]) == ""


def test_an_object_that_is_no_data_is_named_and_never_asked() -> None:
    """What answers late has no say: it is a value of its type, wherever it stands."""
    got = KIT["ask"](lambda: (Lazy(W), 1.0))

    assert "a value of type Lazy" in complaint(got[0], W)
    assert got[1] == 1.0


def test_what_is_lent_is_a_copy_through_all_containers() -> None:
    """A function that changes its arguments changes nothing of the check's."""

    def spoil(w: Any, rows: Any, named: Any) -> Any:
        w[:] = rows[0][:] = named["v"][:] = 0
        rows.append(1)
        return w

    w, rows, named = W.copy(), [W.copy()], {"v": W.copy()}

    got, left = KIT["ask_and_look"](spoil, w, rows, named)

    assert np.array_equal(w, W) and np.array_equal(rows[0], W) and np.array_equal(named["v"], W) and len(rows) == 1
    assert not np.any(got) and not np.any(left[0]) and len(left[1]) == 2


@pytest.mark.parametrize(
    "nothing",
    [
        lambda w: None,
        lambda w: 0,
        lambda w: w,
        lambda w: w.copy(),
        lambda w: np.zeros(4),
        lambda w: np.ones(4),
        lambda w: np.full(4, np.nan),
        lambda w: np.random.default_rng().normal(size=4),
        lambda w: Lazy(2 * w),
    ],
    ids=["None", "0", "the argument", "a copy", "zeros", "ones", "nan", "chance", "a lazy object"],
)
def test_a_function_that_computes_nothing_is_not_said_to_work(nothing: Any) -> None:
    """Marks that ask for no value are not had for nothing."""
    with pytest.raises(AssertionError, match="waits for"):
        KIT["check_kept"](nothing, [W], [M.ravel() + 1], "w")


def test_a_function_that_works_and_keeps_its_argument_passes_and_one_that_changes_it_is_told() -> None:
    """`check_kept` is about the arguments, and does not ask for the right value."""

    def in_place(w: Any) -> Any:
        w *= 2
        return w.copy()

    KIT["check_kept"](lambda w: w * 3, [W], [W + 1], "w")
    with pytest.raises(AssertionError, match="in_place changed w, which it was given"):
        KIT["check_kept"](in_place, [W], [W + 1], "w")


def test_a_function_that_hands_back_what_it_was_given_is_told_and_one_that_makes_new_arrays_passes() -> None:
    """`check_new` sees an array that came in, a window on one, and both inside lists and dicts."""
    lists = [W, M.copy()]

    KIT["check_new"](lambda w: [array + 0.0 for array in w], lists)
    KIT["check_new"](float, 2.0)
    for same in (lambda w: w, lambda w: [w[0] + 0.0, w[1].T], lambda w: {"w": w[0][1:]}):
        with pytest.raises(AssertionError, match="hands back an array that it was given"):
            KIT["check_new"](same, lists)


@pytest.mark.parametrize("tool", re.findall(r"beside\((\w+)\)", TEXT))
def test_a_tool_for_beside_is_defined_where_the_kits_names_are_not(tool: str) -> None:
    """While grading it is made anew from its text, in the students' kernel, with its own imports alone."""
    found = re.search(rf"^def {tool}\(.*?(?=^def )", TEXT, re.MULTILINE | re.DOTALL)
    scope: dict[str, Any] = {}

    exec(found[0] if found else "", scope)

    assert callable(scope[tool])


def test_a_stand_in_leaves_other_calls_to_the_students_own() -> None:
    """`sigmoid(z, derivative=True)` is no call that the task asks for, so the student's own answers it."""
    variables = notebook()
    code = """
@stand_in
def course_sigmoid(z):
    return 1.0

def sigmoid(z, derivative=False):
    return 7.0 if derivative else 5.0

with notebook_with(sigmoid=course_sigmoid):
    seen = sigmoid(2), sigmoid(2, derivative=True)
"""

    exec(code, variables)

    assert variables["seen"] == (1.0, 7.0)


def test_a_function_that_reads_a_variable_which_is_taken_away_is_told_so() -> None:
    """Not a bare NameError: the notebook has that variable."""
    variables = notebook()
    variables["w"] = 3
    exec("def peek():\n    return w", variables)

    with pytest.raises(AssertionError, match="uses the notebook's variable w, which is gone"):
        exec("with notebook_with(w=GONE):\n    ask(peek)", variables)


def test_numpys_warnings_are_told() -> None:
    """An overflow is a text; silence is an empty one."""
    variables = notebook()

    assert "overflow" in variables["warning_of"](np.exp, 1000.0)
    assert variables["warning_of"](np.exp, 1.0) == ""


def test_a_mistake_that_does_not_touch_a_value_is_not_offered_for_it() -> None:
    """In too few digits, a right value is near whatever equals it."""
    assert "32 bits" in complaint(np.float32(0.1), 0.1, known={"the target came from elsewhere": 0.1})


def test_a_count_is_told_and_no_factor_is_guessed() -> None:
    """One loss for two epochs is no factor 2."""
    with pytest.raises(AssertionError, match=r"The number of losses should be 2, but it is 1\. One for each"):
        KIT["check_count"]("The number of losses", 1, 2, hint="One for each.")
    assert "half" not in complaint(1, 2)


def test_any_shape_accepts_the_numbers_in_another_shape_of_the_same_size() -> None:
    """Where the shape is not the question, (4,) is as good as (2, 2); other sizes are not."""
    assert complaint(W, M, any_shape=True) == ""
    assert "shape" in complaint(W, M)
    assert "shape" in complaint(W[:3], M, any_shape=True)


def test_tolerances_are_those_of_numpy() -> None:
    """`rtol` is relative to the right value, and `atol` is added to it."""
    assert complaint(1.0 + 5e-7, 1.0, rtol=1e-6) == ""
    assert complaint(1.0 + 5e-6, 1.0, rtol=1e-6) != ""
    assert complaint(5e-9, 0.0, atol=1e-8) == ""
    assert complaint(5e-9, 0.0) != ""


def test_an_argument_that_was_changed_is_said_first() -> None:
    """A call that changes what it was given is named as the cause, where a value is wrong; where it is right, not."""

    def centred(rows: Any, bend: Any) -> Any:
        rows -= rows.mean()
        return rows

    got = KIT["ask"](centred, np.array([1.0, 2.0]), math.tanh)

    KIT["check_value"]("the rows", got, [-0.5, 0.5])
    with pytest.raises(
        AssertionError, match=r"^centred changed what it was given \(argument 1\).* Not right: the rows"
    ):
        KIT["check_value"]("the rows", got, [1.0, 2.0])


# What is said about what does not pass

SQUARE = np.array([[1.5, 2.25], [-3.125, 4.75]])
DIAGNOSES: dict[str, tuple[Any, Any, str]] = {
    "nothing": (None, 1.0, "is None. Is there a `return` at the end"),
    "text": ("1.0", 1.0, "should be made of numbers, but it is a value of type str"),
    "dict": ({"dw": 1.0}, 1.0, "should be made of numbers, but it is a value of type dict"),
    "function": (len, 1.0, "should be made of numbers, but it is a value of type builtin_function"),
    "ragged list": ([[1.0], [1.0, 2.0]], SQUARE, "a list that is ragged or holds something else"),
    "list with a hole": ([1.0, None], [1.0, 2.0], "a list that is ragged or holds something else"),
    "one number in brackets": ([1.5], 1.5, "should be one number, of shape (), but its shape is (1,)"),
    "an extra axis": (W[None], W, "its shape is (1, 4). The size is right: is there a pair of brackets"),
    "a list that ends early": (W[:3], W, "its shape is (3,). It is too short."),
    "a list that goes on": (W, W[:3], "its shape is (4,). It is too long."),
    "a flat matrix": (W, M, "its shape is (4,). The size is right"),
    "transposed": (np.ones((3, 2)), np.ones((2, 3)), "its shape is (3, 2). It looks transposed: swap rows and columns"),
    "averaged away": (np.ones(3), np.ones((2, 3)), "The first axis is missing: was it summed or averaged away"),
    "summed away": (np.ones(2), np.ones((2, 3)), "An axis is missing: was it summed or averaged away?"),
    "another shape": (np.ones((5, 5)), np.ones((2, 3)), "Write the shape of every step beside it"),
    "nan": (math.nan, 1.0, "It holds nan or inf"),
    "inf inside": ([1.0, math.inf], [1.0, 2.0], "It holds nan or inf"),
    "complex": ([1j, 2.0], [1.0, 2.0], "It is complex"),
    "sign": (-W, W, "The size is right and the sign is the other way round"),
    "sign of one number": (-1.7, 1.7, "The size is right and the sign is the other way round"),
    "sign among zeros": ([0.0, -2.0], [0.0, 2.0], "The size is right and the sign is the other way round"),
    "zeros": (np.zeros(4), W, "It is zero everywhere: is it ever filled in"),
    "twice": (2 * W, W, "It is twice what it should be: is there a factor 2 too many, or one part counted twice?"),
    "twice, of one number": (3.4, 1.7, "It is twice what it should be"),
    "twice among zeros": ([0.0, 2.0, 5.0], [0.0, 1.0, 2.5], "It is twice what it should be"),
    "minus twice": (
        -2 * W,
        W,
        "It is twice what it should be, and the sign is the other way round: is there a factor 2 too many",
    ),
    "half": (W / 2, W, "It is half of what it should be: is a factor 2 missing, or one of two equal parts?"),
    "minus half": (
        -W / 2,
        W,
        "It is half of what it should be, and the sign is the other way round: is a factor 2 missing",
    ),
    "constant factor": (W * 1.37, W, "Every entry is off by one and the same factor:"),
    "one number, everywhere": (np.full(3, 1.37), np.full(3, 1.1), "None of the entries is right"),
    "negative factor": (W * -1.37, W, "one and the same factor, and the sign is the other way round:"),
    "square and transposed": (SQUARE.T, SQUARE, "It looks transposed, and being square it still fits"),
    "some signs": (W * [1, -1, 1, -1], W, "some of the signs are the other way round"),
    "permuted": (W[::-1], W, "they stand in each other's places: look at the order"),
    "permuted whole numbers": (np.array([3, 4, 7], np.uint8), np.array([4, 7, 3], np.uint8), "look at the order"),
    "one-hot": ([0, 1, 0], [1, 0, 0], "1 of the 3 entries are right"),
    "one entry": (np.add(W, [0, 0, 1, 0]), W, "Only the entry at index (2,) is off; all others are right"),
    "one entry of a matrix": (np.add(M, [[0, 0], [1, 0]]), M, "Only the entry at index (1, 0) is off"),
    "one truth value": ([True, False], [True, True], "Only the entry at index (1,) is off"),
    "first only": (W * [1, 2, 3, 4], W, "Only the first entry is right"),
    "half of them": (np.add(W, [0, 1, 2, 0]), W, "2 of the 4 entries are right; the first wrong one is at index (1,)"),
    "none of them": (np.add(W, [1, 2, 3, 4]), W, "None of the entries is right"),
    "float32": (W.astype(np.float32), W, "It is close, but not close enough: it is kept in numbers of 32 bits"),
    "rounded to 3 digits": (W.round(3), W, "It is close, but not close enough: it is rounded"),
    "not put back": (W + 1e-5, W, "a value that was moved and not put back"),
    "rounded to 5 digits": (W.round(5), W, "It is close, but not close enough"),
    "rounded among zeros": ([0.0, 1.234568], [0.0, 1.23456789], "It is close, but not close enough"),
    "rounded, symmetric": ([[1.00001, 2], [2, 3]], [[1.0, 2], [2, 3]], "It is close, but not close enough"),
    "rounded number": (0.7311, 0.731058578630005, "It is close, but not close enough"),
}


@pytest.mark.parametrize(("got", "want", "words"), DIAGNOSES.values(), ids=DIAGNOSES.keys())
def test_each_kind_of_mistake_has_its_own_words(got: Any, want: Any, words: str) -> None:
    """The message names the quantity and the kind of mistake."""
    message = complaint(got, want)

    assert message.startswith(("'dw' ", "Not right: 'dw'"))
    assert words in message


@pytest.mark.parametrize(
    ("mistake", "end"), [("w is missing", "w is missing."), ("is w missing?", "is w missing?"), ("1 + ...", "1 + ...")]
)
def test_a_known_mistake_ends_with_one_mark(mistake: str, end: str) -> None:
    """Whether its words are a question or not."""
    assert complaint(2.5, 1.5, known={mistake: 2.5}).endswith(f"It looks as if {end}")


def test_a_comma_after_the_quantity_does_not_meet_a_full_stop() -> None:
    """The quantity may be described with a comma at its end."""
    with pytest.raises(AssertionError, match=r"^Not right: 'dw' at another place\. "):
        KIT["check_value"]("'dw' at another place,", W + 1, W)


ARRAYS = {name: case for name, case in DIAGNOSES.items() if isinstance(case[0], np.ndarray)}


@pytest.mark.parametrize(("got", "want", "words"), ARRAYS.values(), ids=ARRAYS.keys())
def test_tiny_numbers_are_told_apart_like_large_ones(got: Any, want: Any, words: str) -> None:
    """The diagnosis does not depend on the scale: gradients of 1e-12 are judged as those of 1."""
    assert words in complaint(got * 1e-12, want * 1e-12)


@pytest.mark.parametrize(("got", "want"), [(3.7, 1.3), (1.0, 0.0), (False, True), (1e308, -1e-308)])
def test_a_number_without_a_known_cause_is_only_called_wrong(got: Any, want: Any) -> None:
    """Where nothing is recognised, nothing is guessed; the student sees the own number."""
    assert re.fullmatch(r"Not right: 'dw' \(yours is [^ ]+\)\.( It is zero\.)?", complaint(got, want))


def test_a_known_mistake_is_named_before_anything_is_guessed() -> None:
    """What the author knows about goes first, the hint comes last."""
    known = {"you forgot the factor w9": 2 * W, "you used the old weights": 3 * W}

    first = complaint(2 * W, W, known=known, hint="Look at the last edge.")
    second = complaint(3 * W, W, known=known)
    neither = complaint(5 * W, W, known=known, hint="Look at the last edge.")

    assert first == "Not right: 'dw'. It looks as if you forgot the factor w9. Look at the last edge."
    assert "It looks as if you used the old weights." in second
    assert "one and the same factor" in neither
    assert neither.endswith("Look at the last edge.")


@pytest.mark.parametrize(("got", "want"), [("x", 1.0), ([1.0], 1.0)], ids=["type", "shape"])
def test_the_hint_also_follows_a_complaint_about_type_and_shape(got: Any, want: Any) -> None:
    """A likely cause helps whatever is wrong."""
    assert complaint(got, want, hint="Look here.").endswith(" Look here.")


numbers = st.floats(-1e6, 1e6).filter(lambda x: abs(x) > 1e-6)
arrays = st.lists(numbers, min_size=1, max_size=6).map(np.array)


@given(want=st.one_of(numbers, arrays))
def test_values_within_the_tolerance_pass(want: Any) -> None:
    """A relative difference of 1e-12 is rounding, not a mistake."""
    assert complaint(want * (1 + 1e-12), want) == ""


@given(want=arrays, data=st.data())
def test_clear_differences_are_refused(want: Any, data: st.DataObject) -> None:
    """One entry that differs by more than a millionth makes the whole value wrong."""
    index = data.draw(st.integers(0, len(want) - 1))
    got = want.copy()
    got[index] = data.draw(numbers)
    assume(abs(got[index] - want[index]) > 1e-6 * abs(want[index]))

    assert complaint(got, want).startswith("Not right: 'dw'")


@given(
    want=arrays, change=st.sampled_from([-1.0, 2.0, 0.5, -0.5, 0.0, 1.001, 1.0000001, 3.0, math.nan, "permute", "one"])
)
def test_a_message_never_holds_the_expected_numbers(want: Any, change: Any) -> None:
    """Students learn what kind of mistake it is; they never read the answer."""
    want = want * 1.0123456789012345
    assume(all(len(repr(float(number))) > 12 for number in want))
    got = want[::-1] if change == "permute" else want + np.eye(len(want))[0] if change == "one" else want * change
    shown = {f"{got.item():.9g}"} if got.size == 1 else set()

    message = complaint(got, want)
    for text in shown:
        message = message.replace(text, "")

    for number in want:
        assert repr(float(number)).lstrip("-") not in message
        assert f"{abs(number):.6g}" not in message


simple = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.complex_numbers(),
    st.text(max_size=5),
    st.binary(max_size=5),
)
anything = st.recursive(simple, lambda inner: st.lists(inner, max_size=3) | st.tuples(inner), max_leaves=5)


@given(got=anything)
def test_whatever_a_student_returns_is_right_or_explained(got: Any) -> None:
    """No value makes the check itself fail: it passes, or says what is wrong with an AssertionError."""
    for want in (1.5, np.array([1.5, -2.5]), True):
        assert isinstance(complaint(got, want), str)


# Slopes


@pytest.mark.parametrize(
    ("f", "gradient"),
    [
        (lambda w: np.sum(np.sin(w)), np.cos),
        (lambda w: np.sum(np.exp(w) * w), lambda w: np.exp(w) * (1 + w)),
        (lambda w: np.sum(1 / (1 + np.exp(-w))), lambda w: np.exp(-w) / (1 + np.exp(-w)) ** 2),
        (lambda w: np.sum(np.tanh(w) ** 2), lambda w: 2 * np.tanh(w) * (1 - np.tanh(w) ** 2)),
        (lambda w: np.prod(w), lambda w: np.prod(w) / w),
    ],
    ids=["sin", "exp", "sigmoid", "tanh", "product"],
)
@pytest.mark.parametrize("w", [W, M], ids=["vector", "matrix"])
def test_a_slope_has_nine_digits(f: Callable[[Any], Any], gradient: Callable[[Any], Any], w: Any) -> None:
    """On smooth functions the measured gradient is the true one to 1e-9, in the shape of the point."""
    before = w.copy()

    measured = KIT["slope"](f, w)

    np.testing.assert_allclose(measured, gradient(w), rtol=1e-9, atol=1e-9)
    assert measured.shape == w.shape
    np.testing.assert_array_equal(w, before)


@pytest.mark.parametrize("w", [0.5, np.float64(0.5), np.array(0.5), [0.5, 1.5], [1, 2]])
def test_a_slope_takes_numbers_and_lists(w: Any) -> None:
    """The point may be one number or a list, and whole numbers are moved by fractions all the same."""
    measured = KIT["slope"](lambda v: np.sum(v**3), w)

    np.testing.assert_allclose(measured, 3 * np.asarray(w) ** 2.0, rtol=1e-9)
    assert np.shape(measured) == np.shape(w)


# Lending the notebook other variables


def test_the_notebook_gets_its_variables_back() -> None:
    """Inside the block the variables are the lent ones; afterwards they are the very objects from before."""
    variables = notebook()
    weights = variables["w"] = np.ones(3)
    variables["seen"] = []
    exec("with notebook_with(w=5, new=6):\n    seen += [w, new]", variables)

    assert variables["seen"] == [5, 6]
    assert variables["w"] is weights
    assert "new" not in variables


@pytest.mark.parametrize("error", ["ValueError", "KeyboardInterrupt", "NotImplementedError"])
def test_the_notebook_gets_its_variables_back_after_an_exception(error: str) -> None:
    """A student's function that fails inside the block leaves nothing behind, and its exception goes on."""
    variables = notebook()
    weights = variables["w"] = np.ones(3)
    code = (
        f"try:\n    with notebook_with(w=5, new=6):\n        raise {error}('no')\nexcept {error} as e: caught = str(e)"
    )
    exec(code, variables)

    assert variables["caught"] == "no"
    assert variables["w"] is weights
    assert "new" not in variables


def test_gone_takes_a_variable_away() -> None:
    """A function that peeks at the notebook's variable fails, whether or not there was one before."""
    variables = notebook()
    weights = variables["w"] = np.ones(3)
    exec("with notebook_with(w=GONE, other=GONE):\n    inside = set(globals())\n    other = 1", variables)

    assert not {"w", "other"} & variables["inside"]
    assert variables["w"] is weights
    assert "other" not in variables


def test_blocks_can_stand_in_each_other() -> None:
    """The inner block gives back what the outer one lent."""
    variables = notebook() | {"w": 1, "seen": []}
    exec(TEXT, variables)
    exec(
        "with notebook_with(w=2):\n    with notebook_with(w=GONE):\n        pass\n    seen.append(w)\nseen.append(w)",
        variables,
    )

    assert variables["seen"] == [2, 1]
