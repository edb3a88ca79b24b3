"""Where the milliseconds of one submission go: `python -m bench.steps 01_computational_graph`.

Grades a class in this process, as a worker does, and prints CPU by step: of this process, of the student's kernel and
of the referee. Steps are whole functions, so a line with more dots is a part of the line above it.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from bench.classes import KINDS, course_with_class
from bench.kept import keep_steps
from chainrule.classroom.report import Result

os.environ |= {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}

KERNEL, REFEREE = "the student's kernel", "the referee's process"
spent: dict[str, float] = defaultdict(float)
"""Milliseconds of CPU of the submission at hand, by step."""


def main() -> int:
    """Print one JSON object: milliseconds of CPU a submission, by step; the median of a class."""
    parser = argparse.ArgumentParser(prog="python -m bench.steps", description=__doc__)
    parser.add_argument("assignment")
    parser.add_argument("--students", type=int, default=20)
    parser.add_argument("--kind", choices=KINDS, default=KINDS[0], help="of the class (default: %(default)s)")
    parser.add_argument("--write", action="store_true", help="keep it in docs/performance.json and its page")
    options = parser.parse_args()
    with course_with_class(options.assignment, options.students + 1, options.kind) as root:
        for owner, name, label in _steps():
            _timed(owner, name, label)
        _weigh_processes()
        each = list(_graded(root))
    found = {name: round(statistics.median(one[name] for one in each), 1) for name in (*NAMES, KERNEL, REFEREE)}
    print(json.dumps(found, indent=1))
    if options.write:
        keep_steps(options.assignment[:2], options.students, found)
    return 0


NAMES = (
    "worker, all of it",
    ". the notebook",
    ".. read",
    ".. rebuild",
    ".. talk to kernel and referee",
    ".. marks into the gradebook",
    ". what the marks depend on",
    ". the release's cells, for the history",
    ". the result",
    ". the feedback page",
    ".. the page itself",
    ".. marks and comments on it",
)


def _steps() -> list[tuple[Any, str, str]]:
    from chainrule.classroom import jobs
    from chainrule.engine import autograde, steps
    from chainrule.engine.examine import Examiner
    from chainrule.engine.feedback import disarm, page

    functions = (
        (jobs, "_grade_one"),
        (autograde.EngineAutograde, "convert"),
        (autograde, "read_submission"),
        (steps.Rebuild, "preprocess"),
        (Examiner, "examine"),
        (steps.SaveVerdicts, "preprocess"),
        (jobs, "_key"),
        (jobs, "_records"),
        (jobs, "found_of"),
        (jobs, "_write_feedback"),
        (page.FeedbackPage, "from_notebook_node"),
        (disarm.Grades, "preprocess"),
    )
    return [(owner, name, label) for (owner, name), label in zip(functions, NAMES, strict=True)]


def _timed(owner: Any, name: str, label: str) -> None:
    step: Callable[..., Any] = getattr(owner, name)

    def timed(*arguments: Any, **more: Any) -> Any:
        begun = time.process_time()
        try:
            return step(*arguments, **more)
        finally:
            spent[label] += 1000 * (time.process_time() - begun)

    setattr(owner, name, timed)


def _weigh_processes() -> None:
    """Note what kernels and referees have used, just before they are ended."""
    from chainrule.engine.referee_client import Session
    from chainrule.kernel.parent import WarmParent

    def before(owner: Any, name: str, label: str, pid: Callable[[Any], int]) -> None:
        step: Callable[..., Any] = getattr(owner, name)

        def weighed(self: Any, *arguments: Any) -> Any:
            with suppress(OSError, IndexError):
                spent[label] += _used(pid(self))
            return step(self, *arguments)

        setattr(owner, name, weighed)

    before(WarmParent, "end", KERNEL, lambda parent: _youngest(parent._process.pid))
    before(Session, "_end", REFEREE, lambda session: session._pid if session._channel else _nobody())


def _nobody() -> int:
    raise OSError


def _youngest(pid: int) -> int:
    """The last of a line of processes, of which each has one child: bubblewrap, the warm parent, the kernel."""
    while children := Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
        pid = int(children[-1])
    return pid


def _used(pid: int) -> float:
    """Milliseconds of CPU of a process, all its threads included."""
    threads = Path(f"/proc/{pid}/task").iterdir()
    return sum(int((thread / "schedstat").read_text().split()[0]) for thread in threads) / 1e6


def _graded(root: Path) -> Iterator[dict[str, float]]:
    """What each submission cost but the first, which makes ready what all of them need."""
    from chainrule.classroom.jobs import find_jobs, grade_one
    from chainrule.course import Course
    from chainrule.engine.steps import close_examiners

    for number, job in enumerate(find_jobs(Course(root), [], [], force=True)):
        spent.clear()
        result = grade_one(job)
        if isinstance(result, Result) and result.grader_failed:
            sys.exit(f"{job.student}: {result.reason}")
        if number:
            yield dict(spent)
    close_examiners()


if __name__ == "__main__":
    sys.exit(main())
