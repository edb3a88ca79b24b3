"""`nbgrader zip_collect` with these plugins takes what platforms give, as `chainrule collect` does."""

from __future__ import annotations

import json
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from nbgrader.apps import ZipCollectApp

from chainrule.course import Course
from programs import program

ROSTER = "id,name,email\nada,Ada Lovelace,ada@example.org\nzoe,Zoe Zhang,z@example.org\nnoa,Noa Missing,n@example.org\n"


@pytest.fixture
def course(released_course: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Course:
    """The released course with a roster; its configuration names the plugins. The current folder is its own."""
    shutil.copytree(released_course.root, tmp_path / "course")
    course = Course(tmp_path / "course")
    course.roster.write_text(ROSTER, encoding="utf-8")
    monkeypatch.chdir(course.root)
    return course


def notebook(course: Course, note: str) -> str:
    """The release notebook with a note in it, so that two can be told apart."""
    made = json.loads((course.release / "small" / "small.ipynb").read_text(encoding="utf-8"))
    made["metadata"]["note"] = note
    return json.dumps(made)


def pack(course: Course, name: str, files: dict[str, str]) -> None:
    """An archive where nbgrader looks for it."""
    folder = course.root / "downloaded" / "small" / "archive"
    folder.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(folder / name, "w") as packed:
        for path, text in files.items():
            packed.writestr(path, text)


def zip_collect(*words: str) -> None:
    """The command, in this process."""
    ZipCollectApp.clear_instance()
    app = ZipCollectApp()
    app.initialize(["small", *words])
    app.start()
    app.reset()


def collected(course: Course) -> dict[str, str]:
    """The note of each student's notebook that was collected."""
    paths = course.submitted.glob("*/small/small.ipynb")
    return {path.parts[-3]: json.loads(path.read_text(encoding="utf-8"))["metadata"]["note"] for path in paths}


def test_what_canvas_gives_is_collected(course: Course) -> None:
    """Canvas's names, a mail program's ending, the last of two attempts; what is refused leaves nothing behind."""
    files = {
        "lovelaceada_4711_93127_Copy of it (2).ipynb": notebook(course, "first"),
        "lovelaceada_LATE_4711_93128_small-1.ipynb": notebook(course, "second"),
        "zhangzoe_4712_93129_small.ipynb.txt": notebook(course, "zoe's"),
        "missingnoa_4713_93130_photo.jpg": "no notebook",
        "../../escape.ipynb": notebook(course, "escaped"),
    }
    pack(course, "submissions.zip", files)

    zip_collect()

    assert collected(course) == {"ada": "second", "zoe": "zoe's"}
    assert (course.submitted / "ada" / "small" / "timestamp.txt").is_file()
    assert not list(course.root.rglob("escape*"))


def test_collecting_again_changes_nothing_and_a_newer_one_keeps_the_older(course: Course) -> None:
    """With --force, nbgrader clears a student's folder: what was in it is kept beside."""
    pack(course, "one.zip", {"lovelaceada_4711_93127_small.ipynb": notebook(course, "first")})
    zip_collect()
    before = (course.submitted / "ada" / "small" / "small.ipynb").stat().st_mtime_ns
    zip_collect("--force")
    assert (course.submitted / "ada" / "small" / "small.ipynb").stat().st_mtime_ns == before

    pack(course, "two.zip", {"lovelaceada_4711_93131_small-2.ipynb": notebook(course, "second")})
    zip_collect("--force")

    assert collected(course) == {"ada": "second"}
    (kept,) = (course.root / "replaced" / "ada" / "small").iterdir()
    assert json.loads(kept.read_text(encoding="utf-8"))["metadata"]["note"] == "first"


def test_a_wrong_roster_collects_nothing(course: Course) -> None:
    """nbgrader ends with the roster's own message."""
    course.roster.write_text("what,is,this\n1,2,3\n", encoding="utf-8")
    pack(course, "one.zip", {"lovelaceada_4711_93127_small.ipynb": notebook(course, "first")})

    # In a process of its own: an application that sets up its log in this one has TensorFlow's handler close the file
    # that pytest captures with, where TensorFlow was imported before.
    command = [*program("nbgrader"), "zip_collect", "small"]
    done = subprocess.run(command, cwd=course.root, capture_output=True, text=True)

    assert done.returncode != 0
    assert collected(course) == {}
    assert "roster.csv" in done.stderr
