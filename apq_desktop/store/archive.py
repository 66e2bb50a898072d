"""Evaluations that are put away: they stay in the file, out of the way of those that are worked on."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, select

from apq_desktop.store.history import stamp
from apq_desktop.store.ledger import Ledger
from apq_desktop.store.tables import ARCHIVED


def put_away(ledger: Ledger, evaluation_id: str, at: datetime) -> None:
    """Put one evaluation away; nothing happens where it is put away already."""
    if evaluation_id not in put_away_ones(ledger.connection):
        row = {"row_id": ledger.next_row(), "evaluation_id": evaluation_id, "since": stamp(at)}
        ledger.insert(ARCHIVED, [row])


def take_out(ledger: Ledger, evaluation_id: str) -> None:
    """Take one evaluation out of the archive, if it is there."""
    wanted = select(ARCHIVED).where(ARCHIVED.c.evaluation_id == evaluation_id)
    for row in ledger.connection.execute(wanted).mappings().all():
        ledger.delete(ARCHIVED, row)


def put_away_ones(connection: Connection) -> set[str]:
    """The ids of all that are put away."""
    return set(connection.execute(select(ARCHIVED.c.evaluation_id)).scalars())
