"""The list of providers: who sent what, how it stands, and for whom it waits. Alphabetical, never in another order."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from apq_desktop.evaluation.text import dates
from apq_desktop.evaluation.text.cleaning import visible_text
from apq_desktop.review.review_labels import STANDINGS
from apq_desktop.ui.fields.tables.column_heads import HEAD_SIDE, ColumnHeads
from apq_desktop.ui.fields.tables.item_model import Index
from apq_desktop.ui.pages.library.providers.state_marks import paint_state
from apq_desktop.ui.widgets.layouts import Refitted
from apq_desktop.ui.widgets.painted.painted_rows import paint_line
from apq_desktop.ui.widgets.text_labels import scaled_font
from apq_desktop.ui.widgets.theme import colours

if TYPE_CHECKING:
    from apq_desktop.library.collection import Revision
    from apq_desktop.toolkit.catalogue import Catalogue

TITLES = ("Provider, in alphabetical order", "State", "Revision", "Received on", "Waits for")
LEAST_NAME = 18
"""Ems that a setting's name and the line under it need; where there is less, everything stands in the first column."""
WAITS = {"reviewer": "us", "setting": "them", "": "nobody"}
NO_NAME = "No name"
AIR, SIDE, MARK_GAP = 7, HEAD_SIDE, 8
_ROW = Qt.ItemDataRole.UserRole + 1
_line = partial(paint_line, align=Qt.AlignmentFlag.AlignVCenter)


class ProviderModel(QAbstractTableModel):
    """The newest revision of each evaluation, a row each."""

    def __init__(self, catalogue: Catalogue) -> None:
        super().__init__()
        self._catalogue = catalogue
        self.rows: list[Revision] = []
        self.tags: Mapping[str, tuple[str, ...]] = {}

    def show(self, rows: list[Revision], tags: Mapping[str, tuple[str, ...]]) -> None:
        """Show other rows; ``tags`` are those of each setting."""
        self.beginResetModel()
        self.rows, self.tags = rows, tags
        self.endResetModel()

    def row_of(self, evaluation: str) -> int:
        """The row of an evaluation, or -1."""
        return next((n for n, row in enumerate(self.rows) if row.evaluation == evaluation), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """How many are shown."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """How many columns there are."""
        return 0 if parent.isValid() else len(TITLES)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The columns' titles."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return TITLES[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What stands in a cell, for the eye and the screen reader, and the revision itself."""
        row = self.rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self.words(row)[index.column()]
            case Qt.ItemDataRole.AccessibleTextRole if index.column() == 0:
                unread = "" if row.seen else ", not read yet"
                return f"{self.words(row)[0]}{unread}, {self.about(row)}"
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{TITLES[index.column()]}: {self.words(row)[index.column()]}"
            case _ if role == _ROW:
                return row
        return None

    def words(self, row: Revision) -> tuple[str, ...]:
        """What stands in the cells of a row."""
        waits = WAITS[row.standing.waits_for]
        since = f" since {_day(row.standing.since)}" if row.standing.since else ""
        return (
            visible_text(row.name) or NO_NAME,
            STANDINGS[row.standing.word],
            f"Revision {row.number}",
            _day(row.received),
            f"{waits}{since}",
        )

    def about(self, row: Revision) -> str:
        """The line under a setting's name: the officer's tags, its kind, its key stages, and which evaluation."""
        tags = f"[{'; '.join(there)}]" if (there := self.tags.get(row.provider)) else ""
        stages = f"key stages {', '.join(row.stages)}" if row.stages else ""
        title = visible_text(row.title)
        return ", ".join(
            part for part in (tags, self._catalogue.kind_title(row.kind) if row.kind else "", stages, title) if part
        )


def _day(stamp: str) -> str:
    return dates.short(dates.local_stamp(stamp)[:10])


class ProviderTable(Refitted, QTableView):
    """The list itself. Enter or a double click opens the chosen one."""

    opened = Signal(object)

    def __init__(self, model: ProviderModel) -> None:
        super().__init__()
        self.providers = model
        self.setAccessibleName("Providers")
        self.setModel(model)
        self.setItemDelegate(_Painted(self))
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setHorizontalHeader(ColumnHeads(self, sorts=False))
        self.horizontalHeader().setStretchLastSection(True)
        self.doubleClicked.connect(lambda index: self.opened.emit(model.rows[index.row()]))
        self.is_narrow = False

    def chosen(self) -> Revision | None:
        """The revision of the chosen row."""
        row = self.currentIndex().row()
        return self.providers.rows[row] if 0 <= row < len(self.providers.rows) else None

    def choose(self, evaluation: str) -> None:
        """Choose the row of an evaluation, or the first."""
        row = max(self.providers.row_of(evaluation), 0)
        if self.providers.rows:
            self.setCurrentIndex(self.providers.index(row, 0))
            self.scrollTo(self.currentIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the chosen one."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if (chosen := self.chosen()) is not None:
                self.opened.emit(chosen)
        else:
            super().keyPressEvent(event)

    def _refit(self) -> None:
        metrics, width = self.fontMetrics(), self.viewport().width()
        needed = _needed()
        name = width - sum(needed)
        self.is_narrow = name < self.fontInfo().pixelSize() * LEAST_NAME
        self.setColumnWidth(0, width if self.is_narrow else name)
        for column, wide in enumerate(needed, 1):
            self.setColumnHidden(column, self.is_narrow)
            self.setColumnWidth(column, wide)
        lines = 4 if self.is_narrow else 2
        self.verticalHeader().setDefaultSectionSize(metrics.height() * lines + 2 * AIR + 2)
        self.horizontalHeader().setFixedHeight(self.horizontalHeader().sizeHint().height())


def _needed() -> list[int]:
    """The widths in which the longest words of each column but the first stand whole."""
    day, metrics = _day("2026-09-28T12:00:00Z"), QFontMetrics(scaled_font(1.0, bold=True))
    longest = (STANDINGS.values(), ("Revision 99",), (day,), [f"{whom} since {day}" for whom in WAITS.values()])
    words = [
        max(map(metrics.horizontalAdvance, (*told, title))) for told, title in zip(longest, TITLES[1:], strict=True)
    ]
    words[0] += _mark_side() + MARK_GAP
    return [wide + SIDE + SIDE // 2 for wide in words]


def _mark_side() -> int:
    return round(QFontMetrics(scaled_font(1.0)).height() * 0.8)


class _Painted(QStyledItemDelegate):
    """Paint a cell: ground, bar of the chosen row, words, the shape of a state."""

    def __init__(self, table: ProviderTable) -> None:
        super().__init__(table)
        self._table = table

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one cell."""
        chosen, table = colours(self._table), self._table
        row: Revision = index.data(_ROW)
        rect: QRect = option.rect
        state = option.state
        painter.save()
        selected = bool(state & QStyle.StateFlag.State_Selected)
        painter.fillRect(rect, QColor(chosen.selected if selected else chosen.card))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, QColor(chosen.line))
        if selected and index.column() == 0:
            painter.fillRect(rect.left(), rect.top(), 4, rect.height() - 1, QColor(chosen.accent))
        inside = rect.adjusted(SIDE, AIR, -SIDE // 2, -AIR)
        words = table.providers.words(row)
        if index.column() == 0:
            self._paint_name(painter, inside, row, words)
        elif index.column() == 1:
            self._paint_standing(painter, inside, row, words[1])
        else:
            waits = index.column() == 4 and row.standing.waits_for == "reviewer"
            _line(painter, inside, words[index.column()], chosen.text, bold=waits)
        if selected and index.column() == 0 and table.hasFocus():
            painter.setPen(QPen(QColor(chosen.text), 2))
            painter.drawRect(table.visualRect(index).adjusted(2, 2, -3, -3))
        painter.restore()

    def _paint_name(self, painter: QPainter, rect: QRect, row: Revision, words: tuple[str, ...]) -> None:
        chosen, table = colours(self._table), self._table
        height = QFontMetrics(scaled_font(1.0)).height()
        parts: list[Callable[[QRect], None]] = [
            lambda at: _line(painter, at, words[0], chosen.text, bold=not row.seen),
            lambda at: _line(painter, at, table.providers.about(row), chosen.quiet, scale=0.92),
        ]
        if table.is_narrow:
            parts.append(
                lambda at: self._paint_standing(painter, at, row, f"{words[1]}, {words[2].lower()}, {words[3]}")
            )
            parts.append(lambda at: _line(painter, at, f"waits for {words[4]}", chosen.text))
        for number, part in enumerate(parts):
            part(QRect(rect.left(), rect.top() + number * height, rect.width(), height))

    def _paint_standing(self, painter: QPainter, rect: QRect, row: Revision, words: str) -> None:
        side = _mark_side()
        paint_state(
            painter, QRect(rect.left(), rect.center().y() - side // 2, side, side), row.standing.word, self._table
        )
        bold = row.standing.word == "new-version"
        _line(painter, rect.adjusted(side + MARK_GAP, 0, 0, 0), words, colours(self._table).text, bold=bold)
