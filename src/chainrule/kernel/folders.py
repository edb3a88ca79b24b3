"""The warm parent's folder on the host: what a submission finds beside its notebook, and sockets that it reaches."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from chainrule.inside.jail import NOBODY

__all__ = ["Files", "Folders", "copy_files"]

Files = Mapping[str, Path]
"""Files by the path, below the working folder, that a submission finds them at."""


@dataclass(frozen=True)
class Folders:
    """A warm parent's folder on the host, and the course's files, which each submission finds beside its notebook."""

    host: Path
    files: Files = field(default_factory=dict)

    @property
    def link(self) -> Path:
        """Sockets of the host that the kernel may connect to; it can write nothing here."""
        return self.host / "link"

    def make(self) -> None:
        for name in ("link", "etc", "data", "own"):
            (self.host / name).mkdir()
            # Not left to the umask: inside, another user reads them.
            (self.host / name).chmod(0o755)
        copy_files(self.files, self.host / "data")
        # `getpass.getuser` fails for a user without a name, and libraries with it; without hosts there is no localhost.
        (self.host / "etc/passwd").write_text(f"student:x:{NOBODY}:{NOBODY}:student:/home/student:/bin/sh\n")
        (self.host / "etc/group").write_text(f"student:x:{NOBODY}:\n")
        (self.host / "etc/hosts").write_text("127.0.0.1 localhost\n")

    def hand_in(self, files: Files) -> None:
        """Lay out what the next submission finds beside its notebook besides the course's files: its own."""
        self.clear()
        copy_files(files, self.host / "own")

    def clear(self) -> None:
        """Take away the files of the submission that has ended."""
        for path in (self.host / "own").iterdir():
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def copy_files(files: Files, folder: Path) -> None:
    """Copy files into a folder, with their folders, so that any user can read them and their owner change them."""
    for name, file in files.items():
        path = folder / name
        for parent in reversed(path.relative_to(folder).parents[:-1]):
            (folder / parent).mkdir(exist_ok=True)
            (folder / parent).chmod(0o755)
        shutil.copyfile(file, path)
        path.chmod(0o755 if os.access(file, os.X_OK) and file.stat().st_mode & 0o111 else 0o644)
