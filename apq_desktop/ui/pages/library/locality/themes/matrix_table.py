"""Settings by themes or areas: a cell holds the officer's own summary. Alphabetical; nothing is counted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QRect, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from apq_desktop.ui.fields.tables.item_model import Index
from apq_desktop.ui.pages.library.locality.passage_model import NO_NAME
from apq_desktop.ui.widgets.layouts import Refitted
from apq_desktop.ui.widgets.text_labels import scaled_font
from apq_desktop.ui.widgets.theme import RING, colours

if TYPE_CHECKING:
    from apq_desktop.library.collection import Revision
    from apq_desktop.services.locality.theme_matrix import Matrix, MatrixCell

MARKED = "Words are marked"
EMPTY = "nothing yet"
NARROWEST, NAMES = 11, 13
"""In sizes of the text: of a column, and of that of names."""
AIR, SIDE = 8, 10
FLAGS = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop) | int(Qt.TextFlag.TextWordWrap)
LONG_NAME = 15
"""Letters: a shorter name has room in two lines."""
MOST_LINES = 12
"""Of a summary that are shown in its cell; all of it stands beside the table."""


class MatrixModel(QAbstractTableModel):
    """A row for each setting; the first column has its name."""

    def __init__(self) -> None:
        super().__init__()
        self.matrix: Matrix | None = None
        self.keys: tuple[str, ...] = ()

    def show(self, matrix: Matrix, keys: tuple[str, ...]) -> None:
        """Show another matrix; ``keys`` are what is pressed for a theme, by column."""
        if self.matrix is not None and (matrix.rows, matrix.columns) == (self.matrix.rows, self.matrix.columns):
            self.matrix = matrix
            self.dataChanged.emit(self.index(0, 0), self.index(len(matrix.rows) - 1, len(matrix.columns)))
            return
        self.beginResetModel()
        self.matrix, self.keys = matrix, keys
        self.endResetModel()

    def place(self, index: Index) -> tuple[Revision, str, str, MatrixCell] | None:
        """The setting, key and name of the column, and what stands in a cell; None for a name."""
        if self.matrix is None or not index.isValid() or index.column() == 0:
            return None
        row, (key, name) = self.matrix.rows[index.row()], self.matrix.columns[index.column() - 1]
        return row, key, name, self.matrix.cell(row.evaluation, key)

    def rowCount(self, parent: Index | None = None) -> int:
        """How many settings there are."""
        return 0 if self.matrix is None or (parent is not None and parent.isValid()) else len(self.matrix.rows)

    def columnCount(self, parent: Index | None = None) -> int:
        """The names, and the themes or areas."""
        return 0 if self.matrix is None or (parent is not None and parent.isValid()) else 1 + len(self.matrix.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The themes, with the key that puts each on words."""
        if self.matrix is None or orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        if section == 0:
            return "Provider"
        name, key = self.matrix.columns[section - 1][1], self.keys[section - 1]
        return f"{key}  {name}" if key else name

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The words of a cell, and the same with its place for a screen reader."""
        if self.matrix is None:
            return None
        row = self.matrix.rows[index.row()]
        name = self.name(row)
        if role == Qt.ItemDataRole.DisplayRole:
            return name if index.column() == 0 else self.words(index)[0]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return name if index.column() == 0 else f"{name}, {self._column(index)}: {self.words(index)[0] or EMPTY}"
        return None

    def name(self, row: Revision) -> str:
        """What the setting of a row is called."""
        assert self.matrix is not None
        return self.matrix.names[row.evaluation] or NO_NAME

    def _column(self, index: Index) -> str:
        assert self.matrix is not None
        return self.matrix.columns[index.column() - 1][1]

    def words(self, index: Index) -> tuple[str, bool]:
        """What stands in a cell, and whether the officer wrote it."""
        place = self.place(index)
        if place is None:
            return str(self.data(index)), True
        cell = place[3]
        if cell.summary is not None and cell.summary.text:
            return cell.summary.text, True
        return (MARKED, False) if cell.marks else ("", False)


class MatrixTable(Refitted, QTableView):
    """Enter, or a letter, goes on into the words of the chosen cell."""

    entered = Signal(str)
    chosen_changed = Signal()

    def __init__(self, model: MatrixModel) -> None:
        super().__init__()
        self.cells = model
        self.setAccessibleName("Summaries of settings")
        self.setModel(model)
        self.setItemDelegate(_Cells(self))
        self._heads = _Heads(self)
        self.setHorizontalHeader(self._heads)
        self.setShowGrid(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.doubleClicked.connect(lambda _: self.entered.emit(""))
        model.modelReset.connect(self._refit)
        model.dataChanged.connect(self._refit)

    def currentChanged(self, current: Any, previous: Any) -> None:
        """Tell which cell is chosen."""
        super().currentChanged(current, previous)
        self.chosen_changed.emit()

    def choose(self, row: int, column: int) -> None:
        """Choose a cell, where there is one."""
        if self.cells.rowCount() and self.cells.columnCount() > 1:
            last = self.cells.rowCount() - 1, self.cells.columnCount() - 1
            self.setCurrentIndex(self.cells.index(min(max(row, 0), last[0]), min(max(column, 1), last[1])))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and F2 go into the words, and so does what is typed."""
        plain = not event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
            self.entered.emit("")
        elif plain and event.text().isprintable() and event.text().strip():
            self.entered.emit(event.text())
        else:
            super().keyPressEvent(event)

    def _refit(self) -> None:
        columns, size = self.cells.columnCount(), self.fontInfo().pixelSize()
        if columns < 2 or self.viewport().width() < 1:
            return
        names = min(NAMES * size, self.viewport().width() // 3)
        width = max((self.viewport().width() - names) // (columns - 1), NARROWEST * size)
        for column in range(columns):
            self.setColumnWidth(column, width if column else names)
        metrics = QFontMetrics(scaled_font(1.0))
        self._heads.setFixedHeight(max(self._heads.needed(column) for column in range(columns)))
        least = metrics.height() * 2 + 2 * AIR
        self.verticalHeader().setDefaultSectionSize(least)
        for row, height in self._higher((names, width), least, metrics).items():
            self.setRowHeight(row, height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the chosen cell in view: what stands below takes room when another is chosen."""
        super().resizeEvent(event)
        self.scrollTo(self.currentIndex())

    def _higher(self, widths: tuple[int, int], least: int, metrics: QFontMetrics) -> dict[int, int]:
        """The rows that need more than two lines: only long names and summaries are measured."""
        matrix, bold = self.cells.matrix, QFontMetrics(scaled_font(1.0, bold=True))
        assert matrix is not None
        rows = {one.evaluation: n for n, one in enumerate(matrix.rows)}
        room = [width - 2 * SIDE for width in widths]
        texts = [(n, room[0], bold, name) for one, n in rows.items() if len(name := matrix.names[one]) > LONG_NAME]
        texts += [
            (rows[evaluation], room[1], metrics, cell.summary.text)
            for (evaluation, _), cell in matrix.filled.items()
            if cell.summary
        ]
        most, found = metrics.height() * MOST_LINES + 2 * AIR, dict[int, int]()
        for row, width, measured, text in texts:
            place = measured.boundingRect(QRect(0, 0, width, 10_000), FLAGS, text)
            found[row] = max(found.get(row, least), min(place.height() + 2 * AIR, most))
        return found


class _Heads(QHeaderView):
    """Draw the names of themes whole, in as many lines as they need."""

    def __init__(self, table: MatrixTable) -> None:
        super().__init__(Qt.Orientation.Horizontal, table)

    def needed(self, section: int) -> int:
        """The height at which a name is whole; room for two lines at least."""
        metrics = QFontMetrics(scaled_font(0.95, bold=True))
        place = QRect(0, 0, self.sectionSize(section) - SIDE - SIDE // 2, 10_000)
        return max(metrics.boundingRect(place, FLAGS, self._name(section)).height(), 2 * metrics.height()) + 2 * AIR

    def _name(self, section: int) -> str:
        return str(self.model().headerData(section, Qt.Orientation.Horizontal))

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Draw one name from the palette."""
        chosen = colours(self)
        painter.save()
        painter.fillRect(rect, QColor(chosen.card))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, QColor(chosen.field_line))
        painter.fillRect(rect.right(), rect.top(), 1, rect.height(), QColor(chosen.line))
        painter.setFont(scaled_font(0.95, bold=True))
        painter.setPen(QColor(chosen.quiet if section == 0 else chosen.text))
        flags = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextWordWrap)
        painter.drawText(rect.adjusted(SIDE, 2, -SIDE // 2, -2), flags, self._name(section))
        painter.restore()


class _Cells(QStyledItemDelegate):
    """Draw names in bold words, summaries, and quietly that words are marked."""

    def __init__(self, table: MatrixTable) -> None:
        super().__init__(table)
        self._table = table

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw from the palette."""
        chosen, rect = colours(self._table), QRect(option.rect)
        words, own = self._table.cells.words(index)
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setClipRect(rect)
        painter.fillRect(rect, QColor(chosen.selected if is_chosen else chosen.card))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, QColor(chosen.line))
        painter.fillRect(rect.right(), rect.top(), 1, rect.height(), QColor(chosen.line))
        painter.setFont(scaled_font(1.0 if own else 0.92, bold=index.column() == 0))
        painter.setPen(QColor(chosen.text if own else chosen.quiet))
        painter.drawText(rect.adjusted(SIDE, AIR, -SIDE, -AIR // 2), FLAGS, words)
        if is_chosen:
            inset = 1 if self._table.hasFocus() else 0
            painter.setPen(QPen(QColor(chosen.accent), RING if self._table.hasFocus() else 2))
            painter.drawRect(rect.adjusted(1 + inset, 1 + inset, -2 - inset, -2 - inset))
        painter.restore()
