"""A long text to read in a page that scrolls: as high as it is, without a scroll bar of its own."""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QEvent, Qt, QUrl, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent, QPalette, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractSlider, QFrame, QSizePolicy, QTextBrowser

from apq_desktop.ui.fields.field_editing import paint_frame
from apq_desktop.ui.widgets.theme import colours

_Action = QAbstractSlider.SliderAction
_SCROLLING = {
    Qt.Key.Key_Up: _Action.SliderSingleStepSub,
    Qt.Key.Key_Down: _Action.SliderSingleStepAdd,
    Qt.Key.Key_PageUp: _Action.SliderPageStepSub,
    Qt.Key.Key_PageDown: _Action.SliderPageStepAdd,
    Qt.Key.Key_Space: _Action.SliderPageStepAdd,
    Qt.Key.Key_Home: _Action.SliderToMinimum,
    Qt.Key.Key_End: _Action.SliderToMaximum,
}


class WholeText(QTextBrowser):
    """Links to its parts ask to scroll to ``place_wanted``; those to an area leave for its form. Nothing is loaded."""

    area_chosen = Signal(str)
    place_wanted = Signal(int)
    scroll_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._page = ""
        self.setAccessibleName("The evaluation as its reader sees it")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        for hide in (self.setHorizontalScrollBarPolicy, self.setVerticalScrollBarPolicy):
            hide(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(16)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self.anchorClicked.connect(self._follow)
        self._dress()

    def show_page(self, page: str) -> None:
        """Show a page."""
        self._page = page
        self.setHtml(page)
        self._fit()

    def show_place(self, name: str) -> None:
        """Ask for the place of a part to be in view."""
        if (y := self._top_of(name)) is not None:
            self.place_wanted.emit(y)

    def _top_of(self, name: str) -> int | None:
        block = self.document().firstBlock()
        while block.isValid():
            fragments = block.begin()
            while not fragments.atEnd():
                if name in fragments.fragment().charFormat().anchorNames():
                    return round(self.document().documentLayout().blockBoundingRect(block).top())
                fragments += 1
            block = block.next()
        return None

    def loadResource(self, _kind: int, _name: QUrl | str) -> None:
        """Load nothing, from the disk or from elsewhere."""

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of text size or colours."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.PaletteChange):
            self._dress()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Be as high as the text where its lines break elsewhere."""
        super().resizeEvent(event)
        self._fit()

    def _dress(self) -> None:
        chosen = colours(QPalette())
        self.document().setDefaultStyleSheet(
            f"a {{ color: {chosen.accent}; }} h1, h2, h3, h4, th, b {{ font-weight: 600; }} "
            "td, th { padding: 4px; text-align: left; }"
        )
        if self._page:
            self.show_page(self._page)

    def _fit(self) -> None:
        height = ceil(self.document().size().height()) + 2
        if height != self.height():
            self.setFixedHeight(height)

    def _follow(self, link: QUrl) -> None:
        if link.scheme() == "area":
            self.area_chosen.emit(link.path())
        elif link.hasFragment():
            self.show_place(link.fragment())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys that scroll are the page's."""
        action = _SCROLLING.get(Qt.Key(event.key()))
        if action is not None and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.scroll_wanted.emit(action)
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll the page."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the text, then its frame, or the ring where it has the focus."""
        super().paintEvent(event)
        paint_frame(self.viewport(), focused=self.hasFocus())
