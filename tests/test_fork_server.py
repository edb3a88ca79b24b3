"""A warm process that forks others: whoever waits for it learns that it will not answer."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from chainrule.fork_server import ONE_THREAD, ForkServer, ServerLost, is_stopped

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


FROM_HERE = """
import os, signal, socket, sys, tempfile
from chainrule.fork_server import ForkServer, alone, serve_forks

def told(answers):
    open_files = [os.path.realpath(f"/dev/fd/{name}") for name in os.listdir("/dev/fd")]
    handled = signal.getsignal(signal.SIGTERM) is not signal.SIG_DFL
    what = os.environ.get("WORD"), handled, sys.argv, tempfile.gettempdir(), held in open_files
    os.write(answers, repr((*what, os.getsid(0) == os.getppid())).encode())

signal.signal(signal.SIGTERM, lambda *_: None)
held = os.path.realpath(sys.argv[1])
opened = open(held)
tempfile.gettempdir()
assert alone()
print("waits in a buffer", end="")
server = ForkServer.from_here(lambda orders, parent: serve_forks(socket.socket(fileno=orders), told),
                              {"WORD": "new", "TMPDIR": "/dev/shm"}, None)
reader, writer = os.pipe()
server.fork([writer])
os.close(writer)
print("|" + os.read(reader, 9999).decode())
server.end()
try:
    os.kill(server.pid, 0)
except ProcessLookupError:
    print("gone")
"""


def test_a_server_that_is_a_copy_has_nothing_but_what_was_imported(tmp_path: Path) -> None:
    """No file of the first process, no handler, no word twice; and its own session, environment and folder."""
    held = tmp_path / "gradebook.db"
    held.touch()
    command = [sys.executable, "-c", FROM_HERE, str(held)]

    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, **ONE_THREAD}, timeout=60)

    assert done.returncode == 0, done.stderr
    first, *others = done.stdout.splitlines()
    assert first == "waits in a buffer|('new', False, ['-c'], '/dev/shm', False, True)"
    assert others == ["gone"]
