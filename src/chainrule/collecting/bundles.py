"""The files in folders, archives and archives in archives, with hostile ones refused by name.

Nothing is unpacked to disk: a file's bytes are read when somebody wants them, within caps.
"""

from __future__ import annotations

import io
import re
import tarfile
import unicodedata
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import IO, Final

from chainrule.engine.reading import below

__all__ = ["Found", "Refused", "files_in", "is_noise"]

MOST_BYTES: Final = 100_000_000
"""Bytes of one file."""
MOST_BYTES_IN_ALL: Final = 4_000_000_000
"""Bytes that are read of one path, archives in it unpacked."""
MOST_FILES: Final = 200_000
MOST_DEPTH: Final = 2
"""Archives in archives: a class's zip, in it a student's zip."""
TAR_ENDINGS: Final = (".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz2", ".tar.xz", ".txz")
NOISE: Final = ("__MACOSX", ".ipynb_checkpoints", ".git", "__pycache__", ".DS_Store", "Thumbs.db", "desktop.ini")
"""What operating systems and editors leave beside files; nobody hands it in."""


@dataclass(frozen=True)
class Found:
    """One file that was handed in.

    Args:
        where: its path, archives in it like folders: `hw1.zip/lovelaceada_77_4242_file.ipynb`.
        inner: the same below the path that was given.
        data: its bytes.
        changed: when the platform or the file system says that it was changed.
    """

    where: str
    inner: PurePosixPath
    data: bytes
    changed: datetime | None


@dataclass(frozen=True)
class Refused:
    """A file or an archive that is not read, and why."""

    where: str
    why: str


@dataclass
class _Budget:
    files: int = MOST_FILES
    size: int = MOST_BYTES_IN_ALL


def files_in(path: Path) -> Iterator[Found | Refused]:
    """All files below a folder or in an archive, or the one file itself; noise of operating systems is left out."""
    budget = _Budget()
    if path.is_dir():
        for file in sorted(below(path)):
            inner = PurePosixPath(file.relative_to(path).as_posix())
            if file.is_symlink():
                yield Refused(f"{path.name}/{inner}", "it is a link to another place, not a file")
            elif file.is_file() and not is_noise(inner):
                yield from _file(file, f"{path.name}/{inner}", inner, budget)
    elif path.is_file():
        yield from _file(path, path.name, PurePosixPath(path.name), budget, top=True)
    else:
        yield Refused(str(path), "there is no such file or folder")


def _file(
    path: Path, where: str, inner: PurePosixPath, budget: _Budget, *, top: bool = False
) -> Iterator[Found | Refused]:
    status = path.stat()
    if _is_archive(path.name):
        # A whole class's archive may be large; it stays on disk and is read entry by entry.
        with path.open("rb") as file:
            yield from _archive(file, where, PurePosixPath() if top else inner, budget, depth=1)
    elif problem := _too_much(status.st_size, budget):
        yield Refused(where, problem)
    else:
        yield Found(where, inner, path.read_bytes(), datetime.fromtimestamp(status.st_mtime).astimezone())


def _is_archive(name: str) -> bool:
    return name.lower().endswith((".zip", *TAR_ENDINGS))


def is_noise(path: PurePosixPath) -> bool:
    """Whether an operating system or an editor made this, and nobody hands it in."""
    return any(part in NOISE or part.startswith("._") for part in path.parts)


def _too_much(size: int, budget: _Budget) -> str:
    """Why a file of this size is not read; what it takes is counted where it is."""
    if size > MOST_BYTES:
        return f"it has {size / 1e6:,.0f} MB; at most {MOST_BYTES / 1e6:,.0f} MB are read"
    if budget.files <= 0:
        return f"there are more than {MOST_FILES:,} files"
    if size > budget.size:
        return f"there is more than {MOST_BYTES_IN_ALL / 1e9:g} GB in all"
    budget.files -= 1
    budget.size -= size
    return ""


@dataclass(frozen=True)
class _Entry:
    """One entry of an archive, as far as it can be known without reading it."""

    name: str
    size: int
    changed: datetime | None
    kind: str
    """"file", "folder", or what else it is."""
    handle: zipfile.ZipInfo | tarfile.TarInfo


def _archive(
    file: IO[bytes], where: str, inner: PurePosixPath, budget: _Budget, depth: int
) -> Iterator[Found | Refused]:
    try:
        if where.lower().endswith(".zip"):
            with zipfile.ZipFile(file) as packed:
                yield from _entries(_zipped(packed), packed, where, inner, budget, depth)
        else:
            with tarfile.open(fileobj=file) as unrolled:
                yield from _entries(_tarred(unrolled), unrolled, where, inner, budget, depth)
    except (zipfile.BadZipFile, tarfile.TarError, EOFError, OSError, NotImplementedError, RuntimeError) as error:
        yield Refused(where, f"it cannot be read as an archive ({error})")


def _zipped(packed: zipfile.ZipFile) -> Iterator[_Entry]:
    for info in packed.infolist():
        mode = info.external_attr >> 16
        kind = "folder" if info.is_dir() else "a link" if mode & 0o170000 == 0o120000 else "file"
        if info.flag_bits & 1:
            kind = "encrypted"
        changed = None
        with suppress(ValueError):
            changed = datetime(*info.date_time).astimezone()
        yield _Entry(info.filename, info.file_size, changed, kind, info)


def _tarred(unrolled: tarfile.TarFile) -> Iterator[_Entry]:
    for info in unrolled:
        kind = (
            "folder"
            if info.isdir()
            else "file"
            if info.isreg()
            else "a link"
            if info.islnk() or info.issym()
            else "a device"
        )
        changed = None
        with suppress(ValueError, OverflowError, OSError):
            changed = datetime.fromtimestamp(info.mtime).astimezone()
        yield _Entry(info.name, info.size, changed, kind, info)


def _entries(
    entries: Iterator[_Entry],
    archive: zipfile.ZipFile | tarfile.TarFile,
    where: str,
    inner: PurePosixPath,
    budget: _Budget,
    depth: int,
) -> Iterator[Found | Refused]:
    seen: dict[str, str] = {}
    for entry in entries:
        place = f"{where}/{entry.name}"
        path = PurePosixPath(entry.name.replace("\\", "/"))
        if entry.kind == "folder" or is_noise(path):
            continue
        if problem := _bad_name(entry, path, seen) or _too_much(entry.size, budget):
            yield Refused(place, problem)
            if budget.files <= 0:
                return
            continue
        data = _read(archive, entry)
        if data is None:
            yield Refused(place, "it unpacks to more than the archive says")
        elif _is_archive(path.name):
            if depth >= MOST_DEPTH:
                yield Refused(place, "an archive in an archive in an archive is not opened")
            else:
                yield from _archive(io.BytesIO(data), place, inner / path, budget, depth + 1)
        else:
            yield Found(place, inner / path, data, entry.changed)


def _bad_name(entry: _Entry, path: PurePosixPath, seen: dict[str, str]) -> str:
    """Why an entry of this name or kind is not taken."""
    if entry.kind != "file":
        return f"it is {entry.kind}, not a plain file"
    if path.is_absolute() or ".." in path.parts or re.match(r"[A-Za-z]:", entry.name):
        return "its name leads out of the archive"
    if any(unicodedata.category(letter) in ("Cc", "Cf", "Cs") for letter in entry.name):
        return "its name holds control characters"
    # On some file systems these would be one file.
    same = unicodedata.normalize("NFC", str(path)).casefold()
    if same in seen:
        return f"its name differs from {seen[same]!r} in case or spelling of letters only, or not at all"
    seen[same] = entry.name
    return ""


def _read(archive: zipfile.ZipFile | tarfile.TarFile, entry: _Entry) -> bytes | None:
    """The bytes of an entry; None where there are more than the archive says."""
    if isinstance(archive, zipfile.ZipFile):
        assert isinstance(entry.handle, zipfile.ZipInfo)
        with archive.open(entry.handle) as file:
            data = file.read(entry.size + 1)
    else:
        assert isinstance(entry.handle, tarfile.TarInfo)
        unrolled = archive.extractfile(entry.handle)
        data = unrolled.read(entry.size + 1) if unrolled else b""
    return data if len(data) <= entry.size else None
