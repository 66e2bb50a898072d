"""What the Edit menu does with the words in hand, and the answer to whoever wants to save by a key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from apq_desktop.ui.session.app_context import AppContext

SAVED = "Saved. Everything is saved as you type."
NO_FIELD = "Nothing was pasted. Go to the field that it belongs into, then paste."


class EditCommands(QObject):
    """Cut, copy and paste are handed to what has the focus, as its own keys: a field, or a table."""

    def __init__(self, app: AppContext) -> None:
        super().__init__(app.current)
        self._app = app

    def cut(self) -> None:
        """Take the chosen words out, to put them in elsewhere."""
        _press(Qt.Key.Key_X)

    def copy(self) -> None:
        """Take the chosen words along."""
        _press(Qt.Key.Key_C)

    def paste(self) -> None:
        """Put in what was taken along: into the field, else into the table in view, whose page makes items of it."""
        if not _press(Qt.Key.Key_V):
            page: Any = next((page for page in self._app.navigator.in_view() if hasattr(page, "paste_items")), None)
            page.paste_items() if page else self._app.notifier.say(NO_FIELD)

    def save(self) -> None:
        """Save what is typed at once, and say so; what goes wrong is said where saving is."""
        if not self._app.saving.save_now():
            self._app.notifier.say(SAVED)


def _press(key: Qt.Key) -> bool:
    """Whether somebody took the key."""
    event = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.ControlModifier)
    # Straight to the field: what goes through the application comes back as the command's own key.
    return (field := QApplication.focusWidget()) is not None and field.event(event) and event.isAccepted()
