"""Stand-ins for objects that stay in the student's kernel: functions, classes, instances, iterators.

A stand-in can be called, read, set, compared with another stand-in, indexed and iterated, as far as the object
itself can; each of these asks the kernel. What decides a check never does: a stand-in is equal to no plain value,
is no number and no array, and arithmetic or order between it and a plain value is a TypeError. So an object that claims
to be equal to everything is equal to nothing here.
"""

import builtins
import inspect
import sys
import types
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final
from weakref import WeakValueDictionary

import numpy as np

from chainrule.referee.faults import AuthorFault, StudentError
from chainrule.wire import Handle, Named, WireError

if TYPE_CHECKING:
    from chainrule.referee.student import Student

_READABLE: Final = frozenset(
    ("__name__", "__qualname__", "__doc__", "__dict__", "__defaults__", "__annotations__", "__wrapped__")
)
_SHARED_ERRORS: Final = {"LinAlgError": np.linalg.LinAlgError, "AxisError": np.exceptions.AxisError}
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


class Remote:
    # No docstring: __doc__ is the student's.
    __slots__ = ("__chainrule__", "__weakref__")

    def __init__(self, link: Link) -> None:
        object.__setattr__(self, "__chainrule__", link)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") and name.endswith("__") and name not in _READABLE:
            raise AttributeError(name)
        return _link(self).ask("getattr", _link(self).number, name)

    def __setattr__(self, name: str, value: object) -> None:
        _link(self).operate("setattr", self, name, value)

    def __delattr__(self, name: str) -> None:
        _link(self).operate("delattr", self, name)

    def __repr__(self) -> str:
        return f"<{_link(self).name} in the notebook>"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Remote) and _link(self).number == _link(other).number

    def __hash__(self) -> int:
        return hash(_link(self).number)

    def __bool__(self) -> bool:
        return True

    def __reduce_ex__(self, protocol: object) -> Any:
        raise TypeError(f"{_link(self).name} stays in the notebook, and cannot be copied from here")

    def __instancecheck__(self, thing: object) -> bool:
        return isinstance(thing, Remote) and _link(self).operate("isinstance", thing, self) is True

    def __subclasscheck__(self, kind: object) -> bool:
        return isinstance(kind, Remote) and _link(self).operate("issubclass", kind, self) is True


def _link(thing: Remote) -> Link:
    link: Link = object.__getattribute__(thing, "__chainrule__")
    return link


def _call(self: Remote, /, *arguments: Any, **keywords: Any) -> Any:
    link = _link(self)
    link.check()
    return link.student.call(link.number, arguments, keywords)


def _signature(self: Remote) -> inspect.Signature:
    rows = _link(self).ask("signature", _link(self).number)
    return inspect.Signature(
        [
            inspect.Parameter(name, _PARAMETERS[kind], default=value if has_default else inspect.Parameter.empty)
            for name, kind, has_default, value in rows
        ]
    )


def _asking(name: str) -> Callable[..., Any]:
    def method(self: Remote, *operands: object) -> Any:
        return _link(self).operate(name, self, *operands)

    return method


def _asking_exactly(name: str, kind: type) -> Callable[..., Any]:
    def method(self: Remote) -> Any:
        value = _link(self).operate(name, self)
        if type(value) is not kind:
            raise TypeError(f"{name} of {_link(self).name} gave no {kind.__name__}")
        return value

    return method


def _between(name: str, swapped: bool = False) -> Callable[..., Any]:
    """An operation between two stand-ins; with a plain value it is not defined, so no object can fake a number."""

    def method(self: Remote, other: object) -> Any:
        if not isinstance(other, Remote):
            return NotImplemented
        return _link(self).operate(name, *((other, self) if swapped else (self, other)))

    return method


def _truth(name: str) -> Callable[..., Any]:
    def method(self: Remote, other: object) -> Any:
        if not isinstance(other, Remote):
            return NotImplemented
        return _link(self).operate(name, self, other) is True

    return method


def _entered(self: Remote) -> Any:
    return _link(self).operate("enter", self)


def _exited(self: Remote, *problem: object) -> None:
    _link(self).operate("exit", self)


_NUMERIC: Final = ("add", "sub", "mul", "truediv", "floordiv", "mod", "pow", "matmul")
_ARITHMETIC: Final = (*_NUMERIC, "and", "or", "xor", "lshift", "rshift")
_METHODS: Final[dict[str, dict[str, Any]]] = {
    "call": {"__call__": _call, "__signature__": property(_signature)},
    "len": {"__len__": _asking_exactly("len", int)},
    "getitem": {"__getitem__": _asking("getitem")},
    "setitem": {"__setitem__": _asking("setitem")},
    "delitem": {"__delitem__": _asking("delitem")},
    "iter": {"__iter__": _asking("iter")},
    "next": {"__next__": _asking("next")},
    "bool": {"__bool__": _asking_exactly("bool", bool)},
    "str": {"__str__": _asking_exactly("str", str)},
    "repr": {"__repr__": _asking_exactly("repr", str)},
    "enter": {"__enter__": _entered, "__exit__": _exited},
    "eq": {"__eq__": _truth("eq"), "__ne__": _truth("ne"), "__hash__": Remote.__hash__},
    "order": {f"__{name}__": _truth(name) for name in ("lt", "le", "gt", "ge")},
    "numeric": {
        **{f"__{name}__": _asking(name) for name in ("neg", "pos", "abs", "invert")},
        **{f"__{name}__": _between(name + "_" * (name in ("and", "or"))) for name in _ARITHMETIC},
    },
}
_KINDS: dict[str, type[Remote]] = {}


def _kind(traits: str) -> type[Remote]:
    """The class of stand-ins that can do exactly this much, so that `callable` and `iter` answer as they should."""
    known = " ".join(sorted({trait for trait in traits.split() if trait in _METHODS}))
    if "len" in known.split() and "bool" not in known.split():
        known += " bool"
    if known not in _KINDS:
        methods = {name: method for trait in known.split() for name, method in _METHODS[trait].items()}
        doc = property(lambda self: Remote.__getattr__(self, "__doc__"))
        _KINDS[known] = type("Remote", (Remote,), {"__slots__": (), "__doc__": doc, **methods})
    return _KINDS[known]


class Remotes:
    """The stand-ins of one submission."""

    def __init__(self, student: "Student") -> None:
        self._student = student
        self._things: WeakValueDictionary[int, Remote] = WeakValueDictionary()
        self._errors: dict[int, type[BaseException]] = {}

    def forget(self) -> None:
        """A new kernel: its numbers mean other things."""
        self._things.clear()
        self._errors.clear()

    def incoming(self, handle: Handle) -> object:
        """What a handle becomes in the check."""
        for trait in handle.traits.split():
            if trait.startswith("error="):
                return self.error_class(trait.removeprefix("error="))
        if "data" in handle.traits.split():
            raise WireError("it kept a plain value to itself")
        known = self._things.get(handle.number)
        if known is None or type(known) is not _kind(handle.traits):
            known = self._things[handle.number] = _kind(handle.traits)(Link(self._student, handle))
        return known

    def borrowed(self, handle: Handle) -> object:
        """What a handle becomes where the check asked for identity: `globals()[name]`, and nowhere else."""
        if handle.traits == "data":
            return Borrowed(Link(self._student, handle))
        return self.incoming(handle)

    def error_class(self, lineage: str) -> type[BaseException]:
        """A class to raise and to catch for one of the student's exceptions: `Empty#7,StackError#6,ValueError`."""
        *own, last = lineage.split(",")[:10]
        builtin = getattr(builtins, last, None)
        is_error = isinstance(builtin, type) and issubclass(builtin, BaseException)
        kind: type[BaseException] = builtin if is_error else _SHARED_ERRORS.get(last, StudentError)  # type: ignore[assignment]
        for step in reversed(own):
            name, _, digits = step.partition("#")
            number = int(digits) if digits.isdecimal() and len(digits) < 10 else 0
            if number not in self._errors:
                if len(self._errors) > 1000:
                    raise WireError("it raised too many kinds of exception")
                self._errors[number] = type(name[:80], (kind,), {"__chainrule__": (self._student.epoch, number)})
            kind = self._errors[number]
        return kind

    def outgoing(self, thing: object) -> object:
        """What an object of the referee becomes on its way to the kernel.

        Raises:
            AuthorFault: it cannot cross.
        """
        if isinstance(thing, Remote):
            _link(thing).check()
            return Handle(_link(thing).number)
        if isinstance(thing, type) and issubclass(thing, BaseException) and "__chainrule__" in vars(thing):
            return Handle(vars(thing)["__chainrule__"][1])
        if type(thing) is range:
            return self.outgoing(self._student.ask("range", thing.start, thing.stop, thing.step))
        if (twin := self._student.twins.get(id(thing))) is not None:
            return self.outgoing(self._student.ask("borrow", twin))
        named = _installed_name(thing)
        if named is not None:
            return named
        problem = f"The check passes {_described(thing)} to the notebook, and that cannot cross."
        raise AuthorFault(f"{problem} {_advice(thing)}")


def _installed_name(thing: Any) -> Named | None:
    """The module and name by which the student's kernel finds the same function or class."""
    if not (callable(thing) or isinstance(thing, types.ModuleType)):
        return None
    if isinstance(thing, types.ModuleType):
        return Named(thing.__name__, "") if sys.modules.get(thing.__name__) is thing else None
    module = "numpy" if isinstance(thing, np.ufunc) else getattr(thing, "__module__", None)
    name = getattr(thing, "__qualname__", None) or getattr(thing, "__name__", None)
    if type(module) is not str or type(name) is not str or module.startswith(("__main__", "chainrule")):
        return None
    found: Any = sys.modules.get(module)
    for part in name.split("."):
        found = getattr(found, part, None)
    return Named(module, name) if found is thing else None


def _described(thing: object) -> str:
    if isinstance(thing, types.FunctionType):
        kind = "a lambda" if thing.__name__ == "<lambda>" else f"its own function {thing.__name__}"
        return f"{kind} (line {thing.__code__.co_firstlineno} of {thing.__code__.co_filename})"
    return f"a value of type {type(thing).__name__}"


def _advice(thing: object) -> str:
    if isinstance(thing, types.FunctionType | type):
        return "Define it in a plain cell of the notebook, and use it from there."
    if isinstance(thing, types.GeneratorType | map | filter | zip):
        return "Pass a list."
    module = type(thing).__module__.partition(".")[0]
    if module in ("torch", "tensorflow", "keras", "pandas"):
        return "Pass an array, or make it in a function that stands in a plain cell of the notebook."
    if module == "matplotlib":
        return "A figure stays where it is: have a plain cell of the notebook return its numbers."
    return "Pass plain numbers, texts, lists, dicts or arrays."


class Borrowed(Remote):
    # A list, array or other plain value of the notebook by identity, as `globals()[name]` gives it. Set back or passed
    # on it is the very same object; everything else reads a fresh copy, and works on that.
    __slots__ = ()

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__array_") and name != "__array__":  # these point into memory that the copy would free
            raise AttributeError(name)
        return getattr(_copy(self), name)

    if not TYPE_CHECKING:

        @property
        def __class__(self) -> type:
            return type(_copy(self))

    def __bool__(self) -> bool:
        return bool(_copy(self))


def _copy(thing: Remote) -> Any:
    return _link(thing).ask("copy", _link(thing).number)


def _on_copy(name: str) -> Callable[..., Any]:
    def method(self: Remote, *operands: Any) -> Any:
        mine = _copy(self)
        others = [_copy(operand) if type(operand) is Borrowed else operand for operand in operands]
        return getattr(type(mine), name)(mine, *others) if hasattr(type(mine), name) else NotImplemented

    return method


def _give_copies(kind: Any) -> None:
    unary = ("len", "getitem", "contains", "iter", "str", "repr", "neg", "pos", "abs", "int", "float")
    reflected = [f"r{name}" for name in _ARITHMETIC]
    for name in (*unary, "eq", "ne", "lt", "le", "gt", "ge", *_ARITHMETIC, *reflected):
        setattr(kind, f"__{name}__", _on_copy(f"__{name}__"))
    kind.__hash__ = Remote.__hash__
    kind.__setitem__, kind.__delitem__ = _asking("setitem"), _asking("delitem")


_give_copies(Borrowed)
