"""A table of an evaluation's items (actions, evidence): sorted, filtered, edited in place."""

from __future__ import annotations

import csv
import io
from typing import Any

from PySide6.QtCore import QEvent, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from apq_desktop.ui.fields.tables.cell_editor import AIR, CellEditor
from apq_desktop.ui.fields.tables.item_model import ItemModel

HEADER_FLAGS = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextWordWrap)
HEADER_SPARE = 28
"""Pixels of a column's head that the arrow and the margins take."""
_EDIT_KEYS = (Qt.Key.Key_F2, Qt.Key.Key_Return, Qt.Key.Key_Enter)


class ItemTable(QTableView):
    """The table itself: words wrap, rows are as high as their words, headers sort.

    The same item stays chosen through sorting, filtering and editing; where it goes, the next one is. ``chosen``
    tells the row whenever that may be another item, or -1 where there is none.
    """

    sort_requested = Signal(int, bool)
    chosen = Signal(int)

    def __init__(self, name: str, model: ItemModel, *, sorted_by: int) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setModel(model)
        self.setItemDelegate(CellEditor(self))
        self.setWordWrap(True)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.DoubleClicked)  # a letter must not replace what is written
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setSectionsClickable(True)
        header.setSortIndicatorShown(True)
        header.setSortIndicator(sorted_by, Qt.SortOrder.AscendingOrder)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setStretchLastSection(True)
        header.setDefaultAlignment(Qt.AlignmentFlag(HEADER_FLAGS))
        header.sortIndicatorChanged.connect(
            lambda section, order: self.sort_requested.emit(section, order == Qt.SortOrder.DescendingOrder)
        )
        self._item, self._row = "", 0
        self.selectionModel().currentRowChanged.connect(lambda now, _: self._remember(now.row()))
        self._fitted_width = 0
        self._fit_soon = QTimer(self, singleShot=True, interval=0)
        self._fit_soon.timeout.connect(self._fit)
        model.modelReset.connect(self._changed)
        model.modelReset.connect(self.choose_again)
        model.dataChanged.connect(self._changed)

    def _remember(self, row: int) -> None:
        model = self.model()
        assert isinstance(model, ItemModel)
        if 0 <= row < len(model.items):
            self._item, self._row = model.items[row].id, row
            self.chosen.emit(row)

    def choose_again(self) -> None:
        """The rows are new: choose the item that was chosen, else the one that stands in its place now."""
        model = self.model()
        assert isinstance(model, ItemModel)
        row = model.row_of(self._item)
        if row < 0:
            row = min(self._row, len(model.items) - 1)
        if row >= 0:
            self.selectRow(row)
            self._remember(row)
        else:
            self.chosen.emit(-1)

    def is_chosen(self, key: str) -> bool:
        """Whether the item with this id is the chosen one."""
        model = self.model()
        assert isinstance(model, ItemModel)
        return model.row_of(key) == self.currentIndex().row() >= 0

    def field_of(self, name: str) -> Any:
        """The field of the open cell, where it edits this field of the chosen item; else None."""
        model, delegate = self.model(), self.itemDelegate()
        assert isinstance(model, ItemModel)
        assert isinstance(delegate, CellEditor)
        column = model.columns[max(self.currentIndex().column(), 0)]
        return delegate.field if column.field == name else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F2 and Enter edit the chosen cell, or the first of its row that can be; Ctrl+C copies the row."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self._copy_row()
        elif event.key() in _EDIT_KEYS and self.state() != QAbstractItemView.State.EditingState:
            self._edit_cell()
        else:
            super().keyPressEvent(event)

    def _edit_cell(self) -> None:
        here, model = self.currentIndex(), self.model()
        cells = [here, *(model.index(here.row(), column) for column in range(model.columnCount()))]
        cell = next((cell for cell in cells if cell.flags() & Qt.ItemFlag.ItemIsEditable), None)
        if here.isValid() and cell is not None:
            self.setCurrentIndex(cell)
            self.edit(cell)

    def _copy_row(self) -> None:
        """Copy the cells of the chosen row with a tab between them, as spreadsheets do: whole, quoted where needed."""
        row, model = self.currentIndex().row(), self.model()
        if row >= 0:
            cells = [model.index(row, column).data() for column in range(model.columnCount())]
            line = io.StringIO()
            csv.writer(line, "excel-tab", lineterminator="").writerow(cells)
            QGuiApplication.clipboard().setText(line.getvalue())

    def showEvent(self, event: QShowEvent) -> None:
        """Fit what has changed out of sight."""
        super().showEvent(event)
        self._fit()

    def resizeEvent(self, event: Any) -> None:
        """Divide the width anew."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Fit again when the text size changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._changed()

    def _changed(self) -> None:
        self._fitted_width = 0
        self._fit_soon.start()

    def _fit(self) -> None:
        """Measure every row, where the rows or the width are not those that were measured, and somebody looks."""
        model = self.model()
        # Room for the bar from the start: one that came with the measured rows would have them measured again.
        width = self.contentsRect().width() - self.verticalScrollBar().sizeHint().width()
        if not isinstance(model, ItemModel) or width == self._fitted_width or not self.isVisible():
            return
        self._fitted_width = width
        whole = sum(column.stretch for column in model.columns)
        for section, column in enumerate(model.columns):
            self.setColumnWidth(section, width * column.stretch // whole)
        header, metrics = self.horizontalHeader(), self.horizontalHeader().fontMetrics()
        wide = [QRect(0, 0, header.sectionSize(n) - HEADER_SPARE, 1_000) for n in range(header.count())]
        heights = [
            metrics.boundingRect(rect, HEADER_FLAGS, column.title).height()
            for rect, column in zip(wide, model.columns, strict=True)
        ]
        header.setFixedHeight(max(heights) + 2 * AIR)
        self.resizeRowsToContents()
