"""Where the kernel uses internals of ipykernel, IPython, numpy and CPython; see `chainrule.crossing.seams`.

What can stand apart from its caller stands here. Overrides stay in their classes, and are listed.
"""

from __future__ import annotations

import random
import sys
from typing import Any, Final

from chainrule.crossing.seams import Seam

__all__ = ["LAST_STEPS", "LAZY", "SEAMS", "fix_entropy", "leave_out_debugger", "start_rest"]

LAST_STEPS: Final = ("sockets", "io", "signal", "kernel", "path", "shell", "gui_pylab")
"""Of ipykernel's steps of starting those that need sockets or threads, in its own order."""
LAZY: Final = (
    "IPython.core.magics.execution", "faulthandler", "ipykernel.debugger", "numpy.random", "tornado.platform.asyncio",
    "tornado.queues",
)  # fmt: skip
"""What a kernel imports when it starts, or at its first cell, and so every kernel would import anew."""

SEAMS: Final = (
    Seam(
        "ipykernel: start in two halves",
        "`IPKernelApp.init_pdb`, then `init_` + " + ", ".join(LAST_STEPS),
        "the slow half is done once, before the fork; threads and sockets do not survive a fork",
    ),
    Seam(
        "ipykernel: sockets",
        "`IPKernelApp._bind_socket`, which `init_sockets`, `init_control` and `init_iopub` call",
        "the sockets come from the worker as descriptors, so kernel and host share no folder",
    ),
    Seam(
        "ipykernel: streams",
        "`IPKernelApp.outstream_class`, `OutStream.write` and `flush`",
        "what is printed goes out in messages of a size that can be counted",
    ),
    Seam(
        "ipykernel: no debugger",
        "`debugpy`, an optional import; `IPythonKernel.poll_stopped_queue`",
        "a debugger would open a port, warn, and take a thread; nobody debugs a graded notebook",
    ),
    Seam(
        "ipykernel: what a kernel says",
        "`Kernel._publish_execute_input`, `Kernel._publish_status`",
        "two of four messages a cell are nothing that the worker needs",
    ),
    Seam(
        "ipykernel: asked to exit",
        "`ZMQInteractiveShell.ask_exit`, `_update_exit_now`, `system_piped`",
        "`exit()` in a cell must not end the grading of the cells after it",
    ),
    Seam(
        "ipykernel: names of cells",
        "`XCachingCompiler.get_code_name`, `ipykernel.compiler.get_tmp_directory`",
        "ipykernel works out the name of a cell's code in Python, byte by byte",
    ),
    Seam(
        "ipykernel: silence in a copy",
        "`IPKernelApp.iopub_thread.schedule` and `send_multipart`, `session.send`, `shell.display_pub.publish`",
        "a copy of the kernel has its sockets, and must say nothing on them",
    ),
    Seam(
        "IPython: cells read once",
        "`InteractiveShell.transform_cell`, `should_run_async`",
        "kernel and shell read each cell four times, which is most of the time of a short one",
    ),
    Seam(
        "IPython: first traceback",
        "`InteractiveShell.InteractiveTB.structured_traceback`",
        "the first error shown is slow: the warm parent shows one",
    ),
    Seam(
        "numpy: entropy of new generators",
        "`numpy.random.bit_generator.randbits`",
        "`default_rng()` without a seed asks it; each submission starts from the same random state",
    ),
    Seam(
        "CPython: lines of a check in a copy",
        "the tuples of `linecache.cache`",
        "a traceback quotes the lines of a check that is no file",
    ),
)


def leave_out_debugger() -> None:
    """Have ipykernel find no debugger when it is imported."""
    # None in place of a module makes its import fail, which ipykernel takes as: not installed.
    sys.modules["debugpy"] = None  # type: ignore[assignment]


def start_rest(app: Any) -> None:
    """Do what is left of a kernel's start after the fork: sockets, threads, the kernel itself."""
    # Not `app.initialize()`, which would do the slow half again, and write a connection file.
    for step in LAST_STEPS:
        getattr(app, f"init_{step}")()


def fix_entropy(numpy: Any, seed: int) -> None:
    """Have generators that are made without a seed be the same from run to run."""
    # Not `numpy.random.seed`: generators made by `default_rng()` ask the system for entropy, not the old global state.
    numpy.random.bit_generator.randbits = random.Random(seed).getrandbits
