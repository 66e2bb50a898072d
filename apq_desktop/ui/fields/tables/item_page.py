"""A page with a table of an evaluation's items: title and main button, one row of filters, the table, the details."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from apq_desktop import services
from apq_desktop.evaluation.edits.changes import AddItem, CompoundChange, ListPlace, Step, Target
from apq_desktop.evaluation.edits.pasted_items import COLUMNS, items_in
from apq_desktop.evaluation.model import MAX_REGISTER, MAX_TEXT
from apq_desktop.evaluation.text.search_folding import fold
from apq_desktop.ui.fields.field_editing import words_of_clipboard
from apq_desktop.ui.fields.field_layout import describe
from apq_desktop.ui.fields.line_fields import LineField
from apq_desktop.ui.fields.tables.item_details import ItemDetails
from apq_desktop.ui.fields.tables.item_model import ItemColumn, ItemModel
from apq_desktop.ui.fields.tables.item_rows import ItemRows, RowGroup
from apq_desktop.ui.fields.tables.item_table import ItemTable
from apq_desktop.ui.fields.tables.table_head import TableHead
from apq_desktop.ui.fields.tables.table_panel import FilterChoice, SortChoice, TableBesideDetails
from apq_desktop.ui.fields.tables.term_end_link import TermEndLink
from apq_desktop.ui.session.app_context import AppContext, OpenEvaluation
from apq_desktop.ui.session.listeners import Topic
from apq_desktop.ui.session.print_sheet import print_sheet
from apq_desktop.ui.session.save_table import save_table
from apq_desktop.ui.widgets.buttons import Button
from apq_desktop.ui.widgets.layouts import FlowLayout, column_in, row_in
from apq_desktop.ui.widgets.scroll_area import NO_LIMIT, FormScroll
from apq_desktop.ui.widgets.text_labels import PlainLabel

NO_ITEMS = "Nothing was pasted. Copy the rows of a table or the lines of a list first, then paste them here."


class ItemPage(FormScroll):
    """The page itself. Who follows this class says what the columns are, and which items stand in which groups."""

    kind: Literal["actions", "evidence"]
    printed: Literal["plan", "evidence"]
    title = nothing_fits = find_words = table_name = ""
    things = ""
    """How so many items are told, such as “{} actions”."""
    also: tuple[Topic, ...] = ()
    folded: tuple[str, ...] = ()
    """The groups that are folded at first."""
    ways: Sequence[tuple[str, str]] = ()
    """What is made of what the table shows: words, and a key of ``save_table.KINDS``."""
    groupings: Sequence[tuple[str, str]]
    first_sort = 0
    """The column in whose order the table is at first."""

    def __init__(self, app: AppContext, here: OpenEvaluation, details: ItemDetails) -> None:
        super().__init__(widest=NO_LIMIT)
        self._app, self._session, sort = app, here.session, self.first_sort
        self._sort, self._last_first = sort, False
        self.words = LineField()
        self.words.setPlaceholderText(self.find_words)
        self.grouping = FilterChoice(list(self.groupings))
        self.term_end = TermEndLink(app.forms)
        self._make_filters()
        self.model = ItemRows(
            ItemModel(self._session, self.kind, self._columns(), *self.also), self._arranged, set(self.folded)
        )
        self.model.setParent(self)  # its timer must not outlive the filters
        self.table = ItemTable(self.table_name, self.model, sorted_by=sort)
        self.details = details
        self.empty = PlainLabel(self.nothing_fits, quiet=True)
        self.head = TableHead(self.title, self.term_end, self._buttons(), self._filter_row())
        self._halves = TableBesideDetails(self.head, self._left(), self.table, details)
        self.column.addWidget(self._halves, 1)
        self.table.sort_requested.connect(self._sort_by)
        self.table.chosen.connect(details.show_items)
        details.area_chosen.connect(here.view.visit_area)
        self.model.modelReset.connect(self._tell_whether_empty)

    def refresh(self) -> None:
        """Show everything as it stands."""
        self._offer()
        self.term_end.refresh()
        self.model.arrange()
        self.table.choose_again()
        self._tell_whether_empty()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange everything in another height of the window too."""
        super().resizeEvent(event)
        self._halves.fit(self.viewport().height())

    def regions(self) -> list[QWidget]:
        """What stands around the table with it, and the details of what is chosen there."""
        return [self, self.details]

    def show_step(self, step: Step) -> None:
        """Choose what a step is about, with the cursor where the change was: in the open cell or in the details."""
        self._halves.show_step(step, self.show_item)

    def show_item(self, key: str) -> None:
        """Choose one item, whatever is filtered or folded."""
        if self.model.bring_out(key) < 0:
            self.words.load("")
            for field in self._filters():
                field.load("")
            self.refresh()
        if self.model.bring_out(key) >= 0:
            self.table.choose(key)
            self._halves.show_table()

    def show_field(self, target: Target, name: str) -> None:
        """Choose one item, with the cursor in one of its fields where the details have it."""
        self.show_item(target.key)
        if (field := self.details.binding.field(target, name)) is not None:
            self.details.come()
            field.setFocus()

    def shown(self) -> list[Any]:
        """The items that fit, in their order; those in folded groups too."""
        return list(self.model.items)

    def to_print(self) -> services.Printed:
        """What the table shows."""
        return services.Printed(self.printed, items=self.shown())

    def paste_items(self) -> None:
        """What was copied from a table or a list elsewhere becomes items: a row or a line each."""
        areas = self._session.evaluation.areas
        titles = {fold(words): one.key for one in areas for words in (one.title, f"{one.number} {one.title}")}
        found = items_in(self.kind, words_of_clipboard(), titles)
        if self._session.read_only or not found:
            self._app.notifier.say(NO_ITEMS)
        elif any(len(getattr(item, COLUMNS[self.kind][0])) > MAX_TEXT for item in found):
            self._app.notifier.say(f"A row or a line holds at most {MAX_TEXT:,} characters. Nothing was added.")
        else:
            self._take(found)

    def _take(self, found: list[Any]) -> None:
        self.add_items(found, f"{self.things.format(len(found))} added." if len(found) > 1 else "Added.")

    def add_items(self, new: Sequence[Any], told: str) -> None:
        """Add items at the end, as one step, and choose them; ``told`` is said of it, with Undo beside it."""
        count = len(getattr(self._session.evaluation, self.kind))
        if count + len(new) > MAX_REGISTER:
            self._app.notifier.say(f"A list holds at most {MAX_REGISTER:,} entries. Nothing was added.")
            return
        place = ListPlace(self.kind)
        self._session.make(CompoundChange(tuple(AddItem(place, item, count + n) for n, item in enumerate(new))))
        self.show_item(new[0].id)
        for item in new:
            self.model.bring_out(item.id)
        self.table.choose(*(item.id for item in new))
        self._app.notifier.say(told, undo=True)

    # What a page of its own says

    def _columns(self) -> list[ItemColumn]:
        raise NotImplementedError

    def _make_filters(self) -> None:
        raise NotImplementedError

    def _filters(self) -> list[FilterChoice]:
        raise NotImplementedError

    def _offer(self) -> None:
        """Offer in the filters what there is to choose from now."""

    def _arranged(self) -> list[RowGroup]:
        raise NotImplementedError

    def _buttons(self) -> list[Button]:
        raise NotImplementedError

    # How it stands

    def _left(self) -> QWidget:
        left = QWidget()
        left.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        column = column_in(left, 10)
        self.term_end.changed.connect(self._renew)
        column.addWidget(self.head)
        column.addWidget(self.empty)
        column.addWidget(self.table, 1)
        return left

    def _filter_row(self) -> FlowLayout:
        row = FlowLayout(8, fill=True)
        self.words.setMinimumWidth(self.fontMetrics().averageCharWidth() * 16)
        describe(self.words, self.find_words)
        row.addWidget(self.words)
        for choice in self._filters():
            row.addWidget(choice)
            label = PlainLabel(choice.accessibleName())  # a screen reader on Linux hears a choice's name from it only
            label.setParent(self.table.parentWidget() or self)
            label.hide()
            describe(choice, choice.accessibleName(), label=label)
        order = SortChoice(self.table)
        row.addWidget(_labelled("Group", self.grouping, "Group by"))
        row.addWidget(_labelled("Order", order, "Order within the groups"))
        self.words.changed.connect(lambda _: self._renew())
        for choice in (self.grouping, *self._filters()):
            choice.changed.connect(lambda _: self._renew())
        return row

    def _ways_out(self) -> Button:
        button = Button("Print or save…")

        def show() -> None:
            menu = QMenu(button)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.addAction("Print…").triggered.connect(
                lambda _=False: print_sheet(self._app, self._session, self.to_print())
            )
            for words, kind in self.ways:
                menu.addAction(words).triggered.connect(
                    lambda _=False, kind=kind: save_table(self._app, self._session, kind, self.shown())
                )
            menu.popup(button.mapToGlobal(QPoint(0, button.height())))

        button.clicked.connect(show)
        return button

    def _renew(self) -> None:
        self.head.show_term(dated=not self.grouping.value())
        self.model.arrange()
        self.table.choose_again()
        self._tell_whether_empty()

    def _tell_whether_empty(self) -> None:
        self.empty.setVisible(not self.model.items)

    def _sort_by(self, column: int, last_first: bool) -> None:
        self._sort, self._last_first = column, last_first
        self._renew()


def _labelled(label: str, field: QWidget, name: str) -> QWidget:
    holder = QWidget()
    row = row_in(holder, 6)
    shown = PlainLabel(label, quiet=True)
    shown.setWordWrap(False)
    row.addWidget(shown)
    row.addWidget(field)
    describe(field, name, label=shown)
    return holder
