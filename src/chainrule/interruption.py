"""How a command is stopped: from the keyboard, or by a signal that asks a process to end. All of them tidy up."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

__all__ = ["ENDING", "Stopped", "stoppable", "undisturbed"]

ENDING: Final = (signal.SIGTERM, signal.SIGHUP)
"""Signals that ask a process to end."""


class Stopped(KeyboardInterrupt):
    """A signal asked this process to end."""

    def __init__(self, signum: int) -> None:
        super().__init__(signum)
        self.signum = signum


def _stop(signum: int, frame: Any) -> None:
    raise Stopped(signum)


@contextmanager
def stoppable() -> Iterator[None]:
    """Have the signals that ask a process to end raise `Stopped`, so that it leaves nothing behind."""
    with _handled(ENDING, _stop):
        yield


@contextmanager
def undisturbed() -> Iterator[None]:
    """Let no second interrupt get in the way of tidying up."""
    with _handled((signal.SIGINT, *ENDING), signal.SIG_IGN):
        yield


@contextmanager
def _handled(signals: tuple[signal.Signals, ...], handler: Any) -> Iterator[None]:
    # A signal that was ignored before stays so: nohup asks for that.
    before = {number: signal.getsignal(number) for number in signals}
    for number, known in before.items():
        if known != signal.SIG_IGN:
            signal.signal(number, handler)
    try:
        yield
    finally:
        for number, known in before.items():
            signal.signal(number, known)
