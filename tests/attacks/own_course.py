"""Attacks on the course's own assignments: each file of `grader_tests/attacks/course/`, in each of them.

An attack stands in the answers to the first, third, fifth ... question; the answers between are the course's own.
Every mark of the checks that ask about an attack was gained by cheating.
"""

import ast
import html
import json
import re
import shutil
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import nbformat
from attack_course import BOOK_CANARY, ENVIRONMENT_CANARY, FILE_CANARY, Evidence, told_to_student, watched
from attack_files import FOLDER, PROJECT, read_head

from chainrule.authoring.assignment import Kind, read_assignment, read_percent
from chainrule.authoring.build import build, named
from chainrule.authoring.inclusions import expand
from chainrule.course import Course
from chainrule.proof.demo_class import hand_in, solutions

OWN = Course(PROJECT)
IDS = OWN.assignment_ids()
ATTACKS = FOLDER / "course"
CONFIG = """
c.Examine.call_seconds = 5
c.Examine.check_seconds = 10
c.Examine.notebook_seconds = 240
c.Examine.disk_mb = 8
c.Examine.output_kb = 100
"""
WORDS = re.compile(r"(?:hint=|[\W\d]*)f?[\"']")
SHORTEST_SECRET = 25
"""Characters of a line that would be known again: shorter ones stand in any notebook."""


@dataclass(frozen=True)
class OwnAttack:
    """One file; `once` where it stands in the first answer only."""

    name: str
    about: str
    after: str
    once: bool
    answer: str
    last: str


def own_names() -> list[str]:
    """All attacks, in alphabetical order."""
    return sorted(path.stem for path in ATTACKS.glob("*.py"))


def read_own(name: str) -> OwnAttack:
    """Read one file; a mistake in it is a ValueError."""
    path = ATTACKS / f"{name}.py"
    head = read_head(path, ("after", "stands"))
    cells = {str(raw.metadata.get("title")): raw.source for _, raw in read_percent(path, preface=True)[1]}
    if not (head["about"] and head["after"] and set(cells) in ({"answer"}, {"answer", "own last"})):
        raise ValueError(f"{path} should say what it tries and what is true `# after:`, and have a cell `answer`")
    once = head["stands"] == "once"
    return OwnAttack(name, head["about"], head["after"], once, cells["answer"], cells.get("own last", ""))


def copy_course(root: Path, ids: Iterable[str]) -> Course:
    """The course in a folder of its own, with canaries around it and some of its assignments released."""
    for room in ("assignments", "data", "source", "release"):
        shutil.copytree(PROJECT / room, root / room)
    shutil.copy(PROJECT / "pyproject.toml", root)
    (root / "nbgrader_config.py").write_text((PROJECT / "nbgrader_config.py").read_text() + CONFIG)
    (root / "canary.txt").write_text(FILE_CANARY)
    course = Course(root)
    for assignment in ids:
        build(course, assignment)
    return course


def grade_own(course: Course, pairs: Iterable[tuple[str, str]], workers: int = 2) -> dict[tuple[str, str], Evidence]:
    """What comes of each (assignment, attack); a worker takes all attacks on an assignment, one after the other."""
    wanted: dict[str, list[str]] = {}
    for assignment, name in sorted(set(pairs), reverse=True):
        wanted.setdefault(assignment, []).append(name)
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as executor:
        futures = [executor.submit(_attack_all, course.root, *each) for each in wanted.items()]
        return {pair: evidence for future in futures for pair, evidence in future.result().items()}


def _attack_all(root: Path, assignment: str, names: list[str]) -> dict[tuple[str, str], Evidence]:
    """In a worker: every attack on one assignment, and an honest submission after the last one."""
    course, found = Course(root), {}
    for name in names:
        attack = read_own(name)
        notebook, asked = _handed_in(course, assignment, attack)
        evidence = watched(course, name, partial(_grade, course, assignment, name, notebook), assignment)
        evidence.gained = {check: points for check, points in evidence.earned.items() if check in asked}
        secrets = secrets_of(course, assignment, notebook)
        told = {where: squeezed(text) for where, text in told_to_student(course, name, assignment).items()}
        evidence.leaks = [
            f"{secret} in {where}" for where, text in told.items() for secret in secrets if secret in text
        ]
        found[assignment, name] = evidence
    after = _grade(course, assignment, f"after-{names[0]}-{assignment}", _honest(course, assignment))
    for evidence in found.values():
        evidence.honest, evidence.honest_status = _earned(after), after.status
    return found


def _grade(course: Course, assignment: str, student: str, notebook: Any) -> Any:
    from chainrule.classroom.jobs import Job, grade_one

    folder = course.submitted / student / assignment
    folder.mkdir(parents=True)
    (folder / f"{assignment}.ipynb").write_text(nbformat.writes(notebook), encoding="utf-8")
    return grade_one(Job(course.root, assignment, student))


def _earned(result: Any) -> dict[str, float]:
    return {question.id: question.points for question in result.questions if question.points}


def worth(assignment: str) -> dict[str, float]:
    """The marks that a machine gives in an assignment, by check."""
    cells = read_assignment(OWN.assignments / assignment).cells
    return {cell.name: cell.points for cell in cells if cell.kind is Kind.CHECK}


def _released(course: Course, assignment: str) -> Any:
    return nbformat.read(course.release / assignment / f"{assignment}.ipynb", as_version=4)


def _honest(course: Course, assignment: str) -> Any:
    text = read_assignment(course.assignments / assignment)
    return hand_in(_released(course, assignment), solutions(course, text))


def _handed_in(course: Course, assignment: str, attack: OwnAttack) -> tuple[Any, set[str]]:
    """The notebook with the attack in every second answer, or in the first; and the checks that ask about it."""
    text = read_assignment(course.assignments / assignment)
    answers, asked, place, attacked, before = solutions(course, text), set[str](), -1, False, Kind.CHECK
    for name, cell in named(expand(text, course.data)):
        if cell.kind is Kind.SOLUTION:
            # Answers that are checked together are attacked together.
            place += before is Kind.CHECK
            attacked = place == 0 if attack.once else place % 2 == 0
            if attacked:
                answers[name] = f"NAMES = {made_by(answers[name])}\n\n{attack.answer}"
        elif cell.kind is Kind.CHECK and attacked:
            asked.add(name)
        before = cell.kind if cell.kind in (Kind.SOLUTION, Kind.CHECK) else before
    notebook = hand_in(_released(course, assignment), answers)
    if attack.last:
        notebook.cells.append(nbformat.v4.new_code_cell(attack.last, id="mine-last"))
    return notebook, asked


def made_by(answer: str) -> list[str]:
    """The names that a student is asked to write there, as the stub says them."""
    names = []
    for statement in ast.parse(answer).body:
        if isinstance(statement, ast.FunctionDef | ast.ClassDef):
            names.append(statement.name)
        elif isinstance(statement, ast.Assign):
            names += [
                part.id for target in statement.targets for part in ast.walk(target) if isinstance(part, ast.Name)
            ]
    return names


def secrets_of(course: Course, assignment: str, handed_in: Any) -> list[str]:
    """Every line of hidden tests, model answers and mark schemes that the student was not given and did not write.

    Lines that are words for the student are none: a hidden check says them.
    """
    release = (course.release / assignment / f"{assignment}.ipynb").read_text(encoding="utf-8")
    known = squeezed(release + nbformat.writes(handed_in))
    notebook = json.loads((course.source / assignment / f"{assignment}.ipynb").read_text(encoding="utf-8"))
    written = {line.strip() for cell in notebook["cells"] for line in "".join(cell["source"]).splitlines()}
    lines = {squeezed(line) for line in written if not WORDS.match(line)}
    secret = sorted(line for line in lines if len(line) >= SHORTEST_SECRET and line not in known)
    return [*secret, *map(squeezed, (ENVIRONMENT_CANARY[1], FILE_CANARY, BOOK_CANARY))]


def squeezed(text: str) -> str:
    """A text without quotes, brackets and spaces, so that a line is found however it was printed or escaped."""
    return re.sub(r"[^\w.+*/=-]|\\n", "", html.unescape(text))
