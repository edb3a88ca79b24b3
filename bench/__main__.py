"""Compare, in one run on one class, the speed of stock nbgrader with this project's: `make bench`.

The same submissions are run in turn, round by round, on this machine:

- stock: `nbgrader autograde` with nbgrader's own preprocessors, as it comes;
- chainrule: `chainrule grade --no-feedback`, with its workers, referee and sandbox;
- limit: the same cells in forks of one interpreter that is already warm, their figures drawn as a notebook shows
  them, with no notebook, kernel, gradebook or sandbox at all.

Both run every cell, as stock does, and then only the cells that marks depend on, without the course's own plots and
training runs (`c.Examine.demonstrations`: "always", "never").

Every figure is a time for the whole class divided by the number of submissions, start-up included (but not the
imports of the limit).
Memory is the largest proportional set size of all processes of a grading run, divided by its workers.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path

import nbformat
import psutil
from rich.console import Console
from rich.table import Table

from chainrule.authoring.assignment import read_assignment
from chainrule.authoring.inclusions import expand
from chainrule.course import Course
from chainrule.proof.answers import Answer, answered, read_answers, solved
from chainrule.proof.demo_class import hand_in_answer, solutions
from chainrule.proof.trials import needed_cells, preload, run_cells

PROJECT = Course(Path(__file__).resolve().parents[1])
STOCK = """
c = get_config()
c.CourseDirectory.course_id = "chainrule"
c.ClearMarkScheme.enforce_metadata = False
c.Execute.timeout = 120
"""


NEEDED = ", cells that count"
WAYS = ("stock", "chainrule", "limit", f"chainrule{NEEDED}", f"limit{NEEDED}")


def main() -> int:
    """Print medians and ratios."""
    about, _, details = (__doc__ or "").partition("\n\n")
    form = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(prog="make bench", description=about, epilog=details, formatter_class=form)
    parser.add_argument("assignments", nargs="*", default=["01_computational_graph", "05_autodiff"])
    parser.add_argument("--students", type=int, default=20, help="size of the class (default: 20)")
    parser.add_argument("--stock-students", type=int, default=4, help="how many of them stock grades (default: 4)")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    console = Console(highlight=False)
    for assignment_id in options.assignments:
        times: dict[str, list[float]] = {way: [] for way in WAYS}
        for number in range(options.rounds):
            for way, seconds in one_round(assignment_id, options).items():
                times[way].append(seconds)
            line = ", ".join(f"{way} {values[-1]:.2f} s" for way, values in times.items())
            console.print(f"{assignment_id}, round {number + 1}: {line}")
        with course_with_class(assignment_id, options.students) as root:
            peak = memory(root, assignment_id, options.workers) / options.workers
        show(console, assignment_id, times, peak)
    console.print(f"Medians of {options.rounds} rounds; {options.workers} workers on {os.cpu_count()} cores.")
    return 0


def one_round(assignment_id: str, options: argparse.Namespace) -> dict[str, float]:
    """Seconds a submission, each way once."""
    workers, students = options.workers, options.students
    with course_with_class(assignment_id, students) as root:
        return {
            "stock": stock(root, assignment_id, options.stock_students),
            "chainrule": chainrule(root, assignment_id, students, workers),
            "limit": limit(assignment_id, students, workers),
            f"chainrule{NEEDED}": chainrule(root, assignment_id, students, workers, demonstrations="never"),
            f"limit{NEEDED}": limit(assignment_id, students, workers, all_cells=False),
        }


def show(console: Console, assignment_id: str, times: dict[str, list[float]], peak: float) -> None:
    """One table: the median of each way, how it compares with stock, and with its limit."""
    middle = {way: statistics.median(values) for way, values in times.items()}
    table = Table("way", "s a submission", "times faster than stock", "times its limit", title=assignment_id)
    for way, seconds in middle.items():
        bare = middle[f"limit{NEEDED}" if way.endswith(NEEDED) else "limit"]
        table.add_row(way, f"{seconds:.3f}", f"{middle['stock'] / seconds:.1f}", f"{seconds / bare:.2f}")
    console.print(table)
    console.print(f"{assignment_id}: at most {peak / 2**20:.0f} MB of memory a worker.\n")


@contextmanager
def course_with_class(assignment_id: str, students: int) -> Iterator[Path]:
    """A folder with a course and a class, gone afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        make_class(Path(folder), assignment_id, students)
        yield Path(folder)


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


def grading(root: Path, assignment_id: str, workers: int, *, demonstrations: str = "always") -> tuple[str, ...]:
    """Make ready for grading the class anew; the command."""
    shutil.rmtree(root / "autograded", ignore_errors=True)
    config = root / "nbgrader_config.py"
    kept = [line for line in config.read_text().splitlines() if not line.startswith("c.Examine.demonstrations")]
    config.write_text("\n".join([*kept, f"c.Examine.demonstrations = {demonstrations!r}", ""]))
    return ("chainrule", "grade", assignment_id, "--no-feedback", f"--workers={workers}", "--strict")


def chainrule(root: Path, assignment_id: str, students: int, workers: int, **options: str) -> float:
    """Seconds a submission of `chainrule grade`."""
    command = grading(root, assignment_id, workers, **options)
    start = time.perf_counter()
    run(root, *command)
    return (time.perf_counter() - start) / students


def memory(root: Path, assignment_id: str, workers: int) -> float:
    """The most memory, in bytes, that all processes of `chainrule grade` take up together."""
    program, *arguments = grading(root, assignment_id, workers)
    process = psutil.Popen([Path(sys.executable).with_name(program), *arguments], cwd=root, stdout=subprocess.DEVNULL)
    most = 0.0
    while process.poll() is None:
        total = 0.0
        with suppress(psutil.Error):
            for one in [process, *process.children(recursive=True)]:
                with suppress(psutil.Error):
                    total += one.memory_full_info().pss
        most = max(most, total)
        time.sleep(0.2)
    if process.returncode:
        sys.exit(f"{program} {' '.join(arguments)} failed")
    return most


def limit(assignment_id: str, students: int, workers: int, *, all_cells: bool = True) -> float:
    """Seconds a submission of the bare cells, each class member in a fork of one warm interpreter."""
    assignment = read_assignment(PROJECT.assignments / assignment_id)
    cells = expand(assignment, PROJECT.data)
    notebooks = [answered(cells, answer) for answer in answers(assignment_id, students)]
    if not all_cells:
        notebooks = [needed_cells(notebook) for notebook in notebooks]
    preload(solved(cells))
    start = time.perf_counter()
    with ThreadPoolExecutor(workers) as pool:
        for outcome in pool.map(lambda notebook: run_cells(notebook, PROJECT.data, pictures=True), notebooks):
            if outcome.failed:
                sys.exit(f"a right answer fails {', '.join(outcome.failed)}")
    return (time.perf_counter() - start) / students


if __name__ == "__main__":
    sys.exit(main())
