"""Printing, with a preview: text is laid out for the printer that is chosen, and shown page by page before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMarginsF, Qt
from PySide6.QtGui import QAction, QFont, QKeySequence, QPageLayout, QPageSize, QTextDocument
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QComboBox, QLineEdit, QToolButton, QWidget

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter, QPrintPreviewDialog

POINTS = 10.0
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


def show_preview(parent: QWidget, title: str, html: str) -> QPrintPreviewDialog:
    """Show what would be printed; printer, pages and paper are chosen there. The program goes on behind it."""
    from PySide6.QtPrintSupport import QPrintPreviewDialog

    document, printer = text_to_print(html), a4_printer(title)
    dialog = QPrintPreviewDialog(printer, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setWindowTitle(f"Print: {title}")
    dialog.resize(parent.window().size() * 0.9)  # as Qt makes it, the button that prints has no room
    document.setParent(dialog)
    # The printer is named in it, for the dialog does not keep it.
    dialog.paintRequested.connect(lambda _: document.print_(printer))
    _offer_keys(dialog)
    dialog.open()
    return dialog


def _offer_keys(dialog: QPrintPreviewDialog) -> None:
    """Let Tab reach the buttons, which Qt leaves to the mouse, and give all that it reaches a name."""
    for button in dialog.findChildren(QToolButton):
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setAccessibleName(button.text())
    for kind, name in ((QAbstractScrollArea, "Pages to print"), (QComboBox, "Size on the screen"), (QLineEdit, "Page")):
        for control in dialog.findChildren(kind):
            control.setAccessibleName(name)
    prints = next(action for action in dialog.findChildren(QAction) if action.text() == "Print")
    prints.setShortcut(QKeySequence.StandardKey.Print)
