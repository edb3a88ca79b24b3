"""Where the referee uses what CPython does but does not promise; see `chainrule.crossing.seams`."""

from __future__ import annotations

import sys
from types import CodeType, FrameType
from typing import Any, Final

from chainrule.crossing.seams import Seam

__all__ = ["SEAMS", "Position", "caller", "position_of", "quote_lines"]

Position = tuple[int | None, int | None, int | None, int | None]
"""First line, last line, first column, end column of an expression."""

SEAMS: Final = (
    Seam(
        "CPython: names that are missing",
        "`__missing__` of a dict that is a frame's `__builtins__`; `__setitem__` and `__delitem__` of `exec`'s locals",
        "a name of a check that nobody here has is fetched from the notebook, in functions, classes and `eval` alike",
    ),
    Seam(
        "CPython: the frame of the caller",
        "`sys._getframe`, `frame.f_locals is frame.f_globals` at the top level",
        "`locals()` and `vars()` of a check are about the notebook, inside its functions about these",
    ),
    Seam(
        "CPython: positions in code",
        "`code.co_positions`, one an instruction of two bytes; `traceback.tb_lasti`",
        "whose fault an error is depends on which part of a line raised it",
    ),
    Seam(
        "CPython: lines of a check",
        "the tuples of `linecache.cache`",
        "a traceback quotes the lines of a check that is no file",
    ),
    Seam(
        "numpy, random and torch: seeds",
        "`random.seed`, `numpy.random.seed`, `torch.manual_seed` as attributes that can be set",
        "once a check seeds, the notebook draws from the same stream; replaced for the whole referee process",
    ),
)


def caller() -> FrameType:
    """The frame of whoever called the function that asks."""
    return sys._getframe(2)


def position_of(code: CodeType, instruction: int) -> Position:
    """Where in its text the instruction at this offset was written."""
    # `tb_lasti` counts bytes, and an instruction has two.
    return list(code.co_positions())[instruction // 2]


def quote_lines(name: str, text: str) -> None:
    """Have tracebacks quote this text for code that was compiled under this name."""
    import linecache

    # No time of change: linecache would look for a file of that name, and drop the text.
    cache: dict[str, Any] = linecache.cache
    cache[name] = (len(text), None, text.splitlines(keepends=True), name)
