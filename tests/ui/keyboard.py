"""A person who has nothing but a keyboard: every step is a key, sent to whatever has the focus."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tests.ui import screen_checks
from tests.ui.screens import settle

MOST_TABS = 400
ALT, CONTROL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
NONE = Qt.KeyboardModifier.NoModifier


def here() -> Any:
    """What has the focus."""
    return QApplication.focusWidget()


def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
    """Press a key where the focus is."""
    assert here() is not None, "nothing has the focus"
    QTest.keyClick(here(), key, modifiers)
    settle()


class Keyboard:
    """Keys, one after another. Nothing here knows which widget it speaks to, but by its spoken name."""

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE, times: int = 1) -> None:
        """Press a key so many times."""
        for _ in range(times):
            QTest.keyClick(self.at(), key, modifiers)
            QApplication.processEvents()

    def type(self, words: str) -> None:
        """Type words into what has the focus."""
        QTest.keyClicks(self.at(), words)

    def replace(self, words: str) -> None:
        """Type words in the place of what stands in the field."""
        self.press(Qt.Key.Key_A, CONTROL)
        self.type(words)

    def at(self) -> QWidget:
        """What the next key goes to: an open menu, else what has the focus."""
        place = QApplication.activePopupWidget() or QApplication.focusWidget()
        assert place is not None, "nothing has the focus"
        return place

    def tab_to(self, name: str) -> None:
        """Press Tab until what has the focus is called ``name``."""
        heard = []
        for _ in range(MOST_TABS):
            heard.append(screen_checks.spoken_name(self.at()) or self.at().accessibleName())
            if name in (heard[-1], self.at().accessibleName()):
                return
            self.press(Qt.Key.Key_Tab)
        raise AssertionError(f"Tab does not come to {name!r}, only to {sorted(set(heard))}")

    def push(self, name: str) -> None:
        """Go on with Tab to a button or a box, and press Space."""
        self.tab_to(name)
        self.press(Qt.Key.Key_Space)
        settle()

    def fill(self, name: str, words: str) -> None:
        """Go on with Tab to a field, and write into it."""
        self.tab_to(name)
        self.replace(words)

    def menu(self, menu: Qt.Key, item: Qt.Key) -> None:
        """Open a menu with Alt and its letter, and choose the item with the other."""
        self.press(menu, ALT)
        assert QApplication.activePopupWidget() is not None, "the menu did not open"
        self.press(item)
        settle()
