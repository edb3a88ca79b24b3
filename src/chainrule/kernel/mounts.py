"""Where everything lies in a sandbox, as words for bwrap: what comes later in them is mounted over what came before.

command += mounts(folders.host, secrets, disk=jail.DISK)
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Final

from chainrule.kernel.places import binds, entries_of_python

__all__ = ["GRADER", "HOME", "PACKAGE", "WORK", "mounts"]

PACKAGE: Final = Path(__file__).parents[1]
INSTALLED: Final = (PACKAGE, *PACKAGE.parent.glob("chainrule-*.dist-info"))
"""What covers have to hide where a wheel lies among Python's packages, which the sandbox shows."""

GRADER: Final = "/grader"
"""The folder of the sandbox that everything of the grader's lies in."""
HOME: Final = "/home/student"
WORK: Final = "/student"
LIBRARIES: Final = ("lib", "lib32", "lib64", "bin")
"""On most systems links into /usr, which is where programs look for their loader."""
# What Python and the shell ask for, and nothing that could keep a note for the next submission.
DEVICES: Final = ("null", "zero", "full", "random", "urandom")
STREAMS: Final = ("stdin", "stdout", "stderr")

READ_ONLY: Final = {
    # Of this package two rooms, whole, and the line that makes them a package: nothing else of it is to be seen.
    **{f"{GRADER}/chainrule/{name}": f"package/{name}" for name in ("__init__.py", "inside", "crossing")},
    **{f"{GRADER}/{name}": f"host/{name}" for name in ("link", "data", "own")},
    # Programs ask for the name of their user, and for the address of localhost.
    **{f"/etc/{name}": f"host/etc/{name}" for name in ("passwd", "group", "hosts")},
}
"""By where it lies in the sandbox, what the grader puts there: of this package, or of the folder on the host."""


def mounts(host: Path, secrets: Iterable[Path], disk: str) -> list[str]:
    """All that there is to see, and nothing of it can be written: kernels mount a disk of their own over that.

    Args:
        host: the warm parent's folder on the host.
        secrets: folders of the host of which nothing may be seen.
        disk: the empty folder that a kernel mounts its disk at.
    """
    return [
        *_empty_folders([*_above(READ_ONLY), WORK, disk, "/dev/shm"]),
        *_libraries(),
        # After the libraries, which may hold Python; before the grader's folder, which nothing may cover.
        *binds(entries_of_python([*INSTALLED, *secrets], fresh=["/tmp", HOME])),
        *_grader(host),
        *_devices(),
        *("--proc", "/proc"),
        # Last, when every folder that something is mounted at has been made.
        *("--remount-ro", "/"),
        *("--chdir", "/"),
    ]


def _above(targets: Iterable[str]) -> set[str]:
    """The folders that these lie in."""
    return {str(parent) for target in targets for parent in Path(target).parents} - {"/"}


def _empty_folders(folders: Iterable[str]) -> Iterator[str]:
    # In this order each comes after the one that it lies in.
    return chain.from_iterable(("--perms", "0755", "--dir", folder) for folder in sorted(set(folders)))


def _libraries() -> Iterator[str]:
    for path in (f"/{name}" for name in LIBRARIES):
        # A link is made again, not followed: loaders and programs are known by the shorter name as well.
        if os.path.islink(path):
            yield from ("--symlink", f"usr{path}", path)
        elif os.path.isdir(path):
            yield from ("--ro-bind", path, path)


def _grader(host: Path) -> Iterator[str]:
    roots = {"package": PACKAGE, "host": host}
    for target, source in READ_ONLY.items():
        root, _, name = source.partition("/")
        yield from ("--ro-bind", str(roots[root] / name), target)


def _devices() -> Iterator[str]:
    for name in DEVICES:
        yield from ("--dev-bind", f"/dev/{name}", f"/dev/{name}")
    for number, name in enumerate(STREAMS):
        yield from ("--symlink", f"/proc/self/fd/{number}", f"/dev/{name}")
    yield from ("--symlink", "/proc/self/fd", "/dev/fd")
