"""Mutants of the solutions: how they are made, which are graded, and that the checks notice them."""

import json
import re
import tomllib
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from chainrule.authoring.assignment import Kind, read_assignment
from chainrule.cli import main
from chainrule.course import Course
from chainrule.proof.answers import without_marks
from chainrule.proof.mutants import all_mutants, chosen_mutants, grade_mutants, recorded_equivalents
from chainrule.proof.mutations import Mutant, habitual_mutants, mutants
from chainrule.proof.published_graders import fair_graders, in_place_of_checks, judge_answers, published_graders

PROJECT = Path(__file__).resolve().parents[2]
COURSE = Course(PROJECT)
IDS = COURSE.assignment_ids()
# TensorFlow is slow to begin with, so its assignment has the smaller sample.
HABITS = 6
SAMPLES = {assignment_id: 15 if assignment_id == "05_autodiff" else 40 for assignment_id in IDS}


@cache
def family(assignment_id: str, habits: bool) -> list[tuple[str, Mutant]]:
    """All small slips of an assignment, or all habits."""
    return all_mutants(read_assignment(COURSE.assignments / assignment_id), habits=habits)


def every_mutant(assignment_id: str) -> list[tuple[str, Mutant]]:
    """All mutants of an assignment, the habits too."""
    return [*family(assignment_id, False), *family(assignment_id, True)]


def records(assignment_id: str) -> list[dict[str, str]]:
    """The mutants that are recorded as equivalent."""
    path = COURSE.answers / assignment_id / "equivalent.toml"
    if not path.is_file():
        return []
    found: list[dict[str, str]] = tomllib.loads(path.read_text(encoding="utf-8")).get("mutant", [])
    return found


def changes(text: str) -> set[tuple[str, str]]:
    """What the mutants of a text do to it: the changed line as it was, and as it is."""
    return {(mutant.was, mutant.now) for mutant in mutants(text)}


# How mutants are made


@pytest.mark.parametrize(
    ("line", "mutated"),
    [
        ("return a + b", "return a - b"),
        ("return a * b", "return a / b"),
        ("return a - b", "return (a)"),
        ("return a - b", "return (-(b))"),
        ("return a - b", "return (b - a)"),
        ("return a @ b", "return (b @ a)"),
        ("return a @ b", "return (a * b)"),
        ("return a @ b", "return (a).T @ b"),
        ("return a @ b", "return a @ (b).T"),
        ("return a.T", "return a"),
        ("return a < b", "return a <= b"),
        ("return a ** 2", "return a ** (3)"),
        ("return a ** 2", "return a ** (1)"),
        ("return a * 0.5", "return a * (-0.5)"),
        ("return a * 0.5", "return a * (0)"),
        ("return np.where(a, b, 0)", "return np.where(b, a, 0)"),
        ("return np.sum(a, axis=0)", "return np.sum(a)"),
        ("return np.sum(a)", "return np.mean(a)"),
        ("return np.sin(a)", "return np.cos(a)"),
        ("return a.copy()", "return a"),
        ("return a[1:]", "return a"),
        ("return a, b", "return b, a"),
        ("return a", "return -(a)"),
        ("return a", "return b"),
        ("return a", "pass"),
        ("a += b", "a = b"),
        ("a += b", "pass"),
        ("a[0] = b", "pass"),
        ("a.append(b)", "pass"),
        ("return not a", "return  a"),
        ("return {'u': a, 'v': b}", "return {'u': b, 'v': b}"),
        ("return a['u'] - b['v']", "return a['v'] - b['v']"),
    ],
)
def test_each_operator_makes_its_mutant(line: str, mutated: str) -> None:
    """Dropped terms, swapped operands and arguments, other numbers, functions and names, lost statements."""
    assert (line, mutated) in changes(f"def f(a, b):\n    {line}\n")


UPDATE = """
def update(w, g, rate):
    \"\"\"One step.

    Args:
        w: the weights, shape (n,).
        g: the gradient, shape (n,).
        rate: how far to go, one number.

    Returns:
        the new weights, shape (n,).
    \"\"\"
    for part in zip(w, g):
        seen = part[0] * part[1]
        parts.append(np.tanh(seen))
    return np.where(w > 0, w - rate * g, 0.0)
"""


@pytest.mark.parametrize(
    ("habit", "line"),
    [
        ("move the kink by nothing", "return np.where((w >= 0), w - rate * g, 0.0)"),
        ("move the kink to the right", "return np.where((w > 0 + 0.001), w - rate * g, 0.0)"),
        ("end at once where g is small", "if np.all(np.abs(g) < 0.001): return w  # update"),
        ("end at once where rate is small", "if np.all(np.abs(rate) < 0.001): return w  # update"),
        ("end at once where w is one row", "if np.ndim(w) and len(w) == 1: return w  # update"),
        ("stop where little is left", "if np.all(np.abs(parts[-1]) < 0.001): break"),
        ("skip where little is left", "if np.all(np.abs(seen) < 0.001): continue"),
        ("leave out the last turn", "for part in list(zip(w, g))[:-1]:"),
        ("clip what goes in at 10", "parts.append(np.tanh(np.clip(seen, -10, 10)))"),
        ("clip at 5", "seen = np.clip(part[0] * part[1], -5, 5)"),
        ("lose the sign", "seen = np.sqrt((part[0] * part[1]) ** 2)"),
    ],
)
def test_each_habit_makes_its_mutant(habit: str, line: str) -> None:
    """A value is clipped, a kink moves, and a function or a loop ends early where little is left to do."""
    made = [mutant.text for mutant in habitual_mutants(UPDATE) if mutant.operator == habit]

    assert any(line in text for text in made), made


BOUNDED_UPDATE = """def update(y, m):
    \"\"\"One step.

    Args:
        y: the classes, 0 or 1, shape (n,).
        m: the number of points.
    \"\"\"
    error = sigmoid(y) - y
    return m * 3 / 2
"""


def test_what_can_show_no_habit_has_none() -> None:
    """A probability minus a class is never beyond 1, and half of a count has a sign and few digits: nothing to see."""
    made = [mutant.operator for mutant in habitual_mutants(BOUNDED_UPDATE)]

    assert not {"keep fewer digits", "take small for nothing"} & set(made)
    assert made.count("lose the sign") == 1
    assert made.count("clip at 1") == 1


def test_every_mutant_is_another_program_and_differs_from_the_original() -> None:
    """No mutant is made twice, and none is the original written in another way."""
    text = "def f(a, b):\n    c = a * b + 1\n    return [c - a, (b - c) * 2 if a > b else np.dot(a, b)]\n"

    made = [mutant.text for mutant in mutants(text)]

    assert len(made) > 40
    assert len(set(made)) == len(made)
    assert text not in made


def test_documentation_is_not_mutated() -> None:
    """A docstring holds words that look like keys and names; they stay."""
    text = 'def f(a, b):\n    """Take a from "b", as in b - a."""\n    return a["u"]\n'

    assert all(mutant.text.count('"""Take a from "b", as in b - a."""') == 1 for mutant in mutants(text))


def test_letters_outside_ascii_shift_nothing() -> None:
    """Python counts columns in bytes; a mutant behind an umlaut is still cut at the right place."""
    assert ("π = 'größer', a - b", "π = 'größer', (b - a)") in changes("def f(a, b):\n    π = 'größer', a - b\n")


def test_only_the_lines_asked_for_are_mutated() -> None:
    """Lines are counted from 1, and both ends belong to the range."""
    text = "def f(a):\n    a = a + 1\n    a = a + 2\n    return a + 3\n"

    assert {mutant.line for mutant in mutants(text)} >= {2, 3, 4}
    assert {mutant.line for mutant in mutants(text, only=(2, 3))} == {2, 3}


def test_each_mutant_says_which_line_it_changes() -> None:
    """The line is the first that differs; `was` and `now` are that line without its indentation."""
    text = "def f(a):\n    b = 2 * a\n    return b\n"

    for mutant in mutants(text):
        old, new = text.splitlines(), mutant.text.splitlines()
        assert old[mutant.line - 1].strip() == mutant.was.split("  ")[0]
        assert old[: mutant.line - 1] == new[: mutant.line - 1]


# How they are graded


def test_survivors_are_listed_and_the_recorded_are_not(
    small_course: Course, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A hole in a check fails the command and is printed as a change; a record of it mends both."""
    path = small_course.assignments / "small" / "notebook.py"
    path.write_text(path.read_text().replace("ask(square, 3.0), 9.0", "ask(square, 0.0), 0.0"), encoding="utf-8")
    path.write_text(path.read_text().replace("secret_number = -1.5", "secret_number = 0.0"), encoding="utf-8")
    path.write_text(path.read_text().replace("secret_number), 2.25", "secret_number), 0.0"), encoding="utf-8")
    path.write_text(path.read_text().replace("ask(total, NUMBERS), 14.0", "ask(total, [0.0]), 0.0"), encoding="utf-8")
    monkeypatch.chdir(small_course.root)

    assert main(["mutants", "small"]) == 1
    printed = capsys.readouterr().out
    assert "- quadrate = x * x" in printed
    assert "+ quadrate = x + x" in printed

    survivors = [outcome for outcome in grade_mutants(small_course, "small") if outcome.survived]
    (small_course.answers / "small" / "equivalent.toml").write_text(
        "\n".join(
            f"[[mutant]]\nsolution = {json.dumps(outcome.solution)}\nwas = {json.dumps(outcome.mutant.was)}\n"
            f'now = {json.dumps(outcome.mutant.now)}\nwhy = "a test"\n'
            for outcome in survivors
        ),
        encoding="utf-8",
    )
    assert main(["mutants", "small"]) == 0


def test_a_check_that_is_sound_notices_every_mutant_of_a_square(small_course: Course) -> None:
    """Each outcome names the check that noticed the mutant first."""
    outcomes = [outcome for outcome in grade_mutants(small_course, "small") if outcome.solution == "square"]

    assert len(outcomes) >= 8
    assert not [outcome.mutant for outcome in outcomes if outcome.survived]
    assert {outcome.killed_by for outcome in outcomes} == {"square"}


def test_a_sample_is_always_the_same(small_course: Course) -> None:
    """So that a survivor comes back when the command runs again."""
    assignment = read_assignment(small_course.assignments / "small")

    sample = chosen_mutants(assignment, 5)

    assert len(sample) == 5
    assert sample == chosen_mutants(assignment, 5)
    assert set(sample) < set(chosen_mutants(assignment, None))


def test_the_outcomes_can_be_written_as_json(
    small_course: Course, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """One record a mutant, with the check that noticed it."""
    monkeypatch.chdir(small_course.root)

    main(["mutants", "small", "--sample", "6", "--json", str(tmp_path / "outcomes.json")])

    written = json.loads((tmp_path / "outcomes.json").read_text(encoding="utf-8"))
    assert len(written) == 6
    assert {record["assignment"] for record in written} == {"small"}
    assert all(record["was"] != record["now"] for record in written)


# Graders of published versions

PUBLISHED = """\
# Looks at one number only, and has a mistake itself.

# %% nine
assert square(3) == 9

# %% ten
assert square(3) == 10
"""


def write_published(course: Course, text: str) -> None:
    """The published graders of the small assignment."""
    (course.answers / "small" / "published.py").write_text(text, encoding="utf-8")


def test_graders_that_reject_the_solution_are_left_out(small_course: Course) -> None:
    """They cannot tell a mutant from the solution; the others stay."""
    write_published(small_course, PUBLISHED)

    fair, unfair = fair_graders(small_course, "small")

    assert [grader.name for grader in fair] == ["nine"]
    assert unfair == ["ten"]


def test_published_graders_take_the_place_of_the_checks(small_course: Course) -> None:
    """No check of the assignment runs, so a mutant of `total` is not noticed by a grader of `square`."""
    write_published(small_course, PUBLISHED.split("# %% ten")[0])
    graders = published_graders(small_course, "small")

    outcomes = list(grade_mutants(small_course, "small", graders=graders))

    assert {outcome.killed_by for outcome in outcomes if outcome.solution == "total"} == {""}
    assert {outcome.killed_by for outcome in outcomes if outcome.solution == "square"} >= {"nine"}
    assert not [cell for cell in in_place_of_checks([], graders) if cell.kind is not Kind.CHECK]


def test_published_graders_judge_the_answers(small_course: Course) -> None:
    """All of them judge right answers; wrong ones are left to those that accept the course's own solution."""
    write_published(small_course, PUBLISHED.split("# %% ten")[0])
    blind = judge_answers(small_course, "small")
    write_published(small_course, PUBLISHED)
    mistaken = judge_answers(small_course, "small")

    assert (blind.rejected, blind.accepted) == (0, 1)
    assert (mistaken.rejected, mistaken.accepted) == (1, 1)


def test_without_published_graders_there_is_nothing_to_compare(
    small_course: Course, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The command says so and fails."""
    monkeypatch.chdir(small_course.root)

    assert main(["mutants", "small", "--published"]) == 1
    assert "nothing to compare with" in capsys.readouterr().err


def test_the_comparison_is_printed(
    small_course: Course, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Which grader was left out, how much the others notice, and how they judge the answers."""
    write_published(small_course, PUBLISHED)
    monkeypatch.chdir(small_course.root)

    assert main(["mutants", "small", "--published"]) == 0

    printed = capsys.readouterr().out
    assert "rejects the course's own solution: small ten" in printed
    assert printed.count("1 of 1") == 2


# The course's own assignments


@pytest.mark.parametrize("assignment_id", IDS)
def test_no_mutant_of_a_fixed_sample_survives(assignment_id: str) -> None:
    """The whole run is `make mutants`; this is the part of it that every run of the tests can afford."""
    outcomes = list(grade_mutants(COURSE, assignment_id, sample=SAMPLES[assignment_id]))

    assert len(outcomes) == SAMPLES[assignment_id]
    assert [(o.solution, o.mutant.was, o.mutant.now) for o in outcomes if o.survived] == []


@pytest.mark.parametrize("assignment_id", IDS)
def test_no_habit_of_a_fixed_sample_survives(assignment_id: str) -> None:
    """A handful of the larger mutants; `make mutants` grades them all."""
    outcomes = list(grade_mutants(COURSE, assignment_id, sample=HABITS, habits=True))

    assert len(outcomes) == HABITS
    assert [(o.solution, o.mutant.was, o.mutant.now) for o in outcomes if o.survived] == []


@pytest.mark.parametrize("assignment_id", IDS)
def test_each_record_is_of_one_mutant_and_says_why(assignment_id: str) -> None:
    """A record that fits no mutant is stale; one that fits several could hide a hole. None is there twice."""
    made = Counter((name, mutant.was, mutant.now) for name, mutant in every_mutant(assignment_id))
    recorded = records(assignment_id)

    keys = [(record["solution"], record["was"], record["now"]) for record in recorded]
    assert {key: made[key] for key in keys if made[key] != 1} == {}
    assert len(set(keys)) == len(keys)
    assert set(recorded_equivalents(COURSE, assignment_id)) == set(keys)
    assert [record["now"] for record in recorded if len(record["why"].split()) < 3] == []


@pytest.mark.parametrize("assignment_id", IDS)
def test_fewer_than_3_percent_are_recorded_as_equivalent(assignment_id: str) -> None:
    """To call a mutant equivalent is the exception."""
    assert len(records(assignment_id)) < 0.03 * len(every_mutant(assignment_id))


@pytest.mark.parametrize("assignment_id", IDS)
def test_every_function_of_a_solution_has_mutants(assignment_id: str) -> None:
    """So no solution is left out of the proof."""
    assignment = read_assignment(COURSE.assignments / assignment_id)
    count = Counter(name for name, _ in every_mutant(assignment_id))
    texts = {cell.name: without_marks(cell.source) for cell in assignment.cells if cell.kind is Kind.SOLUTION}

    assert {name: text for name, text in texts.items() if count[name] < 5} == {}


@pytest.mark.parametrize("assignment_id", IDS)
def test_every_assignment_can_be_compared(assignment_id: str) -> None:
    """The published graders are there, each with a name of its own, and do not all reject the solution."""
    names = [grader.name for grader in published_graders(COURSE, assignment_id)]

    assert len(names) >= 2
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("assignment_id", IDS)
@pytest.mark.parametrize(("heading", "habits"), [("Slips", False), ("Habits", True)])
def test_the_page_on_grading_counts_them(assignment_id: str, heading: str, habits: bool) -> None:
    """Of each family how many there are, and how many are recorded as equivalent; of habits also what is noticed."""
    page = (COURSE.root / "docs" / "grading.md").read_text(encoding="utf-8")
    below = page.split(f"### {heading}\n", 1)[1].split("\n#", 1)[0]
    (line,) = re.findall(rf"^\| {assignment_id[:2]} .*$", below, re.MULTILINE)
    every = family(assignment_id, habits)
    own = {(name, mutant.was, mutant.now) for name, mutant in every}
    known = sum((one["solution"], one["was"], one["now"]) in own for one in records(assignment_id))

    counted = [int(number) for number in re.findall(r"(?<=\| )\d+(?= \|)", line)]
    assert counted == ([len(every), len(every) - known, known, 0] if habits else [len(every), known])
