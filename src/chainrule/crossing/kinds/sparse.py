"""scipy's sparse matrices and arrays."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, Final

import numpy as np

from chainrule.crossing.kinds import NotPlain

_FORMATS: Final = ("bsr", "coo", "csc", "csr", "dia", "dok", "lil")
_NAMES: Final = tuple(f"{form}_{kind}" for form in _FORMATS for kind in ("matrix", "array"))


@cache
def forms() -> dict[type, tuple[str, Callable[[Any], Any]]]:
    """How values of each type are taken apart."""
    from scipy import sparse

    return {getattr(sparse, name): ("sparse", _apart) for name in _NAMES}


def _apart(value: Any) -> Any:
    flat = value.tocoo()
    return type(value).__name__, flat.data, np.asarray(flat.row), np.asarray(flat.col), tuple(flat.shape)


def _build(state: Any) -> Any:
    from scipy import sparse

    name, data, row, column, shape = state
    if name not in _NAMES or any(type(part) is not np.ndarray for part in (data, row, column)) or len(shape) != 2:
        raise NotPlain("no sparse matrix")
    form, _, kind = name.partition("_")
    flat = getattr(sparse, f"coo_{kind}")((data, (row, column)), shape=shape)
    return flat.asformat(form)


BUILD: Final[dict[str, Callable[[Any], Any]]] = {"sparse": _build}
"""How a value of each kind is built from its state."""
