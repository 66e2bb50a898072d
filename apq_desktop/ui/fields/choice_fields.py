"""The controls with which a user chooses: one of a few, yes or no, some of many.

They behave as ``text_fields`` do: ``value()``, ``load(value)`` (silent) and the signal ``changed(value)``.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QComboBox, QStyle, QStyleOptionComboBox, QVBoxLayout, QWidget

from apq_desktop.ui.fields.field_editing import paint_frame
from apq_desktop.ui.widgets.layouts import FlowLayout, add_layout, column_in
from apq_desktop.ui.widgets.theme import RADIUS, colours
from apq_desktop.ui.widgets.tick_boxes import TickBox

WIDEST_CHOICE = 24
"""Average characters; a longer choice is shown in part, with an ellipsis, until it is opened."""

STYLES_SIGN = 10
"""Pixels: the width of the sign for which the style leaves room."""
INDENT = 6
"""Pixels that the words stand further in than Qt would have them."""


class ChoiceField(QComboBox):
    """One of a few: ``choices`` are pairs of key and words. A key from elsewhere is shown as it is."""

    changed = Signal(str)
    editing_finished = Signal()

    def __init__(self, choices: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        for key, words in choices:
            self.addItem(words, key)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.setMinimumContentsLength(6)
        self._fit()
        self.activated.connect(lambda _: self.changed.emit(self.value()))

    def value(self) -> str:
        """The chosen key."""
        return str(self.currentData() or "")

    def load(self, value: str) -> None:
        """Show a choice without saying that it changed."""
        index = self.findData(value)
        if index < 0:
            self.addItem(value, value)
            index = self.count() - 1
        self.setCurrentIndex(index)

    def offer_choices(self, choices: Sequence[tuple[str, str]]) -> None:
        """Offer other choices. What is chosen stays so where it is among them; else the first is."""
        if [(self.itemData(n), self.itemText(n)) for n in range(self.count())] != list(choices):
            chosen = self.value()
            self.clear()
            for key, words in choices:
                self.addItem(words, key)
            self.setCurrentIndex(max(self.findData(chosen), 0))

    def minimumSizeHint(self) -> QSize:
        """Room for the longest of the choices, as far as a small window has it."""
        widest = self.fontMetrics().averageCharWidth() * WIDEST_CHOICE
        return self.sizeHint().boundedTo(QSize(widest, self.sizeHint().height()))

    def initStyleOption(self, option: QStyleOptionComboBox) -> None:
        """Show as much of the chosen words as there is room for."""
        super().initStyleOption(option)
        room = self.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, self
        )
        option.currentText = self.fontMetrics().elidedText(
            option.currentText,
            Qt.TextElideMode.ElideRight,
            room.width() - INDENT - self._sign_beyond(),
        )

    def sizeHint(self) -> QSize:
        """Room for the words where those of other fields begin, and some before the sign of the list."""
        return super().sizeHint() + QSize(2 * INDENT + self._sign_beyond(), 0)

    def showPopup(self) -> None:
        """Open the list, as wide as the longest of its words where the screen is."""
        list_ = self.view()
        wide = list_.sizeHintForColumn(0) + list_.verticalScrollBar().sizeHint().width()
        list_.setMinimumWidth(min(wide, self.screen().availableGeometry().width() - 2 * INDENT))
        super().showPopup()

    def _sign_beyond(self) -> int:
        """How much wider the sign of the list is than the style, which knows no text size, leaves room for."""
        return max(self.fontMetrics().height() // 2 - STYLES_SIGN, 0)

    def _fit(self) -> None:
        self.setMinimumHeight(self.fontMetrics().height() + 16)

    def changeEvent(self, event: QEvent) -> None:
        """Fit again when the text size changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the chosen words in the frame that every field has, and the sign of a list that opens."""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        chosen, painter = colours(self), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(chosen.field if self.isEnabled() else chosen.page))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
        style, control = self.style(), QStyle.ComplexControl.CC_ComboBox
        words = style.subControlRect(control, option, QStyle.SubControl.SC_ComboBoxEditField, self)
        painter.setPen(QColor(chosen.text if self.isEnabled() else chosen.off))
        painter.drawText(words.adjusted(INDENT, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, option.currentText)
        half = self.fontMetrics().height() / 4
        middle = QPointF(self.width() - 2 * INDENT - half, self.height() / 2)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(painter.pen().color(), 1.6))
        painter.drawPolyline([middle + QPointF(x * half, y * half) for x, y in ((-1, -0.5), (0, 0.5), (1, -0.5))])
        painter.end()
        paint_frame(self, focused=self.hasFocus())

    def wheelEvent(self, event: QEvent) -> None:
        """Scroll the form, never the choice, when the pointer passes over."""
        event.ignore()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving a field is a moment to save."""
        super().focusOutEvent(event)
        self.editing_finished.emit()


class FlagField(TickBox):
    """Yes or no."""

    changed = Signal(bool)

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.clicked.connect(lambda: self.changed.emit(self.value()))

    def value(self) -> bool:
        """Whether it is ticked."""
        return self.isChecked()

    def load(self, value: bool) -> None:
        """Show a state without saying that it changed."""
        self.setChecked(value)


class Grouped(QWidget):
    """A group of tick boxes for a list of keys, such as key stages. ``value()`` is a tuple of keys in order."""

    changed = Signal(tuple)

    def __init__(self, name: str, choices: Sequence[tuple[str, str]], *, in_row: bool = False) -> None:
        super().__init__()
        self.setAccessibleName(name)
        outer = column_in(self)
        layout = FlowLayout(14) if in_row else QVBoxLayout()
        layout.setSpacing(14 if in_row else 2)
        add_layout(outer, layout)
        self._others: tuple[str, ...] = ()
        self._boxes: dict[str, FlagField] = {}
        for key, words in choices:
            box = FlagField(words)
            box.setAccessibleName(f"{name}: {words}")
            box.changed.connect(lambda _: self.changed.emit(self.value()))
            layout.addWidget(box)
            self._boxes[key] = box

    def value(self) -> tuple[str, ...]:
        """The ticked keys in the instrument's order, then those this instrument does not know."""
        return tuple(key for key, box in self._boxes.items() if box.isChecked()) + self._others

    def load(self, value: Sequence[str]) -> None:
        """Show the ticked keys without saying that they changed."""
        for key, box in self._boxes.items():
            box.setChecked(key in value)
        self._others = tuple(key for key in value if key not in self._boxes)
