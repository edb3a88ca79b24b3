"""A cell as Python reads it: what IPython adds to the language is taken out, line for line.

IPython reads `%magic`, `%%magic`, `!command`, `help?`, prompts and an indented cell before Python does. This does the
same in one pass over the text, so that no text takes long, and it leaves every line at its number. A test compares
the two.
"""

from __future__ import annotations

import ast
import re
import textwrap
import warnings
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

__all__ = ["CellText", "parse", "read_cell"]

# Cell magics whose body is Python, run in the notebook.
PYTHON_BODIES: Final = frozenset({"time", "timeit", "prun", "capture", "debug"})
# Cell magics whose body is another language, or a text: it makes no name.
OTHER_BODIES: Final = frozenset(
    {"bash", "cmd", "file", "html", "HTML", "javascript", "js", "latex", "markdown", "perl", "python", "python2"}
    | {"python3", "ruby", "script", "sh", "svg", "SVG", "sx", "system", "writefile", "!"}
)
# Line magics that run the rest of their line as Python.
PYTHON_LINES: Final = frozenset({"time", "timeit", "prun"})
# Line magics that neither make nor change a name, nor need to be run for the cell to mean the same.
QUIET_LINES: Final = frozenset(
    {"alias", "autoawait", "autocall", "autoindent", "automagic", "autoreload", "autosave", "cat", "cd", "colors"}
    | {"conda", "config", "dirs", "doctest_mode", "env", "history", "ldir", "less", "lf", "lk", "ll", "load_ext"}
    | {"logoff", "logon", "logstart", "logstate", "logstop", "ls", "lsmagic", "lx", "magic", "mamba", "man"}
    | {"matplotlib", "mkdir", "more", "mv", "notebook", "page", "pdb", "pdef", "pdoc", "pfile", "pinfo", "pinfo2"}
    | {"pip", "popd", "pprint", "precision", "psearch", "psource", "pushd", "pwd", "pycat", "quickref", "reload_ext"}
    | {"rm", "rmdir", "sc", "set_env", "sx", "system", "unload_ext", "uv", "who", "who_ls", "whos", "xmode"}
)
_HELP: Final = re.compile(r"[%\w.*\[\]= \t]+\?\??")
_PROMPT: Final = re.compile(r"^(?:>>>|\.\.\.|In \[\d+\]:|\s*\.{3,}:)(?: |$)", re.M)
_TOKEN: Final = re.compile(
    r"""\#[^\n]*                                             # a comment
      | \"\"\"(?:\\.|[^\\])*?\"\"\" | '''(?:\\.|[^\\])*?'''  # a text of several lines
      | "(?:\\.|[^"\\\n])*" | '(?:\\.|[^'\\\n])*'            # a text of one line
      | (?P<opens>[\[({]) | (?P<closes>[\])}])
      | \\\n                                                 # the line goes on
      | (?P<ends>\n)
      | [^\#"'\[\](){}\\\n]+ | .""",
    re.X | re.S,
)


@dataclass(frozen=True)
class CellText:
    """A cell, read.

    Args:
        tree: its Python, as far as there is any.
        opaque: it may do more than the tree shows: it cannot be read, or it uses magic that can do anything.
        needs_ipython: what it does, or a value that it makes, comes from magic, and exists in a notebook only.
    """

    tree: ast.Module
    opaque: bool = False
    needs_ipython: bool = False


@lru_cache(maxsize=512)
def read_cell(text: str) -> CellText:
    """Read any text; what is no Python has an empty tree, and could do anything."""
    text = _without_prompts(text)
    try:
        python, opaque, needs_ipython = text, False, False
        tree = _tree(text)
    except Exception:
        try:
            python, opaque, needs_ipython = _without_magic(text)
            tree = _tree(python)
        except Exception:
            return CellText(ast.Module([], []), opaque=True)
    return CellText(tree, opaque, needs_ipython)


def parse(text: str, name: str) -> ast.Module:
    """Parse a cell that is to be run by Python alone: lines of magic do nothing there.

    Raises:
        SyntaxError: it is not Python.
        ValueError: it holds characters that Python does not read.
    """
    text = _without_prompts(text)
    try:
        return _tree(text, name)
    except SyntaxError:
        plain, _, _ = _without_magic(text)
        if plain == text:
            raise
        return _tree(plain, name)


def _tree(text: str, name: str = "<cell>") -> ast.Module:
    with warnings.catch_warnings():
        # `"\d"` is worth a warning where it is run, not where it is looked at.
        warnings.simplefilter("ignore")
        return ast.parse(text, name)


def _without_magic(text: str) -> tuple[str, bool, bool]:
    """The Python of a cell, whether it could do anything, and whether it needs IPython."""
    text = _dedented(text)
    blank = len(text) - len(text.lstrip())
    if text.startswith("%%", blank):
        head, _, body = text[blank:].partition("\n")
        name, _, options = head.removeprefix("%%").strip().partition(" ")
        if name not in PYTHON_BODIES:
            return "", name not in OTHER_BODIES or "--" in options, True
        made = options.split()[-1] if name == "capture" and options.split() else ""
        body, opaque, needs_ipython = _without_lines_of_magic(body)
        first = f"{made} = None" if made.isidentifier() else ""
        return text.count("\n", 0, blank) * "\n" + f"{first}\n{body}", opaque, needs_ipython or bool(first)
    return _without_lines_of_magic(text)


def _without_prompts(text: str) -> str:
    """A cell that was pasted with its prompts. (`In [1]: x = 1` is Python too, and means something else.)"""
    return _PROMPT.sub("", text) if _PROMPT.match(text.lstrip("\n")) else text


def _dedented(text: str) -> str:
    """A cell that is indented as a whole, as one that was pasted may be."""
    first = text.lstrip("\n")
    return textwrap.dedent(text) if first[:1] in (" ", "\t") else text


def _without_lines_of_magic(text: str) -> tuple[str, bool, bool]:
    done: list[str] = []
    opaque = needs_ipython = False
    place, depth, begins = 0, 0, True
    while place < len(text):
        if begins and depth == 0 and (line := _logical_line(text, place)) and (told := _of_magic(line)):
            done += [told[0], "\n" * line.count("\n")]
            opaque |= told[1]
            needs_ipython |= told[2]
            place += len(line)
            begins = False
            continue
        token = _TOKEN.match(text, place)
        assert token is not None  # its last alternative is any character
        done.append(token.group())
        depth = max(depth + (token["opens"] is not None) - (token["closes"] is not None), 0)
        begins = token["ends"] is not None
        place = token.end()
    return "".join(done), opaque, needs_ipython


def _logical_line(text: str, place: int) -> str:
    """The line at a place, with those that a backslash adds to it."""
    end = text.find("\n", place)
    while end > place and text[end - 1] == "\\":
        end = text.find("\n", end + 1)
    return text[place:] if end < 0 else text[place:end]


def _of_magic(line: str) -> tuple[str, bool, bool] | None:
    """What stands for a line of magic, whether it can do anything, and whether it needs IPython; None for Python."""
    words = line.strip()
    indent = line[: len(line) - len(line.lstrip())]
    if words.startswith("!") or words.startswith("?") or _HELP.fullmatch(words):
        return f"{indent}pass", False, False
    if words.startswith("%"):
        name, _, rest = words.lstrip("%").lstrip().partition(" ")
        if name in PYTHON_LINES and not rest.lstrip().startswith("-"):
            return f"{indent}{rest.strip() or 'pass'}", False, False
        return f"{indent}pass", name not in QUIET_LINES, name not in QUIET_LINES | PYTHON_LINES
    target, equals, value = line.partition("=")
    if equals and value.lstrip()[:1] in ("%", "!") and not set(target) & set("#'\"("):
        return f"{target}= None", False, True
    return None
