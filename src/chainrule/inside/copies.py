"""A copy of the student's kernel, kept for one check that the referee cannot run.

Where such a check stands, the worker has the kernel run one line, in its main thread:

    kernel.execute(protocol.copy_command(socket_path_in_the_sandbox, token), silent=True, store_history=False)

`keep` forks. The kernel goes on with the notebook. The copy connects to the worker, says the token, and waits: it holds
the notebook as it was there, and knows nothing yet. When the notebook is done, and the worker reads nothing of the
kernel any more, the text of the check comes over that connection. The copy runs it, answers with one small record,
and ends. Whatever it wrote or changed goes with it.

Student code shares this process and may change anything here, as it may on stock nbgrader. What is used is taken at
import, in the warm parent, before any student code ran. The worker believes the record no more than its form.
"""

from __future__ import annotations

import ast
import gc
import io
import linecache
import os
import select
import signal
import socket
import stat
import sys
import traceback
import warnings
from collections.abc import Callable
from contextlib import suppress
from types import CodeType, FrameType, TracebackType
from typing import Any, Final, NoReturn

import numpy as np
from IPython.core.inputtransformer2 import TransformerManager

from chainrule.crossing.address import short_address
from chainrule.crossing.channel import Channel
from chainrule.crossing.wire import decode, encode
from chainrule.inside.jail import adopt_orphans

__all__ = ["keep"]

_compile, _eval, _exit, _fork, _parse = compile, eval, os._exit, os.fork, ast.parse
_decode, _encode, _Channel, _socket, _kill = decode, encode, Channel, socket.socket, os.kill
_type, _str, _float, _lines = type, str, float, linecache.cache
_short_address = short_address
_Magic: Any = TransformerManager
_NUMBERS: Final = (int, float, np.integer, np.floating)
_TICK: Final = 50
"""Milliseconds between two looks at whether the check is done."""
_TEXT: Final = 2_000
_COROUTINE: Final = 0x80


def keep(path: str, token: str, namespace: dict[str, Any]) -> None:
    """Leave a copy of this process behind that waits for its check; return in the original at once."""
    collects = gc.isenabled()
    gc.disable()  # a collection would make the waiting copy write to most of its memory, and so have its own
    with warnings.catch_warnings():
        # Python 3.12 warns of forks beside threads: the copy needs none of them.
        warnings.simplefilter("ignore")
        child = _fork()
    if child == 0:
        try:
            _wait(path, token, namespace)
        finally:
            _exit(1)
    if collects:
        gc.enable()


def _wait(path: str, token: str, namespace: dict[str, Any]) -> None:
    """In the copy: let go of the kernel's connections, and start the check when its text arrives."""
    # An interrupt of a cell goes to the kernel's whole session, and is not meant for a copy that waits.
    os.setsid()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _silence()
    _own_descriptors()
    connection = _socket(socket.AF_UNIX, socket.SOCK_STREAM)
    with _short_address(path) as address:
        connection.connect(address)
    _Channel(connection).send(_encode([token]))
    # Nothing comes where the submission is over before its checks are run; then this is the end.
    if connection.recv(1, socket.MSG_PEEK):
        # Orphans of the check come to this process, and none is left as a zombie, which would count as a process.
        with suppress(OSError):
            adopt_orphans()
        signal.signal(signal.SIGCHLD, signal.SIG_IGN)
        # The check runs in a child: this process outlives it, whatever it does, and tells the worker.
        check = _fork()
        if check == 0:
            _judge(connection, namespace)
        _watch(check, connection)


def _watch(check: int, connection: socket.socket) -> None:
    """Tell the worker when the check's process has ended; stay until the worker has swept up and hangs up."""
    hung_up = select.poll()
    hung_up.register(connection, getattr(select, "POLLRDHUP", select.POLLHUP))
    with suppress(ProcessLookupError):
        # Asked by number, not waited for: with SIGCHLD ignored the system buries it, and leaves nothing to wait for.
        while not hung_up.poll(_TICK):
            _kill(check, 0)
    with suppress(OSError):
        connection.shutdown(socket.SHUT_WR)
    hung_up.poll()


def _silence() -> None:
    """Send nothing to the worker: what is printed or shown in a copy goes nowhere."""
    from ipykernel.kernelapp import IPKernelApp

    sys.stdout = sys.stderr = io.TextIOWrapper(io.FileIO(os.open(os.devnull, os.O_WRONLY), "w"))
    if IPKernelApp.initialized():
        app: Any = IPKernelApp.instance()
        with suppress(Exception):
            app.session.send = app.iopub_thread.schedule = app.iopub_thread.send_multipart = _nothing
            app.shell.display_pub.publish = _nothing


def _nothing(*_: object, **__: object) -> None:
    """Stands for what would send something."""


def _own_descriptors() -> None:
    """Share nothing with the kernel that could be heard there: sockets, pipes, the position in an open file."""
    null = os.open(os.devnull, os.O_RDWR)
    for descriptor in {int(name) for name in os.listdir("/dev/fd")} - {null}:
        with suppress(OSError):
            kind = os.fstat(descriptor).st_mode
            if stat.S_ISREG(kind):
                _reopen(descriptor)
            elif not (stat.S_ISDIR(kind) or stat.S_ISCHR(kind)):
                os.dup2(null, descriptor, inheritable=descriptor <= 2)


def _reopen(descriptor: int) -> None:
    """The same file at the same place, but a position of its own."""
    import fcntl

    flags = fcntl.fcntl(descriptor, fcntl.F_GETFL) & (os.O_ACCMODE | os.O_APPEND)
    fresh = os.open(os.readlink(f"/dev/fd/{descriptor}"), flags | os.O_CLOEXEC)
    os.lseek(fresh, os.lseek(descriptor, 0, os.SEEK_CUR), os.SEEK_SET)
    os.dup2(fresh, descriptor, inheritable=descriptor <= 2)
    os.close(fresh)


class _OutOfTime(BaseException):
    """The check, or student code that it calls, ran for too long."""


def _judge(connection: socket.socket, namespace: dict[str, Any]) -> NoReturn:
    """Run the check that the worker sends, and send back what came of it."""
    # Now it may: what it copies from here on is the check's own doing, and ends with it.
    gc.enable()
    channel = _Channel(connection)
    order: dict[str, Any] = _decode(channel.receive())

    def stop(number: int, frame: FrameType | None) -> None:
        raise _OutOfTime

    # As a notebook has them: the copy's own settings would show in what student code does.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.signal(signal.SIGALRM, stop)
    # Again each second: code that catches everything gets no second hour.
    signal.setitimer(signal.ITIMER_REAL, order["seconds"], 1.0)
    try:
        try:
            # Cells that make names for the check; where one fails, the check will say so in better words.
            for text in order["before"]:
                _run_what_goes(text, namespace)
            # As IPython does before it runs a cell: a check may look at the cell before it, `In[-2]`.
            history: Any = namespace.get("In")
            if _type(history) is list:
                history.append(order["text"])
            record = _passed(_run(order["text"], order["name"], namespace), order["counts"])
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
    except BaseException as error:
        record = _failed(error, order["name"])
    channel.send(_encode(record))
    # At once: what student code has left for the end of the process must not run, nor wait for threads.
    _exit(0)


def _run(text: str, name: str, namespace: dict[str, Any]) -> Any:
    """Run a cell as IPython would; the value of its last line, where that is an expression."""
    tree = _read(text)
    _lines[name] = (len(text), None, text.splitlines(keepends=True), name)
    last = tree.body.pop() if tree.body and _type(tree.body[-1]) is ast.Expr else None
    _done(_code(tree, name, "exec"), namespace)
    return _done(_code(ast.Expression(last.value), name, "eval"), namespace) if last is not None else None  # type: ignore[attr-defined]


def _run_what_goes(text: str, namespace: dict[str, Any]) -> None:
    """Run an earlier check for what it makes, statement by statement: none that fails keeps the next from running."""
    with suppress(SyntaxError):
        for node in _read(text).body:
            with suppress(Exception):
                _done(_code(ast.Module([node], []), "<before>", "exec"), namespace)


def _read(text: str) -> ast.Module:
    """The text as Python; where it is none, with IPython's magic resolved."""
    try:
        return _parse(text)
    except SyntaxError:
        plain: str = _Magic().transform_cell(text)
        return _parse(plain)


def _code(tree: ast.Module | ast.Expression, name: str, mode: str) -> CodeType:
    # A notebook may await at its top, and a check must not inherit this module's `from __future__`.
    code: CodeType = _compile(tree, name, mode, ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True)
    return code


def _done(code: CodeType, namespace: dict[str, Any]) -> Any:
    """Execute; a cell that awaits something gets an event loop of its own."""
    run: Callable[..., Any] = _eval
    result = run(code, namespace)
    if code.co_flags & _COROUTINE:
        import asyncio

        with asyncio.Runner() as runner:
            return runner.run(result)
    return result


def _passed(value: Any, counts: bool) -> list[Any]:
    """Full marks, or as many points as the last line's number says; `counts` where that has to be a number."""
    if counts and _type(value) is np.ndarray and value.size == 1 and value.dtype.kind in "biuf":
        value = value.item()
    if issubclass(_type(value), _NUMBERS) and _type(value) is not bool:
        return ["partial", _float(value)]
    if counts and value is not None and _type(value) not in (bool, np.bool_):
        words = f"The points of this check are no number, but a value of type {_type(value).__name__}."
        return ["failed", "AssertionError", None, words, ""]
    return ["passed"]


def _failed(error: BaseException, name: str) -> list[Any]:
    step, line = error.__traceback__, None
    while step is not None:
        if step.tb_frame.f_code.co_filename == name:
            line = step.tb_lineno
        step = step.tb_next
    if isinstance(error, SyntaxError) and error.filename in (name, "<unknown>"):
        line = error.lineno
    kind = "OutOfTime" if _type(error) is _OutOfTime else _type(error).__name__
    return ["failed", kind[:80], line, _words(error), _trace(error, name)]


def _words(error: BaseException) -> str:
    try:
        return _str.__str__(_str(error))[:_TEXT]
    except BaseException:
        return ""


def _trace(error: BaseException, name: str) -> str:
    """For the author, whose own solution this may be: the steps from the check on."""
    step: TracebackType | None = error.__traceback__
    while step is not None and step.tb_frame.f_code.co_filename != name:
        step = step.tb_next
    try:
        return "".join(traceback.format_exception(type(error), error, step, limit=-8))[-2 * _TEXT :]
    except BaseException:
        return ""
