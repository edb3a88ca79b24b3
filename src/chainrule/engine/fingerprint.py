"""Hashes that tell whether anything changed: of a folder, of what is installed, of any values."""

from __future__ import annotations

import hashlib
import os
import site
import sys
from collections.abc import Iterator
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path


def fingerprint(folder: Path, names: str = "*") -> str:
    """One SHA-256 over the names and bytes of all files below a folder (of such names); the same on every machine."""
    digest = hashlib.sha256()
    for name, path in sorted(_files(os.fspath(folder), names)):
        with open(path, "rb") as file:
            content = hashlib.file_digest(file, "sha256").hexdigest()
        # A name may be of any bytes: one from an old archive is often not UTF-8.
        digest.update(os.fsencode(f"{name}\0{content}\n"))
    return digest.hexdigest()


def _files(folder: str, names: str) -> Iterator[tuple[str, str]]:
    """The files below a folder by their names in it, links to folders not followed; pathlib takes six times as long."""
    for place, _, files in os.walk(folder):
        inside = os.path.relpath(place, folder).replace(os.sep, "/") + "/" if place != folder else ""
        for file in files:
            path = os.path.join(place, file)
            if fnmatchcase(file, names) and os.path.isfile(path):
                yield inside + file, path


def hash_of(*parts: object) -> str:
    """One SHA-256 over what values look like."""
    return hashlib.sha256(repr(parts).encode("utf-8", "backslashreplace")).hexdigest()


@cache
def environment() -> tuple[str, ...]:
    """What grades: this package, Python, and the versions of what is installed beside them."""
    folders = [*site.getsitepackages(), site.getusersitepackages()]
    # The names of these folders hold the versions of the packages.
    packages = {name for folder in folders if os.path.isdir(folder) for name in os.listdir(folder) if "-info" in name}
    return (sys.version, fingerprint(Path(__file__).parents[1], "*.py"), *sorted(packages))
