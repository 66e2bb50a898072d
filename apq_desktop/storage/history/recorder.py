"""What stood in a field before, and what was taken out of a list: kept with the time, in the file itself.

An earlier text is kept once for each stretch of writing in a field: when a user types on without
a pause of ``PAUSE``, what stood there before they began is enough. A text that goes otherwise than by typing (a
selection deleted, pasted over, cut), or of which much goes at once, is kept always. ``edit_history`` reads what is
kept, ``retention`` keeps less of what is old.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from apq_desktop.evaluation.edits.changes import ListName, Target
from apq_desktop.storage.database.tables import BOOL_COLUMNS, EARLIER_TEXTS, REMOVED_ITEMS
from apq_desktop.storage.rows.transaction import WriteTransaction

PAUSE = timedelta(seconds=30)
"""Writing again in the same field after this long starts a new stretch."""
LONGEST_STRETCH = timedelta(minutes=5)
"""Writing on for longer than this starts a new stretch, too."""
MUCH = 80
"""Characters: when a field loses this many at once, its text is kept however short the pause was."""

Field = tuple[str, Target, str]
"""An evaluation's id, what the field belongs to, and the field's name."""


def stamp(at: datetime) -> str:
    """A moment as files keep it: UTC, such as ``2026-11-22T10:42:00+00:00``."""
    return at.astimezone(UTC).isoformat(timespec="seconds")


class EditBursts:
    """Which fields are being written in, to tell where a stretch of writing began."""

    def __init__(self) -> None:
        self._known: dict[Field, tuple[datetime, datetime]] = {}
        self._new: dict[Field, tuple[datetime, datetime]] = {}

    def goes_on(self, field: Field, at: datetime) -> bool:
        """Whether writing in ``field`` at ``at`` belongs to the stretch before."""
        began, last = self._new.get(field) or self._known.get(field) or (at, datetime.min.replace(tzinfo=UTC))
        goes_on = abs(at - last) < PAUSE and abs(at - began) < LONGEST_STRETCH
        self._new[field] = (began if goes_on else at, at)
        return goes_on

    def saved(self) -> None:
        """The stretches seen since the last save are on the disk."""
        self._known |= self._new
        self._new = {}

    def not_saved(self) -> None:
        """The stretches seen since the last save never happened, as far as the file knows."""
        self._new = {}


def keep_text(
    transaction: WriteTransaction, stretches: EditBursts, field: Field, old: Any, new: Any, at: datetime, *, typed: bool
) -> None:
    """Keep what stood in a field (both values as columns hold them), where it is not kept already.

    ``typed``: letter by letter, see ``SetField``.
    """
    evaluation_id, target, name = field
    goes_on = stretches.goes_on(field, at)
    if name in BOOL_COLUMNS or not isinstance(old, str) or old in ("", "[]"):
        return
    if goes_on and len(old) - len(new) < MUCH and (typed or new.startswith(old)):
        return
    values = {
        "row_id": transaction.next_row(),
        "evaluation_id": evaluation_id,
        "target_kind": target.kind,
        "target_key": target.key,
        "area": target.area,
        "field": name,
        "value": old,
        "replaced": stamp(at),
    }
    transaction.insert(EARLIER_TEXTS, [values])


def keep_item(
    transaction: WriteTransaction,
    evaluation_id: str,
    place: tuple[ListName | str, str, int],
    item: Mapping[str, Any] | str,
    at: datetime,
) -> None:
    """Keep an item that is being taken away; ``place`` is its list, its area or nothing, and its position."""
    list_name, area, position = place
    values = {
        "row_id": transaction.next_row(),
        "position": position,
        "evaluation_id": evaluation_id,
        "list_name": list_name,
        "area": area,
        "item": json.dumps(item, ensure_ascii=False, separators=(",", ":")),
        "removed": stamp(at),
    }
    transaction.insert(REMOVED_ITEMS, [values])
