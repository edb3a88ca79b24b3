"""Attacks as files: `grader_tests/attacks/*.py`, read into what a student hands in."""

import copy
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat

from chainrule.authoring.assignment import read_assignment, read_percent
from chainrule.course import Course
from chainrule.proof.demo_class import hand_in, solutions

PROJECT = Path(__file__).resolve().parents[2]
FOLDER = PROJECT / "grader_tests/attacks"
TARGET = "target"
CHECKS = {"double": 2, "total": 1, "total-numbers": 1, "shift": 1, "corners": 3, "line": 2}
MARKS = sum(CHECKS.values())
KEYS = ("family", "after", "earns", "ends", "stock", "bound")


@dataclass(frozen=True)
class Attack:
    """One file.

    Args:
        name: of the file.
        about: what it tries.
        family: the kind of attack, a few words.
        after: what must be true afterwards, for people.
        earns: the checks whose answers are honest and must keep their marks.
        ends: how grading ends: "graded" or "refused".
        stock: why it is not run on stock nbgrader; empty where it is.
        bound: the most seconds that grading it may take.
        cells: (marker, text) of its cells.
        mangle: changes the notebook or the folder that is handed in; None where it does not.
    """

    name: str
    about: str
    family: str
    after: str
    earns: tuple[str, ...]
    ends: str
    stock: str
    bound: float
    cells: tuple[tuple[str, str], ...]
    mangle: Callable[[Any, Path], Any] | None


def names() -> list[str]:
    """All attacks, in alphabetical order."""
    return sorted(path.stem for path in FOLDER.glob("*.py"))


def one_of_each_family() -> list[str]:
    """A sample that is quick to run: of each family the attack with the smallest time bound, the first by name."""
    best: dict[str, Attack] = {}
    for attack in map(read_attack, names()):
        if attack.family not in best or attack.bound < best[attack.family].bound:
            best[attack.family] = attack
    return sorted(attack.name for attack in best.values())


def read_attack(name: str) -> Attack:
    """Read one file; a mistake in it is a ValueError."""
    path = FOLDER / f"{name}.py"
    texts = read_head(path, KEYS)
    if not (texts["about"] and texts["family"] and texts["after"]):
        raise ValueError(f"{path} should say what it tries, its `# family:` and its `# after:`")
    earns = tuple(CHECKS) if texts["earns"] == "all" else tuple(texts["earns"].split())
    if unknown := set(earns) - set(CHECKS):
        raise ValueError(f"{path} earns unknown checks: {unknown}")
    cells, mangle = [], None
    for _, raw in read_percent(path, preface=True)[1]:
        marks = {key: value for key, value in raw.metadata.items() if key != "lines_to_next_cell"}
        ((key, value),) = marks.items()
        if (key, value) == ("title", "mangle"):
            mangle = _function(raw.source, path)
        elif (key, value) in (("title", "own"), ("title", "own last")) or key in ("solution", "written"):
            cells.append((value if key == "title" else f"{value}-solution" if key == "solution" else value, raw.source))
        else:
            raise ValueError(f"{path} has a cell marked {marks}")
    ends = texts["ends"] or "graded"
    bound = float(texts["bound"] or 30)
    return Attack(
        name, texts["about"], texts["family"], texts["after"], earns, ends, texts["stock"], bound, tuple(cells), mangle
    )


def read_head(path: Path, keys: tuple[str, ...]) -> dict[str, str]:
    """What the first comment lines of a file say, by key; lines without one are its `about`."""
    notes: dict[str, list[str]] = {key: [] for key in ("about", *keys)}
    for line in path.read_text(encoding="utf-8").split("# %%")[0].splitlines():
        key, colon, rest = line.removeprefix("#").strip().partition(":")
        known = colon and key in keys
        notes[key if known else "about"].append(rest.strip() if known else line.removeprefix("#").strip())
    return {key: " ".join(filter(None, lines)) for key, lines in notes.items()}


def _function(text: str, path: Path) -> Callable[[Any, Path], Any]:
    names: dict[str, Any] = {}
    exec(compile(text, str(path), "exec"), names)
    function: Callable[[Any, Path], Any] = names["mangle"]
    return function


def write_submission(course: Course, student: str, attack: Attack | None) -> Path:
    """Hand in an attack, or (for None) the course's own answers; returns the student's folder."""
    assignment = read_assignment(course.assignments / TARGET)
    release = nbformat.read(course.release / TARGET / f"{TARGET}.ipynb", as_version=4)
    honest = solutions(course, assignment)
    folder = course.submitted / student / TARGET
    folder.mkdir(parents=True)
    if attack is None:
        notebook = hand_in(release, honest)
    else:
        wanted = {f"{check.removesuffix('-numbers')}-solution" for check in attack.earns}
        notebook = _attacked(release, {name: text for name, text in honest.items() if name in wanted}, attack)
        if attack.mangle:
            notebook = nbformat.from_dict(attack.mangle(notebook, folder))
    if notebook:
        (folder / f"{TARGET}.ipynb").write_text(nbformat.writes(notebook), encoding="utf-8")
    return folder


def _attacked(release: Any, texts: dict[str, str], attack: Attack) -> Any:
    """The notebook with the attack's cells in it; own cells go before the next solution in the file."""
    own: dict[str, tuple[str, ...]] = {}
    last, waiting = [], []
    for marker, text in attack.cells:
        if marker == "own":
            waiting.append(text)
        elif marker == "own last":
            last.append(text)
        else:
            texts[marker], own[marker], waiting = text, tuple(waiting), []
    if waiting:
        own["double-solution"] = (*own.get("double-solution", ()), *waiting)
    notebook = copy.deepcopy(hand_in(release, texts, own))
    notebook.cells += [nbformat.v4.new_code_cell(text, id=f"mine-last-{i}") for i, text in enumerate(last)]
    return notebook
