"""The manager of one submission's kernels, for nbclient and nbgrader.

A kernel that dies raises DeadKernelError with the reason (`memory`, `time`, `exit 1`, `SIGKILL` ...); the next is
there in some 0.05 s. Time and output are limits of the submission: a new kernel has what the ones before left over.
"""

from __future__ import annotations

import signal
import time
from pathlib import Path
from typing import Any, Final, Protocol, cast

from jupyter_client.manager import AsyncKernelManager
from nbclient.exceptions import DeadKernelError
from traitlets import Unicode

from chainrule.kernel.client import WarmClient
from chainrule.kernel.jupyter_seams import close_control_socket
from chainrule.kernel.output import OutputMeter
from chainrule.limits import Limits

__all__ = ["CHANNELS", "KernelParent", "WarmKernelManager"]

CHANNELS: Final = ("shell", "iopub", "stdin", "control")
"""The channels of a kernel, in the order of their port numbers, which start at 1."""


class KernelParent(Protocol):
    """What a manager asks of the warm parent."""

    limits: Limits
    number: int

    def begin(self, seconds: float) -> tuple[Path, str]:
        """Fork a kernel that may live so long; return where its sockets are, and the key for its messages."""

    def signal(self, number: int) -> None:
        """Send a signal to the running kernel."""

    def end(self) -> None:
        """Kill the kernel and all that it started."""

    def why_dead(self, number: int) -> str | None:
        """Why this kernel has ended, or None while it lives."""


class WarmKernelManager(AsyncKernelManager):
    """Starts, stops and watches the kernels of one submission, one at a time."""

    warm: KernelParent
    client_class = Unicode(f"{WarmClient.__module__}.WarmClient")
    client_factory = WarmClient
    number = 0
    stop_by = float("inf")
    cut = False
    until: float | None = None
    """When the time of the submission is over; set by its first kernel."""
    begun = 0.0
    ended = ""
    """Why this end had to be made of the kernel, if one had."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self._clients: list[WarmClient] = []
        self._meter = OutputMeter(self.warm.limits)

    @property
    def meter(self) -> OutputMeter:
        return self._meter

    @property
    def kernel_spec(self) -> None:
        """There is none: the kernel is the grader's own Python."""

    @property
    def has_kernel(self) -> bool:
        return self.number > 0

    @property
    def interrupted(self) -> bool:
        return self.stop_by < float("inf")

    def launch(self) -> None:
        """Fork a kernel; a client may connect at once."""
        now = time.monotonic()
        # Set once: who lets the kernel die does not get the time of a submission again.
        self.until = self.until or now + self.warm.limits.notebook_seconds
        address, key = self.warm.begin(max(self.until - now, 0))
        # For ipc, jupyter_client takes the address for a path and puts `-` and the port's number after it.
        self.number, self.begun, self.ended = self.warm.number, now, ""
        self.transport, self.ip = "ipc", str(address)
        for port, channel in enumerate(CHANNELS, start=1):
            setattr(self, f"{channel}_port", port)
        self.session.key = key.encode()
        self.new_cell()

    def finish(self) -> None:
        """End the kernel and what it started, and close its clients."""
        # A manager that is closed late must not end the next submission's kernel.
        if self.number and self.number == self.warm.number:
            self.warm.end()
        self.number = 0
        while self._clients:
            self._clients.pop().stop_channels()

    def client(self, **settings: Any) -> WarmClient:  # type: ignore[override]
        """A client of the kernel; it may connect at once, and is closed with the kernel at the latest."""
        client = cast(WarmClient, super().client(**settings))
        # Who made it may have lost it with its kernel, and its sockets would stay open as long as the worker lives.
        self._clients.append(client)
        return client

    def new_cell(self) -> None:
        """A cell begins: its output is counted from nothing, and it has not been interrupted."""
        self._meter.new_cell()
        self.stop_by, self.cut = float("inf"), False

    def flooded(self) -> None:
        """Interrupt a cell that sends many times the output that is kept; once."""
        # Messages that are under way go on arriving: a second interrupt would hit the cell after this one.
        if not self.cut:
            self.cut = True
            self.warm.signal(signal.SIGINT)

    @property
    def age(self) -> float:
        """Seconds since the kernel was started."""
        return time.monotonic() - self.begun

    @property
    def time_is_over(self) -> bool:
        """Whether the submission has used up its time."""
        return self.until is not None and time.monotonic() >= self.until

    def why_ended(self) -> str | None:
        """Why the kernel has ended, in a word or two; None while it lives."""
        return self.ended or self.warm.why_dead(self.number)

    def check(self) -> None:
        """Raise DeadKernelError where the kernel has ended; end it where it ignores its interrupt."""
        # It was interrupted and given time: code that catches KeyboardInterrupt goes on for ever.
        if time.monotonic() > self.stop_by and not self.ended:
            self.warm.end()
            self.ended = "interrupt"
        # Before the warm parent is asked: for it this kernel was ended in good order, and had no reason of its own.
        if self.ended:
            raise DeadKernelError("The kernel did not stop when it was interrupted, so it was ended.")
        if why := self.warm.why_dead(self.number):
            raise DeadKernelError(f"The kernel has ended: {why}.")

    async def start_kernel(self, **_: Any) -> None:  # type: ignore[override]
        self.launch()

    async def shutdown_kernel(self, now: bool = False, restart: bool = False) -> None:  # type: ignore[override]
        self.finish()

    async def restart_kernel(  # type: ignore[override]
        self, now: bool = False, newports: bool = False, **_: Any
    ) -> None:
        self.finish()
        self.launch()

    async def interrupt_kernel(self) -> None:  # type: ignore[override]
        """Interrupt the running cell; if it has not stopped after the time of grace, `check` ends the kernel."""
        self.stop_by = time.monotonic() + self.warm.limits.grace_seconds
        self.warm.signal(signal.SIGINT)

    async def signal_kernel(self, signum: int) -> None:  # type: ignore[override]
        self.warm.signal(signum)

    async def _async_is_alive(self) -> bool:
        return self.has_kernel and self.warm.why_dead(self.number) is None

    is_alive = _async_is_alive

    async def cleanup_resources(self, restart: bool = False) -> None:  # type: ignore[override]
        close_control_socket(self)
