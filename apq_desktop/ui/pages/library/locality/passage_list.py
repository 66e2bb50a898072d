"""Passages of many settings, one below the other. Only what is in view is read and laid out."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPen,
    QResizeEvent,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from apq_desktop.ui.fields.field_editing import units
from apq_desktop.ui.fields.tables.item_model import Index
from apq_desktop.ui.pages.library.locality.passage_model import (
    ROW,
    PassageModel,
    PassageRow,
    place_words,
    setting_name,
)
from apq_desktop.ui.widgets.text_labels import scaled_font
from apq_desktop.ui.widgets.theme import RING, colours

NEAR = 20
"""Passages before the end from which on more are read."""
WIDEST = 46
"""Of the text, in sizes of it: lines of about 80 characters."""
SIDE, AIR, BAR = 16, 8, 4
SMALL, TEXT, NAME = 0.9, 1.05, 1.1


class PassageList(QListView):
    """Enter opens the chosen passage where it stands; ``asked`` has the letter or figure of another key."""

    opened = Signal(object)
    asked = Signal(str)

    def __init__(self, model: PassageModel) -> None:
        super().__init__()
        self.passages = model
        self.setAccessibleName("What settings wrote")
        self.setModel(model)
        self._rows = _Rows(self)
        self.setItemDelegate(self._rows)
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalScrollBar().setSingleStep(24)
        self.doubleClicked.connect(lambda index: self.opened.emit(model.rows[index.row()].read.passage))
        model.rowsInserted.connect(self._choose_first)

    def chosen(self) -> PassageRow | None:
        """The row with the choice."""
        row = self.currentIndex().row()
        return self.passages.rows[row] if 0 <= row < len(self.passages.rows) else None

    def _choose_first(self) -> None:
        if not self.currentIndex().isValid():
            self.setCurrentIndex(self.passages.index(0))

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Near the end the next page is read: the view itself asks for it only when it is scrolled."""
        super().currentChanged(current, previous)
        if current.row() >= self.passages.rowCount() - NEAR:
            self.passages.fetchMore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, figures and letters are for whoever listens; all else moves."""
        row, plain = self.chosen(), not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if row is not None:
                self.opened.emit(row.read.passage)
        elif plain and event.text().strip() and event.key() != Qt.Key.Key_Escape:
            self.asked.emit(event.text().lower())
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Words break elsewhere: forget the heights."""
        if event.size().width() != event.oldSize().width():
            self._rows.forget()
        super().resizeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Measure anew when the text size changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_rows"):
            self._rows.forget()
            self.scheduleDelayedItemsLayout()


class _Rows(QStyledItemDelegate):
    """Draw a row: the setting where it begins, the text with the words looked for, its place and themes."""

    def __init__(self, view: PassageList) -> None:
        super().__init__(view)
        self._view = view
        self._heights: dict[tuple[int, bool, bool], int] = {}
        self.forget()

    def forget(self) -> None:
        """Forget the heights of rows, and take the fonts of the text size that is chosen now."""
        self._heights.clear()
        self._fonts = {scale: scaled_font(scale, bold=scale == NAME) for scale in (SMALL, TEXT, NAME)}
        self._metrics = {scale: QFontMetrics(font) for scale, font in self._fonts.items()}
        self._line = {scale: metrics.height() for scale, metrics in self._metrics.items()}

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """As high as the words at the view's width."""
        row: PassageRow = index.data(ROW)
        key = (row.read.passage.pk, row.begins, bool(row.read.themes))
        if key not in self._heights:
            text = self._laid_out(row).boundingRect().toAlignedRect().height()
            name = self._line[NAME] + AIR if row.begins else 0
            self._heights[key] = text + self._line[SMALL] * (2 if row.read.themes else 1) + name + 2 * AIR
        return QSize(60, self._heights[key])

    def _laid_out(self, row: PassageRow) -> QTextLayout:
        text = row.read.passage.text.replace("\n", "\u2028")
        layout = QTextLayout(text, self._fonts[TEXT])
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.setFormats([self._mark(text, *span) for span in row.read.spans])
        widest = WIDEST * self._line[TEXT] * 0.78
        width = min(max(self._view.viewport().width() - 2 * SIDE, 60), widest)
        height = 0.0
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            line.setPosition(QPointF(0, height))
            height += line.height() * 1.1
        layout.endLayout()
        return layout

    def _mark(self, text: str, first: int, last: int) -> QTextLayout.FormatRange:
        made, place = QTextCharFormat(), QTextLayout.FormatRange()
        ground, ink = colours(self._view).mark
        made.setBackground(QColor(ground))
        made.setForeground(QColor(ink))
        made.setFontWeight(QFont.Weight.DemiBold)
        place.start, place.length = units(text[:first]), units(text[first:last])
        place.format = made
        return place

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw from the palette: the choice is a pale ground with a bar at its left."""
        chosen, rect, view = colours(self._view), QRect(option.rect), self._view
        row: PassageRow = index.data(ROW)
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.fillRect(rect, QColor(chosen.card))
        inside = rect.adjusted(SIDE, AIR, -SIDE, -AIR)
        if row.begins:
            painter.fillRect(rect.left(), rect.top(), rect.width(), 1, QColor(chosen.line))
            self._write(painter, inside, setting_name(row.read.passage), chosen.text, NAME)
            inside.setTop(inside.top() + self._line[NAME] + AIR)
        if is_chosen:
            ground = QRect(rect.left(), inside.top() - AIR // 2, rect.width(), rect.bottom() - inside.top())
            painter.fillRect(ground, QColor(chosen.selected))
            painter.fillRect(ground.left(), ground.top(), BAR, ground.height(), QColor(chosen.accent))
            if view.hasFocus():
                painter.setPen(QPen(QColor(chosen.accent), RING))
                painter.drawRect(ground.adjusted(1, 1, -2, -2))
        self._paint_words(painter, inside, row)
        painter.restore()

    def _paint_words(self, painter: QPainter, inside: QRect, row: PassageRow) -> None:
        chosen, small = colours(self._view), self._line[SMALL]
        about = place_words(row.read.passage, self._view.passages.areas)
        self._write(painter, inside, about, chosen.quiet, SMALL)
        painter.setPen(QColor(chosen.text))
        layout = self._laid_out(row)
        layout.draw(painter, inside.topLeft().toPointF() + QPointF(0, small))
        if row.read.themes:
            below = inside.adjusted(0, small + layout.boundingRect().toAlignedRect().height(), 0, AIR)
            self._write(painter, below, f"Themes: {', '.join(row.read.themes)}", chosen.accent, SMALL)

    def _write(self, painter: QPainter, place: QRect, words: str, ink: str, scale: float) -> None:
        painter.setFont(self._fonts[scale])
        painter.setPen(QColor(ink))
        shown = self._metrics[scale].elidedText(words, Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(place, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop), shown)
