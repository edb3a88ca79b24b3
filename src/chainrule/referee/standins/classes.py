"""The truth about classes: what `isinstance`, `issubclass`, `type(x)` and `x.__class__` say of a stand-in.

The kernel reads an object's class with `type`, whatever the object says of itself. A class of a library that this
process has loaded too is that class here; any other is a stand-in. What cannot be told is no class that a check of the
author's made: nothing of the student's is of one.
"""

import builtins
import sys
import types
from collections.abc import Iterator
from typing import Any, Final

import numpy as np

from chainrule.referee.standins.derived import is_of_tensor, tensor_library
from chainrule.referee.standins.standin import StandIn, is_stand_in

__all__ = ["TYPE", "is_instance", "is_subclass", "loaded_class", "type_of"]

PLAIN: Final = frozenset(
    {type(None), bool, int, float, complex, str, bytes, list, tuple, dict, set, np.ndarray, np.float64}
)
"""The exact types of most values that checks ask about: none is a stand-in's or a tensor's."""
_HARMLESS: Final = (
    "builtins", "types", "collections", "datetime", "decimal", "fractions", "enum", "re", "matplotlib.", "networkx.",
    "pandas.", "scipy.sparse", "scipy.stats", "sklearn.", "torch.nn", "torch.optim", "keras.",
)  # fmt: skip
"""Where classes may be handed to a check as they are: none of them writes a file or starts a program when it is called
with what a student chose (libraries call an object's class, to copy the object)."""
_WRITERS: Final = ("pandas.io", "matplotlib.backends", "matplotlib.animation", "pandas.ExcelWriter", "pandas.HDFStore")


def loaded_class(module: str, name: str) -> type | None:
    """A class by its module and name, where it is loaded here and harmless; nothing is imported."""
    if not f"{module}.".startswith(_HARMLESS) or f"{module}.{name}".startswith(_WRITERS):
        return None
    # Not imported: the names come from the student's kernel, and an import runs code.
    found: Any = sys.modules.get(module)
    for part in name.split("."):
        found = getattr(found, part, None)
    return found if isinstance(found, type) else None


def is_instance(thing: Any, kinds: Any) -> bool:
    """`isinstance`, of stand-ins and classes of the notebook too."""
    if type(thing) in PLAIN:
        return builtins.isinstance(thing, kinds)
    if tensor_library(thing):
        return any(is_of_tensor(thing, kind) for kind in _flat(kinds))
    if not is_stand_in(thing):
        return builtins.isinstance(thing, kinds)
    return any(_is_a(thing, kind) for kind in _flat(kinds))


def is_subclass(kind: Any, kinds: Any) -> bool:
    """`issubclass`, of classes of the notebook too."""
    if not is_stand_in(kind):
        return builtins.issubclass(kind, kinds)
    standins = _registry(kind)
    return any(parent is object or standins.is_subclass(kind, parent) for parent in _flat(kinds))


def type_of(thing: Any) -> Any:
    """`type` with one argument."""
    kind = type(thing)
    return thing.__class__ if kind not in PLAIN and is_stand_in(thing) else kind


def _is_a(thing: StandIn, kind: Any) -> bool:
    return kind is object or bool(_registry(thing).is_a(thing, kind))


def _flat(kinds: Any) -> Iterator[Any]:
    if isinstance(kinds, tuple):
        for kind in kinds:
            yield from _flat(kind)
    elif isinstance(kinds, types.UnionType):
        yield from kinds.__args__
    else:
        yield type if kinds is TYPE else kinds


def _registry(thing: StandIn) -> Any:
    return object.__getattribute__(thing, "__chainrule__").student.standins


class _Type:
    """What `type` means in a check: Python's own, which also tells the truth about stand-ins."""

    def __call__(self, *arguments: Any, **options: Any) -> Any:
        if len(arguments) == 1 and not options:
            return type_of(*arguments)
        # `type(name, bases, namespace)` makes a class past all that a class statement would be asked for.
        bases = arguments[1] if len(arguments) > 1 else ()
        for base in bases if isinstance(bases, tuple) else ():
            if is_stand_in(base):
                base.__mro_entries__(bases)
        return type(*arguments, **options)

    def __mro_entries__(self, bases: Any) -> tuple[type]:
        return (type,)

    def __instancecheck__(self, thing: Any) -> bool:
        return is_instance(thing, type)

    def __subclasscheck__(self, kind: Any) -> bool:
        return builtins.issubclass(kind, type)

    def __getattr__(self, name: str) -> Any:
        return getattr(type, name)

    # `type(x) == type` holds in a notebook, and has to hold here for either of the two.
    def __eq__(self, other: object) -> bool:
        return other is self or other is type

    def __hash__(self) -> int:
        return hash(type)

    def __or__(self, other: Any) -> Any:
        return type | other

    def __repr__(self) -> str:
        return repr(type)


TYPE: Final = _Type()
