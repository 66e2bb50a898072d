"""Snapshots in the window: kept under a name, compared with, brought back in one step that can be undone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from apq_desktop.evaluation.edits.changes import Target
from apq_desktop.ui.pages.evaluations.compare_page import ComparePage
from apq_desktop.ui.pages.snapshots_page import BACK, SnapshotsPage
from apq_desktop.ui.widgets.buttons import LinkButton
from tests.ui.row_menus import choose

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from apq_desktop.ui.window.main_window import MainWindow
    from tests.ui.conftest import OpenWindow

NAME = "before the meeting of governors"


def words(widget: QWidget) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]


def link(page: QWidget, name: str) -> Any:
    return next(one for one in page.findChildren(LinkButton) if one.isVisible() and one.accessibleName() == name)


def snapshots(window: MainWindow) -> SnapshotsPage:
    window.menus.actions["show_snapshots"].trigger()
    assert window.view is not None
    page = window.view.currentWidget()
    assert isinstance(page, SnapshotsPage)
    return page


def test_a_snapshot_is_kept_compared_and_brought_back_in_one_step(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("example")
    assert window.session is not None
    assert window.view is not None
    evaluation = window.session.evaluation
    before, actions = evaluation.summary, len(evaluation.actions)
    page = snapshots(window)
    qtbot.waitUntil(lambda: "There is no snapshot of this evaluation yet." in words(page))
    assert QApplication.focusWidget() is page.name
    QTest.keyClicks(page.name, NAME)
    QTest.keyClick(page.name, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: NAME in words(page))
    assert window.notification_bar.text.text() == f"Kept: {NAME}."
    assert page.name.value() == ""
    window.session.set_field(Target("evaluation"), "summary", "Balloons")
    form = window.view.show_area("home-family")
    choose(form.strength_list.rows()[0], "Remove")
    link(snapshots(window), f"What changed since: {NAME}").click()
    compare = window.view.currentWidget()
    assert isinstance(compare, ComparePage)
    assert compare.earlier.currentText() == f"Snapshot: {NAME}"
    assert "Nothing changed." not in words(compare)
    page = snapshots(window)
    qtbot.waitUntil(lambda: NAME in words(page))
    link(page, f"Bring back: {NAME}").click()
    assert evaluation.summary == before
    assert len(evaluation.area("home-family").strengths) == len(form.strength_list.rows())
    assert len(evaluation.actions) == actions
    assert window.notification_bar.text.text() == BACK
    window.session.leave_field()
    window.view.show_overview()
    assert window.undo_actions.undo.text() == f"&Undo bringing back “{NAME}”"
    window.undo_actions.take_back()
    assert evaluation.summary == "Balloons"


def test_a_snapshot_is_looked_at_by_itself(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("example")
    assert window.session is not None
    assert window.view is not None
    before = window.session.evaluation.summary
    page = snapshots(window)
    QTest.keyClicks(page.name, NAME)
    QTest.keyClick(page.name, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: NAME in words(page))
    window.session.set_field(Target("evaluation"), "summary", "Balloons")
    link(page, f"Look at it: {NAME}").click()
    read: Any = window.view.currentWidget()
    assert before.splitlines()[0] in read.text.toPlainText()
    assert "Balloons" not in read.text.toPlainText()
    assert "Go there" not in read.text.toPlainText(), "there is nothing to be written in"
    assert any(NAME in said for said in words(read))
    window.show_page("read")
    assert "Balloons" in read.text.toPlainText(), "the page itself shows what is written now"


def test_without_a_name_it_is_named_after_the_day(open_window: OpenWindow, qtbot: QtBot) -> None:
    page = snapshots(open_window("empty"))
    page.keep.click()
    qtbot.waitUntil(lambda: any(text.startswith("As it stood on ") for text in words(page)))
