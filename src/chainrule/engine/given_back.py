"""What came of a submission that was run on another machine: it takes the place of running it here.

All other steps are this machine's: the submission is rebuilt, its marks and dates are written, as after any run.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat

__all__ = ["GivenBack", "NotGradedElsewhere"]


class NotGradedElsewhere(Exception):
    """The submission could not be graded where it was run; the message says why."""


@dataclass(frozen=True)
class GivenBack:
    """What another machine gave back.

    Args:
        folder: where its folder of `autograded/` lies; "" where there is none.
        reason: why nothing was graded, if so.
        grader_failed: whether that was no fault of the submission's.
        key: all that its marks depend on.
    """

    folder: str
    reason: str
    grader_failed: bool
    key: str

    def notebook(self, name: str) -> Any:
        """The notebook as it was run.

        Raises:
            NotGradedElsewhere: it was not.
        """
        path = Path(self.folder, f"{name}.ipynb")
        if not self.folder or not path.is_file():
            raise NotGradedElsewhere(self.reason or f"no {name} came back from where it was run")
        return nbformat.read(path, as_version=4)

    def keep_files(self, graded: Path) -> None:
        """Copy what the answers wrote and the course wants kept."""
        for path in Path(self.folder).rglob("*"):
            target = graded / path.relative_to(self.folder)
            if path.is_file() and path.suffix != ".ipynb" and not target.exists():
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, target)
