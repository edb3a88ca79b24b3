"""The command line: quick to start, helpful when it is used wrongly."""

import contextlib
import inspect
import io
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from chainrule import commands
from chainrule.cli import hidden_folder, main
from chainrule.course import Course

HEAVY = ("numpy", "nbformat", "nbgrader", "torch", "tensorflow", "jupytext", "rich", "matplotlib", "nbclient")


def python(code: str) -> str:
    """What a fresh interpreter prints."""
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=600)
    return result.stdout


@pytest.mark.parametrize("module", ["cli", "commands", "course", "authoring.assignment"])
def test_nothing_heavy_is_imported_before_a_command_needs_it(module: str) -> None:
    """Help comes at once, because the command line imports no library of notebooks or numbers."""
    loaded = python(f"import sys, chainrule.{module}; print(*sys.modules)").split()

    assert f"chainrule.{module}" in loaded
    assert not set(HEAVY) & set(loaded)


def test_printing_help_imports_nothing_heavy() -> None:
    """Not even building the parser and printing the help loads a heavy library."""
    code = "import sys\nfrom chainrule.cli import main\ntry: main(['--help'])\nfinally: print('#', *sys.modules)"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=600)
    help_text, _, loaded = result.stdout.partition("#")

    assert result.returncode == 0
    assert "build" in help_text
    assert not set(HEAVY) & set(loaded.split())


@pytest.mark.skipif(os.getuid() != 0, reason="needs root to become another user")
@pytest.mark.parametrize("hidden", ["", "zmq"])
def test_packages_that_one_may_not_read_are_told_from_missing_ones(
    hidden: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """Python says "No module named zmq" of both; the command names the folder, and what to do."""
    with tempfile.TemporaryDirectory() as packages:
        Path(packages).chmod(0o755)
        Path(packages, "zmq").mkdir()
        Path(packages, hidden).chmod(0o700)
        monkeypatch.setattr("sys.path", [packages])
        monkeypatch.setattr(commands, "grade", missing_zmq)
        # In a child: nobody can become root again.
        code = 99
        if (pid := os.fork()) == 0:
            try:
                os.setuid(65534)
                code = main(["grade"])
            finally:
                # Whatever happened: the child must not go on as a second run of the tests.
                os._exit(code)
        code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        readable = hidden_folder("zmq")

    assert code == 1
    assert f"chmod -R go+rX {Path(packages, hidden)}\n" in capfd.readouterr().err
    assert readable == ""


def missing_zmq(options: object) -> int:
    raise ModuleNotFoundError("No module named 'zmq'", name="zmq")


def listed_commands() -> list[str]:
    """The commands that `chainrule --help` lists."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out), pytest.raises(SystemExit):
        main(["--help"])
    return re.findall(r"^    (\w+)  ", out.getvalue(), re.M)


def test_the_help_lists_all_that_can_be_run() -> None:
    """Every public function of `commands` is a command of the help, and the other way round."""
    functions = [name for name, value in vars(commands).items() if inspect.isfunction(value) and name[0] != "_"]

    assert sorted(listed_commands()) == sorted(name.removesuffix("_") for name in functions)


@pytest.mark.parametrize("command", listed_commands())
def test_every_command_of_the_help_has_a_help_of_its_own(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    """What the help lists can be asked for more."""
    with pytest.raises(SystemExit) as end:
        main([command, "--help"])

    assert end.value.code == 0
    assert f"usage: chainrule {command}" in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [[], ["brew"], ["build", "--fast"], ["try"]])
def test_wrong_usage_ends_with_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """A command line that makes no sense is answered with the usage on stderr."""
    with pytest.raises(SystemExit) as end:
        main(arguments)

    assert end.value.code == 2
    assert "usage: chainrule" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["build", "try"])
def test_an_unknown_assignment_is_named(
    small_course: Course, command: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A mistyped assignment is answered with those that there are, without a traceback."""
    monkeypatch.chdir(small_course.root)

    assert main([command, "smal"]) == 1
    assert capsys.readouterr().err == "there is no assignment 'smal' (did you mean small?); there is: small\n"


def test_outside_a_course_the_message_says_where_to_go(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """In a folder that belongs to no course, the command ends with 1 and names the file to look for."""
    monkeypatch.chdir(tmp_path)

    assert main(["build"]) == 1
    assert "go to the folder that holds nbgrader_config.py" in capsys.readouterr().err


def test_an_authors_mistakes_are_printed_and_nothing_is_built(
    small_course: Course, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`chainrule build` prints each mistake on a line of its own and ends with 1."""
    monkeypatch.chdir(small_course.root)
    path = small_course.assignments / "small" / "notebook.py"
    path.write_text(path.read_text().replace("points=2", "").replace("points=3", ""))

    assert main(["build"]) == 1
    printed = capsys.readouterr()
    assert [line.split(": ")[1] for line in printed.err.splitlines()] == [
        'check "square" has no points',
        'written "essay" has no points',
    ]
    assert printed.out == ""
    assert not small_course.source.exists()


def test_an_interrupt_says_that_the_run_can_go_on(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Ctrl-C ends a command with 130 and a word of comfort, not a traceback."""

    def interrupted(options: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(commands, "build", interrupted)

    assert main(["build"]) == 130
    assert "Run the same command again" in capsys.readouterr().err


# The course's folder


def test_a_full_disk_is_a_line(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever a command was writing, it says what is wrong with the machine."""

    def write(_: object) -> int:
        with open("/dev/full", "w") as full:
            full.write("a result")
        return 0

    monkeypatch.setattr(commands, "status", write)

    assert main(["status"]) == 1
    assert capsys.readouterr().err == "the disk is full. Nothing half-written is left: mend it, and grade again\n"


def test_a_course_is_found_from_any_folder_inside_it(small_course: Course) -> None:
    """Commands work in the course's folder and below it."""
    assert Course.find(small_course.assignments / "small") == small_course
    assert Course.find(small_course.root) == small_course


@pytest.mark.parametrize("command", [["build"], ["demo"], ["try", "ps1"], ["mutants"]])
def test_what_needs_the_authors_texts_says_so_in_another_course(
    command: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Any nbgrader course has a configuration; commands for authors need `assignments/` as well, and name it."""
    (tmp_path / "nbgrader_config.py").touch()
    monkeypatch.chdir(tmp_path)

    assert Course.find() == Course(tmp_path)
    assert main(command) == 1
    assert capsys.readouterr().err.startswith(f"{tmp_path / 'assignments'} is not there")


def test_a_course_without_the_engine_is_not_graded_unguarded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where the configuration does not switch the engine on, `grade` names the line to add and runs nothing."""
    (tmp_path / "nbgrader_config.py").write_text("c = get_config()\n")
    monkeypatch.chdir(tmp_path)

    assert main(["grade"]) == 1
    assert "chainrule.engine.switch_on(c)" in capsys.readouterr().err


def test_assignments_are_listed_in_order_and_only_those_with_a_text(small_course: Course) -> None:
    """A folder without a notebook.py is no assignment yet."""
    for name in ("b", "a", "empty"):
        (small_course.assignments / name).mkdir()
    for name in ("b", "a"):
        (small_course.assignments / name / "notebook.py").touch()

    assert small_course.assignment_ids() == ["a", "b", "small"]


def test_an_option_that_is_unknown_is_named_alone(capsys: pytest.CaptureFixture[str]) -> None:
    """Options may stand between arguments, and the message still says what was not understood."""
    with pytest.raises(SystemExit):
        main(["try", "small", "-v", "--nope", "answer.py"])

    assert "unrecognized arguments: --nope" in capsys.readouterr().err
