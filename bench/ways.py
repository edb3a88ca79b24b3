"""The ways to grade one class, each as a function of a course's folder."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

from bench.classes import PROJECT, answers, stock_config
from bench.peers import assignment_for_otter
from bench.running import Cost, run
from chainrule.authoring.assignment import read_assignment
from chainrule.authoring.inclusions import expand
from chainrule.proof.answers import answered, solved
from chainrule.proof.trials import needed_cells, preload, run_cells

__all__ = ["again", "bare", "chainrule", "otter", "queue", "stock"]


def stock(root: Path, assignment_id: str, students: int) -> tuple[Cost, Cost]:
    """`nbgrader autograde`, then `nbgrader generate_feedback`, as they come, for the first few students."""
    _forget(root)
    left = [path for path in sorted((root / "submitted").iterdir())[students:]]
    aside = root / "aside"
    aside.mkdir()
    for path in left:
        path.rename(aside / path.name)
    with stock_config(root):
        graded = run(root, "nbgrader", "autograde", assignment_id, "--force")
        pages = run(root, "nbgrader", "generate_feedback", assignment_id, "--force")
    for path in left:
        (aside / path.name).rename(path)
    aside.rmdir()
    return graded, pages


def otter(program: str, root: Path, assignment_id: str, students: int) -> Cost:
    """`otter run`, one submission after the other, as the command takes them."""
    archive = assignment_for_otter(program, root, assignment_id)
    total = Cost(0.0, 0.0, 0.0)
    for path in sorted((root / "submitted").glob(f"*/{assignment_id}/*.ipynb"))[:students]:
        one = run(root, program, "run", str(path), "-a", str(archive), "-o", str(root / "otter"))
        most = max(total.megabytes, one.megabytes)
        total = Cost(total.seconds + one.seconds, total.cpu + one.cpu, most, total.first or one.seconds)
    return total


def chainrule(root: Path, assignment_id: str, workers: int) -> Cost:
    """`chainrule grade`, with sandbox, gradebook and pages."""
    _forget(root)
    records = root / ".chainrule" / "results" / assignment_id
    command = ("chainrule", "grade", assignment_id, f"--workers={workers}", "--strict", "--force")
    return run(root, *command, done=lambda: records.is_dir() and any(records.glob("*.json")))


def again(root: Path, assignment_id: str, workers: int) -> Cost:
    """The same command once more, with nothing to do."""
    return run(root, "chainrule", "grade", assignment_id, f"--workers={workers}", "--strict")


def _forget(root: Path) -> None:
    for room in ("autograded", "feedback", ".chainrule", "history"):
        shutil.rmtree(root / room, ignore_errors=True)


def queue(root: Path, assignment_id: str, workers: int) -> Cost:
    """`chainrule grade --queue` with as many `chainrule worker` on this machine, through a PostgreSQL of its own."""
    _forget(root)
    server = _postgres().Server()
    try:
        url = server.fresh()
        run(root, "chainrule", "queue", "init", "--queue", url)
        program = Path(sys.executable).with_name("chainrule")
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        order = [str(program), "worker", "--queue", url]
        helpers = [subprocess.Popen(order, cwd=root.parent, stderr=subprocess.DEVNULL) for _ in range(workers)]
        try:
            cost = run(root, "chainrule", "grade", assignment_id, "--queue", url, f"--workers={workers}", "--strict")
        finally:
            for helper in helpers:
                helper.terminate()
            for helper in helpers:
                helper.wait()
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return replace(cost, cpu=after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    finally:
        server.close()


def _postgres() -> Any:
    """The tests' own PostgreSQL."""
    spec = spec_from_file_location("postgres", PROJECT.root / "tests" / "postgres.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError("tests/postgres.py")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def bare(assignment_id: str, students: int, kind: str, workers: int) -> Cost:
    """The cells that count in forks of a warm interpreter: no notebook, no wall, no referee, no gradebook."""
    assignment = read_assignment(PROJECT.assignments / assignment_id)
    cells = expand(assignment, PROJECT.data)
    notebooks = [needed_cells(answered(cells, answer)) for answer in answers(assignment_id, students, kind)]
    preload(solved(cells))
    begun, used = time.perf_counter(), os.times()
    with ThreadPoolExecutor(workers) as pool:
        for outcome in pool.map(lambda notebook: run_cells(notebook, PROJECT.data, pictures=True), notebooks):
            if outcome.failed:
                sys.exit(f"a right answer fails {', '.join(outcome.failed)}")
    now = os.times()
    return Cost(time.perf_counter() - begun, sum(now[:4]) - sum(used[:4]), 0.0)
