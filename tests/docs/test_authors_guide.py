"""The worked example of docs/authors.md works as it stands."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
GUIDE = (PROJECT / "docs" / "authors.md").read_text(encoding="utf-8")
FILES = dict(re.findall(r"^File `([^`]+)`:\n\n```python\n(.*?)^```", GUIDE, re.S | re.M))
NOTEBOOK = "assignments/07_softplus/notebook.py"


def chainrule(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).with_name("chainrule")
    return subprocess.run([program, *arguments], cwd=root, capture_output=True, text=True)


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A course with the files of the guide in it, and nothing else."""
    for name in ("nbgrader_config.py", "pyproject.toml"):
        shutil.copy(PROJECT / name, tmp_path / name)
    (tmp_path / "data").mkdir()
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


@pytest.fixture
def mended(course: Path) -> Path:
    """The same course after the author mended the mistake that the guide makes on purpose."""
    path = course / NOTEBOOK
    path.write_text(path.read_text().replace('written="why"', 'written="why" points=2'), encoding="utf-8")
    return course


def shown(command: str) -> str:
    """The output that the guide shows after it names a command."""
    _, _, after = GUIDE.partition(command)
    return re.findall(r"```text\n(.*?)```", after, re.S)[0]


def test_the_mistake_is_reported_as_the_guide_says(course: Path) -> None:
    """The build refuses the text with the very line that the guide shows, and writes nothing."""
    done = chainrule(course, "build", "07_softplus")

    assert done.returncode == 1
    assert done.stderr.replace(f"{course.resolve()}/", "") == shown("`chainrule build 07_softplus`")
    assert not (course / "source").exists()


def test_the_answers_prove_the_checks(mended: Path) -> None:
    """`chainrule try` prints what the guide shows."""
    done = chainrule(mended, "try", "07_softplus")

    assert done.returncode == 0, done.stdout
    assert done.stdout == shown("`chainrule try 07_softplus` runs")


def test_the_recorded_mutant_is_the_only_one_left(mended: Path) -> None:
    """With the mutant of the guide recorded as equivalent, none survives; without it, it does."""
    without = chainrule(mended, "mutants", "07_softplus")
    (record,) = re.findall(r"```toml\n(.*?)```", GUIDE, re.S)
    (mended / "grader_tests/07_softplus/equivalent.toml").write_text(record, encoding="utf-8")
    with_record = chainrule(mended, "mutants", "07_softplus")

    assert without.returncode == 1
    assert "np.logaddexp(z, 0)" in without.stdout
    assert with_record.returncode == 0, with_record.stdout


def test_the_example_builds_and_is_released(mended: Path) -> None:
    """The mended text becomes a release notebook with the stub in it."""
    done = chainrule(mended, "build", "07_softplus")

    assert done.returncode == 0, done.stderr
    text = (mended / "release/07_softplus/07_softplus.ipynb").read_text()
    assert "raise NotImplementedError()" in text
    assert "logaddexp" not in text
