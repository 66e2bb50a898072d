"""The server of a library: packs and lines in PostgreSQL, to which everybody adds and nobody overwrites.

It stands where a shared folder's files stand; each computer reads from its own index, so that a server that is away
hides nothing. What is private never reaches this module. A connection is
opened only for an address that a user typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from hashlib import sha256

from sqlalchemy import URL, Connection, Engine, Table, create_engine, delete, func, make_url, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import ArgumentError, DBAPIError

from apq_desktop.errors import FileRefusedError
from apq_desktop.library.files import NEWER, VERSION
from apq_desktop.library.indexing.index_tables import SERVER_LIBRARY, SERVER_LINES, SERVER_PACKS, server_metadata
from apq_desktop.library.journal import seal
from apq_desktop.library.packs import SUFFIXES, digest_of, is_digest

NOT_AN_ADDRESS = (
    "this is not the address of a library on a server. It has the form postgresql://user@computer/database, "
    "without a password, which is asked for."
)
NO_PART = (
    "this installation has no part for servers. On Windows install APQ Desktop with the installer for all users, "
    "elsewhere from Python with the extra “server”."
)
NOT_REACHED = "the server of this library cannot be reached. What you see here is as it was. Try again later."
NOT_ALLOWED = "the server does not allow this. Ask whoever looks after it for the rights to this library."
NO_LIBRARY = "there is no library in this database. Make one there first, or ask for the right address."
NO_ENTRY = "the server did not accept the password, or needs one."
_QUERY = {"sslmode", "sslrootcert", "host"}
_LOCAL = re.compile(r"localhost|127\.|::1$|/|$")
_ENCRYPTED = {"sslmode": "verify-full", "sslrootcert": "system"}
_WRITERS = 0x6170712D
"""Whoever adds lines waits for whoever adds them already, so that numbers show in the order in which they rise."""
_AT_ONCE = 500


class NoEntryError(OSError):
    """The server wants a password, or another one."""


def is_address(place: str) -> bool:
    """Whether a user typed the address of a server, not a folder."""
    return place.startswith(("postgresql://", "postgres://"))


def instance_of(address: str) -> str:
    """A short name of an address, for files."""
    return sha256(address.encode()).hexdigest()[:8]


def _url(address: str, password: str) -> URL:
    try:
        url = make_url(address)
    except (ArgumentError, ValueError) as error:
        raise FileRefusedError("The address", NOT_AN_ADDRESS) from error
    host = str(url.query.get("host", url.host or ""))
    whole = url.username and url.database and host
    if not is_address(address) or url.password is not None or not whole or set(url.query) - _QUERY:
        raise FileRefusedError("The address", NOT_AN_ADDRESS)
    safe = {} if _LOCAL.match(host) else _ENCRYPTED
    query = {**safe, **url.query, "connect_timeout": "5", "application_name": "APQ Desktop"}
    return url.set(drivername="postgresql+psycopg", password=password or None, query=query)


class Server:
    """One library on a server. ``away`` is a sentence while it cannot be reached. Belongs to one thread."""

    def __init__(self, address: str, password: str = "") -> None:
        """Prepare; nothing is opened yet. Raises FileRefusedError."""
        self.address, self.away = address, ""
        try:
            # One connection, tried before each use: after a restart the next use makes a new one.
            self._engine: Engine = create_engine(
                _url(address, password), pool_size=1, max_overflow=0, pool_pre_ping=True, hide_parameters=True
            )
        except ImportError as error:
            raise FileRefusedError("The address", NO_PART) from error

    def close(self) -> None:
        """Let go of the connection."""
        self._engine.dispose()

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        """All or nothing. Raises OSError with a sentence; NoEntryError is one."""
        try:
            with self._engine.begin() as connection:
                yield connection
            self.away = ""
        except DBAPIError as error:
            refused = getattr(error.orig, "pgconn", None)
            if refused is not None and (refused.needs_password or refused.used_password) and not error.statement:
                self.away = NO_ENTRY
                raise NoEntryError(NO_ENTRY) from error
            lacks_rights = getattr(error.orig, "sqlstate", None) == "42501"
            self.away = NOT_ALLOWED if lacks_rights else NOT_REACHED
            raise OSError(self.away) from error

    def enter(self) -> None:
        """Find out whether the server lets us in. Raises OSError with a sentence; NoEntryError is one."""
        with self._transaction():
            pass

    # The library

    def library_id(self) -> str:
        """The id of the library in the database. Raises FileRefusedError where there is none, OSError."""
        with self._transaction() as connection:
            there = connection.execute(select(func.to_regclass(SERVER_LIBRARY.name))).scalar()
            row = connection.execute(select(SERVER_LIBRARY)).first() if there else None
        if row is None:
            raise FileRefusedError(self.address, NO_LIBRARY)
        if row.version > VERSION:
            raise FileRefusedError(self.address, NEWER)
        return str(row.id)

    def create(self, library_id: str) -> str:
        """Make the tables where there are none, and the library; returns the id of the one that is there then."""
        with self._transaction() as connection:
            server_metadata.create_all(connection)
            if connection.execute(select(SERVER_LIBRARY)).first() is None:
                connection.execute(insert(SERVER_LIBRARY).values(id=library_id, version=VERSION))
        return self.library_id()

    # Packs and lines

    def add(self, journal: str, bodies: Sequence[str], packs: Sequence[tuple[str, str, bytes]] = ()) -> None:
        """Add packs, and lines of one writer, all at once; what is there already stays. Raises OSError."""
        with self._transaction() as connection:
            connection.execute(select(func.pg_advisory_xact_lock(_WRITERS)))
            _add_new(
                connection, SERVER_PACKS, [dict(zip(("digest", "suffix", "data"), pack, strict=True)) for pack in packs]
            )
            lines = [{"seal": seal(body.encode()), "journal": journal, "body": body} for body in bodies]
            _add_new(connection, SERVER_LINES, lines)

    def lines_after(self, number: int) -> Iterator[tuple[int, list[tuple[str, str, str]]]]:
        """Lines since ``number``, some at a time: where they end, and of each its journal, seal and body.

        A line whose seal does not fit is passed over. Raises OSError.
        """
        c = SERVER_LINES.c
        while True:
            with self._transaction() as connection:
                # A server that was set back to an earlier day counts again.
                last = connection.execute(select(func.max(c.number))).scalar() or 0
                number = number if number <= last else 0
                query = select(SERVER_LINES).where(c.number > number).order_by(c.number).limit(_AT_ONCE)
                rows = connection.execute(query).all()
            if not rows:
                return
            number = rows[-1].number
            whole = [row for row in rows if seal(row.body.encode()) == row.seal]
            yield number, [(row.journal, row.seal, row.body) for row in whole]

    def line_count(self) -> int:
        """How many lines there are, damaged ones too. Raises OSError."""
        with self._transaction() as connection:
            return connection.execute(select(func.count()).select_from(SERVER_LINES)).scalar() or 0

    def digests(self) -> dict[str, str]:
        """The digests of all packs, each with its suffix. Raises OSError."""
        with self._transaction() as connection:
            return {
                row.digest: row.suffix
                for row in connection.execute(select(SERVER_PACKS.c.digest, SERVER_PACKS.c.suffix))
            }

    def packs(self, digests: Sequence[str]) -> Iterator[tuple[str, str, bytes]]:
        """Packs as they were received: digest, suffix, bytes. What is damaged is passed over. Raises OSError."""
        for digest in digests:
            with self._transaction() as connection:
                row = connection.execute(select(SERVER_PACKS).where(SERVER_PACKS.c.digest == digest)).first()
            if row and is_digest(digest) and row.suffix in SUFFIXES and digest_of(row.data) == digest:
                yield digest, row.suffix, row.data

    def forget(self, pack: str, seals: Sequence[str]) -> None:
        """Take out a pack and lines for good. Raises OSError."""
        with self._transaction() as connection:
            connection.execute(delete(SERVER_PACKS).where(SERVER_PACKS.c.digest == pack))
            for one in seals:
                connection.execute(delete(SERVER_LINES).where(SERVER_LINES.c.seal == one))


def _add_new(connection: Connection, table: Table, rows: Sequence[Mapping[str, object]]) -> None:
    if rows:
        connection.execute(insert(table).on_conflict_do_nothing(), list(rows))
