"""A table of an evaluation's items (actions, evidence): under headings, several chosen at once, edited in place."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import Any

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QPaintEvent, QPalette, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QTableView

from apq_desktop.ui.fields.tables.cell_editor import CellEditor
from apq_desktop.ui.fields.tables.cell_metrics import CellMetrics
from apq_desktop.ui.fields.tables.column_heads import ColumnHeads
from apq_desktop.ui.fields.tables.item_model import Index
from apq_desktop.ui.fields.tables.item_rows import ItemRows
from apq_desktop.ui.fields.text_fields import TextField

_EDIT_KEYS = (Qt.Key.Key_F2, Qt.Key.Key_Return, Qt.Key.Key_Enter)
_FOLD_KEYS = {Qt.Key.Key_Left: True, Qt.Key.Key_Right: False}
_CHOOSE = QItemSelectionModel.SelectionFlag.Rows | QItemSelectionModel.SelectionFlag.Select
_ENSURE = QAbstractItemView.ScrollHint.EnsureVisible
_ONLY = QItemSelectionModel.SelectionFlag.Rows | QItemSelectionModel.SelectionFlag.ClearAndSelect


class ItemTable(QTableView):
    """The table itself: words wrap, rows are as high as their words, heads sort, headings fold.

    The same items stay chosen through sorting, filtering and editing; where they go, the next one is. ``chosen``
    tells the chosen items whenever they may be others. Where the columns have no room the main one tells all.
    """

    sort_requested = Signal(int, bool)
    chosen = Signal(list)

    def __init__(self, name: str, rows: ItemRows, *, sorted_by: int) -> None:
        super().__init__()
        self.rows = rows
        self.room = CellMetrics(rows)
        self._ids: list[str] = []
        self._row, self._at_heading, self._fitted_width = 0, "", 0
        self._scroll_wanted = False
        self._day = date.min
        self.setAccessibleName(name)
        self.setHorizontalHeader(ColumnHeads(self))
        self.setModel(rows)
        self._editor = CellEditor(self, rows, self.room)
        self._editor.grown.connect(self._show_whole)
        self.setItemDelegate(self._editor)
        self._dress()
        header = self.horizontalHeader()
        header.setSortIndicator(sorted_by, Qt.SortOrder.AscendingOrder)
        header.sortIndicatorChanged.connect(
            lambda section, order: self.sort_requested.emit(section, order == Qt.SortOrder.DescendingOrder)
        )
        self._fit_soon = QTimer(self, singleShot=True, interval=0)
        self._fit_soon.timeout.connect(self._fit)
        self._scroll_soon = QTimer(self, singleShot=True, interval=0)
        self._scroll_soon.timeout.connect(lambda: self.scrollTo(self.currentIndex()))
        self.selectionModel().selectionChanged.connect(self._remember)
        self.selectionModel().currentChanged.connect(self._note_heading)
        self.clicked.connect(self._fold_at)
        rows.held_back = lambda: self._editor.field is not None
        rows.modelReset.connect(self._changed)
        rows.modelReset.connect(self.choose_again)
        rows.dataChanged.connect(self._rows_changed)
        rows.items_changed.connect(self.room.forget)
        rows.model.modelReset.connect(self.room.forget_all)

    def _dress(self) -> None:
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.viewport().setBackgroundRole(QPalette.ColorRole.Window)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.DoubleClicked)  # a letter must not replace what is written
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(0)
        for section, column in enumerate(self.rows.columns):
            self.setColumnHidden(section, column.width == "hidden")

    # What is chosen

    def chosen_items(self) -> list[Any]:
        """The chosen items, from the top."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows(self.room.main))
        return [item for row in rows if (item := self.rows.item(row)) is not None]

    def choose(self, *keys: str) -> None:
        """Choose the items with these ids, as far as they are among the rows, and go to the first of them."""
        rows = [row for key in keys if (row := self.rows.row_of(key)) >= 0]
        if not rows:
            return
        column = self.currentIndex().column()
        if column < 0 or self.isColumnHidden(column):
            column = self.room.main
        self.selectionModel().setCurrentIndex(self.rows.index(rows[0], column), _ONLY)
        others = QItemSelection()
        for row in rows[1:]:
            others.select(self.rows.index(row, column), self.rows.index(row, column))
        self.selectionModel().select(others, _CHOOSE)  # once: everybody who listens looks at all that is chosen

    def choose_again(self) -> None:
        """The rows are new: choose the items that were chosen, else the one that stands in their place now."""
        self._scroll_wanted = True
        heading = next((n for n, row in enumerate(self.rows.rows) if getattr(row, "key", "") == self._at_heading), -1)
        here = [key for key in self._ids if self.rows.row_of(key) >= 0]
        if self._at_heading and heading >= 0:
            flag = QItemSelectionModel.SelectionFlag.NoUpdate
            self.selectionModel().setCurrentIndex(self.rows.index(heading, self.room.main), flag)
            return
        if here:
            self.choose(*here)
            return
        count = len(self.rows.rows)
        below = range(max(self._row, 0), count)
        above = range(min(self._row, count) - 1, -1, -1)
        row = next((row for part in (below, above) for row in part if self.rows.item(row) is not None), -1)
        if row >= 0:
            self.choose(self.rows.item(row).id)
        else:
            self._ids = []
            self.rows.held = set()
            self.chosen.emit([])

    def _remember(self, *_: object) -> None:
        items = self.chosen_items()
        if items:
            self._ids = [item.id for item in items]
            self.rows.held = set(self._ids)
            self._row = self.rows.row_of(self._ids[0])
            self.chosen.emit(items)

    def _note_heading(self, now: QModelIndex, _before: QModelIndex) -> None:
        heading = self.rows.heading(now.row())
        self._at_heading = heading.key if heading else ""

    def is_chosen(self, key: str) -> bool:
        """Whether the item with this id is the one in the details."""
        return self._ids == [key] and self.rows.row_of(key) >= 0

    def is_among_several(self, key: str) -> bool:
        """Whether the item with this id is one of several that are chosen."""
        return len(self._ids) > 1 and key in self._ids

    def field_of(self, name: str) -> Any:
        """The field of the open cell, where it edits this field of the chosen item; else None."""
        column = self.rows.columns[max(self.currentIndex().column(), 0)]
        return self._editor.field if column.name == name else None

    # Keys and pointer

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F2 and Enter edit the cell, or the first of its row that can be; at a heading Enter and Space fold."""
        heading = self.rows.heading(self.currentIndex().row())
        key = Qt.Key(event.key())
        if event.matches(QKeySequence.StandardKey.Copy):
            self._copy_rows()
        elif heading is not None and (key in (*_EDIT_KEYS, Qt.Key.Key_Space) or key in _FOLD_KEYS):
            self._fold(heading.key, folded=_FOLD_KEYS.get(key, not heading.folded))
        elif key in _EDIT_KEYS and self.state() != QAbstractItemView.State.EditingState:
            self._edit_cell()
        else:
            super().keyPressEvent(event)

    def _fold_at(self, index: QModelIndex) -> None:
        heading = self.rows.heading(index.row())
        if heading is not None:
            self._fold(heading.key, folded=not heading.folded)

    def _fold(self, key: str, *, folded: bool) -> None:
        self.rows.held = set()
        self.rows.fold(key, folded=folded)
        self.rows.held = set(self._ids)

    def _edit_cell(self) -> None:
        here = self.currentIndex()
        cells = [here, *(self.rows.index(here.row(), column) for column in range(len(self.rows.columns)))]
        shown = [cell for cell in cells if not self.isColumnHidden(cell.column())]
        cell = next((cell for cell in shown if cell.flags() & Qt.ItemFlag.ItemIsEditable), None)
        if here.isValid() and cell is not None:
            self.selectionModel().setCurrentIndex(cell, QItemSelectionModel.SelectionFlag.NoUpdate)
            self.edit(cell)

    def _copy_rows(self) -> None:
        """Copy the cells of the chosen rows with tabs between them, as spreadsheets do: whole, quoted where needed."""
        lines = io.StringIO()
        writer = csv.writer(lines, "excel-tab", lineterminator="\n")
        writer.writerows([column.told(item) for column in self.rows.columns] for item in self.chosen_items())
        if lines.getvalue():
            QGuiApplication.clipboard().setText(lines.getvalue().removesuffix("\n"))

    # Room

    def scrollTo(self, index: Index, hint: QAbstractItemView.ScrollHint = _ENSURE) -> None:
        """Bring a heading into view from any column: Qt does so only from the first one that it lies across."""
        heading = self.rows.heading(index.row()) is not None
        super().scrollTo(self.rows.index(index.row(), self.room.main) if heading else index, hint)

    def least_width(self) -> int:
        """The width below which the columns do not all fit."""
        return self.room.least_width() + self._bar()

    def _bar(self) -> int:
        return self.verticalScrollBar().sizeHint().width()

    def showEvent(self, event: QShowEvent) -> None:
        """Fit what has changed out of sight. What is overdue or soon may be another since yesterday."""
        super().showEvent(event)
        if self._day != date.today():  # noqa: DTZ011 - the person's own day
            self._day = date.today()  # noqa: DTZ011
            self.room.forget_all()
            self._changed()
        self._fit_soon.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Divide the width again, once it is the last one."""
        super().resizeEvent(event)
        self._fit_soon.start()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Never paint rows of other heights than their words have."""
        self._fit()
        super().paintEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Measure everything again when the text size changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_fit_soon"):
            self.room.forget_sizes()
            self._changed()
            self._scroll_wanted = True

    def _changed(self) -> None:
        self._fitted_width = 0
        self._fit_soon.start()

    def _rows_changed(self, first: QModelIndex, last: QModelIndex) -> None:
        if first.row() == last.row():
            self.fit_row(first.row())
        else:
            self._changed()

    def _fit(self) -> None:
        """Measure every row, where the rows or the width are not those that were measured, and somebody looks."""
        # Room for the bar from the start: one that came with the measured rows would have them measured again.
        width = self.contentsRect().width() - self._bar()
        if width == self._fitted_width or not self.isVisible():
            return
        self._fitted_width = width
        widths = self.room.divide(width)
        for section in (self.room.main, *self.room.fitted):
            self.setColumnHidden(section, section not in widths)
            self.setColumnWidth(section, widths.get(section, 0))
        self.horizontalHeader().setFixedHeight(self.horizontalHeader().sizeHint().height())
        self.clearSpans()
        for row in range(len(self.rows.rows)):
            self.fit_row(row)
            if self.rows.heading(row) is not None:
                self.setSpan(row, self.room.main, 1, len(self.rows.columns) - self.room.main)
        if self._scroll_wanted:  # Qt did so when the rows had no heights of their own yet
            self._scroll_wanted = False
            self._scroll_soon.start()

    def _show_whole(self) -> None:
        """The row grows with the text that is typed into it."""
        self.fit_row(self.currentIndex().row())
        self.scrollTo(self.currentIndex())

    def fit_row(self, row: int) -> None:
        """Give a row the height of its words, and of the field that is open in it."""
        if not self._fitted_width:
            return
        height = self.room.height(row)
        if isinstance(self._editor.field, TextField) and row == self.currentIndex().row():
            height = max(height, self._editor.field.height())
        if self.rowHeight(row) != height:
            self.setRowHeight(row, height)
