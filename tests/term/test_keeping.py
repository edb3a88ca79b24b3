"""A gradebook in a file and one with a PostgreSQL server: the same course, the same marks, copied and put back."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import text

from chainrule.authoring.build import build
from chainrule.course import Course
from chainrule.engine.copies import copy_out, put_back
from chainrule.engine.database import make_engine
from chainrule.term.dates import open_gradebook
from small_class import mark_by_hand, url_of

CHAINRULE = Path(sys.executable).parent / "chainrule"


def chainrule(course: Course, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([CHAINRULE, *arguments], cwd=course.root, capture_output=True, text=True)


def marks(course: Course) -> list[tuple[object, ...]]:
    """All grades of the class."""
    asked = (
        "select s.student_id, c.name, g.auto_score, g.manual_score, g.needs_manual_grade from grade g "
        "join base_cell c on c.id = g.cell_id join submitted_notebook n on n.id = g.notebook_id "
        "join submitted_assignment s on s.id = n.assignment_id order by 1, 2"
    )
    engine = make_engine(url_of(course))
    with engine.connect() as connection:
        rows = [(*row[:4], bool(row[4])) for row in connection.execute(text(asked))]
    engine.dispose()
    return rows


@pytest.mark.on_both
def test_what_is_destroyed_comes_back(class_copy: Course) -> None:
    """A backup holds every mark; after the gradebook is lost, `restore` brings it back, and grading changes nothing."""
    before = marks(class_copy)
    made = chainrule(class_copy, "backup", "copy.db")
    assert (made.returncode, made.stdout) == (0, "copy.db\n"), made.stderr
    with open_gradebook(class_copy) as gradebook:
        for student in list(gradebook.students):
            gradebook.remove_student(student.id)
    assert marks(class_copy) == []

    done = chainrule(class_copy, "restore", "copy.db")

    assert done.returncode == 0, done.stderr
    assert marks(class_copy) == before
    assert "before-restore-" in done.stderr
    assert len(list((class_copy.root / "backups").iterdir())) == 1


@pytest.mark.on_both
def test_marks_are_the_same_wherever_they_are_kept(class_copy: Course) -> None:
    """Grading again gives the same rows, and notices nothing where nothing changed; a mark by hand stays."""
    before = marks(class_copy)
    mark_by_hand(class_copy, "ada", "essay", 2.0)

    done = chainrule(class_copy, "grade", "--workers", "1", "--no-feedback", "--student", "ada", "--force")

    assert done.returncode == 0, done.stderr
    changed = [(old, new) for old, new in zip(before, marks(class_copy), strict=True) if old[:3] != new[:3]]
    assert changed == []
    assert ("ada", "essay", None, 2.0, True) in marks(class_copy)


@pytest.mark.on_both
def test_a_gradebook_from_before_a_release_is_built_again(class_copy: Course) -> None:
    """It holds other cells than the notebooks: the next build puts them in, and only then all is up to date."""
    course, text_of_it = class_copy, class_copy.assignments / "small" / "notebook.py"
    build(course, "small")
    copy_out(url_of(course), course.root / "copy.db")
    changed = text_of_it.read_text().replace('check="square" points=2', 'check="square" points=4')
    text_of_it.write_text(changed)
    assert build(course, "small").released

    put_back(course.root / "copy.db", url_of(course))

    assert build(course, "small").released
    assert not build(course, "small").released
    with open_gradebook(course) as gradebook:
        assert gradebook.find_graded_cell("square", "small", "small").max_score == 4


def test_a_lost_or_damaged_file_is_brought_back(class_copy: Course) -> None:
    """Also where SQLite cannot read what is there; the damaged file is kept."""
    before = marks(class_copy)
    chainrule(class_copy, "backup", "copy.db")
    (class_copy.root / "gradebook.db").write_bytes(b"no database " * 400)

    done = chainrule(class_copy, "restore", "copy.db")

    assert done.returncode == 0, done.stderr
    assert marks(class_copy) == before
    assert len(list(class_copy.root.glob("gradebook.db.damaged-*"))) == 1


@pytest.mark.parametrize("what", ["nothing", "a text", "half of it"])
def test_what_is_no_gradebook_changes_nothing(class_copy: Course, what: str) -> None:
    """A file that is none, or was cut off, is refused before anything happens, in a line."""
    before, file = marks(class_copy), class_copy.root / "copy.db"
    chainrule(class_copy, "backup", "copy.db")
    whole = file.read_bytes()
    file.write_bytes({"nothing": b"", "a text": b"these are no marks", "half of it": whole[: len(whole) // 2]}[what])

    done = chainrule(class_copy, "restore", "copy.db")

    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert marks(class_copy) == before


RESTORE = "import sys; from pathlib import Path; from chainrule.engine.copies import put_back; print(1, flush=True); "


@pytest.mark.on_both
def test_a_restore_that_is_killed_leaves_the_old_or_the_new(class_copy: Course, tmp_path: Path) -> None:
    """Killed at many moments, nobody ever finds half of it; the next restore brings all back."""
    new = marks(class_copy)
    copy_out(url_of(class_copy), tmp_path / "copy.db")
    mark_by_hand(class_copy, "ada", "essay", 0.25)
    old = marks(class_copy)
    copy_out(url_of(class_copy), tmp_path / "old.db")
    program = f"{RESTORE}put_back(Path({str(tmp_path / 'copy.db')!r}), {url_of(class_copy)!r})"
    found = []

    for moment in (0.0, 0.1, 0.2, 0.3, 0.5, 0.8):
        process = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE)
        assert process.stdout and process.stdout.readline()
        time.sleep(moment)
        os.kill(process.pid, signal.SIGKILL)
        process.communicate()
        found.append(marks(class_copy))
        put_back(tmp_path / "old.db", url_of(class_copy))

    assert all(state in (old, new) for state in found)
    put_back(tmp_path / "copy.db", url_of(class_copy))
    assert marks(class_copy) == new


def test_who_has_no_server_is_told(class_copy: Course) -> None:
    """Where the server cannot be reached, one line says which; no password is in it."""
    shutil.rmtree(class_copy.root / "feedback", ignore_errors=True)
    with (class_copy.root / "nbgrader_config.py").open("a") as config:
        config.write('\nc.CourseDirectory.db_url = "postgresql://me:hidden@/marks?host=/nowhere"\n')
    pytest.importorskip("psycopg")

    done = chainrule(class_copy, "grade")

    assert done.returncode == 1
    assert "the gradebook cannot be reached at postgresql://me:***@/marks" in done.stderr
    assert "hidden" not in done.stderr and "Traceback" not in done.stderr


@pytest.mark.parametrize("command", [["status"], ["build", "small"], ["export", "--to", "csv"], ["backup"]])
def test_no_command_ends_in_a_traceback_where_the_server_is_away(
    class_copy: Course, tmp_path: Path, command: list[str]
) -> None:
    """Each says in a line or two that the gradebook cannot be reached."""
    pytest.importorskip("psycopg")
    with (class_copy.root / "nbgrader_config.py").open("a") as config:
        config.write(f'\nc.CourseDirectory.db_url = "postgresql://me@/marks?host={tmp_path}"\n')

    done = chainrule(class_copy, *command)

    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "cannot be reached" in done.stderr
