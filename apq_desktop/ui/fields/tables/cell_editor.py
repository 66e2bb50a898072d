"""Paint the cells of a table, and edit them with the fields of the forms: each letter reaches the evaluation."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemDelegate, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from apq_desktop.ui.fields.choice_fields import ChoiceField
from apq_desktop.ui.fields.field_widgets import choices_of, field_widget
from apq_desktop.ui.fields.line_fields import LineField
from apq_desktop.ui.fields.tables.item_model import Index
from apq_desktop.ui.fields.text_fields import TextField
from apq_desktop.ui.session.field_binding import connect
from apq_desktop.ui.widgets.theme import RING, Colours, colours

if TYPE_CHECKING:
    from PySide6.QtWidgets import QTableView

    from apq_desktop.ui.fields.tables.cell_metrics import CellMetrics
    from apq_desktop.ui.fields.tables.item_rows import ItemRows

BAR = 4
RADIUS = 6.0
_TABS: dict[int, QAbstractItemDelegate.EndEditHint] = {
    Qt.Key.Key_Tab: QAbstractItemDelegate.EndEditHint.EditNextItem,
    Qt.Key.Key_Backtab: QAbstractItemDelegate.EndEditHint.EditPreviousItem,
}


class CellEditor(QStyledItemDelegate):
    """Enter and Tab end the editing of a cell; Shift+Enter begins a line; Esc gives back what stood there.

    ``grown`` asks the table to give the row the height that its text needs now.
    """

    grown = Signal()

    def __init__(self, table: QTableView, rows: ItemRows, room: CellMetrics) -> None:
        super().__init__(table)
        self._table, self._rows, self._room = table, rows, room
        self._grow = QTimer(self, singleShot=True, interval=0)
        self._grow.timeout.connect(self._tell_grown)
        self.field: Any = None
        self._before: Any = ""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a cell or a heading: the ground and the bar of a chosen row, the words, the ring of the focus."""
        chosen = colours(self._table)
        place, rows = option.rect, self._rows
        heading, item = rows.heading(index.row()), rows.item(index.row())
        painter.save()
        if heading is not None:
            self._room.cells.paint_heading(painter, place, heading, chosen)
        elif item is not None:
            self._paint_ground(painter, option, index, chosen)
        if option.state & QStyle.StateFlag.State_HasFocus:
            _paint_ring(painter, place, chosen)
        if item is not None:
            room, number = self._room, index.column()
            pieces = room.pieces(item) if number == room.main else ()
            room.cells.paint(painter, place, room.faces(item)[number], chosen, pieces)
        painter.restore()

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, chosen: Colours) -> None:
        place = option.rect
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(place, QColor(chosen.selected))
            if index.column() == self._room.main:
                painter.fillRect(QRect(place.left(), place.top(), BAR, place.height()), QColor(chosen.accent))
        painter.fillRect(QRect(place.left(), place.bottom(), place.width(), 1), QColor(chosen.line))

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:
        """The field for a column, bound to the item of the row."""
        rows = self._rows
        column, item = rows.columns[index.column()], rows.item(index.row())
        target, session = rows.model.target(item.id), rows.model.session
        assert column.field is not None
        field: Any = field_widget(replace(column.field, lines=1), choices_of(column.field, session, target))
        if isinstance(field, TextField):
            field.changed.connect(self._grow.start)
        field.setParent(parent)
        field.setAccessibleName(column.title)
        field.setAutoFillBackground(True)
        connect(field, session, target, column.name)
        self.field, self._before = field, field.value()
        return cast("QWidget", field)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, _index: Index) -> None:
        """Stand over the cell: prose over all of it, a line at its top, never lower than the field needs."""
        place, least = option.rect, editor.minimumSizeHint().height()
        height = max(place.height(), least) if isinstance(editor, TextField) else least
        editor.setGeometry(place.x(), place.y(), place.width(), height)

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Follow a change from elsewhere, such as undo."""
        if isinstance(editor, TextField | LineField | ChoiceField):
            editor.load(str(index.data(Qt.ItemDataRole.EditRole)))

    def setModelData(self, _editor: QWidget, _model: object, _index: Index) -> None:
        """Nothing: each letter is in the evaluation already."""

    def destroyEditor(self, editor: QWidget, index: Index) -> None:
        """The cell is left."""
        if editor is self.field:
            self.field = None
        super().destroyEditor(editor, index)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The keys that end the editing, the same in each kind of field."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and isinstance(watched, QWidget):
            hint = self._ends(event)
            if hint is not None:
                self.closeEditor.emit(watched, hint)
                return True
        return super().eventFilter(watched, event)

    def _ends(self, event: QKeyEvent) -> QAbstractItemDelegate.EndEditHint | None:
        match event.key():
            case Qt.Key.Key_Escape:
                if self.field.value() != self._before:
                    self.field.changed.emit(self._before)
                return QAbstractItemDelegate.EndEditHint.NoHint
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                return QAbstractItemDelegate.EndEditHint.NoHint
        return _TABS.get(event.key())

    def _tell_grown(self) -> None:
        if self.field is not None:
            self.grown.emit()


def _paint_ring(painter: QPainter, place: QRect, chosen: Colours) -> None:
    """Draw the ring of the cell with the focus. Its ground keeps it clear of the chosen row's."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(chosen.accent), RING))
    painter.setBrush(QColor(chosen.card))
    inset = RING / 2 + 1
    painter.drawRoundedRect(QRectF(place).adjusted(inset, inset, -inset, -inset), RADIUS, RADIUS)
