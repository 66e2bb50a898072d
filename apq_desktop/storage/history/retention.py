"""Keep less of what is old, so that a year's earlier texts stay small. Nothing removed from a list is dropped.

Of every field, everything of the last days is kept; of what is older, one text for each day, then one for each
week: the longest, since what people look for is what was there before something was cut.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, func, select

from apq_desktop.evaluation.text.dates import moment
from apq_desktop.storage.clock_skew import ages_despite_clock_skew
from apq_desktop.storage.database.tables import EARLIER_TEXTS
from apq_desktop.storage.rows.row_mapping import is_whole
from apq_desktop.storage.rows.transaction import WriteTransaction

ALL_OF, DAILY = timedelta(days=14), timedelta(days=56)
"""Younger than these, every text is kept, one for each day; older, one for each week."""
MOST_CHARACTERS = 10_000_000
"""Where more than this would be left, the times above are made shorter."""
SHORTER = (1, 4, 14, 56)
AT_ONCE = 200
"""Rows dropped in one transaction, so that saving never waits long."""


@dataclass(frozen=True, slots=True)
class Kept:
    """One earlier text, without its words: its row, its field, its moment and its length in characters."""

    row_id: int
    field: tuple[str, ...]
    at: str
    length: int


def surplus(connection: Connection, now: datetime) -> list[int]:
    """The rows of earlier texts that need not be kept any more at ``now``, oldest first."""
    c = EARLIER_TEXTS.c
    of_field = (c.evaluation_id, c.target_kind, c.target_key, c.area, c.field)
    rows = connection.execute(select(c.row_id, c.replaced, func.length(c.value), *of_field).order_by(c.row_id))
    texts = [Kept(row_id, tuple(field), at, length) for row_id, at, length, *field in rows]
    keep = texts
    for shorter in SHORTER:
        keep = worth_keeping(texts, now, shorter)
        if sum(text.length for text in keep) <= MOST_CHARACTERS:
            break
    kept_rows = {text.row_id for text in keep}
    return [text.row_id for text in texts if text.row_id not in kept_rows]


def worth_keeping(texts: Iterable[Kept], now: datetime, shorter: int = 1) -> list[Kept]:
    """The texts that are kept at ``now``, with the times divided by ``shorter``; ``texts`` in order of being made."""
    best: dict[object, Kept] = {}
    texts = list(texts)
    old = reversed(ages_despite_clock_skew((moment(text.at) for text in reversed(texts)), now))
    for text, age in zip(texts, old, strict=True):
        span = (text.field, _span(text, age * shorter))
        if span not in best or text.length >= best[span].length:
            best[span] = text
    return list(best.values())


def _span(text: Kept, age: timedelta) -> object:
    """The stretch of time of which one text is kept; one whose moment cannot be read is kept."""
    at = moment(text.at)
    if at is None or age < ALL_OF:
        return text.row_id
    return at.date() if age < DAILY else at.isocalendar()[:2]


def thin(transaction: WriteTransaction, rows: Iterable[int]) -> None:
    """Drop these rows of earlier texts; one that is not as it was written stays."""
    for row_id in rows:
        find = select(EARLIER_TEXTS).where(EARLIER_TEXTS.c.row_id == row_id)
        row = transaction.connection.execute(find).mappings().first()
        if row is not None and is_whole(EARLIER_TEXTS, row):
            transaction.delete(EARLIER_TEXTS, row)
