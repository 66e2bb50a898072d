"""A page beside the tabs, with its heading and the way back."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from apq_desktop.ui.widgets.buttons import LinkButton
from apq_desktop.ui.widgets.scroll_area import FormScroll, set_tab_order
from apq_desktop.ui.widgets.side_rows import SideRows
from apq_desktop.ui.widgets.text_labels import PlainLabel


class Page(FormScroll):
    """A page with a link back, a heading and a sentence. ``refresh`` is called whenever it comes into view."""

    closed = Signal()
    help_key = ""

    def __init__(self, sentence: str = "", *, back: str = "Back to the evaluation") -> None:
        super().__init__()
        self._heading = PlainLabel(scale=1.9, bold=True)
        self.back = LinkButton(f"←  {back}", name=back)
        self.back.clicked.connect(self.closed)
        self.column.addWidget(self.back)
        self.column.addWidget(self._heading)
        if sentence:
            self.column.addWidget(PlainLabel(sentence, scale=1.1, quiet=True))

    def show_title(self, title: str) -> None:
        """Show the heading."""
        self.setAccessibleName(title)
        self._heading.setText(title)

    def stand_below(self, bar: QWidget) -> None:
        """Let a bar stand below what scrolls, so that it is always in view."""
        self._bar = bar
        bar.setParent(self)
        self._make_room()

    def stand_beside(self, side: SideRows) -> None:
        """Let a list stand at the left of what scrolls, where both have room."""
        self._side = side
        side.setParent(self)
        self._make_room()

    def event(self, event: QEvent) -> bool:
        """Keep the list beside and the bar below when the page's size, the text's or the bar's own words change."""
        known = super().event(event)
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize, QEvent.Type.FontChange):
            self._make_room()
        return known

    def _make_room(self) -> None:
        bar, side = getattr(self, "_bar", None), getattr(self, "_side", None)
        needed = 0
        if bar is not None:
            needed = bar.heightForWidth(self.width()) if bar.hasHeightForWidth() else bar.sizeHint().height()
        left = side.best_width(self.width()) if side is not None else 0
        margins = self.viewportMargins()
        if (margins.left(), margins.bottom()) != (left, needed):
            self.setViewportMargins(left, 0, 0, needed)
        if bar is not None:
            bar.setGeometry(0, self.height() - needed, self.width(), needed)
        if side is not None:
            side.setGeometry(0, 0, left, self.height() - needed)
            side.setVisible(bool(left))

    def order(self) -> None:
        """Let Tab go through the list beside the page, the page as it is read, then what stands below it."""
        bar, side = getattr(self, "_bar", None), getattr(self, "_side", None)
        set_tab_order(*([side] if side else []), self.page, *([bar] if bar else []))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leads back."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, on: bool) -> bool:
        """Tab goes through the page as it is read, whatever was made since it came into view."""
        self.order()
        return super().focusNextPrevChild(on)

    def refresh(self) -> None:
        """Show how everything stands now."""

    def focus_first(self) -> None:
        """Put the focus where the page begins."""
        self.back.setFocus()
