"""A jupyter client for a kernel that may lie, flood, hang or die.

`WarmClient` is what `WarmKernelManager.client()` returns, and what nbclient uses. Against the ordinary client:
it notices a dead kernel within a tenth of a second; it cuts output as it arrives; it drops what is malformed;
it waits for no heartbeat and drains no channel by the clock, so it is ready as soon as the kernel is.
"""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from queue import Empty
from typing import Any, Final, Protocol

import zmq.asyncio
from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.channels import AsyncZMQSocketChannel
from traitlets import Type

from chainrule.kernel.jupyter_seams import address_of, learn_of_kernel, open_channels, own_context
from chainrule.kernel.output import OUTPUTS, OutputMeter, is_sound

__all__ = ["Keeper", "WarmClient"]

SLICE: Final = 0.05
"""Seconds between two looks at whether the kernel is alive."""
# A message is held whole before it can be weighed, and ZeroMQ holds others that nobody has asked for yet: so both are
# bounded, and the worker's memory with them.
LARGEST_MESSAGE: Final = 8 << 20
MOST_WAITING: Final = 32
LOST_IDLE: Final = 1.5
"""Seconds after a reply when the last word on the output channel counts as lost."""


class Keeper(Protocol):
    """What the client asks of the one who keeps the kernel."""

    meter: OutputMeter

    def check(self) -> None:
        """Raise DeadKernelError where the kernel has ended."""

    def flooded(self) -> None:
        """Stop a cell that sends far too much."""

    @property
    def interrupted(self) -> bool:
        """Whether the running cell was told to stop."""


class SoundChannel(AsyncZMQSocketChannel):
    """A channel that returns sound messages only, and lets other tasks run however fast they come."""

    keeper: Keeper | None = None
    replied: tuple[str, float] | None = None

    async def get_msg(self, timeout: float | None = None) -> dict[str, Any]:  # type: ignore[override]
        """The next sound message; raise Empty when the time is over, DeadKernelError when there will be none."""
        until = float("inf") if timeout is None else time.monotonic() + timeout
        while True:
            left = min(SLICE, max(until - time.monotonic(), 0))
            # Who ends a kernel closes its channels, also under a task that waits on one.
            if self.socket is None:
                raise Empty
            if await self.socket.poll(int(left * 1000)):
                message = self.sound(await self.socket.recv_multipart())
                # A flood keeps the socket ready: without this no other task would run, and none could stop it.
                await asyncio.sleep(0)
                if message is not None:
                    return message
            else:
                if (message := await self.nothing_came()) is not None:
                    return message
            if time.monotonic() >= until:
                raise Empty

    async def nothing_came(self) -> dict[str, Any] | None:
        if self.keeper:
            self.keeper.check()
        return None

    def sound(self, frames: list[bytes]) -> dict[str, Any] | None:
        """Unpack a message; None for what is malformed, forged or not wanted."""
        # A message is checked against the kernel's key here, and may be junk of any kind.
        try:
            message: dict[str, Any] = self.session.deserialize(self.session.feed_identities(frames)[1])
        except Exception:
            return None
        return message if is_sound(message) else None


class ShellChannel(SoundChannel):
    """The channel of requests and replies."""

    output: OutputChannel | None = None

    def sound(self, frames: list[bytes]) -> dict[str, Any] | None:
        message = super().sound(frames)
        # The last word on the output channel comes after the reply: from here on it is due.
        if message and self.output and message["msg_type"] == "execute_reply":
            self.output.replied = (message["parent_header"].get("msg_id", ""), time.monotonic())
        return message


class OutputChannel(SoundChannel):
    """The channel of outputs, with the meter on it."""

    address = ""

    async def nothing_came(self) -> dict[str, Any] | None:
        if self.keeper and self.keeper.interrupted:
            # Where it was the time limit that interrupted, nbclient listens to this channel alone.
            self.keeper.check()
        if self.replied and time.monotonic() - self.replied[1] > LOST_IDLE:
            return await self._make_up(self.replied[0])
        return None

    async def _make_up(self, cell: str) -> dict[str, Any] | None:
        """The cell is done, but its last word was lost. Connect anew: a message too large breaks the connection."""
        # First the line that tells of it: what was lost with that word was output.
        if self.keeper and not self.keeper.meter.said:
            return self._message("stream", {"name": "stderr", "text": self.keeper.meter.cut_line()}, cell)
        self.replied = None
        if self.socket is not None:
            with suppress(zmq.ZMQError):
                self.socket.disconnect(self.address)
            self.socket.connect(self.address)
            # What a kernel sends before it knows of the new subscription goes nowhere.
            await self.socket.poll(500)
        return self._message("status", {"execution_state": "idle"}, cell)

    def sound(self, frames: list[bytes]) -> dict[str, Any] | None:
        message = super().sound(frames)
        if message is None or self.keeper is None:
            return message
        meter, content = self.keeper.meter, message["content"]
        if message["msg_type"] not in OUTPUTS:
            return message
        # Signature and headers come first. Buffers count: a message that ends in an empty one is as large as it is.
        size = sum(map(len, self.session.feed_identities(frames)[1][4:]))
        if message["msg_type"] == "error" and meter.admit_error(size):
            return message
        keep = meter.weigh(size)
        if meter.flooded:
            self.keeper.flooded()
        if keep == size:
            return message
        if keep < 0:
            return None
        # Text can be cut anywhere; half a picture is none, so it is left out whole.
        if message["msg_type"] == "stream":
            content["text"] = content["text"].encode()[:keep].decode(errors="ignore") + meter.cut_line()
            return message
        line = {"name": "stderr", "text": meter.cut_line()}
        return self._message("stream", line, message["parent_header"].get("msg_id", ""))

    def _message(self, kind: str, content: dict[str, Any], parent: str) -> dict[str, Any]:
        message: dict[str, Any] = self.session.msg(kind, content)
        message["parent_header"] = {"msg_id": parent}
        return message


class WarmClient(AsyncKernelClient):
    """The client of a warm kernel."""

    shell_channel_class = Type(ShellChannel)
    iopub_channel_class = Type(OutputChannel)
    control_channel_class = Type(SoundChannel)

    def _context_default(self) -> zmq.asyncio.Context:
        """Hold little: what is not read waits in the kernel, in the student's own memory."""
        context: zmq.asyncio.Context = own_context(self, zmq.asyncio.Context())
        context.setsockopt(zmq.MAXMSGSIZE, LARGEST_MESSAGE)
        context.setsockopt(zmq.RCVHWM, MOST_WAITING)
        return context

    def start_channels(
        self, shell: bool = True, iopub: bool = True, stdin: bool = True, hb: bool = True, control: bool = True
    ) -> None:
        """Connect. There is no input in a graded notebook, and the kernel's keeper knows better than a heartbeat."""
        # Each channel is a socket, and the heartbeat a thread: a kernel of half a second should not wait for them.
        super().start_channels(shell=shell, iopub=iopub, stdin=False, hb=False, control=False)
        keeper: Any = self.parent
        self.shell_channel.keeper = self.iopub_channel.keeper = keeper
        self.shell_channel.output = self.iopub_channel
        self.iopub_channel.address = address_of(self, "iopub")

    def stop_channels(self) -> None:
        """Close what was opened."""
        for channel in open_channels(self):
            channel.stop()
        # With no linger: a kernel that is dead takes no more messages, and waiting to send them would be for ever.
        if not self.context.closed:
            self.context.destroy(linger=0)

    async def is_alive(self) -> bool:
        """Not asked of the keeper: where the kernel has ended the channels raise that, with the reason."""
        # nbclient asks once a second, and where it is the first to know, all that it says is "Kernel died".
        return True

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """Return when the kernel answers on both channels; raise RuntimeError when it does not in time."""
        until = time.monotonic() + (timeout or 60)
        heard = False
        while not heard:
            self.kernel_info()
            reply = await self._first(self.shell_channel, until - time.monotonic())
            if reply is None:
                raise RuntimeError(f"The kernel did not answer within {timeout or 60:.0f} seconds.")
            learn_of_kernel(self, reply)
            # A subscription that comes late misses the first outputs: ask again until an answer is heard on both.
            heard = await self._first(self.iopub_channel, 0.2) is not None

    async def _first(self, channel: SoundChannel, timeout: float) -> dict[str, Any] | None:
        try:
            return await channel.get_msg(timeout=timeout)
        except Empty:
            return None

    def execute(self, *args: Any, **kwargs: Any) -> str:
        """Send code to run; a new cell begins for the meter."""
        keeper: Any = self.parent
        keeper.new_cell()
        message_id: str = super().execute(*args, **kwargs)
        return message_id
