"""Types into a field with real key events and times each until the screen shows it."""

from __future__ import annotations

import time
from collections.abc import Callable
from itertools import cycle, islice

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTextEdit

from tests.benchmarks.open_window import PaintWatch

A_WORD = "learning "
SAVE_EVERY = 10


def milliseconds_for_each(field: QTextEdit, keys: int, save: Callable[[], None]) -> list[float]:
    """Type ``keys`` letters in the middle of the field. ``save`` is called now and then, as pauses in typing do."""
    field.setFocus()
    cursor = field.textCursor()
    cursor.setPosition(len(field.toPlainText()) // 2)
    cursor.movePosition(QTextCursor.MoveOperation.EndOfWord)
    field.setTextCursor(cursor)
    field.ensureCursorVisible()
    QCoreApplication.processEvents()
    watch = PaintWatch(field.viewport())
    figures = []
    for number, letter in enumerate(islice(cycle(A_WORD), keys)):
        if number % SAVE_EVERY == SAVE_EVERY - 1:
            save()
        watch.painted = False
        began = time.perf_counter()
        QTest.keyClicks(field, letter)
        watch.until_painted()
        figures.append((time.perf_counter() - began) * 1000)
    watch.end()
    return figures
