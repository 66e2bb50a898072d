"""From 300 received packs to a finished report about them, with nothing but a keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt

from apq_desktop.ui.widgets.popups.dialogs import Dialogs
from tests.library import council
from tests.ui.council_window import received_by_keyboard, shown
from tests.ui.keyboard import Keyboard
from tests.ui.screens import settle

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from apq_desktop.ui.window.main_window import MainWindow
    from tests.ui.conftest import OpenWindow

pytestmark = [
    pytest.mark.long,
    pytest.mark.qt_log_ignore("This plugin does not support grabbing the keyboard", extend=True),
]
SETTINGS = 300


def themes_put(window: MainWindow, qtbot: QtBot, keys: Keyboard) -> None:
    """Look for words in one area, put a theme on what two settings wrote, and on a setting further on."""
    keys.menu(Qt.Key.Key_L, Qt.Key.Key_A)
    page = shown(window).page("area")
    keys.tab_to("Area")
    keys.press(Qt.Key.Key_6)
    qtbot.waitUntil(lambda: page.heading.text().startswith("6 ") and bool(page.columns.names))
    keys.fill("Find words", "pupils")
    qtbot.waitUntil(lambda: any(one.spans for one in page.columns.texts[0]._read))
    settle()
    assert len(page.columns.names) == SETTINGS
    keys.tab_to("What Setting 000 wrote")
    keys.press(Qt.Key.Key_Down, times=2)
    keys.press(Qt.Key.Key_T)
    keys.type("Calls")
    with qtbot.waitSignal(page.themes.done):
        keys.press(Qt.Key.Key_Return)
    keys.push("Later settings")
    further = f"Setting {page.columns.room():03}"
    qtbot.waitUntil(lambda: page.columns.texts[0].accessibleName() == f"What {further} wrote")
    settle()
    keys.tab_to(f"What {further} wrote")
    keys.press(Qt.Key.Key_Down, times=2)
    with qtbot.waitSignal(page.themes.done):
        keys.press(Qt.Key.Key_1)


def summed_up(window: MainWindow, qtbot: QtBot, keys: Keyboard) -> Any:
    """Write a summary into the first cell of the matrix, and look at the words of the theme."""
    keys.menu(Qt.Key.Key_L, Qt.Key.Key_H)
    page = shown(window).page("themes")
    qtbot.waitUntil(lambda: page.table.cells.rowCount() == SETTINGS and page.table.cells.columnCount() == 2)
    settle()
    keys.tab_to("Summaries of settings")
    keys.press(Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    keys.press(Qt.Key.Key_Right)
    keys.press(Qt.Key.Key_Return)
    keys.type("Setting 000 rings by nine.")
    with qtbot.waitSignal(page.pane.text.kept):
        keys.press(Qt.Key.Key_Escape)
    settle()
    keys.push("The words of Calls")
    theme = shown(window).page("theme")
    qtbot.waitUntil(lambda: theme.list.passages.rowCount() == 2)
    settle()
    keys.press(Qt.Key.Key_Escape)


def test_by_keyboard_alone_from_three_hundred_packs_to_a_finished_report(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    council.put(tmp_path / "inbox", *(council.evaluation(f"Setting {n:03}") for n in range(SETTINGS)))
    for folder in ("Northshire", "out"):
        (tmp_path / folder).mkdir()
    folders = iter([tmp_path / "Northshire", tmp_path / "inbox", tmp_path / "out"])
    monkeypatch.setattr(Dialogs, "choose_folder", lambda *_: next(folders))
    window, keys = open_window("start"), Keyboard()
    received_by_keyboard(window, qtbot, keys)
    themes_put(window, qtbot, keys)
    summed_up(window, qtbot, keys)
    keys.menu(Qt.Key.Key_L, Qt.Key.Key_E)
    page = shown(window).page("report")
    qtbot.waitUntil(lambda: page.subject.findText("Theme: Calls") > 0)
    settle()
    keys.tab_to("About")
    keys.press(Qt.Key.Key_End)
    qtbot.waitUntil(lambda: page.title.value() == "Theme: Calls" and page._draft is not None)
    settle()
    keys.fill("Title", "How families hear from settings")
    keys.fill("Introduction", "Read in November.")
    keys.tab_to("Names")
    keys.press(Qt.Key.Key_End)
    qtbot.waitUntil(lambda: bool(page.doubtful.fields))
    settle()
    assert not page.make.isEnabled()
    keys.push("I looked at each of them")
    qtbot.waitUntil(page.make.isEnabled)
    keys.push("Make the report…")
    qtbot.waitUntil((tmp_path / "out" / "library-report.docx").exists)
    written = (tmp_path / "out" / "library-report.html").read_text("utf-8")
    for words in ("How families hear from settings", "Read in November.", "Setting 000 rings by nine.", "A setting: "):
        assert words in written
    text = council.evaluation("any").area("attendance").strengths[0].text
    assert text[:40] in written
