"""Frames over a socket."""

import socket
import threading
import time
import tracemalloc
from collections.abc import Iterator

import pytest

from chainrule.crossing.channel import Channel, ConnectionLost
from chainrule.crossing.wire import Caps, WireError


@pytest.fixture
def pair() -> Iterator[tuple[Channel, socket.socket]]:
    """A channel, and the bare socket at its other end."""
    one, other = socket.socketpair()
    with one, other:
        yield Channel(one, Caps(size=2**22)), other


def test_frames_arrive_whole_and_in_order(pair: tuple[Channel, socket.socket]) -> None:
    """Small and large frames come out as they went in."""
    channel, other = pair
    frames = [b"", b"a", b"b" * 3_000_000, b"c" * 100]
    sender = threading.Thread(target=lambda: [Channel(other).send(frame) for frame in frames])

    sender.start()

    assert [channel.receive(time.monotonic() + 300) for _ in frames] == frames
    assert channel.idle
    sender.join()


def test_a_late_frame_is_read_on_after_a_timeout(pair: tuple[Channel, socket.socket]) -> None:
    """A frame that trickles in is not lost when the first wait ends."""
    channel, other = pair
    other.sendall(b"\0\0\0\4ab")
    with pytest.raises(TimeoutError):
        channel.receive(time.monotonic() + 0.05)

    other.sendall(b"cd")

    assert channel.receive(time.monotonic() + 300) == b"abcd"


def test_dripping_bytes_do_not_move_the_deadline(pair: tuple[Channel, socket.socket]) -> None:
    """A sender of one byte at a time runs into the same deadline."""
    channel, other = pair
    stop = threading.Event()

    def drip() -> None:
        other.sendall(b"\0\0\xff\xff")
        while not stop.wait(0.02):
            other.sendall(b"x")

    dripper = threading.Thread(target=drip)
    dripper.start()

    # The whole frame would come after some twenty minutes.
    with pytest.raises(TimeoutError):
        channel.receive(time.monotonic() + 0.3)

    stop.set()
    dripper.join()


def test_a_frame_that_claims_too_much_is_refused(pair: tuple[Channel, socket.socket]) -> None:
    """A length over the cap is an error at once, and takes no memory."""
    channel, other = pair
    other.sendall(b"\xff\xff\xff\xff")
    tracemalloc.start()
    try:
        with pytest.raises(WireError, match="too large"):
            channel.receive(time.monotonic() + 300)
        assert tracemalloc.get_traced_memory()[1] < 2**20
    finally:
        tracemalloc.stop()


def test_a_hang_up_is_told_apart_from_silence(pair: tuple[Channel, socket.socket]) -> None:
    """When the other side closes, waiting ends at once."""
    channel, other = pair
    other.close()

    with pytest.raises(ConnectionLost):
        channel.receive()
