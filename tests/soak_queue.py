"""A class through the queue, a fifth of it hostile or broken, while all that takes part dies: the rows of a calm run.

    python tests/soak_queue.py                            # 1,000 submissions, four workers (`make soak-queue`)
    python tests/soak_queue.py --submissions 20 --troubles 7

Each worker has a folder, and where this user may make them a network of its own. At random moments workers are killed,
told to stop, stopped past their lease and continued, cut off from the network, and started twice; the database crashes;
the teacher's command is killed and begun again.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import nullcontext, suppress
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

from chainrule.course import Course
from chainrule.sharing.schema import ROLE, connect, make_schema
from postgres import Server
from small_class import keep_on_a_server, marks_in, url_of
from soak import APART, CHAINRULE, calm_class, differences, go_apart, outcomes_of, write_class

HERE = "10.213.0.1"
LEASE = 20.0
CENTRAL = f"""
import sys
from chainrule.cli import main
from chainrule.sharing import central
central.LEASE = {LEASE}
sys.exit(main())
"""
GRADE = ["grade", "--no-feedback", "--quiet", "--workers", "1", "--json", "out.json"]


class Team:
    """The database, the teacher's command, and workers."""

    def __init__(self, place: Path, course: Course, workers: int, seed: int) -> None:
        self.place, self.course, self.chance = place, course, random.Random(seed)
        self.told: list[str] = []
        self.apart = APART in os.environ
        self.server = Server(self._make_network())
        self.queue = self.server.fresh()
        make_schema(self.queue)
        with connect(self.queue) as connection:
            connection.execute(f"create role grader login in role {ROLE}")
        keep_on_a_server(course, self.queue)
        subprocess.run([CHAINRULE, "build"], cwd=course.root, check=True, stdout=subprocess.DEVNULL)
        self.twins: list[subprocess.Popen[bytes]] = []
        self.workers = [self.start(number) for number in range(workers)]
        self.central = self.grade()
        self._waiting: list[Any] = []

    def _make_network(self) -> str:
        """The address at which workers of networks of their own find the database; none where there are no such."""
        if not self.apart:
            return ""
        _ip("link", "set", "lo", "up")
        _ip("link", "add", "middle", "type", "bridge")
        _ip("addr", "add", f"{HERE}/24", "dev", "middle")
        _ip("link", "set", "middle", "up")
        return HERE

    def grade(self) -> subprocess.Popen[bytes]:
        """Begin the teacher's command."""
        with (self.place / "central.log").open("ab") as log:
            command = [sys.executable, "-c", CENTRAL, *GRADE, "--queue", self.queue]
            return subprocess.Popen(command, cwd=self.course.root, stdout=log, stderr=log)

    def start(self, number: int) -> subprocess.Popen[bytes]:
        """Start a worker in a folder, and a network, of its own."""
        folder = self.place / f"worker-{number}"
        folder.mkdir(exist_ok=True)
        database = self.queue.partition("@/")[2].partition("?")[0]
        there = f"postgresql://grader@{HERE}/{database}" if self.apart else self.queue.replace("postgres@", "grader@")
        environment = {**os.environ, "CHAINRULE_QUEUE": there, "TMPDIR": str(folder)}
        apart = ["unshare", "--net", "sh", "-c", 'read go && exec "$@"', "sh"] if self.apart else []
        with (self.place / "workers.log").open("ab") as log:
            worker = subprocess.Popen(
                [*apart, CHAINRULE, "worker"],
                cwd=folder, env=environment, stdin=subprocess.PIPE, stdout=log, stderr=log,
            )  # fmt: skip
        if self.apart:
            self._connect(number, worker)
        return worker

    def _connect(self, number: int, worker: subprocess.Popen[bytes]) -> None:
        """Lay a wire between a worker's network and the database's."""
        wire, inside = f"wire{number}", ["nsenter", "--target", str(worker.pid), "--net"]
        while os.readlink(f"/proc/{worker.pid}/ns/net") == os.readlink("/proc/self/ns/net"):
            time.sleep(0.05)
        subprocess.run(["ip", "link", "del", wire], capture_output=True)
        _ip("link", "add", wire, "type", "veth", "peer", "name", "eth0", "netns", str(worker.pid))
        _ip("link", "set", wire, "master", "middle", "up")
        _ip("addr", "add", f"10.213.0.{number + 10}/24", "dev", "eth0", inside=inside)
        _ip("link", "set", "eth0", "up", inside=inside)
        assert worker.stdin
        worker.stdin.write(b"go\n")
        worker.stdin.flush()

    def done(self) -> int:
        """How many results there are."""
        with connect(self.queue) as connection:
            return int(connection.execute("select count(*) from result").fetchone()[0])

    def trouble(self) -> None:
        """Something befalls them; each kind once before any comes again."""
        if not self._waiting:
            kinds = [self._kill, self._tell, self._stop, self._twice, self._crash, self._kill_central]
            kinds += [self._cut_off] if self.apart else []
            self._waiting = self.chance.sample(kinds, len(kinds))
        self._waiting.pop()()
        print(f"{self.done():>6} done; {self.told[-1]}", flush=True)

    def _any(self) -> int:
        return self.chance.randrange(len(self.workers))

    def _replace(self, number: int) -> None:
        self.workers[number].wait()
        self.workers[number] = self.start(number)

    def _kill(self) -> None:
        self.told.append("a worker is killed")
        number = self._any()
        self.workers[number].kill()
        self._replace(number)

    def _tell(self) -> None:
        self.told.append("a worker is told to stop")
        number = self._any()
        self.workers[number].terminate()
        self._replace(number)

    def _stop(self) -> None:
        self.told.append(f"a worker is stopped for {1.5 * LEASE:.0f} s, and goes on")
        worker = self.workers[self._any()]
        worker.send_signal(signal.SIGSTOP)
        time.sleep(1.5 * LEASE)
        worker.send_signal(signal.SIGCONT)

    def _cut_off(self) -> None:
        self.told.append(f"a worker is cut off for {2 * LEASE:.0f} s")
        number = self._any()
        _ip("link", "set", f"wire{number}", "down")
        time.sleep(2 * LEASE)
        if self.workers[number].poll() is None:
            _ip("link", "set", f"wire{number}", "up")
        else:  # it had not begun yet, and nobody waits for a queue that was never there
            self._replace(number)

    def _twice(self) -> None:
        self.told.append("a worker is started twice")
        number = self._any()
        folder = self.place / f"worker-{number}"
        environment = {**os.environ, "CHAINRULE_QUEUE": self.queue, "TMPDIR": str(folder)}
        with (self.place / "workers.log").open("ab") as log:
            self.twins.append(
                subprocess.Popen([CHAINRULE, "worker"], cwd=folder, env=environment, stdout=log, stderr=log)
            )

    def _crash(self) -> None:
        self.told.append("the database crashes, and starts again")
        self.server.end(signal.SIGQUIT)
        self.server.start()

    def _kill_central(self) -> None:
        self.told.append("the teacher's command is killed, and begun again")
        self.central.kill()
        self.central.wait()
        self.central = self.grade()

    def close(self) -> None:
        """End all of them."""
        for process in (self.central, *self.workers, *self.twins):
            process.terminate()
            with suppress(subprocess.TimeoutExpired):
                process.wait(60)
            process.kill()
        self.server.close()


def _ip(*arguments: str, inside: list[str] | None = None) -> None:
    subprocess.run([*(inside or []), "ip", *arguments], check=True)


def soak(place: Path, submissions: int, troubles: int, workers: int, seed: int) -> dict[str, Any]:
    """All of it; what came of it, by name."""
    temporary = place / "temporary"
    temporary.mkdir(exist_ok=True)
    course, other = Course(place / "calm"), Course(place / "by-queue")
    calm_class(course, submissions, temporary, os.cpu_count() or 1)
    write_class(other.root, submissions)
    team = Team(place, other, workers, seed)
    begun, share = time.monotonic(), max(1, submissions // max(troubles, 1) // 2)
    try:
        for _ in range(troubles):
            aim = team.done() + team.chance.randint(1, share)
            while team.central.poll() is None and team.done() < aim:
                time.sleep(0.2)
            team.trouble()
        while team.central.poll() is None:
            time.sleep(1)
        took = time.monotonic() - begun
        assert team.central.returncode == 0, (place / "central.log").read_text()[-2000:]
        with connect(team.queue) as connection:
            asked = "select tries, count(*) from work where state = 'done' group by tries order by tries"
            tries = dict(connection.execute(asked).fetchall())
            (twice,) = connection.execute("select count(*) - count(distinct work) from result").fetchone()
        print(f"By the queue it took {took:.0f} s: {submissions / took:.2f} submissions a second.")
        print(f"Submissions by how often a worker took them: {tries}; results that came twice: {twice}.")
        rows = marks_in(url_of(course)), marks_in(url_of(other))
    finally:
        team.close()
    return {"rows": rows, "outcomes": tuple(outcomes_of(each.root / "out.json") for each in (course, other))}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--submissions", type=int, default=1000)
    parser.add_argument("--troubles", type=int, default=14)
    parser.add_argument("--workers", type=int, default=4)
    parser.add_argument("--seed", type=int, default=12)
    parser.add_argument("--folder", type=Path, help="where the classes are left, and a calm one may be from before")
    asked = parser.parse_args()
    go_apart("--net")
    if asked.folder:
        asked.folder.mkdir(parents=True, exist_ok=True)
    with nullcontext(asked.folder) if asked.folder else tempfile.TemporaryDirectory(prefix="soak-") as folder:
        found = soak(Path(folder), asked.submissions, asked.troubles, asked.workers, asked.seed)
        wrong = differences(found)
    print(f"{len(found['rows'][0])} rows and {len(found['outcomes'][0])} outcomes compared.")
    for line in wrong:
        print(f"FAULT: {line}")
    print("Rows and outcomes are those of a calm run." if not wrong else f"{len(wrong)} faults.")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
