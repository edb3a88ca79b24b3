"""The files that answers wrote, fetched from the sandbox before it forgets them."""

from __future__ import annotations

import asyncio
import logging
import socket
import time
from collections.abc import Collection, Sequence
from fnmatch import fnmatch
from pathlib import Path, PurePosixPath
from typing import Any

from chainrule.crossing.channel import Channel
from chainrule.crossing.wire import WireError, decode
from chainrule.engine.hand_in import HARMLESS
from chainrule.kernel.parent import WarmParent

log = logging.getLogger(__name__)

SOCKET = "written"
PATIENCE = 30.0


async def fetch_written(parent: WarmParent, client: Any, patterns: Sequence[str]) -> dict[str, bytes]:
    """What the kernel says it wrote, by its path below the working folder: names are checked, contents are not."""
    with parent.listen(SOCKET) as listener:
        order = f"send({parent.link(SOCKET)!r}, {list(patterns)!r}, {parent.limits.disk_bytes})"
        line = f"__import__('chainrule.inside.written', fromlist=['send']).{order}"
        client.kc.execute(line, silent=True, store_history=False)
        return await asyncio.to_thread(_received, parent, listener, patterns)


def keep(written: dict[str, bytes], folder: Path, course: Collection[str]) -> None:
    """Write files into a graded submission's folder: none over the course's, and none that a browser would run."""
    for name, content in written.items():
        path = folder / name
        taken = name in course or path.is_dir() or any(parent.is_file() for parent in path.parents)
        if path.suffix.lower() in HARMLESS and not taken:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.unlink(missing_ok=True)
            path.write_bytes(content)


def _received(parent: WarmParent, listener: socket.socket, patterns: Sequence[str]) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    until = time.monotonic() + PATIENCE
    try:
        with _connected(parent, listener, until) as connection:
            channel = Channel(connection)
            while message := decode(channel.receive(until)):
                name, content = message
                if not _is_wanted(name, patterns) or not isinstance(content, bytes):
                    continue
                found[name] = content
                if channel.received > parent.limits.disk_bytes or len(found) > parent.limits.files:
                    break
    except (OSError, WireError, TypeError, ValueError) as error:
        log.warning("Files that the answers wrote could not be fetched: %r", error)
    return found


def _connected(parent: WarmParent, listener: socket.socket, until: float) -> socket.socket:
    listener.settimeout(1)
    while True:
        try:
            return listener.accept()[0]
        except TimeoutError:
            if time.monotonic() > until or parent.why_dead(parent.number):
                raise


def _is_wanted(name: Any, patterns: Sequence[str]) -> bool:
    """Whether a name is one of a file below the folder that was asked for; a notebook is nbgrader's own to write."""
    if not isinstance(name, str) or not name.isprintable() or name.lower().endswith(".ipynb"):
        return False
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts and any(fnmatch(name, one) for one in patterns)
