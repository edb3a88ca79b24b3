"""What is left when a grader is killed without warning, at the worst time: nothing, or nothing after the next start."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from chainrule.kernel.sandbox import find_sandbox
from chainrule.live_folder import sweep

A_WHILE = 60.0
LEAVES_A_DAEMON = """
from nbclient import NotebookClient
from nbformat import v4
from chainrule.kernel.parent import WarmParent
from chainrule.kernel.sandbox import NoSandbox

DAEMON = '''
import os, time
reader, writer = os.pipe()
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        os.write(writer, str(os.getpid()).encode())
        time.sleep(600)
    os._exit(0)
print(os.read(reader, 20).decode())
'''
with WarmParent(sandbox=NoSandbox()) as parent, parent.kernel() as manager:
    notebook = v4.new_notebook(cells=[v4.new_code_cell(DAEMON)])
    NotebookClient(notebook, km=manager).execute()
    print(notebook.cells[0].outputs[0].text.strip(), flush=True)
    input()
"""
STARTS_A_SANDBOX = """
import os, subprocess, sys
from chainrule.live_folder import LiveFolder

wait, _ = os.pipe()
told, tell = os.pipe()
folder = str(LiveFolder().path)
command = [sys.argv[1], "--unshare-user", "--die-with-parent", "--userns-block-fd", str(wait), "--info-fd", str(tell)]
command += ["--ro-bind", "/", "/", "--bind", folder, "/mnt", "true"]
sandbox = subprocess.Popen(command, pass_fds=[wait, tell])
os.read(told, 1)
print(sandbox.pid, flush=True)
input()
"""


@contextmanager
def begun(program: str, *arguments: str) -> Iterator[tuple[subprocess.Popen[str], psutil.Process]]:
    """A running program, and the process whose number it prints."""
    command = [sys.executable, "-c", program, *arguments]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as grader:
        assert grader.stdout is not None
        yield grader, psutil.Process(int(grader.stdout.readline()))


def test_without_a_sandbox_a_student_s_daemon_ends_with_the_grader() -> None:
    """It has left the session and the family; the warm parent, which outlives the grader by a moment, ends it."""
    with begun(LEAVES_A_DAEMON) as (grader, daemon):
        grader.kill()

    assert not psutil.wait_procs([daemon], timeout=A_WHILE)[1]


def test_half_a_sandbox_is_ended_by_the_next_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where bubblewrap's first half is killed before the second knows whom to follow, that waits for ever."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with begun(STARTS_A_SANDBOX, str(find_sandbox().program)) as (grader, sandbox):
        (half,) = sandbox.children()
        sandbox.kill()
        grader.kill()
    still_there = half.is_running()

    sweep()

    assert still_there
    assert not psutil.wait_procs([half], timeout=A_WHILE)[1]
    assert not list(tmp_path.iterdir())
