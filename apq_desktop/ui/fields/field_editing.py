"""What every field for words shares: whose undo it is, what is pasted, its right-click menu, its limit."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMimeData, QRectF, Qt
from PySide6.QtGui import (
    QAction,
    QColor,
    QContextMenuEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPen,
    QTextDocumentFragment,
)
from PySide6.QtWidgets import QMenu, QWidget

from apq_desktop.ui.widgets.file_drops import FileDrops, files_in, on_clipboard
from apq_desktop.ui.widgets.painted.style import let_scroll
from apq_desktop.ui.widgets.text_labels import PlainLabel
from apq_desktop.ui.widgets.theme import RADIUS, RING, colours

UNDO_ACTIONS = {"edit-undo": "undo_action", "edit-redo": "redo_action"}
"""Qt's names for the steps back in its own menus of fields, and the window's actions that stand in for them."""
FIND = Qt.Modifier.CTRL | Qt.Key.Key_K
EARLIER = "Earlier versions of this text…"
NEARLY_FULL = 0.9
LEFT_OUT = "What did not fit was left out."
_STEPS_BACK = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)


def undo_is_elsewhere(event: QEvent, *, window_undoes: bool) -> bool:
    """Pass undo and redo on to the window, or keep them from it where the field has an undo of its own.

    Returns whether the field itself has nothing more to do with ``event``. Ctrl+K is the window's in every field,
    although some systems would have it cut the line off.
    """
    if isinstance(event, QKeyEvent) and event.keyCombination() == FIND:
        event.ignore()
        return True
    if not isinstance(event, QKeyEvent) or not any(event.matches(key) for key in _STEPS_BACK):
        return False
    if window_undoes:
        event.ignore()
        return True
    event.accept()
    return event.type() == QEvent.Type.ShortcutOverride


def words_of(source: QMimeData) -> str:
    """The words in what is pasted or dropped: its text, else those of its HTML; nothing for pictures and files."""
    if any(url.isLocalFile() for url in source.urls()):
        return ""
    from apq_desktop.evaluation.text.cleaning import clean  # which the first painting does not wait for

    text = clean(source.text())
    if not text and source.hasHtml():
        text = clean(QTextDocumentFragment.fromHtml(source.html()).toPlainText().replace("\ufffc", ""))
    return text


def words_of_clipboard() -> str:
    """What pasting would put in."""
    return words_of(on_clipboard())


def paste_action(menu: QMenu) -> QAction | None:
    """What pastes, in a field's own menu."""
    return next((action for action in menu.actions() if action.objectName() == "edit-paste"), None)


def with_pasting_of_files(menu: QMenu, field: QWidget) -> QMenu:
    """Let pasting copied files do in a field's own menu what Ctrl+V does with them: they go to the window."""
    files, drops = files_in(on_clipboard()), field.window().findChild(FileDrops)
    if files and drops is not None and (paste := paste_action(menu)) is not None:
        paste.triggered.disconnect()
        paste.triggered.connect(lambda: drops.arrived.emit(files))
        paste.setEnabled(True)
    return menu


def with_undo_of_window(menu: QMenu, field: QWidget) -> QMenu:
    """Let a field's own menu have the window's Undo and Redo in the place of Qt's, and the way to what stood there."""
    actions = {action.objectName(): action for action in menu.actions()}
    for name, stand_in in UNDO_ACTIONS.items():
        if (there := actions.get(name)) is not None:
            if (of_window := field.window().findChild(QAction, stand_in)) is not None:
                menu.insertAction(there, of_window)
            menu.removeAction(there)
    if (select_all := actions.get("select-all")) is not None:
        select_all.setText(select_all.text().replace("Select All", "Select all"))
    if (show_earlier := getattr(field, "show_earlier", None)) is not None:
        menu.addSeparator()
        menu.addAction(EARLIER, show_earlier)
    return menu


def pop_up(menu: QMenu, event: QContextMenuEvent) -> None:
    """Show a menu where it was asked for, without waiting until it is closed."""
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    let_scroll(menu).popup(event.globalPos())


def units(text: str) -> int:
    """How long a text is as Qt counts it: letters beyond the first 65,536 count twice."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def letters(text: str, units: int) -> int:
    """How many letters of a text stand in so many units as Qt counts them."""
    if text.isascii():
        return max(0, min(units, len(text)))
    return len(text.encode("utf-16-le", "surrogatepass")[: 2 * max(units, 0)].decode("utf-16-le", "ignore"))


def paint_frame(surface: QWidget, *, focused: bool) -> None:
    """Draw the frame of a field, or its focus ring: one pixel of it over the frame, two inside, so nothing moves."""
    chosen = colours(surface)
    painter = QPainter(surface)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    width = RING if focused else 1
    painter.setPen(QPen(QColor(chosen.accent if focused else chosen.field_line), width))
    inset = width / 2
    painter.drawRoundedRect(QRectF(surface.rect()).adjusted(inset, inset, -inset, -inset), RADIUS, RADIUS)


class LimitNote(PlainLabel):
    """At the foot of a field that is nearly full: how much of it is used, and whether something was left out."""

    def __init__(self, field: QWidget, limit: int) -> None:
        super().__init__(quiet=True, scale=0.9)
        self.setParent(field)
        self._field = field
        self.setWordWrap(False)
        self.setContentsMargins(8, 0, 8, 2)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._limit = limit
        self._cut = False
        self.hide()

    def cut(self) -> None:
        """Something did not fit: it is said now, and stands there until the text changes."""
        self._cut = True

    def count(self, used: int) -> None:
        """Show how much is used, where it is nearly all; a screen reader hears it once, and each time it cuts."""
        wanted = used >= NEARLY_FULL * self._limit
        text = f"{used:,} of {self._limit:,} characters{f'. {LEFT_OUT}' if self._cut else ''}" if wanted else ""
        if self._cut or wanted == self.isHidden():
            self.say(text)
        elif text != self.text():
            self.setText(text)
        self._cut = False
        self.setVisible(wanted)

    def room(self) -> int:
        """The height that it takes now."""
        return 0 if self.isHidden() else self.sizeHint().height()

    def lie_at_foot(self) -> None:
        """Stand at the bottom of the field."""
        self.setGeometry(1, self._field.height() - self.room() - 1, self._field.width() - 2, self.room())
