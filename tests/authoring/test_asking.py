"""A check whose truth a student's code could move is refused by name and line."""

import pytest

from chainrule.authoring.asking import problems_of_asking, problems_of_given

GIVEN = ["def helper(z):\n    return ask(f, z)", "def leaning(z):\n    return helper(z) + plotted"]
GIVEN_NAMES = frozenset({"helper", "leaning", "ask", "make_object", "made_beside", "notebook_with"})
TESTED, OTHERS = frozenset({"f", "Net"}), frozenset({"earlier", "plotted"})


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("z = [1]\nassert f(z) == 2 * z[0]", 2, "ask(f, ...)"),
        ("assert ask(f, f(1)) == 2", 1, "ask(f, ...)"),
        ("mine = f\nassert ask(mine, 1) == 2", 1, "ask(f, ...)"),
        ("net = make_object(Net)\nassert net.w == 1", 2, "`net`"),
        ("diary = made_beside('Diary')\nask(f, diary)\nassert diary.steps == []", 3, "`diary`"),
        ("globals()['f'](1)", 1, "reaches past the kit"),
        ("assert ask(f, 1) == ask(earlier, 1)", 1, "a student's cell can put another in its place"),
        ("assert plotted == 1", 1, "plotted"),
        ("assert leaning(1) == 2", 1, "`leaning` uses it"),
    ],
)
def test_what_can_move_a_truth_is_refused_with_its_line(text: str, line: int, says: str) -> None:
    """A direct call, an object that is looked into, a name that any cell can replace."""
    problems = problems_of_asking(text, TESTED, OTHERS, GIVEN, GIVEN_NAMES)

    assert line in [problem.line for problem in problems]
    assert any(says in problem.message for problem in problems)


@pytest.mark.parametrize(
    "text",
    [
        "want = 2\nassert ask(f, 1) == want",
        "assert ask(f, ask(f, 1)) == 2",
        "assert helper(1) == 2",
        "net = make_object(Net)\nassert ask(net.forward, 1) == 2",
        "with notebook_with(earlier=made_beside('toy', 1)):\n    assert ask(f, [f, 1]) == 2",
    ],
)
def test_a_check_that_asks_through_the_kit_has_no_problems(text: str) -> None:
    """Nothing is said about copies that go out and data that comes back."""
    assert problems_of_asking(text, TESTED, OTHERS, GIVEN, GIVEN_NAMES) == []


def test_a_given_function_is_held_to_the_same() -> None:
    """What a given cell defines may ask, and may not call."""
    assert problems_of_given("def helper(z):\n    return ask(f, z)", TESTED) == []
    assert [problem.line for problem in problems_of_given("def helper(z):\n    return f(z)", TESTED)] == [2]
