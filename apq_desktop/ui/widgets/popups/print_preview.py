"""Printing, with a preview: text is laid out for the printer that is chosen, and shown page by page before."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QMarginsF, Qt
from PySide6.QtGui import QFont, QKeyEvent, QKeySequence, QPageLayout, QPageSize, QTextDocument
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QDialog, QVBoxLayout, QWidget

from apq_desktop.ui.widgets.buttons import Button
from apq_desktop.ui.widgets.layouts import FlowLayout, add_layout

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

POINTS = 10.0
SHARE = 0.9
"""Of the window, or of a smaller screen, that the preview covers."""
MARGIN = 5.0
"""Millimetres around what is printed, to which Qt adds 20."""
STYLE = """
h1 { font-size: 20pt; margin-top: 0px; margin-bottom: 8px; }
h2 { font-size: 15pt; margin-top: 20px; margin-bottom: 6px; }
h3 { font-size: 13pt; margin-top: 16px; margin-bottom: 4px; }
h4 { font-size: 11pt; margin-top: 12px; margin-bottom: 3px; }
p, li { margin-top: 2px; margin-bottom: 4px; }
table { border-collapse: collapse; border-color: #808080; }
td, th { border: 1px solid #808080; text-align: left; }
a { color: #000000; text-decoration: none; }
.eyebrow, .muted, .nothing, .cell-small { color: #454c57; }
.strong { font-weight: 600; }
"""


def text_to_print(html: str) -> QTextDocument:
    """The body of an HTML page, in the program's font at a size for paper."""
    document = QTextDocument()
    font = QFont(QApplication.font())
    font.setPointSizeF(POINTS)
    document.setDefaultFont(font)
    document.setDefaultStyleSheet(STYLE)
    document.setHtml(html)
    return document


def a4_printer(name: str) -> QPrinter:
    """The computer's own printer, for A4; where there is none, one that writes a PDF. ``name`` is the job's."""
    # Loading it takes some time, and most people print once a term.
    from PySide6.QtPrintSupport import QPrinter

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(name)
    margins = QMarginsF(MARGIN, MARGIN, MARGIN, MARGIN)
    printer.setPageLayout(
        QPageLayout(
            QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, margins, QPageLayout.Unit.Millimeter
        )
    )
    return printer


class PrintPreview(QDialog):
    """Show what would be printed, with the way to a printer. Page Up and Page Down go through it, Esc closes it.

    Not Qt's own dialog: its buttons are pictures, without a word, and without a ring where the keyboard is.
    """

    def __init__(
        self,
        parent: QWidget,
        title: str,
        html: str,
        choose_pdf: Callable[[], Path | None],
        failed: Callable[[], object] = bool,
    ) -> None:
        from PySide6.QtPrintSupport import QPrintPreviewWidget

        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(f"Print: {title}")
        self.resize((parent.window().size() * SHARE).boundedTo(self.screen().availableSize() * SHARE))
        self._failed = failed
        self._printer, self._document, self._choose_pdf = a4_printer(title), text_to_print(html), choose_pdf
        self._pages = QPrintPreviewWidget(self._printer, self)
        self._pages.paintRequested.connect(self._document.print_)
        self._shown: Any = next(iter(self._pages.findChildren(QAbstractScrollArea)))
        self._shown.setAccessibleName("Pages to print")
        self._shown.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the keys work from each button
        self.print_button = Button("Print…", primary=True)
        self.print_button.clicked.connect(self._print)
        self.print_button.setShortcut(QKeySequence.StandardKey.Print)
        ways = FlowLayout(10)
        for words, act in (("Larger", self._pages.zoomIn), ("Smaller", self._pages.zoomOut), ("Close", self.close)):
            button = Button(words)
            button.clicked.connect(lambda _=False, act=act: act())
            ways.addWidget(button)
        column = QVBoxLayout(self)
        ways.addWidget(self.print_button)
        column.addWidget(self._pages, 1)
        add_layout(column, ways)
        self.print_button.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go through the pages."""
        steps = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}
        if step := steps.get(Qt.Key(event.key())):
            bar = self._shown.verticalScrollBar()
            bar.setValue(bar.value() + step * bar.pageStep())
        else:
            super().keyPressEvent(event)

    def _print(self) -> None:
        """Ask for the printer, the pages and the paper; where the computer has none, for the name of a PDF."""
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        if self._printer.outputFormat() == QPrinter.OutputFormat.NativeFormat:
            asked: QDialog = QPrintDialog(self._printer, self)
            asked.accepted.connect(self._print_now)
            asked.open()
        elif path := self._choose_pdf():
            self._printer.setOutputFileName(str(path))
            self._print_now()

    def _print_now(self) -> None:
        from PySide6.QtPrintSupport import QPrinter

        self._pages.print_()
        self.close()
        if self._printer.printerState() == QPrinter.PrinterState.Error:
            self._failed()
