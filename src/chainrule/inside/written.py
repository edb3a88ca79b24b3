"""Sends the worker the files that a submission wrote, where a course wants them back.

Like all that runs beside student code, it may say what it likes: the worker takes no name and no size on trust.
"""

from __future__ import annotations

import os
import socket
import stat
from collections.abc import Iterator, Sequence
from fnmatch import fnmatch

from chainrule.crossing.address import short_address
from chainrule.crossing.channel import Channel
from chainrule.crossing.wire import CAPS, encode

__all__ = ["send"]


def send(path: str, patterns: Sequence[str], most: int) -> None:
    """Send what lies below the working folder and matches, up to `most` bytes, to the socket at `path`."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
        with short_address(path) as address:
            connection.connect(address)
        channel = Channel(connection)
        for name, size in _found(patterns):
            most -= size
            if most >= 0 and size < CAPS.size:
                with open(name, "rb") as file:
                    channel.send(encode([name, file.read()]))
        # An empty message ends the list: a connection that breaks is no end.
        channel.send(encode([]))


def _found(patterns: Sequence[str]) -> Iterator[tuple[str, int]]:
    for folder, folders, names in os.walk("."):
        folders.sort()
        for name in sorted(names):
            path = os.path.normpath(os.path.join(folder, name))
            # A link is not followed: it may lead anywhere, and a pipe would never end.
            about = os.lstat(path)
            if stat.S_ISREG(about.st_mode) and any(fnmatch(path, pattern) for pattern in patterns):
                yield path, about.st_size
