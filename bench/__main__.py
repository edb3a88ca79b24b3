"""Compare, in one run on one class, this project with stock nbgrader and Otter-Grader: `make bench`.

The same submissions are graded in turn, each way once a round, on this machine:

- stock: `nbgrader autograde` and `nbgrader generate_feedback`, as they come (--stock of the class);
- otter: `otter run` with each check as one of its tests, if it is installed or `--otter FOLDER` may install it;
- chainrule: `chainrule grade` with sandbox, referee, gradebook and pages, with each number of --workers;
- queue: the same through PostgreSQL and as many `chainrule worker` (`--queue`);
- bare: the cells that count, in forks of a warm interpreter, and nothing else at all.

CPU is that of a command and all its processes: unlike seconds, it hardly depends on what else the machine does.
The results go into docs/performance.json with `--write`, and from there into docs/performance.md and its pictures.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from itertools import product
from pathlib import Path
from typing import Any

from rich.console import Console

from bench import ways
from bench.classes import KINDS, PROJECT, course_with_class
from bench.kept import keep_rows, make_page
from bench.page import table_of
from bench.peers import environment_with_otter
from bench.running import Cost

VERSIONS = ("chainrule", "nbgrader", "nbconvert", "numpy", "torch", "tensorflow-cpu")


def main() -> int:
    """Measure, print the tables, and keep what was asked for."""
    options = _options()
    if options.page:
        make_page()
        return 0
    console = Console(highlight=False, width=150)
    otter = environment_with_otter(options.otter) if options.otter else ""
    rows = []
    for kind, assignment_id, students in product(options.kind, options.assignments, options.students):
        costs: dict[str, list[tuple[Cost, int]]] = defaultdict(list)
        for number in range(options.rounds):
            for way, cost, size in one_round(assignment_id, students, kind, options, otter):
                costs[way].append((cost, size))
                line = f"{cost.cpu / size:.2f} s of CPU and {cost.seconds / size:.2f} s a submission"
                console.print(f"{assignment_id}, {students} students, {kind}, round {number + 1}, {way}: {line}")
        rows += [_row(assignment_id, students, kind, way, found) for way, found in costs.items()]
        if options.write:  # at once: a long run that is stopped has not been for nothing
            keep_rows({"about": _about(options, otter), "rows": rows})
    for line in table_of(rows):
        console.print(line, markup=False)
    return 0


def _options() -> argparse.Namespace:
    about, _, details = (__doc__ or "").partition("\n\n")
    form = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(prog="make bench", description=about, epilog=details, formatter_class=form)
    parser.add_argument("assignments", nargs="*", default=["01_computational_graph", "05_autodiff"])
    parser.add_argument("--students", type=int, nargs="+", default=[10], help="sizes of the class (default: 10)")
    parser.add_argument("--kind", choices=KINDS, nargs="+", default=[KINDS[0]], help="of class (default: ordinary)")
    parser.add_argument("--stock", type=int, default=2, help="how many of them stock grades (default: 2)")
    parser.add_argument("--rounds", type=int, default=1, help="medians are shown (default: 1)")
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2], help="of ours, a way each (default: 1 2)")
    parser.add_argument("--otter", type=Path, metavar="FOLDER", help="an environment for otter-grader, made if need be")
    parser.add_argument("--queue", action="store_true", help="through PostgreSQL and a queue, too")
    parser.add_argument("--write", action="store_true", help="keep this run in docs/performance.json and its page")
    parser.add_argument("--page", action="store_true", help="measure nothing: make the page of the run that is kept")
    return parser.parse_args()


def one_round(
    assignment_id: str, students: int, kind: str, options: argparse.Namespace, otter: str
) -> Iterator[tuple[str, Cost, int]]:
    """Each way once: its name, what it cost, and for how many submissions."""
    few = min(options.stock, students)
    with course_with_class(assignment_id, students, kind) as root:
        graded, pages = ways.stock(root, assignment_id, few)
        yield "stock autograde", graded, few
        yield "stock generate_feedback", pages, few
        if otter:
            # Each call stands alone: one tells as much as ten.
            yield "otter run", ways.otter(otter, root, assignment_id, 1), 1
        for workers in options.workers:
            yield _named(workers), ways.chainrule(root, assignment_id, workers), students
        most = max(options.workers)
        yield "chainrule, nothing to do", ways.again(root, assignment_id, most), students
        if options.queue:
            yield f"chainrule --queue, {most} workers", ways.queue(root, assignment_id, most), students
        yield "bare cells that count", ways.bare(assignment_id, students, kind, most), students


def _named(workers: int) -> str:
    return f"chainrule, {workers} worker{'' if workers == 1 else 's'}"


def _row(assignment_id: str, students: int, kind: str, way: str, found: list[tuple[Cost, int]]) -> dict[str, Any]:
    """The medians of one way, for the whole class that it graded."""
    costs = [asdict(cost) for cost, _ in found]
    middle = {name: round(statistics.median(cost[name] for cost in costs), 3) for name in costs[0]}
    row = {"assignment": assignment_id, "students": students, "kind": kind, "way": way}
    return {**row, "graded": found[0][1], **middle}


def _about(options: argparse.Namespace, otter: str) -> dict[str, Any]:
    releases = {}
    for name in VERSIONS:
        try:
            releases[name] = version(name)
        except PackageNotFoundError:
            continue
    return {
        "day": datetime.now(UTC).date().isoformat(),
        "command": "python -m bench " + " ".join(_said(sys.argv[1:])),
        "machine": f"{os.cpu_count()} cores of {_processor()}, {platform.system()} {platform.release()}",
        "commit": _commit(),
        "load": round(os.getloadavg()[2], 1),
        "python": platform.python_version(),
        "versions": releases,
        "otter": bool(otter),
        "rounds": options.rounds,
        "workers": max(options.workers),
    }


def _commit() -> str:
    """What was measured; two runs stand beside each other only where this is the same."""
    git = ["git", "rev-parse", "--short", "HEAD"]
    return subprocess.run(git, cwd=PROJECT.root, capture_output=True, text=True, check=False).stdout.strip()


def _said(words: list[str]) -> list[str]:
    """The words of the command line, with no path of this machine's."""
    return [Path(word).name if "/" in word else word for word in words]


def _processor() -> str:
    found = [line for line in Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("model name")]
    return found[0].partition(":")[2].strip() if found else platform.machine()


if __name__ == "__main__":
    sys.exit(main())
