"""Forges workspaces as somebody who means harm can: with every checksum and digest made to fit."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import struct
from contextlib import closing
from pathlib import Path

from apq_desktop.storage.database.migrations import VERSION
from apq_desktop.storage.database.tables import CONTENT, HISTORY, META
from apq_desktop.storage.rows.row_mapping import NO_ROWS, added_up, checksum
from tests.faults import stored_workspaces

JOURNAL_MAGIC = bytes.fromhex("d9d505f920a163d7")


def whole(path: Path) -> Path:
    """A small workspace of the present version, with something in every table."""
    stored_workspaces.build(VERSION, path)
    return path


def forge(path: Path, *statements: str, untyped: str = "") -> Path:
    """A workspace changed past the program, whose checksums and digests fit; ``untyped`` is a table for any type."""
    with closing(sqlite3.connect(whole(path), isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
    typed = _retype(path, untyped, None) if untyped else ""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("BEGIN")
        for statement in statements:
            connection.execute(statement)
        _fit(connection)
        connection.execute("COMMIT")
    if untyped:
        _retype(path, untyped, typed)
    return path


def _retype(path: Path, table: str, sql: str | None) -> str:
    """Write another statement, or one without types, into a table's schema; returns what was there."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        (before,) = connection.execute("SELECT sql FROM sqlite_schema WHERE name = ?", (table,)).fetchone()
        untyped = re.sub(r" (TEXT|INTEGER|BLOB) NOT NULL| STRICT$", "", before)
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute("UPDATE sqlite_schema SET sql = ? WHERE name = ?", (sql or untyped, table))
    return str(before)


def _fit(connection: sqlite3.Connection) -> None:
    digests = []
    for tables in (CONTENT, HISTORY):
        digest = NO_ROWS
        for table in tables:
            for row in connection.execute(f"SELECT * FROM {table.name}").fetchall():
                new = checksum(table.name, row[:-1])
                connection.execute(f"UPDATE {table.name} SET checksum = ? WHERE row_id = ?", (new, row[0]))
                digest = added_up(digest, [new])
        digests.append(digest)
    connection.execute("UPDATE meta SET digest = ?, history_digest = ?", digests)
    row = connection.execute("SELECT * FROM meta").fetchone()
    connection.execute("UPDATE meta SET checksum = ?", (checksum(META.name, row[:-1]),))


def half_done(path: Path, folder: Path) -> Path:
    """A copy of a workspace, below ``folder``, as a crash in the midst of a save leaves it, with its journal."""
    copy = folder / "half done.apq"
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA cache_size = 1")
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("UPDATE notes SET note = 'half done'")
        connection.execute("UPDATE actions SET what = printf('%.90000c', 'y')")
        shutil.copyfile(path, copy)
        shutil.copyfile(f"{path}-journal", f"{copy}-journal")
        connection.rollback()
    assert b"half done" in copy.read_bytes() or b"yyyy" in copy.read_bytes()
    return copy


def name_a_victim(journal: Path, victim: Path) -> None:
    """Ask, at the end of a journal, for a third file to be deleted once the journal is taken back."""
    name = os.fsencode(victim)
    signed = sum(byte if byte < 128 else byte - 256 for byte in name) & 0xFFFFFFFF
    with journal.open("ab") as file:
        file.write(struct.pack(">I", 1) + name + struct.pack(">II", len(name), signed) + JOURNAL_MAGIC)
