"""A PostgreSQL server for the time of a test run, out of Debian's packages.

It listens on a socket in its own folder, which only its user can enter, so nobody else can reach it and no port is
taken. It does not outlive the tests: it is stopped at their end, at the interpreter's end, and, where `setpriv` is at
hand, by the kernel when the process of the tests is gone.
"""

import atexit
import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from urllib.parse import urlencode

PATIENCE = 30
"""Seconds in which a server starts or stops, else it never will."""


def installed_programs() -> Path | None:
    """The folder of the newest server's programs."""
    folders = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    newest = max(folders, key=lambda folder: int(folder.parent.name), default=None)
    elsewhere = shutil.which("initdb")
    return newest or (Path(elsewhere).parent if elsewhere else None)


def _other_user() -> dict[str, object]:
    """How to start a program as another user than root, whom PostgreSQL refuses."""
    if os.geteuid() != 0:
        return {}
    names = {entry.pw_name for entry in pwd.getpwall()}
    entry = pwd.getpwnam("postgres" if "postgres" in names else "nobody")
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


class PostgresServer:
    """A running server with an empty database.

    Its folder is not one of pytest's: those are closed to the user that the server runs as, and the path of a socket
    has room for a hundred letters only.
    """

    def __init__(self, programs: Path) -> None:
        self._programs = programs
        self._user = _other_user()
        self._folder = Path(tempfile.mkdtemp(prefix="scoreline-postgres-"))
        self._process: subprocess.Popen[bytes] | None = None
        atexit.register(self.stop)
        if self._user:
            os.chown(self._folder, self._user["user"], self._user["group"])
        self._make()
        self._process = self._launch()
        self._wait()

    @property
    def url(self) -> str:
        """Where clients find the database, as libpq and ADBC read it."""
        return "postgresql:///postgres?" + urlencode({"host": self._folder, "port": 5432, "user": "scoreline"})

    def stop(self) -> None:
        """Stops the server, and leaves nothing of it."""
        atexit.unregister(self.stop)
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(signal.SIGINT)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(PATIENCE)
            self._process.kill()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _make(self) -> None:
        options = ("--username=scoreline", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync")
        made = self._run("initdb", "-D", self._folder / "data", *options).wait(PATIENCE)
        assert made == 0, self._said()

    def _launch(self) -> "subprocess.Popen[bytes]":
        where = ("-D", self._folder / "data", "-k", self._folder, "-p", "5432", "-c", "listen_addresses=")
        quick = ("-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off")
        setpriv = shutil.which("setpriv")
        ends_with_us = (setpriv, "--pdeathsig", "INT", "--") if setpriv else ()
        return self._run("postgres", *where, *quick, "-c", "timezone=UTC", before=ends_with_us)

    def _wait(self) -> None:
        end = time.monotonic() + PATIENCE
        while self._run("pg_isready", "-q", "-h", self._folder, "-p", "5432").wait(PATIENCE) != 0:
            if self._process is None or self._process.poll() is not None or time.monotonic() > end:
                said = self._said()
                self.stop()
                raise AssertionError(f"PostgreSQL did not start: {said}")
            time.sleep(0.02)

    def _run(self, program: str, *options: str | Path, before: tuple[str, ...] = ()) -> "subprocess.Popen[bytes]":
        command = (*before, self._programs / program, *options)
        with (self._folder / "log").open("ab") as log:
            return subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd="/", **self._user)

    def _said(self) -> str:
        return (self._folder / "log").read_text(encoding="utf-8", errors="replace")[-2000:]
