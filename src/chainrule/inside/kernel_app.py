"""An ipykernel whose slow half is done before the fork.

    app = WarmApp.prepared()     # in the parent: configuration, IPython's shell; no thread, no socket
    app.serve(listeners, key, last_step)    # in the forked child: sockets, threads, the kernel; does not return

`listeners` maps the name of a channel (shell, iopub, stdin, control) to the descriptor of its socket.
The sockets are made by the worker and come as descriptors that already listen. So a kernel needs no folder that
it shares with the host, and a client may connect before the kernel is up.
"""

from __future__ import annotations

import importlib
import io
import logging
import os
import sys
import zlib
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from typing import Any, Final

import zmq
from ipykernel.compiler import XCachingCompiler, get_tmp_directory
from ipykernel.iostream import OutStream
from ipykernel.ipkernel import IPythonKernel
from ipykernel.kernelapp import IPKernelApp
from ipykernel.zmqshell import ZMQInteractiveShell
from IPython.core.application import BaseIPythonApplication
from tornado import ioloop
from traitlets.config import Config

from chainrule.inside.ipykernel_seams import LAZY, start_rest

__all__ = ["SteadyStream", "WarmApp"]

# Far below the largest message that the worker takes, and large enough that an ordinary print is one message.
LARGEST_PRINT: Final = 1 << 16


class CellCompiler(XCachingCompiler):
    """Names a cell's code by a checksum, as ipykernel does, but not one made in Python, byte by byte."""

    def get_code_name(self, raw_code: str, code: str, number: int) -> str:
        folder: str = get_tmp_directory()  # type: ignore[no-untyped-call]
        return os.path.join(folder, f"{zlib.crc32(raw_code.encode(errors='surrogatepass'))}.py")


class WarmShell(ZMQInteractiveShell):
    """IPython's shell, which knows the course's own cells before it is forked.

    A cell is read four times before it runs: for magic, and for `await`, by the kernel and again by the shell. Here
    the second reading takes what came of the first, and that of a course's own cell was done in the parent.
    """

    def __init__(self, **settings: Any) -> None:
        self.without_magic: dict[str, str] = {}
        """Cells of the course, as they are once magic is resolved."""
        self.at_once: set[str] = set()
        """Of these, the ones that need no event loop."""
        self._last: dict[str, str] = {}
        self._last_waits: dict[str, bool] = {}
        super().__init__(**settings)  # type: ignore[no-untyped-call]

    def learn(self, text: str) -> None:
        """Read a cell of the course. What one line means depends on the names that there are, so it is read later."""
        if "\n" in text.strip():
            with suppress(Exception):
                code = super().transform_cell(text)  # type: ignore[no-untyped-call]
                if not super().should_run_async(text, transformed_cell=code):
                    # By the whole text: what a student has changed by a blank is read like any other cell.
                    self.without_magic[text] = code
                    self.at_once.add(code)

    def transform_cell(self, raw_cell: str) -> str:
        if raw_cell in self.without_magic:
            return self.without_magic[raw_cell]
        if raw_cell not in self._last:
            # Only the last: a notebook's cells differ, and each would be kept for the life of the kernel.
            self._last = {raw_cell: super().transform_cell(raw_cell)}  # type: ignore[no-untyped-call]
        return self._last[raw_cell]

    def should_run_async(
        self, raw_cell: str, *, transformed_cell: str | None = None, preprocessing_exc_tuple: Any = None
    ) -> bool:
        if transformed_cell is None or preprocessing_exc_tuple is not None or not self.autoawait:
            return False
        if transformed_cell in self.at_once:
            return False
        if transformed_cell not in self._last_waits:
            waits = super().should_run_async(raw_cell, transformed_cell=transformed_cell)
            self._last_waits = {transformed_cell: waits}
        return self._last_waits[transformed_cell]

    def system_piped(self, cmd: str) -> None:
        # ipykernel's own way asks for a terminal, and the sandbox has none.
        self.system_raw(cmd)  # type: ignore[no-untyped-call]

    system = system_piped

    def ask_exit(self) -> None:
        """`exit()`, `quit()`: a request to the program that shows the notebook, and here nobody sits before it."""

    def _update_exit_now(self, change: Any) -> None:
        """A polite shutdown, which some ask for to have their notebook run afresh: the cells after it count too."""


class WarmKernel(IPythonKernel):
    """A kernel without a debugger, which says no more than its client listens to."""

    shell_class = WarmShell

    def _publish_execute_input(self, code: str, parent: Any, execution_count: int) -> None:
        """The client knows what it asked to run, and reads the number from the reply."""

    def _publish_status(self, status: str, channel: str, parent: Any = None) -> None:
        """Say that a cell is done, not that it has begun."""
        # nbclient waits for idle, and does nothing with busy: one message less of three a cell.
        if status != "busy":
            super()._publish_status(status, channel, parent)  # type: ignore[no-untyped-call]

    async def poll_stopped_queue(self) -> None:
        """There is no debugger to wait for."""


class SteadyStream(OutStream):
    """A stdout or stderr that sends what is printed in small messages, however fast it comes.

    ipykernel collects what a fifth of a second prints into one message; a flood would make it larger than the
    worker takes, and nobody could count it.
    """

    unsent = 0

    def write(self, string: str) -> int:
        written = super().write(string) or 0
        # Counted here, where nothing is encoded yet: a character has up to four bytes, for which there is room.
        self.unsent += len(string)
        if self.unsent > LARGEST_PRINT:
            self.flush()
        return written

    def flush(self) -> None:
        """Wait until the other thread has sent what was printed; where nothing was, wait for nothing."""
        if self.unsent:
            self.unsent = 0
            super().flush()  # type: ignore[no-untyped-call]


class WarmApp(IPKernelApp):
    """The kernel's application, started in two halves."""

    kernel_class = WarmKernel
    outstream_class = f"{__name__}.SteadyStream"
    listeners: Mapping[int, int] = {}

    @classmethod
    def prepared(cls) -> WarmApp:
        """Do what needs no thread and no socket; IPython's shell exists afterwards."""
        config = Config()
        # The history is a database and a thread, and neither survives a fork.
        config.HistoryManager.enabled = False
        config.IPKernelApp.log_level = 50
        app = cls.instance(config=config)
        BaseIPythonApplication.initialize(app, [])  # type: ignore[no-untyped-call]
        app.init_pdb()  # type: ignore[no-untyped-call]
        # Nobody reads it; the level above is that of the handler, and every message would be put together for it.
        app.log.setLevel(logging.CRITICAL)
        WarmShell.instance(parent=app, profile_dir=app.profile_dir, user_ns={}, compiler_class=CellCompiler)
        return app

    def rehearse(self, texts: Iterable[str]) -> None:
        """Read the course's own cells, and do once what is slow the first time: an error shown, a figure drawn."""
        for name in LAZY:
            with suppress(ImportError):
                importlib.import_module(name)
        shell = WarmShell.instance()
        for text in texts:
            shell.learn(text)
        # IPython's tracebacks import a lexer and styles when the first one is shown.
        try:
            raise ZeroDivisionError
        except ZeroDivisionError:
            shell.InteractiveTB.structured_traceback(*sys.exc_info())
        if "matplotlib.pyplot" in sys.modules:
            from matplotlib.backends.backend_agg import FigureCanvasAgg
            from matplotlib.figure import Figure

            # Text with a formula, too: fonts and matplotlib's reader of TeX are loaded when they are first needed.
            figure = Figure(figsize=(1, 1))
            axes = figure.subplots()
            axes.plot([0, 1], label="$x^2$")
            axes.set_title("title")
            axes.legend()
            FigureCanvasAgg(figure).print_png(io.BytesIO())  # type: ignore[no-untyped-call]

    def serve(self, listeners: Mapping[str, int], key: bytes, last_step: Callable[[], None]) -> None:
        """Be a kernel on these sockets, with this key for messages, until the process ends."""
        self.transport, self.ip = "ipc", "kernel"
        self.listeners = dict(enumerate(listeners.values(), start=1))
        for port, channel in enumerate(listeners, start=1):
            setattr(self, f"{channel}_port", port)
        self.session.key = key
        start_rest(self)
        WarmShell.instance().kernel = self.kernel
        self.kernel.start()
        last_step()
        # Modules beside the notebook go before all others; nothing of the kernel's own is imported from here on.
        sys.path.insert(0, "")
        # Made here: an event loop of the parent's would share its selector with every child.
        self.io_loop = ioloop.IOLoop.current()
        self.io_loop.start()

    def _bind_socket(self, s: zmq.Socket[Any], port: int) -> int:
        # ZeroMQ takes over a socket that listens already; the address is only a name then.
        s.setsockopt(zmq.USE_FD, self.listeners[port])
        s.bind(f"ipc://kernel-{port}")
        if port == self.shell_port:
            # The last endpoint is the one that ipykernel's own debugger socket connects to.
            s.bind("inproc://kernel-shell")
        return port
