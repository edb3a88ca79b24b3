"""One hash for a folder, to know whether anything in it changed."""

from __future__ import annotations

import hashlib
from pathlib import Path


def fingerprint(folder: Path, names: str = "*") -> str:
    """One SHA-256 over the names and bytes of all files below a folder (of such names); the same on every machine."""
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob(names) if path.is_file()):
        with path.open("rb") as file:
            content = hashlib.file_digest(file, "sha256").hexdigest()
        digest.update(f"{path.relative_to(folder).as_posix()}\0{content}\n".encode())
    return digest.hexdigest()
