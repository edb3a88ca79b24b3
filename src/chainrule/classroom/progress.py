"""How far a run is, for who waits for it: a bar on a terminal, and a line now and then in a log.

with shown(len(jobs)) as progress:
    progress.under_way(jobs)     # often
    progress.done(result)        # once a submission
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Final

from chainrule.classroom.report import Result, Work, printable
from chainrule.engine.cells import Status

__all__ = ["Progress", "shown"]

A_WHILE: Final = 30.0
"""Seconds from one line of a log to the next."""


class Progress:
    """What is known of a run while it goes on.

    Args:
        total: how many submissions there are.
        tell: what shows it; called after each change.
        clock: tells the time in seconds.
    """

    def __init__(
        self, total: int, tell: Callable[[Progress], None], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.total = total
        self.count = self.need_a_person = 0
        self.in_hand: list[Work] = []
        self._tell, self._clock, self._begun = tell, clock, clock()

    def under_way(self, works: Iterable[Work]) -> None:
        """Say what the workers have in hand now."""
        self.in_hand = list(works)
        self._tell(self)

    def done(self, result: Result) -> None:
        """Say what came of one submission."""
        self.count += 1
        self.need_a_person += result.status == Status.NEEDS_A_PERSON
        self._tell(self)

    def a_minute(self) -> float:
        """Submissions a minute, since the run began."""
        return 60 * self.count / max(self._clock() - self._begun, 1e-9)

    def pace(self) -> str:
        """How fast it goes, and how long it will take from now on."""
        if not self.count:
            return "none done yet"
        rate = self.a_minute()
        return f"{rate:.0f} a minute" if rate >= 10 else f"{rate:.1f} a minute"

    def left(self) -> str:
        """The time that the rest will take at this pace."""
        seconds = 60 * (self.total - self.count) / self.a_minute() if self.count else 0
        return f"{seconds / 60:.0f} min left" if seconds >= 100 else f"{seconds:.0f} s left" if self.count else ""

    def trouble(self) -> str:
        """How many submissions need a person so far."""
        if not self.need_a_person:
            return ""
        return f"{self.need_a_person} {'needs' if self.need_a_person == 1 else 'need'} a person"

    def now(self) -> str:
        """What is being graded, on one line."""
        return printable(", ".join(f"{work.student} {work.assignment}" for work in self.in_hand))


@contextmanager
def shown(total: int, *, quiet: bool = False) -> Iterator[Progress]:
    """Show on the standard error stream how far a run of `total` submissions is; nothing at all where it is quiet."""
    if quiet:
        yield Progress(total, lambda progress: None)
    elif sys.stderr.isatty():
        with _bar(total) as tell:
            yield Progress(total, tell)
    else:
        yield Progress(total, Log().tell)


class Log:
    """Writes a line every so often: a log has no place for a bar.

    Args:
        clock: tells the time in seconds.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock, self._last = clock, clock()

    def tell(self, progress: Progress) -> None:
        """Write how far it is, unless that was written a moment ago."""
        if self._clock() - self._last < A_WHILE:
            return
        self._last = self._clock()
        done = f"{progress.count} of {progress.total} done"
        now = f"now: {progress.now()}" if progress.in_hand else ""
        parts = filter(None, (done, progress.pace(), progress.left(), progress.trouble(), now))
        print(f"{datetime.now():%H:%M:%S}  {'; '.join(parts)}", file=sys.stderr, flush=True)


@contextmanager
def _bar(total: int) -> Iterator[Callable[[Progress], None]]:
    """A bar with the pace, the time left, what needs a person, and what is under way."""
    from rich.console import Console
    from rich.markup import escape
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("Grading"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}"))
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=total)

        def tell(progress: Progress) -> None:
            parts = filter(None, (progress.pace(), progress.left(), progress.trouble(), progress.now()))
            bar.update(task, completed=progress.count, description=escape("  ".join(parts)))

        yield tell
