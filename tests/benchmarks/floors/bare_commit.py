"""The floor for saving: sqlite3 alone, with the pragmas of the .apq file and one changed row."""

from __future__ import annotations

import sqlite3
from pathlib import Path

PRAGMAS = (
    "trusted_schema = OFF",
    "cell_size_check = ON",
    "mmap_size = 0",
    "foreign_keys = ON",
    "journal_mode = TRUNCATE",
    "synchronous = EXTRA",
    "locking_mode = NORMAL",
)


class BareFile:
    """A workspace's file, changed without checksums, history or checks. It is a copy and never opened again."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(path, isolation_level=None)
        for pragma in PRAGMAS:
            self._connection.execute(f"PRAGMA {pragma}")
        (self._row,) = self._connection.execute("SELECT min(row_id) FROM notes").fetchone()

    def write(self, note: str) -> None:
        """Change one note; it is on the disk when this returns."""
        self._connection.execute("BEGIN IMMEDIATE")
        self._connection.execute("UPDATE notes SET note = ? WHERE row_id = ?", (note, self._row))
        self._connection.execute("COMMIT")

    def close(self) -> None:
        self._connection.close()
