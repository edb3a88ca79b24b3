"""What the project carries as built is what its texts give: `source/` and `release/` are never stale."""

import shutil
from pathlib import Path

import pytest

from chainrule.authoring.build import build
from chainrule.course import Course

PROJECT = Course(Path(__file__).resolve().parents[2])
ASSIGNMENTS = PROJECT.assignment_ids()


@pytest.fixture(scope="session")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """The course without anything built, in another folder."""
    root = tmp_path_factory.mktemp("copy")
    for name in ("pyproject.toml", "nbgrader_config.py"):
        shutil.copy(PROJECT.root / name, root)
    shutil.copytree(PROJECT.data, root / "data")
    for name in ASSIGNMENTS:
        shutil.copytree(PROJECT.assignments / name, root / "assignments" / name)
    return Course(root)


def contents(folder: Path) -> dict[str, bytes]:
    """The bytes of every file below a folder, but for what Jupyter keeps there for itself."""
    paths = (path for path in folder.rglob("*") if path.is_file() and ".ipynb_checkpoints" not in path.parts)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_what_is_built_is_fresh(copy: Course, assignment: str) -> None:
    """Building the text again, in another folder, gives the very files of source/ and release/."""
    build(copy, assignment)

    for mine, built in ((PROJECT.source, copy.source), (PROJECT.release, copy.release)):
        here, fresh = contents(mine / assignment), contents(built / assignment)
        stale = sorted(name for name in here.keys() | fresh.keys() if here.get(name) != fresh.get(name))
        assert not stale, f"{mine.name}/{assignment} is stale: {', '.join(stale)}: run `make notebooks`"


@pytest.mark.parametrize("room", ["source", "release"])
def test_everything_built_has_its_text(room: str) -> None:
    """No folder of source/ or release/ is left over from an assignment that is gone."""
    folder = PROJECT.root / room
    built = {path.name for path in folder.iterdir()} if folder.is_dir() else set()

    assert built - {"README.md"} <= set(ASSIGNMENTS)
