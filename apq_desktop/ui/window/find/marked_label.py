"""Found words in a text that is only read: selected in their label, in the middle of the page."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from apq_desktop.evaluation.rules.search import places
from apq_desktop.ui.fields.field_editing import units
from apq_desktop.ui.widgets.scroll_area import FormScroll
from apq_desktop.ui.widgets.text_labels import PlainLabel


class MarkedLabel:
    """The one label in which words are marked. The next one takes its place."""

    def __init__(self) -> None:
        self._label: PlainLabel | None = None

    def mark(self, window: QWidget, text: str, wanted: tuple[str, ...]) -> None:
        """Select the first of the words in the label in view that shows this text."""
        if self._label is not None and shiboken6.isValid(self._label):
            self._label.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        labels = (label for label in window.findChildren(PlainLabel) if text in label.text() and label.isVisible())
        self._label = next(labels, None)
        if self._label is None:
            return
        shown = QLabel.text(self._label)  # with the signs that let a long word break
        self._label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        first, last = places(shown, wanted)[0]
        self._label.setSelection(units(shown[:first]), units(shown[first:last]))
        centre(self._label)


def centre(widget: QWidget) -> None:
    """Scroll the page so that the selected words stand in its middle."""
    parent = widget.parentWidget()
    while parent is not None and not isinstance(parent, FormScroll):
        parent = parent.parentWidget()
    if parent is not None:
        parent.centre(widget)
