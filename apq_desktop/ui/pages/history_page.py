"""Earlier versions: what stood in the fields before, and what was removed. Each can be brought back."""

from __future__ import annotations

from concurrent.futures import Future
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from apq_desktop import services
from apq_desktop.evaluation.edits.changes import AddItem, Target, TargetKind, items, resolve
from apq_desktop.evaluation.fields import MAIN_FIELDS, label
from apq_desktop.evaluation.model import Action
from apq_desktop.evaluation.text import dates
from apq_desktop.evaluation.titles import area_title
from apq_desktop.ui.session.app_context import AppContext, OpenEvaluation
from apq_desktop.ui.widgets.buttons import LinkButton
from apq_desktop.ui.widgets.layouts import ReplaceableColumn, add_layout
from apq_desktop.ui.widgets.page import Page
from apq_desktop.ui.widgets.text_labels import Card, PlainLabel

if TYPE_CHECKING:
    from apq_desktop.services import EarlierText, PastChange, RemovedItem
    from apq_desktop.ui.session.editing_session import EditingSession

MOST = 150
SHOWN = 240
SENTENCE = "Every pause in your writing is kept. What you bring back becomes the newest version; nothing else is lost."
GONE = "What this belonged to is no longer there. Bring that back first."


class HistoryPage(Page):
    """The newest first."""

    help_key = "going-back"

    def __init__(self, app: AppContext, here: OpenEvaluation) -> None:
        super().__init__(SENTENCE)
        self._session, self._files, self._notifier = here.session, app.files, app.notifier
        self._only: tuple[Target, str] | None = None
        self.all = LinkButton("Show the earlier versions of everything")
        self.all.clicked.connect(self.refresh)
        self.all.hide()
        self.column.addWidget(self.all)
        self._card, self._rows = Card(), ReplaceableColumn()
        self._card.body.addWidget(self._rows)
        self.column.addWidget(self._card)
        self.column.addStretch(1)

    def refresh(self) -> None:
        """Save, then read what there is in the background, and show it."""
        self._only = None
        self._read()

    def show_only(self, target: Target, field: str) -> None:
        """Show what stood in one field."""
        self._only = target, field
        self._read()

    def _read(self) -> None:
        self.all.setVisible(self._only is not None)
        self._session.finish()
        held, key = self._files.workspace, self._session.evaluation.id
        self._files.store_thread.run(lambda: held.history.recent_changes(key), self._show)

    def _show(self, done: Future[list[PastChange]]) -> None:
        self._rows.renew()
        if done.exception() is not None:
            self._rows.addWidget(PlainLabel(f"The earlier versions could not be read. {done.exception()}"))
            return
        changes = [change for change in done.result() if self._only in (None, _field_of(change))]
        if not changes:
            words = (
                "There is no earlier version of this text yet." if self._only else "There is no earlier version yet."
            )
            self._rows.addWidget(PlainLabel(words, quiet=True))
        for change in changes[:MOST]:
            self._rows.addLayout(self._row(change))

    def _row(self, change: PastChange) -> QHBoxLayout:
        if isinstance(change, services.EarlierText):
            where, what, verb = self._where(change), _shown(change.text), "Until"
        else:
            where, what, verb = self._where_removed(change), _words_of(self._session, change), "Removed"
        if not change.whole:
            what += " (this text was damaged)"
        row, words = QHBoxLayout(), QVBoxLayout()
        row.setSpacing(14)
        words.setSpacing(2)
        words.addWidget(PlainLabel(where, bold=True))
        words.addWidget(PlainLabel(what))
        words.addWidget(PlainLabel(f"{verb} {_moment(change.at)}", quiet=True, scale=0.95))
        add_layout(row, words, 1)
        back = LinkButton("Bring back", name=f"Bring back: {where}. {what}")
        back.setEnabled(not self._session.read_only)
        back.clicked.connect(lambda: self._bring_back(change))
        row.addWidget(back, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _bring_back(self, change: PastChange) -> None:
        try:
            if isinstance(change, services.EarlierText):
                self._session.set_field(change.target, change.field, change.text)
            else:
                self._bring_back_item(change)
        except KeyError:
            self._notifier.say(GONE)
        else:
            self._notifier.say("It is back. Undo takes it away again.")

    def _bring_back_item(self, change: RemovedItem) -> None:
        evaluation = self._session.evaluation
        there = items(evaluation, change.place)
        if change.place.name == "citations" and change.item not in {item.id for item in evaluation.evidence}:
            raise KeyError(change.item)
        key = change.item if isinstance(change.item, str) else change.item.id
        if any((item if isinstance(item, str) else item.id) == key for item in there):
            return
        self._session.make(AddItem(change.place, change.item, min(change.position, len(there))))

    def _where(self, change: EarlierText) -> str:
        target, evaluation = change.target, self._session.evaluation
        area = target.key if target.kind == "area" else target.area
        if target.kind == "actions":
            try:
                area = getattr(resolve(evaluation, target), "area", "")
            except KeyError:
                area = ""
        name = f"Question {target.key}" if target.kind == "note" else label(target.kind, change.field)
        return self._in_area(area, name)

    def _where_removed(self, change: RemovedItem) -> str:
        area = change.item.area if isinstance(change.item, Action) else change.place.area
        return self._in_area(area, label(*_main_field(change)))

    def _in_area(self, key: str, name: str) -> str:
        for area in self._session.evaluation.areas:
            if area.key == key:
                return f"{area_title(area.number, area.title)}: {name[:1].lower()}{name[1:]}"
        return name


def _field_of(change: PastChange) -> tuple[Target, str] | None:
    return (change.target, change.field) if isinstance(change, services.EarlierText) else None


def _main_field(change: RemovedItem) -> tuple[TargetKind, str]:
    """Of what kind a removed item is, and the field that says what it is."""
    kind: TargetKind = "evidence" if change.place.name == "citations" else change.place.name
    return kind, MAIN_FIELDS[kind]


def _words_of(session: EditingSession, change: RemovedItem) -> str:
    item: Any = change.item
    if isinstance(item, str):
        item = next((one for one in session.evaluation.evidence if one.id == item), None)
    return _shown(getattr(item, _main_field(change)[1])) if item else "No longer in the register"


def _shown(text: object) -> str:
    if isinstance(text, bool):
        return "Yes" if text else "No"
    words = ", ".join(text) if isinstance(text, tuple) else " ".join(str(text).split())
    return (words if len(words) <= SHOWN else f"{words[: SHOWN - 1]}…") or "(empty)"


def _moment(stamp: str) -> str:
    if dates.moment(stamp) is None:
        return stamp
    local = dates.local_stamp(stamp)
    return f"{dates.shown(local[:10])}, {local[11:16]}"
