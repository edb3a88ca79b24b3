"""Stand-ins for objects that stay in the student's kernel: functions, classes, instances, iterators.

A stand-in can be called, read, set, indexed, iterated, asked for its class and worked with, as far as the object itself
can; each of these asks the kernel. What decides a check never does. Where a plain value of the check meets an object
of the student's and the object's own methods would say what comes of it (`thing == 3`, `thing - 3`, `3 in thing`,
`float(thing)`), nobody here can know whether that is true: the check ends without a verdict, as `Unrefereed`. So an
object that claims to be equal to everything is equal to nothing here.
"""

import inspect
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from chainrule.crossing.protocol import BINARY
from chainrule.crossing.wire import Handle
from chainrule.referee.faults import AuthorFault

if TYPE_CHECKING:
    from chainrule.referee.conversation import Student

_PARAMETERS: Final = (
    inspect.Parameter.POSITIONAL_ONLY,
    inspect.Parameter.POSITIONAL_OR_KEYWORD,
    inspect.Parameter.VAR_POSITIONAL,
    inspect.Parameter.KEYWORD_ONLY,
    inspect.Parameter.VAR_KEYWORD,
)


class Link:
    """What a stand-in stands for: a number in one student's kernel, for as long as that kernel lives."""

    __slots__ = ("epoch", "name", "number", "student", "traits")

    def __init__(self, student: "Student", handle: Handle) -> None:
        self.student = student
        self.number = handle.number
        self.name = handle.name
        self.traits = handle.traits
        self.epoch = student.epoch

    def ask(self, verb: str, *details: object) -> Any:
        self.check()
        return self.student.ask(verb, *details)

    def operate(self, name: str, *operands: object) -> Any:
        """Have an operation done in the kernel; its result comes by value."""
        return self.ask("operate", name, [self.student.pack(operand) for operand in operands])

    def check(self) -> None:
        # The number is another object's by now, or nobody's.
        if self.epoch != self.student.epoch:
            raise AuthorFault(f"{self.name} was kept from an earlier check, and its kernel is gone: fetch it again.")


class StandIn:
    # No docstring: __doc__ is the student's.
    __slots__ = ("__chainrule__", "__weakref__")

    def __init__(self, link: Link) -> None:
        object.__setattr__(self, "__chainrule__", link)

    def __getattribute__(self, name: str) -> Any:
        link = link_of(self)
        # What Python asks of every object on its own account is answered here.
        if name in _INSTEAD:
            return _INSTEAD[name](self)
        # numpy asks every object for these, and would take an answer for an array.
        if name.startswith("__array"):
            if name not in vars(type(self)):
                raise AttributeError(name)
            return vars(type(self))[name].__get__(self)
        return link.ask("getattr", link.number, name)

    def __setattr__(self, name: str, value: object) -> None:
        link_of(self).operate("setattr", self, name, value)

    def __delattr__(self, name: str) -> None:
        link_of(self).operate("delattr", self, name)

    def __repr__(self) -> str:
        return _text(self, "repr")

    def __str__(self) -> str:
        return _text(self, "str")

    def __format__(self, form: str) -> str:
        return _text(self, "format", form)

    def __dir__(self) -> list[str]:
        return list(link_of(self).operate("dir", self))

    def __eq__(self, other: object) -> Any:
        # Two stand-ins of one object can exist, where its class got new methods in between.
        return self is other or (is_stand_in(other) and link_of(self).number == link_of(other).number) or NotImplemented

    def __hash__(self) -> int:
        return hash(link_of(self).number)

    def __bool__(self) -> bool:
        return True

    def __copy__(self) -> Any:
        return link_of(self).operate("copy", self)

    def __reduce_ex__(self, protocol: object) -> Any:
        link_of(self).student.cannot(f"The check pickles {_named(self)}, which stays in the notebook.")

    def __instancecheck__(self, thing: object) -> bool:
        return link_of(self).student.standins.is_a(thing, self)

    def __subclasscheck__(self, kind: object) -> bool:
        return link_of(self).student.standins.is_subclass(kind, self)


def link_of(thing: Any) -> Link:
    link: Link = object.__getattribute__(thing, "__chainrule__")
    return link


def is_stand_in(thing: object) -> bool:
    """Whether this is a stand-in; `isinstance` would ask some of them for their class."""
    return issubclass(type(thing), StandIn)


def _named(self: StandIn) -> str:
    return f"{link_of(self).name or 'an object'} of the notebook"


def _text(self: StandIn, name: str, *details: object) -> str:
    link = link_of(self)
    # A traceback that is shown when the check is over must not ask: nobody answers, and that would be an error again.
    if not link.student.is_open or link.epoch != link.student.epoch:
        return f"<{link.name} in the notebook>"
    return str(_exactly(link.operate(name, self, *details), str, name, self))


def _exactly(value: Any, kind: type, name: str, self: StandIn) -> Any:
    if type(value) is not kind:
        raise TypeError(f"{name} of {link_of(self).name} gave no {kind.__name__}")
    return value


def _call(self: StandIn, /, *arguments: Any, **keywords: Any) -> Any:
    link = link_of(self)
    link.check()
    return link.student.call(link.number, arguments, keywords)


def _signature(self: StandIn) -> inspect.Signature:
    # `inspect.signature` tries this on whatever it is given, and goes on where there is none.
    if "call" not in link_of(self).traits.split():
        raise AttributeError("__signature__")
    rows = link_of(self).ask("signature", link_of(self).number)
    return inspect.Signature(
        [
            inspect.Parameter(name, _PARAMETERS[kind], default=value if has_default else inspect.Parameter.empty)
            for name, kind, has_default, value in rows
        ]
    )


def _deep_copier(self: StandIn) -> Callable[[Any], Any]:
    return lambda memo: link_of(self).operate("deepcopy", self)


def _class_of(self: StandIn) -> Any:
    return link_of(self).student.standins.class_of(self)


def _derived(self: StandIn) -> Any:
    link_of(self).student.cannot(f"The check derives a class of its own from {_named(self)}.")


_INSTEAD: Final[dict[str, Callable[[StandIn], Any]]] = {
    "__class__": _class_of,
    "__signature__": _signature,
    "__deepcopy__": _deep_copier,
    "__mro_entries__": lambda self: lambda bases: _derived(self),
    "__reduce_ex__": lambda self: lambda protocol: StandIn.__reduce_ex__(self, protocol),
}


def asking(name: str) -> Callable[..., Any]:
    def method(self: StandIn, *operands: object) -> Any:
        return link_of(self).operate(name, self, *operands)

    return method


def _asking_exactly(name: str, kind: type) -> Callable[..., Any]:
    def method(self: StandIn) -> Any:
        return _exactly(link_of(self).operate(name, self), kind, name, self)

    return method


def _refused(sign: str) -> Callable[..., Any]:
    """An operation that turns an object into a plain value by the object's own word."""

    def method(self: StandIn, *operands: object, **options: object) -> Any:
        link_of(self).student.cannot(f"The check uses {sign} on {_named(self)}, and takes its word for a plain value.")

    return method


def _between(name: str, *, swapped: bool = False) -> Callable[..., Any]:
    """An operation with another operand; where that is a plain value, what comes of it may be an object only."""

    def method(self: StandIn, other: object) -> Any:
        # Asked first: `vector + 1` is a vector again, and only a plain number that comes of it would be its word.
        value = link_of(self).operate(name, *((other, self) if swapped else (self, other)))
        if not is_stand_in(other) and not is_stand_in(value):
            _refused(f"`{name}` with a plain value")(self)
        return value

    return method


def _compared(name: str) -> Callable[..., Any]:
    def method(self: StandIn, other: object) -> Any:
        if is_stand_in(other):
            return link_of(self).operate(name, self, other)
        if isinstance(other, type) and name in ("eq", "ne") and "class" in link_of(self).traits.split():
            return link_of(self).student.standins.is_class(self, other) is (name == "eq")
        return _refused(f"`{name}` with a plain value")(self)

    return method


def _contains(self: StandIn, item: object) -> Any:
    return link_of(self).operate("contains", self, item) if is_stand_in(item) else _refused("`in`")(self)


def _exited(self: StandIn, kind: Any, problem: object, trace: object) -> bool:
    """Leave a block as the notebook does; a failed assertion of the check is nothing that an object may swallow."""
    is_own = kind is None or not issubclass(kind, Exception) or issubclass(kind, AssertionError)
    swallowed = link_of(self).operate("exit", self, None if is_own else kind, [] if is_own else [str(problem)])
    return not is_own and swallowed is True


def _is_class(self: StandIn, other: object) -> Any:
    if is_stand_in(other):
        return link_of(self).number == link_of(other).number
    return link_of(self).student.standins.is_class(self, other) if isinstance(other, type) else NotImplemented


_CONVERSIONS: Final = (
    "float", "int", "complex", "index", "round", "trunc", "floor", "ceil", "divmod", "rdivmod", "fspath", "await",
    "array", "array_ufunc", "array_function",
)  # fmt: skip
_METHODS: Final[dict[str, dict[str, Any]]] = {
    "call": {"__call__": _call},
    "class": {"__eq__": _is_class, "__hash__": StandIn.__hash__},
    "len": {"__len__": _asking_exactly("len", int)},
    "bool": {"__bool__": _asking_exactly("bool", bool)},
    "hash": {"__hash__": _asking_exactly("hash", int)},
    "contains": {"__contains__": _contains},
    "enter": {"__enter__": asking("enter")},
    "exit": {"__exit__": _exited},
    **{name: {f"__{name}__": asking(name)} for name in ("getitem", "setitem", "delitem", "iter", "next", "reversed")},
    **{name: {f"__{name}__": asking(name)} for name in ("neg", "pos", "abs", "invert")},
    **{name: {f"__{name}__": _compared(name)} for name in ("eq", "ne", "lt", "le", "gt", "ge")},
    **{name: {f"__{name}__": _between(name)} for name in BINARY},
    **{f"r{name}": {f"__r{name}__": _between(name, swapped=True)} for name in BINARY},
    **{f"i{name}": {f"__i{name}__": _between(f"i{name}")} for name in BINARY},
    **{name: {f"__{name}__": _refused(f"__{name}__")} for name in _CONVERSIONS},
}
_KINDS: dict[str, type[StandIn]] = {}


def kind_of(traits: str) -> type[StandIn]:
    """The class of stand-ins that can do exactly this much, so that `callable` and `iter` answer as they should."""
    # Python looks special methods up in the class: so there is a class for each set of them.
    # What Python makes of the one special method where the other is missing.
    words = set(traits.split())
    if "eq" in words:
        words.add("ne")
    if "len" in words:
        words.add("bool")
    known = " ".join(sorted(words & _METHODS.keys()))
    if known not in _KINDS:
        methods = {name: method for trait in _METHODS if trait in words for name, method in _METHODS[trait].items()}
        # A class that defines `__eq__` alone loses its hash, and stand-ins have to lie in sets and dicts.
        methods.setdefault("__hash__", StandIn.__hash__)
        _KINDS[known] = type("StandIn", (StandIn,), {"__slots__": (), **methods})
    return _KINDS[known]
