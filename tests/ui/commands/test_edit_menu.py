"""The Edit menu works on what has the focus; saving by a key is answered; a field leads to its earlier versions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from apq_desktop.evaluation.edits.changes import Target
from apq_desktop.ui.fields.tables.item_table import ItemTable

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from apq_desktop.ui.window.main_window import MainWindow
    from tests.ui.conftest import OpenWindow

SUPPORT = Target("area", "home-family")


def support_field(window: MainWindow, words: str) -> Any:
    assert window.view is not None
    assert window.session is not None
    window.session.set_field(SUPPORT, "support", words)
    field = window.view.show_area("home-family").binding.field(SUPPORT, "support")
    field.setFocus()
    field.selectAll()
    return field


def test_cut_and_paste_in_the_menu_work_in_a_field_and_copy_in_a_table(open_window: OpenWindow) -> None:
    window = open_window("example")
    assert window.view is not None
    actions = window.menus.actions
    field = support_field(window, "Visits")
    actions["cut"].trigger()
    assert field.value() == ""
    actions["paste"].trigger()
    actions["paste"].trigger()
    assert field.value() == "VisitsVisits"
    window.view.show_tab("action_plan")
    QApplication.processEvents()
    table = window.view.plan.findChildren(ItemTable)[0]
    table.setFocus()
    table.choose(table.rows.item(1).id)
    actions["copy"].trigger()
    assert "\t" in QGuiApplication.clipboard().text()


def test_ctrl_s_saves_and_says_so_and_what_is_said_goes_with_the_next_step(open_window: OpenWindow) -> None:
    window = open_window("empty")
    assert window.session is not None
    field = support_field(window, "Visits")
    QTest.keyClick(field, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert window.notification_bar.text.text() == "Saved. Everything is saved as you type."
    assert window.notification_bar.isVisible()
    QApplication.processEvents()
    QTest.keyClicks(field, "More")
    assert window.notification_bar.isHidden()


def test_the_right_click_menu_of_a_text_leads_to_its_own_earlier_versions(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    window = open_window("empty")
    assert window.session is not None
    assert window.view is not None
    for words in ("First words", "Second words"):
        window.session.set_field(SUPPORT, "support", words)
        window.session.finish()
    window.session.set_field(Target("area", "home-family"), "reason", "Another text")
    window.session.set_field(Target("area", "home-family"), "reason", "")
    field = support_field(window, "Last words")
    menu = field.make_menu()
    texts = [action.text() for action in menu.actions()]
    assert "Select all\tCtrl+A" in texts
    assert any(text.startswith("&Undo ") for text in texts), "the window's own, by name"
    next(action for action in menu.actions() if action.text() == "Earlier versions of this text…").trigger()
    page = window.view.currentWidget()
    assert page is not None

    def shown() -> list[str]:
        return [label.text() for label in page.findChildren(QLabel) if label.isVisible()]

    qtbot.waitUntil(lambda: {"First words", "Second words"} <= set(shown()))
    assert "Another text" not in shown()
    next(
        one for one in page.findChildren(type(window.view.overview.next_actions.plan)) if "everything" in one.text()
    ).click()
    qtbot.waitUntil(lambda: "Another text" in shown())
    menu.deleteLater()


def test_a_new_file_begins_with_an_empty_name(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("start")
    assert window.start_page is not None
    QTest.keyClicks(window.start_page.name, "The Lodge")
    with qtbot.waitSignal(window.app.files.opened):
        QTest.mouseClick(window.start_page.start, Qt.MouseButton.LeftButton)
    window.menus.actions["start_new"].trigger()
    assert window.start_page.name.value() == ""
    assert QApplication.focusWidget() is window.start_page.name
