"""What must not disturb a conversation with the referee: student code that prints, an interrupt between calls."""

import io
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Final

__all__ = ["HEARS_INTERRUPTS", "caught", "without_interrupts"]

MOST_PRINTED: Final = 1 << 20
HEARS_INTERRUPTS: Final[list[bool]] = [False]
"""Whether SIGINT counts now: while student code runs."""


class _Printed(io.StringIO):
    """What student code prints while it is being checked: the check may want to read it."""

    def write(self, text: str) -> int:
        # What is printed goes to the referee with each answer; a loop that prints must not fill its memory.
        return super().write(text) if self.tell() < MOST_PRINTED else len(text)


class _Nowhere(io.TextIOBase):
    def write(self, text: str) -> int:
        return len(text)


@contextmanager
def caught() -> Iterator[io.StringIO]:
    """Keep what student code prints out of the notebook."""
    # Hidden tests call functions with hidden arguments, and what these print would show them to the student.
    before = sys.stdout, sys.stderr
    printed = _Printed()
    sys.stdout, sys.stderr = printed, _Nowhere()
    try:
        yield printed
    finally:
        sys.stdout, sys.stderr = before


@contextmanager
def without_interrupts() -> Iterator[None]:
    """Ignore SIGINT between calls: one that comes late must not hit the next call."""
    # Python lets the main thread alone set what a signal does; elsewhere (in tests) nothing interrupts.
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, _interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _interrupt(number: int, frame: FrameType | None) -> None:
    # Not between two calls: in the middle of a message the line to the referee would be spoiled for good.
    if HEARS_INTERRUPTS[0]:
        raise KeyboardInterrupt
