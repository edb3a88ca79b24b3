"""What Linux tells of processes: which there are, since when, what they hold, how one ended."""

from __future__ import annotations

import os
import signal
from contextlib import suppress
from pathlib import Path

from chainrule.inside import jail

__all__ = ["descendants", "exact_memory", "how_it_ended", "kill", "quick_memory", "started"]


def quick_memory(pid: str) -> int:
    """What a process holds, with what it shares; 0 where it has ended."""
    return jail.memory_of("RssAnon", "RssShmem", pid=pid)


def exact_memory(pid: str) -> int:
    """Its share of what it shares; all of it where that cannot be read."""
    return jail.memory_of("Pss_Anon", "Pss_Shmem", pid=pid, file="smaps_rollup") or quick_memory(pid)


def kill(pid: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def started(pid: int) -> str:
    """When a process was started; nothing where it has ended."""
    with suppress(OSError):
        # The name comes first, in brackets, and a student may have put anything into it, brackets too.
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return "" if fields[0] in "ZX" else fields[19]
    return ""


def descendants(root: int) -> list[int]:
    """All processes below this one (Linux only: elsewhere none are found)."""
    parents: dict[int, int] = {}
    for process in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            pid, rest = int(process.parent.name), process.read_text().rpartition(")")[2].split()
            if rest[0] != "Z":
                parents[pid] = int(rest[1])
    found, new = set[int](), {root}
    while new:
        new = {pid for pid, parent in parents.items() if parent in new and pid not in found}
        found |= new
    return sorted(found)


def how_it_ended(status: int) -> str:
    if os.WIFSIGNALED(status):
        return signal.Signals(os.WTERMSIG(status)).name
    return f"exit {os.WEXITSTATUS(status)}"
