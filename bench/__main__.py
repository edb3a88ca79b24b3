"""Compare, in one run on one class, the speed of stock nbgrader with this project's: `make bench`.

Three ways to run the same submissions, one after the other, on this machine, round by round:

- stock: `nbgrader autograde` with nbgrader's own preprocessors, as it comes;
- chainrule: `chainrule grade --no-feedback`, with its workers, referee and sandbox;
- limit: the same cells in an interpreter that is already warm, with no notebook, kernel, gradebook or sandbox at all.

Every figure is a time for the whole class divided by the number of submissions, start-up included.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
from rich.console import Console
from rich.table import Table

from chainrule.answers import Answer, answered, read_answers, solved
from chainrule.assignment import read_assignment
from chainrule.course import Course
from chainrule.demo import hand_in_answer, solutions
from chainrule.expand import expand
from chainrule.proof import preload, run_cells

PROJECT = Course(Path(__file__).resolve().parents[1])
STOCK = """
c = get_config()
c.CourseDirectory.course_id = "chainrule"
c.ClearMarkScheme.enforce_metadata = False
c.Execute.timeout = 120
"""


def main() -> int:
    """Print medians and ratios."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("assignments", nargs="*", default=["01_computational_graph", "05_autodiff"])
    parser.add_argument("--students", type=int, default=20, help="size of the class (default: 20)")
    parser.add_argument("--stock-students", type=int, default=4, help="how many of them stock grades (default: 4)")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    console = Console(highlight=False)
    table = Table(
        "assignment", "stock", "chainrule", "limit", "stock / chainrule", "chainrule / limit", "worker memory"
    )
    for assignment_id in options.assignments:
        times: dict[str, list[float]] = {"stock": [], "chainrule": [], "limit": []}
        peak = 0.0
        for number in range(options.rounds):
            with tempfile.TemporaryDirectory() as folder:
                root = Path(folder)
                make_class(root, assignment_id, options.students)
                times["stock"].append(stock(root, assignment_id, options.stock_students))
                seconds, peak = chainrule(root, assignment_id, options.students, options.workers)
                times["chainrule"].append(seconds)
                times["limit"].append(limit(assignment_id, options.students, options.workers))
            line = ", ".join(f"{name} {values[-1]:.2f} s" for name, values in times.items())
            console.print(f"{assignment_id}, round {number + 1}: {line} a submission")
        middle = {name: statistics.median(values) for name, values in times.items()}
        table.add_row(
            assignment_id,
            *(f"{middle[name]:.3f} s" for name in ("stock", "chainrule", "limit")),
            f"{middle['stock'] / middle['chainrule']:.1f}",
            f"{middle['chainrule'] / middle['limit']:.2f}",
            f"{peak:.0f} MB",
        )
    console.print(table)
    console.print(f"Seconds a submission; medians of {options.rounds} rounds; {os.cpu_count()} cores.")
    return 0


def make_class(root: Path, assignment_id: str, students: int) -> None:
    """A course with one assignment, released, and a class that handed in right answers of several kinds."""
    for room in ("data", "nbgrader_config.py", "pyproject.toml"):
        path = PROJECT.root / room
        shutil.copytree(path, root / room) if path.is_dir() else shutil.copy(path, root / room)
    for room in ("assignments", "grader_tests"):
        shutil.copytree(PROJECT.root / room / assignment_id, root / room / assignment_id)
    run(root, "chainrule", "build")
    course = Course(root)
    assignment = read_assignment(course.assignments / assignment_id)
    path = course.release / assignment_id / f"{assignment_id}.ipynb"
    release = nbformat.read(path, as_version=4)
    own = solutions(course, assignment)
    for number, answer in enumerate(answers(assignment_id, students)):
        folder = course.submitted / f"student-{number:03}" / assignment_id
        folder.mkdir(parents=True)
        nbformat.write(hand_in_answer(release, answer, own), folder / path.name)


def answers(assignment_id: str, students: int) -> list[Answer]:
    """Right answers, as many as there are students, each kind about equally often."""
    assignment = read_assignment(PROJECT.assignments / assignment_id)
    every = read_answers(PROJECT.answers / assignment_id, assignment)
    kinds = [answer for answer in every if answer.path.parent.name == "right"]
    return [kinds[number % len(kinds)] for number in range(students)]


def run(root: Path, *arguments: str) -> None:
    """Run a program of this environment in a folder, quietly; its failure ends the benchmark."""
    program = str(Path(sys.executable).with_name(arguments[0]))
    done = subprocess.run([program, *arguments[1:]], cwd=root, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{' '.join(arguments)} failed:\n{done.stdout}\n{done.stderr}")


def stock(root: Path, assignment_id: str, students: int) -> float:
    """Seconds a submission of `nbgrader autograde` as it comes, over the first few students."""
    ours = (root / "nbgrader_config.py").read_text()
    (root / "nbgrader_config.py").write_text(STOCK)
    start = time.perf_counter()
    pattern = f"student-00[0-{students - 1}]"
    run(root, "nbgrader", "autograde", assignment_id, f"--student={pattern}", "--force")
    seconds = (time.perf_counter() - start) / students
    (root / "nbgrader_config.py").write_text(ours)
    return seconds


def chainrule(root: Path, assignment_id: str, students: int, workers: int) -> tuple[float, float]:
    """Seconds a submission of `chainrule grade`, and the peak memory of its largest process in MB."""
    shutil.rmtree(root / "autograded", ignore_errors=True)
    start = time.perf_counter()
    run(root, "chainrule", "grade", assignment_id, "--no-feedback", f"--workers={workers}", "--strict")
    seconds = (time.perf_counter() - start) / students
    return seconds, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def limit(assignment_id: str, students: int, workers: int) -> float:
    """Seconds a submission of the bare cells, each class member in a fork of one warm interpreter."""
    assignment = read_assignment(PROJECT.assignments / assignment_id)
    cells = expand(assignment, PROJECT.data)
    notebooks = [answered(cells, answer) for answer in answers(assignment_id, students)]
    preload(solved(cells))
    start = time.perf_counter()
    with ThreadPoolExecutor(workers) as pool:
        for outcome in pool.map(lambda notebook: run_cells(notebook, PROJECT.data), notebooks):
            if outcome.failed:
                sys.exit(f"a right answer fails {', '.join(outcome.failed)}")
    return (time.perf_counter() - start) / students


if __name__ == "__main__":
    sys.exit(main())
