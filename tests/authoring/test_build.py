"""Building: the same bytes every time, ids that stay, files that follow, and nothing hidden in a release."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from nbgrader.nbgraderformat import MetadataValidator

from chainrule.authoring.assignment import AssignmentError, Kind, read_assignment
from chainrule.authoring.build import build, named, source_notebook
from chainrule.authoring.inclusions import embed
from chainrule.course import Course, CourseError
from chainrule.engine.fingerprint import fingerprint

COMMAND = "import sys; from chainrule.cli import main; sys.exit(main())"


@pytest.fixture
def released_copy(released_course: Course, tmp_path: Path) -> Course:
    """The released course in another folder, for the test to change."""
    return Course(shutil.copytree(released_course.root, tmp_path / "copy"))


def chainrule(folder: Path, *arguments: str, seed: str = "random") -> subprocess.CompletedProcess[str]:
    """Run the command in a fresh process, with its own order of hashes."""
    environment = {**os.environ, "PYTHONHASHSEED": seed}
    command = [sys.executable, "-c", COMMAND, *arguments]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=60)


def rewrite(course: Course, before: str, after: str) -> None:
    """Change one place in the text of the small assignment."""
    path = course.assignments / "small" / "notebook.py"
    text = path.read_text(encoding="utf-8")
    assert text.count(before) == 1, before
    path.write_text(text.replace(before, after), encoding="utf-8")


def source(course: Course) -> Any:
    """The instructor's notebook as the build would write it."""
    return source_notebook(course, read_assignment(course.assignments / "small"))


def source_file(course: Course) -> Path:
    """Where the instructor's notebook is written."""
    return course.source / "small" / "small.ipynb"


def problem_of(course: Course) -> str:
    """What a build complains about; it must leave no source behind."""
    with pytest.raises(AssignmentError) as error:
        build(course, "small", release=False)
    assert not source_file(course).exists()
    return str(error.value)


# The same bytes


def test_two_builds_are_byte_identical(small_course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    """A build into an empty folder, from another working directory, gives the same bytes."""
    build(small_course, "small", release=False)
    first = fingerprint(small_course.source)
    shutil.rmtree(small_course.source)
    monkeypatch.chdir("/")

    build(small_course, "small", release=False)

    assert fingerprint(small_course.source) == first


@pytest.mark.parametrize("seed", ["1"])
def test_a_fresh_process_with_other_hashes_builds_the_same_bytes(small_course: Course, seed: str) -> None:
    """Neither the process nor the order of its sets shows in what is built; a folder deep inside will do to build."""
    build(small_course, "small", release=False)
    first = fingerprint(small_course.source)
    shutil.rmtree(small_course.source)

    result = chainrule(small_course.assignments / "small", "build", "--source-only", seed=seed)

    assert result.returncode == 0, result.stderr
    assert fingerprint(small_course.source) == first


def test_a_second_build_writes_nothing(small_course: Course) -> None:
    """A build that changes nothing says so and leaves the file's time alone."""
    assert build(small_course, "small", release=False).source_changed
    os.utime(source_file(small_course), (1, 1))

    assert not build(small_course, "small", release=False).source_changed
    assert source_file(small_course).stat().st_mtime == 1


# Cells and their ids


def test_the_source_is_a_valid_notebook_for_nbformat_and_nbgrader(small_course: Course) -> None:
    """The notebook is nbformat 4.5, its ids are valid and unique, and nbgrader accepts its metadata."""
    build(small_course, "small", release=False)
    notebook = nbformat.read(source_file(small_course), as_version=nbformat.NO_CONVERT)

    nbformat.validate(notebook)
    MetadataValidator().validate_nb(notebook)
    ids = [cell.id for cell in notebook.cells]

    assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5)
    assert len(set(ids)) == len(ids)


def test_ids_come_from_question_ids(small_course: Course) -> None:
    """Each cell is called after its question or part, and nbgrader calls it the same."""
    cells = source(small_course).cells

    assert [cell.id for cell in cells] == [
        "colab-badge",
        "opening-text-1",
        "opening-given-1",
        "opening-given-2",
        "opening-free-1",
        "square-heading",
        "square-text-1",
        "square-solution",
        "square",
        "total-heading",
        "total-solution",
        "total-data",
        "total-empty",
        "total-run-1",
        "end-heading",
        "essay",
        "essay-marking",
    ]
    assert all(cell.metadata.nbgrader.grade_id == cell.id for cell in cells if "nbgrader" in cell.metadata)


def test_only_what_students_fill_in_is_unlocked(small_course: Course) -> None:
    """nbgrader is told what is graded, what is answered and what is locked, and the points."""
    grading = {cell.id: cell.metadata.get("nbgrader") for cell in source(small_course).cells}

    def flags(name: str) -> tuple[bool, bool, bool, float | None]:
        return tuple(grading[name].get(key) for key in ("grade", "solution", "locked", "points"))  # type: ignore

    assert flags("square-solution") == (False, True, False, None)
    assert flags("square") == (True, False, True, 2.0)
    assert flags("opening-given-1") == (False, False, True, None)
    assert flags("total-run-1") == (False, False, True, None)
    assert flags("essay") == (True, True, False, 3.0)
    assert flags("essay-marking") == (False, False, True, None)
    assert grading["opening-free-1"] is None
    assert grading["square-text-1"] is None


@pytest.mark.parametrize("new", ["# %% [markdown]\n# More.\n\n", "# %%\nx = 1\n\n", "# %% given\nx = 1\n\n"])
def test_a_new_cell_in_one_part_leaves_the_ids_of_others(small_course: Course, new: str) -> None:
    """Inserting a cell in the part `square` adds one id that starts with it, and moves none elsewhere."""
    before = [cell.id for cell in source(small_course).cells]
    rewrite(small_course, "# %% [markdown]\n# Multiply", f"{new}# %% [markdown]\n# Multiply")

    after = [cell.id for cell in source(small_course).cells]

    (added,) = set(after) - set(before)
    assert added.startswith("square-")
    assert [name for name in after if name != added] == before


@pytest.mark.parametrize("name", ["square-solution", "square-heading", "square-text-1"])
def test_an_id_that_another_cell_has_in_the_notebook_is_reported(small_course: Course, name: str) -> None:
    """A check's id may be what the build calls another cell; nbgrader would refuse the notebook."""
    rewrite(small_course, 'check="square"', f'check="{name}"')

    problem = problem_of(small_course)

    assert name in problem
    assert "needs another id" in problem


def test_an_id_that_is_too_long_for_a_notebook_is_reported(small_course: Course) -> None:
    """nbformat allows ids of 64 characters; the author is told the line rather than shown a schema."""
    rewrite(small_course, 'section="end"', f'section="{"long-" * 12}end"')

    assert "too long a name" in problem_of(small_course)


def test_generated_files_say_so(small_course: Course, released_course: Course) -> None:
    """Source and release name the text that they are made from, and say to edit that."""
    build(small_course, "small", release=False)

    for path in (source_file(small_course), released_course.release / "small" / "small.ipynb"):
        generated = nbformat.read(path, as_version=4).metadata.chainrule.generated
        assert "assignments/small/notebook.py" in generated
        assert "edit that file, not this one" in generated
        assert path.read_bytes().endswith(b"}\n")


def test_the_badge_opens_the_release_from_the_one_setting(small_course: Course) -> None:
    """The first cell opens release/small/small.ipynb of the repository that pyproject.toml names."""
    badge = source(small_course).cells[0].source

    assert "/github/someone/somewhere/blob/main/release/small/small.ipynb" in badge


def test_without_a_repository_there_is_no_badge(small_course: Course) -> None:
    """A course that names no repository gets notebooks without a link that leads nowhere."""
    (small_course.root / "pyproject.toml").unlink()

    assert "colab" not in source(small_course).cells[0].source


def test_a_command_sets_the_repository_of_the_badges(small_course: Course) -> None:
    """`chainrule colab owner/name` changes the one setting; a name that is no repository changes nothing."""
    done = chainrule(small_course.root, "colab", "ada/course")
    refused = chainrule(small_course.root, "colab", "https://github.com/ada/course")

    assert (done.returncode, done.stdout) == (0, "Badges: ada/course\n")
    assert "/github/ada/course/blob/" in small_course.colab_url("small")
    assert refused.returncode == 1
    assert "write owner/name" in refused.stderr
    assert small_course.colab_repository == "ada/course"


def test_set_up_asks_nobody_where_nobody_is(small_course: Course) -> None:
    """Without a terminal to answer at, set-up goes on at once, and nothing changes."""
    done = chainrule(small_course.root, "colab", "--ask")

    assert (done.returncode, done.stdout) == (0, "")


def test_cells_with_a_title_are_folded(small_course: Course) -> None:
    """A cell that starts with `# @title` is folded by Colab and by JupyterLab."""
    cell = source(small_course).cells[2]

    assert cell.source.startswith("# @title Tools for the checks")
    assert cell.metadata.cellView == "form"
    assert cell.metadata.jupyter.source_hidden


# Included and embedded text


def opened(text: str, name: str) -> bytes:
    """What the embedding cell's own function gives for a name."""
    namespace: dict[str, Any] = {}
    exec(text, namespace)
    with namespace["open_course_file"](name) as file:
        content: bytes = file.read()
    return content


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=3000))
def test_embedded_bytes_come_back_exactly(tmp_path: Path, content: bytes) -> None:
    """Whatever a data file holds, the cell that carries it opens the same bytes."""
    path = tmp_path / "data" / "file.bin"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)

    assert opened(embed([path]), "file.bin") == content


def test_an_embedding_cell_is_built_from_the_files_it_names(small_course: Course) -> None:
    """The cell says what it was generated from, carries all its files, and is of few lines."""
    noise = np.random.default_rng(1).bytes(5000)
    (small_course.data / "noise.bin").write_bytes(noise)
    kit = '# %% given include="checkkit"'
    rewrite(small_course, kit, f'{kit}\n\n# %% given embed="noise.bin numbers.csv"')

    text = source(small_course).cells[3].source

    assert "# Generated from data/noise.bin, data/numbers.csv." in text
    assert opened(text, "noise.bin") == noise
    assert opened(text, "numbers.csv") == b"1\n2\n3\n"
    assert len(text.splitlines()) < 30


def test_a_file_that_is_not_embedded_is_opened_beside_the_notebook(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same function serves files that lie beside the notebook."""
    (tmp_path / "inside.bin").write_bytes(b"inside")
    (tmp_path / "beside.bin").write_bytes(b"beside")
    monkeypatch.chdir(tmp_path)

    assert opened(embed([tmp_path / "inside.bin"]), "beside.bin") == b"beside"


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ('include="checkkit"', 'include="nothing"', "nothing to include is called 'nothing'"),
        ('include="checkkit"', 'embed="lost.npy"', "there is no file data/lost.npy to embed"),
        ('include="checkkit"', 'include="checkkit"\nx = 1', "only one of them"),
        ('include="checkkit"', 'include="checkkit" embed="numbers.csv"', "only one of them"),
        ("[numbers.csv]", "[numbers.csv, lost.csv]", "the header names data/lost.csv, which is not there"),
    ],
    ids=["unknown include", "lost embedded file", "own text", "both", "lost file"],
)
def test_what_cannot_be_filled_in_is_reported(small_course: Course, before: str, after: str, words: str) -> None:
    """A text or data file that does not exist is named, with the line, before anything is written."""
    rewrite(small_course, before, after)

    problem = problem_of(small_course)

    assert words in problem
    assert f"notebook.py:{1 if before.startswith('[') else 13}: " in problem


# Files beside the notebook


def test_the_data_files_lie_beside_the_notebook(released_course: Course) -> None:
    """The files of the header are copied into source and release, byte for byte, and nothing else is."""
    for folder in (released_course.source / "small", released_course.release / "small"):
        assert {path.name for path in folder.iterdir()} == {"small.ipynb", "numbers.csv"}
        assert (folder / "numbers.csv").read_bytes() == (released_course.data / "numbers.csv").read_bytes()


def test_stale_files_in_the_source_go(small_course: Course) -> None:
    """What an earlier build, an editor or a person left in source/small/ is taken away, folders too."""
    build(small_course, "small", release=False)
    folder = small_course.source / "small"
    (folder / "old.csv").write_text("1")
    (folder / ".ipynb_checkpoints").mkdir()
    (folder / ".ipynb_checkpoints" / "small-checkpoint.ipynb").write_text("{}")

    assert build(small_course, "small", release=False).source_changed
    assert {path.name for path in folder.iterdir()} == {"small.ipynb", "numbers.csv"}


# Releases


def hidden_lines(course: Course) -> Iterator[str]:
    """The lines between the marks of the small assignment's text, that students must not see."""
    inside = False
    for line in (course.assignments / "small" / "notebook.py").read_text(encoding="utf-8").splitlines():
        words = line.lstrip("# ")
        if words.startswith(("BEGIN ", "END ")):
            inside = words.startswith("BEGIN ")
        elif inside:
            yield words.strip()


def test_a_release_holds_nothing_hidden(released_course: Course) -> None:
    """No line of a solution, of a hidden test or of a mark scheme is in what students get."""
    hidden = set(hidden_lines(released_course))
    text = (released_course.release / "small" / "small.ipynb").read_text(encoding="utf-8")
    release = json.dumps(json.loads(text), ensure_ascii=False)

    assert len(hidden) == 8
    for line in hidden:
        assert json.dumps(line)[1:-1] not in release
    for mark in ("BEGIN SOLUTION", "BEGIN HIDDEN TESTS", "BEGIN MARK SCHEME"):
        assert mark not in release


def test_a_release_holds_all_that_is_not_hidden(released_course: Course) -> None:
    """Students get stubs in the place of solutions, and every other line of the source."""
    cells = {
        cell.id: cell.source
        for cell in nbformat.read(released_course.release / "small" / "small.ipynb", as_version=4).cells
    }
    source_cells = nbformat.read(released_course.source / "small" / "small.ipynb", as_version=4).cells

    assert [cell.id for cell in source_cells] == list(cells)
    assert "# YOUR CODE HERE\n    raise NotImplementedError()" in cells["square-solution"]
    assert cells["square"].splitlines() == [
        "# @title Check: square, 2 points",
        'with CheckCell("square"):',
        '    check_value("square(3)", ask(square, 3.0), 9.0)',
    ]
    assert "YOUR ANSWER HERE" in cells["essay"]
    assert cells["essay-marking"].startswith("One point a reason.")
    untouched = [cell for cell in source_cells if "###" not in cell.source]
    assert all(cells[cell.id] == cell.source for cell in untouched)


def test_a_course_is_released_again_into_a_new_gradebook(released_copy: Course, released_course: Course) -> None:
    """Where gradebook.db was deleted, a build that changes no source releases all the same, and the same bytes."""
    build(released_copy, "small")
    (released_copy.root / "gradebook.db").unlink()

    again = build(released_copy, "small")

    assert again.released
    assert not again.source_changed
    assert (released_copy.root / "gradebook.db").is_file()
    assert fingerprint(released_copy.release) == fingerprint(released_course.release)
    assert not build(released_copy, "small").released


@pytest.mark.parametrize("name", ["release/small/small.ipynb", "release/small/numbers.csv", ".chainrule/released.json"])
def test_a_spoiled_release_or_memory_is_made_again(released_copy: Course, name: str) -> None:
    """A release that somebody edited, or a note of an earlier run that was cut short, is mended by a build."""
    build(released_copy, "small")
    good = fingerprint(released_copy.release)
    path = released_copy.root / name
    path.write_bytes(path.read_bytes()[:3])

    assert build(released_copy, "small").released
    assert fingerprint(released_copy.release) == good


def test_a_setting_that_changes_the_release_is_followed(released_copy: Course) -> None:
    """Other words in place of solutions reach students with the next build; a comment releases nothing."""
    build(released_copy, "small")
    config = released_copy.root / "nbgrader_config.py"
    written = config.read_text()
    config.write_text(written + "# c.ClearSolutions.code_stub = {}\n")
    assert not build(released_copy, "small").released

    config.write_text(written + "c.ClearSolutions.code_stub = {'python': 'raise NotImplementedError(1)'}\n")

    assert build(released_copy, "small").released
    assert "raise NotImplementedError(1)" in (released_copy.release / "small" / "small.ipynb").read_text()


def test_a_file_that_does_not_belong_in_a_release_goes(released_copy: Course) -> None:
    """What lies in the release but not in the source is taken away by the next build."""
    build(released_copy, "small")
    (released_copy.release / "small" / "answers.txt").write_text("42")

    build(released_copy, "small")

    assert not (released_copy.release / "small" / "answers.txt").exists()


def test_nbgraders_refusal_is_passed_on(released_copy: Course) -> None:
    """Where nbgrader cannot release, the error holds what it said."""
    config = released_copy.root / "nbgrader_config.py"
    config.write_text(config.read_text() + "c.ClearSolutions.end_solution_delimeter = 'SOMETHING ELSE'\n")
    shutil.rmtree(released_copy.release)

    with pytest.raises(CourseError, match=r"(?s)nbgrader could not release small.*no end solution statement"):
        build(released_copy, "small")


def test_the_command_prints_a_line_for_each_assignment(released_copy: Course) -> None:
    """`chainrule build` says what it did, and that all is up to date when run again."""
    shutil.rmtree(released_copy.source)
    shutil.rmtree(released_copy.release)
    first = chainrule(released_copy.root, "build")
    second = chainrule(released_copy.data, "build", "small")

    assert (first.returncode, first.stdout) == (0, "small: 17 cells, 6.5 points, built and released\n"), first.stderr
    assert (second.returncode, second.stdout) == (0, "small: 17 cells, 6.5 points, up to date\n")


def test_named_numbers_cells_of_one_part_by_kind(small_course: Course) -> None:
    """Prose, given, run and free cells are counted each for itself within their part."""
    cells = read_assignment(small_course.assignments / "small").cells
    names = dict((name, cell.kind) for name, cell in named(cells))

    assert names["opening-given-2"] is Kind.GIVEN
    assert names["opening-free-1"] is Kind.FREE
    assert names["total-run-1"] is Kind.RUN
