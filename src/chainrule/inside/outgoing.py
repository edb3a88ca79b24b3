"""What stands for values of the notebook on their way to the referee, and what is told of an error."""

import collections
import traceback
from pathlib import Path
from types import TracebackType
from typing import Any, Final

import numpy as np

from chainrule.crossing.wire import Built
from chainrule.inside.memory import Memory
from chainrule.inside.plain_values import (
    MISSING,
    PLAIN,
    base_value,
    class_name,
    is_record,
    is_tensor,
    shared_parts,
)

__all__ = ["MOST_TEXT", "lowered", "trace_of", "with_shared"]

MOST_TEXT: Final = 2_000
"""A message is for a person to read; what is longer is a dump, and would be kept with every verdict."""
HERE: Final = str(Path(__file__).parent)
_MOST_SHARED: Final = 1_000


def lowered(value: Any, memory: Memory) -> Any:
    """What stands for an object outside the closed set: its plain base value, an array, or a handle."""
    kind = type(value)
    if kind is type and is_record(value):
        defaults = dict(value._field_defaults)
        return Built("record class", (memory.number(value), value.__name__, value._fields, defaults))
    if is_record(kind):
        return Built("record", (kind, tuple.__getitem__(value, slice(None))))
    # What it makes of a missing key is a function of the notebook's.
    if kind is collections.defaultdict:
        return Built("defaultdict", dict(dict.items(value)))
    # To take the base value of a student's subclass may run its methods, which may raise.
    try:
        base = base_value(value)
    except Exception:
        base = MISSING
    if base is MISSING:
        return memory.handle(value)
    if is_tensor(value):
        module, name = class_name(kind)
        return Built("tensor", (module, name, base)) if type(base) is np.ndarray and module else base
    return base if kind in PLAIN or type(base) is kind else Built("base", (kind.__name__, base))


def with_shared(value: Any) -> Any:
    """A value to send; where one object stands in several places of it, these are told."""
    shared = shared_parts(value)
    return Built("shared", (value, shared[:_MOST_SHARED])) if shared else value


def trace_of(error: BaseException) -> str:
    """The last few steps of the student's own code, without this package's."""
    # Students know their own lines. Without a limit a runaway recursion would send a thousand of them.
    step: TracebackType | None = error.__traceback__
    while step is not None and step.tb_frame.f_code.co_filename.startswith(HERE):
        step = step.tb_next
    return "".join(traceback.format_exception(type(error), error, step, limit=-8, chain=False))[-2 * MOST_TEXT :]
