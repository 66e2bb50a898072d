"""What was sent: to whom, when, which revision, and the pack itself, so that it can be opened again as it was."""

from __future__ import annotations

import json
from collections.abc import Collection

from sqlalchemy import Connection, select

from apq_desktop.evaluation.model import MAX_LINE
from apq_desktop.evaluation.rules.outgoing_copy import Sending
from apq_desktop.evaluation.text.cleaning import clean
from apq_desktop.storage import kept_files
from apq_desktop.storage.database.tables import SENDINGS
from apq_desktop.storage.rows.transaction import WriteTransaction


def add(transaction: WriteTransaction, sending: Sending, pack: bytes) -> None:
    """Note one sending, with the bytes of its PDF."""
    number = transaction.next_row()
    texts = {name: clean(getattr(sending, name)) for name in ("id", "evaluation_id", "recipient", "sent", "code")}
    files = json.dumps([clean(name) for name in sending.files], ensure_ascii=False)
    proof = kept_files.proof_of(pack)
    row = {"row_id": number, "revision": sending.revision, **texts, "files": files, "proof": proof}
    transaction.insert(SENDINGS, [row])
    kept_files.put(transaction, SENDINGS, number, pack)


def note_sent_at(transaction: WriteTransaction, sending_ids: Collection[str], at: str) -> None:
    """Note when packs left, which were noted when they were made. ``at`` is a UTC stamp."""
    wanted = select(SENDINGS).where(SENDINGS.c.id.in_(sending_ids))
    for row in transaction.connection.execute(wanted).mappings().all():
        transaction.update(SENDINGS, row, {"sent": clean(at)})


def of_evaluation(connection: Connection, evaluation_id: str) -> list[Sending]:
    """What was sent of one evaluation, newest first."""
    c = SENDINGS.c
    wanted = select(c.id, c.evaluation_id, c.revision, c.recipient, c.sent, c.code, c.files)
    rows = connection.execute(wanted.where(c.evaluation_id == evaluation_id).order_by(c.row_id.desc()))
    return [
        Sending(key, of, revision, clean(recipient)[:MAX_LINE], clean(sent), clean(code), _names(files))
        for key, of, revision, recipient, sent, code, files in rows
    ]


def _names(files: str) -> tuple[str, ...]:
    try:
        found = json.loads(files)
    except (ValueError, RecursionError):
        return ()
    return tuple(clean(name) for name in found if isinstance(name, str)) if isinstance(found, list) else ()


def pack(connection: Connection, sending_id: str) -> bytes | None:
    """The PDF that was sent, byte for byte; None where there is none. Raises RowDamagedError if it is changed."""
    return kept_files.content(connection, SENDINGS, "id", sending_id)
