"""A line that the student's kernel runs for as long as the referee asks: sent from a thread, watched from the loop.

    line = LineInKernel(client.kc)        # for one check, in the thread of the event loop
    line.send("serve(...)")               # from any thread; returns at once
    await line.done()                     # when the kernel has replied to it, or has died

The referee starts the line when it is ready, from the thread that waits for its verdict. A kernel that is done with it,
or that is dead, will answer no more.
"""

from __future__ import annotations

import asyncio
from queue import Empty
from typing import Any, Final

from nbclient.exceptions import DeadKernelError

__all__ = ["LineInKernel"]

LOOK: Final = 1.0
"""Seconds that a look for the reply lasts; a death is noticed at once, by the channel."""


class LineInKernel:
    """One line on its way through a kernel, whose client belongs to the event loop that runs now."""

    def __init__(self, client: Any) -> None:
        self._client = client
        self._loop = asyncio.get_running_loop()
        self._message = ""
        """The number of the message that holds the line, once it is sent."""

    def send(self, line: str) -> None:
        """Have the kernel run it; the client is no thread's but the loop's, so the loop sends it."""
        self._loop.call_soon_threadsafe(self._execute, line)

    def _execute(self, line: str) -> None:
        self._message = self._client.execute(line, silent=True, store_history=False, stop_on_error=False)

    async def done(self) -> None:
        """Return when the kernel will not answer through this line any more, if it has not."""
        replied = ""
        # The reply to an earlier line may still be on its way, and means nothing here.
        while not replied or replied != self._message:
            try:
                message = await self._client.shell_channel.get_msg(timeout=LOOK)
                replied = message["parent_header"].get("msg_id", "")
            except Empty:
                continue
            except DeadKernelError:
                return
