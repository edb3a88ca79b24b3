"""A temporary course around the target, and what a worker sees while it grades an attack there."""

import contextlib
import hashlib
import os
import re
import resource
import shutil
import sqlite3
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import nbformat
from attack_files import FOLDER, MARKS, PROJECT, TARGET, Attack, read_attack, write_submission

from chainrule.authoring.build import build
from chainrule.course import Course

# Small limits, so that bombs go off quickly. Everything else is as in the course.
CONFIG = """
c.Examine.cell_seconds = 2
c.Examine.call_seconds = 1
c.Examine.check_seconds = 4
c.Examine.notebook_seconds = 40
c.Examine.memory_mb = 300
c.Examine.processes = 60
c.Examine.disk_mb = 8
c.Examine.files = 300
c.Examine.output_kb = 50
"""
ENVIRONMENT_CANARY = ("ATTACK_CANARY", "nightingale-of-the-environment")
FILE_CANARY = "nightingale-of-the-files"
BOOK_CANARY = "nightingale-of-the-gradebook"
# Words of hidden tests, model answer and mark scheme; expected values of hidden tests; what lies outside.
SECRETS = ("umbra", "41834.608", "1080.31", "4101.75", "3300.25", ENVIRONMENT_CANARY[1], FILE_CANARY, BOOK_CANARY)


@dataclass
class Evidence:
    """What came of one attack, and of an honest submission after it."""

    earned: dict[str, float] = field(default_factory=dict)
    gained: dict[str, float] = field(default_factory=dict)
    """Of what it earned, the marks of checks that ask about the attack itself."""
    status: str = ""
    reason: str = ""
    leaks: list[str] = field(default_factory=list)
    live: list[str] = field(default_factory=list)
    changes: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    honest: dict[str, float] = field(default_factory=dict)
    honest_status: str = ""
    seconds: float = 0.0
    honest_seconds: float = 0.0
    """How long the honest submission took right after it: how busy the machine was."""
    memory: int = 0
    error: str = ""


def make_course(root: Path, config: str = "") -> Course:
    """Write, build and release the target in a folder of its own, with canaries around it."""
    config = config or (PROJECT / "nbgrader_config.py").read_text() + CONFIG
    (root / "assignments" / TARGET).mkdir(parents=True)
    (root / "data").mkdir()
    shutil.copy(FOLDER / TARGET / "notebook.py", root / "assignments" / TARGET)
    shutil.copy(FOLDER / TARGET / "numbers.csv", root / "data")
    (root / "pyproject.toml").write_text("[tool.chainrule]\n")
    (root / "nbgrader_config.py").write_text(config)
    (root / "canary.txt").write_text(FILE_CANARY)
    course = Course(root)
    # Its checks call students' functions themselves, as those of other courses do.
    build(course, TARGET, house_rules=False)
    canary = course.submitted / "canary" / TARGET
    canary.mkdir(parents=True)
    shutil.copy(course.release / TARGET / f"{TARGET}.ipynb", canary)
    return course


@contextlib.contextmanager
def surroundings() -> Iterator[Path]:
    """A folder with a home and a place for temporary files, and an environment that points there."""
    root = Path(tempfile.mkdtemp(prefix="attacks-"))  # short: sockets lie below it
    before = dict(os.environ)
    for variable, name in (("HOME", "home"), ("TMPDIR", "tmp")):
        (root / name).mkdir()
        os.environ[variable] = str(root / name)
    os.environ[ENVIRONMENT_CANARY[0]] = ENVIRONMENT_CANARY[1]
    os.environ["OMP_NUM_THREADS"] = "1"
    tempfile.tempdir = None
    try:
        yield root
    finally:
        os.environ.clear()
        os.environ.update(before)
        tempfile.tempdir = None
        shutil.rmtree(root, ignore_errors=True)


def plant_canary(course: Course, assignment: str = TARGET) -> None:
    """A student whose row in the gradebook must stay as it is."""
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{course.root / 'gradebook.db'}", "chainrule") as gradebook:
        gradebook.add_student("canary", last_name=BOOK_CANARY)
        submission = gradebook.add_submission(assignment, "canary")
        for number, grade in enumerate(submission.notebooks[0].grades):
            grade.manual_score = number / 8
        gradebook.db.commit()


def canary_rows(course: Course) -> tuple[Any, ...]:
    """What must not change in the gradebook: the canary's marks, the marks that checks are worth, the schema."""
    with sqlite3.connect(f"file:{course.root / 'gradebook.db'}?mode=ro", uri=True) as book:
        marks = book.execute(
            "select grade.auto_score, grade.manual_score from grade "
            "join submitted_notebook n on n.id = grade.notebook_id "
            "join submitted_assignment a on a.id = n.assignment_id where a.student_id = 'canary' order by grade.id"
        ).fetchall()
        worth = book.execute("select * from grade_cells order by id").fetchall()
        schema = book.execute("select name, sql from sqlite_master order by name").fetchall()
    return marks, worth, schema


def course_files(course: Course) -> dict[str, str]:
    """A hash of every file that no submission may touch."""
    kept = [course.source, course.release, course.assignments, course.data, course.submitted / "canary"]
    files = [path for folder in kept for path in folder.rglob("*") if path.is_file()]
    files += [course.root / "canary.txt", course.root / "nbgrader_config.py"]
    home = Path(os.environ["HOME"])
    files += [path for path in home.rglob("*") if path.is_file()]
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def descendants(root: int) -> dict[int, str]:
    """Every process below this one, with its command."""
    rows = subprocess.run(
        ["ps", "-ww", "-eo", "pid,ppid,stat,args"], capture_output=True, text=True
    ).stdout.splitlines()[1:]
    table = [(int(pid), int(parent), stat, args) for pid, parent, stat, args in (row.split(None, 3) for row in rows)]
    found, new = {root: ""}, {root}
    while new:
        new = {pid for pid, parent, _, _ in table if parent in new and pid not in found}
        running = [row for row in table if row[0] in new and "Z" not in row[2] and not row[3].startswith("ps -ww")]
        found |= {pid: args for pid, _, _, args in running}
    return found


def grade_attacks(course: Course, names: Iterable[str], workers: int = 2) -> dict[str, Evidence]:
    """What comes of each attack, in a few workers; long ones first, so that none waits for another at the end."""
    order = sorted(names, key=lambda name: (-read_attack(name).bound, name))
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as executor:
        futures = {name: executor.submit(attack_and_then, course.root, name) for name in order}
        return {name: _outcome(future) for name, future in futures.items()}


def _outcome(future: Future[Evidence]) -> Evidence:
    try:
        return future.result()
    except Exception as error:
        return Evidence(error=f"the worker failed: {error!r}")


_ready: dict[Path, int] = {}


def attack_and_then(root: Path, name: str) -> Evidence:
    """In a worker: grade an attack, then an honest submission with the same warm parent."""
    course, attack = Course(root), read_attack(name)
    if root not in _ready:
        _ready[root] = 1
        before = _grade(course, f"first-of-{os.getpid()}", None)
        assert before.score == MARKS, before
    evidence = watched(course, name, lambda: _grade(course, name, attack))
    told = told_to_student(course, name)
    evidence.leaks = [f"{secret} in {where}" for where, text in told.items() for secret in SECRETS if secret in text]
    start = time.monotonic()
    try:
        honest = _grade(course, f"after-{name}", None)
        evidence.honest_seconds = time.monotonic() - start
        evidence.honest = {question.id: question.points for question in honest.questions}
        evidence.honest_status = honest.status
    except Exception as error:
        evidence.honest_status = repr(error)
    return evidence


def watched(course: Course, name: str, grade: Callable[[], Any], assignment: str = TARGET) -> Evidence:
    """Grade an attack, and look at all that it may have touched; what it learnt is for the caller to look for."""
    evidence = Evidence()
    files, rows, processes = course_files(course), canary_rows(course), descendants(os.getpid())
    start = time.monotonic()
    try:
        result = grade()
        evidence.earned = {question.id: question.points for question in result.questions if question.points}
        evidence.status, evidence.reason = result.status, result.reason
    except Exception as error:
        evidence.error = repr(error)
    evidence.seconds = time.monotonic() - start
    evidence.memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    pages = [text for where, text in told_to_student(course, name, assignment).items() if where.endswith(".html")]
    evidence.live = [line for page in pages for line in live_code(page)]
    time.sleep(0.3)
    new = {pid: args for pid, args in descendants(os.getpid()).items() if pid not in processes}
    # A warm parent or referee that had to be replaced is the grader's own.
    evidence.left = [
        args for args in new.values() if "chainrule.inside.warm" not in args and "referee.process" not in args
    ]
    changed = dict(course_files(course).items() ^ files.items())
    evidence.changes = sorted(changed) + (["gradebook"] if canary_rows(course) != rows else [])
    return evidence


def _grade(course: Course, student: str, attack: Attack | None) -> Any:
    from chainrule.classroom.jobs import Job, grade_one

    write_submission(course, student, attack)
    return grade_one(Job(course.root, TARGET, student, feedback=attack is not None))


def told_to_student(course: Course, name: str, assignment: str = TARGET, *, checks: bool = True) -> dict[str, str]:
    """Outputs of student code, messages of verdicts, and every file of the feedback.

    Without `checks`, only what the student's own cells said: stock nbgrader shows hidden checks to everybody.
    """
    told = {}
    path = course.root / "autograded" / name / assignment / f"{assignment}.ipynb"
    if path.is_file():
        for number, cell in enumerate(nbformat.read(path, as_version=4).cells):
            if not checks and cell.metadata.get("nbgrader", {}).get("grade"):
                continue
            said = [str(cell.get("outputs", "")), str(cell.metadata.get("chainrule", ""))]
            told[f"cell {cell.get('id', number)}"] = "\n".join(said)
    folder = course.root / "feedback" / name / assignment
    for page in folder.rglob("*"):
        if page.is_file() and (checks or page.suffix != ".html"):
            told[page.name] = page.read_text(encoding="utf-8", errors="replace")
    return told


POLICY = "Content-Security-Policy"


def live_code(page: str) -> list[str]:
    """What a browser would run in a feedback page, apart from the template's own scripts.

    Attacks call a function `pwned`, so a script, an event handler or an address that does is theirs.
    """
    from html.parser import HTMLParser

    found: list[str] = []

    class Reader(HTMLParser):
        inside = ""
        quoted = 0

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            self.inside = tag if tag in ("script", "style") else ""
            self.quoted += tag in ("pre", "code")
            for key, value in attrs:
                text = re.sub(r"[\s\x00-\x1f]", "", value or "").lower()
                if "pwned" in text and (key.startswith("on") or text.startswith(("javascript:", "data:", "vbscript:"))):
                    found.append(f"<{tag} {key}={value}>"[:200])
            if tag in ("iframe", "object", "embed", "base", "form") or (
                tag == "meta" and dict(attrs).get("http-equiv", POLICY) != POLICY
            ):
                found.append(f"<{tag} {attrs}>"[:200])

        def handle_endtag(self, tag: str) -> None:
            self.inside = ""
            self.quoted -= tag in ("pre", "code")

        def handle_data(self, data: str) -> None:
            if self.inside == "script" and "pwned" in data:
                found.append(f"<script>{data}"[:200])
            elif "pwned" in data and re.search(r"\\(href|url|style|class|cssId|require)\b", data) and not self.quoted:
                found.append(f"MathJax: {data}"[:200])

    Reader().feed(page)
    return found
