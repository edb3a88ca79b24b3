"""Temporary folders that show whether their maker still lives: it holds a lock on them until it ends, however it ends.

folder = LiveFolder()     # folder.path
folder.close()
sweep()                   # removes the folders of makers that are gone, and no other; ends what those left running
"""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

__all__ = ["LiveFolder", "sweep"]

PREFIX, SUFFIX = "chainrule-", ".live"


class LiveFolder:
    """A fresh temporary folder, locked until it is removed or this process ends."""

    def __init__(self) -> None:
        while True:
            self.path = Path(tempfile.mkdtemp(prefix=PREFIX, suffix=SUFFIX))
            self._lock = os.open(self.path, os.O_RDONLY)
            # Before it is locked, a sweeper may take it for a dead one's.
            if _lock(self._lock) is not False and self.path.exists():
                return
            os.close(self._lock)

    def close(self) -> None:
        """Remove the folder with all that is in it; do nothing where that was done."""
        shutil.rmtree(self.path, ignore_errors=True)
        if self._lock >= 0:
            os.close(self._lock)
            self._lock = -1


def _lock(descriptor: int) -> bool | None:
    """Lock an open folder; False where another holds the lock, None on a file system that has none."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return None
    return True


def sweep() -> int:
    """Remove this user's folders whose makers have ended without doing so, and what still runs there; how many."""
    swept = 0
    for path in Path(tempfile.gettempdir()).glob(f"{PREFIX}*{SUFFIX}"):
        with suppress(OSError):
            if path.is_symlink() or path.stat().st_uid != os.geteuid():
                continue
            lock = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
            try:
                if _lock(lock):
                    _end_what_runs(path)
                    shutil.rmtree(path, ignore_errors=True)
                    swept += 1
            finally:
                os.close(lock)
    return swept


def _end_what_runs(path: Path) -> None:
    """End what a dead maker has left running for this folder.

    A bubblewrap whose first half dies while it starts leaves its second half waiting for ever, with no tie to anybody.
    Without a sandbox, a student's process may have left the family before the family was killed.
    """
    import psutil

    homes = (f"{path}", f"{path}/home")
    for process in psutil.process_iter():
        with suppress(psutil.Error):
            sandbox = process.name() == "bwrap" and str(path) in " ".join(process.cmdline())
            if sandbox or {process.environ().get("HOME"), process.environ().get("TMPDIR")} & {*homes}:
                process.kill()
