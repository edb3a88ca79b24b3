"""Each release notebook alone, as in Colab: no file beside it, no nbgrader, no chainrule, no network."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

from chainrule.authoring.assignment import read_assignment
from chainrule.proof.demo_class import hand_in, solutions
from in_course import IDS, PROJECT, release_of

pytestmark = pytest.mark.parametrize("assignment_id", IDS)

# Runs when the kernel's Python starts: what Colab has not cannot be imported, what it has can, and nobody calls home.
STAND_IN = """
import importlib.abc, socket, sys, types

class NotInColab(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in ("nbgrader", "chainrule", "jupytext", "msgpack"):
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

sys.meta_path.insert(0, NotInColab())
sys.modules["google.colab"] = types.ModuleType("google.colab")

def unreachable(self, address):
    if self.family != socket.AF_UNIX and address[0] not in ("127.0.0.1", "localhost"):
        raise OSError("the network is unreachable")
    return connect(self, address)

connect, socket.socket.connect = socket.socket.connect, unreachable
"""
STRICT = "import warnings\nwarnings.simplefilter('error')"


@pytest.fixture
def empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "python").mkdir()
    (tmp_path / "python" / "sitecustomize.py").write_text(STAND_IN)
    (tmp_path / "alone").mkdir()
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "python"))
    monkeypatch.setenv("MPLBACKEND", "module://matplotlib_inline.backend_inline")
    return tmp_path / "alone"


def run(notebook: Any, folder: Path) -> Any:
    notebook.cells.insert(0, nbformat.v4.new_code_cell(STRICT))
    NotebookClient(notebook, timeout=60, kernel_name="python3", resources={"metadata": {"path": folder}}).execute()
    return notebook


def test_the_solution_runs_to_the_end_alone(empty_folder: Path, assignment_id: str) -> None:
    """With the solution pasted in, every cell runs, with warnings as errors and in silence, and every plot is drawn."""
    assignment = read_assignment(PROJECT.assignments / assignment_id)
    notebook = hand_in(release_of(PROJECT, assignment_id), solutions(PROJECT, assignment))

    run(notebook, empty_folder)

    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    assert [output.text for output in outputs if output.get("name") == "stderr"] == []
    assert [output for output in outputs if "image/png" in output.get("data", {})]


def test_the_notebook_is_clean(assignment_id: str) -> None:
    """The committed release is valid nbformat 4.5, without attachments or outputs; no badge leads nowhere."""
    notebook = release_of(PROJECT, assignment_id)

    nbformat.validate(notebook)
    assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5)
    assert not any(cell.get("attachments") or cell.get("outputs") for cell in notebook.cells)
    address = PROJECT.colab_url(assignment_id)
    assert (notebook.cells[0].id == "colab-badge") == bool(address)
    assert address in notebook.cells[0].source
