"""The row of tabs where the window has no room for all: the one in view stands there, and leads to the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from tests.ui.keyboard import Keyboard
from tests.ui.screens import settle

if TYPE_CHECKING:
    from apq_desktop.ui.widgets.bars.tabs import Tabs
    from apq_desktop.ui.widgets.theme import Theme
    from apq_desktop.ui.window.main_window import MainWindow
    from tests.ui.conftest import OpenWindow

KEY = Qt.Key
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support grabbing the keyboard", extend=True)


def folded(window: MainWindow) -> Tabs:
    """The tabs of the second of which alone there is room for."""
    assert window.view is not None
    window.view.visit_area("home-family")
    tabs = window.view.tabs
    settle()
    tabs.bar.setFocus()
    return tabs


def seen(tabs: Tabs) -> list[str]:
    """The words of the tabs that stand in the row."""
    return [tabs.tabText(index) for index in range(tabs.bar.count()) if tabs.bar.isTabVisible(index)]


def open_menu() -> QMenu:
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def test_the_tab_in_view_opens_a_menu_of_all_by_keys_and_by_mouse(open_window: OpenWindow) -> None:
    tabs, keys = folded(open_window("example", percent=200, size=(800, 600))), Keyboard()
    assert seen(tabs) == ["Community"]
    keys.press(KEY.Key_Return)
    ticked = [action.text() for action in open_menu().actions() if action.isChecked()]
    assert ticked == ["Community\tCtrl+2"]
    assert sum("Ctrl+" in action.text() for action in open_menu().actions()[: tabs.count()]) == tabs.count()
    keys.press(KEY.Key_Down)
    keys.press(KEY.Key_Return)
    assert seen(tabs) == ["Curriculum"]
    assert tabs.bar.hasFocus()
    QTest.mouseClick(tabs.bar, Qt.MouseButton.LeftButton, pos=tabs.bar.tabRect(tabs.bar.currentIndex()).center())
    open_menu().actions()[tabs.count() - 1].trigger()
    open_menu().close()
    assert seen(tabs) == ["Evidence"]
    keys.press(KEY.Key_Left)
    assert seen(tabs) == ["Action plan"]


def test_a_page_without_a_tab_is_named_in_the_row_and_the_menu_leads_back(open_window: OpenWindow) -> None:
    window, keys = open_window("example", percent=200, size=(800, 600)), Keyboard()
    tabs = folded(window)
    window.show_page("backups")
    assert seen(tabs) == ["Backups"]
    tabs.bar.setFocus()
    keys.press(KEY.Key_Space)
    open_menu().actions()[1].trigger()
    open_menu().close()
    settle()
    assert seen(tabs) == ["Community"]
    assert window.view is not None
    assert window.view.in_view() is window.view.categories["community"]


def test_all_tabs_stand_in_the_row_again_where_they_have_room(open_window: OpenWindow, theme: Theme) -> None:
    window = open_window("example", percent=200, size=(800, 600))
    tabs = folded(window)
    theme.set_text_size(100)
    settle()
    assert len(seen(tabs)) == tabs.count()
    theme.set_text_size(200)
    settle()
    assert seen(tabs) == ["Community"]
    window.resize(1300, 900)
    settle()
    assert len(seen(tabs)) == tabs.count()


def test_the_page_in_view_stays_when_the_row_folds_and_unfolds(open_window: OpenWindow, theme: Theme) -> None:
    """A page without a tab, too: Qt makes another tab the current one as soon as that one is out of sight."""
    window = open_window("example", size=(1180, 800))
    assert window.view is not None
    page = window.show_page("backups")
    for percent in (200, 100):
        theme.set_text_size(percent)
        settle()
        assert window.view.in_view() is page
