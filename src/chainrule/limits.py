"""What a submission, its cells and its checks may use up: one table, with one set of defaults.

`c.Examine` in a course's configuration sets what a course may want to change; everything else stands here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

__all__ = ["Limits"]

MiB: Final = 1 << 20


@dataclass(frozen=True)
class Limits:
    """Sizes are in bytes, times in seconds."""

    memory: int = 2048 * MiB
    """Memory of a submission of its own, over all its processes (what it shares with the warm parent is free)."""
    processes: int = 200
    """Processes and threads at a time (in a sandbox only)."""
    disk_bytes: int = 256 * MiB
    """All of its files together (in a sandbox only)."""
    file_bytes: int = 128 * MiB
    """One file."""
    files: int = 10_000
    """How many files and folders it may make (in a sandbox only)."""
    open_files: int = 512
    """How many files a process may hold open."""
    output_bytes: int = 1 * MiB
    """Output of a cell; the rest is cut."""
    notebook_output_bytes: int = 16 * MiB
    """Output of a notebook; the rest is cut."""
    cell_seconds: int = 30
    """A cell; for nbclient's timeout. A kernel that then ignores its interrupt is ended."""
    notebook_seconds: int = 600
    """All that one kernel does."""
    call_seconds: float = 30.0
    """One question of a check to the student's kernel."""
    check_seconds: float = 60.0
    """A whole check."""
    grace_seconds: float = 3.0
    """How long an interrupted cell or call may take to stop."""
    own_seconds: float = 30.0
    """Processor time of the check's own code, the student's not counted."""
    connect_seconds: float = 30.0
    """How long the kernel may take to begin to answer a check."""
    given_seconds: float = 120.0
    """The given cells together, in the referee."""
    calls: int = 100_000
    """Questions in one check."""
    received: int = 1024 * MiB
    """What the student's kernel may send in one check."""
    printed: int = 20_000
    """Characters of what a check prints that are kept."""
    referee_memory: int = 4096 * MiB
    """Memory of the referee on top of what the given cells use."""
