"""One connection to one file: settings that keep every acknowledged edit, guards against untrusted files.

Of the ways to keep a journal, ``journal_mode=TRUNCATE`` with ``synchronous=EXTRA`` lost nothing in replayed
power cuts; normal locking lets SQLite notice that a file was moved away. The live file is never opened with
Python's ``open``: closing it would drop SQLite's locks.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import Literal
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine
from sqlalchemy.pool import NullPool

Mode = Literal["ro", "rw"]

BUSY_SECONDS = 3.0
"""How long a lock held by another program is waited for."""
LONGEST_SECONDS = 60.0
"""Of the processor's time, for one reading or saving: far more than honest work takes.

Not of the clock's: a computer that sleeps, or does other things as well, makes no file damaged.
"""
_CALLS_EVERY = 100_000
_LONGEST_VALUE = 64 * 1024 * 1024

_PRAGMAS = (
    "trusted_schema = OFF",
    "cell_size_check = ON",
    "mmap_size = 0",
    "foreign_keys = ON",
    "synchronous = EXTRA",
    "locking_mode = NORMAL",
    "temp_store = MEMORY",
)
_ALLOWED_PRAGMAS = frozenset(
    {
        "application_id",
        "cell_size_check",
        "foreign_key_check",
        "foreign_keys",
        "integrity_check",
        "journal_mode",
        "locking_mode",
        "max_page_count",
        "mmap_size",
        "page_count",
        "read_uncommitted",
        "shrink_memory",
        "synchronous",
        "temp_store",
        "trusted_schema",
        "user_version",
    }
)
_ALLOWED = frozenset(
    {
        sqlite3.SQLITE_SELECT,
        sqlite3.SQLITE_READ,
        sqlite3.SQLITE_INSERT,
        sqlite3.SQLITE_UPDATE,
        sqlite3.SQLITE_DELETE,
        sqlite3.SQLITE_TRANSACTION,
        sqlite3.SQLITE_SAVEPOINT,
        sqlite3.SQLITE_FUNCTION,
    }
)
_ALLOWED_WHILE_BUILDING = frozenset(
    {
        sqlite3.SQLITE_CREATE_TABLE,
        sqlite3.SQLITE_CREATE_INDEX,
        sqlite3.SQLITE_ALTER_TABLE,
        sqlite3.SQLITE_DROP_TABLE,
        sqlite3.SQLITE_DROP_INDEX,
        sqlite3.SQLITE_REINDEX,
    }
)
_ALLOWED_FUNCTIONS = frozenset({"count", "max", "min", "coalesce", "length", "ifnull", "substr", "printf"})
_FUNCTIONS_WHILE_BUILDING = frozenset(
    {"sqlite_rename_table", "sqlite_rename_column", "sqlite_rename_test", "sqlite_rename_quotefix",
     "sqlite_drop_column", "sqlite_fail", "like"}
)  # fmt: skip


_next_connection: ContextVar[Callable[[], sqlite3.Connection]] = ContextVar("_next_connection")


@cache
def _engine() -> Engine:
    """One for all files: what SQLAlchemy made of a statement for one serves the next as well."""

    def connect() -> sqlite3.Connection:
        return _next_connection.get()()

    return create_engine("sqlite://", creator=connect, poolclass=NullPool)


class Database:
    """One file, one connection, one thread. ``connection`` is SQLAlchemy's, for use inside a transaction."""

    def __init__(self, path: Path, mode: Mode) -> None:
        self.path = path
        self.mode = mode
        self._building = False
        self._deadline = float("inf")
        wanted = _next_connection.set(self._connect)
        try:
            self.connection = _engine().connect()
        finally:
            _next_connection.reset(wanted)

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(
            uri(self.path, f"mode={self.mode}"), uri=True, isolation_level=None, timeout=BUSY_SECONDS
        )
        try:
            self._guard(connection)
            for pragma in _PRAGMAS:
                connection.execute(f"PRAGMA {pragma}")
        except BaseException:
            connection.close()
            raise
        return connection

    def _guard(self, connection: sqlite3.Connection) -> None:
        """Take away what untrusted files could misuse and this program never needs."""
        connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
        connection.setlimit(sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH, 0)
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST_VALUE)
        connection.set_authorizer(self._authorize)
        connection.set_progress_handler(self._is_too_long, _CALLS_EVERY)

    def _authorize(
        self, action: int, first: str | None, second: str | None, _base: str | None, inner: str | None
    ) -> int:
        """Allow plain reading and writing. ``inner`` names a trigger or view, and there is none of ours."""
        if inner is not None:
            return sqlite3.SQLITE_DENY
        if action == sqlite3.SQLITE_FUNCTION:
            allowed = (second or "").lower() in _ALLOWED_FUNCTIONS or (
                self._building and (second or "").lower() in _FUNCTIONS_WHILE_BUILDING
            )
        elif action == sqlite3.SQLITE_PRAGMA:
            allowed = (first or "").lower() in _ALLOWED_PRAGMAS
        else:
            allowed = action in _ALLOWED or (self._building and action in _ALLOWED_WHILE_BUILDING)
        return sqlite3.SQLITE_OK if allowed else sqlite3.SQLITE_DENY

    def _is_too_long(self) -> int:
        return int(time.thread_time() > self._deadline)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that sees one state of the file and writes nothing."""
        with self._transaction("BEGIN") as connection:
            yield connection

    @contextmanager
    def writing(self, *, building: bool = False) -> Iterator[Connection]:
        """A transaction that is on the disk when this returns. ``building`` allows to make tables."""
        self._building = building
        try:
            with self._transaction("BEGIN IMMEDIATE") as connection:
                yield connection
        finally:
            self._building = False

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[Connection]:
        self._deadline = time.thread_time() + LONGEST_SECONDS
        try:
            with self.connection.begin():
                # Said here, not in a listener to SQLAlchemy's events, which slows every statement down.
                self.driver.execute(begin)
                yield self.connection
        finally:
            self._deadline = float("inf")

    @property
    def driver(self) -> sqlite3.Connection:
        """The driver's own connection, for what SQLAlchemy has no words for."""
        driver = self.connection.connection.driver_connection
        assert isinstance(driver, sqlite3.Connection)
        return driver

    def journal_mode(self, mode: Literal["TRUNCATE", "DELETE", ""] = "") -> str:
        """Set the journal's mode, or only ask for it; outside a transaction."""
        rows = self.driver.execute(f"PRAGMA journal_mode = {mode}" if mode else "PRAGMA journal_mode").fetchall()
        return str(rows[0][0]).lower()

    def close(self) -> None:
        """Close the connection; with ``DELETE`` set before, no side file stays behind."""
        self.connection.close()


def real_path(path: Path) -> Path:
    """Where a file lies once every link is followed, as SQLite follows them; as it is where there is no link."""
    try:
        real = Path(os.path.realpath(path))
    except (OSError, ValueError):
        return path
    return path if real == path.absolute() else real


def uri(path: Path, options: str) -> str:
    """The address of a file as SQLite reads it, for any name that a file can have."""
    name = quote(os.fsencode(path.absolute().as_posix()))
    return f"file://{'' if name.startswith('/') else '/'}{name}?{options}"
