"""How much memory this machine has left, so that no more is kept warm than fits."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Final

SPARE: Final = 0.25
"""The share of the memory that is left alone: for submissions, and for other workers."""
GROUP: Final = Path("/sys/fs/cgroup")


def memory_is_short() -> bool:
    """Whether less than a quarter of the memory is free; always, where that cannot be told."""
    shares = [share for share in (_share_of_machine(), _share_of_container()) if share is not None]
    return min(shares, default=0.0) < SPARE


def _share_of_machine(report: Path = Path("/proc/meminfo")) -> float | None:
    with suppress(OSError, ValueError, KeyError, ZeroDivisionError):
        rows = dict(line.split(":") for line in report.read_text().splitlines())
        return int(rows["MemAvailable"].split()[0]) / int(rows["MemTotal"].split()[0])
    return None


def _share_of_container(group: Path = GROUP) -> float | None:
    """What is left of the limit of this control group (a container's); None where it has none."""
    with suppress(OSError, ValueError, ZeroDivisionError):
        most, used = (int((group / f"memory.{name}").read_text()) for name in ("max", "current"))
        return 1 - used / most
    return None
