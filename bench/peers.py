"""Otter-Grader on the same questions: its own environment, and each check as one of its tests.

Otter runs a notebook and then the tests in that notebook's namespace; a check is such a test, word for word.
mograder grades Marimo notebooks: it can read none of Jupyter's, and nothing of it is an equal to compare with.
"""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import nbformat

from bench.classes import PROJECT
from chainrule.engine.cells import is_check

__all__ = ["assignment_for_otter", "environment_with_otter"]

TEST = """
from otter.test_files import test_case

OK_FORMAT = False
name = {name!r}
points = {points!r}


@test_case()
def check(env):
    exec({text!r}, env)
"""


def environment_with_otter(folder: Path) -> str:
    """Otter's program, in an environment of its own beside this one's libraries; empty where it cannot be installed."""
    program = folder / "bin" / "otter"
    if not program.is_file():
        subprocess.run([sys.executable, "-m", "venv", folder], check=True, capture_output=True)
        install = [str(folder / "bin" / "pip"), "install", "-q", "otter-grader"]
        if subprocess.run(install, capture_output=True).returncode:
            return ""
    # numpy, PyTorch and what else the notebooks import: last in line, so that Otter has its own releases.
    ours = next(path for path in sys.path if path.endswith("site-packages"))
    (sites,) = folder.glob("lib/python*/site-packages")
    (sites / "zz-chainrule.pth").write_text(f"{ours}\n{PROJECT.root / 'src'}\n")
    return str(program)


def assignment_for_otter(otter: str, root: Path, assignment_id: str) -> Path:
    """The archive that `otter run` grades with."""
    folder = root / "otter"
    (folder / "tests").mkdir(parents=True)
    source = nbformat.read(root / "source" / assignment_id / f"{assignment_id}.ipynb", as_version=4)
    for number, cell in enumerate(filter(is_check, source.cells)):
        about = cell.metadata.nbgrader
        text = TEST.format(name=about.grade_id, points=float(about.points), text=cell.source)
        (folder / "tests" / f"q{number:03}.py").write_text(text)
    made = subprocess.run(
        [otter, "generate", "-t", "tests", "-o", "autograder.zip", "--no-environment"],
        cwd=folder,
        capture_output=True,
        text=True,
    )
    if made.returncode:
        sys.exit(f"otter generate failed:\n{made.stdout}\n{made.stderr}")
    archive = folder / "autograder.zip"
    with zipfile.ZipFile(archive, "a") as file:
        for path in sorted((root / "source" / assignment_id).glob("*")):
            if path.suffix != ".ipynb" and path.is_file():
                file.write(path, f"files/{path.name}")
    return archive
