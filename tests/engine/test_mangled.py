"""Notebooks that tools and hands have mangled: one file for each thing that happened, made as the tool makes it."""

from __future__ import annotations

import json
import runpy
from pathlib import Path
from typing import Any

import nbformat
import pytest

from chainrule.course import Course
from chainrule.engine.cells import is_check, is_locked
from chainrule.engine.elsewhere import oddity
from chainrule.engine.intake import Submission, rebuilt_from
from chainrule.engine.reading import read_submission

MANGLED = sorted(path.stem for path in (Path(__file__).parent / "mangled").glob("*.py"))
ANSWERS = {
    "square-solution": "def square(x):\n    return x**2  # mine",
    "total-solution": "def total(numbers):\n    return sum(n * n for n in numbers)  # mine",
    "essay": "Because of mine.",
}


def handed_in(course: Course) -> dict[str, Any]:
    """The released notebook with answers in it, as it stands in a file."""
    notebook: dict[str, Any] = json.loads((course.release / "small" / "small.ipynb").read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        name = cell["metadata"].get("nbgrader", {}).get("grade_id")
        cell["source"] = ANSWERS.get(name, cell["source"])
    return notebook


@pytest.mark.parametrize("name", MANGLED)
def test_answers_survive_what_happened_to_the_notebook(released_course: Course, tmp_path: Path, name: str) -> None:
    """Every answer is in its cell, every check is the instructor's, and nobody finds the file odd."""
    source_path = released_course.source / "small" / "small.ipynb"
    source = nbformat.read(source_path, as_version=4)
    mangle = runpy.run_path(str(Path(__file__).parent / "mangled" / f"{name}.py"))["mangle"]
    made = mangle(handed_in(released_course))
    path = tmp_path / "small.ipynb"
    path.write_bytes(made if isinstance(made, bytes) else json.dumps(made).encode())

    submission = Submission.of(source, read_submission(path))
    rebuilt = rebuilt_from(submission)

    nbformat.validate(rebuilt)
    texts = {cell.id: cell.source for cell in rebuilt.cells}
    assert {name: texts[name].partition("\n\n")[0].replace("\r", "") for name in ANSWERS} == ANSWERS
    for cell in source.cells:
        if is_check(cell) or is_locked(cell):
            assert texts[cell.id] == cell.source
    assert oddity(rebuilt, submission, tmp_path, source_path) == ""
