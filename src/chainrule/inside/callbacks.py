"""What stands in the notebook for functions and iterators of a check: each call is done there, by the referee."""

import builtins
from collections.abc import Callable, Iterator
from typing import Any, Final

__all__ = ["CURRENT", "check_error", "proxy", "proxy_iterator"]

CURRENT: Final[list[Any]] = []
"""The side of the conversation that is open, if any."""


def proxy(number: int, name: str) -> Callable[..., Any]:
    """A function that has the check's own called."""

    # A plain function: students may ask what they were given for its name, its type or its signature.
    def function(*arguments: Any, **keywords: Any) -> Any:
        return _asked(number, arguments, keywords)

    function.__name__ = function.__qualname__ = name
    return function


def proxy_iterator(number: int) -> Iterator[Any]:
    """An iterator that takes each item from the check's own."""
    while True:
        # One at a time, as it is needed: the check's iterator may have no end.
        try:
            item = _asked(number, (), {})
        except StopIteration:
            return
        yield item


def _asked(number: int, arguments: tuple[Any, ...], keywords: dict[str, Any]) -> Any:
    if not CURRENT:
        raise RuntimeError("this function belongs to a check that is over")
    return CURRENT[-1].call_back(number, arguments, keywords)


def check_error(number: int, name: str, message: str) -> BaseException:
    """What a function of the check raised, as an exception here; the referee knows it by its number."""
    # A class of Python's own, so that `except ValueError` in the student's code catches what it should.
    kind: Any = getattr(builtins, name, None)
    is_error = isinstance(kind, type) and issubclass(kind, Exception)
    # Some want more than a message: UnicodeDecodeError takes five arguments.
    try:
        error: BaseException = kind(message) if is_error else RuntimeError(message)
    except Exception:
        error = RuntimeError(message)
    vars(error)["__chainrule__"] = number
    return error
