"""The names that a check sees: its own first, then Python's, then the student's, fetched when they are used.

CPython looks names up in a frame's globals, then in its `__builtins__`. Globals stay a dict of the referee's own names;
`Builtins` is a dict whose `__missing__` asks the notebook. This covers functions, class bodies, comprehensions and
eval (checked on CPython 3.11, 3.12 and 3.13).
"""

import builtins
from collections.abc import Iterator, MutableMapping, Set
from types import ModuleType
from typing import Any

from chainrule.referee.callbacks import REPLACEABLE, is_own_function
from chainrule.referee.conversation import Student
from chainrule.referee.cpython_seams import caller
from chainrule.referee.faults import AbsentError
from chainrule.referee.restore import Originals
from chainrule.referee.standins.classes import TYPE, is_instance, is_subclass
from chainrule.referee.standins.registry import is_installed
from chainrule.referee.standins.standin import StandIn, is_stand_in
from chainrule.referee.verdict import Place

_CONSTANTS = (type(None), bool, int, float, complex, str, bytes)


class Builtins(dict[str, Any]):
    """Python's own names, then what earlier checks left, then the notebook's names.

    Args:
        student: the line to the notebook.
        theirs: names that are the student's, where the student has them.
        helpers: names that are the checks' own, also where an earlier check failed before it made them.
    """

    def __init__(self, student: Student, theirs: frozenset[str], helpers: frozenset[str]) -> None:
        super().__init__(vars(builtins))
        self._student = student
        self._helpers = helpers
        self._shadowed: dict[str, Any] = {}
        self.leftovers: dict[str, Any] = {}
        self.broken: dict[str, str] = {}
        """The author's names that could not be made here, and why."""
        self.update(display=_display, type=TYPE, isinstance=is_instance, issubclass=is_subclass)
        self.begin(theirs)

    def begin(self, theirs: frozenset[str], unmade: frozenset[str] = frozenset()) -> None:
        """A check begins, for which these names are the student's, and these could not be made here."""
        self.theirs, self.unmade = theirs, unmade
        # A student may call a function `sum` or `max`; the next check may want Python's.
        self.update(self._shadowed)
        self._shadowed = {name: self.pop(name) for name in theirs & self.keys()}

    def __missing__(self, name: str) -> Any:
        # Names of this kind are Python's own; the notebook's say nothing about a check.
        if name.startswith("__") and name.endswith("__"):
            raise KeyError(name)
        if name in self.leftovers and name not in self.theirs:
            return self.leftovers[name]
        if name in self.unmade:
            self._student.cannot(f"The author's own `{name}` is made in the notebook only, with magic or student code.")
        if name not in self.theirs and name in self.broken:
            self._student.cannot(f"The author's own `{name}` cannot be made here: {self.broken[name]}")
        # Never the student's: a check whose `close` a student may define is passed by `return True`.
        if name in self._helpers:
            self._student.missing.add(name)
            raise KeyError(name)
        try:
            return self._student.fetch(name)
        except KeyError:
            # The student has none: then Python's own, or what an earlier check made, as in the notebook.
            if name in self._shadowed:
                return self._shadowed[name]
            return self.leftovers[name]


class Names(dict[str, Any]):
    """The globals of given cells and checks.

    `del name` where the name is not the referee's own deletes it in the notebook, and a later assignment puts it
    back there: so `saved = f; del f; ...; f = saved` works as it does in the notebook.
    """

    def __init__(
        self, student: Student, theirs: frozenset[str] = frozenset(), helpers: frozenset[str] = frozenset()
    ) -> None:
        self.outside = Builtins(student, theirs, helpers)
        super().__init__({"__name__": "__main__", "__builtins__": self.outside})
        self._student = student
        self._deleted: set[str] = set()
        self._given: list[dict[str, Any]] = [dict(self)]
        self._here: dict[str, Any] = self._given[0]
        self._theirs = theirs
        self._shared: set[str] = set()
        self._originals = Originals()
        self._notebook = Notebook(student)
        self.outside.update({function.__name__: function for function in self._own_functions()})

    def keep(self) -> None:
        """One more text was given: what there is now is what checks find that stand between it and the next."""
        self._given.append(dict(self))
        self._here = self._given[-1]

    def lose(self, names: Set[str], why: str) -> None:
        """A text failed that was to make these: whoever asks for one is told so."""
        for name in names & self.keys():
            super().__delitem__(name)
        self.outside.broken |= dict.fromkeys(names, why)

    def settle(self) -> None:
        """All is given: remember what its data were, and which functions the notebook has too."""
        # By identity: what stands between two texts is mostly what stood there before.
        every = {id(value): value for given in self._given for value in given.values()}
        self._originals = Originals(every.values())
        made_here = (item for item in self.items() if getattr(item[1], "__module__", None) == "__main__")
        self._student.twins = {id(value): name for name, value in made_here if callable(value)}

    def begin(self, place: Place | None) -> None:
        """A check begins: it finds what it would find in the notebook, standing where it stands."""
        if place is None:
            self._here = self._given[-1]
            self.outside.begin(self._theirs)
        else:
            hidden = place.students | (place.of_checks & self.outside.leftovers.keys())
            self._here = {name: value for name, value in self._given[place.given].items() if name not in hidden}
            self.outside.begin(place.students, place.unmade)
        # In place: functions of given cells have this very dict as their globals.
        self.clear()
        self.update(self._here)

    def end(self) -> None:
        """Forget what the check defined; a later check finds it where nobody else has the name."""
        # Only where something came back changed: to compare all data after every check would cost more than the checks.
        if self._student.changed:
            self._originals.put_back()
        # In a notebook a later check finds what an earlier one made.
        left = {name: value for name, value in self.items() if self._here.get(name, self) is not value}
        self.outside.leftovers.update(left)
        self.clear()
        self.update(self._here)
        self._deleted.clear()
        self._shared.clear()

    def __delitem__(self, name: str) -> None:
        if name in self:
            super().__delitem__(name)
            if name in self._shared:
                self._student.later("drop", [name], name)
            return
        # Noted, since what the check sets next under this name is meant for the notebook again.
        del self._notebook[name]
        self._deleted.add(name)

    def __setitem__(self, name: str, value: Any) -> None:
        if name in self._deleted:
            self._deleted.discard(name)
            self._notebook[name] = value
        else:
            super().__setitem__(name, value)
            if self._student.is_open:
                self._share(name, value)

    def _share(self, name: str, value: Any) -> None:
        """A name of the notebook's that the check sets: student code calls the check's function, as in the notebook.

        A plain value is not sent, since it may be what the check expects.
        """
        if name not in REPLACEABLE and name not in self.outside.theirs:
            return
        if is_stand_in(value) or (is_own_function(value) and not is_installed(value)):
            self._student.later("set", [name], {name: self._student.pack(value)})
            self._shared.add(name)
        # A class or module of that name is the check's own business; a value may be meant for the student's code.
        elif not isinstance(value, type | ModuleType):
            self._student.doubt(f"the check sets `{name}`, which the notebook has too")

    def _own_functions(self) -> Iterator[Any]:
        """`globals` and its like: in a check they are about the notebook."""

        def globals() -> Any:
            return self._notebook

        def locals() -> Any:
            # At the top of a check its names are the notebook's; in a function of the check's they are its own.
            frame = caller()
            return self._notebook if frame.f_locals is frame.f_globals else frame.f_locals

        def vars(*things: Any) -> Any:
            frame = caller()
            mine = self._notebook if frame.f_locals is frame.f_globals else frame.f_locals
            return builtins.vars(*things) if things else mine

        def dir(*things: Any) -> list[str]:
            return builtins.dir(*things) if things else sorted({*self, *self._notebook})

        yield from (globals, locals, vars, dir)


class Notebook(MutableMapping[str, Any]):
    """The names of the student's notebook, as `globals()` in a check: read by identity, set and deleted there.

    Setting and deleting wait for the next question, and what a name means, and the list of all, are asked for again
    only where student code changed them: a check that lends the notebook a dozen variables costs few questions.
    """

    def __init__(self, student: Student) -> None:
        self._student = student
        self._listed: dict[str, None] = {}
        self._listed_at = -1

    def __getitem__(self, name: str) -> Any:
        try:
            return self._student.borrow(name)
        except AbsentError:
            raise KeyError(name) from None

    def __setitem__(self, name: str, value: Any) -> None:
        self.update({name: value})

    def __delitem__(self, name: str) -> None:
        if name not in self._names():
            raise KeyError(name)
        self._drop(name)

    def __contains__(self, name: object) -> bool:
        return name in self._names()

    def __iter__(self) -> Iterator[str]:
        return iter(list(self._names()))

    def __len__(self) -> int:
        return len(self._names())

    def pop(self, name: str, *default: Any) -> Any:
        """Take a name away, and give what it meant, in one go."""
        if name in self._student.borrowed:
            value = self._student.borrowed[name]
            self._student.touched = True
            self._drop(name)
            return value
        try:
            value = self._student.ask("take", name)
        except AbsentError:
            if default:
                return default[0]
            raise KeyError(name) from None
        self._listed.pop(name, None)
        return value

    def update(self, *others: Any, **names: Any) -> None:
        """Set several names in one go."""
        values = {**dict(*others), **names}
        packed = {name: self._student.pack(value) for name, value in values.items()}
        if packed:
            self._student.later("set", packed, packed)
            self._listed.update(dict.fromkeys(packed))
        for name, value in values.items():
            # What is known by identity; of anything else the notebook now holds a copy, which is another object.
            if type(value) in _CONSTANTS or issubclass(type(value), StandIn):
                self._student.borrowed[name] = value

    def _drop(self, name: str) -> None:
        self._student.later("drop", [name], name)
        self._listed.pop(name, None)

    def _names(self) -> dict[str, None]:
        if self._listed_at != self._student.listing:
            names = self._student.ask("names")
            # A dict for its order, which is the notebook's.
            self._listed = dict.fromkeys(names.split("\n") if type(names) is str else ())
            self._listed_at = self._student.listing
        return self._listed

    def copy(self) -> dict[str, Any]:
        """A dict of every name, as it is now."""
        return dict(self)


def _display(*things: Any, **options: Any) -> None:
    """What IPython's `display` does where nobody looks: nothing."""
