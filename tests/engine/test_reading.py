"""Reading takes bounded memory, whatever a file holds."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from chainrule.engine.reading import MOST_MEMORY, SubmissionRefused, memory_to_read, read_submission

MEASURE = """
import resource, sys
from pathlib import Path
import nbformat
from chainrule.engine.reading import SubmissionRefused, read_submission
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
try:
    read_submission(Path(sys.argv[1]))
except SubmissionRefused as refusal:
    print(refusal, file=sys.stderr)
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024)
"""


def notebook(outputs: str) -> str:
    """A notebook of one cell with something in its outputs."""
    cell = f'{{"cell_type": "code", "source": "x = 1", "metadata": {{}}, "outputs": {outputs}}}'
    return f'{{"nbformat": 4, "nbformat_minor": 5, "metadata": {{}}, "cells": [{cell}]}}'


HUNGRY: dict[str, Callable[[], str]] = {
    "two million objects": lambda: notebook("[" + "{}," * 2_000_000 + "{}]"),
    "a million objects of one pair": lambda: notebook("[" + '{"a":1},' * 1_000_000 + "{}]"),
    "two million lists": lambda: notebook("[" + "[]," * 2_000_000 + "[]]"),
    "a million names": lambda: notebook("{" + ",".join(f'"{n:x}":{n}' for n in range(1_000_000)) + "}"),
    "fifty megabytes with one emoji": lambda: notebook('"' + "x" * 50_000_000 + '\U0001f600"'),
    "cells within cells": lambda: notebook('[{"cells": [' + '{"cells": []},' * 1_000_000 + "{}]}]"),
    "metadata that is kept": lambda: notebook('[{"metadata": {"id": [' + '{"id": "x"},' * 800_000 + "{}]}}]"),
}


@pytest.mark.parametrize("make", HUNGRY.values(), ids=HUNGRY.keys())
def test_reading_takes_no_more_memory_than_was_counted(tmp_path: Path, make: Callable[[], str]) -> None:
    """The memory of a process that reads it is measured, and stays below the limit."""
    path = tmp_path / "small.ipynb"
    path.write_text(make(), encoding="utf-8")

    done = subprocess.run([sys.executable, "-c", MEASURE, str(path)], capture_output=True, text=True, check=True)

    most = min(MOST_MEMORY, memory_to_read(path.read_bytes()))
    assert int(done.stdout) < most + 100_000_000, done.stderr


def test_a_notebook_with_many_values_in_its_outputs_is_read(tmp_path: Path) -> None:
    """Numbers of an interactive plot are an honest student's; nothing of them is kept."""
    path = tmp_path / "small.ipynb"
    path.write_text(notebook(json.dumps([{"x": list(range(300_000))}] * 3)))

    (cell,) = read_submission(path).cells

    assert cell.source == "x = 1"
    assert "outputs" not in cell


def test_a_refusal_says_what_to_do(tmp_path: Path) -> None:
    """The teacher reads what to ask for."""
    path = tmp_path / "small.ipynb"
    path.write_text(notebook("[" + "{}," * 9_000_000 + "{}]"))

    with pytest.raises(SubmissionRefused, match=r"^small\.ipynb would take .* clear its outputs"):
        read_submission(path)


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    """A pipe beside a notebook would hold up whoever opens it."""
    import os

    (tmp_path / "small.ipynb").write_text(notebook("[]"))
    os.mkfifo(tmp_path / "timestamp.txt")

    with pytest.raises(SubmissionRefused, match=r"^timestamp\.txt is neither a file nor a folder"):
        read_submission(tmp_path / "small.ipynb")
