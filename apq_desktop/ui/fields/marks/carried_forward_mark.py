"""The mark on what was carried forward, and the way from there to how it stood in the years before."""

from __future__ import annotations

from typing import Literal

from PySide6.QtWidgets import QVBoxLayout

from apq_desktop.evaluation.edits.changes import Target
from apq_desktop.evaluation.model import Action, Entry, Evidence
from apq_desktop.ui.session.editing_session import EditingSession
from apq_desktop.ui.widgets.buttons import LinkButton
from apq_desktop.ui.widgets.text_labels import PlainLabel

CARRIED = "Carried forward"
OVER_THE_YEARS = "Carried forward: see the years before"


def add_mark(
    box: QVBoxLayout,
    session: EditingSession,
    kind: Literal["strengths", "development_areas", "evidence", "actions"],
    item: Entry | Evidence | Action,
) -> None:
    """Mark what was carried forward. What has a history worth reading, an action or a need, leads there."""
    if not item.carried_from:
        return
    if kind in ("strengths", "evidence"):
        box.addWidget(PlainLabel(CARRIED, quiet=True, scale=0.95))
        return
    link = LinkButton(OVER_THE_YEARS, name=OVER_THE_YEARS)  # a list adds which of its items it is
    link.clicked.connect(lambda: session.history_requested.emit(Target(kind, item.id)))
    box.addWidget(link)
