"""How far a run is, told to people and to programs."""

import io
import json

import pytest

from chainrule.classroom.progress import A_WHILE, Log, Progress
from chainrule.classroom.report import Result, json_list
from chainrule.engine.cells import Status


class Clock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.time = 0.0

    def __call__(self) -> float:
        return self.time


def result(student: str, status: Status = Status.GRADED) -> Result:
    return Result("01", student, status, "", 1.0, 2.0)


def test_a_log_says_now_and_then_how_far_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    """One line a while: what is done, how fast, how long it takes, what needs a person, what is under way."""
    clock = Clock()
    progress = Progress(40, Log(clock).tell, clock)

    progress.done(result("ada"))
    assert capsys.readouterr().err == ""
    clock.time = 2 * A_WHILE
    progress.under_way([result("zoe\x1b[2J"), result("ivan")])
    progress.done(result("mia", Status.NEEDS_A_PERSON))
    assert capsys.readouterr().err.partition("  ")[2] == (
        "1 of 40 done; 1.0 a minute; 39 min left; now: zoe\\x1b[2J 01, ivan 01\n"
    )
    clock.time = 4 * A_WHILE
    progress.under_way([])
    assert capsys.readouterr().err.partition("  ")[2] == "2 of 40 done; 1.0 a minute; 38 min left; 1 needs a person\n"


def test_a_log_that_has_nothing_yet_promises_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    """Before the first submission is done nobody knows the pace."""
    clock = Clock()
    progress = Progress(40, Log(clock).tell, clock)
    clock.time = A_WHILE

    progress.under_way([result("ada")])

    assert capsys.readouterr().err.partition("  ")[2] == "0 of 40 done; none done yet; now: ada 01\n"


@pytest.mark.parametrize("students", [[], ["ada"], ["ada", "zoe"]])
def test_a_list_of_results_is_whole_wherever_it_ends(students: list[str]) -> None:
    """Each result is written as it comes; a run that is stopped still leaves JSON."""
    file = io.StringIO()

    with pytest.raises(KeyboardInterrupt), json_list(file) as add:
        for number, student in enumerate(students):
            add(result(student))
            assert file.getvalue().count('"student"') == number + 1
        raise KeyboardInterrupt

    assert [row["student"] for row in json.loads(file.getvalue())] == students
