"""Where the milliseconds of one submission go: `python -m bench.steps 01_computational_graph`.

Grades a class in this process, as a worker does, and prints CPU by step: of this process, and of the kernels and
referees that it has started. Steps are whole functions, so a line with more dots is a part of the line above it.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from bench.classes import KINDS, course_with_class

os.environ |= {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}

KERNELS = "kernels and referees"
spent: dict[str, float] = defaultdict(float)


def main() -> int:
    """Print one JSON object: milliseconds of CPU a submission, by step."""
    parser = argparse.ArgumentParser(prog="python -m bench.steps", description=__doc__)
    parser.add_argument("assignment")
    parser.add_argument("--students", type=int, default=8)
    parser.add_argument("--kind", choices=KINDS, default=KINDS[0], help="of the class (default: %(default)s)")
    options = parser.parse_args()
    with course_with_class(options.assignment, options.students + 1, options.kind) as root:
        for owner, name, label in _steps():
            _timed(owner, name, label)
        first = _children(lambda: _graded(root, 1))
        # The first of a run makes ready what all of it need.
        rest = _children(lambda: _graded(root, options.students + 1))
    spent[KERNELS] = rest - first
    print(json.dumps({name: round(1000 * value / options.students, 1) for name, value in spent.items()}, indent=1))
    return 0


def _steps() -> list[tuple[Any, str, str]]:
    from chainrule.classroom import jobs
    from chainrule.engine import autograde, steps
    from chainrule.engine.examine import Examiner
    from chainrule.engine.feedback import disarm, page

    return [
        (jobs, "_grade_one", "worker, all of it"),
        (autograde.EngineAutograde, "convert", ". the notebook"),
        (autograde, "read_submission", ".. read"),
        (steps.Rebuild, "preprocess", ".. rebuild"),
        (Examiner, "examine", ".. talk to kernel and referee"),
        (steps.SaveVerdicts, "preprocess", ".. marks into the gradebook"),
        (jobs, "_key", ". what the marks depend on"),
        (jobs, "_records", ". the release's cells, for the history"),
        (jobs, "standing_of", ". what the gradebook holds now"),
        (jobs, "read_result", ". the result"),
        (jobs, "_write_feedback", ". the feedback page"),
        (disarm.Grades, "preprocess", ".. marks and comments"),
        (page.FeedbackPage, "from_notebook_node", ".. the page, with these"),
    ]


def _timed(owner: Any, name: str, label: str) -> None:
    step: Callable[..., Any] = getattr(owner, name)

    def timed(*arguments: Any, **more: Any) -> Any:
        begun = time.process_time()
        try:
            return step(*arguments, **more)
        finally:
            spent[label] += time.process_time() - begun

    setattr(owner, name, timed)


def _graded(root: Path, students: int) -> None:
    from chainrule.classroom.jobs import find_jobs, grade_one
    from chainrule.course import Course
    from chainrule.engine.steps import close_examiners

    jobs = [replace(job, force=True) for job in find_jobs(Course(root), [], [])][:students]
    for number, job in enumerate(jobs):
        grade_one(job)
        if number == 0:
            spent.clear()
    close_examiners()


def _children(work: Callable[[], None]) -> float:
    """Seconds of CPU of the processes that some work started and ended, and of theirs."""
    from chainrule.fork_server import adopt_orphans

    before = os.times()
    # Only what this process buries is counted: also what those leave behind that it ends.
    adopt_orphans(True)
    work()
    until = time.monotonic() + 10
    with suppress(ChildProcessError):
        while time.monotonic() < until:
            if not os.waitpid(-1, os.WNOHANG)[0]:
                time.sleep(0.05)
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


if __name__ == "__main__":
    sys.exit(main())
