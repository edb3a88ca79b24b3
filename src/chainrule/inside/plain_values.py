"""What stands for an object that may not cross as it is: the plain value inside a subclass, a tensor's array.

Runs in the student's kernel, on objects of the student's: it uses the methods of base classes alone.
"""

import collections
import sys
import types
from types import FunctionType
from typing import Any, Final

import numpy as np

from chainrule.crossing.kinds import take_apart

__all__ = ["MISSING", "PLAIN", "base_value", "class_name", "is_mutable", "is_record", "is_tensor", "shared_parts"]

MISSING: Final[Any] = object()
"""There is no such value, and none that stands for it."""


PLAIN: Final[frozenset[type]] = frozenset(
    {bool, type(None), int, float, complex, str, bytes, list, tuple, dict, set, frozenset}
)
_HOLDERS: Final = (list, dict, tuple, set, bytearray, np.ndarray)
_MOST_PARTS: Final = 50_000
"""So many parts of a value are looked at, for time."""
_FIXED: Final = frozenset({bool, type(None), int, float, complex, str, bytes, frozenset, type, FunctionType})
_OF_A_RECORD: Final = frozenset(vars(collections.namedtuple("Record", ""))) | {"__orig_bases__", "__annotations__"}


def is_mutable(value: Any) -> bool:
    """Whether this is a plain value that can be changed in place."""
    kind = type(value)
    return kind in (list, dict, set, tuple, np.ndarray) or (kind not in _FIXED and take_apart(value) is not None)


def is_record(kind: type) -> bool:
    """Whether a class is a namedtuple's, with nothing added to it."""
    # With a metaclass or another base it could hold methods that are not to be seen here.
    if type(kind) is not type or kind.__bases__ != (tuple,):
        return False
    names = vars(kind)
    fields: Any = names.get("_fields")
    is_plain = type(fields) is tuple and all(type(field) is str for field in fields)
    return is_plain and names.keys() - _OF_A_RECORD <= set(fields)


def class_name(kind: type) -> tuple[str, str]:
    """The module and name by which an installed class is found; empty for a class that the notebook makes."""
    for name, thing in vars(types).items():
        if thing is kind:
            return "types", name
    # A metaclass of the student's may say anything of its class.
    module, name = type.__getattribute__(kind, "__module__"), type.__getattribute__(kind, "__qualname__")
    if type(module) is not str or type(name) is not str or module == "__main__":
        return "", ""
    found: Any = sys.modules.get(module)
    for part in name.split("."):
        found = getattr(found, part, None)
    return (module, name) if found is kind else ("", "")


def is_tensor(value: Any) -> bool:
    """Whether an array stands for this value by the contract: a tensor's or a variable's."""
    return not issubclass(type(value), (np.ndarray, np.generic, *(PLAIN - {bool, type(None)})))


def base_value(value: Any) -> Any:
    """The plain value inside a subclass, read with the methods of the base class alone, or `MISSING`."""
    kind = type(value)
    if kind in PLAIN:
        return value
    if issubclass(kind, np.ndarray):
        # Without its mask an array has other numbers.
        if kind.__module__.startswith("numpy.ma"):
            return MISSING
        # Objects in an array would each have to cross; a subclass's own methods are not asked.
        array = np.ndarray.view(value, np.ndarray)
        return array if array.dtype.kind in "biufc" else MISSING
    # Before Python's numbers: `numpy.float64` is a float as well, and would lose its type.
    if issubclass(kind, np.generic) and np.generic.dtype.__get__(value).kind in "biufc":
        return np.ndarray.__getitem__(np.generic.__array__(value), ())
    for base in (int, float, complex):
        if issubclass(kind, base):
            # The base class's own `+value` gives a plain number, also where the subclass has another.
            return base.__pos__(value)
    if issubclass(kind, str):
        return str.__str__(value)
    for row in (bytes, list, tuple):
        if issubclass(kind, row):
            return row.__getitem__(value, slice(None))
    if issubclass(kind, dict):
        return dict(dict.items(value))
    if issubclass(kind, set | frozenset):
        base_kind = set if issubclass(kind, set) else frozenset
        return base_kind(base_kind.__iter__(value))
    return _tensor_value(value)


def shared_parts(value: Any) -> list[tuple[list[Any], list[Any]]]:
    """Where a list, dict, set or array stands once more in a value, and where it stands first: keys from the top."""
    first: dict[int, list[Any]] = {}
    found: list[tuple[list[Any], list[Any]]] = []
    waiting: collections.deque[Any] = collections.deque([([], value)] if type(value) in _HOLDERS else [])
    left = _MOST_PARTS
    while waiting and left > 0:
        path, part = waiting.popleft()
        kind = type(part)
        if kind is not tuple:
            if id(part) in first:
                found.append((path, first[id(part)]))
                continue
            first[id(part)] = path
        if kind in (list, tuple, dict):
            left -= len(part)
            items = part.items() if kind is dict else enumerate(part)
            waiting += [([*path, key], inner) for key, inner in items if type(inner) in _HOLDERS]
    return found


def _tensor_value(value: Any) -> Any:
    """The array in a torch or TensorFlow tensor or variable; `MISSING` for anything else. Imports neither."""
    torch, flow, keras = _modules("torch", "tensorflow", "keras")
    is_torch: bool = isinstance(value, getattr(torch, "Tensor", ()))
    if is_torch:
        tensor = value.detach().cpu().resolve_conj().resolve_neg()
        # numpy has no bfloat16.
        return np.asarray((tensor.float() if tensor.dtype is torch.bfloat16 else tensor).numpy())
    kinds = [getattr(flow, "Tensor", None), getattr(flow, "Variable", None), getattr(keras, "Variable", None)]
    is_flow: bool = isinstance(value, tuple(kind for kind in kinds if isinstance(kind, type)))
    if is_flow:
        array = np.asarray(value.numpy())
        return array if array.dtype.kind in "biufc" else MISSING
    return MISSING


def _modules(*names: str) -> list[Any]:
    return [sys.modules.get(name) for name in names]
