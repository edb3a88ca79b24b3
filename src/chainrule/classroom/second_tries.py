"""Submissions that met a gradebook that was held or out of reach: tried again when that is over."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

from chainrule.classroom.machine_faults import may_pass
from chainrule.classroom.report import Result
from chainrule.classroom.workers import Workers

__all__ = ["PATIENCE", "until_it_passes"]

PATIENCE: Final = 120.0
"""Seconds for a server that starts again, or for another program that holds the gradebook."""
LOOK: Final = 2.0


def until_it_passes(
    workers: Workers, function: Callable[[Any], Any], jobs: Iterable[Any], watch: Callable[[list[Any]], None] | None
) -> Iterator[tuple[Any, Any]]:
    """Do all jobs, as `Workers.run` does; those that met a fault that may pass are done again, after all others.

    One of them shows whether it has passed. Where it has not for long, what they met is what came of them.
    """
    met: list[tuple[Any, Any]] = []
    for job, outcome in workers.run(function, jobs, watch):
        if _may_pass(outcome):
            met.append((job, outcome))
        else:
            yield job, outcome
    last = time.monotonic() + PATIENCE
    while met:
        ((job, outcome),) = workers.run(function, [met[0][0]], watch)
        if not _may_pass(outcome):
            yield job, outcome
            yield from until_it_passes(workers, function, [job for job, _ in met[1:]], watch)
            return
        if time.monotonic() > last:
            yield from met
            return
        time.sleep(LOOK)


def _may_pass(outcome: Any) -> bool:
    return isinstance(outcome, Result) and outcome.grader_failed and may_pass(outcome.reason)
