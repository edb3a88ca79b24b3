"""Stand-ins for plain values of the notebook that a check holds by identity."""

from collections.abc import Callable
from typing import Any

from chainrule.crossing.protocol import BINARY
from chainrule.referee.standins.standin import StandIn, asking, link_of


class ValueStandIn(StandIn):
    # A list, array or other plain value of the notebook by identity, as `globals()[name]` gives it. Set back or passed
    # on it is the very same object; everything else reads a fresh copy, and works on that.
    __slots__ = ()

    def __getattribute__(self, name: str) -> Any:
        if name.startswith("__array_") and name != "__array__":  # these point into memory that the copy would free
            raise AttributeError(name)
        return getattr(_copy(self), name)

    def __bool__(self) -> bool:
        return bool(_copy(self))


def _copy(thing: StandIn) -> Any:
    return link_of(thing).ask("copy", link_of(thing).number)


def _on_copy(name: str) -> Callable[..., Any]:
    def method(self: StandIn, *operands: Any) -> Any:
        mine = _copy(self)
        others = [_copy(operand) if type(operand) is ValueStandIn else operand for operand in operands]
        return getattr(type(mine), name)(mine, *others) if hasattr(type(mine), name) else NotImplemented

    return method


def _give_copies(kind: Any) -> None:
    unary = ("len", "getitem", "contains", "iter", "str", "repr", "format", "neg", "pos", "abs", "int", "float")
    reflected = [f"r{name}" for name in BINARY]
    for name in (*unary, "eq", "ne", "lt", "le", "gt", "ge", *BINARY, *reflected):
        setattr(kind, f"__{name}__", _on_copy(f"__{name}__"))
    kind.__hash__ = StandIn.__hash__
    kind.__setitem__, kind.__delitem__ = asking("setitem"), asking("delitem")


_give_copies(ValueStandIn)
