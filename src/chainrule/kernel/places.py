"""What of the host a sandbox shows: the system's libraries and Python, and nothing of the course among them.

Python may lie anywhere: in the course's folder, below /tmp, in the home of a user who is called student; and the
course may lie inside Python's folder. So every folder that is shown, and every one that must not be, is one entry,
and they are mounted from the outside in: the innermost entry decides.
"""

from __future__ import annotations

import os
import sys
import sysconfig
from collections.abc import Iterable
from pathlib import Path
from typing import Final, Literal

__all__ = ["CourseInSight", "Entries", "binds", "entries_of_python", "innermost"]

Kind = Literal["show", "cover", "fresh"]
Entries = dict[str, Kind]
"""For each folder, whether the sandbox shows it, covers it with an empty one, or has a fresh one in its place."""

# The parts of /usr that programs run from: not /usr/local, nor /usr/share, where a machine's own things lie.
SYSTEM: Final = ("/usr/bin", "/usr/lib", "/usr/lib32", "/usr/lib64", "/usr/share/zoneinfo", "/etc/ld.so.cache")

IN_SIGHT: Final = """The folder {folder} holds Python itself as well as something of the course
(its root, its gradebook or what students handed in): a sandbox cannot show the one and hide the other.
Move the course, or make Python's environment in a folder of its own: python -m venv .venv"""


class CourseInSight(RuntimeError):
    """Students' code could read the course: the message says why, and what to move."""


def innermost(path: str, entries: Entries) -> Kind | None:
    """What is mounted at the nearest folder above this path."""
    for parent in map(str, Path(path).parents):
        if parent in entries:
            return entries[parent]
    return None


def entries_of_python(secrets: Iterable[Path], fresh: Iterable[str] = ()) -> Entries:
    """The entries of the system and of Python, and covers for what is secret among them.

    Args:
        secrets: folders that nothing may be seen of; Python's own folders inside them are shown.
        fresh: folders that the sandbox has its own of.

    Raises:
        CourseInSight: a secret folder is one that Python cannot do without.
    """
    # To cover `/` would cover all that the sandbox shows.
    secret = {name for path in secrets for name in _names(path)} - {"/"}
    entries: Entries = {**dict.fromkeys(fresh, "fresh"), **dict.fromkeys(secret, "cover")}
    for path in SYSTEM:
        if path in secret:
            raise CourseInSight(IN_SIGHT.format(folder=path))
        if os.path.exists(path):
            entries[path] = "show"
    for path in sorted(_python_folders(secret), key=_depth):
        # A system's own Python says /usr: what is needed of that stands in SYSTEM.
        if path != "/usr" and os.path.exists(path) and innermost(path, entries) != "show":
            entries[path] = "show"
    # A cover is only needed over something that is shown: to mount one elsewhere would make the folder known.
    return {
        path: kind
        for path, kind in entries.items()
        if kind != "cover" or (os.path.isdir(path) and innermost(path, entries) == "show")
    }


def binds(entries: Entries) -> list[str]:
    """The words for bwrap, from the outside in; the covers are closed to writing at the end."""
    words: list[str] = []
    made: set[str] = set()
    for path in sorted(entries, key=_depth):
        for parent in reversed(list(map(str, Path(path).parents))[:-1]):
            if parent not in made | entries.keys() and innermost(parent, entries) != "show":
                words += ["--perms", "0755", "--dir", parent]
                made.add(parent)
        if entries[path] == "show":
            words += ["--ro-bind", path, path]
        elif entries[path] == "cover":
            # An empty folder, not nothing: bwrap cannot take a folder away.
            words += ["--perms", "0555", "--tmpfs", path]
        else:
            words += ["--size", str(64 << 20), "--perms", "1777", "--tmpfs", path]
    # Only now: folders that are shown inside a cover have to be made in it first.
    covers = [path for path, kind in entries.items() if kind == "cover"]
    return words + [word for path in covers for word in ("--remount-ro", path)]


def _depth(path: str) -> tuple[int, str]:
    return len(Path(path).parts), path


def _names(path: str | Path) -> set[str]:
    # An environment is often reached by a link, and Python's programs and libraries know each other by either name.
    return {os.path.abspath(path), os.path.realpath(path)}


def _python_folders(secret: set[str]) -> set[str]:
    """Where this Python, its standard library and its packages lie, under every name that they go by."""
    folders: set[str] = set()
    for prefix in (sys.prefix, sys.base_prefix, sys.exec_prefix):
        for path in _names(prefix):
            folders |= _parts(path) if path in secret else {path}
    # Debian's own packages, and those of an environment made with --system-site-packages, lie outside of its prefix.
    packages = [path for path in sys.path if Path(path).name in ("site-packages", "dist-packages")]
    library = [sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib")]
    for path in [*packages, *library]:
        folders |= _names(path)
    if clash := sorted((folders | _needed(folders)) & secret):
        raise CourseInSight(IN_SIGHT.format(folder=clash[0]))
    return folders


def _needed(prefixes: set[str]) -> set[str]:
    """Folders that lie in one that is shown, and that Python does not start without: its programs and its libraries."""
    programs = _names(Path(sys.executable).parent) | _names(Path(os.path.realpath(sys.executable)).parent)
    return programs | {os.path.join(prefix, name) for prefix in prefixes for name in ("bin", "lib", "lib64")}


def _parts(prefix: str) -> set[str]:
    """What Python needs of its folder, where the course's root is that very folder."""
    if Path(prefix, "pyvenv.cfg").is_file():
        version = f"python{sys.version_info.major}.{sys.version_info.minor}"
        return {os.path.join(prefix, name) for name in ("bin", "pyvenv.cfg", f"lib/{version}", f"lib64/{version}")}
    return {os.path.join(prefix, name) for name in ("bin", "lib", "lib64")}
