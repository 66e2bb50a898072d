"""All providers of the library, with filters, and what comes in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from apq_desktop.library.collection import Wanted
from apq_desktop.review.review_labels import STATUSES
from apq_desktop.services.locality.reading_across import choices
from apq_desktop.services.locality.tags import tagged, tags_of
from apq_desktop.ui.fields.choice_fields import ChoiceField
from apq_desktop.ui.fields.field_layout import compact_field
from apq_desktop.ui.fields.line_fields import LineField
from apq_desktop.ui.pages.library.providers.provider_list import ProviderModel, ProviderTable
from apq_desktop.ui.pages.library.providers.receiving_line import ReceivingLine
from apq_desktop.ui.pages.library.setting_filters import SettingFilters
from apq_desktop.ui.session.app_context import AppContext
from apq_desktop.ui.widgets.buttons import Button
from apq_desktop.ui.widgets.layouts import FlowLayout, Refitted, add_layout
from apq_desktop.ui.widgets.scroll_area import WIDE, FormScroll
from apq_desktop.ui.widgets.text_labels import PlainLabel

if TYPE_CHECKING:
    from collections.abc import Mapping

    from apq_desktop.library.collection import Library, Revision
    from apq_desktop.services.locality.reading_across import Choices

EMPTY = "Nothing has been received yet. Choose “Receive packs…”, or drop packs or a folder of them on this window."
NONE_SO = "No provider is like that. Change what is chosen above."
PAST = "The date until which this library was to be kept has gone by. Look whether it is still needed."
LEAST_ROWS = 6
NAME_CHARACTERS = 24
TYPING_MS = 200
WAITING = (("", "Anybody"), ("reviewer", "Us"), ("setting", "Them"))


class ProvidersPage(Refitted, FormScroll):
    """The list, in alphabetical order only."""

    help_key = "library"
    receive_requested = Signal()
    provider_opened = Signal(object)

    def __init__(self, app: AppContext) -> None:
        super().__init__(widest=WIDE)
        self._app, self._libraries = app, app.libraries
        add_layout(self.column, self._head())
        self.line = ReceivingLine()
        self.column.addWidget(self.line)
        self.past = PlainLabel(PAST)
        self.column.addWidget(self.past)
        self.filters = QWidget()
        self.filters.setLayout(self._filters())
        self.column.addWidget(self.filters)
        self.said = PlainLabel("", quiet=True)
        self.column.addWidget(self.said)
        self.table = ProviderTable(ProviderModel(self._libraries.load_catalogue()))
        self.table.opened.connect(self.provider_opened)
        self.column.addWidget(self.table, 1)
        self.column.addStretch()
        self._follow()

    def _refit(self) -> None:
        """Did the name share what the row leaves over, a scroll bar that comes would move what stands beside it."""
        self.name.setFixedWidth(NAME_CHARACTERS * self.fontMetrics().averageCharWidth())

    def _head(self) -> QVBoxLayout:
        box = QVBoxLayout()
        box.addWidget(PlainLabel("Providers", scale=1.9, bold=True))
        row = FlowLayout(12)
        self.receive = Button("Receive packs…", primary=True)
        self.receive.clicked.connect(self.receive_requested)
        self.read = Button("Read the chosen one")
        self.read.clicked.connect(self._open_chosen)
        row.addWidget(self.receive)
        row.addWidget(self.read)
        add_layout(box, row)
        return box

    def _filters(self) -> FlowLayout:
        row = FlowLayout(14)
        self.name = LineField()
        self.state = ChoiceField([("", "Every state"), *STATUSES.items()])
        self.waits = ChoiceField(WAITING)
        self._of_settings = SettingFilters(self._libraries.load_catalogue())
        self.kind, self.stage, self.tag = self._of_settings.kind, self._of_settings.stage, self._of_settings.tag
        self._tag_holder = compact_field("Your tag", self.tag)
        fields: list[tuple[str, QWidget]] = [
            ("Find a provider", self.name), ("State", self.state), ("Waits for", self.waits),
            ("Kind of setting", self.kind), ("Key stage", self.stage),
        ]  # fmt: skip
        for label, field in fields:
            row.addWidget(compact_field(label, field))
        row.addWidget(self._tag_holder)
        return row

    def _follow(self) -> None:
        self._soon = QTimer(self, singleShot=True, interval=TYPING_MS)
        self._soon.timeout.connect(self._renew)
        self.name.changed.connect(lambda _: self._soon.start())
        for choice in (self.state, self.waits, self.kind, self.stage, self.tag):
            choice.changed.connect(lambda _: self._renew())
        self.line.stop_requested.connect(self._libraries.stop_receiving)
        self.line.again_requested.connect(self._libraries.receive_again)
        self._libraries.progress.connect(self.line.show_progress)
        self._libraries.received.connect(self.line.show_receipt)
        self._libraries.changed.connect(self.refresh)
        self.past.hide()

    def focus_first(self) -> None:
        """Into the list, with the name of the page above it in view; where that is empty, on the way to fill it."""
        (self.table if self.table.providers.rows else self.receive).setFocus()
        self.verticalScrollBar().setValue(0)
        row = self.table.visualRect(self.table.currentIndex())
        place = self.table.viewport().mapTo(self.page, row.center())
        self.ensureVisible(place.x(), place.y(), 0, row.height())

    def show_waiting(self, turn: str) -> None:
        """Show those alone that wait for somebody; all where nobody is named."""
        self.waits.load(turn)

    def refresh(self) -> None:
        """Show the list as it stands now."""
        status = self._libraries.status
        self.past.setVisible(status is not None and status.past_keeping)
        self._renew()

    def _wanted(self) -> Wanted:
        state, waits = self.state.value(), self.waits.value()
        return Wanted(
            name=self.name.value(),
            state=state,  # type: ignore[arg-type]
            waits_for=waits,  # type: ignore[arg-type]
            kind=self.kind.value(),
            stage=self.stage.value(),
        )

    def _renew(self) -> None:
        wanted, tag = self._wanted(), self.tag.value()

        def work(library: Library) -> tuple[list[Revision], Choices, Mapping[str, tuple[str, ...]]]:
            return library.providers(tagged(library, tag, wanted)), choices(library), tags_of(library)

        self._libraries.run(work, lambda found: self._show(*found, everything=wanted == type(wanted)() and not tag))

    def _show(
        self, rows: list[Revision], choices: Choices, tags: Mapping[str, tuple[str, ...]], *, everything: bool
    ) -> None:
        chosen = self.table.chosen()
        had_focus = self.receive.hasFocus() and not self.table.providers.rows
        if (rows, tags) != (self.table.providers.rows, self.table.providers.tags):
            self.table.providers.show(rows, tags)
            self.table.choose(chosen.evaluation if chosen else "")
        if not self._of_settings.offer(choices, self._tag_holder):
            self._renew()
        self.filters.setVisible(bool(rows) or not everything)
        self.table.setVisible(bool(rows))
        self.read.setEnabled(bool(rows))
        self.said.setVisible(not rows)
        self.said.setText(EMPTY if everything else NONE_SO)
        self.table.setMinimumHeight(
            self.table.rowHeight(0) * min(LEAST_ROWS, len(rows)) + self.fontMetrics().height() * 2
        )
        if had_focus and rows:
            self.focus_first()

    def _open_chosen(self) -> None:
        if (chosen := self.table.chosen()) is not None:
            self.provider_opened.emit(chosen)
