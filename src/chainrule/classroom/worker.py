"""A worker process: it grades what it is given, one submission after the other, and says all the while that it lives.

Workers are forked from one process that has imported what grading needs; see `workers` for the other side.
"""

from __future__ import annotations

import gc
import importlib
import logging
import pickle
import socket
import threading
import time
from typing import Final

from chainrule.crossing.channel import Channel, ConnectionLost
from chainrule.engine.nbgrader_seams import leave_out_address_check
from chainrule.fork_server import die_with, serve_forks

__all__ = ["BEAT", "WorkFailed", "main"]

BEAT: Final = 1.0
"""Seconds between two signs of life."""
ALIVE: Final = b""
NEEDED: Final = (
    "nbgrader.apps",
    "nbgrader.converters",
    "chainrule.engine.steps",
    "chainrule.engine.feedback.page",
    "chainrule.engine.autograde",
)


class WorkFailed(Exception):
    """What the work raised, in words: not every exception can travel."""


def main(orders: int, parent: int) -> None:
    """In the process that workers are forked from: import what all of them need, then fork."""
    die_with(parent)
    leave_out_address_check()
    # nbgrader logs there: a teacher would see the traceback of what comes back as a result, in words.
    logging.getLogger("tornado.application").addHandler(logging.NullHandler())
    for name in NEEDED:
        importlib.import_module(name)
    # What is imported stays: a collection in a worker would walk over all of it, and copy what the workers share.
    gc.collect()
    gc.freeze()
    serve_forks(socket.socket(fileno=orders), _work)


def _work(descriptor: int) -> None:
    """Do what comes until the other side hangs up."""
    channel, lock = Channel(socket.socket(fileno=descriptor)), threading.Lock()
    threading.Thread(target=_beat, args=(channel, lock), daemon=True).start()
    while True:
        try:
            function, job = pickle.loads(channel.receive())
        except ConnectionLost:
            return
        try:
            outcome = function(job)
        except Exception as error:
            outcome = WorkFailed(repr(error))
        with lock:
            channel.send(pickle.dumps(outcome))


def _beat(channel: Channel, lock: threading.Lock) -> None:
    while True:
        time.sleep(BEAT)
        try:
            with lock:
                channel.send(ALIVE)
        except ConnectionLost:
            return
