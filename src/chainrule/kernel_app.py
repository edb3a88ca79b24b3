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
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any, Final

import zmq
from ipykernel.compiler import XCachingCompiler
from ipykernel.iostream import OutStream
from ipykernel.ipkernel import IPythonKernel
from ipykernel.kernelapp import IPKernelApp
from ipykernel.zmqshell import ZMQInteractiveShell
from IPython.core.application import BaseIPythonApplication
from tornado import ioloop
from traitlets.config import Config

__all__ = ["SteadyStream", "WarmApp"]

LARGEST_PRINT: Final = 1 << 16
LAZY: Final = (
    "IPython.core.magics.execution", "faulthandler", "ipykernel.debugger", "numpy.random", "tornado.platform.asyncio",
    "tornado.queues",
)  # fmt: skip
"""What a kernel imports when it starts, or at its first cell, and so every kernel would import anew."""


class WarmShell(ZMQInteractiveShell):
    """IPython's shell, which runs `!commands` without a terminal: the sandbox has none."""

    def system_piped(self, cmd: str) -> None:
        self.system_raw(cmd)  # type: ignore[no-untyped-call]

    system = system_piped


class WarmKernel(IPythonKernel):
    """A kernel without a debugger."""

    shell_class = WarmShell

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
        self.unsent += len(string)
        if self.unsent > LARGEST_PRINT:
            self.unsent = 0
            self.flush()  # type: ignore[no-untyped-call]
        return written


class WarmApp(IPKernelApp):
    """The kernel's application, started in two halves."""

    kernel_class = WarmKernel
    outstream_class = f"{__name__}.SteadyStream"
    listeners: Mapping[int, int] = {}

    @classmethod
    def prepared(cls) -> WarmApp:
        """Do what needs no thread and no socket; IPython's shell exists afterwards."""
        config = Config()
        config.HistoryManager.enabled = False
        config.IPKernelApp.log_level = 50
        app = cls.instance(config=config)
        BaseIPythonApplication.initialize(app, [])  # type: ignore[no-untyped-call]
        app.init_pdb()  # type: ignore[no-untyped-call]
        WarmShell.instance(parent=app, profile_dir=app.profile_dir, user_ns={}, compiler_class=XCachingCompiler)
        return app

    def rehearse(self) -> None:
        """Do once what first cells do and what is slow the first time: an import, an error shown, a figure drawn."""
        for name in LAZY:
            with suppress(ImportError):
                importlib.import_module(name)
        try:
            raise ZeroDivisionError
        except ZeroDivisionError:
            WarmShell.instance().InteractiveTB.structured_traceback(*sys.exc_info())
        if "matplotlib.pyplot" in sys.modules:
            from matplotlib.backends.backend_agg import FigureCanvasAgg
            from matplotlib.figure import Figure

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
        for step in ("sockets", "io", "signal", "kernel", "path", "shell", "gui_pylab"):
            getattr(self, f"init_{step}")()
        self.kernel.start()
        last_step()
        self.io_loop = ioloop.IOLoop.current()
        self.io_loop.start()

    def _bind_socket(self, s: zmq.Socket[Any], port: int) -> int:
        s.setsockopt(zmq.USE_FD, self.listeners[port])
        s.bind(f"ipc://kernel-{port}")
        if port == self.shell_port:
            # The last endpoint is the one that ipykernel's own debugger socket connects to.
            s.bind("inproc://kernel-shell")
        return port
