"""Ctrl+P shows what is in view as it would be printed, page by page: plan, evidence, area, or the whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from apq_desktop import services
from apq_desktop.services import Printed
from apq_desktop.ui.widgets.popups.print_preview import PrintPreview, a4_printer, text_to_print
from tests.ui.keyboard import CONTROL, Keyboard
from tests.ui.screen_checks import clipped, controls, unnamed
from tests.ui.screens import settle

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from apq_desktop.toolkit.catalogue import Catalogue
    from apq_desktop.ui.window.main_window import MainWindow
    from tests.ui.conftest import OpenWindow


def previewed(window: MainWindow, qtbot: QtBot) -> str:
    """Press Ctrl+P, and close the preview that comes. Returns its title."""
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    QTest.keyClick(window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(window.findChildren(PrintPreview)))
    (dialog,) = window.findChildren(PrintPreview)
    title = dialog.windowTitle()
    dialog.close()
    settle()
    assert not window.findChildren(PrintPreview)
    return title


def test_what_is_in_view_is_shown_before_it_is_printed(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("example")
    assert window.view is not None
    view: Any = window.view
    view.show_overview()
    assert previewed(window, qtbot) == "Print: The whole evaluation"
    view.show_tab("action_plan")
    assert previewed(window, qtbot) == "Print: Action plan"
    view.show_tab("evidence")
    assert previewed(window, qtbot) == "Print: Evidence"
    view.show_area("attendance")
    assert previewed(window, qtbot) == "Print: This area"


def test_the_preview_is_worked_by_keys_and_leads_back_to_the_caret(open_window: OpenWindow, qtbot: QtBot) -> None:
    window, keys = open_window("example", size=(1024, 600), percent=200), Keyboard()
    assert window.view is not None
    window.view.write_in("attendance")
    field = keys.at()
    keys.press(Qt.Key.Key_P, CONTROL)
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not None)
    dialog = QApplication.activeModalWidget()
    assert dialog is not None
    assert not [*unnamed(controls(dialog)), *clipped(dialog)]
    keys.tab_to("Print…")
    keys.press(Qt.Key.Key_Escape)
    assert window.focusWidget() is field, "it has the keys again as soon as the window has"


@pytest.mark.qt_log_ignore("QPainter::begin", extend=True)
@pytest.mark.parametrize(("where", "told"), [("missing/sheet.pdf", ["failed"]), ("sheet.pdf", [])])
def test_pages_that_could_not_be_written_are_not_taken_for_printed(
    open_window: OpenWindow, tmp_path: Path, where: str, told: list[str]
) -> None:
    found: list[str] = []
    preview = PrintPreview(
        open_window("start"), "T", "<p>x</p>", lambda: tmp_path / where, lambda: found.append("failed")
    )
    preview.open()
    preview.print_button.click()
    assert found == told


def test_only_what_the_table_shows_is_printed(open_window: OpenWindow) -> None:
    window = open_window("example")
    assert window.view is not None
    plan = window.view.plan
    plan.words.setText("breakfast")
    settle()
    wanted = plan.to_print()
    assert wanted.items is not None
    assert [action.what.startswith("Begin Mondays") for action in wanted.items] == [True]


@pytest.mark.parametrize(
    ("wanted", "there", "elsewhere"),
    [
        (Printed("plan"), "Begin Mondays with breakfast", "Register of staff checks"),
        (Printed("evidence"), "Attendance summary 2025/26", "Begin Mondays with breakfast"),
        (Printed("area", "attendance"), "Attendance and engagement", "Workforce development"),
        (Printed(), "Attendance summary 2025/26", "Nothing like this"),
    ],
    ids=lambda value: value.part if isinstance(value, Printed) else "",
)
def test_each_part_is_printed_in_words_on_a4(
    qapp: object, catalogue: Catalogue, tmp_path: Path, wanted: Printed, there: str, elsewhere: str
) -> None:
    """A real printer that writes a PDF, read back."""
    printer = a4_printer("Sheet")
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "sheet.pdf"))
    text_to_print(services.sheet(services.example(catalogue), catalogue, wanted)).print_(printer)
    with pypdfium2.PdfDocument(tmp_path / "sheet.pdf") as file:
        said = " ".join(" ".join(page.get_textpage().get_text_bounded().split()) for page in file)
        width, height = file[0].get_size()
    assert "Riverside Learning" in said
    assert there in said
    assert elsewhere not in said
    assert (round(width), round(height)) == (595, 842)
