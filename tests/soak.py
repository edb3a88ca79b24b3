"""A class, a fifth of it hostile or broken, graded calmly and then through kills: the same rows, and nothing piles up.

    python tests/soak.py                                  # 1,000 submissions, ten kills (`make soak`)
    python tests/soak.py --submissions 20 --kills 2

Kills come at random moments: SIGKILL, SIGTERM or SIGINT to the run or to any process of its. Between them the
gradebook is held, lost and built again, or brought back from a backup, `.chainrule/` is removed, a second run begins, a
file is handed in again, and the disk is full (where this user may mount a small one). After each run that was killed
the next one goes on; the last one must find nothing left to do wrong.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing, nullcontext, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil

sys.path.insert(0, str(Path(__file__).parent))

from chainrule.authoring.build import build
from chainrule.course import Course
from small_class import answered, make_course, marks_in, url_of

CHAINRULE = str(Path(sys.executable).parent / "chainrule")
APART = "SOAK_APART"
"""In the environment of a soak that has a namespace of its own for what it mounts."""
LIMITS = "\nc.Examine.cell_seconds = 5\nc.Examine.memory_mb = 1024\nc.Examine.output_kb = 64\n"
RIGHT = "def square(x):\n    return x * x"
SUM = "def total(numbers):\n    return sum(map(square, numbers))"
HONEST = (
    {"square-solution": RIGHT, "total-solution": SUM},
    {"square-solution": "def square(x):\n    return 2 * x", "total-solution": SUM},
    {"square-solution": RIGHT, "total-solution": "def total(numbers):\n    return sum(numbers)"},
    {"square-solution": RIGHT, "total-solution": "def total(numbers):\n    return 14.0"},
)
HOSTILE = {
    "kills its parent": "import os, signal\nos.kill(os.getppid(), signal.SIGKILL)",
    "kills itself": "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)",
    "never ends": "while True:\n    pass",
    "takes all memory": "hoard = []\nwhile True:\n    hoard.append(bytearray(1 << 26))",
    "floods": "for _ in range(10 ** 5):\n    print('x' * 100)",
    # Few at a time and few in all: whether the next check still gets a process would be a matter of luck else.
    "starts many": (
        "import os\nfor _ in range(40):\n    child = os.fork()\n    if not child:\n        os._exit(0)\n"
        "    os.waitpid(child, 0)"
    ),
    "exits": "import sys\nsys.exit(3)",
}
BROKEN = {
    "no notebook": "this is no notebook",
    "cut off": '{"cells": [{"cell_type": "code", "source": ["def squ',
    "empty": "",
    "no cells": '{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}',
}
ODD = [*HOSTILE, *BROKEN]


def write_class(root: Path, count: int) -> Course:
    """A small course, built, and a class that has handed in: every fifth is hostile or broken."""
    course = make_course(root)
    with (root / "nbgrader_config.py").open("a") as config:
        config.write(LIMITS)
    build(course, "small")
    for number in range(count):
        hand_in(course, number, HONEST[number % len(HONEST)])
    return course


def hand_in(course: Course, number: int, answers: dict[str, str]) -> None:
    """Write what a student hands in."""
    folder = course.submitted / f"student-{number:04}" / "small"
    folder.mkdir(parents=True, exist_ok=True)
    odd = ODD[number // 5 % len(ODD)] if number % 5 == 4 else ""
    if odd in BROKEN:
        text = BROKEN[odd]
    else:
        code = HOSTILE[odd] + "\n" if odd else ""
        text = json.dumps(answered(course, {**answers, "square-solution": code + answers["square-solution"]}))
    (folder / "small.ipynb").write_text(text, encoding="utf-8")


def outcomes_of(file: Path) -> dict[str, tuple[Any, ...]]:
    """What `--json` says of each student."""
    found = json.loads(file.read_text())
    return {one["student"]: (one["status"], one["reason"], one["score"]) for one in found}


@dataclass
class Run:
    """A run of `chainrule grade`, with a folder for temporary files of its own."""

    course: Course
    temporary: Path
    workers: int
    process: subprocess.Popen[bytes] = field(init=False)

    def __post_init__(self) -> None:
        command = [CHAINRULE, "grade", "--quiet", "--no-feedback", "--workers", str(self.workers)]
        environment = {**os.environ, "TMPDIR": str(self.temporary)}
        with (self.temporary.parent / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [*command, "--json", "out.json"], cwd=self.course.root, env=environment, stdout=log, stderr=log
            )

    def alive(self) -> bool:
        return self.process.poll() is None

    def family(self) -> list[psutil.Process]:
        """The run and all that it has started."""
        with suppress(psutil.Error):
            run = psutil.Process(self.process.pid)
            return [run, *run.children(recursive=True)]
        return []

    def graded(self) -> int:
        return len(list((self.course.state / "results").glob("*/*.json")))

    def begin(self, more: int) -> None:
        """Wait until it is so much further than the one before it, or has ended."""
        known, begun = self.graded(), time.time() - 1
        last = time.monotonic() + 600
        while self.alive() and time.monotonic() < last:
            times = []
            for path in (self.course.state / "results").glob("*/*.json"):
                with suppress(FileNotFoundError):
                    times.append(path.stat().st_mtime)
            if sum(at > begun for at in times) >= known + more:
                return
            time.sleep(0.2)


@dataclass(frozen=True)
class Sample:
    """What a run holds at a moment."""

    done: int
    processes: int
    memory: float
    descriptors: int
    files: int

    def __str__(self) -> str:
        return f"{self.done:>6} {self.processes:>10} {self.memory:>10.0f} {self.descriptors:>12} {self.files:>16}"


def sample(run: Run) -> Sample:
    """Look at a run. Memory counts what processes share once."""
    memory = descriptors = processes = 0
    for process in run.family():
        with suppress(psutil.Error):
            memory += process.memory_full_info().pss
            descriptors += process.num_fds()
            processes += 1
    files = sum(1 for _ in run.temporary.rglob("*"))
    return Sample(run.graded(), processes, memory / 2**20, descriptors, files)


def calm(course: Course, temporary: Path, workers: int, every: float) -> list[Sample]:
    """One run that nobody disturbs, looked at and told of now and then."""
    run = Run(course, temporary, workers)
    seen: list[Sample] = []
    print(f"{'done':>6} {'processes':>10} {'memory MB':>10} {'descriptors':>12} {'temporary files':>16}", flush=True)
    while run.alive():
        time.sleep(every)
        if run.alive() and run.graded():
            seen.append(sample(run))
            if len(seen) % 8 == 1:
                print(seen[-1], flush=True)
    assert run.process.returncode == 0, (temporary.parent / "log").read_text()[-2000:]
    return seen


SPARE = {"processes": 6, "memory": 150, "descriptors": 60, "files": 40}
"""By how much what a run holds may rise and fall: it depends on who is in hand at the moment."""


class Trouble:
    """What befalls a run, in an order that a seed decides."""

    def __init__(self, course: Course, temporary: Path, workers: int, seed: int) -> None:
        self.course, self.temporary, self.workers = course, temporary, workers
        self.chance = random.Random(seed)
        self.told: list[str] = []
        self._waiting: list[Callable[[Run], None]] = []

    def kill(self, run: Run) -> None:
        """A signal to one process, which may be the run itself."""
        how = self.chance.choice([signal.SIGKILL, signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
        family = run.family()
        if not family:
            return
        victim = family[0] if how != signal.SIGKILL or self.chance.random() < 0.4 else self.chance.choice(family)
        with suppress(psutil.Error):
            self.told.append(f"{how.name} to {'the run' if victim == family[0] else 'a process of the run'}")
            victim.send_signal(how)

    def other(self, run: Run) -> None:
        """Something that is no kill; each kind comes once before any comes again."""
        if not self._waiting:
            kinds = [self._hold, self._forget, self._second, self._again, self._lose, self._bring_back]
            kinds += [self._fill] if os.path.ismount(self.course.root) else []
            self._waiting = self.chance.sample(kinds, len(kinds))
        self._waiting.pop()(run)

    def _hold(self, run: Run) -> None:
        self.told.append("the gradebook is held for 8 s")
        with closing(sqlite3.connect(self.course.root / "gradebook.db", timeout=60)) as book:
            book.execute("begin exclusive")
            time.sleep(8)

    def _forget(self, run: Run) -> None:
        self.told.append(".chainrule/ is removed")
        shutil.rmtree(self.course.state, ignore_errors=True)

    def _lose(self, run: Run) -> None:
        self.told.append("the gradebook is lost, and built again")
        (self.course.root / "gradebook.db").unlink(missing_ok=True)
        self._chainrule("build")

    def _bring_back(self, run: Run) -> None:
        self.told.append("the gradebook is brought back from a backup")
        self._chainrule("backup", f"copy-{len(self.told)}.db")
        time.sleep(self.chance.uniform(4, 8))
        self._chainrule("restore", f"copy-{len(self.told)}.db")

    def _chainrule(self, *command: str) -> None:
        environment = {**os.environ, "TMPDIR": str(self.temporary)}
        with (self.temporary.parent / "log").open("ab") as log:
            subprocess.run(
                [CHAINRULE, *command], cwd=self.course.root, env=environment, stdout=log, stderr=log, check=True
            )

    def _fill(self, run: Run) -> None:
        self.told.append("the disk is full for 6 s")
        filler = self.course.root / "filler"
        with suppress(OSError), filler.open("wb", buffering=0) as file:
            while True:
                file.write(bytes(1 << 16))
        time.sleep(6)
        filler.unlink()

    def _second(self, run: Run) -> None:
        self.told.append("a second run begins")
        second = Run(self.course, self.temporary, self.workers)
        time.sleep(self.chance.uniform(2, 6))
        second.process.send_signal(signal.SIGTERM)
        second.process.wait()

    def _again(self, run: Run) -> None:
        """A first file, then the one that counts; the first may be under way."""
        self.told.append("a file is handed in twice while it is graded")
        number = self.chance.choice([n for n in range(len(list(self.course.submitted.iterdir()))) if n % 5 != 4])
        hand_in(self.course, number, {"square-solution": "def square(x):\n    return None", "total-solution": SUM})
        time.sleep(self.chance.uniform(0.5, 3))
        hand_in(self.course, number, HONEST[number % len(HONEST)])


def disturbed(course: Course, temporary: Path, workers: int, kills: int, seed: int, share: int) -> list[str]:
    """Runs that are disturbed, one after the other; what befell them."""
    trouble = Trouble(course, temporary, workers, seed)
    run = Run(course, temporary, workers)
    for _ in range(kills):
        if not run.alive():
            run = Run(course, temporary, workers)
        run.begin(trouble.chance.randint(1, share))
        trouble.other(run)
        time.sleep(trouble.chance.uniform(0.1, 2))
        print(f"{run.graded():>6} done; {trouble.told[-1]}", flush=True)
        trouble.kill(run)
        print(f"{'':>6}       {trouble.told[-1]}", flush=True)
    run.process.wait()
    return trouble.told


def go_apart(*namespaces: str) -> None:
    """Begin again where this process has disks or a network that no other program sees, if this user may."""
    apart = ["unshare", *namespaces, *([] if os.geteuid() == 0 else ["--user", "--map-root-user"])]
    if APART not in os.environ and not subprocess.run([*apart, "true"], capture_output=True).returncode:
        os.execvpe(apart[0], [*apart, sys.executable, *sys.argv], {**os.environ, APART: "1"})


def mount_small_disk(folder: Path, megabytes: int) -> None:
    """Have a folder be a disk of its own; a folder like any other where this process is not apart."""
    folder.mkdir()
    if APART in os.environ:
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", folder], check=True)


def is_flat(seen: list[Sample], name: str) -> bool:
    """Whether what a run held was no higher in its last third than in the middle one, but for what may be.

    A run of a few submissions is start-up for the most part, on a busy machine for all of it: nothing can pile up.
    """
    held = [float(getattr(each, name)) for each in seen]
    third = len(held) // 3
    short = third < 3 or seen[-1].done - seen[0].done < 30
    return short or max(held[-third:]) <= max(held[third : 2 * third]) + SPARE[name]


def calm_class(course: Course, submissions: int, temporary: Path, workers: int) -> list[Sample]:
    """A class that was graded calmly, now or before."""
    if (course.root / "out.json").exists():
        return []
    write_class(course.root, submissions)
    begun = time.monotonic()
    seen = calm(course, temporary, workers, max(1.0, submissions / 100))
    took = time.monotonic() - begun
    print(f"The calm run took {took:.0f} s: {submissions / took:.2f} submissions a second.", flush=True)
    return seen


def soak(place: Path, submissions: int, kills: int, workers: int, seed: int) -> dict[str, Any]:
    """All of it; what came of it, by name. A class that was graded calmly before, in the same place, is not again."""
    others = psutil.Process().children(recursive=True)
    temporary = place / "temporary"
    temporary.mkdir(exist_ok=True)
    course, other = Course(place / "calm"), Course(place / "disturbed")
    seen = calm_class(course, submissions, temporary, workers)
    mount_small_disk(other.root, 64 + submissions // 4)
    write_class(other.root, submissions)
    begun = time.monotonic()
    disturbed(other, temporary, workers, kills, seed, max(1, submissions // max(kills, 1) // 2))
    print(f"After {time.monotonic() - begun:.0f} s of troubles, the last run:")
    last = calm(other, temporary, workers, max(1.0, submissions / 100))
    print(f"All that took {time.monotonic() - begun:.0f} s.")
    return {
        "rows": (marks_in(url_of(course)), marks_in(url_of(other))),
        "outcomes": tuple(outcomes_of(each.root / "out.json") for each in (course, other)),
        "left": sorted(path.name for path in temporary.iterdir()),
        "running": [process for process in psutil.Process().children(recursive=True) if process not in others],
        "flat": {name: all(is_flat(run, name) for run in (seen, last)) for name in SPARE},
    }


def differences(found: dict[str, Any]) -> list[str]:
    """Where two classes do not have the same rows and outcomes."""
    (calm_rows, rows), (calm_outcomes, outcomes) = found["rows"], found["outcomes"]
    wrong = []
    if calm_rows != rows:
        other = sorted({row[0] for row in set(calm_rows) ^ set(rows)})
        wrong.append(f"the gradebook's rows of {len(other)} students differ: {other[:5]}")
    for student in sorted(set(calm_outcomes) | set(outcomes)):
        if calm_outcomes.get(student) != outcomes.get(student):
            wrong.append(f"{student}: calm {calm_outcomes.get(student)}, disturbed {outcomes.get(student)}")
    return wrong


def faults(found: dict[str, Any]) -> list[str]:
    """What is not as it must be."""
    wrong = [f"{name} are not flat" for name, flat in found["flat"].items() if not flat] + differences(found)
    if found["left"]:
        wrong.append(f"temporary files are left: {found['left']}")
    if found["running"]:
        wrong.append(f"processes are left: {found['running']}")
    return wrong


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--submissions", type=int, default=1000)
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--seed", type=int, default=12)
    parser.add_argument("--folder", type=Path, help="where the classes are left, and a calm one may be from before")
    asked = parser.parse_args()
    go_apart("--mount")
    if asked.folder:
        asked.folder.mkdir(parents=True, exist_ok=True)
    with nullcontext(asked.folder) if asked.folder else tempfile.TemporaryDirectory(prefix="soak-") as folder:
        found = soak(Path(folder), asked.submissions, asked.kills, asked.workers, asked.seed)
        wrong = faults(found)
    print(f"{len(found['rows'][0])} rows and {len(found['outcomes'][0])} outcomes compared.")
    for line in wrong:
        print(f"FAULT: {line}")
    print("All outcomes are those of a calm run, and nothing piles up." if not wrong else f"{len(wrong)} faults.")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
