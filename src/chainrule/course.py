"""Where things are in a course folder, and the course's own settings."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


class CourseError(Exception):
    """The folder is not a course, or lacks something that the command needs."""


def check_names(wanted: Sequence[str], known: Sequence[str]) -> None:
    """See to it that assignments that were asked for are there.

    Raises:
        CourseError: one is not; the message names those that are spelt alike.
    """
    for name in wanted:
        if name not in known:
            raise CourseError(f"there is no assignment {name!r}{near(name, known)}; there is: {listed(known)}")


def near(name: str, known: Sequence[str]) -> str:
    """What somebody may have meant, in brackets; nothing where nothing is spelt alike."""
    alike = difflib.get_close_matches(name, known, n=3, cutoff=0.5) or [other for other in known if name in other]
    return f" (did you mean {' or '.join(alike)}?)" if alike else ""


def listed(names: Sequence[str]) -> str:
    """Names in a sentence."""
    return ", ".join(names) or "none yet"


@dataclass(frozen=True)
class Course:
    """An nbgrader course's folder: the one that holds `nbgrader_config.py`.

    Authors' texts, in `assignments/`, are there where the course is built by `chainrule build`, and not elsewhere.
    """

    root: Path

    @classmethod
    def find(cls, start: Path | None = None) -> Course:
        """The course that `start` (or the working directory) lies in.

        Raises:
            CourseError: no folder above holds an `nbgrader_config.py`.
        """
        here = (start or Path.cwd()).resolve()
        for folder in (here, *here.parents):
            if (folder / "nbgrader_config.py").is_file():
                return cls(folder)
        raise CourseError(f"{here} is not inside a course: go to the folder that holds nbgrader_config.py")

    @classmethod
    def find_with_texts(cls, start: Path | None = None) -> Course:
        """The same, for commands that read the authors' texts.

        Raises:
            CourseError: there is no course, or it has no `assignments/`.
        """
        course = cls.find(start)
        if not course.has_texts:
            raise CourseError(
                f"{course.assignments} is not there: this command works on the texts of assignments, as in"
                " assignments/<id>/notebook.py. To grade notebooks that nbgrader released, run `chainrule grade`."
            )
        return course

    @property
    def has_texts(self) -> bool:
        """Whether the course is built from authors' texts, and not written in nbgrader's own notebooks."""
        return self.assignments.is_dir()

    @property
    def assignments(self) -> Path:
        """The authors' texts."""
        return self.root / "assignments"

    @property
    def data(self) -> Path:
        """The data sets that notebooks embed or carry."""
        return self.root / "data"

    @property
    def source(self) -> Path:
        """The instructor's notebooks, built from the texts."""
        return self.root / "source"

    @property
    def release(self) -> Path:
        """The students' notebooks, made by nbgrader from the source."""
        return self.root / "release"

    @property
    def submitted(self) -> Path:
        """What students handed in, as `<student>/<assignment>/`."""
        return self.root / "submitted"

    @property
    def answers(self) -> Path:
        """Right and wrong answers that prove the checks."""
        return self.root / "grader_tests"

    @property
    def state(self) -> Path:
        """What commands remember between runs; can be deleted at any time."""
        return self.root / ".chainrule"

    def assignment_ids(self) -> list[str]:
        """The ids of all assignments, in order."""
        return sorted(path.parent.name for path in self.assignments.glob("*/notebook.py"))

    def graded_ids(self) -> list[str]:
        """The assignments that submissions can be graded for: those with an instructor's notebook."""
        return sorted({path.parent.name for path in self.source.glob("*/*.ipynb")})

    @property
    def roster(self) -> Path:
        """The list of the class, where the teacher keeps one: ids, names, addresses."""
        return self.root / "roster.csv"

    def colab_url(self, assignment_id: str) -> str:
        """The address that opens the release notebook in Colab; empty where no repository is set."""
        if not self.colab_repository:
            return ""
        branch = self._settings().get("colab-branch", "main")
        where = f"{self.colab_repository}/blob/{branch}/release/{assignment_id}/{assignment_id}.ipynb"
        return f"https://colab.research.google.com/github/{where}"

    @property
    def colab_repository(self) -> str:
        """The GitHub repository from which students open notebooks in Colab, as `owner/name`; may be empty."""
        return self._settings().get("colab-repository", "")

    def set_colab_repository(self, name: str) -> None:
        """Write that setting into `pyproject.toml`.

        Raises:
            CourseError: that is no repository's name, or the file has no such setting to change.
        """
        if not re.fullmatch(r"[\w.-]+/[\w.-]+", name):
            raise CourseError(f"{name!r} is not a repository: write owner/name, as in its address on GitHub")
        path = self.root / "pyproject.toml"
        text = path.read_text(encoding="utf-8") if path.is_file() else ""
        changed, count = re.subn(r'^colab-repository = ".*"$', f'colab-repository = "{name}"', text, flags=re.M)
        if not count:
            raise CourseError(f'{path} has no line `colab-repository = ""`: write one below [tool.chainrule]')
        path.write_text(changed, encoding="utf-8")

    def _settings(self) -> dict[str, str]:
        path = self.root / "pyproject.toml"
        if not path.is_file():
            return {}
        settings: dict[str, str] = tomllib.loads(path.read_text()).get("tool", {}).get("chainrule", {})
        return settings
