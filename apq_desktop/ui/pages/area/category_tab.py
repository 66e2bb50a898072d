"""One category: its areas at the left with their states, the chosen area's form at the right."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QStackedWidget,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from apq_desktop.evaluation.edits.changes import Change, Target
from apq_desktop.evaluation.rules.progress import STATE_WORDS, State, state
from apq_desktop.toolkit.catalogue import Area, Category
from apq_desktop.ui.pages.area.area_form import AreaForm
from apq_desktop.ui.pages.area.guidance_panel import GuidancePanel
from apq_desktop.ui.session.editing_session import EditingSession
from apq_desktop.ui.widgets.scroll_area import set_tab_order
from apq_desktop.ui.widgets.text_labels import PlainLabel, paint_tag, scaled_font, tag_size
from apq_desktop.ui.widgets.theme import STATE_TONES, colours

ROOM_FOR_BOTH = 100
"""Average characters that form and guidance need to stand side by side; else guidance covers the form."""
_STATE = Qt.ItemDataRole.UserRole + 1
_NUMBER = Qt.ItemDataRole.UserRole + 2


class CategoryTab(QWidget):
    """The areas of one category. Forms are built when first shown."""

    help_key = "writing-well"
    area_chosen = Signal(str)

    def __init__(self, session: EditingSession, category: Category) -> None:
        super().__init__()
        self._session, self.category = session, category
        self.forms: dict[str, AreaForm] = {}
        self.areas = AreaList(category.areas)
        self.areas.setAccessibleName(f"Areas of {category.title}")
        self.areas.currentRowChanged.connect(self._row_changed)
        self.count = PlainLabel(quiet=True, scale=0.95)
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(10, 16, 10, 12)
        column.addWidget(self.areas, 1)
        column.addWidget(self.count)
        self._stack = QStackedWidget()
        self._with_guidance = False
        self.guidance = GuidancePanel(session.catalogue)
        self.guidance.hide()
        self.guidance.closed.connect(self._close_guidance)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(side)
        layout.addWidget(_upright())
        layout.addWidget(self._stack, 1)
        self._edge = _upright()
        self._edge.hide()
        layout.addWidget(self._edge)
        layout.addWidget(self.guidance, 1)
        session.listeners.add(self._show_states, *(Target("area", area.key) for area in category.areas))
        self._show_states()

    def show_area(self, key: str) -> AreaForm:
        """Show an area's form; at the first visit it is built from the top, and goes on once that is painted."""
        area = self._session.catalogue.area(key)
        form = self.forms.get(key)
        if form is None:
            form = AreaForm(self._session, area)
            form.area_chosen.connect(self.area_chosen)
            form.guidance_requested.connect(self._toggle_guidance)
            form.part_chosen.connect(self._show_guidance)
            form.controls_changed.connect(partial(self._set_tab_order, form))
            self.forms[key] = form
            self._stack.addWidget(form)
        self._stack.setCurrentWidget(form)
        row = self.category.areas.index(area)
        if self.areas.currentRow() != row:
            self.areas.blockSignals(True)
            self.areas.setCurrentRow(row)
            self.areas.blockSignals(False)
        self._show_guidance()
        return form

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Divide the width anew."""
        super().resizeEvent(event)
        self._divide()

    def changeEvent(self, event: QEvent) -> None:
        """Divide the width anew when the text size changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._divide()

    def _divide(self) -> None:
        self.areas.setFixedWidth(self.areas.best_width(self.width()))
        self._show_guidance()

    def show_first(self) -> None:
        """Show an area if none is shown yet."""
        if not self.forms:
            self.show_area(self.category.areas[0].key)

    def _row_changed(self, row: int) -> None:
        if row >= 0:
            self._session.flush()
            self.show_area(self.category.areas[row].key)

    def _toggle_guidance(self) -> None:
        self._with_guidance = not self._with_guidance
        self._show_guidance()
        if self._with_guidance and not self._stack.isVisible():
            self.guidance.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes the guidance."""
        if event.key() == Qt.Key.Key_Escape and self._with_guidance:
            self._close_guidance()
        else:
            super().keyPressEvent(event)

    def _close_guidance(self) -> None:
        """Close it; who was writing goes on, and who was reading is back at the button."""
        form, focus = self._stack.currentWidget(), self.window().focusWidget()
        self._with_guidance = False
        self._show_guidance()
        if isinstance(form, AreaForm) and not form.isAncestorOf(focus):
            form.guidance.setFocus()

    def _show_guidance(self) -> None:
        form, shown = self._stack.currentWidget(), self._with_guidance
        if isinstance(form, AreaForm):
            form.show_guidance_open(shown)
            if shown:
                self.guidance.show_area(form.area, form.part.value())
            beside = self.width() - self.areas.width() > self.fontMetrics().averageCharWidth() * ROOM_FOR_BOTH
            self._stack.setVisible(beside or not shown)
            self.guidance.setMaximumWidth(self.width() * 3 // 10 if beside else self.width())
            self._edge.setVisible(shown)
            self.guidance.setVisible(shown)
            form.settle()

    def _set_tab_order(self, form: AreaForm) -> None:
        """Areas, form, guidance: as they stand, though the form is made last."""
        set_tab_order(self.areas, form)

    def _show_states(self, _change: Change | None = None) -> None:
        evaluation = self._session.evaluation
        ready = 0
        for row, area in enumerate(self.category.areas):
            now = state(evaluation, evaluation.area(area.key))
            self.areas.show_state(row, area, now)
            ready += now in ("ready", "does-not-apply")
        self.count.setText(f"{self.category.title}: {ready} of {len(self.category.areas)} areas ready")


class AreaList(QListWidget):
    """The areas to choose from, each with its number and state; wide enough for the chosen text size."""

    def __init__(self, areas: tuple[Area, ...]) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setItemDelegate(_AreaDelegate(self))
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.viewport().setAutoFillBackground(False)
        self.setAutoFillBackground(False)
        for area in areas:
            item = QListWidgetItem(area.title)
            item.setData(_NUMBER, str(area.number))
            self.addItem(item)

    def show_state(self, row: int, area: Area, now: State) -> None:
        """Show the state of one area, and say it to screen readers."""
        item = self.item(row)
        if item.data(_STATE) != now:
            item.setData(_STATE, now)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{area.number} {area.title}, {STATE_WORDS[now]}")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Titles break elsewhere: measure the rows anew."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def best_width(self, available: int) -> int:
        """The width for this text size: roomy where there is room, never less than the widest state needs."""
        metrics = QFontMetrics(self.font())
        least = tag_size(STATE_WORDS["does-not-apply"]).width() + metrics.horizontalAdvance("0000") + 24
        return max(least, min(metrics.averageCharWidth() * 34, available * 3 // 10))


class _AreaDelegate(QStyledItemDelegate):
    """Draws one area: number, wrapped title, state."""

    _PAD = 10

    def _parts(self, index: QModelIndex | QPersistentModelIndex) -> tuple[QRect, int]:
        number = QFontMetrics(scaled_font(1.0, bold=True)).horizontalAdvance("00") + 12
        view = self.parent()
        width = view.viewport().width() if isinstance(view, AreaList) else 200
        wide = QRect(0, 0, max(width - number - 2 * self._PAD, 60), 10_000)
        metrics = QFontMetrics(scaled_font(1.0, bold=True))
        text = metrics.boundingRect(wide, Qt.TextFlag.TextWordWrap, str(index.data()))
        return QRect(self._PAD + number, self._PAD, wide.width(), text.height()), number

    def sizeHint(self, _option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Title, then state."""
        title, _ = self._parts(index)
        tag = tag_size("Does not apply").height()
        return QSize(100, title.height() + tag + 2 * self._PAD + 6)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw from the palette, with the selection as a rounded ground and the focus as a ring."""
        view = self.parent()
        assert isinstance(view, AreaList)
        chosen = colours(view)
        row = QRect(option.rect)
        selected = view.currentRow() == index.row()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(chosen.selected))
            painter.drawRoundedRect(row.adjusted(1, 1, -1, -1), 6, 6)
            painter.fillRect(QRect(row.left() + 1, row.top() + 8, 4, row.height() - 16), QColor(chosen.accent))
            if view.hasFocus():
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(QColor(chosen.accent), 2))
                painter.drawRoundedRect(row.adjusted(2, 2, -2, -2), 6, 6)
        title, number = self._parts(index)
        title.translate(row.topLeft())
        painter.setPen(QColor(chosen.accent if selected else chosen.text))
        painter.setFont(scaled_font(1.0, bold=True))
        left = row.left() + self._PAD
        painter.drawText(
            QRect(left, title.top(), number, title.height()), Qt.AlignmentFlag.AlignTop, index.data(_NUMBER)
        )
        painter.setPen(QColor(chosen.text))
        painter.setFont(scaled_font(1.0, bold=selected))
        written = painter.drawText(title, Qt.TextFlag.TextWordWrap, str(index.data()))
        now: State = index.data(_STATE) or "not-started"
        words = STATE_WORDS[now]
        tag = QRect(written.bottomLeft(), tag_size(words)).translated(0, 6)
        paint_tag(painter, tag, words, STATE_TONES[now], view)
        painter.restore()


def _upright() -> QFrame:
    line = QFrame()
    line.setFrameShape(QFrame.Shape.VLine)
    line.setFrameShadow(QFrame.Shadow.Plain)
    line.setForegroundRole(line.palette().ColorRole.Mid)
    return line
