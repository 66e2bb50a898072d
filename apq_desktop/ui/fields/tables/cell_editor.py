"""Edits a cell of a table with the same fields as the forms: each letter reaches the evaluation as it is typed."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QSize, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemDelegate, QStyledItemDelegate, QStyleOptionViewItem, QTableView, QWidget

from apq_desktop.ui.fields.choice_fields import ChoiceField
from apq_desktop.ui.fields.line_fields import DateField, LineField
from apq_desktop.ui.fields.tables.item_model import ItemModel
from apq_desktop.ui.fields.text_fields import TextField
from apq_desktop.ui.session.field_binding import connect

AIR = 5
"""Pixels above and below the words of a row."""
Index = QModelIndex | QPersistentModelIndex
_TABS: dict[int, QAbstractItemDelegate.EndEditHint] = {
    Qt.Key.Key_Tab: QAbstractItemDelegate.EndEditHint.EditNextItem,
    Qt.Key.Key_Backtab: QAbstractItemDelegate.EndEditHint.EditPreviousItem,
}


class CellEditor(QStyledItemDelegate):
    """Enter and Tab end the editing of a cell; Shift+Enter begins a line; Esc gives back what stood there."""

    def __init__(self, table: QTableView) -> None:
        super().__init__(table)
        self._table = table
        self._grow = QTimer(self, singleShot=True, interval=0)
        self._grow.timeout.connect(self._show_whole)
        self.field: Any = None
        self._before: Any = ""

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:
        """The field for a column, bound to the item of the row."""
        model = index.model()
        assert isinstance(model, ItemModel)
        column, target = model.columns[index.column()], model.target(index.row())
        field: TextField | LineField | ChoiceField
        match column.editor:
            case "choice":
                field = ChoiceField(column.choices)
            case "date":
                field = DateField()
            case "text":
                field = TextField(lines=1)
                field.changed.connect(self._grow.start)
            case _:
                field = LineField()
        field.setParent(parent)
        field.setAccessibleName(column.title)
        field.setAutoFillBackground(True)
        connect(field, model.session, target, column.field)
        self.field, self._before = field, field.value()
        return field

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """The words with some air around them; a cell that is being edited has room for its field."""
        hint = super().sizeHint(option, index) + QSize(0, 2 * AIR)
        if isinstance(self.field, TextField) and index == self._table.currentIndex():
            hint.setHeight(max(hint.height(), self.field.height()))
        return hint

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, _index: Index) -> None:
        """Stand over the cell, never lower than the field needs."""
        place = option.rect
        height = max(place.height(), editor.minimumSizeHint().height())
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

    def _show_whole(self) -> None:
        """The row grows with its text."""
        if self.field is not None:
            self._table.resizeRowToContents(self._table.currentIndex().row())
            self._table.scrollTo(self._table.currentIndex())
