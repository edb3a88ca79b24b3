"""What one submission may touch: the Linux calls with which a forked kernel locks itself in.

This runs inside the sandbox, in the child, before any student code and before any thread:

    if fork_alone() == 0:
        lock_in(work, files, limits)     # own mounts, own /proc, limits, no privileges, no way to get any

Everything that a submission can write lies in one tmpfs that ends with it. So nothing has to be swept up.
Only the standard library is imported: the sandbox holds little else.
"""

from __future__ import annotations

import ctypes
import fcntl
import os
import re
import resource
import shutil
import signal
import socket
import struct
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from chainrule.inside.system_calls import STEP, filter_program

__all__ = [
    "NOBODY", "adopt_orphans", "become_nobody", "die_with_parent", "fork_alone", "hide_memory", "limit_resources",
    "lock_in", "memory_of",
]  # fmt: skip

NOBODY: Final = 65534
"""The user, inside and (where the grader is root) outside of the sandbox."""

DISK: Final = "/grader/disk"
"""Where a submission's disk is mounted, until it lies in the places where the submission sees it."""

CLONE_NEWNS, CLONE_NEWIPC, CLONE_NEWPID, CLONE_NEWNET = 0x20000, 0x08000000, 0x20000000, 0x40000000
MS_NOSUID, MS_NODEV, MS_NOEXEC, MS_BIND, MS_REC, MS_PRIVATE = 2, 4, 8, 0x1000, 0x4000, 0x40000
MNT_DETACH: Final = 2
PAGE: Final = 4096
PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_KEEPCAPS, PR_CAPBSET_DROP = 1, 4, 8, 24
PR_SET_SECCOMP, PR_SET_CHILD_SUBREAPER, PR_SET_NO_NEW_PRIVS = 22, 36, 38
# The limit on data counts the stacks of threads as asked for, 8 MB each, used or not.
SPARE_FOR_STACKS: Final = 128 << 20

SIOCGIFFLAGS, SIOCSIFFLAGS, IFF_UP = 0x8913, 0x8914, 1


class _CapHeader(ctypes.Structure):
    _fields_ = [("version", ctypes.c_uint32), ("pid", ctypes.c_int)]


class _CapData(ctypes.Structure):
    _fields_ = [("effective", ctypes.c_uint32), ("permitted", ctypes.c_uint32), ("inheritable", ctypes.c_uint32)]


class _Filter(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("program", ctypes.c_char_p)]


def _call(name: str, *args: object) -> None:
    """Call a function of the C library; raise OSError where it fails."""
    if getattr(ctypes.CDLL(None, use_errno=True), name)(*args) < 0:
        code = ctypes.get_errno()
        raise OSError(code, f"{name}: {os.strerror(code)}")


def _capabilities(data: ctypes.Array[_CapData], call: str) -> None:
    _call(call, ctypes.byref(_CapHeader(0x20080522, 0)), data)


def become_nobody() -> None:
    """Where the grader is root: take the identity of an ordinary user, and keep the right to make namespaces.

    Limits on processes do not hold for root, and a file that only root may read must stay unread.
    """
    if os.getuid() != 0:
        return
    # Groups first, then the group: once the user has changed there is no right left to do either.
    os.setgroups([])
    os.setresgid(NOBODY, NOBODY, NOBODY)
    # Else the system takes all capabilities with the change of user, and no kernel could be walled off.
    _call("prctl", PR_SET_KEEPCAPS, 1, 0, 0, 0)
    os.setresuid(NOBODY, NOBODY, NOBODY)
    # They are kept as permitted only: they count again once they are effective.
    data = (_CapData * 2)()
    _capabilities(data, "capget")
    for word in data:
        word.effective = word.permitted
    _capabilities(data, "capset")


def adopt_orphans() -> None:
    """Become the parent of every descendant whose own parent ends. (For use without a process namespace.)"""
    _call("prctl", PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def die_with_parent(by: signal.Signals = signal.SIGKILL) -> None:
    """Have the system send this signal to this process when its parent ends, whatever ended that."""
    if sys.platform == "linux":
        _call("prctl", PR_SET_PDEATHSIG, by, 0, 0, 0)


def hide_memory(hidden: bool = True) -> None:
    """Close (or open) this process's memory, environment and descriptors to others of the same user."""
    _call("prctl", PR_SET_DUMPABLE, int(not hidden), 0, 0, 0)


def fork_alone() -> int:
    """Fork a child that is process 1 of its own namespace: it sees only its own, and when it ends, all of them end."""
    # A new namespace is for children only, and all later ones would go there: so this process goes back to its own.
    own = os.open("/proc/self/ns/pid", os.O_RDONLY | os.O_CLOEXEC)
    _call("unshare", CLONE_NEWPID)
    try:
        pid = os.fork()
        if pid:
            _call("setns", own, CLONE_NEWPID)
    finally:
        os.close(own)
    return pid


def _mount(source: str, target: str, kind: str | None, flags: int, options: str = "") -> None:
    kind_bytes = kind.encode() if kind else None
    _call("mount", source.encode(), target.encode(), kind_bytes, ctypes.c_ulong(flags), options.encode())


def _private_folders(work: str, files: Sequence[str], disk_bytes: int, file_count: int) -> None:
    """Give this process alone one small disk, for its working folder, /tmp, /dev/shm and its home."""
    _call("unshare", CLONE_NEWNS | CLONE_NEWIPC)
    # From here on no mount of the submission's shows in the parent, nor one of the parent's here.
    _mount("none", "/", None, MS_REC | MS_PRIVATE)
    # What lies there already is not the submission's: it has the whole of its disk for itself.
    held = [path.stat().st_size for folder in files for path in Path(folder).rglob("*")]
    room = disk_bytes + sum(-(-size // PAGE) * PAGE for size in held)
    size = f"size={room},nr_inodes={file_count + len(held)},mode=0755,uid={NOBODY},gid={NOBODY}"
    below = _mounted()
    _mount("tmpfs", DISK, "tmpfs", MS_NOSUID | MS_NODEV, size)
    for name, target in (("work", work), ("shm", "/dev/shm"), ("tmp", "/tmp"), ("home", "/home/student")):
        private = f"{DISK}/{name}"
        os.mkdir(private, 0o700)
        _keep_in_sight([path for path in below if path.startswith(f"{target}/")], target, private)
        _mount(private, target, None, MS_BIND | MS_REC)
    # The disk stays in the four places; under its own name a student could see all of it at once.
    _call("umount2", DISK.encode(), MNT_DETACH)
    for folder in files:
        shutil.copytree(folder, work, dirs_exist_ok=True, copy_function=shutil.copy)
    # The old one shows the processes of the parent's namespace.
    _mount("proc", "/proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC)
    os.chdir(work)


def _mounted() -> list[str]:
    """What is mounted in this sandbox, from the outside in (Linux writes blanks as octal numbers)."""
    lines = Path("/proc/self/mounts").read_text().splitlines()
    return sorted(re.sub(r"\\(\d{3})", lambda code: chr(int(code[1], 8)), line.split()[1]) for line in lines)


def _keep_in_sight(mounted: list[str], target: str, private: str) -> None:
    """Show again what is mounted below a folder that a private one replaces: Python may lie there, below /tmp say."""
    shown: list[str] = []
    for path in mounted:
        # What lies inside of something shown came with it.
        if any(path.startswith(f"{outer}/") for outer in shown):
            continue
        place = private + path.removeprefix(target)
        if os.path.isdir(path):
            os.makedirs(place, 0o755, exist_ok=True)
        else:
            os.makedirs(os.path.dirname(place), 0o755, exist_ok=True)
            os.close(os.open(place, os.O_CREAT))
        _mount(path, place, None, MS_BIND | MS_REC)
        shown.append(path)


def limit_resources(memory: int, processes: int | None, file_bytes: int, open_files: int) -> None:
    """Set the limits that the kernel enforces a process; they hold for all that is started from here."""
    # The limit counts what the parent had imported before the fork, which is no fault of the student's.
    data = memory_of("VmData") + memory + SPARE_FOR_STACKS
    wanted = {"DATA": data, "FSIZE": file_bytes, "NOFILE": open_files, "CORE": 0, "MSGQUEUE": 0, "NPROC": processes}
    for name, value in wanted.items():
        number = getattr(resource, f"RLIMIT_{name}", None)
        if value is not None and number is not None:
            with suppress(OSError, ValueError):
                resource.setrlimit(number, (value, value))


def memory_of(*fields: str, pid: str = "self", file: str = "status") -> int:
    """The sum of some fields of /proc/<pid>/<file>, in bytes; 0 where there is no such thing."""
    try:
        lines = Path(f"/proc/{pid}/{file}").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) << 10 for line in lines if line.split(":")[0] in fields)


def _give_up_privileges() -> None:
    """Lose every capability for good, and with it the means to undo what was done before."""
    # In a namespace of its own a process could mount and trace again.
    with suppress(OSError):
        Path("/proc/sys/user/max_user_namespaces").write_text("0")
    _call("prctl", PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    # The bounding set too: a program with capabilities of its own could give back what only the others have lost.
    last = int(Path("/proc/sys/kernel/cap_last_cap").read_text())
    for capability in range(last + 1):
        _call("prctl", PR_CAPBSET_DROP, capability, 0, 0, 0)
    _capabilities((_CapData * 2)(), "capset")


def _forbid_system_calls() -> None:
    """Install the filter of `system_calls`. (A machine that it does not know goes without.)"""
    if program := filter_program():
        _call("prctl", PR_SET_SECCOMP, 2, ctypes.byref(_Filter(len(program) // STEP, program)), 0, 0)


def _own_network() -> None:
    """A network of its own, of which nothing was used before: a loopback, and no way out."""
    # Not the sandbox's: ports and counters of that are the same ones for each submission, and could carry a note.
    _call("unshare", CLONE_NEWNET)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        request = struct.pack("16sH14x", b"lo", 0)
        _, flags = struct.unpack("16sH14x", fcntl.ioctl(any_socket, SIOCGIFFLAGS, request))
        fcntl.ioctl(any_socket, SIOCSIFFLAGS, struct.pack("16sH14x", b"lo", flags | IFF_UP))


def lock_in(work: str, files: Sequence[str], limits: dict[str, int]) -> None:
    """Lock this process in, for good; raise OSError where the machine does not allow it."""
    # Each step needs a right that a later one gives up, so the order is fixed: namespaces, limits, rights, the filter.
    _own_network()
    _private_folders(work, files, limits["disk_bytes"], limits["files"])
    limit_resources(limits["memory"], limits["processes"], limits["file_bytes"], limits["open_files"])
    _give_up_privileges()
    _forbid_system_calls()
    # Its own processes may read it, as they may on any machine; nobody else can see it from here on.
    hide_memory(False)
    with suppress(OSError):
        # Where the machine runs out of memory all the same, this goes first, not the grader.
        Path("/proc/self/oom_score_adj").write_text("1000")
