"""Workers, for a program that has other business too."""

from __future__ import annotations

import subprocess

import psutil

from chainrule.classroom.workers import Workers


def test_the_end_of_a_run_ends_its_own_processes_and_no_other_s() -> None:
    """Whoever grades from a server or a test has processes there already, which go on having children."""
    command = ["sh", "-c", "read line; sleep 600 & echo $!; wait"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdin is not None and other.stdout is not None
        before = psutil.Process().children()
        with Workers(1) as workers:
            ((_, outcome),) = workers.run(abs, [-1])
            server = [child for child in psutil.Process().children() if child not in before]
            other.stdin.write("one more\n")
            other.stdin.flush()
            born = psutil.Process(int(other.stdout.readline()))
        left = [born.is_running(), other.poll() is None]
        other.kill()
        if born.is_running():
            born.kill()

    assert outcome == 1
    assert left == [True, True]
    assert server and not psutil.wait_procs(server, timeout=10)[1]
