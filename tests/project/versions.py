"""Run the engine's tests at the lowest versions that pyproject.toml allows, and on every Python that this machine has.

python tests/project/versions.py            # make test-versions
python tests/project/versions.py --lowest   # the lowest versions only
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
UV = Path(sys.executable).with_name("uv")
ROOMS = ("analysis", "crossing", "engine", "inside", "kernel", "referee")
# What these tests need besides the engine and the author's tools: the course's heavy libraries are left out.
TOOLS = ("pytest", "pytest-randomly", "pytest-xdist", "hypothesis", "matplotlib", "scipy")


def settings() -> dict[str, object]:
    """The [project] table of pyproject.toml."""
    table: dict[str, object] = tomllib.loads((PROJECT / "pyproject.toml").read_text())["project"]
    return table


def lowest_python() -> str:
    """The lowest Python that the project allows."""
    return str(settings()["requires-python"]).removeprefix(">=")


def pythons() -> dict[str, str]:
    """The Pythons of this machine that the project allows: the path of one for each minor version."""
    listed = subprocess.run(
        [UV, "python", "list", "--only-installed", "--no-python-downloads"], capture_output=True, text=True, check=True
    ).stdout
    found: dict[str, str] = {}
    # Versions of pyenv that no shim stands for at the moment are not among those that uv lists.
    kept = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"), "versions")
    by_pyenv = [(path.name.rpartition(".")[0], str(path / "bin" / "python")) for path in sorted(kept.glob("3.*"))]
    for version, path in [*re.findall(r"^cpython-(3\.\d+)\.\d+-\S+\s+(\S+)", listed, re.M), *by_pyenv]:
        if tuple(map(int, version.split("."))) >= tuple(map(int, lowest_python().split("."))):
            found.setdefault(version, path)
    return found


def run_tests(python: str, *resolution: str) -> bool:
    """Run the engine's tests in a fresh environment; whether they passed."""
    with tempfile.TemporaryDirectory(prefix="chainrule-versions-") as folder:
        # In a folder of its own: a temporary folder is closed to the user that the sandbox's kernels run as.
        environment = Path(folder, "environment")
        subprocess.run([UV, "venv", "--quiet", "--python", python, environment], check=True)
        mine = environment / "bin" / "python"
        install = [UV, "pip", "install", "--quiet", "--python", mine, *resolution, "--editable", f"{PROJECT}[author]"]
        tools = [line for line in settings()["optional-dependencies"]["dev"] if line.startswith(TOOLS)]  # type: ignore[index]
        tools += [line for line in settings()["optional-dependencies"]["course"] if line.startswith(TOOLS)]  # type: ignore[index]
        subprocess.run([*install, *tools], check=True)
        subprocess.run([UV, "pip", "list", "--python", mine], check=True)
        tests = [f"tests/{room}" for room in ROOMS if (PROJECT / "tests" / room).is_dir()]
        tests += ["tests/project/test_seams.py"]
        command = [mine, "-m", "pytest", "--numprocesses", "2", "--dist", "loadscope", "--no-loadscope-reorder", *tests]
        return subprocess.run(command, cwd=PROJECT).returncode == 0


def main(arguments: list[str]) -> int:
    """Run all; 1 where a test failed."""
    here = pythons()
    print(f"The lowest versions, on Python {lowest_python()}")
    passed = [run_tests(here.get(lowest_python(), lowest_python()), "--resolution", "lowest-direct")]
    for version, python in here.items() if "--lowest" not in arguments else ():
        print(f"The newest versions, on Python {version}: {python}")
        passed.append(run_tests(python))
    return 0 if all(passed) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
