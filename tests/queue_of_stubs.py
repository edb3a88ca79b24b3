"""Many jobs that do nothing, through the real queue on a real PostgreSQL server, while workers are killed.

    python tests/queue_of_stubs.py --jobs 100000 --workers 4 --kills 10

Each job must have exactly one result. Says how many jobs a second the database and its workers take.
"""

from __future__ import annotations

import argparse
import json
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from chainrule.sharing.central import _Desk
from chainrule.sharing.parcels import engine_id, hash_of_bytes
from chainrule.sharing.schema import ROLE, connect, make_schema
from chainrule.sharing.worker import TASK
from postgres import Server

STUB = """
import sys
from chainrule.sharing import worker
worker._Bench._course = lambda self, connection, work, lease, name: None
worker._Bench._grade = lambda self, *_: ({"reason": "", "grader_failed": False, "graded": False}, b"")
from contextlib import suppress
with suppress(KeyboardInterrupt):
    worker.serve(sys.argv[1])
"""
PUT = """
with added as (
    insert into work (key, assignment, student, queue, body)
    select 'stub ' || n, 'stub', 'student ' || n, %(queue)s, %(body)s::jsonb from generate_series(1, %(jobs)s) n
    returning id
), deferred as (
    insert into procrastinate_jobs (queue_name, task_name, args)
    select %(queue)s, %(task)s, jsonb_build_object('work', id) from added returning id
)
select count(*) from deferred
"""


def put(url: str, jobs: int) -> None:
    """Have so many stubs wait."""
    content = b"a submission"
    body = json.dumps({"course": "none", "submission": hash_of_bytes(content)})
    with connect(url) as connection:
        connection.execute("insert into blob values (%s, %s)", [hash_of_bytes(content), content])
        connection.execute(PUT, {"queue": engine_id(), "task": TASK, "jobs": jobs, "body": body})
    with connect(url) as connection:
        asked = (
            "update work set job_id = jobs.id from procrastinate_jobs jobs where (args ->> 'work')::bigint = work.id"
        )
        connection.execute(asked)


def done(url: str) -> int:
    """How many have a result."""
    with connect(url) as connection:
        return int(connection.execute("select count(*) from result").fetchone()[0])


def run(server: Server, jobs: int, workers: int, kills: int, lease: float) -> dict[str, float]:
    """All of it; what came of it."""
    url = server.fresh()
    make_schema(url)
    with connect(url) as connection:
        connection.execute(f"create role stub login in role {ROLE}")
    put(url, jobs)
    address = url.replace("postgres@", "stub@")
    desk, chance = _Desk(url, lease), random.Random(7)
    team = [subprocess.Popen([sys.executable, "-c", STUB, address]) for _ in range(workers)]
    begun = time.monotonic()
    count = seen = told = 0
    while count < jobs:
        time.sleep(min(5.0, jobs / 1000))  # a look at a long queue takes a while itself
        count = done(url)
        if count // 5000 > told:
            told = count // 5000
            print(f"{count:>7} done after {time.monotonic() - begun:.0f} s", flush=True)
        if kills and count > seen + jobs / 20:
            seen, kills = count, kills - 1
            lost = chance.randrange(workers)
            team[lost].send_signal(signal.SIGKILL)
            team[lost].wait()
            team[lost] = subprocess.Popen([sys.executable, "-c", STUB, address])
        with connect(url) as connection:
            waiting = [row[0] for row in connection.execute("select id from work where state = 'waiting'").fetchall()]
        desk._rescue(waiting)
    took = time.monotonic() - begun
    for worker in team:
        worker.terminate()
        worker.wait()
    desk.close()
    with connect(url) as connection:
        asked = "select count(*), count(distinct work), count(*) filter (where worker = '') from result"
        results, different, given_up = connection.execute(asked).fetchone()
    return {"results": results, "different": different, "given up": given_up, "seconds": took, "a second": jobs / took}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--jobs", type=int, default=100_000)
    parser.add_argument("--workers", type=int, default=4)
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--lease", type=float, default=20.0)
    asked = parser.parse_args()
    server = Server()
    try:
        found = run(server, asked.jobs, asked.workers, asked.kills, asked.lease)
    finally:
        server.close()
    print(", ".join(f"{name}: {value:,.0f}" for name, value in found.items()))
    return int((found["results"], found["different"], found["given up"]) != (asked.jobs, asked.jobs, 0))


if __name__ == "__main__":
    sys.exit(main())
