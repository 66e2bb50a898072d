"""The block at the top: one line is left of it where room is short, and saving never changes its height."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from apq_desktop.evaluation.edits.changes import Target
from apq_desktop.ui.fields.text_fields import TextField
from tests.ui import screen_checks
from tests.ui.keyboard import CONTROL, Keyboard
from tests.ui.screens import settle

if TYPE_CHECKING:
    from apq_desktop.ui.widgets.theme import Theme
    from apq_desktop.ui.window.main_window import MainWindow
    from tests.ui.conftest import OpenWindow

KEY = Qt.Key
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support grabbing the keyboard", extend=True)


def menus_height(window: MainWindow) -> int:
    return window.menuBar().height()


def test_ten_lines_of_text_are_in_sight_in_a_small_window_with_large_text(open_window: OpenWindow) -> None:
    window = open_window("empty", percent=200, size=(800, 600))
    assert window.view is not None
    form = window.view.show_area("home-family")
    settle()
    line = QFontMetrics(QApplication.font()).lineSpacing()
    assert form.viewport().height() >= 10 * line
    assert window.header.height() + menus_height(window) <= 2.5 * line
    assert not screen_checks.clipped(window)


@pytest.mark.parametrize("what", ["start", "example"])
def test_the_menus_are_behind_one_button_where_the_header_is_one_line(open_window: OpenWindow, what: str) -> None:
    window, keys = open_window(what, percent=200, size=(800, 600)), Keyboard()
    keys.tab_to("Menu")
    keys.press(KEY.Key_Return)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    shown = [action.text() for action in menu.actions() if action.isVisible()]
    assert shown == ["&File", "&Edit", "Eval&uations", "&View", "&Help"]
    assert all(action.menu() is not None for action in menu.actions())
    keys.press(KEY.Key_Escape)
    assert QApplication.focusWidget() is window.header.menu


def test_the_keys_of_the_menus_work_where_the_header_is_one_line(open_window: OpenWindow) -> None:
    window = open_window("example", percent=200, size=(800, 600))
    assert window.header.is_folded
    QTest.keyClick(window.header.menu, KEY.Key_0, CONTROL)
    settle()
    assert not window.header.is_folded
    assert menus_height(window) > 0
    assert not window.header.menu.isVisible()


def test_the_menu_of_tabs_leads_to_check_and_send_too(open_window: OpenWindow) -> None:
    window = open_window("example", percent=200, size=(800, 600))
    assert window.view is not None
    assert not window.header.send.isVisible()
    window.view.tabs.bar.open_menu()
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    menu.actions()[-1].trigger()
    menu.close()
    settle()
    assert window.view.in_view() is window.view.sending


def test_the_header_folds_and_unfolds_with_the_size_of_text_and_of_the_window(
    open_window: OpenWindow, theme: Theme
) -> None:
    window = open_window("example", size=(1180, 800))
    assert not window.header.is_folded
    for percent, size, folded in ((200, (1024, 600), True), (150, (1366, 690), False), (200, (1180, 500), True)):
        theme.set_text_size(percent)
        window.resize(*size)
        settle()
        assert window.header.is_folded is folded, (percent, size)
        assert window.size().toTuple() == size
        assert not screen_checks.clipped(window)


@pytest.mark.parametrize("size", [(1180, 800), (1024, 600), (800, 600)])
def test_saving_never_changes_the_height_of_the_header(open_window: OpenWindow, size: tuple[int, int]) -> None:
    window = open_window("empty", size=size)
    assert window.session is not None
    window.session.set_field(Target("setting"), "name", "Riverside Learning and the Old Mill Centre for Young People")
    window.session.set_field(Target("evaluation"), "commissioner", "Northshire County Council, Alternative Provision")
    settle()
    before = window.header.height()
    heights = set()
    for show in (
        window.header.show_saving,
        lambda: window.header.show_saved(datetime(2026, 11, 27, 14, 2, tzinfo=UTC)),
    ):
        show()
        settle()
        heights.add(window.header.height())
    assert heights == {before}


def at(window: MainWindow) -> str:
    """Which region has the focus."""
    focus = QApplication.focusWidget()
    assert focus is not None
    inside = [region for region in window.regions() if region is focus or region.isAncestorOf(focus)]
    assert inside, screen_checks.describe(focus)
    return inside[-1].accessibleName() or type(inside[-1]).__name__


def test_f6_goes_round_the_regions_of_the_window_and_back_to_the_word(open_window: OpenWindow) -> None:
    window, keys = open_window("empty"), Keyboard()
    assert window.view is not None
    form = window.view.show_area("home-family")
    form.guidance.click()
    settle()
    field = form.findChildren(TextField)[0]
    field.setFocus()
    keys.type("Families ")
    met = []
    for _ in range(5):
        keys.press(KEY.Key_F6)
        met.append(at(window))
    assert met == [
        "Guidance for Home and family engagement",
        "Header",
        "Parts of the evaluation",
        "Areas of Community",
        "QStackedWidget",
    ]
    assert QApplication.focusWidget() is field
    keys.type("write back")
    assert field.value() == "Families write back"
    for expected in reversed(met[:4]):
        keys.press(KEY.Key_F6, Qt.KeyboardModifier.ShiftModifier)
        assert at(window) == expected


def test_f6_comes_to_the_bar_below_and_to_the_details_beside_a_table(open_window: OpenWindow) -> None:
    window, keys = open_window("example"), Keyboard()
    window.commands.send.show_sending()
    settle()
    keys.press(KEY.Key_F6)
    assert screen_checks.spoken_name(keys.at()) == "See it first, as its reader will"
    keys.press(KEY.Key_Escape)
    assert window.view is not None
    assert window.view.currentWidget() is window.view.tabs
    window.view.show_tab("action_plan")
    settle()
    window.view.plan.table.setFocus()
    keys.press(KEY.Key_F6)
    assert at(window) == "The chosen action"
