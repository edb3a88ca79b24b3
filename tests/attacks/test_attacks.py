"""No attack gains a mark, learns a secret, harms another submission or stops the run.

Every file of `grader_tests/attacks/` is handed in and graded through nbgrader with the engine, in two workers; right
after it, the same worker grades an honest submission. `make attacks` runs every one, `make test` one of each family.
"""

import os
import shutil

import pytest
from attack_course import Evidence
from attack_files import CHECKS, FOLDER, names, one_of_each_family, read_attack

from chainrule.course import Course

FAMILIES = {
    "metadata and tags", "outputs and display hooks", "IPython and the kernel", "frames and history",
    "always-equal objects", "patched numpy and builtins", "shadowing modules", "reading what is not theirs", "SQLite",
    "processes and signals", "start-up files", "bombs", "bombs in the grader", "kernel death", "exceptions",
    "leaks through outputs and feedback", "only when it is graded", "wire-level lies", "bad input",
}  # fmt: skip
SLOW_MACHINE = 3
"""How many times as long an attack may take as its file says where an honest submission takes a second or less."""
MOST_MEMORY = 3_000_000_000

CHOSEN = names() if os.environ.get("ATTACKS") == "every" else one_of_each_family()

each_attack = pytest.mark.parametrize("attack", CHOSEN)
pytestmark = pytest.mark.skipif(shutil.which("ps") is None, reason="the list of processes is read with ps")


@each_attack
def test_an_attack_gains_no_mark(attack: str, evidence: dict[str, Evidence]) -> None:
    """It earns what its honest answers earn, exactly, or is refused by name."""
    about, came = read_attack(attack), evidence[attack]

    if about.ends == "refused":
        assert (came.status, came.earned) == ("needs a person", {})
        assert came.reason
    else:
        assert came.earned == {name: CHECKS[name] for name in about.earns}, came.error
        assert came.status in ("graded", "partly graded"), came.reason


@each_attack
def test_an_attack_learns_no_secret(attack: str, evidence: dict[str, Evidence]) -> None:
    """No hidden line, expected value, or canary is in its outputs, its messages or any file that comes back."""
    assert evidence[attack].leaks == []


@each_attack
def test_pages_run_no_code_of_an_attack(attack: str, evidence: dict[str, Evidence]) -> None:
    """The feedback page holds no script, handler or address of the student's that a browser would run."""
    assert evidence[attack].live == []


@each_attack
def test_an_attack_changes_nothing_outside(attack: str, evidence: dict[str, Evidence]) -> None:
    """Files of the course, the grader's home, and the gradebook's other rows and schema are as they were."""
    assert evidence[attack].changes == []


@each_attack
def test_nothing_outlives_an_attack(attack: str, evidence: dict[str, Evidence]) -> None:
    """No process that it started is left when its result is there."""
    assert evidence[attack].left == []


@each_attack
def test_an_honest_submission_right_after_it_gets_its_marks(attack: str, evidence: dict[str, Evidence]) -> None:
    """The run goes on: the same worker, with the same warm processes, grades the next one right."""
    came = evidence[attack]

    assert came.error == ""
    assert came.honest == {**CHECKS, "why": 0.0}, came.honest_status


@each_attack
def test_an_attack_ends_in_bounded_time_and_memory(attack: str, evidence: dict[str, Evidence]) -> None:
    """Grading it takes no longer than its file says (more where all is slow), and the worker stays below its memory."""
    came = evidence[attack]

    assert came.seconds < SLOW_MACHINE * read_attack(attack).bound * max(came.honest_seconds, 1)
    assert came.memory < MOST_MEMORY


def test_the_gradebook_holds_full_marks_for_every_honest_submission(
    course: Course, evidence: dict[str, Evidence]
) -> None:
    """When all is done, what was saved for honest students is still there."""
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{course.root / 'gradebook.db'}", "chainrule") as gradebook:
        scores = {s.student_id: s.score for s in gradebook.assignment_submissions("target")}

    honest = {name: score for name, score in scores.items() if name.startswith(("after-", "first-"))}
    assert len(honest) >= len(evidence)
    assert set(honest.values()) == {sum(CHECKS.values())}


def test_every_family_of_attacks_has_its_files() -> None:
    """The families are those of the threat model, and none is empty."""
    assert {read_attack(name).family for name in names()} == FAMILIES
    assert not [path for path in FOLDER.glob("*.py") if path.stem not in names()]
