"""Say the row or cell in hand of a list or table that gets the focus: Qt says only that there is a table."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QModelIndex, QTimer
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget


def announce_current_row(_before: QWidget | None, now: QWidget | None) -> None:
    """Tell screen readers the current row or cell of ``now``, after Qt has told the table itself."""
    if isinstance(now, QAbstractItemView) and QAccessible.isActive():
        QTimer.singleShot(0, now, partial(_say, now))


def _say(view: QAbstractItemView) -> None:
    focus = QApplication.focusWidget()
    if focus is view and view.currentIndex().isValid():
        view.currentChanged(view.currentIndex(), QModelIndex())  # Qt says the row where it becomes the current one
