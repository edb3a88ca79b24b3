"""Files that are written whole or not at all: whatever dies in the middle, a reader finds the old text or the new.

with whole_file(path) as unfinished:
    unfinished.write_text(text)
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

__all__ = ["whole_file"]


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """A file beside `path`, which takes its place when the block has ended well, and is removed when it has not.

    The folder is made where it is missing.

    Raises:
        OSError: the folder or the file cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    # The process's number keeps two runs apart that write the same file at once.
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        yield unfinished
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
