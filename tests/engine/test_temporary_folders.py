"""Grading works wherever temporary files are kept, and leaves none of its own there but those of live runs."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest
from nbformat import v4

from chainrule.engine.cells import is_check
from chainrule.engine.examine import Examiner
from chainrule.kernel.sandbox import NoSandbox, Sandbox, find_sandbox
from chainrule.live_folder import LiveFolder, sweep


def course() -> Any:
    """An answer and its check."""

    def cell(name: str, text: str, *, points: int = 0) -> Any:
        grading: dict[str, Any] = {"grade_id": name, "schema_version": 3, "task": False, "solution": not points}
        grading |= {"locked": bool(points), "grade": bool(points)} | ({"points": points} if points else {})
        return v4.new_code_cell(text, id=name, metadata={"nbgrader": grading})

    answer = cell("double-solution", "def double(x):\n    return 2 * x")
    return v4.new_notebook(cells=[answer, cell("double", "assert double(2) == 4", points=1)])


@pytest.mark.parametrize("sandbox", [find_sandbox, NoSandbox])
@pytest.mark.parametrize("name", ["l" * 140, "with blanks and 'quotes'", "Prüfung-学生-🎓", "a\\040b:c"])
def test_any_folder_for_temporary_files_will_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, sandbox: Any
) -> None:
    """However long its path is, and whatever is in it; with walls and without."""
    walls: Sandbox = sandbox()
    (tmp_path / name).mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / name))
    notebook = course()

    with Examiner(course(), sandbox=walls) as examiner:
        examiner.examine(notebook)

    (check,) = [cell for cell in notebook.cells if is_check(cell)]
    assert check.metadata["chainrule"]["verdict"]["status"] == "passed"
    assert not list((tmp_path / name).iterdir())


MAKE = "from chainrule.live_folder import LiveFolder; print(LiveFolder().path, flush=True); input()"


def test_folders_of_the_dead_are_swept_and_no_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder stays as long as its maker lives, this process or another; and whatever is not ours stays."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    pipe = subprocess.PIPE
    (tmp_path / "chainrule-notes").mkdir()
    mine = LiveFolder()
    with subprocess.Popen([sys.executable, "-c", MAKE], env=environment, stdin=pipe, stdout=pipe, text=True) as other:
        assert other.stdout is not None
        theirs = Path(other.stdout.readline().strip())
        (theirs / "deep").mkdir()

        while_both_live = sweep()
        other.kill()
        other.wait()

    assert while_both_live == 0
    assert sweep() == 1
    assert {path.name for path in tmp_path.iterdir()} == {"chainrule-notes", mine.path.name}
    mine.close()
    assert not mine.path.exists()
