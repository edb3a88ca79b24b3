"""What the pages tell people to type is there to be typed: every command resolves, with its flags and files."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from chainrule import cli
from chainrule.cli import main

PROJECT = Path(__file__).resolve().parents[2]
SCRIPTS = Path(sys.executable).parent
PAGES = [PROJECT / "README.md", PROJECT / "CONTRIBUTING.md", PROJECT / "CHANGELOG.md", *PROJECT.glob("docs/*.md")]
# What the commands print names commands, too.
PAGES += [PROJECT / "src" / "chainrule" / name for name in ("course.py", "nbgrader_course.py")]
PAGES += (PROJECT / "src" / "chainrule" / "commands").glob("*.py")
PAGES += [PROJECT / "src" / "chainrule" / "classroom" / "jobs.py"]
PAGES += [PROJECT / "grader_tests" / "attacks" / "README.md", PROJECT / "data" / "README.md"]
# What the pages name and this project does not bring; and `uv build`, which the test of the wheel runs.
OTHERS = {"conda", "pip", "apt", "sysctl", "docker", "uv"}


def commands_of(page: Path) -> Iterator[str]:
    """The commands of a page: lines after a `$`, and what stands between backticks and begins with a program."""
    text = page.read_text(encoding="utf-8")
    yield from re.findall(r"^\$ (.+)$", text, re.M)
    programs = "chainrule|make|nbgrader|jupyter|python|pytest|ruff|mypy|lint-imports|deptry"
    prose = re.sub(r"^```.*?^```", "", text, flags=re.M | re.S)
    yield from re.findall(rf"(?<!`)`((?:[A-Z]+=\w+ )*(?:{programs})(?: [^`]+)?|\. \.venv/[^`]+)`", prose)


FOUND = {command for page in PAGES for command in commands_of(page)}
COMMANDS = sorted({command.partition(" #")[0].strip() for command in FOUND})


@cache
def targets() -> set[str]:
    """The targets of the Makefile that `make help` lists."""
    done = subprocess.run(["make", "help"], cwd=PROJECT, capture_output=True, text=True, check=True)
    return set(re.findall(r"^  make ([a-z-]+) ", done.stdout, re.M))


@cache
def subcommands_of_nbgrader() -> set[str]:
    """What `nbgrader` calls its commands."""
    from nbgrader.apps import NbGraderApp

    return {name.replace("_", "-") for name in NbGraderApp.subcommands} | set(NbGraderApp.subcommands)


def fault(command: str) -> str:
    """Why a command cannot be run as it is written, if so."""
    program, *words = [word for word in shlex.split(command) if not re.fullmatch(r"[A-Z]+=\w+", word)]
    if program in OTHERS:
        return ""
    if program == ".":
        return "" if words == [".venv/bin/activate"] else f"{words[0]} is no script of this project"
    if program == "make":
        return "".join(f"no target {word}; " for word in words if word not in targets())
    if program == "nbgrader":
        return "" if not words or words[0] in subcommands_of_nbgrader() else f"nbgrader has no command {words[0]}"
    if program == "chainrule":
        return fault_of_chainrule(words)
    if program == "python" and words[:1] != ["-m"]:
        return "" if (PROJECT / words[0]).is_file() else f"{words[0]} is not there"
    if program in ("python", "pytest"):
        missing = [word for word in words if word.startswith("tests/") and not (PROJECT / word).exists()]
        return f"{missing} is not there" if missing else ""
    return "" if (SCRIPTS / program).is_file() else f"{program} is no program of the environment"


def fault_of_chainrule(words: list[str]) -> str:
    """Why the command line does not take these words, if it does not; a place-holder is a word like any other."""
    if not words or words == ["--version"]:
        return ""
    known = cli._parser()._subparsers._group_actions[0].choices  # type: ignore[union-attr, index]
    if words[0] not in known:
        return f"chainrule has no command {words[0]}"
    flags = known[words[0]]._option_string_actions
    return "".join(f"chainrule {words[0]} has no {word}; " for word in words if word[0] == "-" and word not in flags)


def test_the_pages_name_commands() -> None:
    """The search finds what it should: commands in prose and in examples, of each kind."""
    assert {"make grade", "jupyter lab", "chainrule grade", ". .venv/bin/activate"} <= set(COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_that_a_page_names_can_be_run(command: str) -> None:
    """Program, subcommand, flags and files are there."""
    assert fault(command) == ""


@pytest.mark.parametrize(
    "command",
    [
        "nbgrader formgrader",
        "make tea",
        "chainrule brew",
        "chainrule grade --fast",
        "python tests/x.py",
        ". venv/activate",
    ],
)
def test_a_command_that_is_not_there_is_noticed(command: str) -> None:
    """The check above can fail, in each of its ways."""
    assert fault(command) != ""


def test_the_modules_that_the_page_on_security_names_are_there() -> None:
    """Who wants to see a mechanism finds its module where the page says."""
    text = (PROJECT / "docs" / "security.md").read_text(encoding="utf-8")
    paths = re.findall(r"`([a-z_]+/(?:[a-z_]+/)*(?:[a-z_]+\.py)?)`", text.partition("## What is tried")[0])
    named = [path.removeprefix("src/chainrule/") for path in paths]

    assert "kernel/sandbox.py" in named
    assert [name for name in named if not (PROJECT / "src" / "chainrule" / name).exists()] == []


def test_make_help_lists_every_target() -> None:
    """No target of the Makefile is hidden from `make help`."""
    text = (PROJECT / "Makefile").read_text()
    (phony,) = re.findall(r"^\.PHONY: (.+)$", text, re.M)

    assert targets() == set(phony.split())
    assert targets() == set(re.findall(r"^([a-z-]+):", text, re.M))


def test_the_version_stands_in_one_place(capsys: pytest.CaptureFixture[str]) -> None:
    """The command line tells pyproject.toml's version, and the changes of that version come first."""
    version = tomllib.loads((PROJECT / "pyproject.toml").read_text())["project"]["version"]
    with pytest.raises(SystemExit) as end:
        main(["--version"])

    assert end.value.code == 0
    assert capsys.readouterr().out == f"chainrule {version}\n"
    assert re.findall(r"^## (\S+)", (PROJECT / "CHANGELOG.md").read_text(), re.M)[0] == version


def test_jupyter_lab_brings_formgrader(tmp_path: Path) -> None:
    """What the pages say of marking by hand: in `jupyter lab`, nbgrader's Formgrader is switched on."""
    environment = {**os.environ, "HOME": str(tmp_path), "PATH": f"{SCRIPTS}{os.pathsep}{os.environ['PATH']}"}
    for kind in ("labextension", "server extension"):
        program, *words = ["jupyter", *kind.split(), "list"]
        done = subprocess.run(
            [SCRIPTS / program, *words], capture_output=True, text=True, env=environment, cwd=tmp_path
        )
        listed = re.sub(r"\x1b\[\d+m", "", done.stdout + done.stderr)

        name = "@jupyter/nbgrader" if kind == "labextension" else "nbgrader.server_extensions.formgrader"
        assert re.search(rf"{name}.*enabled", listed), listed
