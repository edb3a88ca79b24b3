"""A kernel that died: a fresh one that has run what ran before, without the cell that was at fault.

The cell that ran when the kernel died is suspected, but a timer or a thread of an earlier one may have ended it. So
the earlier cells are run again, without the suspect, and watched for as long as the dead kernel lived. If that kernel
lives, the suspect was at fault. If it dies too, one of them is, and it is found by running them again in halves.
"""

from __future__ import annotations

import time
from typing import Any, Final, Protocol

from nbclient.exceptions import DeadKernelError

__all__ = ["Kernels", "Replay"]

MOST_DEATHS: Final = 8
"""Cells that may end a kernel; what comes after the last of them is not run."""
MARGIN: Final = 1.0
"""Seconds that a kernel is watched for longer than the one before lived, and half of that one's busy time again."""
CERTAIN: Final = frozenset({"memory", "interrupt"})
"""Reasons to end a kernel that only the cell gives that runs: it takes too much, or does not stop when it is told."""

Ran = tuple[int, Any]
"""A cell that ran, after its number."""


class Kernels(Protocol):
    """What a replay asks of the examination that it is for."""

    async def renew(self) -> None:
        """End the kernel, and have another."""

    async def run_again(self, ran: Ran) -> None:
        """Run a cell once more, and leave its outputs as they are; raise DeadKernelError where that ends the kernel."""

    async def watch(self, seconds: float) -> None:
        """Wait; raise DeadKernelError where the kernel dies meanwhile."""

    @property
    def time_is_over(self) -> bool:
        """Whether the submission has used up its time."""


class Replay:
    """What ran in a submission, to be run again when its kernel has died."""

    def __init__(self, kernels: Kernels) -> None:
        self.ran: list[Ran] = []
        self.deaths = 0
        self._kernels = kernels
        self._reached = 0
        """How many cells the kernel that died last had begun."""
        self._idle = 0.0
        """Seconds that the kernel of now was only watched: they need no half again, or ten deaths would take hours."""

    @property
    def given_up(self) -> bool:
        """Whether no kernel is started any more."""
        return self.deaths > MOST_DEATHS or self._kernels.time_is_over

    async def recover(self, why: str, age: float) -> list[Any]:
        """Have a kernel that has run what ran before; the earlier cells that turn out to end kernels.

        They are left out from now on. Where there is none, the death was the doing of what ran last.

        Args:
            why: the reason why the kernel ended.
            age: how many seconds it lived.
        """
        found: list[Any] = []
        long_enough = age + (age - self._idle) / 2 + MARGIN
        watched = 0.0 if why in CERTAIN else long_enough
        while not self.given_up:
            self.deaths += 1
            if await self._survives(len(self.ran), watched):
                break
            watched = watched or long_enough
            culprit = await self._first_to_kill(watched)
            if culprit is not None:
                self.ran.remove(culprit)
                found.append(culprit[1])
        return found

    async def _first_to_kill(self, watched: float) -> Ran | None:
        """The last cell of the shortest beginning that ends its kernel; None where time is over, or no cell does."""
        lives, dies = 0, min(self._reached, len(self.ran))
        while dies - lives > 1 and not self._kernels.time_is_over:
            middle = (lives + dies) // 2
            if await self._survives(middle, watched):
                lives = middle
            else:
                dies = max(min(middle, self._reached), lives + 1)
        return self.ran[dies - 1] if dies - lives == 1 else None

    async def _survives(self, count: int, watched: float) -> bool:
        """Whether a fresh kernel outlives the first cells that ran, and the time after them."""
        self._reached, self._idle = 0, 0.0
        try:
            await self._kernels.renew()
            begun = time.monotonic()
            for ran in self.ran[:count]:
                self._reached += 1
                await self._kernels.run_again(ran)
            self._reached = len(self.ran)
            idle = max(0.0, begun + watched - time.monotonic())
            await self._kernels.watch(idle)
            self._idle = idle
        except DeadKernelError:
            return False
        return True
