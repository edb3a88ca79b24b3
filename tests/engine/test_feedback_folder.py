"""A folder of feedback holds the page and what `nbgrader release_feedback` reads there, whoever writes it."""

import subprocess

from chainrule.course import Course
from programs import program


def test_nbgraders_own_command_copies_no_files(class_copy: Course) -> None:
    """`nbgrader generate_feedback` leaves the data files where they are: a class of 300 would have 300 copies."""
    folder = class_copy.root / "feedback" / "ada" / "small"
    beside = class_copy.root / "autograded" / "ada" / "small"
    command = [
        *program("nbgrader"),
        "generate_feedback",
        "small",
        "--student",
        "ada",
        "--force",
    ]
    (folder / "small.html").unlink()
    for name in ("timestamp.txt", "submission_secret.txt"):
        (beside / name).write_text(f"2026-11-01 12:00:00 UTC {name}")

    done = subprocess.run(command, cwd=class_copy.root, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
    assert (beside / "numbers.csv").is_file()
    assert sorted(path.name for path in folder.iterdir()) == ["small.html", "submission_secret.txt", "timestamp.txt"]
    assert (folder / "submission_secret.txt").read_bytes() == (beside / "submission_secret.txt").read_bytes()
