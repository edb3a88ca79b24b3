"""Answers beside their cells, pictures in texts, and files that are not what they should be."""

from __future__ import annotations

import base64
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat import v4
from nbgrader.utils import compute_checksum

from chainrule.course import Course
from chainrule.engine.cells import notes
from chainrule.engine.elsewhere import note_answers_elsewhere, oddity
from chainrule.engine.intake import Submission, rebuilt_from
from chainrule.engine.pictures import pictures_in

SQUARE = "def square(x):\n    return x * x"
TOTAL = "def total(numbers):\n    return sum(map(square, numbers))"


@pytest.fixture(scope="module")
def release(released_course: Course) -> Any:
    """What students got; copy before changing it."""
    return nbformat.read(released_course.release / "small" / "small.ipynb", as_version=4)


@pytest.fixture(scope="module")
def source(released_course: Course, release: Any) -> Any:
    """The instructor's notebook, with the checksums of the released cells in it, as the gradebook has them."""
    notebook = nbformat.read(released_course.source / "small" / "small.ipynb", as_version=4)
    released = {cell.id: cell for cell in release.cells}
    for cell in notebook.cells:
        if "nbgrader" in cell.metadata:
            cell.metadata.nbgrader["checksum"] = compute_checksum(released[cell.id])
    return notebook


def submitted(release: Any, answers: dict[str, str], *inserted: tuple[str, Any]) -> Any:
    """The release with answers by id, and cells put behind others."""
    notebook = nbformat.from_dict(release)
    for cell in notebook.cells:
        cell.source = answers.get(cell.id, cell.source)
    for after, cell in inserted:
        place = [cell.id for cell in notebook.cells].index(after)
        notebook.cells.insert(place + 1, cell)
    return notebook


def graded(source: Any, notebook: Any, beside: dict[str, Path] | None = None) -> tuple[Any, Submission]:
    """What would be graded of it."""
    submission = Submission.of(source, notebook, beside)
    rebuilt = rebuilt_from(submission)
    note_answers_elsewhere(rebuilt, submission)
    return rebuilt, submission


def cell_of(notebook: Any, name: str) -> Any:
    (found,) = [cell for cell in notebook.cells if cell.id == name]
    return found


# Written answers beside their cells


@pytest.mark.parametrize(
    ("after", "cell"),
    [
        ("essay", v4.new_markdown_cell("Because of THE POINT.")),
        ("essay-marking", v4.new_markdown_cell("Because of THE POINT.")),
        ("essay", v4.new_raw_cell("Because of THE POINT.")),
        ("essay", v4.new_code_cell("# Because of THE POINT.")),
        ("essay", v4.new_code_cell('"""Because of THE POINT."""')),
        ("essay", v4.new_code_cell("Because squares of sides add up: THE POINT.")),
        ("end-text-1", v4.new_markdown_cell("Because of THE POINT.")),
    ],
    ids=["below", "after the marks", "raw", "comment", "string", "words in a code cell", "above"],
)
def test_a_written_answer_beside_its_cell_goes_to_a_person(source: Any, release: Any, after: str, cell: Any) -> None:
    """Where its own cell is empty, the answer's cell shows what was written around it."""
    ids = [each.id for each in release.cells]
    after = after if after in ids else ids[ids.index("essay") - 1]

    rebuilt, _ = graded(source, submitted(release, {}, (after, nbformat.from_dict(cell))))

    essay = cell_of(rebuilt, "essay")
    assert "THE POINT." in essay.source
    assert notes(essay).get("elsewhere")


def test_an_answer_in_a_cell_that_was_deleted_and_written_anew(source: Any, release: Any) -> None:
    """A new text in the place of a deleted cell is the answer."""
    notebook = submitted(release, {}, ("essay", v4.new_markdown_cell("THE POINT.")))
    notebook.cells.remove(cell_of(notebook, "essay"))

    rebuilt, _ = graded(source, notebook)

    assert "THE POINT." in cell_of(rebuilt, "essay").source


def test_no_answer_is_no_answer(source: Any, release: Any) -> None:
    """Code, and notes at another question, are no written answer."""
    code = v4.new_code_cell("x = 1\nprint(x)")
    note = v4.new_markdown_cell("A note.")

    rebuilt, _ = graded(source, submitted(release, {}, ("essay", code), ("square-text-1", note)))

    assert cell_of(rebuilt, "essay").source == cell_of(release, "essay").source
    assert not notes(cell_of(rebuilt, "essay")).get("elsewhere")


def test_an_answer_in_its_cell_stays_alone_there(source: Any, release: Any) -> None:
    """Who answered in the cell, and noted something below it, has the answer marked."""
    note = v4.new_markdown_cell("A note.")

    rebuilt, _ = graded(source, submitted(release, {"essay": "My answer."}, ("essay", note)))

    assert cell_of(rebuilt, "essay").source == "My answer."


# Code beside its cells


def test_an_answer_in_a_check_cell_is_named(source: Any, release: Any) -> None:
    """Checks are replaced when graded: the note says where the answer stands."""
    check = SQUARE + "\n\n" + cell_of(release, "square").source

    rebuilt, _ = graded(source, submitted(release, {"square": check}))

    assert "`square` stands in the check cell `square`" in notes(cell_of(rebuilt, "square-solution"))["elsewhere"]


def test_answers_in_one_last_cell_are_named(source: Any, release: Any) -> None:
    """All answers at the end, with the stubs left: the note says where."""
    last = release.cells[-1].id
    notebook = submitted(release, {}, (last, v4.new_code_cell(SQUARE + "\n\n" + TOTAL)))

    rebuilt, _ = graded(source, notebook)

    assert "stands in a cell of your own" in notes(cell_of(rebuilt, "square-solution"))["elsewhere"]


# Own cells keep their places


def test_own_cells_below_a_pasted_copy_stay_there(source: Any, release: Any) -> None:
    """An answer below a second copy of the course's first cell runs after the stub, not before everything."""
    first = nbformat.from_dict({**cell_of(release, "opening-given-1"), "id": "pasted", "metadata": {}})
    answer = v4.new_code_cell(SQUARE)
    notebook = submitted(release, {}, ("square-solution", answer), ("square-solution", first))

    rebuilt, _ = graded(source, notebook)

    ids = [cell.id for cell in rebuilt.cells]
    (own,) = [cell for cell in rebuilt.cells if notes(cell).get("own")]
    assert ids[ids.index(own.id) - 1] == "square-solution"


def test_own_cells_below_a_moved_cell_of_the_course_stay_there(source: Any, release: Any) -> None:
    """A cell of the course that was moved takes nothing with it."""
    notebook = submitted(release, {}, ("square-solution", v4.new_code_cell(SQUARE)))
    moved = cell_of(notebook, "opening-given-2")
    notebook.cells.remove(moved)
    notebook.cells.insert([cell.id for cell in notebook.cells].index("square-solution") + 1, moved)

    rebuilt, _ = graded(source, notebook)

    ids = [cell.id for cell in rebuilt.cells]
    (own,) = [cell for cell in rebuilt.cells if notes(cell).get("own")]
    assert ids[ids.index(own.id) - 1] == "square-solution"


# Odd files


def filled(release: Any) -> Any:
    return submitted(release, {"square-solution": SQUARE, "total-solution": TOTAL})


def another(release: Any) -> Any:
    """Another assignment's notebook: cells of other names and texts."""
    notebook = filled(release)
    for number, cell in enumerate(notebook.cells):
        cell.id = f"other-{number}"
        cell.source += "\n# of another assignment"
        if "nbgrader" in cell.metadata:
            cell.metadata.nbgrader.grade_id = f"other-{number}"
    return notebook


def none_of_it(release: Any) -> Any:
    """A notebook of the student's own, without any cell of the course."""
    return v4.new_notebook(cells=[v4.new_code_cell("import math\nprint(math.pi)"), v4.new_markdown_cell("Hello.")])


ODD: dict[str, tuple[Callable[[Any], Any], tuple[str, ...], str]] = {
    "no cells": (lambda release: v4.new_notebook(), (), "holds no cells"),
    "empty cells": (
        lambda release: v4.new_notebook(cells=[v4.new_code_cell("") for _ in range(3)]),
        (),
        "holds no cells",
    ),
    "another assignment": (another, (), "another assignment's notebook"),
    "something else": (none_of_it, (), "holds 0 of the"),
    "blank, with a copy": (lambda release: release, ("small (1).ipynb",), "beside it lies 'small (1).ipynb'"),
    "blank, with a copy in a folder": (lambda release: release, ("x/Copy_of_small.ipynb",), "'Copy_of_small.ipynb'"),
    "blank": (lambda release: release, (), ""),
    "filled": (filled, (), ""),
    "filled, with a copy": (filled, ("small-Copy1.ipynb",), ""),
}


@pytest.mark.parametrize(("make", "beside", "words"), ODD.values(), ids=ODD.keys())
def test_a_file_that_is_odd_is_told_of(
    source: Any,
    release: Any,
    released_course: Course,
    tmp_path: Path,
    make: Any,
    beside: tuple[str, ...],
    words: str,
) -> None:
    """A result of about nothing, of a file that is odd, goes to a person with what was seen; an honest one does not."""
    for name in beside:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("{}")
    rebuilt, submission = graded(source, nbformat.from_dict(make(release)))

    found = oddity(rebuilt, submission, tmp_path, released_course.source / "small" / "small.ipynb")

    assert (words in found) if words else (found == "")


# Pictures


def picture(kind: str = "PNG", size: tuple[int, int] = (20, 10)) -> str:
    from PIL import Image

    file = io.BytesIO()
    Image.effect_noise(size, 80).convert("RGB").save(file, kind)
    return base64.b64encode(file.getvalue()).decode()


@pytest.mark.parametrize(
    ("text", "attachments"),
    [
        ("![photo.png](attachment:photo.png)", {"photo.png": {"image/png": picture()}}),
        ("![x](<attachment:my photo (1).png>)", {"my photo (1).png": {"image/png": picture()}}),
        ("![x](attachment:my%20photo.png)", {"my photo.png": {"image/png": picture()}}),
        ('<img src="attachment:photo.jpg" width="300"/>', {"photo.jpg": {"image/jpeg": picture("JPEG")}}),
        (f"![x](data:image/png;base64,{picture()})", {}),
        (f'<img alt="x" src="data:image/jpeg;base64,{picture("JPEG")}" width=30>', {}),
        (f"![x](data:image/gif;base64,{picture('GIF')})", {}),
        ("![x](beside.png)", {}),
        (f"![x](data:image/png;base64,{picture(size=(900, 700))})", {}),
    ],
    ids=["attachment", "odd name", "escaped", "tag", "data", "tag with data", "gif", "beside", "of 1.9 MB"],
)
@pytest.mark.parametrize("place", ["essay", "own"])
def test_a_picture_of_a_text_arrives(
    source: Any, release: Any, tmp_path: Path, place: str, text: str, attachments: Any
) -> None:
    """It is attached to the cell under a plain name, checked, with all the words around it."""
    (tmp_path / "beside.png").write_bytes(base64.b64decode(picture()))
    notebook = submitted(release, {"essay": "An answer."}, ("square", v4.new_markdown_cell("x", id="mine")))
    cell = cell_of(notebook, "essay" if place == "essay" else "mine")
    cell.source = f"Look: {text} THE POINT."
    cell["attachments"] = nbformat.from_dict(attachments)

    rebuilt, _ = graded(source, notebook, pictures_in(tmp_path))

    (found,) = [cell for cell in rebuilt.cells if "THE POINT." in cell.source]
    ((name, data),) = found.attachments.items()
    assert f"(attachment:{name})" in found.source or f"(<attachment:{name}>)" in found.source
    assert next(iter(data)) in ("image/png", "image/jpeg")
    assert len(found.source) < 200
    nbformat.validate(rebuilt)


@pytest.mark.parametrize(
    ("text", "attachments"),
    [
        ("![photo.png](attachment:photo.png)", {}),
        ("![x](attachment:x.svg)", {"x.svg": {"image/svg+xml": "<svg onload='x()'/>"}}),
        ("![x](attachment:x.png)", {"x.png": {"image/png": "no picture"}}),
        ("![x](data:image/svg+xml;base64,PHN2Zy8+)", {}),
        ("![x](attachment:x.png)", {"x.png": None}),
    ],
    ids=["colab dropped it", "svg", "broken", "svg address", "null"],
)
def test_a_picture_that_cannot_be_shown_is_named(source: Any, release: Any, text: str, attachments: Any) -> None:
    """The text says that there was one; everything else of it stays."""
    notebook = submitted(release, {"essay": f"Look: {text} THE POINT."})
    cell_of(notebook, "essay")["attachments"] = nbformat.from_dict(attachments)

    rebuilt, _ = graded(source, notebook)

    essay = cell_of(rebuilt, "essay")
    assert "not handed in, or cannot be shown" in essay.source
    assert essay.source.endswith("THE POINT.")
    assert not essay.get("attachments")
