"""The floor for going to an area: as many plain Qt controls as a form has, built, shown and painted; then again."""

from __future__ import annotations

import json
from functools import partial

from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from tests.benchmarks.area_switch import until_painted
from tests.benchmarks.measuring import median

FORMS, ROWS, WORDS = 5, 15, "What is working well, what changed for pupils, and how you know. " * 3


def form() -> tuple[QScrollArea, QWidget]:
    """What scrolls, and its page: 15 rows of three labels, a field and three buttons, about what an area has."""
    page, area = QWidget(), QScrollArea()
    column = QVBoxLayout(page)
    for _ in range(ROWS):
        for words in (WORDS, WORDS[:40], WORDS[:20]):
            label = QLabel(words)
            label.setWordWrap(True)
            column.addWidget(label)
        row = QHBoxLayout()
        field = QTextEdit(WORDS)
        field.setFixedHeight(60)
        row.addWidget(field)
        for sign in "↑↓✕":
            row.addWidget(QPushButton(sign))
        column.addLayout(row)
    area.setWidgetResizable(True)
    area.setWidget(page)
    return area, page


def show_new(stack: QStackedWidget) -> QWidget:
    """Build a form and show it; its page is what gets painted."""
    area, page = form()
    stack.addWidget(area)
    stack.setCurrentWidget(area)
    return page


def show_again(stack: QStackedWidget, index: int) -> QWidget:
    """Show a form that is there; its page is what gets painted."""
    stack.setCurrentIndex(index)
    shown = stack.currentWidget()
    page = shown.widget() if isinstance(shown, QScrollArea) else None
    assert page is not None
    return page


if __name__ == "__main__":
    application = QApplication([])
    stack = QStackedWidget()
    stack.resize(1180, 800)
    stack.show()
    application.processEvents()
    first = [until_painted(partial(show_new, stack)) for _ in range(FORMS)]
    later = [until_painted(partial(show_again, stack, index)) for index in range(FORMS)]
    print(json.dumps({"first": median(first), "later": median(later)}))
    stack.close()
