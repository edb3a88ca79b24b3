"""The student's side of a check: answers the referee from inside the student's kernel.

The worker has the kernel run one line, in its main thread, for the length of one check:

    kernel.execute(protocol.command(socket_path_in_the_sandbox, token), silent=True, store_history=False)

`serve` connects to the referee's socket, answers its questions about the notebook's names, and returns when
the referee hangs up. SIGINT reaches a call that is running, and nothing else.

Student code shares this process and may change anything here. So nothing here is trusted: the referee checks every
answer, and nothing but the arguments of calls ever comes this way. It imports numpy, msgpack, and the
modules beside it in the sandbox.
"""

import builtins
import inspect
import io
import socket
import sys
import threading
from typing import Any, Final

from chainrule.crossing.address import short_address
from chainrule.crossing.channel import Channel
from chainrule.crossing.protocol import OPERATIONS
from chainrule.crossing.restore import global_generators, restore
from chainrule.crossing.wire import Built, Handle, Named, WireError, decode, encode
from chainrule.inside.callbacks import CURRENT, check_error, proxy, proxy_iterator
from chainrule.inside.memory import memory
from chainrule.inside.outgoing import MOST_TEXT, lowered, trace_of, with_shared
from chainrule.inside.plain_values import MISSING, class_name, is_mutable
from chainrule.inside.undisturbed import HEARS_INTERRUPTS, caught, without_interrupts

__all__ = ["serve"]

ORIGINAL: Final[dict[str, Any]] = {}
"""Functions of Python's own that a check has replaced."""


def serve(path: str, token: str, namespace: dict[str, Any]) -> None:
    """Answer the referee that listens at `path` until it hangs up."""
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    with connection, caught() as printed, without_interrupts():
        channel = Channel(connection)
        try:
            with short_address(path) as address:
                connection.connect(address)
            notebook = _Notebook(namespace, channel, printed)
            # Functions of a check that a student has kept find the conversation here, and none once it is over.
            CURRENT[:] = [notebook]
            # The epoch says which kernel this is: numbers of objects of one that died mean nothing here.
            channel.send(encode([token, memory().epoch]))
            while True:
                channel.send(notebook.answer(decode(channel.receive())))
        except (WireError, OSError):
            return
        finally:
            CURRENT.clear()
            # Nobody answers the check's `print` any more; the cells that follow need Python's own.
            while ORIGINAL:
                name, original = ORIGINAL.popitem()
                setattr(builtins, name, original)


class _Notebook:
    """Does what the referee asks, one question at a time."""

    def __init__(
        self, namespace: dict[str, Any], channel: Channel | None = None, printed: io.StringIO | None = None
    ) -> None:
        self.names = namespace
        self.channel = channel
        self.thread = threading.get_ident()
        self.printed = printed or io.StringIO()
        self.randomness: bytes | None = None
        """The state of the generators that the referee knows, where the check has seeded them."""
        self.number: Any = 0
        self.memory = memory()
        self.bound: dict[str, object] = {}
        """What the referee knows these names to mean; `MISSING` for those that it took away."""
        self.listed: set[str] | None = None
        """The names that the referee knows the notebook to have, where it knows them."""
        self.lent: set[int] = set()

    def answer(self, question: Any) -> bytes:
        """The bytes of the reply: what came out, or what was raised."""
        # The number goes back with the answer, so that a late one is not taken for that to the next question.
        number, verb, *details = question
        # A question may come while another is open, when a function of the check's was called back.
        before, self.number = self.number, number
        hears, lent = HEARS_INTERRUPTS[0], self.lent
        try:
            HEARS_INTERRUPTS[0] = True
            try:
                # Encoded while interrupts are heard: to read a student's object can take for ever as well.
                value, changed = self.act(verb, details)
                value = with_shared(value)
                return encode([number, "value", value, changed or None, self.news()], other=self.lower)
            finally:
                HEARS_INTERRUPTS[0] = hears
        # Also SystemExit and KeyboardInterrupt: whatever student code raises is an answer, and must not end the kernel.
        except BaseException as error:
            return self.report(number, error)
        finally:
            self.number, self.lent = before, lent

    def call_back(self, target: int, arguments: tuple[Any, ...], keywords: dict[str, Any]) -> Any:
        """Have a function of the check's called, there; questions may come before its answer."""
        # Answers come in turn on one connection: another thread would read those that are meant for this one.
        if self.channel is None or threading.get_ident() != self.thread:
            raise RuntimeError("a function of a check can be called in the notebook's own thread only")
        sent = [encode(argument, other=self.lower) for argument in arguments]
        named = {name: encode(argument, other=self.lower) for name, argument in keywords.items()}
        self.channel.send(encode([self.number, "callback", target, sent, named, self.news()], other=self.lower))
        while True:
            word, *details = message = decode(self.channel.receive())
            if word == "result":
                return self.read(details[0])
            if word == "stopped":
                raise StopIteration
            if word == "failed":
                raise check_error(*details)
            self.channel.send(self.answer(message))

    def act(self, verb: str, details: list[Any]) -> tuple[Any, Any]:
        # Steps that need no answer wait for the next question that does: each journey costs more than most calls.
        if verb == "after":
            steps, verb, *details = details
            for step, *rest in steps:
                getattr(self, f"do_{step}")(*rest)
        if verb == "call":
            return self.call(*details)
        return getattr(self, f"do_{verb}")(*details), None

    def news(self) -> tuple[Any, ...] | None:
        """What the referee does not know yet.

        Names with another meaning; whether there are other names; what was printed; the state of random generators.
        """
        # By identity: two things that say they are equal may be a student's, and `==` would run its code.
        stale = [name for name, thing in self.bound.items() if self.names.get(name, MISSING) is not thing]
        for name in stale:
            del self.bound[name]
        renamed = self.listed is not None and self.listed != self.names.keys()
        if renamed:
            self.listed = None
        printed = self.printed.getvalue()
        self.printed.seek(0)
        self.printed.truncate()
        random = self.random_news()
        return (stale, renamed, printed, random) if stale or renamed or printed or random else None

    def random_news(self) -> bytes | None:
        """The state of the random generators, where it is not what the referee knows."""
        if self.randomness is None or (now := encode(global_generators())) == self.randomness:
            return None
        # Kept as bytes: the generators go on, and a state that is held as an object would go on with them.
        self.randomness = now
        return now

    def do_random(self, state: bytes) -> None:
        """The check has seeded: from here on both sides draw from one stream."""
        for mine, theirs in zip(global_generators(), decode(state), strict=True):
            restore(mine, theirs)
        self.randomness = encode(global_generators())

    def do_seed(self, module: str, number: int) -> None:
        seed = getattr(sys.modules.get(module), "manual_seed" if module == "torch" else "", None)
        if seed is not None:
            seed(number)

    def do_builtins(self, values: dict[str, bytes | None]) -> None:
        """Python's own `print`, `input` or `open`, which the check has replaced, or put back."""
        for name, data in values.items():
            ORIGINAL.setdefault(name, getattr(builtins, name))
            setattr(builtins, name, ORIGINAL.pop(name) if data is None else self.read(data))

    def call(self, target: int, keywords: dict[str, bytes] | None, *arguments: bytes) -> tuple[Any, Any]:
        """Call a function on fresh copies; what it returns, and what it changed in them, by place or name."""
        function: Any = self.memory.objects[target]
        self.lent = set()
        # Copies each time: what a call changes in its arguments must not be there in the next one.
        values = [self.read(data) for data in arguments]
        named = {name: self.read(data) for name, data in keywords.items()} if keywords else {}
        result = function(*values, **named)
        # Sent back, for the check's own objects to follow: `sort(rows)` is judged by what became of `rows`.
        changed: dict[int | str, bytes] = {}
        for place, (value, data) in enumerate(zip(values, arguments, strict=True)):
            self.compare(changed, place, value, data)
        for name, value in named.items():
            self.compare(changed, name, value, (keywords or {})[name])
        for place, value in enumerate(values):
            # A function that returns its own argument must give the check its own object back, as in the notebook.
            if result is value and is_mutable(value) and type(value) is not tuple:
                return Built("argument", place), changed
        return result, changed

    def compare(self, changed: dict[int | str, bytes], key: int | str, value: object, before: bytes) -> None:
        """Note an argument that is no longer what it was."""
        if is_mutable(value) and id(value) not in self.lent:
            after = encode(value, other=self.lower)
            if after != before:
                changed[key] = after

    def read(self, data: bytes) -> Any:
        return decode(data, handle=self.find, named=_installed, built=self.build)

    def build(self, built: Built) -> object:
        """What the referee put together of plain values and a class of the notebook."""
        if built.name == "callback":
            return proxy(*built.state)
        if built.name == "iterator":
            return proxy_iterator(*built.state)
        kind, values = built.state
        return kind(*values)

    def find(self, handle: Handle) -> object:
        thing = self.memory.objects[handle.number]
        self.lent.add(id(thing))
        return thing

    def do_get(self, name: str) -> Any:
        value = self.names.get(name, MISSING)
        if value is MISSING:
            raise _AbsentError(name)
        if is_mutable(value):
            return Built("copy", (self.memory.number(value), encode(with_shared(value), other=self.lower)))
        lowered = self.lower(value)
        # The referee keeps what it is told of functions and classes, and has to hear when the name means another.
        if type(lowered) is Handle:
            self.bound[name] = value
        return lowered

    def do_restore(self, target: int, data: bytes) -> None:
        """The check has changed its copy of a value: so it would be here."""
        restore(self.memory.objects[target], self.read(data))

    def do_borrow(self, name: str) -> Any:
        """A name of the notebook by identity: containers and arrays as handles too."""
        value = self.names.get(name, MISSING)
        if value is MISSING:
            raise _AbsentError(name)
        self.bound[name] = value
        lowered = self.lower(value)
        is_object = type(lowered) is Handle
        # A constant is all that it is by its value; a list or an array has to be the very same one when it is set back.
        is_constant = lowered is value and not is_mutable(value)
        return lowered if is_object or is_constant else self.memory.handle(value, "data")

    def do_take(self, name: str) -> Any:
        """Borrow a name, and delete it."""
        value = self.do_borrow(name)
        self.do_drop(name)
        return value

    def do_copy(self, target: int) -> Any:
        return self.memory.objects[target]

    def do_set(self, values: dict[str, bytes]) -> None:
        # All are read before any is set: where one cannot be, the notebook is as it was.
        read = {name: self.read(data) for name, data in values.items()}
        self.names.update(read)
        self.bound.update(read)
        if self.listed is not None:
            self.listed.update(read)

    def do_drop(self, name: str) -> None:
        self.names.pop(name, None)
        self.bound[name] = MISSING
        if self.listed is not None:
            self.listed.discard(name)

    def do_settle(self) -> None:
        """What had to be done first is done."""

    def do_names(self) -> str:
        """One text, since a notebook has hundreds of names."""
        self.listed = set(self.names)
        # A cell can put anything into `globals()`, as a key too.
        return "\n".join(name for name in self.names if type(name) is str and "\n" not in name)

    def do_getattr(self, target: int, name: str) -> Any:
        return getattr(self.memory.objects[target], name)

    def do_operate(self, name: str, operands: list[bytes]) -> Any:
        return OPERATIONS[name](*map(self.read, operands))

    def do_kind(self, target: int) -> Any:
        kind = type(self.memory.objects[target])
        return *class_name(kind), self.memory.handle(kind)

    def do_signature(self, target: int) -> Any:
        function: Any = self.memory.objects[target]
        return [
            [p.name, int(p.kind), p.default is not p.empty, None if p.default is p.empty else p.default]
            for p in inspect.signature(function).parameters.values()
        ]

    def lower(self, value: Any) -> Any:
        """What stands for an object that cannot cross as it is."""
        return lowered(value, self.memory)

    def report(self, number: Any, error: BaseException) -> bytes:
        if isinstance(error, _AbsentError):
            return encode([number, "absent"])
        # An error of the check's own, which came through student code on its way back.
        if type(vars(error).get("__chainrule__")) is int:
            return encode([number, "returned", vars(error)["__chainrule__"], self.news()])
        kind = type(error)
        name = kind.__name__ if type(kind.__name__) is str else "Exception"
        # An exception's `__str__` is student code: it may fail, or return a subclass of `str`.
        try:
            message = str.__str__(str(error))[:MOST_TEXT]
        except BaseException:
            message = "(its message cannot be shown)"
        # A check may look at the arguments; where they cannot cross, the message has to do.
        try:
            details = encode(list(error.args), other=self.lower)
        except BaseException:
            details = b""
        reply = [number, "raised", name[:80], message, details if len(details) < 2**16 else b""]
        try:
            return encode([*reply, trace_of(error), self.memory.lineage(kind), self.news()])
        except BaseException:
            return encode([*reply, "", "Exception", None])


class _AbsentError(Exception):
    """The notebook has no such name."""


def _installed(named: Named) -> object:
    thing: Any = sys.modules.get(named.module) or __import__(named.module, fromlist=["_"])
    for part in filter(None, named.name.split(".")):
        thing = getattr(thing, part)
    return thing
