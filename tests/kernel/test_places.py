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

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="bubblewrap needs Linux")

SITE = f"lib/python{sys.version_info.major}.{sys.version_info.minor}/site-packages"

LAYOUTS = {
    "Python in the course": ("course/env", "course"),
    "the course's folder is Python's": ("course", "course"),
    "the course in Python's folder": ("env", "env/share/course"),
    "the course among the packages": ("env", f"env/{SITE}/course"),
}

LOOK = """
import sys
from dataclasses import replace
from pathlib import Path

import nbformat
from nbclient import NotebookClient

from chainrule.kernel.parent import WarmParent
from chainrule.kernel.sandbox import find_sandbox

LOOKS = '''
import os, sys
import msgpack
print(sys.prefix, [name for top in (sys.prefix, {course!r}) for _, _, names in os.walk(top) for name in names
                   if name.endswith((".db", "secret.txt"))])
'''.format(course=sys.argv[1])
cell = nbformat.v4.new_code_cell(LOOKS)
sandbox = replace(find_sandbox(), secrets=(Path(sys.argv[1]),))
with WarmParent(sandbox=sandbox) as parent, parent.kernel() as manager:
    NotebookClient(nbformat.v4.new_notebook(cells=[cell]), km=manager).execute()
print(cell.outputs[0].text)
"""


@pytest.mark.parametrize("layout", LAYOUTS)
def test_nothing_of_the_course_is_seen(layout: str, tmp_path: Path) -> None:
    """Its source and its gradebook are not there, and Python with its packages is."""
    environment, course = (tmp_path / name for name in LAYOUTS[layout])
    venv.create(environment, symlinks=True)
    packages = [path for path in sys.path if Path(path).name == "site-packages"]
    source = str(Path(__file__).parents[2] / "src")
    (environment / SITE / "these.pth").write_text("\n".join([*packages, source]))
    (course / "source/a").mkdir(parents=True)
    (course / "source/a/secret.txt").write_text("42")
    (course / "gradebook.db").write_text("marks")

    told = subprocess.run(
        [environment / "bin/python", "-c", LOOK, course], capture_output=True, text=True, timeout=1800
    )

    assert told.stdout.strip() == f"{environment} []", told.stderr


@pytest.mark.parametrize("folder", [sysconfig.get_path("purelib"), sysconfig.get_path("stdlib"), "/usr/lib"])
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
