"""The objects of the notebook that the referee knows: each by its number, and by what can be done with it."""

from __future__ import annotations

import builtins
import os
from types import FunctionType
from typing import Final

from chainrule.crossing.protocol import SHARED_ERRORS, SPECIAL
from chainrule.crossing.wire import Handle

__all__ = ["Memory", "memory"]


class Memory:
    """The objects that the referee knows by number; they live as long as the kernel."""

    def __init__(self) -> None:
        self.process = os.getpid()
        self.epoch = os.urandom(8).hex()
        self.objects: dict[int, object] = {}
        self.numbers: dict[int, int] = {}

    def number(self, thing: object) -> int:
        # The object is kept alive with its number: another one at its address would be taken for it.
        number = self.numbers.setdefault(id(thing), len(self.objects) + 1)
        self.objects.setdefault(number, thing)
        return number

    def handle(self, thing: object, traits: str | None = None) -> Handle:
        # Never `thing.__class__`, nor a look at any other object's attributes: that would run student code.
        kind = type(thing)
        name = getattr(thing, "__name__", None) if kind is FunctionType or isinstance(thing, type) else kind.__name__
        name = name[:80] if type(name) is str else "object"
        return Handle(self.number(thing), name, self.traits(thing) if traits is None else traits)

    def traits(self, thing: object) -> str:
        kind = type(thing)
        found = _traits_of(kind)
        # Most of what is asked for: told at once, its class is no question of its own.
        if kind is FunctionType:
            found += " function"
        if isinstance(thing, type):
            found += " class"
            if issubclass(thing, BaseException):
                found += " error=" + self.lineage(thing)
        return found

    def lineage(self, error: type[BaseException]) -> str:
        """The student's own classes of this exception, as name#number, then its builtin class."""
        steps: list[str] = []
        for parent in error.__mro__:
            name = parent.__name__ if parent.__name__.isidentifier() else "Error"
            if getattr(builtins, name, None) is parent or SHARED_ERRORS.get(name) is parent:
                # The referee makes a class for each step; a student could have written hundreds.
                return ",".join([*steps[:8], name])
            if issubclass(parent, BaseException):
                steps.append(f"{name[:40]}#{self.number(parent)}")
        return "Exception"


_MEMORY: Final[list[Memory]] = []
_KNOWN_TRAITS: Final[dict[type, str]] = {}


def memory() -> Memory:
    """One memory a process: a forked kernel starts with an empty one."""
    if not _MEMORY or _MEMORY[-1].process != os.getpid():
        _MEMORY[:] = [Memory()]
    return _MEMORY[-1]


def _traits_of(kind: type) -> str:
    """The special methods that a class has, and `object` has not."""
    if kind not in _KNOWN_TRAITS:
        # A metaclass of the student's may answer `kind.__mro__` with anything, or fail.
        parents = type.__dict__["__mro__"].__get__(kind)
        names = {name for parent in parents if parent is not object for name in vars(parent)}
        _KNOWN_TRAITS[kind] = " ".join(sorted(name for name in SPECIAL if f"__{name}__" in names))
    return _KNOWN_TRAITS[kind]
