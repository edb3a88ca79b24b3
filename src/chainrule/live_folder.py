"""Temporary folders that show whether their maker still lives: it holds a lock on them until it ends, however it ends.

folder = LiveFolder()     # folder.path
folder.close()
sweep()                   # removes the folders of makers that are gone, and no other
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
    """Remove this user's folders whose makers have ended without doing so; how many there were."""
    swept = 0
    for path in Path(tempfile.gettempdir()).glob(f"{PREFIX}*{SUFFIX}"):
        with suppress(OSError):
            if path.is_symlink() or path.stat().st_uid != os.geteuid():
                continue
            lock = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
            try:
                if _lock(lock):
                    shutil.rmtree(path, ignore_errors=True)
                    swept += 1
            finally:
                os.close(lock)
    return swept
