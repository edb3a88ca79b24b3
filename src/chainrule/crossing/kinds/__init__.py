"""Values of well-known libraries that cross by value: taken apart into plain state, and put together on the other side.

    name, state = take_apart(Fraction(1, 2))      # "standard.Fraction", (1, 2)
    value = put_together(name, state)             # equal in type and value

Only exact types are taken apart: an object of a subclass is not what its base class says about it. What arrives is
built from state that is checked here, by constructors that read no file, run no text and call nothing that came along.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any, Final

__all__ = ["NotPlain", "put_together", "take_apart"]

_HOMES: Final = {
    "builtins": ("standard",),
    "collections": ("standard",),
    "types": ("standard",),
    "fractions": ("standard",),
    "decimal": ("standard",),
    "datetime": ("standard",),
    "zoneinfo": ("standard",),
    "uuid": ("standard",),
    "pathlib": ("standard",),
    "array": ("standard",),
    "re": ("standard",),
    "random": ("standard",),
    "_io": ("standard",),
    "io": ("standard",),
    "numpy": ("arrays",),
    "pandas": ("frames",),
    "scipy": ("sparse",),
    "networkx": ("graphs",),
    "sympy": ("formulas",),
}
"""The module beside this one that knows the types of a package."""

_Apart = Callable[[Any], Any]
_FORMS: dict[type, tuple[str, _Apart] | None] = {}


class NotPlain(Exception):
    """This one value of a known type has parts that do not cross."""


def take_apart(value: object) -> tuple[str, Any] | None:
    """The name of a value's kind and its state; None where it is of no known kind."""
    kind = type(value)
    if kind not in _FORMS:
        _FORMS[kind] = _form_of(kind)
    form = _FORMS[kind]
    if form is None:
        return None
    try:
        return form[0], form[1](value)
    except Exception:
        return None


def put_together(name: str, state: Any) -> Any:
    """The value of a kind, from its state.

    Raises:
        Exception: any: there is no such kind, or this is no state of one.
    """
    home, _, kind = name.partition(".")
    if (home,) not in _HOMES.values():
        raise NotPlain(f"nothing is known of {name}")
    build: Callable[[Any], Any] = importlib.import_module(f"{__name__}.{home}").BUILD[kind]
    return build(state)


def _form_of(kind: type) -> tuple[str, _Apart] | None:
    module = type.__getattribute__(kind, "__module__")
    for home in _HOMES.get(module.partition(".")[0], ()) if type(module) is str else ():
        forms: dict[type, tuple[str, _Apart]] = importlib.import_module(f"{__name__}.{home}").forms()
        if kind in forms:
            name, apart = forms[kind]
            return f"{home}.{name}", apart
    return None
