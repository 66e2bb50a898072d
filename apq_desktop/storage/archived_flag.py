"""Evaluations that are put away: they stay in the file, out of the way of those that are worked on."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, select

from apq_desktop.storage.database.tables import ARCHIVED
from apq_desktop.storage.history.recorder import stamp
from apq_desktop.storage.rows.transaction import WriteTransaction


def archive(transaction: WriteTransaction, evaluation_id: str, at: datetime) -> None:
    """Put one evaluation away; nothing happens where it is put away already."""
    if evaluation_id not in put_away_ones(transaction.connection):
        row = {"row_id": transaction.next_row(), "evaluation_id": evaluation_id, "since": stamp(at)}
        transaction.insert(ARCHIVED, [row])


def take_out(transaction: WriteTransaction, evaluation_id: str) -> None:
    """Take one evaluation out of the archive, if it is there."""
    wanted = select(ARCHIVED).where(ARCHIVED.c.evaluation_id == evaluation_id)
    for row in transaction.connection.execute(wanted).mappings().all():
        transaction.delete(ARCHIVED, row)


def put_away_ones(connection: Connection) -> set[str]:
    """The ids of all that are put away."""
    return set(connection.execute(select(ARCHIVED.c.evaluation_id)).scalars())
