"""The engine installs alone: a wheel in a fresh environment, outside the repository, grades nbgrader's example course.

Not called `test_...`, because it installs packages: run it with `make test-wheel`, as CI does.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pytest
from nbformat import v4

PROJECT = Path(__file__).resolve().parents[2]
UV = Path(sys.executable).with_name("uv")
# What only the extras bring, by the names that it is imported by.
ELSEWHERE = ("torch", "tensorflow", "matplotlib", "scipy", "jupytext", "cosmic_ray", "pytest")
SWITCH = "\nimport chainrule.engine; chainrule.engine.switch_on(c)\n"
# A student's cell: every file and folder of Chainrule that a notebook can find, wherever the wheel lies.
LOOK_AROUND = """
import os, sys
print("looked")
for folder, folders, files in os.walk("/"):
    folders[:] = [name for name in folders if os.path.join(folder, name) not in ("/proc", "/sys")]
    if "chainrule" in folder.lower():
        print(*(f"FOUND {os.path.join(folder, name)}" for name in files), sep="\\n")
print(*(f"LOADED {name}" for name in sys.modules if name.startswith("chainrule")), sep="\\n")
"""


@dataclass(frozen=True)
class Installed:
    """An environment with the wheel in it, and a course."""

    environment: Path
    course: Path

    def run(self, program: str, *arguments: str) -> str:
        """What a program of the environment prints in the course's folder."""
        # Nothing of the environment that runs this test may be found.
        inherited = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL"))}
        path = f"{self.environment / 'bin'}{os.pathsep}/usr/bin{os.pathsep}/bin"
        command = [str(self.environment / "bin" / program), *arguments]
        done = subprocess.run(
            command, cwd=self.course, env={**inherited, "PATH": path}, capture_output=True, text=True, timeout=300
        )
        assert done.returncode == 0, f"{program} {' '.join(arguments)}:\n{done.stdout}{done.stderr}"
        return done.stdout


def uv(*arguments: str | Path) -> None:
    done = subprocess.run([UV, *arguments], capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """The wheel, built from the source archive and installed without any extra; the course of `nbgrader quickstart`."""
    root = tmp_path_factory.mktemp("wheel")
    environment = root / "environment"
    uv("build", "--quiet", "--out-dir", root / "dist", PROJECT)
    (wheel,) = (root / "dist").glob("*.whl")
    uv("venv", "--quiet", "--python", sys.executable, environment)
    uv("pip", "install", "--quiet", "--python", environment / "bin" / "python", wheel)
    Installed(environment, root).run("nbgrader", "quickstart", "course101")
    return Installed(environment, root / "course101")


@pytest.fixture(scope="module")
def results(installed: Installed) -> dict[str, dict[str, float]]:
    """`ps1` released, handed in by `ada` with the solutions, and graded: points by student and question."""
    config = installed.course / "nbgrader_config.py"
    config.write_text(config.read_text() + SWITCH)
    installed.run("nbgrader", "generate_assignment", "ps1")
    shutil.copytree(installed.course / "source" / "ps1", installed.course / "submitted" / "ada" / "ps1")
    shutil.copytree(installed.course / "release" / "ps1", installed.course / "submitted" / "nobody" / "ps1")
    first = installed.course / "submitted" / "ada" / "ps1" / "problem1.ipynb"
    notebook = nbformat.read(first, as_version=4)
    notebook.cells.append(v4.new_code_cell(LOOK_AROUND))
    nbformat.write(notebook, first)
    rows = json.loads(installed.run("chainrule", "grade", "--json", "-"))
    return {row["student"]: {item["id"]: item["points"] for item in row["questions"]} for row in rows}


def test_the_engine_brings_neither_the_courses_libraries_nor_the_authors_tools(installed: Installed) -> None:
    """The environment holds what grading needs: no PyTorch, no TensorFlow, nothing to build assignments with."""
    code = f"from importlib.util import find_spec; print([name for name in {ELSEWHERE} if find_spec(name)])"

    assert installed.run("python", "-c", code).strip() == "[]"


def test_a_command_for_authors_says_what_to_install(installed: Installed, tmp_path: Path) -> None:
    """Where only the engine is installed, building names the extra that it needs, without a traceback."""
    (tmp_path / "nbgrader_config.py").touch()
    shutil.copytree(PROJECT / "assignments", tmp_path / "assignments")
    build = [str(installed.environment / "bin" / "chainrule"), "build"]
    done = subprocess.run(build, cwd=tmp_path, capture_output=True, text=True)

    assert done.returncode == 1
    assert done.stderr.splitlines()[0].endswith("run pip install 'chainrule[author]'")
    assert len(done.stderr.splitlines()) == 1


def test_the_package_comes_from_the_wheel_and_whole(installed: Installed) -> None:
    """Chainrule lies among the environment's packages, with the files that are no Python."""
    code = "import chainrule, pathlib; print(pathlib.Path(chainrule.__file__).parent)"
    place = Path(installed.run("python", "-c", code).strip())
    mine = PROJECT / "src" / "chainrule"
    wanted = {path.relative_to(mine) for path in mine.rglob("*") if path.is_file() and path.suffix != ".pyc"}

    assert place.is_relative_to(installed.environment)
    assert {path for path in wanted if not (place / path).is_file()} == set()


def test_the_example_course_is_graded(results: dict[str, dict[str, float]]) -> None:
    """The solutions have all marks that a check gives, and an untouched notebook none."""
    checked = ("correct_squares", "squares_invalid_input", "correct_sum_of_squares", "sum_of_squares_uses_squares")

    assert [results["ada"][name] for name in checked] == [1, 1, 0.5, 0.5]
    assert [results["nobody"][name] for name in checked] == [0, 0, 0, 0]


def test_a_notebook_sees_nothing_of_the_installed_package_but_two_rooms(
    installed: Installed, results: dict[str, dict[str, float]]
) -> None:
    """The wheel lies in a folder that the sandbox shows; of it, only what runs beside student code can be seen."""
    path = installed.course / "autograded" / "ada" / "ps1" / "problem1.ipynb"
    last = nbformat.read(path, as_version=4).cells[-1]
    lines = "".join(output.get("text", "") for output in last.outputs).splitlines()
    found = [Path(line.removeprefix("FOUND ")) for line in lines if line.startswith("FOUND ")]
    loaded = [line.removeprefix("LOADED ").split(".")[1:2] for line in lines if line.startswith("LOADED ")]

    assert lines[0] == "looked"
    assert found
    rooms = {path.relative_to("/grader/chainrule").parts[0] for path in found}
    assert rooms == {"__init__.py", "inside", "crossing"}
    assert all(room in ([], ["inside"], ["crossing"]) for room in loaded)
