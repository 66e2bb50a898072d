"""The reviews of a file's evaluations: every line that was written on either side, and the files in which they came.

Lines are kept by id: one that comes again changes nothing. The setting's own lines are never changed by what comes.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Protocol, TypeVar

from sqlalchemy import Connection, func, select

from apq_desktop.errors import FileRefusedError, NotSavedError
from apq_desktop.evaluation.text.cleaning import clean
from apq_desktop.review.exchange_state import merge_lines
from apq_desktop.review.lines import MOST_LINES, ReviewLine
from apq_desktop.storage import kept_files
from apq_desktop.storage.database.tables import REPLIES, REVIEW_LINES
from apq_desktop.storage.rows.coercion import from_json
from apq_desktop.storage.rows.transaction import WriteTransaction

Found = TypeVar("Found")
TOO_MANY = f"Not kept, because there are more than {MOST_LINES:,} notes on this evaluation already."
NO_SUCH_REPLY = "The file does not hold this reply any more."


@dataclass(frozen=True, slots=True)
class KeptReply:
    """One file in which lines came. ``received`` is a UTC stamp, ``name`` the file's name, ``sender`` who wrote it.

    ``proof`` is the SHA-256 of its bytes in hexadecimal, by which it is known again.
    """

    evaluation_id: str
    received: str
    name: str
    sender: str
    proof: str


Saver = Callable[[Callable[[WriteTransaction], None]], None]
"""Carries out one transaction. Raises NotSavedError."""


class Looker(Protocol):
    """Read from the file. Raises FileRefusedError."""

    def __call__(self, find: Callable[[Connection], Found]) -> Found:
        """What ``find`` finds."""
        ...


class Reviews:
    """The reviews in one open file; ``file_id`` stands for it as the writer of the setting's lines."""

    def __init__(self, path: object, file_id: str, look: Looker, save: Saver) -> None:
        self.file_id = file_id
        self._path, self._look, self._save = path, look, save

    def lines(self, evaluation_id: str) -> tuple[ReviewLine, ...]:
        """Every line on one evaluation, each once and in order."""
        return self._look(lambda connection: merge_lines(lines_of(connection, evaluation_id)))

    def replies(self, evaluation_id: str) -> list[KeptReply]:
        """The files in which lines on an evaluation came, newest first."""
        return self._look(lambda connection: _replies(connection, evaluation_id))

    def original(self, proof: str) -> bytes:
        """A reply's file byte for byte. Raises FileRefusedError where it is not there or damaged."""
        found = self._look(lambda connection: kept_files.content(connection, REPLIES, "proof", proof))
        if found is None:
            raise FileRefusedError(self._path, NO_SUCH_REPLY)
        return found

    def add(self, lines: Sequence[ReviewLine], reply: KeptReply | None = None, original: bytes = b"") -> int:
        """Keep lines, and the file in which they came, in one transaction; returns how many lines are new.

        Nothing is written where all is there already. Raises NotSavedError.
        """
        evaluations = {line.evaluation for line in lines}
        known = {line.id for key in evaluations for line in self.lines(key)}
        is_new = reply is not None and reply.proof not in {one.proof for one in self.replies(reply.evaluation_id)}
        new = sum(line.id not in known for line in merge_lines(lines))
        if new or is_new:
            self._save(lambda transaction: _put(transaction, lines, reply if is_new else None, original))
        return new


def lines_of(connection: Connection, evaluation_id: str) -> Iterator[ReviewLine]:
    """The lines on one evaluation, in no order. What is no line, as in a forged file, is passed over."""
    c = REVIEW_LINES.c
    wanted = select(c.id, c.line).where(c.evaluation_id == evaluation_id).limit(2 * MOST_LINES)
    for key, text in connection.execute(wanted):
        line = from_json(ReviewLine, text)
        if line is not None and (line.id, line.evaluation) == (key, evaluation_id):
            yield line


def put_lines(transaction: WriteTransaction, lines: Iterable[ReviewLine]) -> None:
    """Add lines to those that are there. Raises NotSavedError where there are too many."""
    for line in merge_lines(lines):
        c = REVIEW_LINES.c
        wanted = select(REVIEW_LINES).where(c.evaluation_id == line.evaluation, c.id == line.id)
        row: Any = transaction.connection.execute(wanted).mappings().first()
        if row is None:
            new = {"id": line.id, "evaluation_id": line.evaluation, "line": _as_text(line)}
            transaction.insert(REVIEW_LINES, [{"row_id": transaction.next_row(), **new}])
            continue
        there = from_json(ReviewLine, row["line"])
        if there is not None and there.side != "setting":
            transaction.update(REVIEW_LINES, row, {"line": _as_text(merge_lines((there, line))[0])})
    for key in {line.evaluation for line in lines}:
        counted = select(func.count()).select_from(REVIEW_LINES).where(REVIEW_LINES.c.evaluation_id == key)
        if (transaction.connection.execute(counted).scalar() or 0) > MOST_LINES:
            raise NotSavedError(TOO_MANY)


def _put(transaction: WriteTransaction, lines: Sequence[ReviewLine], reply: KeptReply | None, original: bytes) -> None:
    put_lines(transaction, lines)
    if reply is not None:
        number = transaction.next_row()
        values = {name: clean(value) for name, value in asdict(reply).items()}
        transaction.insert(REPLIES, [{"row_id": number, **values}])
        kept_files.put(transaction, REPLIES, number, original)


def _as_text(line: ReviewLine) -> str:
    return json.dumps(asdict(line), ensure_ascii=False, sort_keys=True)


def _replies(connection: Connection, evaluation_id: str) -> list[KeptReply]:
    c = REPLIES.c
    wanted = select(c.evaluation_id, c.received, c.name, c.sender, c.proof)
    rows = connection.execute(wanted.where(c.evaluation_id == evaluation_id).order_by(c.row_id.desc()))
    return [KeptReply(*map(clean, row)) for row in rows]
