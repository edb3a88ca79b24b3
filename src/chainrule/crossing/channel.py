"""Frames over a socket: how the messages of `wire` travel.

channel = Channel(connected_socket)
channel.send(data)
data = channel.receive(deadline=time.monotonic() + 5)
"""

import socket
import struct
import time
from typing import Final

from chainrule.crossing.wire import CAPS, Caps, WireError

__all__ = ["Channel", "ConnectionLost"]

_LENGTH: Final = struct.Struct(">I")
_LONG: Final = 2**15


class ConnectionLost(WireError):
    """The other side hung up."""


class Channel:
    """Frames over a connected stream socket: four bytes of length, then that many bytes.

    A frame that was half read when the time ran out can be read on later.
    """

    def __init__(self, connection: socket.socket, caps: Caps = CAPS) -> None:
        self._socket = connection
        self._caps = caps
        self._buffer = bytearray()
        self.received = 0

    @property
    def idle(self) -> bool:
        """Whether no byte is waiting that nobody has asked for."""
        return not self._buffer

    def fileno(self) -> int:
        """The descriptor to wait on; -1 once closed."""
        return self._socket.fileno()

    def send(self, data: bytes, deadline: float | None = None) -> None:
        """Send one frame.

        Raises:
            TimeoutError: the other side did not take it before the deadline (a `time.monotonic()`).
            ConnectionLost: the other side hung up.
        """
        self._wait_until(deadline)
        try:
            # One call for a short frame; a long one is not copied to have its length put before it.
            if len(data) < _LONG:
                self._socket.sendall(_LENGTH.pack(len(data)) + data)
            else:
                self._socket.sendall(_LENGTH.pack(len(data)))
                self._socket.sendall(data)
        except TimeoutError:
            raise
        except OSError as error:
            raise ConnectionLost("the other side hung up") from error

    def receive(self, deadline: float | None = None) -> bytes:
        """Wait for one frame.

        Raises:
            TimeoutError: it was not complete before the deadline (a `time.monotonic()`).
            ConnectionLost: the other side hung up.
            WireError: it says that it is larger than the cap.
        """
        self._fill(4, deadline)
        (length,) = _LENGTH.unpack_from(self._buffer)
        # Refused by what it says of itself, before a byte of it is kept.
        if length > self._caps.size + 2**16:
            raise WireError(f"a frame of {length} bytes is too large; the limit is {self._caps.size}")
        self._fill(4 + length, deadline)
        data = bytes(memoryview(self._buffer)[4 : 4 + length])
        del self._buffer[: 4 + length]
        return data

    def close(self) -> None:
        """Hang up."""
        self._socket.close()

    def _fill(self, size: int, deadline: float | None) -> None:
        while len(self._buffer) < size:
            # Before every piece: a sender of one byte at a time must not move the deadline.
            self._wait_until(deadline)
            try:
                piece = self._socket.recv(min(max(size - len(self._buffer), 2**16), 2**20))
            except TimeoutError:
                raise
            except OSError as error:
                raise ConnectionLost("the other side hung up") from error
            if not piece:
                raise ConnectionLost("the other side hung up")
            self.received += len(piece)
            self._buffer += piece

    def _wait_until(self, deadline: float | None) -> None:
        if deadline is None:
            self._socket.settimeout(None)
            return
        left = deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self._socket.settimeout(left)
