"""The files beside a notebook when it is graded: the course's, the student's own, and what answers wrote.

As with stock nbgrader, what the student handed in is there, and the course's files go over it, but for those that
`Autograde.exclude_overwriting` leaves to the student. Only the sandboxed kernel ever sees a file of the student's.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path, PurePath

from nbgrader.utils import find_all_files

from chainrule.engine.reading import SubmissionRefused
from chainrule.kernel.folders import Files
from chainrule.limits import Limits


def course_files(folder: Path, ignore: Sequence[str]) -> Files:
    """What the course's folder of an assignment holds besides notebooks, by its path in there."""
    return {Path(name).relative_to(folder).as_posix(): Path(name) for name in _files(folder, ignore)}


def students_files(
    folder: Path, ignore: Sequence[str], course: Collection[str], left_to_students: Collection[str], limits: Limits
) -> Files:
    """What a student handed in besides notebooks, and the course has no file of its own for.

    Raises:
        SubmissionRefused: it is more than a submission may write.
    """
    kept = set(course) - set(left_to_students)
    folders = {parent.as_posix() for name in kept for parent in PurePath(name).parents}
    found: dict[str, Path] = {}
    for path in map(Path, _files(folder, ignore)):
        name = path.relative_to(folder)
        stands_over = any(part.as_posix() in kept for part in (name, *name.parents))
        if path.is_file() and not stands_over and name.as_posix() not in folders:
            found[name.as_posix()] = path
    size = sum(path.stat().st_size for path in found.values())
    if size > limits.disk_bytes or len(found) > limits.files:
        most = f"{limits.files:,} files of {limits.disk_bytes / 1e6:,.0f} MB"
        raise SubmissionRefused(
            f"{len(found):,} files of {size / 1e6:,.0f} MB were handed in beside the notebook; at most {most} are taken"
        )
    return found


def _files(folder: Path, ignore: Sequence[str]) -> list[str]:
    return sorted(find_all_files(str(folder), [*ignore, "*.ipynb"])) if folder.is_dir() else []
