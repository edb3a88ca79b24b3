"""What the commands do and print that keep a gradebook safe."""

from __future__ import annotations

import sys
from argparse import Namespace
from datetime import datetime
from pathlib import Path

from chainrule.course import Course, CourseError


def backup(options: Namespace) -> int:
    """Write a copy of the gradebook; prints where it lies."""
    course = Course.find()
    path = Path(options.file) if options.file else _fresh(course, "gradebook")
    if path.exists():
        raise CourseError(f"{path} is there already: name another file")
    _copy(course, path)
    print(path)
    return 0


def restore(options: Namespace) -> int:
    """Have the gradebook hold what a copy holds; what it held before is kept beside the other copies."""
    from chainrule.engine.copies import CopyRefused, put_back, refuse_copy
    from chainrule.engine.database import shown
    from chainrule.nbgrader_course import nbgrader_config

    course = Course.find()
    url = nbgrader_config(course).CourseDirectory.db_url
    try:
        refuse_copy(Path(options.file))
        before = _fresh(course, "before-restore")
        try:
            _copy(course, before)
            print(f"What the gradebook held before: {before}", file=sys.stderr)
        except CourseError as error:  # lost or damaged: that is why it is restored
            print(f"What the gradebook held before is not kept: {error}", file=sys.stderr)
        put_back(Path(options.file), url)
    except CopyRefused as error:
        raise CourseError(str(error)) from None
    except TimeoutError as error:
        raise CourseError(f"{error}: close Formgrader, and restore again; nothing was changed") from None
    since = "`chainrule build`, then `chainrule grade`" if course.has_texts else "`chainrule grade`"
    print(f"{shown(url, course.root)} holds what {options.file} holds. What changed since: {since}.")
    return 0


def _copy(course: Course, path: Path) -> None:
    from chainrule.engine.copies import CopyRefused, copy_out
    from chainrule.nbgrader_course import nbgrader_config
    from chainrule.whole_file import whole_file

    try:
        with whole_file(path) as unfinished:
            copy_out(nbgrader_config(course).CourseDirectory.db_url, unfinished)
    except (CopyRefused, TimeoutError) as error:
        raise CourseError(str(error)) from None
    except OSError as error:
        raise CourseError(f"{path} cannot be written ({error.strerror})") from None


def _fresh(course: Course, name: str) -> Path:
    """A file of this second's in the course's folder of backups, which is not there yet."""
    stem = f"{name}-{datetime.now():%Y%m%d-%H%M%S}"
    numbered = (course.root / "backups" / f"{stem}{end}.db" for end in ("", *(f"-{n}" for n in range(2, 1000))))
    return next(path for path in numbered if not path.exists())
