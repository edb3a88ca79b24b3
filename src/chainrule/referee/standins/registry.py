"""The stand-ins of one submission: what handles become in a check, and what goes out to the notebook."""

import builtins
import collections
import sys
import types
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from weakref import WeakValueDictionary

import numpy as np

from chainrule.crossing.protocol import SHARED_ERRORS
from chainrule.crossing.restore import restore
from chainrule.crossing.wire import Built, Handle, Named, WireError
from chainrule.referee.faults import StudentError
from chainrule.referee.standins.by_identity import ValueStandIn
from chainrule.referee.standins.classes import loaded_class
from chainrule.referee.standins.derived import Derived, is_derived, plain_value
from chainrule.referee.standins.sharing import are_made_one
from chainrule.referee.standins.standin import Link, StandIn, is_stand_in, kind_of, link_of

if TYPE_CHECKING:
    from chainrule.referee.conversation import Student


_LARGEST_COPY: Final = 2**18
"""In bytes; a larger value that a check changes in its copy is not changed in the notebook."""


@dataclass
class _Copy:
    """A value of the notebook: what came, and what this side would send, to see what the check has changed."""

    value: Any
    theirs: bytes
    mine: bytes | None
    shared: bool = False


class StandIns:
    """The stand-ins of one submission."""

    def __init__(self, student: "Student") -> None:
        self._student = student
        # Weak: a check that makes a million objects in the notebook holds on to those that it still uses.
        self._things: WeakValueDictionary[int, StandIn] = WeakValueDictionary()
        self._errors: dict[int, type[BaseException]] = {}
        self._records: dict[int, Any] = {}
        self._classes: dict[int, Any] = {}
        self._copies: dict[int, _Copy] = {}
        self._derived = Derived()

    def forget_copies(self) -> None:
        """A new check: it reads every value afresh."""
        self._copies.clear()

    def changed_copies(self) -> Iterator[tuple[int, bytes]]:
        """The values of the notebook that the check has changed in its copy, with what they are now."""
        for number, copy in self._copies.items():
            if copy.mine is not None and (now := self._student.pack(copy.value)) != copy.mine:
                copy.mine = now
                yield number, now

    def _copy(self, number: int, data: bytes) -> object:
        """A value that can be changed in place: the same copy for as long as the notebook has the same object."""
        known = self._copies.get(number)
        if known is not None and known.theirs == data:
            self._student.shared |= known.shared
            return known.value
        before, self._student.shared = self._student.shared, False
        value = self._student.decoded(data)
        shared, self._student.shared = self._student.shared, self._student.shared or before
        # Brought up to date in place: whoever holds it sees what the student's code has done to it since.
        if known is not None:
            restore(known.value, value)
            value = known.value
        mine = self._student.pack(value) if len(data) <= _LARGEST_COPY else None
        self._copies[number] = _Copy(value, data, mine, shared)
        return value

    def forget(self) -> None:
        """A new kernel: its numbers mean other things."""
        self._things.clear()
        self._errors.clear()
        self._records.clear()
        self._classes.clear()

    def incoming(self, handle: Handle) -> object:
        """What a handle becomes in the check."""
        for trait in handle.traits.split():
            if trait.startswith("error="):
                return self.error_class(trait.removeprefix("error="))
        # Only who asked by identity gets those: elsewhere a plain value has to come as what it is.
        if "data" in handle.traits.split():
            raise WireError("it kept a plain value to itself")
        known = self._things.get(handle.number)
        # One stand-in for one object, so that `is` and `in` are right; its class may have got new methods.
        if known is None or type(known) is not kind_of(handle.traits):
            known = self._things[handle.number] = kind_of(handle.traits)(Link(self._student, handle))
        return known

    def borrowed(self, handle: Handle) -> object:
        """What a handle becomes where the check asked for identity: `globals()[name]`, and nowhere else."""
        if handle.traits == "data":
            return ValueStandIn(Link(self._student, handle))
        return self.incoming(handle)

    def built(self, built: Built) -> object:
        """What the student's side sends of a value that has a class of its own.

        Raises:
            WireError: it is no such thing.
        """
        try:
            if built.name == "argument":
                return built
            if built.name == "copy":
                return self._copy(*built.state)
            if built.name == "shared":
                value, shared = built.state
                self._student.shared |= not are_made_one(value, shared)
                return value
            if built.name == "base":
                return self._base(*built.state)
            if built.name == "tensor":
                return self._derived.tensor(*built.state)
            if built.name == "defaultdict":
                return collections.defaultdict(self._no_factory, built.state)
            if built.name == "record class":
                return self._record_class(*built.state)
            if built.name == "record":
                kind, values = built.state
                if kind in self._records.values():
                    return kind(*values)
        except (TypeError, ValueError) as error:
            raise WireError(f"it sent no {built.name} ({type(error).__name__})") from None
        raise WireError("it sent something that may not cross")

    def _base(self, name: str, value: object) -> object:
        self._student.doubt(f"a value of type {name[:80]} came as a plain {type(value).__name__} of that name")
        return self._derived.value(name, value)

    def _no_factory(self) -> object:
        self._student.cannot("The check asks a `defaultdict` for a key that it has not, and its function is not here.")

    def _record_class(self, number: int, name: str, fields: tuple[str, ...], defaults: dict[str, Any]) -> Any:
        """A namedtuple's class, made here: it holds plain values, and nothing of the student's runs in it."""
        if number not in self._records:
            # Each becomes a class here, and a kernel could name new ones without end.
            if len(self._records) > 1000 or len(fields) > 1000:
                raise WireError("it sent too many records")
            last = [defaults[field] for field in fields if field in defaults]
            made = collections.namedtuple(name, fields, defaults=last, module="__main__")  # type: ignore[misc]
            type.__setattr__(made, "__chainrule__", (self._student.epoch, number))
            self._records[number] = made
        return self._records[number]

    def class_of(self, thing: StandIn) -> Any:
        """The class of the object: this process's own where it has it, else a stand-in."""
        if "function" in link_of(thing).traits.split():
            return types.FunctionType
        number = link_of(thing).number
        if number not in self._classes:
            # A traceback or a debugger may ask when the check is over, and nobody is there to answer.
            if not self._student.is_open:
                return type(thing)
            module, name, kind = self._student.ask("kind", number)
            found = loaded_class(module, name) if type(module) is str and type(name) is str else None
            self._classes[number] = found or kind
        return self._classes[number]

    def is_a(self, thing: object, kind: Any) -> bool:
        """Whether an object is of a class, of which at least one is the notebook's."""
        if is_derived(thing):
            self._student.cannot(
                f"The check asks for the class of a value of type {type(thing).__name__}, a copy here."
            )
        if not self._is_known(kind):
            return False
        return self._operate("is_a", thing, kind) is True

    def is_subclass(self, kind: Any, parent: Any) -> bool:
        """Whether a class comes from another, of which at least one is the notebook's."""
        return self._is_known(kind) and self._is_known(parent) and self._operate("issubclass", kind, parent) is True

    def is_class(self, kind: StandIn, other: type) -> bool:
        """Whether a class of the notebook is one that this process has too."""
        return self._is_known(other) and self._operate("is", kind, other) is True

    def _is_known(self, kind: Any) -> bool:
        """Whether the kernel can know this class: nothing there is of a class that a check made."""
        return is_stand_in(kind) or "__chainrule__" in vars(kind) or _installed_name(kind) is not None

    def _operate(self, name: str, *operands: object) -> Any:
        return self._student.ask("operate", name, [self._student.pack(operand) for operand in operands])

    def error_class(self, lineage: str) -> type[BaseException]:
        """A class to raise and to catch for one of the student's exceptions: `Empty#7,StackError#6,ValueError`."""
        # Names only, which the kernel chose: what decides is the last, and that is one of Python's or none.
        *own, last = lineage.split(",")[:10]
        builtin = getattr(builtins, last, None)
        is_error = isinstance(builtin, type) and issubclass(builtin, BaseException)
        kind: type[BaseException] = builtin if is_error else SHARED_ERRORS.get(last, StudentError)  # type: ignore[assignment]
        for step in reversed(own):
            name, _, digits = step.partition("#")
            number = int(digits) if digits.isdecimal() and len(digits) < 10 else 0
            if number not in self._errors:
                if len(self._errors) > 1000:
                    raise WireError("it raised too many kinds of exception")
                self._errors[number] = type(name[:80], (kind,), {"__chainrule__": (self._student.epoch, number)})
            kind = self._errors[number]
        return kind

    def outgoing(self, thing: Any) -> object:
        """What an object of the referee becomes on its way to the kernel.

        Raises:
            Unrefereed: it cannot cross.
        """
        if is_stand_in(thing):
            # An object of a kernel that has died has the number of another one in the next.
            link_of(thing).check()
            return Handle(link_of(thing).number)
        if isinstance(thing, type) and issubclass(thing, BaseException) and "__chainrule__" in vars(thing):
            return Handle(vars(thing)["__chainrule__"][1])
        if is_derived(thing):
            return plain_value(thing)
        if type(thing) is collections.defaultdict and thing.default_factory == self._no_factory:
            return dict(thing)
        # A namedtuple goes back into its own class, which the kernel knows by number.
        if type(thing) in self._records.values():
            return Built("record", (type(thing), tuple(thing)))
        if isinstance(thing, type) and thing in self._records.values():
            return Handle(vars(thing)["__chainrule__"][1])
        # Given cells ran on both sides: what a check passes on is the notebook's own function of that name.
        if (twin := self._student.twins.get(id(thing))) is not None:
            return self.outgoing(self._student.borrow(twin))
        named = _installed_name(thing)
        if named is not None:
            return named
        lent = self._student.callbacks.lend(thing)
        if lent is not None:
            return lent
        problem = f"The check passes a value of type {type(thing).__name__} to the notebook, and that cannot cross."
        self._student.cannot(f"{problem} {_advice(thing)}")


def _installed_name(thing: Any) -> Named | None:
    """The module and name by which the student's kernel finds the same function or class."""
    if not (callable(thing) or isinstance(thing, types.ModuleType)):
        return None
    # The class of functions says that it is one of the builtins, where nobody finds it.
    if isinstance(thing, type) and thing.__module__ == "builtins" and not hasattr(builtins, thing.__name__):
        return next((Named("types", name) for name, kind in vars(types).items() if kind is thing), None)
    if isinstance(thing, types.ModuleType):
        return Named(thing.__name__, "") if sys.modules.get(thing.__name__) is thing else None
    module = "numpy" if isinstance(thing, np.ufunc) else getattr(thing, "__module__", None)
    name = getattr(thing, "__qualname__", None) or getattr(thing, "__name__", None)
    # Nothing of this package: the sandbox has another part of it, or none.
    if type(module) is not str or type(name) is not str or module.startswith(("__main__", "chainrule")):
        return None
    found: Any = sys.modules.get(module)
    for part in name.split("."):
        found = getattr(found, part, None)
    return Named(module, name) if found is thing else None


def is_installed(thing: Any) -> bool:
    """Whether the kernel finds the same thing by its name."""
    return _installed_name(thing) is not None


def _advice(thing: object) -> str:
    if isinstance(thing, type):
        return "Define it in a plain cell of the notebook, and use it from there."
    module = type(thing).__module__.partition(".")[0]
    if module in ("torch", "tensorflow", "keras"):
        return "Pass an array, or make it in a function that stands in a plain cell of the notebook."
    if module == "matplotlib":
        return "A figure stays where it is: have a plain cell of the notebook return its numbers."
    return "Pass plain numbers, texts, lists, dicts, arrays or frames."
