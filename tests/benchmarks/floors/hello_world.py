"""The floor for the size of a bundle: a window that says hello."""

from __future__ import annotations

import sys

from PySide6.QtWidgets import QApplication, QLabel

if __name__ == "__main__":
    application = QApplication(sys.argv)
    label = QLabel("Hello")
    label.show()
    sys.exit(application.exec())
