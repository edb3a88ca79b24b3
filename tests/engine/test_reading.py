"""Reading takes bounded memory, whatever a file holds."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from chainrule.engine.reading import (
    MOST_DEPTH,
    MOST_IN_ALL,
    MOST_MEMORY,
    SubmissionRefused,
    below,
    memory_to_read,
    read_submission,
    refuse_folder,
)
from programs import QUICKLY

MEASURE = (
    QUICKLY
    + """
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
)


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
    (tmp_path / "small.ipynb").write_text(notebook("[]"))
    os.mkfifo(tmp_path / "timestamp.txt")

    with pytest.raises(SubmissionRefused, match=r"^timestamp\.txt is neither a file nor a folder"):
        refuse_folder(tmp_path)


def test_a_folder_that_is_a_thousand_deep_is_walked_and_refused(tmp_path: Path) -> None:
    """Python's own walks end in a RecursionError there, which would end the look at the whole class."""
    there = folder_of_depth(tmp_path / "alice", 1000)
    try:
        found = list(below(tmp_path))

        with pytest.raises(SubmissionRefused, match="deep in each other"):
            refuse_folder(tmp_path / "alice")
        assert tmp_path / "alice" / "small.ipynb" in found
        assert max(len(path.relative_to(tmp_path).parts) for path in found) <= MOST_DEPTH + 1
    finally:
        subprocess.run(["rm", "-rf", there], check=True)


def folder_of_depth(folder: Path, depth: int) -> Path:
    """Folders in each other, beside a notebook; the path of the last ones is longer than the system takes."""
    folder.mkdir()
    (folder / "small.ipynb").write_text(notebook("[]"))
    before = os.getcwd()
    os.chdir(folder)
    for _ in range(depth):
        os.mkdir("folders")
        os.chdir("folders")
    os.chdir(before)
    return folder


@pytest.mark.parametrize("size", [MOST_IN_ALL + 1, 10 << 30])
def test_more_than_can_be_copied_is_refused_unread(tmp_path: Path, size: int) -> None:
    """A file with nothing in it takes no room where it was handed in, and all of it in a copy."""
    with (tmp_path / "numbers.csv").open("wb") as file:
        file.truncate(size)

    with pytest.raises(SubmissionRefused, match=r"files of .* MB were handed in; at most"):
        refuse_folder(tmp_path)


def test_a_folder_of_an_ordinary_hand_in_is_taken(tmp_path: Path) -> None:
    """Data, modules and pictures beside a notebook are nobody's fault."""
    (tmp_path / "figures/old").mkdir(parents=True)
    (tmp_path / "figures/old/x.png").write_bytes(b"x")

    refuse_folder(tmp_path)
