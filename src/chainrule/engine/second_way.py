"""The second way: a check that the referee cannot run is run in a copy of the student's kernel.

    copies = Copies(parent, limits)
    await copies.take("shape", client)            # where the check stands: a copy waits, and knows nothing yet
    ...                                           # the rest of the notebook; then the worker lets go of the kernel
    verdict = await copies.judge(check)           # the text goes in, one small record comes back, the copy ends

No text goes to a copy before the last word of the kernel was heard. Afterwards nothing is read of the submission but
the records, and a record says which line failed, not in which words: so what a check tells a copy stays there.
"""

from __future__ import annotations

import ast
import asyncio
import builtins
import math
import secrets
import time
from collections.abc import Sequence
from contextlib import suppress
from queue import Empty
from typing import Any, Final

from chainrule.analysis.names import names_of
from chainrule.crossing.channel import Channel, ConnectionLost
from chainrule.crossing.protocol import copy_command
from chainrule.crossing.wire import Caps, WireError, decode, encode
from chainrule.engine.cells import grade_id, is_check
from chainrule.engine.hidden import STANDARD, HiddenParts
from chainrule.kernel.parent import WarmParent
from chainrule.limits import Limits
from chainrule.referee.points import counts_points
from chainrule.referee.verdict import Check, Verdict

__all__ = ["LOST", "Copies", "is_open_text", "preludes"]

SOCKET: Final = "copies"
RECORD: Final = Caps(size=1 << 16, items=100, depth=4)
LOST: Final = "CopyLost"
DIGITS: Final = 4
"""Partial credit keeps so many digits behind the point: further ones could carry what the check expected."""


class Copies:
    """The copies of one kernel that wait for their checks.

    Args:
        parent: whose kernel is copied.
        limits: what a check may take.
        frank: whether the kernel is the author's own, whose words may be shown whatever they hold.
        hidden: what students do not see of a check.
    """

    def __init__(
        self, parent: WarmParent, limits: Limits, *, frank: bool = False, hidden: HiddenParts = STANDARD
    ) -> None:
        self.limits = limits
        self.hidden = hidden
        self.parent = parent
        self.frank = frank
        self._link = parent.link(SOCKET)
        self._listener = parent.listen(SOCKET)
        self._listener.setblocking(False)
        self._waiting: dict[str, Channel] = {}

    async def take(self, name: str, client: Any) -> None:
        """Have the kernel leave a copy behind for the check of this name.

        Raises:
            DeadKernelError: the kernel is gone.
        """
        token = secrets.token_hex(16)
        line = copy_command(self._link, token)
        asked = client.execute(line, silent=True, store_history=False, stop_on_error=False)
        greeting = asyncio.create_task(self._greeting(token))
        try:
            if await _is_done(client, asked, self.limits.connect_seconds):
                self._waiting[name] = await asyncio.wait_for(greeting, self.limits.connect_seconds)
        except TimeoutError:
            pass
        finally:
            greeting.cancel()

    async def _greeting(self, token: str) -> Channel:
        """The connection that knows the token; others are sent away."""
        while True:
            connection, _ = await asyncio.get_running_loop().sock_accept(self._listener)
            channel = Channel(connection, RECORD)
            with suppress(WireError, TimeoutError):
                said = await asyncio.to_thread(channel.receive, time.monotonic() + self.limits.grace_seconds)
                if decode(said, caps=RECORD) == [token]:
                    return channel
            channel.close()

    async def judge(self, check: Check, before: Sequence[str] = ()) -> Verdict:
        """Send a check, after the texts of earlier checks that it needs, to its copy; what came of it."""
        channel = self._waiting.pop(check.name, None)
        if channel is None:
            return _failed(check, "The notebook could not be checked: its kernel does not answer.")
        begun = time.monotonic()
        try:
            return await asyncio.to_thread(self._converse, channel, check, before, begun)
        except TimeoutError:
            words = "The check, or what it called, did not stop when its time was up."
            return Verdict("unrefereed", message=words, exception="OutOfTime", seconds=time.monotonic() - begun)
        except ConnectionLost:
            return _failed(check, "The notebook's process ended while it was checked.")
        except WireError as error:
            return _failed(check, f"The notebook could not be checked: {error}.")
        finally:
            self.parent.sweep()
            channel.close()

    def _converse(self, channel: Channel, check: Check, before: Sequence[str], begun: float) -> Verdict:
        seconds = self.limits.check_seconds
        order = {"name": check.name, "text": check.text, "before": list(before), "seconds": seconds}
        order["counts"] = _counts(check.text)
        end = begun + seconds + self.limits.grace_seconds
        try:
            channel.send(encode(order), end)
        except ConnectionLost:
            words = "The copy of the notebook that this check needs was ended before."
            return Verdict("unrefereed", message=words, exception=LOST)
        record = decode(channel.receive(end), caps=RECORD)
        is_open = self.frank or all(is_open_text(text, self.hidden) for text in (check.text, *before))
        return _verdict(check, record, is_open=is_open, seconds=time.monotonic() - begun)

    def hush(self) -> None:
        """The notebook is done, and nothing is read of its kernel any more: stop it."""
        if self._waiting:
            self.parent.hush()

    def refuse(self) -> None:
        """Take no more copies."""
        self._listener.close()

    def close(self) -> None:
        """Let go of those that still wait."""
        self.refuse()
        while self._waiting:
            self._waiting.popitem()[1].close()


async def _is_done(client: Any, asked: str, seconds: float) -> bool:
    """Wait for the reply to a line; whether it was run without an error."""
    until = time.monotonic() + seconds
    while (left := until - time.monotonic()) > 0:
        with suppress(Empty):
            message = await client.shell_channel.get_msg(timeout=left)
            if message["parent_header"].get("msg_id") == asked:
                return bool(message["content"].get("status") == "ok")
    return False


def is_open_text(text: str, hidden: HiddenParts) -> bool:
    """Whether students see all of a check."""
    return hidden.without(text) == text


def preludes(notebook: Any) -> dict[str, list[str]]:
    """For each check of the instructor's notebook: the earlier checks that make what it uses, a helper, say.

    No check runs in the notebook itself, so their texts run again in the copy, before the check's own. A name that a
    later cell of the instructor's makes too is that cell's.
    """
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    return {grade_id(cell) or "": _prelude(code[:place], cell) for place, cell in enumerate(code) if is_check(cell)}


def _prelude(before: Sequence[Any], check: Any) -> list[str]:
    wanted = set(names_of(check.source).used)
    texts: list[str] = []
    for cell in reversed(before):
        names = names_of(cell.source)
        made = wanted & names.made
        wanted -= made
        if made and is_check(cell):
            texts.insert(0, cell.source)
            wanted |= names.used
    return texts


def _counts(text: str) -> bool:
    """Whether the check ends in a number of points."""
    try:
        return counts_points(ast.parse(text))
    except SyntaxError:
        return False


def _failed(check: Check, words: str) -> Verdict:
    return Verdict("failed", message=words, exception="StudentFault")


def _verdict(check: Check, record: Any, *, is_open: bool, seconds: float) -> Verdict:
    """What a copy's record says; nothing of it is believed beyond its form."""
    match record:
        case ["passed"]:
            return Verdict("passed", score=check.points, seconds=seconds)
        case ["partial", float(score)]:
            score = 0.0 if math.isnan(score) else round(min(max(score, 0.0), check.points), DIGITS)
            return Verdict("partial", score=score, seconds=seconds)
        case ["failed", str(kind), line, str(words), str(trace)]:
            line = line if type(line) is int and 0 < line <= len(check.text.splitlines()) else None
            if not is_open:
                kind, words, trace = _known(kind), _own_words(check.text, line), ""
            return Verdict("failed", message=words, exception=kind, line=line, traceback=trace, seconds=seconds)
    return _failed(check, "The notebook could not be checked: its kernel did not keep to the rules.")


def _known(kind: str) -> str:
    """The name of one of Python's own exceptions: a student's class may be called anything."""
    found = getattr(builtins, kind, None) if kind.isidentifier() else None
    known = isinstance(found, type) and issubclass(found, BaseException)
    return kind if known or kind == "OutOfTime" else "Exception"


def _own_words(text: str, line: int | None) -> str:
    """What the author says where this line of the check fails: the message of its assert, where it is a plain text."""
    if line is None:
        return ""
    with suppress(SyntaxError):
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Assert) and node.lineno <= line <= (node.end_lineno or line):
                message = node.msg
                return str(message.value) if isinstance(message, ast.Constant) else ""
    return ""
