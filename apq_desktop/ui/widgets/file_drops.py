"""Files that are dropped anywhere on a window, or pasted into one of its fields, go to the window and into no field."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt, Signal
from PySide6.QtGui import QDropEvent, QGuiApplication, QKeyEvent, QKeySequence, QWindow
from PySide6.QtWidgets import QApplication, QLineEdit, QTextEdit

_DRAGGED = (QEvent.Type.DragEnter, QEvent.Type.DragMove, QEvent.Type.Drop)


class FileDrops(QObject):
    """Watch the window of the system, which every drop and every key reaches before any field does.

    ``arrived`` has the paths. The program that a file is dragged from is never told that it was moved, for then it
    would delete it.
    """

    arrived = Signal(list)

    def watch(self, window: QWindow) -> None:
        """Begin, once the window is there."""
        window.installEventFilter(self)

    def eventFilter(self, _window: QObject, event: QEvent) -> bool:
        """Take files; leave everything else to the fields."""
        if isinstance(event, QDropEvent) and event.type() in _DRAGGED:
            return self._dragged(event)
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            field = QApplication.focusWidget()
            takes_words = isinstance(field, QLineEdit | QTextEdit) and not field.isReadOnly()
            return takes_words and event.matches(QKeySequence.StandardKey.Paste) and self._pasted()
        return False

    def _pasted(self) -> bool:
        files = files_in(on_clipboard())
        if files:
            self.arrived.emit(files)
        return bool(files)

    def _dragged(self, event: QDropEvent) -> bool:
        files = files_in(event.mimeData())
        if not files:
            return False
        copies = bool(event.possibleActions() & Qt.DropAction.CopyAction)
        dropped = event.type() == QEvent.Type.Drop
        event.setDropAction(Qt.DropAction.IgnoreAction if dropped and not copies else Qt.DropAction.CopyAction)
        event.accept()
        if dropped:
            self.arrived.emit(files)
        return True


def on_clipboard() -> QMimeData:
    """What the clipboard holds; nothing where nobody has put anything there, for which Qt has no object at all."""
    held: QMimeData | None = QGuiApplication.clipboard().mimeData()
    return held if held is not None else QMimeData()


def files_in(source: QMimeData) -> list[Path]:
    """The files that a drop or the clipboard carries."""
    return [Path(url.toLocalFile()) for url in source.urls() if url.isLocalFile()]
