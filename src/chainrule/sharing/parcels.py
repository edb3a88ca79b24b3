"""What travels: folders as bytes that are the same wherever they are made, known by their hashes."""

from __future__ import annotations

import gzip
import hashlib
import io
import tarfile
from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from chainrule.course import Course, CourseError
from chainrule.engine.copies import copy_out, keep_beside
from chainrule.engine.fingerprint import fingerprint, hash_of
from chainrule.nbgrader_course import nbgrader_config

__all__ = ["course_parcel", "engine_id", "hash_of_bytes", "pack", "submission_parcel", "unpack"]

MOST_BESIDE: Final = 1 << 20
"""Bytes of a file beside a notebook that still travels; none is ever run."""
PERSONAL: Final = ("comment", "grade", "submitted_notebook", "submitted_assignment", "student")
"""Tables of the gradebook that hold the class; a worker sees none of it but the submissions that it grades."""
KEPT_BACK: Final = ("gradebook.db", "roster", ".")
"""How names of files in the course's root begin that no worker needs."""


def engine_id() -> str:
    """What grades, in a word: only workers with the same code and libraries take a teacher's work."""
    import sys

    installed = [f"{sys.version_info[:2]}", fingerprint(Path(__file__).parents[1], "*.py")]
    for line in requires("chainrule") or []:
        name = line.split(";")[0].split("[")[0].split(">")[0].split("<")[0].strip()
        if "extra" not in line or 'extra == "course"' in line:
            try:
                installed.append(f"{name} {version(name)}")
            except PackageNotFoundError:
                installed.append(f"{name} none")
    return hash_of(sorted(installed))[:16]


def hash_of_bytes(content: bytes) -> str:
    """The name of a parcel."""
    return hashlib.sha256(content).hexdigest()


def pack(root: Path, paths: Iterable[Path]) -> bytes:
    """Files and folders below `root` as one parcel, without times, owners or links."""
    held = io.BytesIO()
    zipped = gzip.GzipFile(fileobj=held, mode="wb", mtime=0, compresslevel=5)
    with zipped, tarfile.open(fileobj=zipped, mode="w") as tar:
        files = (file for path in paths for file in ([path] if path.is_file() else path.rglob("*")))
        for file in sorted({file for file in files if file.is_file() and not file.is_symlink()}):
            about = tarfile.TarInfo(file.relative_to(root).as_posix())
            about.size, about.mode = file.stat().st_size, 0o644
            with file.open("rb") as content:
                tar.addfile(about, content)
    return held.getvalue()


def unpack(parcel: bytes, root: Path) -> None:
    """Write a parcel's files below `root`; none can land elsewhere."""
    root.mkdir(parents=True, exist_ok=True)
    with tarfile.open(fileobj=io.BytesIO(parcel), mode="r:gz") as tar:
        tar.extractall(root, filter="data")


def submission_parcel(course: Course, assignment: str, student: str) -> bytes:
    """What a student handed in: the notebooks, and small files beside them."""
    folder = course.submitted / student / assignment
    wanted = {path.name for path in (course.source / assignment).glob("*.ipynb")}
    files = [path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()]
    return pack(folder, (path for path in files if path.name in wanted or path.stat().st_size <= MOST_BESIDE))


def course_parcel(course: Course, assignment: str) -> bytes:
    """All of a course that one assignment is graded with: its notebooks, settings and cells, and nobody's marks.

    Raises:
        CourseError: the password of the gradebook stands in a file that would travel.
    """
    root = course.root
    own = [course.source / assignment, course.release / assignment, course.state / "self_test" / assignment]
    beside = [path for path in course.source.glob("*") if path.is_file()]
    files = [path for path in root.glob("*") if path.is_file() and not path.name.startswith(KEPT_BACK)]
    files = [path for path in files if path.suffix in (".py", ".toml", ".tpl", ".j2")]
    with TemporaryDirectory(prefix="chainrule-parcel-") as folder:
        place = Path(folder)
        unpack(pack(root, [path for path in (*own, *beside, *files) if path.exists()]), place)
        url = nbgrader_config(course).CourseDirectory.db_url
        _without_password(place, url)
        keep_beside(place / "nbgrader_config.py")
        _write_rows(url, place)
        return pack(place, [place])


def _without_password(place: Path, url: str) -> None:
    """Take the gradebook's address out of the settings: a worker has no business there."""
    from sqlalchemy import make_url

    config = place / "nbgrader_config.py"
    text = config.read_text(encoding="utf-8")
    for written in {url, url.replace("+psycopg", ""), url.replace("postgresql+psycopg", "postgres")}:
        text = text.replace(written, "sqlite:///gradebook.db")
    config.write_text(text, encoding="utf-8")
    password = make_url(url).password
    if password and any(str(password).encode() in path.read_bytes() for path in place.rglob("*.py")):
        raise CourseError(
            "the gradebook's password stands in a file of the course that workers need: keep it in ~/.pgpass, and "
            "write the address without it"
        )


def _write_rows(url: str, place: Path) -> None:
    """Write the gradebook of a worker, as text that is the same each time: what was released, and no student."""
    import sqlite3
    from contextlib import closing

    file = place / "gradebook.db"
    copy_out(url, file)
    with closing(sqlite3.connect(file, isolation_level=None)) as book:
        for table in PERSONAL:
            book.execute(f"delete from {table}")
        book.execute("vacuum")
        lines = "\n".join(book.iterdump())
    file.unlink()
    (place / "gradebook.sql").write_text(lines, encoding="utf-8", errors="surrogatepass")


def fresh_gradebook(place: Path) -> None:
    """Make the gradebook that a course's parcel describes, without any student."""
    import sqlite3
    from contextlib import closing

    for path in place.glob("gradebook.db*"):
        path.unlink()
    with closing(sqlite3.connect(place / "gradebook.db")) as book:
        book.executescript((place / "gradebook.sql").read_text(encoding="utf-8", errors="surrogatepass"))


def outcome_of(result: Any) -> dict[str, Any]:
    """What a worker says of a submission beside its notebook: what went wrong, if anything."""
    return {"reason": result.reason, "grader_failed": result.grader_failed, "graded": bool(result.questions)}
