"""Right and wrong answers, and the process that runs them through the checks."""

import os
import sys
from pathlib import Path

import pytest

from chainrule.authoring.assignment import Assignment, AssignmentError, Cell, Kind, read_assignment
from chainrule.authoring.inclusions import expand
from chainrule.cli import main
from chainrule.course import Course
from chainrule.proof import trials as proof
from chainrule.proof.answers import answered, read_answer, read_answers, solved, stubbed
from chainrule.proof.trials import Run, Trial, run_cells, trials


def small(course: Course) -> Assignment:
    """The small assignment."""
    return read_assignment(course.assignments / "small")


def cells(course: Course) -> tuple[Cell, ...]:
    """Its cells with everything filled in."""
    return expand(small(course), course.data)


def write_answer(course: Course, text: str, folder: str = "wrong") -> Path:
    """A file of answers to the small assignment."""
    path = course.answers / "small" / folder / "mine.py"
    path.write_text(text, encoding="utf-8")
    return path


def tried(course: Course, text: str, folder: str = "wrong") -> Trial:
    """What came of one file of answers."""
    (trial,) = trials(course, "small", [write_answer(course, text, folder)])
    return trial


def failing(run: Run) -> dict[str, str]:
    """The type of exception with which each failed check failed."""
    return {check: failure.type for check, failure in run.failed.items()}


# What a file of answers says


def test_an_answer_says_what_it_does_what_it_loses_and_what_is_said(small_course: Course) -> None:
    """The first comment lines hold the misconception, the lost checks and the words of the feedback."""
    text = (
        "# Forgets to square: a common slip.\n# It adds up the numbers.\n"
        "# loses: total-data total-empty\n# loses: square\n# says: sign: the other\n# says: twice\n\n"
        "# %% solution='total'\ndef total(numbers):\n    return sum(numbers)\n"
    ).replace("'", '"')

    answer = read_answer(write_answer(small_course, text), small(small_course))

    assert answer.name == "wrong/mine"
    assert answer.about == "Forgets to square: a common slip. It adds up the numbers."
    assert answer.loses == {"total-data", "total-empty", "square"}
    assert answer.says == ("sign: the other", "twice")
    assert list(answer.solutions) == ["total"]


def test_right_answers_come_before_wrong_ones(small_course: Course) -> None:
    """All files of an assignment are found, the right ones first."""
    answers = read_answers(small_course.answers / "small", small(small_course))

    assert [answer.name for answer in answers] == ["right/powers", "wrong/adds_no_squares"]


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ('# %% solution="total"\nx = 1\n', 1, "should say what this answer does"),
        ('# A.\n# loses: nothing-real\n\n# %% solution="total"\nx = 1\n', 1, "loses unknown checks: nothing-real"),
        ('# A.\n\n# %% solution="cube"\nx = 1\n', 3, "not by {'solution': 'cube'}"),
        ("# A.\n\n# %%\nx = 1\n", 3, "not by nothing"),
        ("# A.\n\n# %% free\nx = 1\n", 3, "not by {'title': 'free'}"),
        ('# A.\n\n# %% solution="total"\nx = 1\n\n# %% solution="total"\nx = 2\n', 6, "'total' is there twice"),
    ],
    ids=["no words", "unknown check", "unknown solution", "unmarked", "another marker", "twice"],
)
def test_a_mistake_in_an_answer_is_reported_with_its_line(
    small_course: Course, text: str, line: int, words: str
) -> None:
    """A file that could not prove anything is refused, with file and line."""
    path = write_answer(small_course, text)

    with pytest.raises(AssignmentError) as error:
        read_answer(path, small(small_course))

    assert [problem.line for problem in error.value.problems] == [line]
    assert words in str(error.value)


def test_an_answer_that_does_not_exist_is_reported(small_course: Course) -> None:
    """A mistyped path is answered with its name."""
    with pytest.raises(AssignmentError, match=r"nowhere\.py:1: there is no such file"):
        read_answer(small_course.root / "nowhere.py", small(small_course))


# The cells of an answer


def test_solved_cells_hold_the_solution_without_its_marks(small_course: Course) -> None:
    """The course's own answers are the solution cells as they stand, less the lines with marks."""
    texts = {cell.name: cell.source for cell in solved(cells(small_course)) if cell.kind is Kind.SOLUTION}

    assert texts["total"].splitlines()[-1] == "    return sum(square(number) for number in numbers)"
    assert "###" not in "".join(texts.values())


def test_stubbed_cells_hold_what_students_get(small_course: Course) -> None:
    """A stub keeps what stands around the region, and raises NotImplementedError at its place."""
    texts = {cell.name: cell.source for cell in stubbed(cells(small_course)) if cell.kind is Kind.SOLUTION}

    assert texts["square"] == ('def square(x):\n    """The square of a number."""\n    raise NotImplementedError()')


def test_an_answers_cells_take_the_place_of_the_solutions(small_course: Course) -> None:
    """Solutions that a file does not replace are the course's own; all other cells stay in order."""
    path = write_answer(small_course, '# A.\n\n# %% solution="total"\ntotal = sum\n')
    before = cells(small_course)

    after = answered(before, read_answer(path, small(small_course)))

    assert [(cell.kind, cell.name) for cell in after] == [(cell.kind, cell.name) for cell in before]
    texts = {cell.name: cell.source for cell in after if cell.kind is Kind.SOLUTION}
    assert texts["total"] == "total = sum"
    assert "quadrate = x * x" in texts["square"]


def test_own_cells_stand_just_before_the_next_solution_of_the_file(small_course: Course) -> None:
    """Cells marked `own` run before the solution that they stand before; the last ones before the last solution."""
    text = (
        '# A.\n\n# %% own\na = 1\n\n# %% own\nb = 1\n\n# %% solution="square"\nc = 1\n\n'
        '# %% own\nd = 1\n\n# %% solution="total"\ne = 1\n\n# %% own\nf = 1\n'
    )

    after = answered(cells(small_course), read_answer(write_answer(small_course, text), small(small_course)))

    code = [cell.source for cell in after if len(cell.source) == 5]
    assert code == ["a = 1", "b = 1", "c = 1", "d = 1", "f = 1", "e = 1"]


def test_own_cells_alone_are_an_answer(small_course: Course) -> None:
    """A file without a solution still runs its own cells, before the first solution of the course."""
    path = write_answer(small_course, "# A.\n\n# %% own\na = 1\n")

    after = answered(cells(small_course), read_answer(path, small(small_course)))

    place = [cell.source for cell in after].index("a = 1")
    assert after[place + 1].name == "square"
    assert "quadrate = x * x" in after[place + 1].source


# Running


def test_the_files_of_the_small_course_are_as_declared(small_course: Course) -> None:
    """The solution and right answers pass all checks, the stub fails all, the wrong answer what it says."""
    results = {trial.name: trial for trial in trials(small_course, "small", [])}

    assert {name: trial.surprises for name, trial in results.items()} == {
        "solution": (),
        "stub": (),
        "right/powers": (),
        "wrong/adds_no_squares": (),
    }
    assert failing(results["solution"].run) == {}
    assert set(failing(results["stub"].run).values()) == {"NotImplementedError"}
    assert set(failing(results["stub"].run)) == {"square", "total-data", "total-empty"}
    assert failing(results["wrong/adds_no_squares"].run) == {"total-data": "AssertionError"}


TOTAL = '# %% solution="total"\ndef total(numbers):\n    '
SURPRISES = {
    "loses more": (f"# A.\n# loses: total-empty\n\n{TOTAL}return 1\n", "loses total-data: AssertionError"),
    "loses less": (f"# A.\n# loses: total-data square\n\n{TOTAL}return 0\n", "should lose square, but passes"),
    "says something else": (f"# A.\n# loses: total-data\n# says: blue\n\n{TOTAL}return 0\n", "no message says 'blue'"),
    "declares nothing": (f"# A.\n\n{TOTAL}return 0\n", "a wrong answer must say which checks it loses"),
    "dies": (f"# A.\n# loses: total-data\n\n{TOTAL}import os; os._exit(1)\n", "the process died"),
}


@pytest.mark.parametrize(("text", "words"), SURPRISES.values(), ids=SURPRISES.keys())
def test_an_answer_that_is_not_as_declared_is_told(small_course: Course, text: str, words: str) -> None:
    """Losing more, losing less, saying something else, and not reaching the end are all surprises."""
    assert any(words in surprise for surprise in tried(small_course, text).surprises)


def test_a_right_answer_must_run_without_any_error(small_course: Course) -> None:
    """A cell that is no check fails a right answer too, and the line of the course's text is named."""
    text = '# A.\n\n# %% own\nraise ValueError("mine")\n' + f"\n{TOTAL}return sum(n * n for n in numbers)\n"

    (surprise,) = tried(small_course, text, "right").surprises

    assert "ValueError: mine" in surprise


def test_an_error_ends_its_cell_and_not_the_run(small_course: Course) -> None:
    """Cells after an error run, as they do in a notebook that is graded."""
    broken = '# A.\n# loses: square\n\n# %% solution="square"\n1 / 0\n'
    text = f"{broken}\n{TOTAL}return sum(n * n for n in numbers)\n"

    trial = tried(small_course, text)

    assert trial.surprises == ()
    assert failing(trial.run) == {"square": "NameError"}


@pytest.mark.parametrize("way_out", ["raise SystemExit(0)", "raise KeyboardInterrupt", "import sys; sys.exit()"])
def test_leaving_is_an_error_like_any_other(small_course: Course, way_out: str) -> None:
    """A solution that tries to end the process fails its own checks only."""
    text = f"# A.\n# loses: total-data total-empty\n\n{TOTAL}{way_out}\n"

    assert tried(small_course, text).surprises == ()


def test_an_answer_that_never_ends_is_stopped(small_course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    """After the time limit the run is killed, and that is the one thing that is said about it."""
    monkeypatch.setattr(proof, "TRIAL_SECONDS", 0.3)

    trial = tried(small_course, f"# A.\n# loses: total-data\n\n{TOTAL}while True: pass\n")

    assert trial.surprises == ("no end after 0.3 s",)


def test_a_stub_that_never_ends_is_told_as_such(small_course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    """A run that was stopped says nothing about the checks, for the stub neither."""
    monkeypatch.setattr(proof, "TRIAL_SECONDS", 0.3)
    path = small_course.assignments / "small" / "notebook.py"
    path.write_text(path.read_text().replace("# Try things out here.", "while True: pass"))

    surprises = {trial.name: trial.surprises for trial in trials(small_course, "small", [])}

    assert surprises["stub"] == ("no end after 0.3 s",)


def test_a_run_leaves_this_process_alone(small_course: Course, capfd: pytest.CaptureFixture[str]) -> None:
    """Prints, files, modules and the working directory of an answer stay in its own process."""
    here = os.getcwd()
    deeds = "import wave; print('loud'); open('numbers.csv', 'w').close(); return 0"
    loud = f"# A.\n# loses: total-data\n\n{TOTAL}{deeds}\n"
    sys.modules.pop("wave", None)

    trial = tried(small_course, loud)

    assert trial.surprises == ()
    assert os.getcwd() == here
    assert "wave" not in sys.modules
    assert capfd.readouterr() == ("", "")
    assert (small_course.data / "numbers.csv").read_text() == "1\n2\n3\n"


def test_the_solution_must_not_warn(small_course: Course) -> None:
    """The course's own solution runs with warnings as errors; a student's answer does not."""
    path = small_course.assignments / "small" / "notebook.py"
    text = path.read_text().replace(
        "    quadrate = x * x", "    import warnings; warnings.warn('careful')\n    quadrate = x * x"
    )
    path.write_text(text)

    results = {trial.name: trial.surprises for trial in trials(small_course, "small", [])}

    assert any("UserWarning: careful" in surprise for surprise in results["solution"])
    assert results["wrong/adds_no_squares"] == ()


def test_a_stub_that_passes_or_fails_otherwise_is_a_surprise(small_course: Course) -> None:
    """Checks must fail on the untouched stub, and by NotImplementedError only."""
    path = small_course.assignments / "small" / "notebook.py"
    text = (
        path.read_text()
        .replace('check_value("the total of the data", ask(total, NUMBERS), 14.0)', "x = 1")
        .replace("ask(square, 3.0), 9.0", "nowhere, 9.0")
    )
    path.write_text(text)

    surprises = {trial.name: trial.surprises for trial in trials(small_course, "small", [])}["stub"]

    assert surprises[0].startswith("square fails with NameError")
    assert surprises[1:] == ("passes total-data",)


def test_a_cell_with_a_mistake_of_syntax_fails_alone(small_course: Course) -> None:
    """What does not compile is reported with its line of the author's text."""
    bad = [Cell(Kind.RUN, "code", "def", 7), Cell(Kind.CHECK, "code", "assert False, 'reached'", 9, "a")]

    run = run_cells(bad, small_course.data)

    assert failing(run) == {"a": "AssertionError"}
    assert run.other[0].startswith("cell of line 7: SyntaxError")


# The command


def test_try_prints_a_table_and_ends_with_0(
    small_course: Course, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where all is as declared, `chainrule try` lists the runs and ends well; -v prints each message."""
    monkeypatch.chdir(small_course.root)

    assert main(["try", "small"]) == 0
    assert [line.split("  ")[1] for line in capsys.readouterr().out.splitlines()[:-1]] == [
        "solution",
        "stub",
        "right/powers",
        "wrong/adds_no_squares",
    ]
    # An option may stand anywhere.
    assert main(["try", "small", "-v", "grader_tests/small/wrong/adds_no_squares.py"]) == 0
    printed = capsys.readouterr().out
    assert "total-data: AssertionError: Not right: the total of the data (yours is 6)." in printed
    assert printed.endswith("1 runs, 0 not as declared\n")


def test_try_ends_with_1_where_an_answer_is_not_as_declared(
    small_course: Course, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A surprise is printed under the answer's name, and the command fails."""
    monkeypatch.chdir(small_course.root)
    path = write_answer(small_course, SURPRISES["loses less"][0])

    assert main(["try", "small", str(path)]) == 1
    printed = capsys.readouterr().out
    assert "not as declared  wrong/mine" in printed
    assert "    should lose square, but passes" in printed


def test_try_ends_with_1_where_a_file_is_not_there(
    small_course: Course, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A mistyped file is named without a traceback."""
    monkeypatch.chdir(small_course.root)

    assert main(["try", "small", "lost.py"]) == 1
    assert "lost.py:1: there is no such file" in capsys.readouterr().err
