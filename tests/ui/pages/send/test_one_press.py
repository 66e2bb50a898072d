"""What makes a file makes one, however often it is pressed, and says at once that it is at work."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from apq_desktop import services
from apq_desktop.evaluation.model import new_evaluation
from apq_desktop.exchange.json import evaluation_json
from apq_desktop.paths import own_folder
from apq_desktop.ui.pages.evaluations.evaluations_page import EvaluationsPage
from apq_desktop.ui.pages.evaluations.next_year_page import NextYearPage
from apq_desktop.ui.widgets.buttons import Button, WorkButton
from tests.ui.screens import settle

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from apq_desktop.toolkit.catalogue import Catalogue
    from apq_desktop.ui.window.main_window import MainWindow
    from tests.ui.conftest import OpenWindow


def made(folder: Path) -> int:
    return sum(len(list(place.rglob("*.apq"))) for place in (folder, own_folder("data") / "examples"))


def twice(button: Button) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    QTest.mouseDClick(button, Qt.MouseButton.LeftButton)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def all_done(window: MainWindow, qtbot: QtBot) -> None:
    """Whatever was set going has come to its end."""
    qtbot.waitUntil(lambda: not window._files._under_way)
    window._files.store_thread.do(lambda: None)
    settle()


def test_start_pressed_twice_makes_one_file_and_says_so(open_window: OpenWindow, qtbot: QtBot, tmp_path: Path) -> None:
    window = open_window("start")
    page = window.start_page
    assert page is not None
    with qtbot.waitSignal(window.evaluation_shown):
        twice(page.start)
        assert not page.start.isEnabled()
        assert page.start.text() == "Making your file…"
    all_done(window, qtbot)
    assert made(tmp_path) == 1


def test_enter_twice_makes_one_file(open_window: OpenWindow, qtbot: QtBot, tmp_path: Path) -> None:
    window = open_window("start")
    assert window.start_page is not None
    with qtbot.waitSignal(window.evaluation_shown):
        QTest.keyClick(window.start_page.name, Qt.Key.Key_Return)
        QTest.keyClick(window.start_page.name, Qt.Key.Key_Return)
    all_done(window, qtbot)
    assert made(tmp_path) == 1


def test_where_no_file_can_be_made_the_button_is_there_again(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    from PySide6.QtWidgets import QMessageBox

    (tmp_path / "APQ Desktop").write_text("a file where the folder should be", encoding="utf-8")
    window = open_window("start")
    page = window.start_page
    assert page is not None
    page.start.setFocus()
    with qtbot.waitSignal(window._files.failed):
        QTest.mouseClick(page.start, Qt.MouseButton.LeftButton)
    settle()
    box = window.findChild(QMessageBox)
    assert box is not None
    box.close()
    settle()
    assert page.start.isEnabled()
    assert page.start.text() == "Start"
    assert window.focusWidget() is page.name


def test_every_button_that_makes_an_evaluation_makes_one(open_window: OpenWindow, qtbot: QtBot, tmp_path: Path) -> None:
    window = open_window("empty")
    for show, kind in (
        (lambda: window.show_page("next_year"), NextYearPage),
        (lambda: window.show_page("evaluations"), EvaluationsPage),
    ):
        show()
        page = window.findChild(kind)
        assert isinstance(page, NextYearPage | EvaluationsPage)
        before = len(window._files.headings())
        with qtbot.waitSignal(window.evaluation_shown):
            twice(page.start)
            assert not page.start.isEnabled()
            assert page.start.text().endswith("…")
        all_done(window, qtbot)
        assert len(window._files.headings()) == before + 1


@pytest.mark.parametrize("what", ["Look at the &example", "Start &another in this file"])
def test_a_menu_chosen_twice_makes_one(open_window: OpenWindow, qtbot: QtBot, tmp_path: Path, what: str) -> None:
    from PySide6.QtGui import QAction

    window = open_window("empty")
    before = made(tmp_path) + len(window._files.headings())
    action = next(one for one in window.findChildren(QAction) if one.text() == what)
    with qtbot.waitSignal(window.evaluation_shown):
        action.trigger()
        action.trigger()
    all_done(window, qtbot)
    assert made(tmp_path) + len(window._files.headings()) == before + 1


def test_a_backup_opened_twice_makes_one_file(open_window: OpenWindow, qtbot: QtBot, tmp_path: Path) -> None:
    from datetime import UTC, datetime

    from apq_desktop.storage.files.backups import Backups

    window = open_window("empty")
    held = window._files.workspace
    window._files.backup_scheduler._folder = tmp_path / "backups"
    backups = Backups(tmp_path / "backups")
    window._files.store_thread.do(lambda: backups.take(held, datetime.now(UTC)))
    (backup,) = backups.of(held.path)
    before = made(tmp_path)
    with qtbot.waitSignal(window.evaluation_shown):
        window.commands.file.open_backup(backup, held.path)
        window.commands.file.open_backup(backup, held.path)
    all_done(window, qtbot)
    assert made(tmp_path) == before + 1


def test_all_that_makes_a_file_is_off_while_one_is_made(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("start")
    buttons = window.findChildren(WorkButton)
    assert len(buttons) >= 2
    with qtbot.waitSignal(window.evaluation_shown):
        buttons[0].click()
        assert not any(button.isEnabled() for button in buttons)
    settle()


def test_a_pack_is_made_once_and_read_in_once(
    open_window: OpenWindow, qtbot: QtBot, catalogue: Catalogue, tmp_path: Path
) -> None:
    window = open_window("empty")
    window.commands.send.show_sending()
    assert window.view is not None
    assert window.session is not None
    page = window.view.sending
    assert page is not None
    twice(page.pack.make)
    qtbot.waitUntil(page.pack.open_folder.isVisible)
    assert window.session.evaluation.revision == 1
    assert len(list(page.pack.folder.glob("*.pdf"))) == 1
    received = tmp_path / "theirs.json"
    received.write_bytes(evaluation_json.write(new_evaluation(catalogue, created=services.now()), catalogue))
    with qtbot.waitSignal(window.evaluation_shown):
        window.commands.open.open_path(received)
        window.commands.open.open_path(received)
    all_done(window, qtbot)
    assert len(window._files.headings()) == 2
