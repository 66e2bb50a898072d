"""The program's window with a file open in it, as ``ui.application`` builds it, for the processes that measure."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from apq_desktop.ui.fields.incremental_form import IncrementalForm
from apq_desktop.ui.pages.page_table import read_ahead
from apq_desktop.ui.session.open_file.file_controller import FileController
from apq_desktop.ui.spelling.dictionary import folders
from apq_desktop.ui.spelling.spell_checker import SpellChecker
from apq_desktop.ui.widgets.theme import Theme
from apq_desktop.ui.window.main_window import MainWindow
from apq_desktop.ui.window.runtime.garbage import collect_at_rest
from apq_desktop.ui.window.views.evaluation_view import EvaluationView
from tests.benchmarks import material

LONGEST_MS = 60_000


class OpenWindow:
    """A window with ``file`` open and everything painted."""

    def __init__(self, file: Path) -> None:
        self.application = QApplication([])
        theme = Theme(self.application)
        theme.set_scheme("light")
        theme.set_text_size(100)
        self.window = MainWindow(FileController(material.catalogue), theme, file.parent)
        self.window.show()
        loop = QEventLoop()
        self.window.evaluation_shown.connect(loop.quit)
        self.window.open_file(file)
        QTimer.singleShot(LONGEST_MS, loop.quit)
        loop.exec()
        self.application.processEvents()
        if self.window.view is None:
            raise RuntimeError("the file did not open")
        collect_at_rest()
        speller = SpellChecker(folders(), file.parent / "words.txt")
        speller.setParent(self.window)
        speller.serve(self.window.app, self.window.check_spelling)
        read_ahead()

    @property
    def view(self) -> EvaluationView:
        assert self.window.view is not None
        return self.window.view

    def close(self) -> None:
        self.window.close()


class PaintWatch(QObject):
    """Notices when a widget is painted."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__()
        self._widget = widget
        self.painted = False
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.Paint:
            self.painted = True
        return False

    def until_painted(self) -> None:
        """Let Qt work until the widget is painted and nothing is left to lay out or paint."""
        self._until(lambda: self.painted)
        QCoreApplication.processEvents()

    def until_in_view(self) -> None:
        """Let Qt lay out and paint all that is posted until the widget is painted; what waits for a timer waits on."""
        QCoreApplication.sendPostedEvents()
        self._until(lambda: self.painted)
        QCoreApplication.sendPostedEvents()

    def until_whole(self, form: IncrementalForm) -> None:
        """Let Qt work until a form is whole, and nothing is left to lay out or paint."""
        self._until(form.is_whole)
        QCoreApplication.processEvents()

    def _until(self, done: Callable[[], bool]) -> None:
        until = time.monotonic() + LONGEST_MS / 1000
        while not done():
            QCoreApplication.processEvents()
            if time.monotonic() > until:
                raise RuntimeError("what was waited for did not come")

    def end(self) -> None:
        self._widget.removeEventFilter(self)
