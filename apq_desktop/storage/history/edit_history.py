"""The history of an open file: what stood in its fields before, what was removed, and how old texts are dropped."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from apq_desktop.evaluation.edits.changes import Target
from apq_desktop.storage.history import queries, retention
from apq_desktop.storage.history.queries import EarlierText, PastChange, RemovedEvaluation, RemovedItem

if TYPE_CHECKING:
    from apq_desktop.storage.reviews import Looker, Saver


class History:
    """The history of all evaluations in one open file."""

    def __init__(self, look: Looker, save: Saver) -> None:
        self._look, self._save = look, save

    def earlier_texts(self, evaluation_id: str, target: Target, field: str) -> list[EarlierText]:
        """What stood in one field before, newest first; a ``SetField`` brings it back."""
        return self._look(lambda connection: queries.earlier_texts(connection, evaluation_id, target, field))

    def removed_items(self, evaluation_id: str) -> list[RemovedItem]:
        """What was taken out of an evaluation's lists, newest first; an ``AddItem`` brings it back."""
        return self._look(lambda connection: queries.removed_items(connection, evaluation_id))

    def recent_changes(self, evaluation_id: str, limit: int = 200) -> list[PastChange]:
        """The last earlier texts and removed items of one evaluation, newest first."""
        return self._look(lambda connection: queries.recent_changes(connection, evaluation_id, limit))

    def removed_evaluations(self) -> list[RemovedEvaluation]:
        """The whole evaluations that were removed, newest first; ``Workspace.add`` brings one back."""
        return self._look(queries.removed_evaluations)

    def thin(self, now: datetime) -> int:
        """Drop old earlier texts that need not be kept at ``now``; returns how many rows were dropped.

        One short transaction: there may be more to drop where ``retention.AT_ONCE`` were. Raises NotSavedError.
        """
        rows = self._look(lambda connection: retention.surplus(connection, now))[: retention.AT_ONCE]
        if rows:
            self._save(lambda transaction: retention.thin(transaction, rows))
        return len(rows)
