"""A page beside the tabs, with its heading and the way back."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from apq_desktop.ui.widgets.buttons import LinkButton
from apq_desktop.ui.widgets.scroll_area import FormScroll, set_tab_order
from apq_desktop.ui.widgets.text_labels import PlainLabel


class Page(FormScroll):
    """A page with a link back, a heading and a sentence. ``refresh`` is called whenever it comes into view."""

    closed = Signal()
    help_key = ""

    def __init__(self, sentence: str = "", *, back: str = "Back to the evaluation") -> None:
        super().__init__()
        self.whole: QWidget = self
        """What a window shows: the page, or it and the bar that stands below it."""
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
        self.whole = PageAboveBar(self, bar)

    def regions(self) -> list[QWidget]:
        """The page, and the bar below it where it has one."""
        bar = getattr(self, "_bar", None)
        return [self, bar] if bar is not None else [self]

    def order(self) -> None:
        """Let Tab go through the page as it is read, then to what stands below it."""
        bar = getattr(self, "_bar", None)
        set_tab_order(self.page, *([bar] if bar else []))

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


class PageAboveBar(QWidget):
    """A page with a bar below. Not in the page itself: of what scrolls, screen readers are told only what scrolls."""

    def __init__(self, page: Page, bar: QWidget) -> None:
        super().__init__()
        self.page = page
        both = QVBoxLayout(self)
        both.setContentsMargins(0, 0, 0, 0)
        both.setSpacing(0)
        both.addWidget(page, 1)
        both.addWidget(bar)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys mean the same in the bar as in the page."""
        self.page.keyPressEvent(event)
