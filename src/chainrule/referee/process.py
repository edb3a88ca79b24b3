"""The referee's own process: warm, free of student code, and forked once for each submission.

Started by `engine.referee_client.Referee`, never by hand.
It imports and runs the given cells once, says what came of it, then waits for orders. Each fork holds one `Judge`.
"""

import contextlib
import faulthandler
import gc
import importlib
import math
import os
import random
import resource
import signal
import socket
import sys
import time
import traceback
from functools import partial
from selectors import EVENT_READ, DefaultSelector
from typing import Any

import numpy as np

from chainrule.analysis.names import imported_modules, names_of
from chainrule.crossing.address import short_address
from chainrule.crossing.channel import Channel, ConnectionLost
from chainrule.crossing.wire import WireError, decode, encode
from chainrule.fork_server import die_with, serve_forks
from chainrule.limits import Limits
from chainrule.referee.conversation import Student
from chainrule.referee.judge import Judge
from chainrule.referee.names import Names
from chainrule.referee.standins.sources import install
from chainrule.referee.verdict import Check, Place

LAZY = ("numpy.ma",)
"""What numpy imports at the first call of some functions (of `median`, for one), and so every child would anew."""


def main(descriptor: int, parent: int) -> None:
    """Set up as the worker says, then fork a child for each submission until the worker hangs up."""
    die_with(parent)
    orders = socket.socket(fileno=descriptor)
    channel = Channel(orders)
    setup = decode(channel.receive())
    given = _Given(setup)
    channel.send(encode(given.prepare()))
    # A collection in a child would copy the memory that all of them share.
    gc.collect()
    gc.freeze()
    # Checks make many small lists and dicts, and a child lives for seconds.
    gc.set_threshold(20_000, 20, 20)
    serve_forks(orders, partial(_serve, given))


class _Given:
    """What every submission of an assignment starts from."""

    def __init__(self, setup: dict[str, Any]) -> None:
        self.setup = setup
        self.limits = Limits(**setup["limits"])
        self.line = _Line(self.limits)
        self.student = Student(self.limits, self.line.connect, self.line.interrupt)
        author_names = setup["author_names"]
        self.author_names = None if author_names is None else frozenset(author_names)
        helpers = frozenset(setup["helpers"])
        # Once, here: what it changes in Python is changed for every child.
        install()
        names = Names(self.student, (self.author_names or frozenset()) - helpers, helpers)
        places = {name: Place(given, *map(frozenset, rest)) for name, (given, *rest) in setup["places"].items()}
        self.judge = Judge(names, self.student, self.limits, self.author_names, places=places)

    def prepare(self) -> list[dict[str, Any]]:
        """Import and run the given cells, and read the checks.

        Returns what went wrong in given cells: the number of the cell, message and traceback.
        """
        for module in LAZY:
            with contextlib.suppress(ImportError):
                importlib.import_module(module)
        if self.setup["folder"]:
            # As in a notebook: its files by their bare names, its modules before all others.
            os.chdir(self.setup["folder"])
            sys.path.insert(0, self.setup["folder"])
        problems = []
        _seed()
        # Where statements run one by one, the last ones are left out rather than the worker's patience ended.
        until = time.monotonic() + self.limits.given_seconds * 0.8
        for number, text in enumerate(self.setup["given"]):
            try:
                self._give(number, text, until)
            except BaseException as error:
                problems.append({"cell": number, "message": f"{type(error).__name__}: {error}", "trace": _trace(error)})
        self.judge.names.settle()
        for name, text in self.setup["checks"]:
            with contextlib.suppress(SyntaxError, ValueError):  # told to whom it concerns when the check runs
                self.judge.read(name, text)
        return problems

    def _give(self, number: int, text: str, until: float) -> None:
        one_by_one = self.setup["one_by_one"]
        try:
            if one_by_one and time.monotonic() > until:
                raise TimeoutError("the statements before it took all the time that there is")
            # Each cell of its own from the same start; statements of one notebook draw one after the other, as there.
            if not one_by_one:
                _seed()
            self.judge.give(text, f"given-{number + 1}")
        except BaseException as error:
            if one_by_one:
                if _is_absent(error, text):
                    return
                self.judge.names.lose(names_of(text).made, f"{type(error).__name__}: {error}")
            raise
        finally:
            self.judge.names.keep()


def _is_absent(error: BaseException, text: str) -> bool:
    """Whether this is an import of what is not here: a module that students hand in. What it holds is theirs."""
    modules = {part for name in imported_modules(text) for part in (name, name.partition(".")[0])}
    return isinstance(error, ModuleNotFoundError) and error.name in modules


def _trace(error: BaseException) -> str:
    return "".join(traceback.format_exception(error))[-4000:].encode("utf-8", "replace").decode()


def _seed() -> None:
    # The kernel starts with the same seeds: data that given cells draw are the same on both sides.
    random.seed(0)
    np.random.seed(0)


class _Line:
    """How a child meets the student's kernel: a socket that it listens on, and words to the worker."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.worker: Channel
        self.listener: socket.socket
        self.token = ""

    def listen(self, path: str) -> None:
        """Listen where the kernel's sandbox can reach; anyone who can reach the folder may knock."""
        self.listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        # The kernel runs as another user where the grader is root.
        mask = os.umask(0)
        with short_address(path) as address:
            self.listener.bind(address)
        os.umask(mask)
        self.listener.listen(16)

    def connect(self, deadline: float) -> tuple[Channel, str]:
        """Wait for a connection that knows this check's token; others are sent away."""
        with DefaultSelector() as selector:
            selector.register(self.listener, EVENT_READ)
            selector.register(self.worker, EVENT_READ)
            while True:
                # The worker has word that the kernel is gone: wait no longer.
                if not self.worker.idle:
                    deadline = 0.0
                ready = {key.fileobj for key, _ in selector.select(max(deadline - time.monotonic(), 0))}
                if self.worker in ready or not self.worker.idle:
                    self.worker.receive()
                    raise ConnectionLost("it is gone")
                if not ready:
                    raise TimeoutError("no connection in time")
                # One after the other, each with little time: who says nothing delays the real one, no more.
                channel = Channel(self.listener.accept()[0])
                epoch = self._greeting(channel, min(deadline, time.monotonic() + self.limits.grace_seconds))
                if epoch is not None:
                    return channel, epoch
                channel.close()

    def _greeting(self, channel: Channel, deadline: float) -> str | None:
        try:
            token, epoch = decode(channel.receive(deadline))
        except (TimeoutError, WireError, TypeError, ValueError):
            return None
        # Any process of the student's can connect; the line that the kernel runs has the token of this check.
        return epoch if token == self.token and type(epoch) is str and len(epoch) == 16 else None

    def interrupt(self) -> None:
        """Ask the worker to interrupt the kernel."""
        self.worker.send(encode({"interrupt": True}))

    def send_away(self) -> None:
        """Hang up on whoever waits: the check is over."""
        # A line that was sent for a check that asked nothing: its kernel would wait for questions for ever.
        connection, _ = self.listener.accept()
        connection.close()


def _serve(given: _Given, descriptor: int, diary: int) -> None:
    """One submission: listen, then run each check that the worker sends."""
    status = 1
    try:
        line = given.line
        line.worker = Channel(socket.socket(fileno=descriptor))
        line.listen(decode(line.worker.receive())["path"])
        line.worker.send(encode({"listening": True}))
        _seed()
        _bound(given.limits, diary)
        with DefaultSelector() as selector:
            selector.register(line.worker, EVENT_READ)
            selector.register(line.listener, EVENT_READ)
            while True:
                ready = {key.fileobj for key, _ in selector.select()} if line.worker.idle else {line.worker}
                if line.worker in ready:
                    _judge(given, decode(line.worker.receive()))
                else:
                    line.send_away()
    except ConnectionLost:
        status = 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(status)


def _bound(limits: Limits, diary: int) -> None:
    """Hold this child to its memory; where compiled code uses up its time, write down where that was, and end."""
    with open("/proc/self/statm") as sizes:
        now = int(sizes.read().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (now + limits.referee_memory, now + limits.referee_memory))
    # A core file would be gigabytes of what the author keeps from students.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # Compiled code hears no Python signal: the system's own limit ends it, and this says where it was.
    faulthandler.register(signal.SIGXCPU, file=diary, chain=True)


def _judge(given: _Given, order: dict[str, Any]) -> None:
    if "gone" in order:
        return
    # Empty where the kernel was kept on the line: it has said its token.
    given.line.token = order["token"] or given.line.token
    limits = given.limits
    # The limit counts from the start of the process, and each check has its own time: so it is moved up.
    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds = used.ru_utime + used.ru_stime + limits.own_seconds + limits.grace_seconds
    # The soft one only: a hard limit could not be raised again for the next check.
    resource.setrlimit(resource.RLIMIT_CPU, (math.ceil(seconds) + 1, resource.RLIM_INFINITY))
    verdict = given.judge.run(Check(**order["check"]), keep=order["keep"])
    given.line.worker.send(encode({"verdict": vars(verdict), "on_line": given.student.on_line}))
