"""A warm process that forks others: whoever waits for it learns that it will not answer."""

import os
import signal

import pytest

from chainrule.fork_server import ForkServer, ServerLost, is_stopped

SLEEPERS = """
import socket, time
from chainrule.fork_server import serve_forks
serve_forks(socket.socket(fileno={orders}), lambda: time.sleep(3600))
"""
AN_HOUR = 3600.0


def test_a_server_that_was_stopped_is_lost_without_waiting_for_it() -> None:
    """It is ended, whatever patience there is: a test that takes an hour shows that it was waited for."""
    server = ForkServer(SLEEPERS)
    child = server.fork([], AN_HOUR)
    os.kill(server.pid, signal.SIGSTOP)

    with pytest.raises(ServerLost):
        server.fork([], AN_HOUR)

    assert child > 0
    with pytest.raises(ProcessLookupError):
        os.kill(server.pid, 0)


def test_a_process_that_is_gone_is_not_stopped() -> None:
    """Nor is one that runs."""
    server = ForkServer(SLEEPERS)
    server.fork([], AN_HOUR)

    assert not is_stopped(server.pid)
    server.end()
    assert not is_stopped(server.pid)
