"""What the history of an open file has of one field, and of one evaluation's lists: the window shows both together."""

from __future__ import annotations

from apq_desktop.evaluation.edits.changes import Target
from apq_desktop.storage.history.edit_history import EarlierText, RemovedItem
from apq_desktop.storage.workspace import Workspace

_ALL = 1_000_000


def earlier_texts(workspace: Workspace, evaluation_id: str, target: Target, field: str) -> list[EarlierText]:
    """What stood in one field before, newest first. A text that damage has changed may name another place now."""
    changes = workspace.history.recent_changes(evaluation_id, _ALL)
    texts = [change for change in changes if isinstance(change, EarlierText) and change.field == field]
    return [text for text in texts if text.target == target or not text.whole]


def removed_items(workspace: Workspace, evaluation_id: str) -> list[RemovedItem]:
    """What was taken out of an evaluation's lists, newest first."""
    changes = workspace.history.recent_changes(evaluation_id, _ALL)
    return [change for change in changes if isinstance(change, RemovedItem)]
