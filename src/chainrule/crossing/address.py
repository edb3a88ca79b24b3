"""Addresses of sockets in the file system, which the system cuts at 107 bytes, however long the path is."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

__all__ = ["ShortFolder", "short_address"]

# Some systems allow 104 bytes, with the zero at the end.
LONGEST: Final = 100


class ShortFolder:
    """A folder under a short name: its own where that is short, else one that this process alone can use.

    Args:
        folder: it exists, and stays until this is closed.
        spare: how much longer the names in it make the path.
    """

    def __init__(self, folder: Path, spare: int = 20) -> None:
        self.path = folder
        self._descriptor = -1
        # Bytes, not characters: a student's name may be in any script.
        if len(os.fsencode(folder)) + spare > LONGEST:
            self._descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
            self.path = Path(f"/proc/self/fd/{self._descriptor}")

    def close(self) -> None:
        """The short name means nothing any more."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1


@contextmanager
def short_address(path: str | Path) -> Iterator[str]:
    """This path in a form that fits into the address of a socket, for a moment."""
    folder = ShortFolder(Path(path).parent, len(Path(path).name) + 1)
    try:
        yield str(folder.path / Path(path).name)
    finally:
        folder.close()
