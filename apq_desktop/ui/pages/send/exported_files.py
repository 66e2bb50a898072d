"""The files of a pack that was made: a link for each, whose long name is shortened in its middle."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from apq_desktop.ui.widgets.buttons import LINK_INSET, LinkButton
from apq_desktop.ui.widgets.layouts import column_in
from apq_desktop.ui.widgets.text_labels import scaled_font

LEAST = 12
"""Letters of a name that are always shown."""


class FileNameLink(LinkButton):
    """Open a file with the program that the computer has for it. A screen reader says the whole name."""

    def __init__(self, path: Path) -> None:
        super().__init__(path.name, name=f"Open {path.name}")
        self._whole = path.name
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setSizePolicy(policy)
        self.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))))

    def minimumSizeHint(self) -> QSize:
        """Room for some letters at either end."""
        least = self.fontMetrics().averageCharWidth() * LEAST + 2 * LINK_INSET
        return QSize(min(least, self.sizeHint().width()), self.sizeHint().height())

    def _measured(self) -> QSize:
        metrics = QFontMetrics(scaled_font(1.0))
        return QSize(metrics.horizontalAdvance(self._whole) + 2 * LINK_INSET, metrics.height() + 8)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as much of the name as there is room for: its beginning and its ending, which tell most."""
        super().resizeEvent(event)
        room = self.width() - 2 * LINK_INSET
        metrics = QFontMetrics(scaled_font(1.0))
        self.setText(metrics.elidedText(self._whole, Qt.TextElideMode.ElideMiddle, room))


class ExportedFiles(QWidget):
    """One link below the other."""

    def __init__(self) -> None:
        super().__init__()
        self._column = column_in(self, 2)
        self._links: list[FileNameLink] = []

    def show_files(self, paths: Iterable[Path]) -> None:
        """Show these files in the place of others."""
        for link in self._links:
            link.hide()
            link.deleteLater()
        self._links = [FileNameLink(path) for path in paths]
        for link in self._links:
            self._column.addWidget(link)
