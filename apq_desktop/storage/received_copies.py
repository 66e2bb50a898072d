"""Which evaluations of a file came in as packs from somebody else, when, and with which code."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from sqlalchemy import Connection, select

from apq_desktop.evaluation.text.cleaning import clean
from apq_desktop.storage.database.tables import RECEIVED
from apq_desktop.storage.rows.transaction import WriteTransaction


@dataclass(frozen=True, slots=True)
class ReceivedCopy:
    """One evaluation that was received. ``received`` is a UTC stamp, ``code`` the short code of its pack."""

    evaluation_id: str
    received: str
    code: str


def note(transaction: WriteTransaction, copy: ReceivedCopy) -> None:
    """Note that an evaluation was received. What was noted of it before, as before a removal, is replaced."""
    wanted = select(RECEIVED).where(RECEIVED.c.evaluation_id == copy.evaluation_id)
    for row in transaction.connection.execute(wanted).mappings().all():
        transaction.delete(RECEIVED, row)
    transaction.insert(RECEIVED, [{"row_id": transaction.next_row(), **asdict(copy)}])


def in_file(connection: Connection) -> dict[str, ReceivedCopy]:
    """All that were received, by the ids of the evaluations."""
    c = RECEIVED.c
    rows = connection.execute(select(c.evaluation_id, c.received, c.code))
    return {key: ReceivedCopy(key, clean(received), clean(code)) for key, received, code in rows}
