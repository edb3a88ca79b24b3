"""A course that was written for stock nbgrader, made in a moment: for tests of what any course may ask for."""

from __future__ import annotations

import shutil
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import nbformat
from nbformat import v4
from nbgrader.api import Gradebook
from nbgrader.apps import NbGraderAPI
from nbgrader.coursedir import CourseDirectory
from sqlalchemy.exc import SAWarning
from traitlets.config.loader import PyFileConfigLoader

from chainrule.engine.nbgrader_seams import shared_engines
from chainrule.nbgrader_course import put_tools_on_path

SWITCH = "import chainrule.engine; chainrule.engine.switch_on(c)\n"
PYTHON = {"name": "python3", "display_name": "Python 3", "language": "python"}


def cell(name: str, text: str, **grading: Any) -> Any:
    """A cell with nbgrader's metadata: locked where nothing else is said."""
    about = {"schema_version": 3, "grade_id": name, "task": False, "grade": False, "solution": False, "locked": True}
    return v4.new_code_cell(text, id=name, metadata={"nbgrader": {**about, **grading}})


def solution(name: str, text: str) -> Any:
    """A solution cell, all of which is cleared in the release."""
    return cell(name, text, solution=True, locked=False)


def check(name: str, text: str, points: float = 1) -> Any:
    """An autograded cell."""
    return cell(name, text, grade=True, points=points)


class StockCourse:
    """A course folder, with one assignment of notebooks and of files beside them.

    Args:
        root: where to make it.
        notebooks: the cells of each, by name.
        files: what lies beside them, by its path.
        config: further lines of `nbgrader_config.py`, before the engine is switched on.
        after: lines after that.
        kernel: the notebooks' kernelspec.
    """

    def __init__(
        self,
        root: Path,
        notebooks: Mapping[str, list[Any]],
        files: Mapping[str, str] | None = None,
        *,
        config: str = "",
        after: str = "",
        kernel: Mapping[str, str] | None = None,
    ) -> None:
        self.root, self.folder = root, root / "source" / "a"
        for name, text in (files or {}).items():
            (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
            (self.folder / name).write_text(text)
        self.folder.mkdir(parents=True, exist_ok=True)
        for name, cells in notebooks.items():
            notebook = v4.new_notebook(cells=cells, metadata={"kernelspec": kernel or PYTHON})
            nbformat.write(notebook, self.folder / f"{name}.ipynb")
        cells = [cell for notebook in notebooks.values() for cell in notebook]
        self.right = {one.metadata.nbgrader.grade_id: one.source for one in cells if one.metadata.nbgrader.solution}
        self.configure(config, after)
        put_tools_on_path()
        with shared_engines():  # nbgrader alone takes seconds to make a gradebook
            outcome = self.api().generate_assignment("a")
        assert outcome["success"], outcome

    def configure(self, config: str = "", after: str = "") -> None:
        """Write `nbgrader_config.py`."""
        text = f"c = get_config()\n{config}\n{SWITCH}{after}\n"
        (self.root / "nbgrader_config.py").write_text(text)

    @contextmanager
    def configured(self, config: str) -> Iterator[None]:
        """Lines of configuration of one test: whatever the order of tests, the next one finds what was there."""
        path = self.root / "nbgrader_config.py"
        before = path.read_text()
        path.write_text(before.replace("c = get_config()\n", f"c = get_config()\n{config}\n"))
        try:
            yield
        finally:
            path.write_text(before)

    def api(self) -> NbGraderAPI:
        """nbgrader, with the course's configuration read anew."""
        # nbgrader 0.9 adds rows while its session looks things up; SQLAlchemy 2 remarks on it, and nothing is lost.
        warnings.filterwarnings("ignore", category=SAWarning, module=r"nbgrader\.api")
        config = PyFileConfigLoader("nbgrader_config.py", path=str(self.root)).load_config()
        config.CourseDirectory.root = str(self.root)
        return NbGraderAPI(CourseDirectory(config=config), config=config)

    def hand_in(self, student: str, changes: Mapping[str, str], files: Mapping[str, str] | None = None) -> Path:
        """Hand in right answers, but for some cells (by grade_id) that are given, and with files beside them."""
        texts = {**self.right, **changes}
        folder = self.root / "submitted" / student / "a"
        shutil.copytree(self.root / "release" / "a", folder)
        for path in folder.glob("*.ipynb"):
            notebook = nbformat.read(path, as_version=4)
            for one in notebook.cells:
                one.source = texts.get(one.metadata.get("nbgrader", {}).get("grade_id"), one.source)
            nbformat.write(notebook, path)
        for name, text in (files or {}).items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text)
        return folder

    def grade(self, student: str) -> dict[str, float | None]:
        """Grade a submission as Formgrader does, and return its automatic marks."""
        outcome = self.api().autograde("a", student)
        assert outcome["success"], outcome.get("log", "") + outcome.get("error", "")
        return self.marks(student)

    def gradebook(self) -> Gradebook:
        """nbgrader's gradebook of the course; to be closed."""
        return Gradebook(f"sqlite:///{self.root}/gradebook.db")

    def marks(self, student: str) -> dict[str, float | None]:
        """What the gradebook holds: automatic marks by question."""
        with self.gradebook() as gradebook:
            submission = gradebook.find_submission("a", student)
            return {grade.name: grade.auto_score for notebook in submission.notebooks for grade in notebook.grades}

    def graded(self, student: str, notebook: str = "n") -> Any:
        """An autograded notebook."""
        return nbformat.read(self.root / "autograded" / student / "a" / f"{notebook}.ipynb", as_version=4)

    def page(self, student: str, notebook: str = "n") -> str:
        """A feedback page."""
        outcome = self.api().generate_feedback("a", student)
        assert outcome["success"], outcome.get("log", "") + outcome.get("error", "")
        return (self.root / "feedback" / student / "a" / f"{notebook}.html").read_text()
