"""The referee's line to one student's kernel: asks, checks each answer, and turns errors into exceptions.

Nothing that arrives is trusted. An answer that is late, junk, too large, or not to the question asked is a
`StudentFault`: it ends the check as failed, whatever the check's text does with the exception.
"""

import builtins
import secrets
import sys
import time
from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Literal, NoReturn

from chainrule.crossing.channel import Channel, ConnectionLost
from chainrule.crossing.restore import restore
from chainrule.crossing.wire import Built, WireError, decode, encode
from chainrule.limits import Limits
from chainrule.referee.callbacks import REPLACEABLE, Callbacks, Randomness
from chainrule.referee.faults import AbsentError, AuthorFault, CallTimedOut, StudentError, StudentFault, Unrefereed
from chainrule.referee.standins.registry import StandIns
from chainrule.referee.standins.standin import StandIn, is_stand_in

# Questions that call no function of the student's; and, below, those that are about identity.
_TIDYING = frozenset({"get", "borrow", "take", "names", "settle"})
_BORROWING = frozenset({"borrow", "take"})


class Student:
    """The notebook of one submission, asked over one connection for each check.

    Args:
        limits: times and counts.
        connect: waits for the kernel's connection until a deadline; gives the channel and the kernel's epoch.
        interrupt: asks the worker to interrupt the kernel.
    """

    def __init__(
        self, limits: Limits, connect: Callable[[float], tuple[Channel, str]], interrupt: Callable[[], None]
    ) -> None:
        self.limits = limits
        self._connect = connect
        self._interrupt = interrupt
        self._channel: Channel | None = None
        self._open = False
        self.epoch = ""
        self.twins: dict[int, str] = {}
        """Functions and classes of given cells, by id, with their names: the notebook has each of them too."""
        self.listing = 0
        """Grows whenever the notebook may have other names than before."""
        self.borrowed: dict[str, Any] = {}
        """Names by identity, for as long as they mean the same: kept by `names.Notebook`."""
        self._known: dict[str, StandIn] = {}
        self._later: list[list[Any]] = []
        self.standins = StandIns(self)
        self.callbacks = Callbacks()
        self.randomness = Randomness(lambda: self._open, lambda step: self._later.append(step))
        self._replaced: dict[str, Any] = dict(REPLACEABLE)
        self.quiet: Any = None
        """Where the check's own words go: what student code prints does not, only what the check has redirected."""

    def begin(self) -> None:
        """Start a check: nothing asked, nothing blamed yet."""
        self._open = True
        self.randomness.begin()
        self.standins.forget_copies()
        # For the whole check: calls that are each just quick enough must not add up without end.
        self._deadline = time.monotonic() + self.limits.check_seconds
        # So no answer that an earlier check left over is one to this check's questions.
        self._number = secrets.randbits(48)
        self._usable = True
        self.touched = False
        self.changed = False
        self.calls = 0
        self.fault: BaseException | None = None
        self.raised: list[tuple[BaseException, str]] = []
        self.missing: set[str] = set()
        self.doubts: list[str] = []
        self.shared = False
        """Whether a value came that holds one object in several places."""
        self.kernel: Literal["fine", "interrupted", "lost"] = "fine"

    def end(self, *, keep: bool = False) -> None:
        """Hang up, which sends the kernel back to its own work; or keep a line that is in order for the next check.

        What is left for later is done before: where that fails it is the student's fault, and noted as such.
        """
        # A new connection costs more than most checks: so a kernel that has nothing else to do waits on this one.
        if keep and self.on_line and self._usable and self.fault is None and self.kernel == "fine":
            self._open = False
            return
        if self._later and self._usable:
            # The next cell of the notebook has to find what the check set; there may be no next question.
            with suppress(BaseException):
                self.ask("settle")
        self._open = False
        # The kernel goes back to its own work: what is known of its names holds no longer.
        self._later = []
        self._known.clear()
        self.borrowed.clear()
        self.listing += 1
        # With the line the notebook gives up what the check has replaced in Python.
        self._replaced = dict(REPLACEABLE)
        if self._channel is not None:
            self._channel.close()
        self._channel = None

    @property
    def is_open(self) -> bool:
        """Whether a check is running."""
        return self._open

    @property
    def on_line(self) -> bool:
        """Whether the kernel is still waiting for questions."""
        return self._channel is not None

    def fetch(self, name: str) -> Any:
        """The value of a name of the notebook, by copy, or a handle.

        Raises:
            KeyError: the notebook has no such name, or no check is running.
        """
        if not self._open:
            raise KeyError(name)
        # Functions and classes alone: of a value there is no telling whether student code has changed it meanwhile.
        if name in self._known:
            self.touched = True
            return self._known[name]
        try:
            value = self.ask("get", name)
        except AbsentError:
            # For the NameError that follows: whether it is the student's is decided by who should have made the name.
            self.missing.add(name)
            raise KeyError(name) from None
        if is_stand_in(value):
            self._known[name] = value
        return value

    def borrow(self, name: str) -> Any:
        """What a name of the notebook means, by identity; asked for once, until the notebook says that it is over.

        Raises:
            AbsentError: the notebook has no such name.
        """
        if name not in self.borrowed:
            self.borrowed[name] = self.ask("borrow", name)
        # Known from the check before, it is the notebook's all the same: what it does is not the check's mistake.
        self.touched = True
        return self.borrowed[name]

    def ask(self, verb: str, *details: object) -> Any:
        """Ask one question and wait for its answer.

        Raises:
            CallTimedOut: no answer in time.
            StudentFault: no honest answer.
            Exception: what the student's code raised.
        """
        return self._converse(verb, *details)[0]

    def later(self, step: str, names: Collection[str], *details: object) -> None:
        """Have names set or dropped before the next question is answered; nobody waits for it."""
        self._must_be_open()
        self.touched = True
        # With the next question, which most checks have anyway: a journey of its own would double their time.
        self._later.append([step, *details])
        for name in names:
            self._known.pop(name, None)
            self.borrowed.pop(name, None)

    def call(self, target: int, arguments: tuple[Any, ...], keywords: dict[str, Any]) -> Any:
        """Call a function of the notebook, then bring home what it changed in its arguments."""
        sent = [self.pack(value) for value in arguments]
        named = {name: self.pack(value) for name, value in keywords.items()}
        value, changed = self._converse("call", target, named or None, *sent)
        # It returned one of its arguments: then `result is rows` has to be true here, too.
        if type(value) is Built:
            place = value.state
            value = arguments[place] if type(place) is int and place < len(arguments) else None
        if not changed:
            return value
        self.changed = True
        # By copy and restore: whoever holds the argument sees it change, as in the notebook.
        try:
            for key, data in changed.items():
                mine = arguments[key] if type(key) is int else keywords[key]
                restore(mine, self.decoded(data))
        except (WireError, LookupError, TypeError, AttributeError) as error:
            self._blame(f"its kernel answered with something that is not a value: {error}")
        # An array that is read-only here: in the notebook the student's own line would have raised this.
        except ValueError as error:
            self.raised.append((error, ""))
            raise
        return value

    def pack(self, value: object) -> bytes:
        """Write a value that is on its way to the student.

        Raises:
            Unrefereed: it cannot cross.
        """
        try:
            return encode(value, other=self.standins.outgoing)
        except WireError as error:
            self.cannot(f"The check passes something to the notebook that cannot cross: {error}.")

    def cannot(self, what: str) -> NoReturn:
        """End the check without a verdict: the referee cannot tell what it would say in the notebook.

        Raises:
            Unrefereed: always; what the check's text does with it changes nothing.
        """
        # The first fault stays: a check that catches it, and asks on, gets no second one.
        if self.fault is None:
            self.fault = Unrefereed(what)
        raise self.fault

    def doubt(self, what: str) -> None:
        """Note why the check, should it fail, need not fail in the notebook."""
        if what not in self.doubts:
            self.doubts.append(what)

    def trace_of(self, error: BaseException | None) -> str | None:
        """The student's traceback, where this exception, or one it came from, was raised by student code."""
        seen: list[BaseException] = []
        # A check may raise its own exception from the student's; chains of these can be circles.
        while error is not None and error not in seen:
            for raised, trace in self.raised:
                if raised is error:
                    return trace
            seen.append(error)
            error = error.__cause__ or error.__context__
        return None

    def _converse(self, verb: str, *details: object) -> Any:
        self._must_be_open()
        self.touched = True
        if not self._usable:
            raise self.fault or StudentFault("The conversation with the notebook was cut short.")
        channel = self._ready()
        self.calls += 1
        if self.calls > self.limits.calls:
            self._blame(f"the check asked it more than {self.limits.calls} questions")
        # Counted on: an answer that was made for an earlier question has a number that is over.
        self._number += 1
        self._lend()
        asked: list[object] = [verb, *details]
        if self._later:
            asked = ["after", self._later, *asked]
            self._later = []
        try:
            question = encode([self._number, *asked])
        except WireError as error:
            self.cannot(f"The check passes too much to the notebook at once: {error}.")
        # Until the answer is read there is one under way, which would be taken for that to another question.
        number, self._usable = self._number, False
        came = self._read(self._exchange(channel, question, verb), verb)
        while type(came) is _Callback:
            answer = self._called_back(came)
            # The check's function may have asked the notebook in its turn, and that may have ended badly.
            if not self._usable:
                raise self.fault or StudentFault("The conversation with the notebook was cut short.")
            self._number, self._usable = number, False
            came = self._read(self._exchange(channel, answer, verb), verb)
        return came

    def _called_back(self, came: "_Callback") -> bytes:
        """Call a function of the check's for the notebook, while it waits."""
        # While the function runs the kernel waits, and can be asked. Its calls count: a loop could make them for ever.
        self._usable = True
        self.calls += 1
        if self.calls > self.limits.calls:
            self._blame(f"it called the check's functions more than {self.limits.calls} times")
        try:
            value = self.callbacks.call(came.target, came.arguments, came.keywords)
            return encode(["result", self.pack(value)])
        except StopIteration:
            return encode(["stopped"])
        # It is raised in the student's code, which may catch it, as it may in the notebook.
        except BaseException as error:
            return encode(self.callbacks.failed(error))

    def _lend(self) -> None:
        """Have the notebook share what the check has replaced in Python, and what it has seeded."""
        for name, original in REPLACEABLE.items():
            # `unittest.mock.patch` and the like set it in the module, past all that this package could see.
            now = getattr(builtins, name)
            if now is not self._replaced[name]:
                self._replaced[name] = now
                self._later.append(["builtins", {name: None if now is original else self.pack(now)}])
        self._later += [["restore", number, now] for number, now in self.standins.changed_copies()]
        state = self.randomness.outgoing()
        if state is not None:
            self._later.append(["random", state])

    def _must_be_open(self) -> None:
        if not self._open:
            raise AuthorFault("The notebook's functions can only be used while a check is running.")

    def _ready(self) -> Channel:
        if self._channel is None:
            try:
                self._channel, epoch = self._connect(time.monotonic() + self.limits.connect_seconds)
            except (TimeoutError, WireError, OSError) as error:
                self.kernel = "lost"
                self._blame(f"its kernel does not answer ({str(error) or 'no connection in time'})")
            # Another kernel, which has other objects under the same numbers.
            if epoch != self.epoch:
                self.epoch = epoch
                self.standins.forget()
        return self._channel

    def _exchange(self, channel: Channel, question: bytes, verb: str) -> bytes:
        now = time.monotonic()
        deadline = min(now + self.limits.call_seconds, self._deadline)
        # These are quick, and what they put in order must be done also when the check's time is up.
        if verb in _TIDYING:
            deadline = max(deadline, now + self.limits.grace_seconds)
        try:
            # Something came that nobody asked for: an answer made before its question.
            if not channel.idle:
                raise WireError("it spoke out of turn")
            channel.send(question, deadline)
            reply = channel.receive(deadline)
        except TimeoutError:
            self._stop(channel, time.monotonic() - now)
        except ConnectionLost:
            self.kernel = "lost"
            self._blame("its kernel died while it was asked")
        except WireError as error:
            self._blame(f"its kernel did not keep to the rules: {error}")
        # Each answer has a limit of its own; a check that asks often could still be filled up by large ones.
        if channel.received > self.limits.received:
            self._blame(f"its kernel sent more than {self.limits.received / 2**20:.0f} MiB")
        return reply

    def _stop(self, channel: Channel, waited: float) -> NoReturn:
        """Have the kernel interrupted, and see whether it gives up."""
        # Noted before the signal goes out: whatever comes now, this check has failed by it.
        self.kernel = "interrupted"
        self._interrupt()
        fault = CallTimedOut(f"No answer within {waited:.3g} seconds. Does a loop in the notebook's code never end?")
        self.fault = fault
        try:
            number, *_ = decode(
                channel.receive(time.monotonic() + self.limits.grace_seconds), handle=_ignore, built=_ignore
            )
            # It gave up, and what it says is the end of this call: the next question can be asked.
            self._usable = number == self._number
        except (TimeoutError, WireError, TypeError, ValueError):
            self.kernel = "lost"
        raise fault

    def _read(self, reply: bytes, verb: str) -> Any:
        """The value and the changed arguments that came, or a function of the check's that is to be called first."""
        handle = self.standins.borrowed if verb in _BORROWING else self.standins.incoming
        returned: BaseException | None = None
        try:
            number, status, *rest = decode(reply, handle=handle, built=self.standins.built)
            # `type`, since True equals 1 and 7.0 equals 7.
            if type(number) is not int or number != self._number:
                raise WireError("it answered another question")
            if status == "value":
                value, changed, news = rest
                self._hear(news)
                self._usable = True
                return value, changed if type(changed) is dict else None
            if status == "callback":
                target, arguments, keywords, news = rest
                self._hear(news)
                values = [self.decoded(data) for data in arguments]
                return _Callback(target, values, {name: self.decoded(data) for name, data in keywords.items()})
            if status == "returned":
                self._hear(rest[1])
                returned = self.callbacks.error(rest[0])
                self._usable = True
                raise returned
            if status == "absent":
                self._usable = True
                raise AbsentError
            name, message, details, trace, lineage, news = rest
            self._hear(news)
            if status != "raised" or {type(name), type(message), type(trace), type(lineage)} != {str}:
                raise WireError("it gave no answer")
            arguments = self.decoded(details) if details else [message]
            error = self._error(name, message, list(arguments), lineage)
        except (WireError, TypeError, ValueError, IndexError, AttributeError) as problem:
            if returned is not None:
                raise
            self._blame(f"its kernel did not keep to the rules: {problem}")
        self._usable = True
        self.raised.append((error, trace[-4000:]))
        # A check may call a failing function thousands of times.
        del self.raised[:-100]
        raise error

    def decoded(self, data: bytes) -> Any:
        """A value of the notebook's."""
        return decode(data, handle=self.standins.incoming, built=self.standins.built)

    def _hear(self, news: Any) -> None:
        """Forget what is no longer so."""
        if news is None:
            return
        stale, renamed, *more = news
        for name in stale:
            self._known.pop(name, None)
            self.borrowed.pop(name, None)
        self.listing += renamed is True
        if more:
            printed, state = more
            if printed and type(printed) is str and sys.stdout is not self.quiet:
                sys.stdout.write(printed)
            self.randomness.incoming(state)

    def _error(self, name: str, message: str, arguments: list[Any], lineage: str) -> BaseException:
        kind = self.standins.error_class(lineage)
        # Classes of Python's own want arguments of certain kinds: UnicodeDecodeError five of them.
        for form in (arguments, [message]):
            try:
                error: BaseException = kind(*form)
            except Exception:
                continue
            return error
        return StudentError(f"{name[:80]}: {message[:2000]}")

    def _blame(self, what: str) -> NoReturn:
        self._usable = False
        self.fault = StudentFault(f"The notebook could not be checked: {what}.")
        raise self.fault


@dataclass(frozen=True)
class _Callback:
    """The notebook wants a function of the check's called."""

    target: Any
    arguments: list[Any]
    keywords: dict[str, Any]


def _ignore(handle: object) -> object:
    return handle
