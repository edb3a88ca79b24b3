"""Reading the text of an assignment: what is understood, and what is reported to its author."""

from pathlib import Path

import pytest

from chainrule.authoring.assignment import AssignmentError, Kind, Problem, read_assignment
from chainrule.course import Course

MISTAKES = sorted(Path(__file__).with_name("mistakes").glob("*.py"))
HEADER = "# ---\n# jupyter:\n#   chainrule:\n#     title: T\n# ---\n\n"


def expected(text: str) -> list[tuple[int, str]]:
    """What a file says about itself: a comment `#: words` is about the cell that begins above it."""
    found, cell = [], 0
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("# %%"):
            cell = number
        elif line.startswith("#: "):
            found.append((cell, line.removeprefix("#: ")))
    return found


def problems_of(folder: Path, text: str) -> list[Problem]:
    """The problems that reading `text` as an assignment reports."""
    folder.mkdir(exist_ok=True)
    (folder / "notebook.py").write_text(text, encoding="utf-8")
    with pytest.raises(AssignmentError) as error:
        read_assignment(folder)
    return error.value.problems


@pytest.mark.parametrize("path", MISTAKES, ids=lambda path: path.stem)
def test_an_authors_mistakes_are_all_reported_each_with_its_line(path: Path, tmp_path: Path) -> None:
    """Every mistake in a file is named in its cell's line, in one report, and nothing else is."""
    text = path.read_text(encoding="utf-8")

    problems = problems_of(tmp_path, text)

    assert expected(text), "the file should say what is wrong with it"
    for line, words in expected(text):
        assert any(problem.line == line and words in problem.text for problem in problems), (line, words)
    assert len(problems) == len(expected(text)), "\n".join(map(str, problems))


def test_a_report_has_one_line_a_problem_with_file_and_line(tmp_path: Path) -> None:
    """An editor can jump from `path:line: words` to the mistake, and the lines are in the order of the file."""
    (tmp_path / "notebook.py").write_text(HEADER + "# %% one\n\n# %% two\n", encoding="utf-8")

    with pytest.raises(AssignmentError) as error:
        read_assignment(tmp_path)

    first, second = str(error.value).splitlines()
    assert first.startswith(f"{tmp_path / 'notebook.py'}:7: unknown marker `one`")
    assert second.startswith(f"{tmp_path / 'notebook.py'}:9: unknown marker `two`")


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("", "has no `jupyter: chainrule: title:`"),
        ("# ---\n# jupyter:\n#   jupytext: {}\n# ---\n", "has no `jupyter: chainrule: title:`"),
        ("# ---\n# jupyter:\n#   chainrule:\n# ---\n", "has no `jupyter: chainrule: title:`"),
        ("# ---\n# jupyter:\n#   chainrule: T\n# ---\n", "has no `jupyter: chainrule: title:`"),
        ("# ---\n# jupyter:\n#   chainrule: {title: 5}\n# ---\n", "has no `jupyter: chainrule: title:`"),
        (
            "# ---\n# jupyter:\n#   chainrule: {title: T, files: a.csv}\n# ---\n",
            "`files:` in the header should be a list",
        ),
        (
            "# ---\n# jupyter:\n#   chainrule: {title: T, files: [1]}\n# ---\n",
            "`files:` in the header should be a list",
        ),
        ("# ---\n# jupyter:\n#   chainrule: {title: [T}\n# ---\n", "the header cannot be read"),
        ("# ---\n# jupyter:\n#   kernelspec: {name: python3}\n# ---\n", "the header cannot be read"),
    ],
    ids=[
        "none",
        "no chainrule",
        "empty",
        "text",
        "number",
        "files is text",
        "files are numbers",
        "not YAML",
        "not a kernel",
    ],
)
def test_a_mistake_in_the_header_is_reported_in_the_first_line(tmp_path: Path, header: str, words: str) -> None:
    """A header without a title, or that cannot be read, is a problem of line 1."""
    (problem,) = problems_of(tmp_path, f"{header}# %%\nx = 1\n")

    assert problem.line == 1
    assert words in problem.text


@pytest.mark.parametrize("text", ["x = 1\n\n", "# A comment.\n\n"], ids=["code", "comment"])
def test_text_before_the_first_cell_is_reported(tmp_path: Path, text: str) -> None:
    """Text between the header and the first cell would become a cell that nobody marked."""
    (problem,) = problems_of(tmp_path, f"{HEADER}{text}# %%\nx = 1\n")

    assert problem.line == 9
    assert "text before the first `# %%`" in problem.text


def test_the_start_of_a_cell_inside_a_string_is_reported(tmp_path: Path) -> None:
    """A `# %%` within a string starts no cell, so the lines of later cells would be wrong."""
    (problem,) = problems_of(tmp_path, HEADER + '# %%\nx = """\n# %%\n"""\n')

    assert "or one inside a string" in problem.text


def test_a_folder_without_a_text_is_reported(tmp_path: Path) -> None:
    """An assignment's folder must hold a notebook.py, and the message names the path."""
    with pytest.raises(AssignmentError, match=r"nothing/notebook\.py:1: there is no such file"):
        read_assignment(tmp_path / "nothing")


def test_each_marker_gives_its_kind(small_course: Course) -> None:
    """The small course's text reads as one cell of each kind, with id, points, options and line."""
    assignment = read_assignment(small_course.assignments / "small")
    text = (small_course.assignments / "small" / "notebook.py").read_text(encoding="utf-8").splitlines()

    assert {cell.kind for cell in assignment.cells} == set(Kind)
    assert assignment.id == "small"
    assert assignment.title == "A small assignment"
    assert assignment.files == ("numbers.csv",)
    assert assignment.solutions == ("square", "total")
    assert assignment.checks == ("square", "total-data", "total-empty")
    assert {cell.name: cell.points for cell in assignment.cells if cell.points} == {
        "square": 2.0,
        "total-data": 1.0,
        "total-empty": 0.5,
        "essay": 3.0,
    }
    assert assignment.cells[1].options == {"include": "checkkit"}
    assert all(text[cell.line - 1].startswith("# %%") for cell in assignment.cells)


@pytest.mark.parametrize("change", [lambda text: "\ufeff" + text, lambda text: text.replace("\n", "\r\n")])
def test_an_editors_byte_order_mark_or_line_ends_change_nothing(small_course: Course, change: object) -> None:
    """A text saved on Windows reads as the same assignment."""
    path = small_course.assignments / "small" / "notebook.py"
    before = read_assignment(path.parent)

    path.write_bytes(change(path.read_text(encoding="utf-8")).encode("utf-8"))  # type: ignore[operator]

    assert read_assignment(path.parent) == before
