"""What the commands do and print that share a class out among machines."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from typing import Final

from chainrule.course import CourseError

NAMED: Final = "CHAINRULE_QUEUE"


def address(options: Namespace) -> str:
    """Where the queue is: as said here, or in the environment, which `ps` does not show.

    Raises:
        CourseError: nobody says where.
    """
    if url := options.queue or os.environ.get(NAMED, ""):
        return str(url)
    raise CourseError(f"where is the queue? Say --queue postgresql://..., or set {NAMED}")


def queue(options: Namespace) -> int:
    """Set a queue up in a database; prints what is to be done next."""
    from chainrule.sharing.schema import ROLE, make_schema

    made = make_schema(address(options))
    print("The queue is set up." if made else "The queue is there already.")
    print(f"For workers: create role somebody login password '...' in role {ROLE};")
    return 0


def worker(options: Namespace) -> int:
    """Take submissions from a queue and grade them, until this is told to stop."""
    from chainrule.kernel.sandbox import find_sandbox
    from chainrule.sharing.worker import serve

    url = address(options)
    find_sandbox()
    count = serve(url, until_empty=options.until_empty)
    print(f"{count} graded", file=sys.stderr)
    return 0
