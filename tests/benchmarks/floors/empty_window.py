"""The floor for starting and for memory: an empty window, painted. Prints its times and its memory."""

from __future__ import annotations

import json

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget


class EmptyWindow(QWidget):
    """As large as the program's."""

    def __init__(self) -> None:
        super().__init__()
        self._was_painted = False
        self.resize(1180, 800)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self.report)

    def report(self) -> None:
        from tests.benchmarks import own_process

        print(json.dumps({"painted_ms": own_process.since_start(), **own_process.memory()}))
        self.close()


if __name__ == "__main__":
    application = QApplication([])
    window = EmptyWindow()
    window.show()
    application.exec()
