"""Run one command and say what it cost: seconds, seconds of CPU, and the most memory of all its processes."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

__all__ = ["Cost", "run"]

LOOK = 0.5
"""Seconds between two looks at the memory: each look costs the system a walk over the pages."""


@dataclass(frozen=True)
class Cost:
    """What a command cost.

    Args:
        seconds: from Enter to its end.
        cpu: of it and of all its processes, which another program on the machine does not change much.
        megabytes: the most memory of all of them together, shared pages counted once.
        first: seconds until the first result, where one was waited for.
    """

    seconds: float
    cpu: float
    megabytes: float
    first: float = 0.0


def run(root: Path, *command: str, done: Callable[[], bool] = lambda: False) -> Cost:
    """Run a program of this environment, or of a path, in a folder, quietly; its failure ends the benchmark.

    Args:
        root: the folder.
        command: the program and its arguments.
        done: whether the first result is there.
    """
    program = command[0] if "/" in command[0] else str(Path(sys.executable).with_name(command[0]))
    begun, first, most = time.perf_counter(), 0.0, 0.0
    with (root / "bench.log").open("wb") as log:
        process = subprocess.Popen([program, *command[1:]], cwd=root, stdout=log, stderr=subprocess.STDOUT)
        look = 0.0
        while True:
            pid, status, used = os.wait4(process.pid, os.WNOHANG)
            if pid:
                break
            if not first and done():
                first = time.perf_counter() - begun
            if time.perf_counter() > look:
                most, look = max(most, _memory(process.pid)), time.perf_counter() + LOOK
            time.sleep(0.02)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{' '.join(command)} failed:\n{(root / 'bench.log').read_text(errors='replace')[-3000:]}")
    return Cost(time.perf_counter() - begun, used.ru_utime + used.ru_stime, most, first)


def _memory(pid: int) -> float:
    total = 0
    with suppress(psutil.Error):
        parent = psutil.Process(pid)
        for one in [parent, *parent.children(recursive=True)]:
            with suppress(psutil.Error):
                total += one.memory_full_info().pss
    return total / 1e6
