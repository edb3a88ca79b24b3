"""The process of a plain kernel: a fork of a warm Python that executes the lines it is sent, one after another."""

import os
import signal
import socket

import numpy as np  # noqa: F401 (for the copies of this process, which would import it one by one)

import chainrule.inside.agent  # noqa: F401 (likewise)
from chainrule.fork_server import serve_forks


def main(orders: int, parent: int) -> None:
    """Fork a kernel for each order."""
    serve_forks(socket.socket(fileno=orders), _execute)


def _execute(orders: int, answers: int) -> None:
    """Say when each line has run."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    names = {"__name__": "__main__"}
    with os.fdopen(orders) as lines:
        for line in lines:
            exec(eval(line), names)
            os.write(answers, b"done\n")
