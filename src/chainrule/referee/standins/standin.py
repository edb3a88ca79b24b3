"""Stand-ins for objects that stay in the student's kernel: functions, classes, instances, iterators.

A stand-in can be called, read, set, compared with another stand-in, indexed and iterated, as far as the object
itself can; each of these asks the kernel. What decides a check never does: a stand-in is equal to no plain value,
is no number and no array, and arithmetic or order between it and a plain value is a TypeError. So an object that claims
to be equal to everything is equal to nothing here.
"""

import inspect
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from chainrule.crossing.wire import Handle
from chainrule.referee.faults import AuthorFault

if TYPE_CHECKING:
    from chainrule.referee.conversation import Student

_READABLE: Final = frozenset(
    ("__name__", "__qualname__", "__doc__", "__dict__", "__defaults__", "__annotations__", "__wrapped__")
)
_PARAMETERS: Final = (
    inspect.Parameter.POSITIONAL_ONLY,
    inspect.Parameter.POSITIONAL_OR_KEYWORD,
    inspect.Parameter.VAR_POSITIONAL,
    inspect.Parameter.KEYWORD_ONLY,
    inspect.Parameter.VAR_KEYWORD,
)


class Link:
    """What a stand-in stands for: a number in one student's kernel, for as long as that kernel lives."""

    __slots__ = ("epoch", "name", "number", "student")

    def __init__(self, student: "Student", handle: Handle) -> None:
        self.student = student
        self.number = handle.number
        self.name = handle.name
        self.epoch = student.epoch

    def ask(self, verb: str, *details: object) -> Any:
        self.check()
        return self.student.ask(verb, *details)

    def operate(self, name: str, *operands: object) -> Any:
        """Have an operation done in the kernel; its result comes by value."""
        return self.ask("operate", name, [self.student.pack(operand) for operand in operands])

    def check(self) -> None:
        if self.epoch != self.student.epoch:
            raise AuthorFault(f"{self.name} was kept from an earlier check, and its kernel is gone: fetch it again.")


class StandIn:
    # No docstring: __doc__ is the student's.
    __slots__ = ("__chainrule__", "__weakref__")

    def __init__(self, link: Link) -> None:
        object.__setattr__(self, "__chainrule__", link)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") and name.endswith("__") and name not in _READABLE:
            raise AttributeError(name)
        return link_of(self).ask("getattr", link_of(self).number, name)

    def __setattr__(self, name: str, value: object) -> None:
        link_of(self).operate("setattr", self, name, value)

    def __delattr__(self, name: str) -> None:
        link_of(self).operate("delattr", self, name)

    def __repr__(self) -> str:
        return f"<{link_of(self).name} in the notebook>"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, StandIn) and link_of(self).number == link_of(other).number

    def __hash__(self) -> int:
        return hash(link_of(self).number)

    def __bool__(self) -> bool:
        return True

    def __reduce_ex__(self, protocol: object) -> Any:
        raise TypeError(f"{link_of(self).name} stays in the notebook, and cannot be copied from here")

    def __instancecheck__(self, thing: object) -> bool:
        return isinstance(thing, StandIn) and link_of(self).operate("isinstance", thing, self) is True

    def __subclasscheck__(self, kind: object) -> bool:
        return isinstance(kind, StandIn) and link_of(self).operate("issubclass", kind, self) is True


def link_of(thing: StandIn) -> Link:
    link: Link = object.__getattribute__(thing, "__chainrule__")
    return link


def _call(self: StandIn, /, *arguments: Any, **keywords: Any) -> Any:
    link = link_of(self)
    link.check()
    return link.student.call(link.number, arguments, keywords)


def _signature(self: StandIn) -> inspect.Signature:
    rows = link_of(self).ask("signature", link_of(self).number)
    return inspect.Signature(
        [
            inspect.Parameter(name, _PARAMETERS[kind], default=value if has_default else inspect.Parameter.empty)
            for name, kind, has_default, value in rows
        ]
    )


def asking(name: str) -> Callable[..., Any]:
    def method(self: StandIn, *operands: object) -> Any:
        return link_of(self).operate(name, self, *operands)

    return method


def _asking_exactly(name: str, kind: type) -> Callable[..., Any]:
    def method(self: StandIn) -> Any:
        value = link_of(self).operate(name, self)
        if type(value) is not kind:
            raise TypeError(f"{name} of {link_of(self).name} gave no {kind.__name__}")
        return value

    return method


def _between(name: str, swapped: bool = False) -> Callable[..., Any]:
    """An operation between two stand-ins; with a plain value it is not defined, so no object can fake a number."""

    def method(self: StandIn, other: object) -> Any:
        if not isinstance(other, StandIn):
            return NotImplemented
        return link_of(self).operate(name, *((other, self) if swapped else (self, other)))

    return method


def _truth(name: str) -> Callable[..., Any]:
    def method(self: StandIn, other: object) -> Any:
        if not isinstance(other, StandIn):
            return NotImplemented
        return link_of(self).operate(name, self, other) is True

    return method


def _entered(self: StandIn) -> Any:
    return link_of(self).operate("enter", self)


def _exited(self: StandIn, *problem: object) -> None:
    link_of(self).operate("exit", self)


_NUMERIC: Final = ("add", "sub", "mul", "truediv", "floordiv", "mod", "pow", "matmul")
ARITHMETIC: Final = (*_NUMERIC, "and", "or", "xor", "lshift", "rshift")
_METHODS: Final[dict[str, dict[str, Any]]] = {
    "call": {"__call__": _call, "__signature__": property(_signature)},
    "len": {"__len__": _asking_exactly("len", int)},
    "getitem": {"__getitem__": asking("getitem")},
    "setitem": {"__setitem__": asking("setitem")},
    "delitem": {"__delitem__": asking("delitem")},
    "iter": {"__iter__": asking("iter")},
    "next": {"__next__": asking("next")},
    "bool": {"__bool__": _asking_exactly("bool", bool)},
    "str": {"__str__": _asking_exactly("str", str)},
    "repr": {"__repr__": _asking_exactly("repr", str)},
    "enter": {"__enter__": _entered, "__exit__": _exited},
    "eq": {"__eq__": _truth("eq"), "__ne__": _truth("ne"), "__hash__": StandIn.__hash__},
    "order": {f"__{name}__": _truth(name) for name in ("lt", "le", "gt", "ge")},
    "numeric": {
        **{f"__{name}__": asking(name) for name in ("neg", "pos", "abs", "invert")},
        **{f"__{name}__": _between(name + "_" * (name in ("and", "or"))) for name in ARITHMETIC},
    },
}
_KINDS: dict[str, type[StandIn]] = {}


def kind_of(traits: str) -> type[StandIn]:
    """The class of stand-ins that can do exactly this much, so that `callable` and `iter` answer as they should."""
    known = " ".join(sorted({trait for trait in traits.split() if trait in _METHODS}))
    if "len" in known.split() and "bool" not in known.split():
        known += " bool"
    if known not in _KINDS:
        methods = {name: method for trait in known.split() for name, method in _METHODS[trait].items()}
        doc = property(lambda self: StandIn.__getattr__(self, "__doc__"))
        _KINDS[known] = type("StandIn", (StandIn,), {"__slots__": (), "__doc__": doc, **methods})
    return _KINDS[known]
