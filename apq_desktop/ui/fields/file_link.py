"""The link that opens a file on this computer, where a source of evidence says that it lies there."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from apq_desktop.evaluation.edits.changes import Change, Target
from apq_desktop.evaluation.model import Evidence
from apq_desktop.ui.session.editing_session import EditingSession
from apq_desktop.ui.widgets.buttons import LinkButton


class FileLink(LinkButton):
    """Open what "Where it is kept" names; it is there only while that is a file of this computer."""

    def __init__(self, session: EditingSession, item: Evidence) -> None:
        super().__init__("Open the file")
        self._item, self._target = item, Target("evidence", item.id)
        self.hide()
        self.clicked.connect(self._open)
        session.listeners.add(self._follow, (self._target, "location"))

    def look(self) -> None:
        """Look whether the file is there now."""
        self.setVisible(local_file(self._item.location) is not None)

    def _follow(self, _change: Change) -> None:
        self.look()

    def _open(self) -> None:
        if path := local_file(self._item.location):
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def local_file(location: str) -> Path | None:
    """The file that a text names, where it lies on this computer; network paths are never looked for.

    Understood are a full path, the same in quotation marks (as Windows copies it), and a ``file:`` address.
    """
    text = location.strip().strip('"')
    if text.startswith("file:"):
        address = QUrl(text)
        text = address.toLocalFile() if not address.host() else ""
    if not text or "\n" in text or text.startswith(("\\\\", "//")) or not Path(text).is_absolute():
        return None
    try:
        return Path(text) if Path(text).is_file() else None
    except (OSError, ValueError):
        return None
