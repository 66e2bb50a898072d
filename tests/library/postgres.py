"""A PostgreSQL server of the tests' own: started as an ordinary user, stopped, started again, thrown away."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import psycopg
import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

USER, PASSWORD = "officer", "Wort-nur-für-diesen-Versuch"


def programs() -> Path | None:
    """Where initdb and pg_ctl are."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), reverse=True)
    on_path = shutil.which("initdb")
    return found[0].parent if found else Path(on_path).parent if on_path else None


class Postgres:
    """One cluster, reached over the loopback with a password."""

    def __init__(self, bin_folder: Path, folder: Path) -> None:
        self._bin, self.data = bin_folder, folder / "data"
        self._folder = folder
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        # initdb refuses to run as root.
        self._as = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"] if os.geteuid() == 0 else []
        word = folder / "word"
        word.write_text(PASSWORD, encoding="utf-8")
        for path in (folder, word):
            if self._as:
                shutil.chown(path, "nobody", "nogroup")
        self._run(
            "initdb", "-D", self.data, "-U", USER, "--pwfile", word, "-A", "scram-sha-256", "-E", "UTF8", "--no-sync"
        )
        self.newest, self._databases = "", 0
        self.start()

    def _run(self, name: str, *words: object) -> None:
        command = [*self._as, str(self._bin / name), *map(str, words)]
        environment = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}
        with (self._folder / "said.txt").open("ab") as said:
            subprocess.run(command, check=True, env=environment, stdout=said, stderr=said, cwd="/", timeout=600)

    def start(self) -> None:
        """Start it, or start it again."""
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=''"
        self._run("pg_ctl", "-D", self.data, "-w", "-l", self._folder / "log", "-o", options, "start")

    def stop(self, how: str = "immediate") -> None:
        """Stop it at once, as a power cut does."""
        self._run("pg_ctl", "-D", self.data, "-w", "-m", how, "stop")

    def new_database(self) -> str:
        """The address of an empty database."""
        self._databases += 1
        name = f"council{self._databases}"
        with psycopg.connect(self._place("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        self.newest = f"postgresql://{USER}@127.0.0.1:{self.port}/{name}"
        return self.newest

    def run(self, sql: str) -> None:
        """Run statements in the newest database, as its owner."""
        with psycopg.connect(self._place(self.newest.rpartition("/")[2])) as connection:
            connection.execute(sql)

    def everything(self) -> bytes:
        """All that the newest database holds."""
        with psycopg.connect(self._place(self.newest.rpartition("/")[2])) as connection:
            rows = connection.execute("SELECT data FROM apq_pack").fetchall()
            lines = connection.execute("SELECT journal || body FROM apq_line").fetchall()
        return b"".join(row[0] for row in rows) + "".join(row[0] for row in lines).encode()

    def _place(self, database: str) -> str:
        return f"host=127.0.0.1 port={self.port} user={USER} password={PASSWORD} dbname={database}"

    def restart(self) -> None:
        """Stop it at once, and start it."""
        self.stop()
        self.start()


def running() -> Iterator[Postgres]:
    """A server, thrown away afterwards; skips where PostgreSQL is not installed."""
    found = programs()
    if not sys.platform.startswith("linux") or found is None:
        pytest.skip("PostgreSQL is not installed: packaging/dev.py test installs it on Debian")
    with TemporaryDirectory(prefix="apq-postgres-", dir="/tmp") as folder:
        server = Postgres(found, Path(folder))
        try:
            yield server
        finally:
            server.stop("fast")
