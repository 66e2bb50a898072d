"""Messages and questions, always as plain text: what happened, that nothing is lost, what to do now.

Qt's own dialogs are imported where one is shown, so that the first painting does not wait for them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt

from apq_desktop.errors import ApqError
from apq_desktop.ui.widgets.buttons import Button

if TYPE_CHECKING:
    from PySide6.QtWidgets import QDialog, QMessageBox, QPushButton, QWidget

Choice = tuple[str, Callable[[], object]]
PDF = "PDF (*.pdf)"
ROOM = 0.85
"""Of the screen's width: buttons that need more stand below one another."""
CHARACTERS = 64
"""In a line of a message: Qt leaves it fewer, and more lines, where the screen is small."""

NOT_PRINTED = "The pages could not be written there. Choose another folder or printer, then try once more."


class Dialogs:
    """The dialogs in front of a window. None but the four that choose a file waits for an answer."""

    def __init__(self, parent: QWidget) -> None:
        self._parent = parent

    def tell(self, title: str, text: str) -> QMessageBox:
        """Show a message; the program goes on behind it."""
        return self.ask(title, text, [("OK", lambda: None)])

    def tell_error(self, title: str, error: BaseException) -> QMessageBox:
        """Show a failure in its own sentence, with the problems found, where it names some."""
        if not isinstance(error, ApqError):
            raise error
        problems = getattr(error, "problems", ())
        return self.tell(title, "\n".join((str(error), *(f"•  {problem}" for problem in problems))))

    def ask(self, title: str, text: str, choices: Sequence[Choice]) -> QMessageBox:
        """Ask, with one button a choice; the first is the safe one. Each choice's function is called when chosen."""
        from PySide6.QtWidgets import QDialogButtonBox, QLabel, QMessageBox

        box = QMessageBox(self._parent)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setWindowTitle(title)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(text)
        made: dict[QPushButton, Callable[[], object]] = {}
        for words, act in choices:
            button = Button(words)
            box.addButton(button, QMessageBox.ButtonRole.AcceptRole)
            made[button] = act
        row: Any = box.findChild(QDialogButtonBox)
        room = round(box.screen().availableGeometry().width() * ROOM)
        label: Any = box.findChild(QLabel, "qt_msgbox_label")
        longest = max(map(box.fontMetrics().horizontalAdvance, text.split("\n")))
        label.setMinimumWidth(min(longest, box.fontMetrics().averageCharWidth() * CHARACTERS, room))
        if row.sizeHint().width() > room:
            row.setOrientation(Qt.Orientation.Vertical)
            row.setMinimumWidth(room)
        first = next(iter(made))
        box.setDefaultButton(first)
        box.setEscapeButton(first)
        box.buttonClicked.connect(lambda button: made[button]())
        box.open()
        return box

    def preview_print(self, title: str, folder: Path, html: str) -> QDialog:
        """Show what would be printed, page by page, with the way to a printer, or else to a PDF in a folder."""
        from apq_desktop.ui.widgets.popups.print_preview import PrintPreview

        preview = PrintPreview(
            self._parent,
            title,
            html,
            lambda: self.choose_new_file("Save as PDF", folder / f"{title}.pdf", PDF),
            lambda: self.tell("It was not printed", NOT_PRINTED),
        )
        preview.open()
        return preview

    def choose_file(self, title: str, folder: Path, kinds: str) -> Path | None:
        """Let the user choose a file to open, or None."""
        from PySide6.QtWidgets import QFileDialog

        chosen, _ = QFileDialog.getOpenFileName(self._parent, title, str(folder), kinds)
        return Path(chosen) if chosen else None

    def choose_files(self, title: str, folder: Path, kinds: str) -> list[Path]:
        """Let the user choose files to open, or none."""
        from PySide6.QtWidgets import QFileDialog

        chosen, _ = QFileDialog.getOpenFileNames(self._parent, title, str(folder), kinds)
        return [Path(one) for one in chosen]

    def choose_new_file(self, title: str, suggested: Path, kinds: str) -> Path | None:
        """Let the user choose a name to save under, or None."""
        from PySide6.QtWidgets import QFileDialog

        chosen, _ = QFileDialog.getSaveFileName(self._parent, title, str(suggested), kinds)
        return Path(chosen) if chosen else None

    def choose_folder(self, title: str, folder: Path | None = None) -> Path | None:
        """Let the user choose a folder, or None."""
        from PySide6.QtWidgets import QFileDialog

        chosen = QFileDialog.getExistingDirectory(self._parent, title, str(folder) if folder else "")
        return Path(chosen) if chosen else None
