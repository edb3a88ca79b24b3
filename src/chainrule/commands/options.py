"""What options of the command line must hold, looked at before any work is done."""

from __future__ import annotations

import argparse
from pathlib import Path
from tempfile import TemporaryFile

from chainrule.course import CourseError

__all__ = ["check_writable", "counted"]


def counted(text: str) -> int:
    """A number of things, 1 or more; what argparse calls for an option such as `--workers`."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of 1 or more")
    return int(text)


def check_writable(path: Path) -> None:
    """See to it that a file can be written, without changing it.

    Raises:
        CourseError: it cannot; the message says why.
    """
    try:
        if path.exists():
            path.open("ab").close()
        else:
            TemporaryFile(dir=path.parent).close()
    except OSError as error:
        raise CourseError(
            f"{path} cannot be written ({error.strerror}): name a file in a folder that is there"
        ) from None
