"""What a student's kernel sends, weighed and checked as it arrives.

    meter = OutputMeter(limits)
    meter.new_cell()
    meter.weigh(size) -> bytes of it that may be kept
    is_sound(message) -> False for one that nbclient or the notebook format cannot take

A kernel belongs to the student: it can send anything, in any order, as fast as it likes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from chainrule.limits import Limits

__all__ = ["CUT", "OUTPUTS", "OutputMeter", "is_sound"]

CUT: Final = "\n[output cut after {bytes:,} bytes]\n"
OUTPUTS: Final = frozenset({"stream", "display_data", "execute_result", "error", "update_display_data", "clear_output"})
FLOOD: Final = 16
"""A cell that sends so many times its limit is interrupted."""
# Without it a million empty messages would be free, and each becomes an output in the notebook.
OVERHEAD: Final = 200
"""What a message costs apart from its content."""


class OutputMeter:
    """Counts the bytes of output of a cell and of a notebook."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.cell = self.notebook = self.sent = 0
        self.said = self.failed = False

    def new_cell(self) -> None:
        self.cell = self.sent = 0
        self.said = self.failed = False

    def admit_error(self, size: int) -> bool:
        """A cell's first error is kept, also when its output was cut: it says why the cell failed."""
        # Only the first: a cell can show as many errors as it likes, and all but one would be beyond the limit.
        first, self.failed = not self.failed, True
        return first and size <= self.limits.output_bytes

    def weigh(self, size: int) -> int:
        """Count a message with this many bytes of content; return how many of them may be kept (-1: none at all)."""
        # Empty messages cost time and memory too: so many of them are a flood.
        self.sent += size + OVERHEAD
        room = min(self.limits.output_bytes - self.cell, self.limits.notebook_output_bytes - self.notebook)
        if size + OVERHEAD <= room:
            self.cell += size + OVERHEAD
            self.notebook += size + OVERHEAD
            return size
        # What is cut counts as if it filled the room: else a small message would still come after a large one.
        self.cell += max(room, 0)
        self.notebook += max(room, 0)
        return -1 if self.said else max(room - OVERHEAD, 0)

    def cut_line(self) -> str:
        """The line that stands where output was cut; once a cell."""
        self.said = True
        return CUT.format(bytes=min(self.limits.output_bytes, self.cell))

    @property
    def flooded(self) -> bool:
        return self.sent > FLOOD * self.limits.output_bytes


def _texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(line, str) for line in value)


def _bundle(content: Mapping[str, Any]) -> bool:
    """Whether the content is a display: data by type, metadata, and perhaps where to show it."""
    data, metadata, transient = content.get("data"), content.get("metadata"), content.get("transient", {})
    return (
        isinstance(data, dict)
        and all(_is_display(kind, value) for kind, value in data.items())
        and isinstance(metadata, dict)
        and isinstance(transient, dict | None)
        and isinstance((transient or {}).get("display_id", ""), str | None)
    )


def _is_display(kind: object, value: object) -> bool:
    """Text, or lines of it; data of any shape only for the types whose names end in json."""
    # As nbformat's schema has it: one output of another form, and the notebook could not be written.
    return isinstance(kind, str) and (isinstance(value, str) or _texts(value) or kind.endswith("json"))


def _error(content: Mapping[str, Any]) -> bool:
    return (
        isinstance(content.get("ename"), str)
        and isinstance(content.get("evalue"), str)
        and _texts(content.get("traceback"))
    )


def _reply(content: Mapping[str, Any]) -> bool:
    # nbclient reads the words of an error from the reply, and trusts that they are there.
    return content.get("status") in ("ok", "aborted") or (content.get("status") == "error" and _error(content))


SOUND: Final[dict[str, Callable[[Mapping[str, Any]], bool]]] = {
    "status": lambda content: content.get("execution_state") in ("idle", "busy", "starting"),
    "stream": lambda content: content.get("name") in ("stdout", "stderr") and isinstance(content.get("text"), str),
    "display_data": _bundle,
    "update_display_data": _bundle,
    "execute_result": lambda content: _bundle(content) and isinstance(content.get("execution_count"), int | None),
    "error": _error,
    "clear_output": lambda content: isinstance(content.get("wait", False), bool),
    "execute_input": lambda content: isinstance(content.get("execution_count"), int | None),
    "execute_reply": _reply,
    "kernel_info_reply": lambda content: isinstance(content.get("language_info"), dict),
    "iopub_welcome": lambda content: True,
    "interrupt_reply": lambda content: True,
    "shutdown_reply": lambda content: True,
}
"""The messages that grading needs, and what their content must be. Widgets and the rest are left out."""


def is_sound(message: Mapping[str, Any]) -> bool:
    """Whether a message is one of those, and has the form that it must have."""
    header, parent, content = message.get("header"), message.get("parent_header"), message.get("content")
    if not (isinstance(header, dict) and isinstance(parent, dict) and isinstance(content, dict)):
        return False
    # nbclient and nbformat trust the form of what they are given; one wrong field would end the grading.
    check = SOUND.get(str(message.get("msg_type")))
    return check is not None and isinstance(parent.get("msg_id", ""), str) and check(content)
