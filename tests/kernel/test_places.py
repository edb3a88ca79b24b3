"""Nothing of a course can be seen in a sandbox, wherever the course and Python lie: real environments, real kernels."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

from chainrule.kernel.places import CourseInSight, entries_of_python
from programs import QUICKLY

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="bubblewrap needs Linux")

SITE = f"lib/python{sys.version_info.major}.{sys.version_info.minor}/site-packages"

LAYOUTS = {
    "Python in the course": ("course/env", "course", "course"),
    "the course's folder is Python's": ("course", "course", "course"),
    "the course in Python's folder": ("env", "env/share/course", "env/share/course"),
    "the course among the packages": ("env", f"env/{SITE}/course", f"env/{SITE}/course"),
    "the gradebook beside Python": ("env", "course", "."),
    "the gradebook in Python's folder": ("env", "course", "env"),
    "the gradebook in a Python in the course": ("course/env", "course", "course/env/share"),
}
"""Where Python, the course and the gradebook lie."""

LOOK = (
    QUICKLY
    + """
import sys
from dataclasses import replace
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbgrader.coursedir import CourseDirectory

from chainrule.engine.directory import secret_folders
from chainrule.kernel.parent import WarmParent
from chainrule.kernel.sandbox import find_sandbox

LOOKS = '''
import os, sys
import msgpack
seen = [name for top in (sys.prefix, {top!r}) for _, _, names in os.walk(top) for name in names
        if name.endswith((".db", "secret.txt"))]
for name in {files!r}:
    try:
        seen += [open(name).read()]
    except OSError:
        pass
print(sys.prefix, seen)
'''
top, course, marks = map(Path, sys.argv[1:4])
files = [str(course / "source/a/secret.txt"), str(marks / "gradebook.db")]
cell = nbformat.v4.new_code_cell(LOOKS.format(top=str(top), files=files))
directory = CourseDirectory(root=str(course), db_url=f"sqlite:///{sys.argv[4]}")
sandbox = replace(find_sandbox(), secrets=secret_folders(directory))
with WarmParent(sandbox=sandbox) as parent, parent.kernel() as manager:
    NotebookClient(nbformat.v4.new_notebook(cells=[cell]), km=manager).execute()
print(cell.outputs[0].text)
"""
)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_nothing_of_the_course_is_seen(layout: str, tmp_path: Path) -> None:
    """Its source and its gradebook are not there, and Python with its packages is."""
    environment, course, marks = (tmp_path / name for name in LAYOUTS[layout])
    venv.create(environment, symlinks=True)
    packages = [path for path in sys.path if Path(path).name == "site-packages"]
    source = str(Path(__file__).parents[2] / "src")
    (environment / SITE / "these.pth").write_text("\n".join([*packages, source]))
    (course / "source/a").mkdir(parents=True)
    (course / "source/a/secret.txt").write_text("42")
    marks.mkdir(parents=True, exist_ok=True)
    (marks / "gradebook.db").write_text("marks")

    told = _told(environment, tmp_path, course, marks, marks / "gradebook.db")

    assert told.stdout.strip() == f"{environment} []", told.stderr


def test_a_gradebook_behind_a_link_is_not_seen(tmp_path: Path) -> None:
    """A course may keep its gradebook, or an assignment, elsewhere, and have links to them in its folder."""
    environment, course = tmp_path / "env", tmp_path / "course"
    venv.create(environment, symlinks=True)
    packages = [path for path in sys.path if Path(path).name == "site-packages"]
    (environment / SITE / "these.pth").write_text("\n".join([*packages, str(Path(__file__).parents[2] / "src")]))
    marks, there = environment / "share/marks", environment / "share/work/a"
    for folder in (course / "source", marks, there):
        folder.mkdir(parents=True)
    (marks / "gradebook.db").write_text("marks")
    (there / "secret.txt").write_text("42")
    (course / "gradebook.db").symlink_to(marks / "gradebook.db")
    (course / "source/a").symlink_to(there)

    told = _told(environment, tmp_path, course, marks, "gradebook.db")

    assert told.stdout.strip() == f"{environment} []", told.stderr


def _told(environment: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    command = [environment / "bin/python", "-c", LOOK, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=1800)


@pytest.mark.parametrize(
    "folder",
    [sysconfig.get_path("purelib"), sysconfig.get_path("stdlib"), "/usr/lib", sysconfig.get_path("scripts")],
)
def test_a_gradebook_among_python_s_own_files_is_refused(folder: str) -> None:
    """Where a folder cannot be hidden and be there, words say so."""
    with pytest.raises(CourseInSight, match="Move the course"):
        entries_of_python([Path(folder)])


def test_a_secret_folder_elsewhere_needs_no_cover(tmp_path: Path) -> None:
    """A course that lies in no folder that is shown is not there in the first place; nor is a link to one covered."""
    (tmp_path / "link").symlink_to(sys.prefix)

    entries = entries_of_python([tmp_path, Path("/nowhere"), Path("/")])

    assert "cover" not in entries.values()
    assert entries[os.path.abspath(sys.prefix)] == "show"
