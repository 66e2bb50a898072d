"""What was sent: to whom, when, which revision, and the pack itself, so that it can be opened again as it was."""

from __future__ import annotations

import json
from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, select

from apq_desktop.errors import FileRefusedError
from apq_desktop.evaluation.model import MAX_LINE
from apq_desktop.evaluation.rules.outgoing_copy import Sending
from apq_desktop.evaluation.text.cleaning import clean
from apq_desktop.storage import kept_files
from apq_desktop.storage.database.tables import SENDINGS
from apq_desktop.storage.rows.transaction import WriteTransaction

if TYPE_CHECKING:
    from apq_desktop.storage.reviews import Looker, Saver

NO_SUCH_PACK = "The file does not hold this pack any more."


class SendLog:
    """The send log of one open file; what is sent is added with the change that notes it (``Workspace.note_sent``)."""

    def __init__(self, path: Path, look: Looker, save: Saver) -> None:
        self._path, self._look, self._save = path, look, save

    def of_evaluation(self, evaluation_id: str) -> list[Sending]:
        """What was sent of an evaluation, newest first."""
        return self._look(lambda connection: _of_evaluation(connection, evaluation_id))

    def pack(self, sending_id: str) -> bytes:
        """The PDF of one sending, byte for byte. Raises FileRefusedError where it is not there or damaged."""
        found = self._look(lambda connection: kept_files.content(connection, SENDINGS, "id", sending_id))
        if found is None:
            raise FileRefusedError(self._path, NO_SUCH_PACK)
        return found

    def note_sent_at(self, sending_ids: Collection[str], at: str) -> None:
        """Note when packs left, which were noted when they were made. ``at`` is a UTC stamp. Raises NotSavedError."""
        self._save(lambda transaction: _note_sent_at(transaction, sending_ids, at))


def add(transaction: WriteTransaction, sending: Sending, pack: bytes) -> None:
    """Note one sending, with the bytes of its PDF."""
    number = transaction.next_row()
    texts = {name: clean(getattr(sending, name)) for name in ("id", "evaluation_id", "recipient", "sent", "code")}
    files = json.dumps([clean(name) for name in sending.files], ensure_ascii=False)
    proof = kept_files.proof_of(pack)
    row = {"row_id": number, "revision": sending.revision, **texts, "files": files, "proof": proof}
    transaction.insert(SENDINGS, [row])
    kept_files.put(transaction, SENDINGS, number, pack)


def _note_sent_at(transaction: WriteTransaction, sending_ids: Collection[str], at: str) -> None:
    wanted = select(SENDINGS).where(SENDINGS.c.id.in_(sending_ids))
    for row in transaction.connection.execute(wanted).mappings().all():
        transaction.update(SENDINGS, row, {"sent": clean(at)})


def _of_evaluation(connection: Connection, evaluation_id: str) -> list[Sending]:
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
