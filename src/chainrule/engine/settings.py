"""What the settings of a course say, as one text: it changes with what a mark or a release may depend on."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from chainrule.engine.fingerprint import fingerprint

__all__ = ["told_by"]

ELSEWHERE: Final = (
    "Application",
    "Dates",
    "Exchange",
    "ExportApp",
    "Formgrade",
    "Jupyter",
    "NbGrader",
    "Notebook",
    "Server",
    "ZipCollect",
)
"""How sections of the configuration begin that no mark depends on."""
ROSTER: Final = frozenset({"db_students", "db_assignments", "db_url", "root"})
OTHERS: Final = ("chainrule.", "nbconvert.", "nbgrader.")
"""Packages that are installed: their versions count as a whole."""


def told_by(config: Mapping[str, Any], root: Path) -> str:
    """The settings that a mark or a release may depend on; the same wherever the course, at `root`, lies."""
    # A section that is empty says nothing: traitlets makes one when somebody looks into it.
    told = {name: said for name, values in config.items() if not name.startswith(ELSEWHERE) and (said := _said(values))}
    things = list(_things(told))
    code = {_file_of(thing) for thing in things if not _is_plain(thing)} - {None}
    texts = sorted(fingerprint(path.parent, path.name) for path in code if path and path.is_file())
    plain = repr(sorted((name, _ordered(values)) for name, values in told.items()))
    # What is written in place, a function or a class, is known by the text of the whole configuration only.
    own = _text_of(root / "nbgrader_config.py") if any(callable(thing) for thing in things) else ""
    return repr((plain.replace(str(root), ""), texts, own))


def _said(values: Any) -> Any:
    return {name: value for name, value in values.items() if name not in ROSTER} if isinstance(values, dict) else values


def _things(value: Any) -> Iterator[Any]:
    """All single values of settings."""
    if isinstance(value, Mapping):
        value = value.values()
    if isinstance(value, Iterable) and not isinstance(value, str | bytes | type):
        for part in value:
            yield from _things(part)
    else:
        yield value


def _ordered(value: Any) -> Any:
    if isinstance(value, Mapping):
        return sorted((str(name), _ordered(part)) for name, part in value.items())
    if isinstance(value, set | frozenset):
        return sorted(map(repr, value))
    if isinstance(value, list | tuple):
        return [_ordered(part) for part in value]
    return getattr(value, "__qualname__", type(value).__qualname__) if callable(value) else value


def _is_plain(thing: Any) -> bool:
    """Whether this is no code of the course's own: a number, a text that names no module, what is installed."""
    if isinstance(thing, str):
        return thing.startswith(OTHERS) or "." not in thing or not all(map(str.isidentifier, thing.split(".")))
    return not callable(thing) or str(getattr(thing, "__module__", "")).startswith(OTHERS)


def _file_of(thing: Any) -> Path | None:
    """Where a step or plugin of the course's own is written."""
    from traitlets.utils.importstring import import_item

    with suppress(Exception):  # a text that only looks like the name of a step
        found = inspect.getsourcefile(import_item(thing) if isinstance(thing, str) else thing)
        return Path(found) if found else None
    return None


def _text_of(path: Path) -> str:
    """What a file of Python says, without its comments."""
    try:
        return ast.dump(ast.parse(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, SyntaxError):
        return ""
