"""Worker processes on this machine, and the line that shows how far they are."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing.util import Finalize

from chainrule.classroom.report import Result

# Each worker keeps one core busy; linear algebra with threads of its own would only get in the others' way.
ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}


@contextmanager
def local_workers(count: int | None = None) -> Iterator[Executor]:
    """An executor of `count` fresh processes (default: one a core); an interrupt drops what has not begun."""
    for name, value in ONE_THREAD.items():
        os.environ.setdefault(name, value)
    # Not forked from here: a worker must start without this process's threads, locks and open gradebook.
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["chainrule.classroom.preload"])
    executor = ProcessPoolExecutor(count or os.cpu_count() or 1, mp_context=context, initializer=_begin)
    try:
        yield executor
    except BaseException:
        executor.shutdown(wait=False, cancel_futures=True)
        raise
    executor.shutdown()


def _begin() -> None:
    """In a worker: see to it that its kernels and referee end with it. A forked process runs no `atexit`."""
    from chainrule.engine.steps import close_examiners

    Finalize(None, close_examiners, exitpriority=1)


@contextmanager
def show_progress(total: int) -> Iterator[Callable[[Result], None]]:
    """Show on the terminal how many of `total` submissions are done; yields what to call for each."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("Grading"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.description}"),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=total)

        def advance(result: Result) -> None:
            progress.update(task, advance=1, description=f"{result.student} {result.assignment}")

        yield advance
