"""What the window needs of storage as it is: the workspace, its earlier states, its backups and copies."""

from __future__ import annotations

from apq_desktop.storage.files.backups import Backup, Backups
from apq_desktop.storage.files.save_copies import copy_to_stick, rescue, save_copy, save_mine, write_new
from apq_desktop.storage.files.verified_copy import is_same_file
from apq_desktop.storage.history.queries import EarlierText, PastChange, RemovedEvaluation, RemovedItem
from apq_desktop.storage.workspace import EvaluationHeading, Workspace

__all__ = [
    "Backup",
    "Backups",
    "EarlierText",
    "EvaluationHeading",
    "PastChange",
    "RemovedEvaluation",
    "RemovedItem",
    "Workspace",
    "copy_to_stick",
    "is_same_file",
    "rescue",
    "save_copy",
    "save_mine",
    "write_new",
]
