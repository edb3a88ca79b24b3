"""Asynchronous work that is waited for, wherever it is asked for: also inside a server whose event loop runs."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Any, TypeVar

T = TypeVar("T")


def wait_for(work: Coroutine[Any, Any, T]) -> T:
    """Run this to its end and return what comes of it.

    A thread can run one event loop at a time. Where this thread's runs already, as Formgrader's does, the work is
    done in another thread, always the same one: a sandbox ends with the thread that started it.
    """
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(work)
    return _thread().submit(asyncio.run, work).result()


@cache
def _thread() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(1, thread_name_prefix="chainrule-examines")
