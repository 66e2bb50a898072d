"""One file for several years and settings: listed, switched, renamed, archived, removed, brought back, never mixed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu

from apq_desktop.ui.pages.evaluations.compare_page import ComparePage
from apq_desktop.ui.pages.evaluations.evaluations_page import EvaluationsPage
from apq_desktop.ui.widgets.buttons import Button
from tests.ui.screens import settle

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from apq_desktop.evaluation.model import Evaluation
    from apq_desktop.ui.window.main_window import MainWindow
    from tests.ui.conftest import OpenWindow

EAST = "Riverside Learning, East site"
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support grabbing the keyboard", extend=True)


def evaluation_of(window: MainWindow) -> Evaluation:
    assert window.session is not None
    return window.session.evaluation


def page_of(window: MainWindow) -> EvaluationsPage:
    window.show_page("evaluations")
    settle()
    assert window.view is not None
    page = window.view.currentWidget()
    assert isinstance(page, EvaluationsPage)
    return page


def start_for(window: MainWindow, qtbot: QtBot, name: str) -> str:
    """Start an evaluation for another setting with the keyboard. Returns its id."""
    page = page_of(window)
    page.name.setFocus()
    QTest.keyClicks(page.name, name)
    with qtbot.waitSignal(window.evaluation_shown):
        QTest.keyClick(page.name, Qt.Key.Key_Return)
    return evaluation_of(window).id


def in_the_menu(window: MainWindow) -> list[str]:
    menu = next(menu for menu in window.menuBar().findChildren(QMenu) if menu.title() == "Eval&uations")
    return [action.text() for action in menu.actions() if action.isCheckable()]


def words_on(page: EvaluationsPage) -> str:
    return "\n".join(label.text() for label in page.findChildren(QLabel) if label.isVisibleTo(page))


def test_another_setting_starts_empty_and_nothing_of_the_first_shows_in_it(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    window = open_window("example")
    first = evaluation_of(window)
    assert not window.header.switch.isVisible()
    east = start_for(window, qtbot, EAST)
    now = evaluation_of(window)
    assert (now.setting.name, now.evidence, now.actions) == (EAST, [], [])
    assert now.setting.id != first.setting.id
    assert not any(entry.text for area in now.areas for entry in area.strengths)
    assert window.header.setting.text() == EAST
    words = words_on(page_of(window))
    assert "Riverside Learning\n" in words
    assert "September 2025 to July 2026  ·  for Northshire Council  ·  not sent yet  ·  last changed 20" in words
    window.header.switch.click()
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    with qtbot.waitSignal(window.evaluation_shown):
        QTest.keyClick(menu, Qt.Key.Key_Up)
        QTest.keyClick(menu, Qt.Key.Key_Return)
    assert evaluation_of(window) == first
    assert east != first.id


def test_what_is_archived_leaves_menu_and_switch_and_comes_back(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("example")
    assert window.view is not None
    first, file = evaluation_of(window).id, window.view.here.path
    start_for(window, qtbot, EAST)
    page = page_of(window)
    page.rows[first].archive.click()
    assert QApplication.focusWidget() is page.rows[first].first
    assert in_the_menu(window) == [f"Self-evaluation 2026/27, {EAST}"]
    assert not window.header.switch.isVisible()
    assert window.close()
    again = open_window(file)
    assert evaluation_of(again).setting.name == EAST
    page = page_of(again)
    assert "Archive" in words_on(page).splitlines()
    page.rows[first].archive.click()
    assert "Archive" not in words_on(page).splitlines()
    assert len(in_the_menu(again)) == 2
    assert again.header.switch.isVisible()


def test_an_evaluation_is_renamed_in_view_or_not(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("example")
    first = evaluation_of(window).id
    east = start_for(window, qtbot, EAST)
    page = page_of(window)
    for key, title in ((first, "Main site 2026"), (east, "East 2026")):
        page.rows[key].rename.click()
        QTest.keyClicks(page.rows[key].title, title)
        QTest.keyClick(page.rows[key].title, Qt.Key.Key_Return)
        assert title in words_on(page)
    page.rows[first].rename.click()
    QTest.keyClicks(page.rows[first].title, "Never mind")
    QTest.keyClick(page.rows[first].title, Qt.Key.Key_Escape)
    assert "Never mind" not in words_on(page)
    assert page.isVisible()
    assert evaluation_of(window).title == "East 2026"
    assert in_the_menu(window) == ["Main site 2026, Riverside Learning", f"East 2026, {EAST}"]
    with qtbot.waitSignal(window.evaluation_shown):
        page.rows[first].open.click()
    assert evaluation_of(window).title == "Main site 2026"


def test_a_removed_evaluation_comes_back_whole(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("example")
    first = evaluation_of(window)
    start_for(window, qtbot, EAST)
    page = page_of(window)
    assert not page.rows[evaluation_of(window).id].remove.isVisible(), "the one in view cannot be removed"
    page.rows[first.id].remove.click()
    assert first.id not in page.rows
    assert in_the_menu(window) == [f"Self-evaluation 2026/27, {EAST}"]
    settle()
    bring = next(button for button in page.findChildren(Button) if button.text() == "Bring back" and button.isVisible())
    assert bring.accessibleName().startswith("Bring back Self-evaluation 2026/27")
    bring.click()
    assert QApplication.focusWidget() is page.rows[first.id].open
    with qtbot.waitSignal(window.evaluation_shown):
        page.rows[first.id].open.click()
    assert evaluation_of(window) == first


def test_a_second_evaluation_of_the_same_year_has_a_title_of_its_own(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("example")
    for title in ("Self-evaluation 2026/27 (2)", "Self-evaluation 2026/27 (3)"):
        with qtbot.waitSignal(window.evaluation_shown):
            window.commands.evaluation.start_another()
        assert evaluation_of(window).title == title
    start_for(window, qtbot, EAST)
    assert evaluation_of(window).title == "Self-evaluation 2026/27", "titles of another setting do not count"
    page = page_of(window)
    assert len({row.open.accessibleName() for row in page.rows.values()}) == len(page.rows) == 4


def test_search_and_comparison_name_the_setting_where_it_is_another(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("example")
    start_for(window, qtbot, EAST)
    window.commands.evaluation.show_comparison()
    assert window.view is not None
    compare = window.view.currentWidget()
    assert isinstance(compare, ComparePage)
    assert compare.earlier.currentText() == "Self-evaluation 2026/27, Riverside Learning"
    window.finding.find()
    panel = window.finding.overlay.panel
    QTest.keyClicks(panel.words, "sessional tutors")
    window.finding.look()
    found = [panel.results.found_at(row) for row in range(panel.results.count())]
    assert any(one and one.where.startswith("Self-evaluation 2026/27, Riverside Learning: ") for one in found)
