"""What the referee and the agent say to each other, written down once for both sides.

A conversation is one connection for one check. The agent (in the student's kernel) says hello with a token and the
kernel's epoch; then the referee asks, and each question is answered by one message:

    referee                                         agent
    [number, verb, *details]                    ->
                                                <-  [number, "value", value, changed, news]
                                                <-  [number, "absent"]                       there is no such name
                                                <-  [number, "raised", type, words, arguments, traceback, lineage, news]

In between, the agent may have a function of the check's called (`[number, "callback", function, arguments, keywords,
news]`), which the referee answers with `["result", value]`, `["stopped"]` (an iterator) or `["failed", error, type,
words]`; before that it may ask questions. Where such an error ends the question, the agent answers
`[number, "returned", error, news]`.

A `Built` on this line is one of:

    copy          (handle, value)                   what a name means, where it can be changed in place
    argument      place                             what a call returned, where it is one of its arguments
    base          (type, value)                     the plain value inside an object of a subclass
    record        (class, values)                   a namedtuple of the student's
    callback      (number, name)                    a function of the check's
    iterator      (number,)                         an iterator of the check's
    record class  (number, name, fields, defaults)  its class

`changed` holds the arguments of a call that the student's code changed in place; `news` the names that no longer mean
what the referee was told, whether there are other names than before, what was printed, and the state of the random
generators where the check has seeded them.

    verb        details                         what is done
    get         name                            its value by copy, or a handle
    borrow      name                            the same by identity: containers and arrays come as handles too
    take        name                            borrow it, and delete it
    copy        handle                          a plain copy of what a borrowed handle stands for
    set         {name: value}                   names are set
    drop        name                            a name is deleted
    names       -                               all names, as one text
    getattr     handle, name                    an attribute, by value
    operate     operation, operands             one of `OPERATIONS`
    call        handle, keywords, *arguments    a function is called, on fresh copies
    signature   handle                          the parameters of a callable
    kind        handle                          its class: module and name, where installed, and a handle
    random      state                           the random generators of both sides are one from here on
    seed        module, number                  a library's own generator is seeded
    builtins    {name: function or None}        Python's own function is replaced, or put back
    restore     handle, value                   what a handle stands for is made equal to a value, in place
    settle      -                               nothing: what was put off is done
    after       steps, verb, *details           steps (set, drop) that nobody waited for come first
"""

from __future__ import annotations

import copy
import inspect
import operator
from collections.abc import Callable
from typing import Any, Final

import numpy as np

__all__ = ["BINARY", "OPERATIONS", "SHARED_ERRORS", "SPECIAL", "command", "copy_command"]

SHARED_ERRORS: Final[dict[str, type[Exception]]] = {
    "LinAlgError": np.linalg.LinAlgError,
    "AxisError": np.exceptions.AxisError,
}
"""Exceptions, besides Python's own, that have a name on both sides."""

BINARY: Final[dict[str, Callable[[Any, Any], Any]]] = {
    "add": operator.add,
    "sub": operator.sub,
    "mul": operator.mul,
    "truediv": operator.truediv,
    "floordiv": operator.floordiv,
    "mod": operator.mod,
    "pow": operator.pow,
    "matmul": operator.matmul,
    "and": operator.and_,
    "or": operator.or_,
    "xor": operator.xor,
    "lshift": operator.lshift,
    "rshift": operator.rshift,
}
"""Operators with two operands, by their names; with an `r` before them the other way round, with an `i` in place."""

SPECIAL: Final = frozenset({
    "call", "len", "bool", "hash", "contains", "enter", "exit", "getitem", "setitem", "delitem", "iter", "next",
    "reversed", "neg", "pos", "abs", "invert", "eq", "ne", "lt", "le", "gt", "ge", "float", "int", "complex", "index",
    "round", "trunc", "floor", "ceil", "divmod", "rdivmod", "fspath", "await", "array", "array_ufunc", "array_function",
    *BINARY, *(f"r{name}" for name in BINARY), *(f"i{name}" for name in BINARY),
})  # fmt: skip
"""The special methods that a handle's traits name: what `object` has not, and the class of a thing has."""


def _left(thing: Any, kind: Any, words: list[Any]) -> Any:
    # Looked up in the class, as a `with` statement does.
    problem = None if kind is None else kind(*words)
    return type(thing).__exit__(thing, kind, problem, None)


def _is_a(thing: Any, kind: Any) -> bool:
    """Whether a thing is of a class, whatever it says of its own class itself."""
    return issubclass(type(thing), kind)


OPERATIONS: Final[dict[str, Callable[..., Any]]] = {
    **{name: getattr(operator, name) for name in ("getitem", "setitem", "delitem", "neg", "pos", "abs", "invert")},
    **BINARY,
    **{f"i{name}": getattr(operator, f"i{name}") for name in BINARY},
    **{name: getattr(operator, name) for name in ("eq", "ne", "lt", "le", "gt", "ge", "contains")},
    **{f.__name__: f for f in (len, iter, next, bool, str, repr, format, hash, dir, setattr, delattr, issubclass)},
    "reversed": reversed,
    "copy": copy.copy,
    "deepcopy": copy.deepcopy,
    "is": operator.is_,
    "isinstance": isinstance,
    "is_a": _is_a,
    "source": inspect.getsource,
    "enter": lambda thing: type(thing).__enter__(thing),
    "exit": _left,
}
"""What the referee may ask to have done with handles, besides calling them and reading their attributes."""


def command(path: str, token: str) -> str:
    """The line of Python that the student's kernel runs for one check."""
    return f"__import__('chainrule.inside.agent', fromlist=['serve']).serve({path!r}, {token!r}, globals())"


def copy_command(path: str, token: str) -> str:
    """The line of Python that leaves a copy of the student's kernel behind, for a check that cannot be refereed."""
    return f"__import__('chainrule.inside.copies', fromlist=['keep']).keep({path!r}, {token!r}, globals())"
