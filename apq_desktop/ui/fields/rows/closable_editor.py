"""The editor of something that may be done with: then it is one line, which opens what belongs to it."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from apq_desktop.ui.widgets.fold import FoldButton
from apq_desktop.ui.widgets.layouts import column_in
from apq_desktop.ui.widgets.scroll_area import reading_order


class ClosableEditor(QWidget):
    """``body`` is the layout of the editor. While it is closed, ``line`` stands in its place."""

    def __init__(self) -> None:
        super().__init__()
        self._inside = QWidget()
        self.body = column_in(self._inside, 5)
        self.line = FoldButton("")
        self.line.hide()
        self.line.clicked.connect(self._go_in)
        column = column_in(self)
        column.addWidget(self.line)
        column.addWidget(self._inside)

    def say(self, words: str, note: str) -> None:
        """Show in the line what it is, and how it ended."""
        self.line.setText(words)
        self.line.show_note(note, plain=True)

    def close_it(self, *, closed: bool) -> None:
        """Show the line, or the editor."""
        self.line.setVisible(closed)
        self._inside.setVisible(not closed)

    def _go_in(self) -> None:
        self.close_it(closed=False)
        next(reading_order(self._inside)).setFocus()
