"""The menu of the files that were open last."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu, QWidget

from apq_desktop.ui.window.file_identity import words_for

if TYPE_CHECKING:
    from apq_desktop.ui.commands.open_commands import OpenCommands
    from apq_desktop.ui.window.file_identity import FileIdentity


class RecentFilesMenu(QMenu):
    """Filled whenever it opens. A file that is gone is shown, and cannot be chosen."""

    def __init__(self, parent: QWidget, identity: FileIdentity, open_commands: OpenCommands) -> None:
        super().__init__(parent)
        self._identity, self._open_commands = identity, open_commands
        self.aboutToShow.connect(self._fill)

    def _fill(self) -> None:
        self.clear()
        recent = self._identity.recent
        called = Counter(words_for(file) for file in recent)
        for file in recent:
            path = Path(file.path)
            words = words_for(file) + (f" ({path.name})" if called[words_for(file)] > 1 else "")
            there = path.is_file()
            action = self.addAction((words if there else f"{words}: not found").replace("&", "&&"))
            action.triggered.connect(lambda _=False, path=path: self._open_commands.open_recent(path))
            action.setEnabled(there)
        if recent:
            self.addSeparator()
        forget = self.addAction("&Empty this list", self._identity.forget_all)
        forget.setEnabled(bool(recent))
