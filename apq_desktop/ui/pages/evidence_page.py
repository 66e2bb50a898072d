"""The register of evidence: one item, cited by many areas; nothing is embedded."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Signal

from apq_desktop.evaluation.edits.changes import (
    AddItem,
    Change,
    CompoundChange,
    ListPlace,
    RemoveItem,
    Step,
    Target,
)
from apq_desktop.evaluation.model import Evidence
from apq_desktop.evaluation.rules.evidence_register import cited_nowhere, citing, review_state
from apq_desktop.evaluation.text import dates
from apq_desktop.evaluation.text.search_folding import fold
from apq_desktop.ui.fields.choice_fields import FlagField
from apq_desktop.ui.fields.field_labels import compact_field, field_row
from apq_desktop.ui.fields.file_link import FileLink
from apq_desktop.ui.fields.line_fields import DateField, LineField
from apq_desktop.ui.fields.marks.carried_forward_mark import add_mark
from apq_desktop.ui.fields.tables.item_model import Column, ItemModel
from apq_desktop.ui.fields.tables.item_table import ItemTable
from apq_desktop.ui.fields.tables.table_panel import SortChoice, TableBesideDetails
from apq_desktop.ui.fields.text_fields import TextField
from apq_desktop.ui.session.app_context import AppContext, OpenEvaluation
from apq_desktop.ui.session.editing_session import EditingSession
from apq_desktop.ui.session.field_binding import FieldBinding
from apq_desktop.ui.session.save_table import save_table
from apq_desktop.ui.widgets.buttons import Button
from apq_desktop.ui.widgets.layouts import FlowLayout
from apq_desktop.ui.widgets.scroll_area import WIDE, FormScroll
from apq_desktop.ui.widgets.text_labels import PlainLabel

REGISTER = ListPlace("evidence")
REVIEW_WORDS = {"past": "⚠ {} (review is due)", "soon": "{} (soon)", "": "{}"}


class EvidencePage(FormScroll):
    """Every source of evidence in one table, with the chosen one in full beside it."""

    help_key = "evidence"
    save_requested = Signal(str, list)

    def __init__(self, app: AppContext, here: OpenEvaluation) -> None:
        super().__init__(widest=WIDE)
        session = self._session = here.session
        self.save_requested.connect(partial(save_table, app, here.session))
        self._sort, self._last_first = 0, False
        self.words = LineField()
        self.only_uncited, self.only_due = FlagField("Cited nowhere"), FlagField("Due for review")
        self.model = ItemModel(session, "evidence", self._columns(), self._chosen, "citations")
        self.table = ItemTable("Sources of evidence", self.model, sorted_by=self._sort)
        self.table.sort_requested.connect(self._sort_by)
        self.table.chosen.connect(self._show_details)
        self.model.modelReset.connect(self._tell_whether_empty)
        self.details = EvidenceDetails(session)
        self.details.area_chosen.connect(here.view.visit_area)
        self._halves = TableBesideDetails(self.table, self.details, self.details.binding)
        layout = self.column
        layout.addWidget(PlainLabel("Evidence", scale=1.7, bold=True))
        layout.addLayout(self._filters())
        self.empty = PlainLabel("No source of evidence fits.", quiet=True)
        layout.addWidget(self.empty)
        layout.addWidget(self._halves, 1)
        layout.addLayout(self._foot())
        self.refresh()

    def refresh(self) -> None:
        """Show the register as it stands."""
        self.model.renew()
        self.table.choose_again()
        self._tell_whether_empty()

    def _tell_whether_empty(self) -> None:
        self.empty.setVisible(not self.model.items)

    def show_step(self, step: Step) -> None:
        """Choose what a step is about, with the cursor where the change was: in the open cell or in the details."""
        self._halves.show_step(step, self.show_item)

    def show_item(self, key: str) -> None:
        """Choose one item."""
        if self.model.row_of(key) < 0:
            self.words.load("")
            self.only_uncited.load(False)
            self.only_due.load(False)
            self.refresh()
        if (row := self.model.row_of(key)) >= 0:
            self.table.selectRow(row)
            self.table.setFocus()

    def _columns(self) -> list[Column]:
        return [
            Column("Source of evidence", lambda item: item.title, "title", "text", stretch=5),
            Column("Kind", lambda item: item.kind, "kind", stretch=2),
            Column("Date", lambda item: dates.shown(item.date), "date", "date", stretch=2),
            Column("Where it is kept", lambda item: item.location, "location", "text", stretch=3),
            Column("Look again by", _review, "review_date", "date", stretch=3),
            Column("Cited in", self._cited_in, stretch=2),
        ]

    def _cited_in(self, item: Evidence) -> str:
        return ", ".join(str(area.number) for area in citing(self._session.evaluation, item)) or "nowhere"

    def _filters(self) -> FlowLayout:
        row = FlowLayout(14)
        row.addWidget(compact_field("Words", self.words, name="Show only: words"))
        row.addWidget(compact_field("Sorted by", SortChoice(self.table, self.model)))
        self.words.changed.connect(lambda _: self.refresh())
        for tick in (self.only_uncited, self.only_due):
            tick.changed.connect(lambda _: self.refresh())
            row.addWidget(tick)
        return row

    def _foot(self) -> FlowLayout:
        row = FlowLayout(12)
        self.add_button = Button("Add a source of evidence")
        self.add_button.setEnabled(not self._session.read_only)
        self.add_button.clicked.connect(self._add)
        self.remove_button = Button("Remove the chosen one")
        self.remove_button.setEnabled(not self._session.read_only)
        self.remove_button.clicked.connect(self._remove)
        table = Button("Save as table (CSV)…")
        table.clicked.connect(lambda: self.save_requested.emit("evidence", list(self.model.items)))
        for button in (self.add_button, self.remove_button, table):
            row.addWidget(button)
        return row

    def _chosen(self) -> list[Any]:
        evaluation = self._session.evaluation
        today = date.today()  # noqa: DTZ011 - the person's own day
        uncited = {item.id for item in cited_nowhere(evaluation)}
        wanted = fold(self.words.value()).split()
        found = [
            item
            for item in evaluation.evidence
            if (not self.only_uncited.value() or item.id in uncited)
            and (not self.only_due.value() or review_state(item, today))
            and all(word in fold(f"{item.title} {item.kind} {item.location}") for word in wanted)
        ]
        shown = self._columns()[self._sort]
        if shown.editor == "date":
            return sorted(found, key=lambda item: str(getattr(item, shown.field)), reverse=self._last_first)
        return sorted(found, key=lambda item: fold(shown.shown(item)), reverse=self._last_first)

    def _add(self) -> None:
        new = Evidence()
        self._session.make(AddItem(REGISTER, new, len(self._session.evaluation.evidence)))
        self.show_item(new.id)
        self.details.focus_first()

    def _remove(self) -> None:
        row = self.table.currentIndex().row()
        if not 0 <= row < len(self.model.items):
            return
        item = self.model.items[row]
        evaluation = self._session.evaluation
        steps: list[Change] = [
            RemoveItem(ListPlace("citations", area.key), item.id, area.evidence.index(item.id))
            for area in citing(evaluation, item)
        ]
        steps.append(RemoveItem(REGISTER, item, evaluation.evidence.index(item)))
        self._session.make(CompoundChange(tuple(steps)), removed="Source of evidence")

    def _sort_by(self, column: int, last_first: bool) -> None:
        self._sort, self._last_first = column, last_first
        self.refresh()

    def _show_details(self, row: int) -> None:
        self.details.show_item(self.model.items[row] if 0 <= row < len(self.model.items) else None)


class EvidenceDetails(FormScroll):
    """One source of evidence in full, with the areas that cite it."""

    area_chosen = Signal(str)

    def __init__(self, session: EditingSession) -> None:
        super().__init__()
        self._session = session
        self._shown = ""
        self._first: TextField | None = None
        self.setAccessibleName("The chosen source of evidence")
        self.binding = FieldBinding(session, self)
        session.listeners.add(self._show_citations, "citations")
        self._citations: dict[str, FlagField] = {}

    def focus_first(self) -> None:
        """Put the cursor into the title."""
        if self._first is not None:
            self._first.setFocus()

    def show_item(self, item: Evidence | None) -> None:
        """Show an item's fields, or nothing."""
        key = item.id if item else ""
        if key == self._shown:
            return
        self.binding.release(Target("evidence", self._shown))
        self._shown, self._citations = key, {}
        self.renew()
        if item is None:
            return
        target = Target("evidence", item.id)
        self._first = TextField()
        parts: tuple[tuple[str, str, Any], ...] = (
            ("Source of evidence", "title", self._first),
            ("Kind (document, data, view, visit …)", "kind", LineField()),
            ("Date", "date", DateField()),
            ("Where it is kept", "location", TextField(lines=1)),
            ("Look again by", "review_date", DateField()),
        )
        for label, name, field in parts:
            self.column.addLayout(field_row(label, field))
            self.binding.bind(field, target, name)
        add_mark(self.column, self._session, "evidence", item)
        link = FileLink(self._session, item)
        self.column.addWidget(link)
        link.look()
        self.column.addWidget(PlainLabel("Cited in", bold=True))
        for area in self._session.evaluation.areas:
            box = FlagField(f"{area.number} {area.title}".replace("&", "&&"))
            box.setAccessibleName(f"Cited in {area.number} {area.title}")
            box.changed.connect(lambda cited, area=area.key: self._cite(area, cited=cited))
            box.setEnabled(not self._session.read_only)
            self.column.addWidget(box)
            self._citations[area.key] = box
        self.column.addStretch(1)
        self._show_citations()

    def _cite(self, area: str, *, cited: bool) -> None:
        place, keys = ListPlace("citations", area), self._session.evaluation.area(area).evidence
        if cited:
            self._session.make(AddItem(place, self._shown, len(keys)))
        else:
            self._session.make(RemoveItem(place, self._shown, keys.index(self._shown)))

    def _show_citations(self, _change: Change | None = None) -> None:
        for key, box in self._citations.items():
            box.load(self._shown in self._session.evaluation.area(key).evidence)


def _review(item: Evidence) -> str:
    shown = dates.shown(item.review_date)
    return REVIEW_WORDS[review_state(item, date.today())].format(shown) if shown else ""  # noqa: DTZ011
