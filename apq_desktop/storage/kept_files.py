"""Whole files inside the workspace: packs that were sent, replies that came. The row that tells of one proves it."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

from sqlalchemy import Connection, Table, select

from apq_desktop.storage.database.tables import KEPT_FILES
from apq_desktop.storage.rows.evaluation_reader import RowDamagedError
from apq_desktop.storage.rows.transaction import WriteTransaction


def proof_of(content: bytes) -> str:
    """What the row that tells of a file says of its bytes."""
    return sha256(content).hexdigest()


def put(transaction: WriteTransaction, log: Table, row_id: int, content: bytes) -> None:
    """Keep the bytes of a file of which the row ``row_id`` of ``log`` tells."""
    files = KEPT_FILES[log]
    transaction.connection.execute(files.insert(), {"row_id": row_id, files.c.keys()[1]: content})


def content(connection: Connection, log: Table, column: str, value: str) -> bytes | None:
    """A file byte for byte, by a column of its row in ``log``; None where there is none.

    Raises RowDamagedError if it is changed.
    """
    files = KEPT_FILES[log]
    held = files.c[files.c.keys()[1]]
    wanted = select(log.c.proof, held).join_from(log, files, files.c.row_id == log.c.row_id)
    found = connection.execute(wanted.where(log.c[column] == value)).first()
    if found is None:
        return None
    proof, there = found
    if proof_of(there) != proof:
        raise RowDamagedError(files.name)
    return bytes(there)


def unproved(connection: Connection) -> Iterator[tuple[str, int]]:
    """The table and row of each file that is missing or not as it was."""
    for log, files in KEPT_FILES.items():
        held = files.c[files.c.keys()[1]]
        wanted = select(log.c.row_id, log.c.proof, held).outerjoin(files, files.c.row_id == log.c.row_id)
        for row_id, proof, there in connection.execute(wanted):
            if there is None or proof_of(there) != proof:
                yield log.name, row_id
