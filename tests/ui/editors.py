"""What can be written in now, found in the window itself; and what a killed program leaves behind."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QTextEdit, QWidget

if TYPE_CHECKING:
    from pathlib import Path

EDITORS = (QLineEdit, QPlainTextEdit, QTextEdit)


def editors_in_view(window: QWidget) -> list[Any]:
    """Whatever can be written in now."""
    found: list[Any] = [editor for kind in EDITORS for editor in window.findChildren(kind)]
    return [editor for editor in found if editor.isVisible() and editor.isEnabled() and not editor.isReadOnly()]


def kind_of(editor: QWidget) -> tuple[str, ...]:
    """Page, class, and name, as far as it is the same for all of the kind."""
    page: QWidget | None = editor
    while page is not None and ".ui.pages." not in type(page).__module__:
        page = page.parentWidget()
    return type(page).__name__, type(editor).__name__, re.split(r"\d| of ", editor.accessibleName())[0]


def text_of(field: Any) -> str:
    return field.text() if isinstance(field, QLineEdit) else field.toPlainText()


def is_worth_keeping(editor: Any) -> bool:
    """Whether what is typed must not be lost: not what looks for something, and no password."""
    looks_for_words = editor.accessibleName().startswith(("Find", "Search"))
    is_secret = isinstance(editor, QLineEdit) and editor.echoMode() == QLineEdit.EchoMode.Password
    return not looks_for_words and not is_secret


class Disk:
    """Folders as they are at one moment: what a program leaves that is killed then, whatever it does afterwards."""

    def __init__(self, *folders: Path) -> None:
        self._kept = [(folder, folder.with_name(f"{folder.name} at the kill")) for folder in folders]
        for folder, copy in self._kept:
            shutil.copytree(folder, copy, symlinks=True, dirs_exist_ok=False)

    def come_back(self) -> None:
        """Have everything as it was at that moment."""
        for folder, copy in self._kept:
            shutil.rmtree(folder)
            copy.rename(folder)
