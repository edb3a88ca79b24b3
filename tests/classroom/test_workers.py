"""Workers, for a program that has other business too."""

from __future__ import annotations

import os
import subprocess
import sys

import psutil
import pytest

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


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells and sets the cores of a process")
def test_as_many_workers_as_cores_have_a_core_each() -> None:
    """Also one that replaces another; where there are fewer workers or more, the system decides."""
    every = os.sched_getaffinity(0)
    with Workers(len(every)) as workers:
        found = [cores for _, cores in workers.run(os.sched_getaffinity, [0] * len(every))]
        workers._part_with(workers._workers[0])
        found += [cores for _, cores in workers.run(os.sched_getaffinity, [0] * len(every))]
    with Workers(len(every) + 1) as workers:
        ((_, free),) = workers.run(os.sched_getaffinity, [0])

    assert all(len(cores) == 1 for cores in found)
    assert {core for (core,) in found} == every
    assert free == every
