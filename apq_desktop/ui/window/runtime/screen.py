"""The screen: the application of this process on it, one sentence where there is none, and a window before others."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication, QWidget

NO_SCREEN = (
    "APQ Desktop cannot open its window, because there is no screen that it can use. "
    "The commands that “apq-desktop --help” names work without a screen.\n"
)


def application(words: list[str]) -> QApplication:
    """The QApplication of this process. Where it cannot be made the process ends with 1, after one sentence."""
    from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
    from PySide6.QtWidgets import QApplication

    kept: list[str] = []

    def note(kind: QtMsgType, _: QMessageLogContext, text: str | None) -> None:
        if kind == QtMsgType.QtFatalMsg:
            # Qt would end the process itself, with a picture of its memory.
            _end()
        kept.append(text or "")

    # In place of the one before, which is put back: the tests have one.
    before = qInstallMessageHandler(note)
    try:
        made = QApplication(words)
    finally:
        qInstallMessageHandler(before)
    for text in kept:
        sys.stderr.write(f"{text}\n")
    return made


def _end() -> NoReturn:
    sys.stderr.write(NO_SCREEN)
    sys.stderr.flush()
    os._exit(1)


def bring_to_front(window: QWidget) -> None:
    """Show a window before all others, also where it was minimized."""
    from PySide6.QtCore import Qt

    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.show()
    window.raise_()
    window.activateWindow()
