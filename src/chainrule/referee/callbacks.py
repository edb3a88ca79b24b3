"""Functions and iterators of a check that the notebook holds, and what is shared with it while a check runs."""

import builtins
import random
import sys
import types
from collections.abc import Callable
from typing import Any, Final

import numpy as np

from chainrule.crossing.restore import global_generators, restore
from chainrule.crossing.wire import Built, decode, encode

__all__ = ["REPLACEABLE", "Callbacks", "Randomness", "is_own_function"]

REPLACEABLE: Final = {name: getattr(builtins, name) for name in ("print", "input", "open")}
"""What a check may replace in Python, or by a name of its own, so that student code calls the check's."""
# Each is kept for the life of the submission: a check that passes a new lambda in a loop must not fill the memory.
_MOST: Final = 10_000


def is_own_function(thing: Any) -> bool:
    """Whether this is something that a check can have called back: a function, a bound method, a mock."""
    return callable(thing) and not isinstance(thing, type | types.ModuleType)


def _is_iterator(thing: Any) -> bool:
    return hasattr(type(thing), "__next__") and not callable(thing)


class Callbacks:
    """The check's functions and iterators that went to the notebook, by number."""

    def __init__(self) -> None:
        self._things: list[Any] = []
        self._numbers: dict[int, int] = {}
        self._errors: list[BaseException] = []

    def lend(self, thing: Any) -> Built | None:
        """What stands for a function or an iterator on its way to the notebook; None for other things."""
        is_iterator = _is_iterator(thing)
        if not (is_iterator or is_own_function(thing)) or len(self._things) >= _MOST:
            return None
        # The thing is kept too: another one at its address would have its number.
        if id(thing) not in self._numbers:
            self._things.append(thing)
            self._numbers[id(thing)] = len(self._things) - 1
        number = self._numbers[id(thing)]
        if is_iterator:
            return Built("iterator", (number,))
        name = getattr(thing, "__name__", "")
        return Built("callback", (number, name if type(name) is str else "function"))

    def call(self, number: Any, arguments: list[Any], keywords: dict[str, Any]) -> Any:
        """Call one of them."""
        thing = self._things[number]
        return next(thing) if _is_iterator(thing) else thing(*arguments, **keywords)

    def failed(self, error: BaseException) -> list[Any]:
        """What the notebook is told of an error in one of them."""
        self._errors.append(error)
        # By number: should student code let it through, the check gets its very own exception back.
        return ["failed", len(self._errors) - 1, type(error).__name__, str(error)[:500]]

    def error(self, number: Any) -> BaseException:
        """The error that came back through the notebook."""
        error: BaseException = self._errors[number]
        return error


class Randomness:
    """One stream of random numbers on both sides, from where a check seeds it until the check is over."""

    def __init__(self, is_open: Callable[[], bool], later: Callable[[list[Any]], None]) -> None:
        self._is_open = is_open
        self._later = later
        self._known: bytes | None = None
        self.shared = False
        # A stream is only shared once a check asks for one: to send the state each time would cost a lot.
        random.seed = self._noticed(random.seed)
        np.random.seed = self._noticed(np.random.seed)

    def begin(self) -> None:
        """A new check: nothing is seeded yet."""
        self.shared, self._known = False, None
        torch: Any = sys.modules.get("torch")
        # A check may import torch only now; this process does not load it by itself.
        if torch is not None and not hasattr(torch.manual_seed, "__chainrule__"):
            torch.manual_seed = self._forwarded(torch.manual_seed, "torch")

    def outgoing(self) -> bytes | None:
        """The state that the notebook does not know yet."""
        if not self.shared or (now := encode(global_generators())) == self._known:
            return None
        self._known = now
        return now

    def incoming(self, state: Any) -> None:
        """Go on from where the notebook's code left the stream."""
        if self.shared and type(state) is bytes:
            for mine, theirs in zip(global_generators(), decode(state), strict=True):
                restore(mine, theirs)
            # As this side writes it, so that the next comparison is one of like with like.
            self._known = encode(global_generators())

    def _noticed(self, seed: Any) -> Any:
        def seed_both(*arguments: Any, **options: Any) -> Any:
            self.shared = self.shared or self._is_open()
            return seed(*arguments, **options)

        return seed_both

    def _forwarded(self, seed: Any, module: str) -> Any:
        def seed_both(number: Any) -> Any:
            if self._is_open():
                self._later(["seed", module, int(number)])
            return seed(number)

        seed_both.__chainrule__ = True  # type: ignore[attr-defined]
        return seed_both
