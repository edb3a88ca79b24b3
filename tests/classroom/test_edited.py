"""Who edits a check and grades at once is told that the class is graded with what was released."""

from __future__ import annotations

import pytest

from chainrule.authoring.build import build
from chainrule.authoring.stamps import texts_not_built
from chainrule.classroom.self_tests import Findings
from chainrule.course import Course
from chainrule.engine.autograde import edited_cells
from chainrule.nbgrader_course import nbgrader_api

GRADED, EDITED = "ask(square, 3.0), 9.0", "ask(square, 3.0), 10.0"


def test_cells_that_the_gradebook_has_otherwise_are_named(class_copy: Course) -> None:
    """An edit of the instructor's notebook, like a gradebook from before a release, leaves the two apart."""
    assert edited_cells(nbgrader_api(class_copy), "small", "small") == []
    path = class_copy.source / "small" / "small.ipynb"
    path.write_text(path.read_text().replace(GRADED, EDITED))

    assert edited_cells(nbgrader_api(class_copy), "small", "small") == ["square"]


def test_what_is_said_of_them_names_the_next_step() -> None:
    """The author reads which cells, and what to run; of an assignment as it was released, nothing is said."""
    (line,) = Findings("small", edited=("square", "total")).told()

    assert line.startswith("small: square, total: ")
    assert "`chainrule build`" in line
    assert "`nbgrader generate_assignment small`" in line
    assert Findings("small").told() == []


def test_a_text_that_was_edited_counts_as_not_built_until_it_is(
    class_copy: Course, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`chainrule grade` says so, and the next build ends it."""
    from chainrule.cli import main

    build(class_copy, "small")
    assert texts_not_built(class_copy) == []
    path = class_copy.assignments / "small" / "notebook.py"
    path.write_text(path.read_text().replace(GRADED, EDITED))
    monkeypatch.chdir(class_copy.root)

    assert texts_not_built(class_copy) == ["small"]
    main(["grade", "--quiet", "--no-feedback", "--student", "ada"])
    assert "small: its text in assignments/ has changed since it was built" in capsys.readouterr().err
    build(class_copy, "small")
    assert texts_not_built(class_copy) == []
