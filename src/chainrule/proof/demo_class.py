"""A demo class: five invented students hand in every assignment, made from the course's own answers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from chainrule.authoring.assignment import Assignment, Kind, read_assignment
from chainrule.authoring.build import named
from chainrule.authoring.inclusions import expand
from chainrule.course import Course, CourseError
from chainrule.proof.answers import Answer, read_answers, without_marks


def solutions(course: Course, assignment: Assignment) -> dict[str, str]:
    """The course's own answer to every solution and written cell, by the cell's id in the notebook."""
    wanted = (Kind.SOLUTION, Kind.WRITTEN)
    return {
        name: without_marks(cell.source) for name, cell in named(expand(assignment, course.data)) if cell.kind in wanted
    }


def hand_in(release: Any, texts: dict[str, str], own: dict[str, tuple[str, ...]] | None = None) -> Any:
    """A release notebook as a student hands it in.

    Args:
        release: the release notebook; it stays as it is.
        texts: what the student wrote, by the id of the cell.
        own: the student's own code cells, by the id of the cell that they stand before.
    """
    from nbformat import from_dict, v4

    notebook = from_dict(release)
    cells = []
    for cell in notebook.cells:
        for number, text in enumerate((own or {}).get(cell.id, ())):
            cells.append(v4.new_code_cell(text, id=f"mine-{cell.id}-{number}"[:64]))
        if cell.id in texts:
            cell.source = texts[cell.id]
        cells.append(cell)
    notebook.cells = cells
    return notebook


def hand_in_answer(release: Any, answer: Answer, written: dict[str, str]) -> Any:
    """A release notebook filled in with one of the course's answers; `written` fills what the answer leaves open."""
    texts = written | {f"{name}-solution": text for name, text in answer.solutions.items()}
    own = {f"{name}-solution": cells for name, cells in answer.own.items() if cells}
    return hand_in(release, texts, own)


def make_demo_class(course: Course) -> list[Path]:
    """Write the demo class into `submitted/`.

    Ada has everything right, Ben one thing wrong, Cleo writes right answers in her own way, Dara has not begun,
    and Emil's first file is broken.

    Raises:
        CourseError: `submitted/` is not empty, or nothing was released yet.
    """
    import nbformat

    if course.submitted.is_dir() and any(course.submitted.iterdir()):
        raise CourseError("submitted/ is not empty: the demo class is only for an empty one")
    written: list[Path] = []
    for place, assignment_id in enumerate(course.assignment_ids()):
        path = course.release / assignment_id / f"{assignment_id}.ipynb"
        if not path.is_file():
            raise CourseError(f"{assignment_id} is not released yet: run `chainrule build` first")
        assignment = read_assignment(course.assignments / assignment_id)
        release = nbformat.read(path, as_version=4)
        for student, notebook in _class(course, assignment, release):
            text = "this was a notebook once" if student == "emil" and place == 0 else nbformat.writes(notebook)
            target = course.submitted / student / assignment_id / path.name
            target.parent.mkdir(parents=True)
            target.write_text(text, encoding="utf-8")
            written.append(target)
    return written


def _class(course: Course, assignment: Assignment, release: Any) -> list[tuple[str, Any]]:
    own = solutions(course, assignment)
    answers = read_answers(course.answers / assignment.id, assignment)
    wrong = [answer for answer in answers if answer.path.parent.name == "wrong"]
    right = [answer for answer in answers if answer.path.parent.name == "right"]
    stub: dict[str, str] = {}
    return [
        ("ada", hand_in(release, own)),
        ("ben", hand_in_answer(release, wrong[0], own) if wrong else hand_in(release, own)),
        ("cleo", hand_in_answer(release, right[0], own) if right else hand_in(release, own)),
        ("dara", hand_in(release, stub)),
        ("emil", hand_in_answer(release, wrong[-1], own) if wrong else hand_in(release, stub)),
    ]
