"""One submission on its way through kernel and referee.

A kernel that dies is replaced: the cells before are run again without the one at fault, and grading goes on.
"""

from __future__ import annotations

import asyncio
import logging
import signal
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionComplete, DeadKernelError
from nbformat import v4

from chainrule.engine.cells import grade_id, is_check, is_demonstration, is_given
from chainrule.engine.demonstrations import Part, unneeded
from chainrule.engine.graded_cells import NOT_THERE, TIME_IS_OVER, cause_of, mirror, time_is_up, was_lost
from chainrule.engine.line_in_kernel import LineInKernel
from chainrule.engine.referee_client import LOST, Session
from chainrule.engine.replay import Ran, Replay
from chainrule.engine.routes import REFEREED, Route, Way
from chainrule.engine.second_way import Copies, is_open_text
from chainrule.engine.written import fetch_written
from chainrule.kernel.folders import Files
from chainrule.kernel.jupyter_seams import reply_of
from chainrule.kernel.manager import WarmKernelManager
from chainrule.kernel.parent import PARENT_ENDED
from chainrule.referee.verdict import Check, Verdict

if TYPE_CHECKING:
    from chainrule.engine.examine import Examiner

__all__ = ["Examination"]

log = logging.getLogger(__name__)

MOST_LOSSES = 2
"""How often a submission is helped over a death in the grader's own processes."""
NEWS = 1.0
"""Seconds within which the news of a kernel's death arrive."""
SKIPPED = "skip-execution"
SOCKET = "referee"


class _PatientClient(NotebookClient):
    """A client that leaves out what makes no sense: the kernel, and what it sends, is the student's."""

    def process_message(self, msg: Any, cell: Any, cell_index: int) -> Any:
        try:
            return super().process_message(msg, cell, cell_index)
        except CellExecutionComplete:
            raise
        except Exception as error:
            log.info("A message of the kernel was left out: %r", error)
            return None


def _as_check(cell: Any) -> Check:
    grading = cell.metadata.nbgrader
    return Check(grading.grade_id, cell.source, float(grading.points))


def _is_skipped(cell: Any) -> bool:
    """Whether the instructor wants a cell not to run; no check is ever left out."""
    return SKIPPED in cell.metadata.get("tags", []) and not is_check(cell)


def _part(cell: Any) -> Part:
    return Part(cell.id, cell.source, is_demonstration(cell), is_check(cell) or is_given(cell))


class Examination:
    """One submission on its way through kernel and referee."""

    def __init__(
        self, examiner: Examiner, notebook: Any, files: Files, routes: Mapping[str, Route], *, frank: bool = False
    ) -> None:
        self.files = files
        self.wanted = examiner.wanted
        self.routes = routes
        self.frank = frank
        self.before = examiner.before
        self.imports = examiner.imports
        self.hidden = examiner.hidden
        self.verdicts: dict[str, Verdict] = {}
        self.parent = examiner.parent
        self.referee = examiner.referee
        self.limits = examiner.limits
        # The self-test asks for verdicts, which no demonstration moves.
        self.demonstrations = examiner.demonstrations and not frank
        self.answers = examiner.answers
        self.notebook = notebook
        self.replay = Replay(self)
        self.losses = 0
        self.manager: WarmKernelManager
        self.client: Any
        self.session: Session
        self.copies: Copies

    async def run(self) -> dict[str, bytes]:
        """Run all cells and checks; what was wanted of the files that were written."""
        with self.parent.kernel(self.files, copies=2 * len(self.routes)) as self.manager:
            await self._connect()
            self._open_sockets()
            try:
                code = [cell for cell in self.notebook.cells if cell.cell_type == "code" and not _is_skipped(cell)]
                skipped = set() if self.demonstrations else unneeded([_part(cell) for cell in code])
                runs = [(index, cell) for index, cell in enumerate(code) if cell.id not in skipped]
                for (index, cell), (_, following) in pairwise([*runs, (-1, None)]):
                    if not is_check(cell):
                        await self._execute(cell, index)
                    elif self._way(cell) is Way.REFEREED:
                        await self._check(cell, keep=self._keeps_line(cell, following))
                    elif self._way(cell) is Way.COPY:
                        await self._take_copy(cell, index)
                    if is_check(cell) and (text := self.imports.get(str(grade_id(cell)))):
                        await self._execute(v4.new_code_cell(text), index)
                while self.manager.why_ended() and not self.replay.given_up:
                    # Files, and checks in copies, are still to come.
                    await self._recover()
            finally:
                self._close_sockets()
            written = await fetch_written(self.parent, self.client, self.wanted) if self.wanted else {}
            self._disconnect()
            # From here on nothing is read of the kernel, or of its files: now copies may come to know their checks.
            await self._finish(code)
            return written

    def _keeps_line(self, cell: Any, following: Any) -> bool:
        """Whether the referee asks on for the next check, with nothing for the kernel to run in between."""
        is_next = following is not None and is_check(following) and self._way(following) is Way.REFEREED
        return is_next and grade_id(cell) not in self.imports

    def _open_sockets(self) -> None:
        path = self.parent.folders.link / SOCKET
        self.session = self.referee.session(path, self.parent.link(SOCKET))
        self.copies = Copies(self.parent, self.limits, frank=self.frank, hidden=self.hidden)

    def _close_sockets(self) -> None:
        self.session.close()
        self.copies.refuse()

    def _route(self, cell: Any) -> Route:
        return self.routes.get(cell.metadata.nbgrader.grade_id, REFEREED)

    def _way(self, cell: Any) -> Way:
        return self._route(cell).way

    async def _take_copy(self, cell: Any, index: int) -> None:
        """Leave a copy of the kernel behind for a check; a kernel that is replaced does so again."""
        while not self.replay.given_up:
            try:
                await self.copies.take(cell.metadata.nbgrader.grade_id, self.client.kc)
                self.replay.ran.append((index, cell))
                return
            except DeadKernelError:
                if not await self._recover():
                    return

    async def _finish(self, code: Sequence[Any]) -> None:
        """Run what goes another way than to the referee: first the checks that students see all of."""
        left = [cell for cell in code if is_check(cell) and self._way(cell) is not Way.REFEREED]
        try:
            self.copies.hush()
            for cell in sorted(left, key=lambda cell: not is_open_text(cell.source, self.hidden)):
                route = self._route(cell)
                if route.way is Way.PERSON:
                    verdict = Verdict("unrefereed", message=route.reason)
                else:
                    verdict = await self.copies.judge(
                        _as_check(cell), self.before.get(cell.metadata.nbgrader.grade_id, ())
                    )
                self.verdicts[cell.metadata.nbgrader.grade_id] = verdict
                mirror(verdict, cell, route, self.hidden, self._cause(cell, verdict))
        finally:
            self.copies.close()

    async def _connect(self) -> None:
        # nbclient writes cells back by number: into a list of its own, so that no order can harm the notebook.
        self.client = _PatientClient(
            v4.new_notebook(cells=list(self.notebook.cells)),
            km=self.manager,
            timeout=self.limits.cell_seconds,
            interrupt_on_timeout=True,
            error_on_timeout={"ename": "OutOfTime", "evalue": "", "traceback": []},
            allow_errors=True,
            skip_cells_with_tag="",
            record_timing=False,
        )
        self.client.kc = self.manager.client()
        self.client.kc.start_channels()
        await self.client.kc.wait_for_ready(timeout=60)
        self.client.reset_execution_trackers()

    def _disconnect(self) -> None:
        self.client.kc.stop_channels()

    async def _execute(self, cell: Any, index: int) -> None:
        """Run one cell in the kernel; a cell that kills the kernel is not run again."""
        while not self.replay.given_up:
            try:
                await self._run_cell(cell, index)
                self.replay.ran.append((index, cell))
                return
            except DeadKernelError as error:
                if not await self._recover():
                    cell.outputs = [*cell.outputs, was_lost(str(error))]
                    return
        cell.outputs = [was_lost(TIME_IS_OVER if self.time_is_over else "Its kernel ended too often in this notebook.")]

    async def _run_cell(self, cell: Any, index: int) -> None:
        await self.client.async_execute_cell(cell, index)
        reply = await reply_of(self.client)
        if reply.get("ename") == "OutOfTime":  # the cell had to be interrupted: this reply is nbclient's
            cell.outputs.append(time_is_up(self.limits.cell_seconds))
        number = reply.get("execution_count")
        cell.execution_count = number if type(number) is int else None

    def _cause(self, cell: Any, verdict: Verdict) -> str:
        """Why something is not there, of a verdict that says that something is not."""
        return cause_of(cell, self.notebook.cells, self.answers) if verdict.exception in NOT_THERE else ""

    async def _check(self, cell: Any, *, keep: bool) -> None:
        check = _as_check(cell)
        verdict = await self._judged(check, keep=keep)
        while verdict.kernel == "lost" and await self._recover(referee_lost=verdict.exception == LOST):
            verdict = await self._judged(check, keep=keep)
        if verdict.kernel == "lost" and self.time_is_over:
            verdict = replace(verdict, message=TIME_IS_OVER, exception="TimeoutError")
        self.verdicts[check.name] = verdict
        mirror(verdict, cell, hidden=self.hidden, cause=self._cause(cell, verdict))
        if verdict.outcome == "author_error" and not self.frank:
            log.error("The check %s has a mistake of its own:\n%s", check.name, verdict.traceback or verdict.message)
        if verdict.outcome == "unrefereed" and not self.frank:
            log.warning("The check %s cannot be refereed (line %s): %s", check.name, verdict.line, verdict.message)

    async def _judged(self, check: Check, *, keep: bool) -> Verdict:
        line = LineInKernel(self.client.kc)
        watch = asyncio.create_task(self._tell_when_done(line))
        try:
            return await asyncio.to_thread(
                self.session.run_check, check, line.send, lambda: self.manager.warm.signal(signal.SIGINT), keep=keep
            )
        finally:
            watch.cancel()

    async def _tell_when_done(self, line: LineInKernel) -> None:
        """Let the referee wait no longer for a kernel that will not answer, if it has not."""
        await line.done()
        self.session.kernel_died()

    async def _recover(self, *, referee_lost: bool = False) -> bool:
        """Replace the kernel; whether what ran last was innocent, and should be run again."""
        why, age = await self._why_ended(), self.manager.age
        ours = referee_lost or why == PARENT_ENDED
        self.losses += ours
        if why is None or ours:
            # It lives, but waits for a check that is gone, or for a call that does not end.
            why, age = "interrupt", 0.0
        found = await self.replay.recover(why, age)
        for cell in found:
            cell.outputs = [*cell.outputs, was_lost("This cell ended its kernel a while after it ran.")]
        return not self.replay.given_up and (bool(found) or (ours and self.losses <= MOST_LOSSES))

    async def _why_ended(self) -> str | None:
        """Why the kernel has ended; None where it lives. The referee may know of a death before the worker does."""
        until = time.monotonic() + NEWS
        while not (why := self.manager.why_ended()) and time.monotonic() < until:
            await asyncio.sleep(0.02)
        return why

    @property
    def time_is_over(self) -> bool:
        return self.manager.time_is_over

    async def renew(self) -> None:
        """A fresh kernel. The sockets went with the old one, and so did its copies."""
        self._disconnect()
        await self.manager.restart_kernel()
        self._close_sockets()
        self.copies.close()
        self._open_sockets()
        await self._connect()

    async def run_again(self, ran: Ran) -> None:
        """Run a cell once more: what it prints is not counted, and not kept."""
        index, cell = ran
        outputs, printed = cell.outputs, self.manager.meter.notebook
        try:
            if is_check(cell):
                await self.copies.take(cell.metadata.nbgrader.grade_id, self.client.kc)
            else:
                await self.client.async_execute_cell(cell, index)
        finally:
            cell.outputs, self.manager.meter.notebook = outputs, printed

    async def watch(self, seconds: float) -> None:
        """Wait; raise DeadKernelError where the kernel dies meanwhile."""
        until = time.monotonic() + seconds
        while True:
            self.manager.check()
            if time.monotonic() >= until:
                return
            await asyncio.sleep(0.05)
