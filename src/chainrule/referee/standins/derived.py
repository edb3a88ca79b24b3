"""Values of classes derived from plain ones: here they are of a class that has the name, the base, and nothing else.

So `type(x) == list` says of a list of a class of the student's what it says in the notebook, and no method of that
class runs here. A tensor is an array here, which says of its class that it is a tensor's.
"""

from __future__ import annotations

import sys
from typing import Any, Final

import numpy as np

from chainrule.referee.faults import Unrefereed

__all__ = ["Derived", "is_derived", "is_of_tensor", "plain_value", "tensor_library"]

MOST: Final = 1000
_BASES: Final = (int, float, complex, str, bytes, list, tuple, dict, set, frozenset, np.ndarray, np.generic)
_IMMUTABLE: Final = (int, float, str, bytes)
_MARK: Final = "__chainrule_plain__"
_TENSOR: Final = "__chainrule_tensor__"
_LIBRARIES: Final = ("torch", "tensorflow", "keras")


class _TensorClass(type):
    """The class of an array that stands for a tensor: equal to the tensor's own."""

    def __eq__(cls, other: object) -> bool:
        return cls is other or (isinstance(other, type) and _name_of(other) == vars(cls)[_TENSOR])

    def __hash__(cls) -> int:
        return type.__hash__(cls)


class Derived:
    """The classes and values of one submission that came as plain values with a name."""

    def __init__(self) -> None:
        self._classes: dict[tuple[str, type], Any] = {}
        self._values: dict[tuple[str, type, Any], Any] = {}

    def value(self, name: str, plain: Any) -> Any:
        """A value of a class of this name, which is derived from the plain value's.

        Raises:
            TypeError, ValueError: there can be no such class.
        """
        key = name, type(plain), plain if isinstance(plain, _IMMUTABLE) else None
        # One object for equal ones: an enumeration's `colour is Colour.RED` holds here, too.
        if key[2] is not None and key in self._values:
            return self._values[key]
        kind = self._class(name, type(plain))
        made = plain.view(kind) if isinstance(plain, np.ndarray) else kind(plain)
        if key[2] is not None and len(self._values) < MOST:
            self._values[key] = made
        return made

    def tensor(self, module: str, name: str, array: Any) -> Any:
        """The array of a tensor, whose class is found by a module and a name.

        Raises:
            TypeError: it is no such array.
        """
        if type(array) is not np.ndarray or type(module) is not str or module.partition(".")[0] not in _LIBRARIES:
            raise TypeError("no tensor")
        key = f"{module}.{name}", np.ndarray
        if key not in self._classes:
            if len(self._classes) > MOST:
                raise ValueError("too many classes")
            about = {_MARK: np.ndarray, _TENSOR: (module, name), "__module__": module, "__getattr__": _asked_for}
            self._classes[key] = _TensorClass(name[:80], (np.ndarray,), about)
        return array.view(self._classes[key])

    def _class(self, name: str, base: type) -> Any:
        if base is bool or not issubclass(base, _BASES):
            raise TypeError("no class is derived from this")
        if (name, base) not in self._classes:
            # Each becomes a class here, and a kernel could name new ones without end.
            if len(self._classes) > MOST:
                raise ValueError("too many classes")
            made = type(name[:80], (base,), {_MARK: base, "__module__": "__main__"})
            self._classes[name, base] = made
        return self._classes[name, base]


def _asked_for(self: Any, name: str) -> Any:
    """What an array does not have, a tensor may."""
    if name.startswith("__"):
        raise AttributeError(name)
    raise Unrefereed(f"The check asks a tensor for `{name}`, and what comes here is an array.")


def is_derived(thing: object) -> bool:
    """Whether this came as a plain value with the name of a class."""
    return _MARK in vars(type(thing))


def tensor_library(thing: object) -> str:
    """The library of the tensor that this array stands for; empty where it stands for none."""
    module, _ = vars(type(thing)).get(_TENSOR, ("", ""))
    return str(module).partition(".")[0]


def is_of_tensor(thing: object, kind: Any) -> bool:
    """Whether a tensor that came as an array is of a class.

    Raises:
        Unrefereed: only its library could tell.
    """
    if kind is object or type(thing) == kind:  # noqa: E721 - the class of a tensor is equal to the tensor's own
        return True
    library, (module, _) = tensor_library(thing), _name_of(kind)
    if module.partition(".")[0] != library:
        return False
    # Each of torch's is a `Tensor`; of the other two, variables are none.
    if library == "torch" and kind is getattr(sys.modules.get("torch"), "Tensor", None):
        return True
    raise Unrefereed(f"The check asks whether a tensor is of {kind!r}, and what comes here is an array.")


def _name_of(kind: Any) -> tuple[str, str]:
    return str(getattr(kind, "__module__", "")), str(getattr(kind, "__qualname__", ""))


def plain_value(thing: Any) -> Any:
    """The plain value in it."""
    base = vars(type(thing))[_MARK]
    return thing.view(np.ndarray) if issubclass(base, np.ndarray) else base(thing)
