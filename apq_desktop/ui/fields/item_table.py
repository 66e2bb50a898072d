"""A table of an evaluation's items (actions, evidence): sorted, filtered, edited in place through the session."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from apq_desktop.evaluation.edits.changes import Change, SetField, Target, single_steps
from apq_desktop.ui.fields.choice_fields import ChoiceField
from apq_desktop.ui.fields.text_fields import DateField, LineField
from apq_desktop.ui.session.editing_session import EditingSession

AIR = 5
"""Pixels above and below the words of a row."""
HEADER_FLAGS = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextWordWrap)
HEADER_SPARE = 28
"""Pixels of a column's head that the arrow and the margins take."""
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class Column:
    """One column: its title, how an item is shown in it, and the field that is edited there (none: not here)."""

    title: str
    shown: Callable[[Any], str]
    field: str = ""
    editor: Literal["line", "date", "choice"] = "line"
    choices: Sequence[tuple[str, str]] = ()
    stretch: int = 2


class ItemModel(QAbstractTableModel):
    """The items that ``chosen`` gives, a row each. While a cell is edited the rows stay where they are."""

    def __init__(
        self,
        session: EditingSession,
        kind: Literal["actions", "evidence"],
        columns: Sequence[Column],
        chosen: Callable[[], list[Any]],
    ) -> None:
        super().__init__()
        self._session, self._kind, self.columns, self._chosen = session, kind, columns, chosen
        self.items: list[Any] = []
        session.change_made.connect(self._follow)
        self.renew()

    def renew(self) -> None:
        """Choose and order the rows anew. What stands in them is said when it changes."""
        chosen = self._chosen()
        if [item.id for item in chosen] != [item.id for item in self.items]:
            self.beginResetModel()
            self.items = chosen
            self.endResetModel()
        else:
            self.items = chosen

    def row_of(self, key: str) -> int:
        """The row of the item with this id, or -1."""
        return next((row for row, item in enumerate(self.items) if item.id == key), -1)

    def target(self, row: int) -> Target:
        """What the fields of a row belong to."""
        return Target(self._kind, self.items[row].id)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """How many items are shown."""
        return 0 if parent.isValid() else len(self.items)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """How many columns there are."""
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The columns' titles."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What stands in a cell, for the eye, the editor and the screen reader."""
        column, item = self.columns[index.column()], self.items[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return column.shown(item)
            case Qt.ItemDataRole.EditRole if column.field:
                return getattr(item, column.field)
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{column.title}: {column.shown(item) or 'nothing written'}"
            case Qt.ItemDataRole.TextAlignmentRole:
                return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Send what was typed into a cell through the session."""
        column = self.columns[index.column()]
        if role != Qt.ItemDataRole.EditRole or not column.field:
            return False
        self._session.set_field(self.target(index.row()), column.field, value)
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Which cells can be edited."""
        flags = super().flags(index)
        if self.columns[index.column()].field and not self._session.read_only:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def _follow(self, change: Change) -> None:
        if not all(isinstance(step, SetField) for step in single_steps(change)):
            self.renew()
        self._all_changed()

    def _all_changed(self) -> None:
        if self.items:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.items) - 1, len(self.columns) - 1))


class CellEditor(QStyledItemDelegate):
    """Edits a cell with the same fields as the forms."""

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:
        """The field for a column."""
        model = index.model()
        assert isinstance(model, ItemModel)
        column = model.columns[index.column()]
        field: LineField | ChoiceField
        match column.editor:
            case "choice":
                field = ChoiceField(column.choices)
            case "date":
                field = DateField()
            case _:
                field = LineField()
        field.setParent(parent)
        field.setAccessibleName(column.title)
        field.setAutoFillBackground(True)
        return field

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """The words with some air around them."""
        return super().sizeHint(option, index) + QSize(0, 2 * AIR)

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Show the cell's value in the field."""
        if isinstance(editor, LineField | ChoiceField):
            editor.load(str(index.data(Qt.ItemDataRole.EditRole)))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Send the field's value to the model."""
        if isinstance(editor, LineField | ChoiceField):
            model.setData(index, editor.value())


class ItemTable(QTableView):
    """The table itself: words wrap, rows are as high as their words, headers sort."""

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
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )
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
        self.selectionModel().currentRowChanged.connect(lambda now, _: self.chosen.emit(now.row()))
        self._fitted_width = 0
        self._fit_soon = QTimer(self, singleShot=True, interval=0)
        self._fit_soon.timeout.connect(self._fit)
        model.modelReset.connect(self._changed)
        model.dataChanged.connect(self._changed)

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
