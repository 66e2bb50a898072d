"""A page beside the tabs, with its heading and the way back."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from apq_desktop.ui.widgets.buttons import LinkButton
from apq_desktop.ui.widgets.layouts import add_layout
from apq_desktop.ui.widgets.scroll_area import READ, FormScroll, set_tab_order
from apq_desktop.ui.widgets.side_rows import SideRows
from apq_desktop.ui.widgets.text_labels import PlainLabel


class Page(FormScroll):
    """A page with a link back, a heading and a sentence. ``refresh`` is called whenever it comes into view."""

    closed = Signal()
    help_key = ""

    def __init__(self, sentence: str = "", *, back: str = "Back to the evaluation", widest: int = 0) -> None:
        """Make the page, ``widest`` pixels wide at the most; without, as wide as is good to read."""
        super().__init__(widest=widest)
        if not widest:
            self.limit_to_lines(READ)
        self.whole: QWidget = self
        """What a window shows: the page, with what stands beside and below it."""
        self.heading = PlainLabel(scale=1.9, bold=True)
        self.back = LinkButton(f"←  {back}", name=back)
        self.back.clicked.connect(self.closed)
        self.column.addWidget(self.back)
        self.column.addWidget(self.heading)
        if sentence:
            self.column.addWidget(PlainLabel(sentence, scale=1.1, quiet=True))

    def show_title(self, title: str) -> None:
        """Show the heading."""
        self.setAccessibleName(title)
        self.heading.setText(title)

    def stand_below(self, bar: QWidget) -> None:
        """Let a bar stand below what scrolls, so that it is always in view."""
        self._bar = bar
        self._around().stand_below(bar)

    def stand_beside(self, side: SideRows) -> None:
        """Let a list stand at the left of what scrolls, where both have room."""
        self._side = side
        self._around().stand_beside(side)

    def _around(self) -> PageWithParts:
        if not isinstance(self.whole, PageWithParts):
            self.whole = PageWithParts(self)
        return self.whole

    def regions(self) -> list[QWidget]:
        """The list beside, the page and the bar below, as far as it has them."""
        bar, side = getattr(self, "_bar", None), getattr(self, "_side", None)
        return [part for part in (side, self, bar) if part is not None]

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

    def refresh_if_visible(self) -> None:
        """Show it where somebody sees it; else it is shown when the page comes into view."""
        if self.isVisible():
            self.refresh()

    def focus_first(self) -> None:
        """Put the focus where the page begins."""
        self.back.setFocus()


class PageWithParts(QWidget):
    """A page with a bar below, a list at the left, or both.

    They are not in the page itself: of what scrolls, screen readers are told only what is scrolled.
    """

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.page = page
        self._side: SideRows | None = None
        self._row, self._rows = QHBoxLayout(), QVBoxLayout(self)
        for layout in (self._row, self._rows):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(0)
        self._row.addWidget(page, 1)
        add_layout(self._rows, self._row, 1)

    def stand_below(self, bar: QWidget) -> None:
        """Show a bar over the whole width."""
        self._rows.addWidget(bar)

    def stand_beside(self, side: SideRows) -> None:
        """Show a list as wide as it is best, or none where it has no room."""
        if self._side is not side:
            self._side = side
            self._row.insertWidget(0, side)
            side.lower()  # it is read first
        self._divide()

    def _divide(self) -> None:
        if (side := self._side) is not None:
            width = side.best_width(self.width())
            side.setFixedWidth(width)
            side.setVisible(bool(width))

    def event(self, event: QEvent) -> bool:
        """Divide the width again when it changes, or the size of text."""
        known = super().event(event)
        if event.type() in (QEvent.Type.Resize, QEvent.Type.FontChange):
            self._divide()
        return known

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys mean the same in the bar and the list as in the page."""
        self.page.keyPressEvent(event)
