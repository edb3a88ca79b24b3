"""The Linux calls that a notebook has no use for, and why each is refused; and the filter that refuses them.

The numbers are those of x86_64 and aarch64; on other machines there is no filter. A call that is missing on one of
them has None there.
"""

from __future__ import annotations

import platform
import struct
from collections.abc import Iterator
from typing import Final

__all__ = ["REFUSED", "SOCKETS", "STEP", "filter_program"]

Numbers = tuple[int | None, int | None]

REFUSED: Final[dict[str, dict[str, Numbers]]] = {
    "memory that no limit sees": {
        "shmget": (29, 194),
        "semget": (64, 190),
        "msgget": (68, 186),
        "memfd_create": (319, 279),
        "memfd_secret": (447, 447),
    },
    "a count that the whole machine shares": {
        "io_setup": (206, 0),
        "fanotify_init": (300, 262),
    },
    "keys that outlive a process": {
        "add_key": (248, 217),
        "request_key": (249, 218),
        "keyctl": (250, 219),
    },
    "another process's memory, files and pointers": {
        "ptrace": (101, 117),
        "process_vm_readv": (310, 270),
        "process_vm_writev": (311, 271),
        "kcmp": (312, 272),
        # Python does without it where it is refused, in asyncio say.
        "pidfd_open": (434, 434),
        "pidfd_getfd": (438, 438),
    },
    "new namespaces and mounts": {
        "unshare": (272, 97),
        "setns": (308, 268),
        "mount": (165, 40),
        "umount2": (166, 39),
        "pivot_root": (155, 41),
        "open_tree": (428, 428),
        "move_mount": (429, 429),
        "fsopen": (430, 430),
        "fsconfig": (431, 431),
        "fsmount": (432, 432),
        "fspick": (433, 433),
        "mount_setattr": (442, 442),
        "open_by_handle_at": (304, 265),
    },
    "corners of the Linux kernel with a bad record": {
        "modify_ldt": (154, None),
        "personality": (135, 92),
        "init_module": (175, 105),
        "finit_module": (313, 273),
        "kexec_load": (246, 104),
        "kexec_file_load": (320, 294),
        "perf_event_open": (298, 241),
        "bpf": (321, 280),
        "userfaultfd": (323, 282),
        "io_uring_setup": (425, 425),
    },
}  # fmt: skip

SOCKETS: Final = {"AF_UNIX": 1, "AF_INET": 2, "AF_INET6": 10}
"""The kinds of sockets that can be made. Others reach past the namespace of the network, to the host say (AF_VSOCK), or
into parts of the Linux kernel that are seldom used."""
AF_NETLINK, NETLINK_ROUTE = 16, 0
"""Of this kind only the list of network interfaces: without it ZeroMQ crashes where ipykernel listens to itself."""

MACHINES: Final = {"x86_64": (0, 0xC000003E, 56, (41, 53)), "aarch64": (1, 0xC00000B7, 220, (198, 199))}
"""For each machine: which of the numbers are its own, its architecture, `clone`, and `socket` with `socketpair`."""
CLONE3: Final = 435
# Every flag of `clone` that asks for a namespace; threads and ordinary forks have none of them.
ANY_NAMESPACE: Final = 0x7E020000
# From here on the same calls have second numbers, which the list above does not hold.
X32: Final = 0x40000000

LOAD, EQUAL, AT_LEAST, ANY_BIT, END = 0x20, 0x15, 0x35, 0x45, 0x06
NUMBER, ARCHITECTURE, FIRST_ARGUMENT, THIRD_ARGUMENT = 0, 4, 16, 32
EPERM, ENOSYS, EAFNOSUPPORT = 1, 38, 97


STEP: Final = struct.calcsize("HBBI")


def _step(code: int, yes: int, no: int, value: int) -> bytes:
    return struct.pack("HBBI", code, yes, no, value)


def _answer(error: int) -> bytes:
    return _step(END, 0, 0, 0x50000 | error)


ALLOW: Final = _step(END, 0, 0, 0x7FFF0000)


def filter_program() -> bytes:
    """The seccomp filter, as instructions of a classic BPF program; empty on a machine that is not known."""
    known = MACHINES.get(platform.machine())
    return b"".join(_steps(*known)) if known else b""


def _steps(column: int, architecture: int, clone: int, sockets: tuple[int, int]) -> Iterator[bytes]:
    # An error, not the end of the process: libraries try such calls, and do without where they are refused.
    refuse = _answer(EPERM)
    # The architecture first: a 32-bit program has other numbers for the same calls.
    yield from (_step(LOAD, 0, 0, ARCHITECTURE), _step(EQUAL, 1, 0, architecture), refuse)
    yield from (_step(LOAD, 0, 0, NUMBER), _step(AT_LEAST, 0, 1, X32), refuse)
    for calls in REFUSED.values():
        for numbers in calls.values():
            if numbers[column] is not None:
                yield from (_step(EQUAL, 0, 1, numbers[column] or 0), refuse)
    # Its arguments lie where no filter sees them. A library that is told that there is no such call takes `clone`.
    yield from (_step(EQUAL, 0, 1, CLONE3), _answer(ENOSYS))
    families = _step(LOAD, 0, 0, FIRST_ARGUMENT)
    families += b"".join(_step(EQUAL, 0, 1, family) + ALLOW for family in SOCKETS.values())
    families += _step(EQUAL, 0, 3, AF_NETLINK) + _step(LOAD, 0, 0, THIRD_ARGUMENT) + _step(EQUAL, 0, 1, NETLINK_ROUTE)
    families += ALLOW + _answer(EAFNOSUPPORT)
    yield from (_step(EQUAL, 1, 0, sockets[0]), _step(EQUAL, 0, len(families) // STEP, sockets[1]), families)
    yield from (_step(EQUAL, 0, 3, clone), _step(LOAD, 0, 0, FIRST_ARGUMENT), _step(ANY_BIT, 0, 1, ANY_NAMESPACE))
    yield from (refuse, ALLOW)
