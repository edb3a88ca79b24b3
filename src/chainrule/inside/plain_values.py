"""What stands for an object that may not cross as it is: the plain value inside a subclass, a tensor's array.

Runs in the student's kernel, on objects of the student's: it uses the methods of base classes alone.
"""

import sys
from typing import Any, Final

import numpy as np

__all__ = ["MISSING", "base_value"]

MISSING: Final[Any] = object()
"""There is no such value, and none that stands for it."""


def base_value(value: Any) -> Any:
    """The plain value inside a subclass, read with the methods of the base class alone, or `MISSING`."""
    kind = type(value)
    if kind in (bool, type(None), int, float, complex, str, bytes, list, tuple, dict, set, frozenset):
        return value
    if issubclass(kind, np.ndarray):
        array = np.ndarray.view(value, np.ndarray)
        return array if array.dtype.kind in "biufc" else MISSING
    if issubclass(kind, np.generic) and np.generic.dtype.__get__(value).kind in "biufc":
        return np.ndarray.__getitem__(np.generic.__array__(value), ())
    for base in (int, float, complex):
        if issubclass(kind, base):
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


def _tensor_value(value: Any) -> Any:
    """The array in a torch or TensorFlow tensor or variable; `MISSING` for anything else. Imports neither."""
    torch, flow, keras = _modules("torch", "tensorflow", "keras")
    is_torch: bool = isinstance(value, getattr(torch, "Tensor", ()))
    if is_torch:
        tensor = value.detach().cpu().resolve_conj().resolve_neg()
        return np.asarray((tensor.float() if tensor.dtype is torch.bfloat16 else tensor).numpy())
    kinds = [getattr(flow, "Tensor", None), getattr(flow, "Variable", None), getattr(keras, "Variable", None)]
    is_flow: bool = isinstance(value, tuple(kind for kind in kinds if isinstance(kind, type)))
    if is_flow:
        array = np.asarray(value.numpy())
        return array if array.dtype.kind in "biufc" else MISSING
    return MISSING


def _modules(*names: str) -> list[Any]:
    return [sys.modules.get(name) for name in names]
