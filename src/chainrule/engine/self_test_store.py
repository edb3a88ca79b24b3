"""Self-tests that were made before: one a notebook, in the course's `.chainrule/`; found again by all it depends on."""

from __future__ import annotations

import fcntl
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from chainrule.engine.fingerprint import environment, hash_of
from chainrule.engine.self_test import SelfTest
from chainrule.whole_file import whole_file

__all__ = ["key_of", "known_or_made"]


def key_of(*parts: object) -> str:
    """One hash for all that a self-test depends on: the parts, this package, and what is installed beside it."""
    return hash_of(parts, environment())


def known_or_made(path: Path, key: str, make: Callable[[], SelfTest]) -> SelfTest:
    """The self-test that was kept at a path under this key; else a new one, kept for the next who asks.

    Of several processes that ask at a time one makes it, and the others wait for it.
    """
    with _alone(path):
        with suppress(OSError, ValueError, KeyError, TypeError):
            kept: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
            if kept["key"] == key:
                return SelfTest.from_dict(kept["test"])
        test = make()
        with suppress(OSError), whole_file(path) as unfinished:
            unfinished.write_text(json.dumps({"key": key, "test": test.to_dict()}, indent=1), encoding="utf-8")
        return test


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Let one process at a time in; all of them where the course's folder cannot be written."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = open(path.with_suffix(".lock"), "w")  # noqa: SIM115 (closed below)
    except OSError:
        yield
        return
    with lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
