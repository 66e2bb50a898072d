"""Makes the application of this process, and says in one sentence why where there is no screen to show it on."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

WITHOUT_ONE = "The commands that “apq-desktop --help” names work without a screen."


def started(start: Callable[[], int]) -> int:
    """What ``start`` returns; or 1, after one sentence, where it cannot even be loaded for want of a library."""
    try:
        return start()
    except ImportError as error:
        # Linux says first which library it is that was not found.
        missing = re.match(r"(lib\S+\.so\S*): cannot open shared object", str(error))
        if missing is None:
            raise
        sentence = (
            f"APQ Desktop cannot open its window, because this computer lacks {missing[1]}, a library for graphics."
        )
        sys.stderr.write(f"{sentence} Install the package that brings it. {WITHOUT_ONE}\n")
        return 1


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
    sys.stderr.write(f"APQ Desktop cannot open its window, because there is no screen that it can use. {WITHOUT_ONE}\n")
    sys.stderr.flush()
    os._exit(1)
