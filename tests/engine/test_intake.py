"""Intake: whatever a student handed in becomes the instructor's notebook with the student's answers."""

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from nbformat import v4
from nbgrader.nbgraderformat import MetadataValidator

from chainrule.course import Course
from chainrule.engine.cells import is_check, is_open, is_solution
from chainrule.engine.intake import MOST_CELL_BYTES, rebuild
from chainrule.engine.reading import MOST_BYTES, MOST_CELLS, SubmissionRefused, read_submission

SQUARE = "def square(x):\n    return x**2  # mine"
TOTAL = "def total(numbers):\n    return sum(n * n for n in numbers)  # mine"
ESSAY = "Because Pythagoras said so."
ANSWERS = {"square-solution": SQUARE, "total-solution": TOTAL, "essay": ESSAY}
BADGE = '<a href="https://colab.research.google.com/github/x" target="_parent"><img src="https://colab.research.google.com/assets/colab-badge.svg" alt="Open In Colab"/></a>'  # noqa: E501


@pytest.fixture(scope="module")
def source(released_course: Course) -> Any:
    """The instructor's notebook; tests do not change it."""
    return nbformat.read(released_course.source / "small" / "small.ipynb", as_version=4)


@pytest.fixture
def handed_in(released_course: Course) -> Any:
    """The release notebook, filled in; for the test to mangle."""
    notebook = nbformat.read(released_course.release / "small" / "small.ipynb", as_version=4)
    for name, text in ANSWERS.items():
        cell_of(notebook, name).source = text
    return notebook


def cell_of(notebook: Any, name: str) -> Any:
    """The cell of that id."""
    (found,) = (cell for cell in notebook.cells if cell.get("id") == name)
    return found


def insert(notebook: Any, after: str, cell: Any) -> Any:
    """Put a cell behind the one of that id."""
    notebook.cells.insert(notebook.cells.index(cell_of(notebook, after)) + 1, cell)
    return cell


def delete(notebook: Any, name: str) -> None:
    """Take away the cell of that id."""
    notebook.cells.remove(cell_of(notebook, name))


def texts(notebook: Any) -> dict[str, str]:
    """The text of every cell by its id."""
    return {cell.id: cell.source for cell in notebook.cells}


def owned(notebook: Any) -> list[tuple[str, str]]:
    """The student's own cells, each with the id of the cell before it."""
    cells = notebook.cells
    return [
        (cells[i - 1].id, cell.source) for i, cell in enumerate(cells) if "own" in cell.metadata.get("chainrule", {})
    ]


def assert_sound(source: Any, rebuilt: Any) -> None:
    """The result is valid for nbformat 4.5 and nbgrader, and all that is not the student's is the instructor's."""
    nbformat.validate(rebuilt)
    MetadataValidator().validate_nb(rebuilt)
    ids = [cell.id for cell in rebuilt.cells]
    assert (rebuilt.nbformat, rebuilt.nbformat_minor) == (4, 5)
    assert len(set(ids)) == len(ids)
    assert rebuilt.metadata == source.metadata
    course = [cell for cell in rebuilt.cells if "own" not in cell.metadata.get("chainrule", {})]
    assert [cell.id for cell in course] == [cell.id for cell in source.cells]
    for mine, theirs in zip(source.cells, course, strict=True):
        assert theirs.cell_type == mine.cell_type
        assert theirs.metadata == mine.metadata
        if not (is_solution(mine) or is_open(mine)):
            assert theirs.source == mine.source
        assert not theirs.get("outputs") and not theirs.get("execution_count")
        assert not theirs.get("attachments")


# What comes out of an ordinary submission


def test_answers_go_into_the_instructors_notebook(source: Any, handed_in: Any) -> None:
    """The result is the source with hidden tests, and the student's text in the solution cells."""
    rebuilt = rebuild(source, handed_in)

    assert_sound(source, rebuilt)
    assert {name: texts(rebuilt)[name] for name in ANSWERS} == ANSWERS
    assert "BEGIN HIDDEN TESTS" in texts(rebuilt)["square"]
    assert owned(rebuilt) == []


def test_neither_notebook_is_changed(source: Any, handed_in: Any) -> None:
    """Rebuilding makes a new notebook and leaves both of those that it is given as they were."""
    before = copy.deepcopy((source, handed_in))

    rebuild(source, handed_in)

    assert (source, handed_in) == before


def retype(notebook: Any) -> None:
    """Make check cells prose."""
    for name in ("square", "total-data"):
        cell_of(notebook, name).cell_type = "markdown"


def tag(notebook: Any) -> None:
    """Tag checks so that a grader would skip them, and give them other points."""
    cell_of(notebook, "square").metadata["tags"] = ["skip-execution", "raises-exception"]
    cell_of(notebook, "square").metadata.nbgrader.points = 1000
    notebook.metadata["kernelspec"] = {"name": "cheat", "display_name": "Cheat", "language": "python"}


def swap_ids(notebook: Any) -> None:
    """Give a check the grade_id of another."""
    cell_of(notebook, "square").metadata.nbgrader.grade_id = "total-data"


CHECK_ATTACKS: dict[str, Callable[[Any], Any]] = {
    "edited": lambda notebook: cell_of(notebook, "square").update(source="pass"),
    "emptied": lambda notebook: cell_of(notebook, "square").update(source=""),
    "duplicated": lambda notebook: insert(notebook, "total-data", copy.deepcopy(cell_of(notebook, "square"))),
    "duplicated and edited": lambda notebook: insert(
        notebook, "square", {**copy.deepcopy(cell_of(notebook, "square")), "source": "print('full marks')"}
    ),
    "deleted": lambda notebook: delete(notebook, "square"),
    "all deleted": lambda notebook: [delete(notebook, name) for name in ("square", "total-data", "total-empty")],
    "retyped": retype,
    "tagged": tag,
    "renamed": swap_ids,
    "moved to the top": lambda notebook: notebook.cells.insert(0, notebook.cells.pop(8)),
    "run": lambda notebook: cell_of(notebook, "square").update(outputs=["anything"], execution_count=7),
}


@pytest.mark.parametrize("attack", CHECK_ATTACKS.values(), ids=CHECK_ATTACKS.keys())
def test_what_a_student_does_to_checks_changes_nothing(
    source: Any, handed_in: Any, attack: Callable[[Any], Any]
) -> None:
    """Edited, duplicated, deleted, re-typed, tagged or moved check cells come out as in the source."""
    as_submitted = nbformat.from_dict(handed_in)
    attack(as_submitted)
    as_submitted = nbformat.from_dict(as_submitted)

    rebuilt = rebuild(source, as_submitted)

    assert_sound(source, rebuilt)
    assert {name: texts(rebuilt)[name] for name in ANSWERS} == ANSWERS
    assert [cell.source for cell in rebuilt.cells if is_check(cell)] == [c.source for c in source.cells if is_check(c)]
    assert "full marks" not in "".join(texts(rebuilt).values())


@pytest.mark.parametrize("name", ["opening-given-1", "opening-given-2", "total-run-1"])
def test_locked_code_comes_from_the_source(source: Any, handed_in: Any, name: str) -> None:
    """Course code that a student changed, even if only its constants, is the course's again."""
    cell_of(handed_in, name).source = "NUMBERS = [0.0]"

    assert_sound(source, rebuild(source, handed_in))


# How cells are found


def forget_nbgrader(cell: Any) -> None:
    """Take nbgrader's metadata away."""
    cell.metadata.pop("nbgrader", None)


def forget_ids(cell: Any) -> None:
    """Take both nbgrader's metadata and the id away."""
    cell.metadata = nbformat.from_dict({})
    cell.pop("id", None)


def into_metadata(cell: Any) -> None:
    """Leave only the id, where Colab puts it in older formats."""
    cell.metadata = nbformat.from_dict({"id": cell.pop("id")})


@pytest.mark.parametrize("forget", [forget_nbgrader, forget_ids, into_metadata])
def test_a_submission_without_metadata_keeps_its_answers(
    source: Any, handed_in: Any, forget: Callable[[Any], None]
) -> None:
    """Cells are found by grade_id, else by cell id, else by what they define, or by their text."""
    for cell in handed_in.cells:
        forget(cell)

    rebuilt = rebuild(source, handed_in)

    assert_sound(source, rebuilt)
    assert {name: texts(rebuilt)[name] for name in ANSWERS} == ANSWERS
    assert owned(rebuilt) == []


def test_an_answer_with_a_mistake_of_syntax_is_found_by_its_def(source: Any, handed_in: Any) -> None:
    """A cell that cannot be parsed still names the function that it wants to define."""
    broken = "def square(x)\n    return x * x"
    cell_of(handed_in, "square-solution").source = broken
    for cell in handed_in.cells:
        forget_ids(cell)

    assert texts(rebuild(source, handed_in))["square-solution"] == broken


def test_a_written_answer_without_metadata_is_the_text_between_its_neighbours(source: Any, handed_in: Any) -> None:
    """Where nothing names the written answer, it is found between the two cells that it stands between."""
    forget_ids(cell_of(handed_in, "essay"))
    insert(handed_in, "square-text-1", v4.new_markdown_cell("A note elsewhere.", id="note"))

    rebuilt = rebuild(source, handed_in)

    assert texts(rebuilt)["essay"] == ESSAY
    assert owned(rebuilt) == [("square-text-1", "A note elsewhere.")]


def test_moved_cells_come_back_to_their_places(source: Any, handed_in: Any) -> None:
    """A student who turned the whole notebook round gets it back in order."""
    handed_in.cells.reverse()

    rebuilt = rebuild(source, handed_in)

    assert_sound(source, rebuilt)
    assert {name: texts(rebuilt)[name] for name in ANSWERS} == ANSWERS


def test_a_deleted_answer_is_not_implemented(source: Any, handed_in: Any) -> None:
    """Without its cell a question fails by NotImplementedError, and never gets the instructor's solution."""
    delete(handed_in, "square-solution")
    delete(handed_in, "essay")

    rebuilt = rebuild(source, handed_in)

    assert_sound(source, rebuilt)
    assert texts(rebuilt)["square-solution"].endswith("raise NotImplementedError()")
    assert texts(rebuilt)["essay"] == ""


def test_an_empty_submission_gives_no_solution_away(source: Any) -> None:
    """A notebook without cells is graded as one in which nothing was answered."""
    rebuilt = rebuild(source, v4.new_notebook())

    assert_sound(source, rebuilt)
    for hidden in ("quadrate", "sum(square", "model answer"):
        assert hidden not in "".join(texts(rebuilt).values())


def test_a_second_copy_of_an_answer_runs_as_the_students_own_cell(source: Any, handed_in: Any) -> None:
    """The first copy fills the cell; the second is kept behind it, so what was defined last still counts."""
    second = copy.deepcopy(cell_of(handed_in, "square-solution"))
    second.source = "def square(x):\n    return 'second'"
    insert(handed_in, "square-solution", second)

    rebuilt = rebuild(source, handed_in)

    assert_sound(source, rebuilt)
    assert texts(rebuilt)["square-solution"] == SQUARE
    assert owned(rebuilt) == [("square-solution", second.source)]


# The student's own cells


def test_own_cells_stay_in_order_and_in_their_places(source: Any, handed_in: Any) -> None:
    """Code and text that the student added follow the cells that they followed; empty cells go."""
    insert(handed_in, "square", v4.new_code_cell("third = 3", id="x"))
    insert(handed_in, "square-text-1", v4.new_markdown_cell("My note.", id="b"))
    insert(handed_in, "square-text-1", v4.new_code_cell("import math", id="a", metadata={"tags": ["skip-execution"]}))
    insert(handed_in, "essay-marking", v4.new_code_cell("last = 1", id="z"))
    insert(handed_in, "square", v4.new_code_cell(" \n", id="empty"))
    handed_in.cells.insert(0, v4.new_code_cell("first = 1", id="own-3"))

    rebuilt = rebuild(source, handed_in)

    assert_sound(source, rebuilt)
    assert [text for _, text in owned(rebuilt)] == ["first = 1", "import math", "My note.", "third = 3", "last = 1"]
    assert rebuilt.cells[0].source == "first = 1"
    assert dict(owned(rebuilt)[1:]) == {
        "square-text-1": "import math",
        "own-1": "My note.",
        "square": "third = 3",
        "essay-marking": "last = 1",
    }
    assert all(cell.metadata == {"chainrule": {"own": True}} for cell in rebuilt.cells if cell.id.startswith("own-"))


def test_an_empty_cell_is_no_copy_of_an_empty_cell_of_the_course(source: Any, handed_in: Any) -> None:
    """An empty cell that the student left behind does not move the cells that follow it."""
    with_empty = copy.deepcopy(source)
    cell_of(with_empty, "total-run-1").source = ""
    insert(handed_in, "square-text-1", v4.new_code_cell("helper = 1", id="a"))
    insert(handed_in, "square-text-1", v4.new_code_cell("", id="empty"))

    assert owned(rebuild(with_empty, handed_in)) == [("square-text-1", "helper = 1")]


@pytest.mark.parametrize("forget", [lambda cell: None, forget_nbgrader], ids=["whole", "without nbgrader"])
def test_what_students_write_into_a_free_cell_is_kept(
    source: Any, handed_in: Any, forget: Callable[[Any], None]
) -> None:
    """A free cell is theirs: a helper that stands in it is there when their solution calls it."""
    cell_of(handed_in, "opening-free-1").source = "def helper(x):\n    return x * x"
    for cell in handed_in.cells:
        forget(cell)

    rebuilt = rebuild(source, handed_in)

    assert_sound(source, rebuilt)
    assert texts(rebuilt)["opening-free-1"] == "def helper(x):\n    return x * x"


def test_notes_in_prose_are_kept_behind_the_prose(source: Any, handed_in: Any) -> None:
    """A text of the course that a student wrote into comes back, and their version stands behind it."""
    cell_of(handed_in, "square-text-1").source += "\n\nNote to self: two factors."
    cell_of(handed_in, "essay-marking").source = ""

    rebuilt = rebuild(source, handed_in)

    assert_sound(source, rebuilt)
    (note,) = owned(rebuilt)
    assert note[0] == "square-text-1"
    assert note[1].endswith("Note to self: two factors.")


def test_outputs_and_attachments_go(source: Any, handed_in: Any) -> None:
    """Nothing that a cell showed or carried goes on to the grader."""
    for cell in handed_in.cells:
        if cell.cell_type == "code":
            cell.outputs = [v4.new_output("stream", text="SHOWN")]
            cell.execution_count = 3
        else:
            cell["attachments"] = {"a.png": {"image/png": "CARRIED"}}
    insert(
        handed_in,
        "square",
        copy.deepcopy(v4.new_code_cell("mine = 1", outputs=[v4.new_output("stream", text="SHOWN")])),
    )

    rebuilt = rebuild(source, handed_in)

    assert_sound(source, rebuilt)
    assert "SHOWN" not in json.dumps(rebuilt)
    assert "CARRIED" not in json.dumps(rebuilt)


def colab(notebook: Any) -> Any:
    """The notebook as Colab saves it."""
    cells = [{"cell_type": "markdown", "source": [BADGE], "metadata": {"id": "view-in-github", "colab_type": "text"}}]
    for cell in notebook.cells:
        identity = cell.pop("id")
        about = {**cell.metadata, "id": identity, "colab": {"base_uri": "https://localhost:8080/"}, "outputId": "x-1"}
        about["executionInfo"] = {"user": {"displayName": "Ada Lovelace", "userId": "1"}, "status": "ok"}
        cells.append({**cell, "metadata": about, "source": cell.source.splitlines(keepends=True)})
    about = {"colab": {"provenance": [], "include_colab_link": True}, "kernelspec": {"name": "python3"}}
    return {"nbformat": 4, "nbformat_minor": 0, "metadata": about, "cells": cells}


@pytest.mark.parametrize("with_grade_ids", [True, False])
def test_what_colab_made_of_a_notebook_is_undone(
    source: Any, handed_in: Any, tmp_path: Path, with_grade_ids: bool
) -> None:
    """The badge, Colab's metadata with the student's name, and the old format leave no trace."""
    mangled = colab(handed_in)
    if not with_grade_ids:
        for cell in mangled["cells"]:
            cell["metadata"].pop("nbgrader", None)
    path = tmp_path / "Copy_of_small.ipynb"
    path.write_text(json.dumps(mangled), encoding="utf-8")

    rebuilt = rebuild(source, read_submission(path))

    assert_sound(source, rebuilt)
    assert {name: texts(rebuilt)[name] for name in ANSWERS} == ANSWERS
    assert owned(rebuilt) == []
    assert "Lovelace" not in json.dumps(rebuilt)


def test_an_older_course_without_cell_ids_gets_ids(source: Any, handed_in: Any) -> None:
    """A source of nbformat 4.4 is rebuilt as 4.5, with ids from its grade_ids."""
    old = copy.deepcopy(source)
    old.nbformat_minor = 4
    for cell in old.cells:
        del cell["id"]

    rebuilt = rebuild(old, handed_in)

    nbformat.validate(rebuilt)
    assert rebuilt.nbformat_minor == 5
    assert texts(rebuilt)["square-solution"] == SQUARE
    assert len(set(texts(rebuilt))) == len(rebuilt.cells)


# Reading


def written(tmp_path: Path, content: bytes | str | dict[str, Any] | list[Any]) -> Path:
    """A submission of that content."""
    path = tmp_path / "small.ipynb"
    if isinstance(content, dict | list):
        content = json.dumps(content)
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return path


def with_cells(*cells: Any, **about: Any) -> dict[str, Any]:
    """A notebook of nbformat 4 with those cells."""
    return {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": list(cells), **about}


def code(text: Any, **about: Any) -> dict[str, Any]:
    """A code cell as it stands in a file."""
    return {"cell_type": "code", "source": text, "metadata": {}, "outputs": [], "execution_count": None, **about}


JUNK: dict[str, tuple[Any, str]] = {
    "empty": (b"", "is empty"),
    "blank": (b"  \n", "is not JSON"),
    "text": ("this was a notebook once", "is not JSON"),
    "cut short": (json.dumps(with_cells(code("x = 1")))[:60], "is not JSON"),
    "zip": (b"PK\x03\x04\x14\x00\x08\x08", "is not JSON"),
    "html": ("<!DOCTYPE html><html></html>", "is not JSON"),
    "endless brackets": ("[" * 100_000, "is not JSON"),
    "list": ([], "has no `nbformat` number"),
    "number": ("5", "has no `nbformat` number"),
    "null": ("null", "has no `nbformat` number"),
    "another JSON": ({"a": 1}, "has no `nbformat` number"),
    "nbformat in words": ({"nbformat": "four", "cells": []}, "has no `nbformat` number"),
    "nbformat 5": (with_cells(nbformat=5), "has nbformat 5; only versions 3 and 4 can be read"),
    "nbformat 2": ({"nbformat": 2, "worksheets": []}, "has nbformat 2"),
    "no cells": ({"nbformat": 4, "metadata": {}}, "has no list of cells"),
    "cells as a dict": (with_cells(cells={"a": 1}), "has no list of cells"),
    "6,000 cells": (with_cells(*[code("x = 1")] * 6000), f"has 6000 cells; at most {MOST_CELLS} are read"),
    "9 million lists": ("[" + "[]," * 9_000_000 + "1]", "would take up to"),
}


@pytest.mark.parametrize(("content", "words"), JUNK.values(), ids=JUNK.keys())
def test_junk_is_refused_with_the_files_name_and_a_reason(tmp_path: Path, content: Any, words: str) -> None:
    """A teacher who reads the message knows which file it is and what to tell the student."""
    with pytest.raises(SubmissionRefused) as refusal:
        read_submission(written(tmp_path, content))

    assert str(refusal.value).startswith("small.ipynb ")
    assert words in str(refusal.value)
    assert len(str(refusal.value)) < 400


def test_a_huge_file_is_refused_unread(tmp_path: Path) -> None:
    """The size is looked at before the file is opened."""
    path = tmp_path / "small.ipynb"
    with path.open("wb") as file:
        file.truncate(MOST_BYTES + 1)

    with pytest.raises(SubmissionRefused, match=r"^small\.ipynb has 100 MB; at most 100 MB are read"):
        read_submission(path)


def test_a_huge_cell_is_refused(source: Any) -> None:
    """A text of more than a megabyte is no answer, and would hold up whoever opens the page."""
    with pytest.raises(SubmissionRefused, match=r"a cell of 1\.0 MB \(it starts with 'xxx.*at most 1 MB are read"):
        rebuild(source, v4.new_notebook(cells=[v4.new_code_cell("x" * (MOST_CELL_BYTES + 1))]))


def test_a_course_may_have_its_data_in_a_cell(source: Any) -> None:
    """What its students hand in holds that cell again, whatever its size."""
    large = copy.deepcopy(source)
    large.cells.append(v4.new_code_cell("DATA = '" + "7" * MOST_CELL_BYTES + "'"))

    assert rebuild(large, copy.deepcopy(large)).cells[-1].source == large.cells[-1].source


ODD: dict[str, Any] = {
    "lines": code(["def square(x):\n", "    return 1\n"]),
    "no source": {"cell_type": "code", "metadata": {}},
    "null source": code(None),
    "number as source": code(7),
    "dict as source": code({"a": 1}),
    "lines that are numbers": code([1, None, "x"]),
    "no type": {"source": "x = 1"},
    "unknown type": code("x = 1", cell_type="heading"),
    "type is a list": code("x = 1", cell_type=["code"]),
    "raw": code("x = 1", cell_type="raw"),
    "null metadata": code("x = 1", metadata=None),
    "metadata is a list": code("x = 1", metadata=[1]),
    "nbgrader is text": code("x = 1", metadata={"nbgrader": "yes"}),
    "grade_id is a list": code("x = 1", metadata={"nbgrader": {"grade_id": ["square"]}}),
    "id is a list": code("x = 1", id=["square"]),
    "id is a dict": code("x = 1", id={"square": 1}),
    "id is a number": code("x = 1", id=7),
    "id is overlong": code("x = 1", id="x" * 1000),
    "metadata id is a dict": code("x = 1", metadata={"id": {}}),
    "half a surrogate": code("x = '\ud800'"),
    "nul": code("x = '\x00'"),
    "outputs are text": code("x = 1", outputs="none"),
    "no cell at all": 7,
    "null cell": None,
    "text for a cell": "x = 1",
}


@pytest.mark.parametrize("cell", ODD.values(), ids=ODD.keys())
def test_odd_cells_are_read_and_come_out_sound(source: Any, tmp_path: Path, cell: Any) -> None:
    """A cell of the wrong shape costs nothing but itself, and the result can be written to a file again."""
    right = code(SQUARE, metadata={"nbgrader": {"grade_id": "square-solution"}})

    rebuilt = rebuild(source, read_submission(written(tmp_path, with_cells(cell, right, cell))))
    nbformat.write(rebuilt, tmp_path / "rebuilt.ipynb")

    assert_sound(source, rebuilt)
    assert texts(rebuilt)["square-solution"] == SQUARE
    assert "None" not in [text for _, text in owned(rebuilt)]


def test_a_byte_order_mark_is_read_over(tmp_path: Path) -> None:
    """An editor on Windows may put a mark before the text."""
    path = written(tmp_path, b"\xef\xbb\xbf" + json.dumps(with_cells(code("x = 1"))).encode())

    assert read_submission(path).cells[0].source == "x = 1"


def test_nbformat_3_is_upgraded(source: Any, tmp_path: Path) -> None:
    """A notebook of an old Jupyter is read, and its answers are found by what they define."""
    old = {
        "nbformat": 3,
        "nbformat_minor": 0,
        "metadata": {"name": "small"},
        "worksheets": [{"cells": [{"cell_type": "code", "input": SQUARE, "language": "python", "outputs": []}]}],
    }

    rebuilt = rebuild(source, read_submission(written(tmp_path, old)))

    assert_sound(source, rebuilt)
    assert texts(rebuilt)["square-solution"] == SQUARE


# Whatever happens to the cells

LIMITS = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
DEEDS: dict[str, Callable[[list[Any], int], None]] = {
    "delete": lambda cells, i: cells.pop(i),
    "duplicate": lambda cells, i: cells.insert(i, copy.deepcopy(cells[i])),
    "move to the front": lambda cells, i: cells.insert(0, cells.pop(i)),
    "forget nbgrader": lambda cells, i: forget_nbgrader(cells[i]),
    "forget all": lambda cells, i: forget_ids(cells[i]),
    "empty": lambda cells, i: cells[i].update(source=""),
    "retype": lambda cells, i: cells[i].update(cell_type="markdown" if cells[i].cell_type == "code" else "code"),
    "add": lambda cells, i: cells.insert(i, v4.new_code_cell(f"mine_{i} = {i}")),
}
deeds = st.lists(st.tuples(st.sampled_from(sorted(DEEDS)), st.integers(0, 100)), max_size=25)


@LIMITS
@given(deeds=deeds)
@example(deeds=[("add", 0), ("add", 2), ("move to the front", 3)])
def test_no_mangling_harms_the_course_or_stops_the_class(
    source: Any, handed_in: Any, deeds: list[tuple[str, int]]
) -> None:
    """After any deletions, copies, moves and losses, all locked cells are the source's and rebuilding again is idle."""
    mangled = copy.deepcopy(handed_in)
    for deed, place in deeds:
        if mangled.cells:
            DEEDS[deed](mangled.cells, place % len(mangled.cells))

    rebuilt = rebuild(source, mangled)

    assert_sound(source, rebuilt)
    assert rebuild(source, rebuilt) == rebuilt


@LIMITS
@given(order=st.permutations(range(17)))
def test_answers_are_found_in_any_order(source: Any, handed_in: Any, order: list[int]) -> None:
    """Where the metadata is whole, no shuffling of the notebook loses an answer."""
    shuffled = v4.new_notebook(cells=[handed_in.cells[i] for i in order])

    rebuilt = rebuild(source, shuffled)

    assert_sound(source, rebuilt)
    assert {name: texts(rebuilt)[name] for name in ANSWERS} == ANSWERS


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
cell_keys = st.sampled_from(["cell_type", "source", "metadata", "id", "outputs"])
odd_cells = st.dictionaries(cell_keys, json_values) | json_values
odd_notebooks = st.fixed_dictionaries(
    {}, optional={"nbformat": st.integers(2, 5) | json_values, "cells": st.lists(odd_cells, max_size=4) | json_values}
)


@LIMITS
@given(content=st.one_of(odd_notebooks, json_values, odd_cells.map(lambda cell: with_cells(cell, cell))))
def test_any_json_is_rebuilt_or_refused(source: Any, tmp_path: Path, content: Any) -> None:
    """No content raises anything but SubmissionRefused."""
    path = written(tmp_path, json.dumps(content))

    try:
        rebuilt = rebuild(source, read_submission(path))
    except SubmissionRefused as refusal:
        assert str(refusal).startswith("small.ipynb ")
    else:
        assert_sound(source, rebuilt)


@LIMITS
@given(content=st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(tmp_path: Path, content: bytes) -> None:
    """A file of arbitrary bytes is refused by name, or is a notebook."""
    path = written(tmp_path, content)

    try:
        read_submission(path)
    except SubmissionRefused as refusal:
        assert str(refusal).startswith("small.ipynb ")
