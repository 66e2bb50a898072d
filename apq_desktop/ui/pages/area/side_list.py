"""The list at the left of a category: its areas and their states, sections of the one in view, other categories."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QFontInfo, QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QTreeWidget, QTreeWidgetItem

from apq_desktop.evaluation.rules.progress import STATE_WORDS, Section, State
from apq_desktop.toolkit.catalogue import Category
from apq_desktop.ui.pages.area.side_list_rows import KEY, KIND, NOTE, Kind, SideListRows

WIDTH = 18.5
"""In ems, of which one is the size of the words: the width of the list."""
SECTIONS: dict[Section, str] = {
    "questions": "Questions",
    "strengths": "Strengths",
    "development_areas": "Development areas",
    "evidence": "Evidence",
    "actions": "Actions",
    "support": "Support",
}
_SPOKEN = Qt.ItemDataRole.AccessibleTextRole


class SideList(QTreeWidget):
    """Up and Down go from area to area, which shows each; Right leads into the sections of the one in view.

    Enter, or a click, goes on into the form.
    """

    area_chosen = Signal(str)
    section_chosen = Signal(str)
    category_chosen = Signal(str)
    entered = Signal()

    def __init__(self, category: Category, others: Sequence[Category]) -> None:
        super().__init__()
        self.rows = SideListRows(self)
        self.setAccessibleName(f"Areas of {category.title}")
        self.setHeaderLabel("Area, and how it stands")  # out of sight, but read out
        self.setHeaderHidden(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setIndentation(0)
        self.setRootIsDecorated(False)
        self.setItemsExpandable(False)
        self.setUniformRowHeights(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QTreeWidget.ScrollMode.ScrollPerPixel)
        self.viewport().setAutoFillBackground(False)
        self.setAutoFillBackground(False)
        self.setItemDelegate(self.rows)
        self._tops: list[QTreeWidgetItem] = []
        self._areas = {area.key: self._add("area", area.key, area.title, str(area.number)) for area in category.areas}
        self._sections: dict[str, QTreeWidgetItem] = {}
        for other in others:
            note = f"areas {other.areas[0].number} to {other.areas[-1].number}"
            item = self._add("category", other.key, other.title, note)
            item.setData(0, _SPOKEN, f"{other.title}, {note}")
        self.currentItemChanged.connect(self._go)
        self.itemClicked.connect(self._click)

    @property
    def shown(self) -> str:
        """The key of the area in view."""
        return self.rows.shown

    def _add(self, kind: Kind, key: str, words: str, note: str) -> QTreeWidgetItem:
        item = QTreeWidgetItem(self, [words])
        self._tops.append(item)
        item.setData(0, KIND, kind)
        item.setData(0, KEY, key)
        item.setData(0, NOTE, note)
        return item

    def show_area(self, key: str, written: Mapping[Section, int]) -> None:
        """Mark an area as the one in view, with how much is written in each of its sections; none where ``written``
        is empty.
        """
        if self.shown != key:
            self._leave_sections()
            self.rows.shown, self.rows.section = key, ""
            self.blockSignals(True)
            self.setCurrentItem(self._areas[key])
            self.blockSignals(False)
        if not written:
            self._leave_sections()
        for section, count in written.items():
            self._show_section(section, count)
        self._areas[key].setExpanded(True)
        self._fit()
        self.viewport().update()

    def _leave_sections(self) -> None:
        if self._sections:
            self._areas[self.shown].takeChildren()
            self._sections = {}

    def _show_section(self, section: Section, count: int) -> None:
        item = self._sections.get(section)
        if item is None:
            item = self._sections[section] = QTreeWidgetItem(self._areas[self.shown], [SECTIONS[section]])
            item.setData(0, KIND, "section")
            item.setData(0, KEY, section)
        item.setData(0, NOTE, str(count or ""))
        item.setData(0, _SPOKEN, f"{SECTIONS[section]}, {count} written" if count else SECTIONS[section])

    def show_section(self, section: str) -> None:
        """Mark the section of the area that is in view, wherever the focus is."""
        if self.rows.section != section:
            self.rows.section = section
            self.viewport().update()

    def show_state(self, key: str, now: State) -> None:
        """Show the state of one area, and say it to screen readers."""
        item = self._areas[key]
        spoken = f"{item.data(0, NOTE)} {item.text(0)}, {STATE_WORDS[now]}"
        if item.data(0, _SPOKEN) != spoken:
            item.setData(0, Qt.ItemDataRole.UserRole, now)
            item.setData(0, _SPOKEN, spoken)

    def best_width(self, available: int) -> int:
        """The width for this text size: roomy where there is room, never less than the widest state needs."""
        metrics = QFontMetrics(self.font())
        least = metrics.horizontalAdvance(f"0000000{STATE_WORDS['does-not-apply']}")
        return max(least, min(round(WIDTH * QFontInfo(self.font()).pixelSize()), available * 3 // 10))

    def minimumSizeHint(self) -> QSize:
        """It scrolls where the window is low."""
        return QSize(0, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Titles break elsewhere: measure the rows again."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Leave the second lines out where not all rows have room with them."""
        self.rows.compact = False
        items = (*self._tops, *self._sections.values())
        high = sum(self.sizeHintForIndex(self.indexFromItem(item)).height() for item in items)
        self.rows.compact = high > self.viewport().height()
        self.scheduleDelayedItemsLayout()

    def moveCursor(self, action: QTreeWidget.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Go from area to area; the sections of the one in view are to the right of it."""
        way, now, parent = QTreeWidget.CursorAction, self.currentIndex(), self.currentIndex().parent()
        if parent.isValid():
            return parent if action == way.MoveLeft else super().moveCursor(action, modifiers)
        last = len(self._tops) - 1
        rows = {way.MoveDown: min(now.row() + 1, last), way.MoveUp: max(now.row() - 1, 0), way.MoveEnd: last}
        if action in rows:
            return self.indexFromItem(self._tops[rows[action]])
        if action == way.MoveRight and self.model().hasChildren(now):
            return self.model().index(0, 0, now)
        return super().moveCursor(action, modifiers)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on into what is chosen."""
        item = self.currentItem()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and item is not None:
            self._enter(item)
        else:
            super().keyPressEvent(event)

    def _go(self, item: QTreeWidgetItem | None) -> None:
        if item is not None:
            key = item.data(0, KEY)
            if item.data(0, KIND) == "area" and key != self.shown:
                self.area_chosen.emit(key)
            elif item.data(0, KIND) == "section":
                self.section_chosen.emit(key)

    def _click(self, item: QTreeWidgetItem) -> None:
        if item.data(0, KIND) == "section":
            self.section_chosen.emit(item.data(0, KEY))
        elif item.data(0, KIND) == "category":
            self.category_chosen.emit(item.data(0, KEY))

    def _enter(self, item: QTreeWidgetItem) -> None:
        if item.data(0, KIND) == "category":
            self.category_chosen.emit(item.data(0, KEY))
        else:
            self._go(item)
            self.entered.emit()
