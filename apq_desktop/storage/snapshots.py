"""Named snapshots: how an evaluation stood when the user said so, such as before the governors’ meeting.

They lie in the history, beside what was removed: they are proved as that is, are in a copy with earlier versions and
left out of one without, and are never thinned.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from apq_desktop.evaluation.model import MAX_LINE, Evaluation
from apq_desktop.evaluation.text.cleaning import clean_line
from apq_desktop.storage.database.tables import REMOVED_ITEMS
from apq_desktop.storage.history import recorder
from apq_desktop.storage.history.edit_history import SNAPSHOTS, whole_evaluations
from apq_desktop.storage.rows.row_mapping import is_whole

if TYPE_CHECKING:
    from apq_desktop.storage.reviews import Looker, Saver


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One kept state. ``at`` is a UTC stamp; not ``whole`` means that damage to the file has changed it."""

    key: str
    at: str
    name: str
    evaluation: Evaluation
    whole: bool = True


class Snapshots:
    """The snapshots in one open file."""

    def __init__(self, read: Callable[[str], Evaluation], look: Looker, save: Saver) -> None:
        self._read, self._look, self._save = read, look, save

    def keep(self, evaluation_id: str, name: str, at: datetime) -> None:
        """Keep an evaluation as the file has it now. Raises NotSavedError."""
        place, item = (SNAPSHOTS, clean_line(name)[:MAX_LINE], 0), asdict(self._read(evaluation_id))
        self._save(lambda transaction: recorder.keep_item(transaction, evaluation_id, place, item, at))

    def of(self, evaluation_id: str) -> list[Snapshot]:
        """The snapshots of one evaluation, newest first. What can no longer be read is passed over."""
        return self._look(
            lambda connection: [
                Snapshot(f"snapshot-{row['row_id']}", row["removed"], row["area"], one, is_whole(REMOVED_ITEMS, row))
                for row, one in whole_evaluations(connection, evaluation_id, SNAPSHOTS)
                if one.id == evaluation_id
            ]
        )
