"""From the text of an assignment to the instructor's notebook in `source/` and the students' in `release/`.

Building is deterministic: cell ids come from question ids, so two builds of one text are byte-identical.
"""

from __future__ import annotations

import contextlib
import re
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from chainrule.authoring.assignment import (
    Assignment,
    AssignmentError,
    Cell,
    Kind,
    Problem,
    belongs,
    read_assignment,
)
from chainrule.authoring.guidance import problems_of_questions, with_guidance
from chainrule.authoring.hunts import problems_of_hunts
from chainrule.authoring.inclusions import expand
from chainrule.authoring.notebook_text import FOLDED, for_notebooks
from chainrule.authoring.stamps import Stamp, keep_stamp, stamps_of, text_of
from chainrule.course import Course, CourseError
from chainrule.engine.fingerprint import fingerprint, hash_of
from chainrule.engine.instructor import names_made_by

if TYPE_CHECKING:
    from chainrule.authoring.lint import CheckProblem

BADGE_IMAGE = "https://colab.research.google.com/assets/colab-badge.svg"
_STUDENTS = (Kind.SOLUTION, Kind.RUN, Kind.FREE)
MOST_NAME = 64  # characters in a cell id, by nbformat 4.5
# What nbgrader is told about each kind of cell; prose and free cells carry no nbgrader metadata.
NBGRADER = {
    Kind.SOLUTION: {"grade": False, "solution": True, "locked": False},
    Kind.CHECK: {"grade": True, "solution": False, "locked": True},
    Kind.GIVEN: {"grade": False, "solution": False, "locked": True},
    Kind.RUN: {"grade": False, "solution": False, "locked": True},
    Kind.WRITTEN: {"grade": True, "solution": True, "locked": False},
    Kind.MARKING: {"grade": False, "solution": False, "locked": True},
}


@dataclass(frozen=True)
class BuildResult:
    """What building one assignment did."""

    id: str
    cells: int
    points: float
    source_changed: bool
    released: bool


def build(course: Course, assignment_id: str, *, release: bool = True, house_rules: bool = True) -> BuildResult:
    """Write the source notebook and its files, and release them, where they are not up to date.

    Args:
        course: where the texts are, and where the notebooks go.
        assignment_id: which one.
        release: whether nbgrader makes the students' notebook of it, too.
        house_rules: refuse checks that call the student's functions themselves, and questions without hints, minutes
            and level. Other courses have such, and so has what attacks are tried on.

    Raises:
        AssignmentError: the author's text has mistakes; nothing was written.
    """
    assignment = read_assignment(course.assignments / assignment_id)
    notebook = source_notebook(course, assignment, house_rules=house_rules)
    changed = _write_source(course, assignment, notebook)
    released = release and _release(course, assignment_id)
    points = sum(cell.points for cell in assignment.cells)
    return BuildResult(assignment_id, len(notebook.cells), points, changed, released)


def source_notebook(course: Course, assignment: Assignment, *, house_rules: bool = True) -> Any:
    """The instructor's notebook, as a nbformat 4.5 node."""
    from nbformat import v4

    expanded = expand(assignment, course.data)
    told = with_guidance(expanded)
    pairs = list(named(told))
    problems = [*_problems_with_names(assignment, pairs), *_problems_in_checks(assignment, expanded)]
    problems += problems_of_hunts(assignment, course.answers)
    if house_rules:
        problems += [*problems_of_questions(assignment), *_problems_of_asking(assignment, expanded)]
    if problems:
        raise AssignmentError(sorted(problems, key=lambda problem: problem.line))
    cells = [_notebook_cell(cell, name) for name, cell in named(for_notebooks(told))]
    url = course.colab_url(assignment.id)
    if url:
        badge = v4.new_markdown_cell(f"[![Open In Colab]({BADGE_IMAGE})]({url})", id="colab-badge")
        cells.insert(0, badge)
    made_from = f"assignments/{assignment.id}/notebook.py"
    return v4.new_notebook(
        cells=cells,
        metadata={
            "chainrule": {"generated": f"by `chainrule build` from {made_from}: edit that file, not this one"},
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
            "title": assignment.title,
        },
    )


def named(cells: tuple[Cell, ...]) -> Iterator[tuple[str, Cell]]:
    """Each cell with the id that it has in the notebook, which is also its nbgrader grade_id.

    A check is called after its question; other cells after the part that they stand in, numbered by kind,
    so that a new cell in one part changes no id in another.
    """
    part = "opening"
    count: Counter[str] = Counter()
    for cell in cells:
        if cell.kind in (Kind.QUESTION, Kind.SECTION):
            part = cell.name
            yield f"{part}-heading", cell
        elif cell.kind in (Kind.CHECK, Kind.WRITTEN):
            yield cell.name, cell
        elif cell.kind in (Kind.SOLUTION, Kind.MARKING):
            yield f"{cell.name}-{cell.kind.value}", cell
        else:
            stem = f"{part}-{'text' if cell.kind is Kind.PROSE else cell.kind.value}"
            count[stem] += 1
            yield f"{stem}-{count[stem]}", cell


def _problems_in_checks(assignment: Assignment, cells: tuple[Cell, ...]) -> Iterator[Problem]:
    """What checks ask for that cannot cross between the referee and a student's notebook."""
    from chainrule.authoring.lint import lint_check

    given = [cell.source for cell in cells if cell.kind is Kind.GIVEN]
    names = frozenset[str]().union(*(found for _, found in _made_by_students(cells)))
    for cell in cells:
        if cell.kind is Kind.CHECK:
            yield from _problems_at(assignment, cell, lint_check(cell.source, given, names))


def _problems_of_asking(assignment: Assignment, cells: tuple[Cell, ...]) -> Iterator[Problem]:
    """Where a check, or a given cell, uses the student's functions in another way than by asking them."""
    from chainrule.authoring.asking import problems_of_asking, problems_of_given

    own_given = [cell for cell in assignment.cells if cell.kind is Kind.GIVEN and not cell.options]
    texts = [cell.source for cell in own_given]
    made = _made_by_students(cells)
    names = frozenset[str]().union(*(found for _, found in made))
    course = names_made_by(cell.source for cell in cells if cell.kind is Kind.GIVEN) or frozenset()
    for cell in own_given:
        for problem in problems_of_given(cell.source, names - course):
            yield Problem(assignment.path, cell.line + problem.line, problem.message)
    for cell in cells:
        if cell.kind is Kind.CHECK:
            tested = _names_under_test(cell, made)
            yield from _problems_at(
                assignment, cell, problems_of_asking(cell.source, tested, names - tested, texts, course)
            )


def _made_by_students(cells: tuple[Cell, ...]) -> list[tuple[Cell, frozenset[str]]]:
    return [(cell, names_made_by([cell.source]) or frozenset()) for cell in cells if cell.kind in _STUDENTS]


def _problems_at(assignment: Assignment, check: Cell, found: Iterable[CheckProblem]) -> Iterator[Problem]:
    for problem in found:
        yield Problem(assignment.path, check.line + problem.line, f"check {check.name!r}: {problem.message}")


def _names_under_test(check: Cell, made: list[tuple[Cell, frozenset[str]]]) -> frozenset[str]:
    """The names that the answer of a check makes."""
    answers = [(len(cell.name), names) for cell, names in made if cell.name and belongs(check.name, cell.name)]
    return max(answers, key=lambda answer: answer[0], default=(0, frozenset[str]()))[1]


def _problems_with_names(assignment: Assignment, pairs: list[tuple[str, Cell]]) -> Iterator[Problem]:
    lines: dict[str, int] = {}
    for name, cell in pairs:
        first = lines.setdefault(name, cell.line)
        if first != cell.line:
            text = f"the cell of line {first} is called {name!r} in the notebook: this one needs another id"
            yield Problem(assignment.path, cell.line, text)
        if len(name) > MOST_NAME:
            yield Problem(assignment.path, cell.line, f"{name!r} is too long a name for a cell: shorten the id")


def _notebook_cell(cell: Cell, name: str) -> Any:
    from nbformat import v4

    metadata: dict[str, Any] = {}
    if cell.kind in NBGRADER:
        grading: dict[str, Any] = {
            "schema_version": 3,
            "grade_id": name,
            "task": False,
            **NBGRADER[cell.kind],
        }
        if cell.points:
            grading["points"] = cell.points
        metadata["nbgrader"] = grading
    if cell.kind in (Kind.GIVEN, Kind.RUN):
        metadata["chainrule"] = {"given" if cell.kind is Kind.GIVEN else "demonstration": True}
    if cell.source.startswith(FOLDED):
        metadata |= {"cellView": "form", "jupyter": {"source_hidden": True}}
    if cell.cell_type == "code":
        return v4.new_code_cell(cell.source, id=name, metadata=metadata)
    return v4.new_markdown_cell(cell.source, id=name, metadata=metadata)


def _write_source(course: Course, assignment: Assignment, notebook: Any) -> bool:
    """Write the notebook and the files beside it; True where anything changed."""
    import nbformat

    nbformat.validate(notebook)
    folder = course.source / assignment.id
    text = nbformat.writes(notebook) + "\n"
    wanted = {f"{assignment.id}.ipynb": text.encode("utf-8")}
    for name in assignment.files:
        path = course.data / name
        if not path.is_file():
            raise AssignmentError([Problem(assignment.path, 1, f"the header names data/{name}, which is not there")])
        wanted[name] = path.read_bytes()
    folder.mkdir(parents=True, exist_ok=True)
    changed = False
    for old in folder.iterdir():
        if old.name not in wanted:
            shutil.rmtree(old) if old.is_dir() else old.unlink()
            changed = True
    for name, content in wanted.items():
        path = folder / name
        if not path.is_file() or path.read_bytes() != content:
            path.write_bytes(content)
            changed = True
    return changed


def _release(course: Course, assignment_id: str) -> bool:
    """Let nbgrader make the student's notebook, unless this very source is already released, with these settings."""
    known = stamps_of(course).get(assignment_id)
    now = _stamp(course, assignment_id)
    released = known is None or replace(known, text=now.text) != now
    if released:
        generate_release(course, assignment_id)
        now = _stamp(course, assignment_id)
    if known != now:
        keep_stamp(course, assignment_id, now)
    return released


def _stamp(course: Course, assignment_id: str) -> Stamp:
    # nbgrader records the assignment in the gradebook as it releases it: another gradebook needs a new release.
    source, recorded = _source_print(course, assignment_id), _recorded(course, assignment_id)
    return Stamp(text_of(course, assignment_id), source, recorded, _release_print(course, assignment_id))


def _source_print(course: Course, assignment_id: str) -> str:
    """What changes with the source, or with the settings: what stands in place of a solution is one of them."""
    from chainrule.engine.settings import told_by
    from chainrule.nbgrader_course import nbgrader_config

    return hash_of(fingerprint(course.source / assignment_id), told_by(nbgrader_config(course), course.root))


def _release_print(course: Course, assignment_id: str) -> str:
    folder = course.release / assignment_id
    return fingerprint(folder) if folder.is_dir() else ""


def _recorded(course: Course, assignment_id: str) -> str:
    """What changes when the gradebook holds other cells than were released: a new one, or one from a backup, does."""
    from chainrule.engine.database import recorded_print
    from chainrule.nbgrader_course import nbgrader_config

    return recorded_print(nbgrader_config(course).CourseDirectory.db_url, course.root, assignment_id)


def generate_release(course: Course, assignment_id: str) -> None:
    """Run nbgrader's own generate_assignment, which also records the assignment in the gradebook.

    A release that cannot be replaced stays as it was, and so does the gradebook. Where students have handed in, cells
    that are new or gone are taken up in their submissions, and all other marks stay.

    Raises:
        CourseError: nbgrader refused; the message holds what it said.
    """
    from chainrule.engine.nbgrader_seams import shared_engines
    from chainrule.nbgrader_course import nbgrader_api

    with shared_engines(), _kept(course.release / assignment_id):
        api = nbgrader_api(course)
        with _taken_up(course, api.coursedir, assignment_id):
            result = api.generate_assignment(assignment_id, force=True, create=True)
            if not result["success"]:
                raise CourseError(f"nbgrader could not release {assignment_id}: {_first_error(result)}")
    # nbconvert leaves the last line open where the builder closes it: files in git end with a newline.
    for path in (course.release / assignment_id).glob("*.ipynb"):
        text = path.read_text(encoding="utf-8")
        if not text.endswith("\n"):
            path.write_text(text + "\n", encoding="utf-8")


def _first_error(result: dict[str, Any]) -> str:
    """The first error that nbgrader tells of, in one line; its log has the rest."""
    lines = [line.strip() for line in f"{result.get('log') or ''}\n{result.get('error') or ''}".splitlines()]
    errors = [line for line in lines if re.match(r"(?:\w+\.)*\w*(?:Error|Exception)\b", line)]
    others = [line for line in reversed(lines) if line]
    return f"{(errors or others or ['it gave no reason'])[0]} (see .nbgrader.log)"


@contextlib.contextmanager
def _kept(release: Path) -> Iterator[None]:
    """Put a release back that was removed to be replaced, and was not."""
    with TemporaryDirectory(prefix="chainrule-release-") as folder:
        if release.is_dir():
            shutil.copytree(release, Path(folder, "release"))
        try:
            yield
        except BaseException:
            shutil.rmtree(release, ignore_errors=True)
            if Path(folder, "release").is_dir():
                shutil.copytree(Path(folder, "release"), release)
            raise


@contextlib.contextmanager
def _taken_up(course: Course, directory: Any, assignment_id: str) -> Iterator[None]:
    """Have the gradebook know the source's cells while nbgrader releases them; put it back where that fails."""
    import nbformat
    from nbgrader.api import Gradebook

    from chainrule.engine.copies import copy_out, put_back
    from chainrule.engine.database import file_of
    from chainrule.engine.recast import recast

    file = file_of(directory.db_url, course.root)
    with TemporaryDirectory(prefix="chainrule-gradebook-") as folder:
        before = Path(folder, "gradebook.db")
        if is_there := file is None or file.is_file():
            # A server's tables are made by whoever looks first.
            Gradebook(directory.db_url, directory.course_id).close()
            copy_out(directory.db_url, before)
        try:
            if is_there:
                with Gradebook(directory.db_url, directory.course_id) as gradebook:
                    for path in (course.source / assignment_id).glob("*.ipynb"):
                        recast(gradebook, assignment_id, path.stem, nbformat.read(path, as_version=4))
                    gradebook.db.commit()
            yield
        except BaseException:
            if is_there:
                put_back(before, directory.db_url)
            raise
