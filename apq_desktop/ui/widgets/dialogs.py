"""Messages and questions, always as plain text: what happened, that nothing is lost, what to do now."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from apq_desktop.errors import ApqError

Choice = tuple[str, Callable[[], object]]


def tell(parent: QWidget, title: str, text: str) -> QMessageBox:
    """Show a message; the program goes on behind it."""
    return ask(parent, title, text, [("OK", lambda: None)])


def tell_error(parent: QWidget, title: str, error: BaseException) -> QMessageBox:
    """Show a failure in its own sentence, with the problems found, where it names some."""
    if not isinstance(error, ApqError):
        raise error
    problems = getattr(error, "problems", ())
    return tell(parent, title, "\n".join((str(error), *(f"•  {problem}" for problem in problems))))


def ask(parent: QWidget, title: str, text: str, choices: Sequence[Choice]) -> QMessageBox:
    """Ask, with one button a choice; the first is the safe one. Each choice's function is called when chosen."""
    box = QMessageBox(parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setWindowTitle(title)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(text)
    made = {}
    for words, act in choices:
        made[box.addButton(words, QMessageBox.ButtonRole.AcceptRole)] = act
    first = next(iter(made))
    box.setDefaultButton(first)
    box.setEscapeButton(first)
    box.buttonClicked.connect(lambda button: made.get(button, lambda: None)())
    box.open()
    return box
