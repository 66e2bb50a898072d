"""Snapshots: keep how everything stands now under a name, see what changed since, bring it back."""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout

from apq_desktop.evaluation.edits.bring_back import bring_back
from apq_desktop.evaluation.text import dates
from apq_desktop.evaluation.text.cleaning import visible_text
from apq_desktop.ui.fields.field_layout import field_row
from apq_desktop.ui.fields.line_fields import LineField
from apq_desktop.ui.session.app_context import AppContext, OpenEvaluation
from apq_desktop.ui.widgets.buttons import Button, LinkButton
from apq_desktop.ui.widgets.layouts import FlowLayout, ReplaceableColumn, add_layout
from apq_desktop.ui.widgets.page import Page
from apq_desktop.ui.widgets.text_labels import Card, PlainLabel

if TYPE_CHECKING:
    from apq_desktop.services import Snapshot

SENTENCE = (
    "A snapshot keeps how this evaluation stands now, under a name of yours. It stays in your file; a copy without "
    "earlier versions leaves it out."
)
HINT = "For example: before the governors’ meeting"
NONE_YET = "There is no snapshot of this evaluation yet."
BACK = "It is as it was then. Undo takes that back."
ALREADY = "Nothing has changed since this snapshot."


class SnapshotsPage(Page):
    """A name and a button, then the snapshots that there are, newest first."""

    help_key = "going-back"
    changes_requested = Signal(str)
    look_requested = Signal(object)

    def __init__(self, app: AppContext, here: OpenEvaluation) -> None:
        super().__init__(SENTENCE)
        self._app, self._session, self._held = app, here.session, here.opened.workspace
        self.name = LineField()
        app.drafts.form({"snapshot": self.name}).show(here.session.evaluation.id)
        self.keep = Button("Keep it as it is now", primary=True)
        self.keep.clicked.connect(self._keep)
        self.name.returnPressed.connect(self._keep)
        add_layout(self.column, field_row("Name of the snapshot", self.name, hint=HINT))
        self.column.addWidget(self.keep, 0, Qt.AlignmentFlag.AlignLeft)
        for widget in (self.name, self.keep):
            widget.setEnabled(not here.session.read_only)
        self._card, self._rows = Card("Kept"), ReplaceableColumn(10)
        self._card.body.addWidget(self._rows)
        self.column.addWidget(self._card)
        self.column.addStretch(1)

    def refresh(self) -> None:
        """Read what there is in the background, and show it."""
        held, key = self._held, self._session.evaluation.id
        self._app.files.store_thread.run(lambda: held.snapshots.of(key), self._show)

    def focus_first(self) -> None:
        """Put the cursor into the name."""
        self.name.setFocus() if self.name.isEnabled() else super().focus_first()

    def _keep(self) -> None:
        """Save what is typed, then keep it under the name, or under the day where it has none."""
        if self._app.saving.save_now():
            return  # the header says why, and how to go on
        held, key, at = self._held, self._session.evaluation.id, datetime.now(UTC)
        name = visible_text(self.name.value()).strip() or f"As it stood on {_day(at.isoformat())}"

        def kept(_: None) -> None:
            self._app.drafts.forget(key, "snapshot")
            self._app.drafts.write()
            if shiboken6.isValid(self) and self.isVisible():  # else the window may be closed by now
                self.name.clear()
                self._app.notifier.say(f"Kept: {name}.")
                self.refresh()

        self._app.run(lambda: held.snapshots.keep(key, name, at), kept, failed="The snapshot was not kept")

    def _show(self, done: Future[list[Snapshot]]) -> None:
        if not shiboken6.isValid(self):
            return
        self._rows.renew()
        if done.exception() is not None:
            self._rows.addWidget(PlainLabel(f"The snapshots could not be read. {done.exception()}"))
            return
        snapshots = done.result()
        if not snapshots:
            self._rows.addWidget(PlainLabel(NONE_YET, quiet=True))
        for snapshot in snapshots:
            self._rows.addLayout(self._row(snapshot))

    def _row(self, snapshot: Snapshot) -> QVBoxLayout:
        both, row = QVBoxLayout(), FlowLayout(14, fill=True)
        both.setSpacing(0)
        damaged = "" if snapshot.whole else " (this snapshot was damaged)"
        both.addWidget(PlainLabel(f"{snapshot.name}{damaged}", bold=True))
        add_layout(both, row)
        when = PlainLabel(f"{_day(snapshot.at)}, {dates.local_stamp(snapshot.at)[11:16]}", quiet=True)
        when.setWordWrap(False)
        row.addWidget(when)
        look = LinkButton("Look at it", name=f"Look at it: {snapshot.name}")
        look.clicked.connect(partial(self.look_requested.emit, snapshot))
        changes = LinkButton("What changed since", name=f"What changed since: {snapshot.name}")
        changes.clicked.connect(partial(self.changes_requested.emit, snapshot.key))
        back = LinkButton("Bring back", name=f"Bring back: {snapshot.name}")
        back.setEnabled(not self._session.read_only)
        back.clicked.connect(lambda: self._bring_back(snapshot))
        row.addWidget(look)
        row.addWidget(changes)
        row.addWidget(back)
        return both

    def _bring_back(self, snapshot: Snapshot) -> None:
        self._session.flush()
        change = bring_back(self._session.evaluation, snapshot.evaluation)
        if change is not None:
            self._session.make(replace(change, name=f"bringing back “{snapshot.name}”"))
        self._app.notifier.say(BACK if change else ALREADY)


def _day(stamp: str) -> str:
    return dates.shown(dates.local_stamp(stamp)[:10])
