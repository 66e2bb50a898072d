"""What happens away from the focus is said to whoever cannot see it, and the focus is never lost over it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleEvent
from PySide6.QtWidgets import QApplication

from apq_desktop.ui.pages.send.cover_note_card import NoteToSend
from apq_desktop.ui.pages.send.send_page import CheckAndSend
from tests.ui import screen_checks
from tests.ui.keyboard import Keyboard
from tests.ui.screens import settle

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from apq_desktop.ui.window.main_window import MainWindow
    from tests.ui.conftest import OpenWindow


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What Qt was asked to have said; it passes that on to the screen reader of the system."""
    words: list[str] = []
    tell = QAccessible.updateAccessibility

    def listen(event: QAccessibleEvent) -> None:
        if isinstance(event, QAccessibleAnnouncementEvent):
            words.append(event.message())
        tell(event)

    monkeypatch.setattr(QAccessible, "updateAccessibility", listen)
    return words


def _sending(window: MainWindow) -> CheckAndSend:
    window.commands.send.show_sending()
    page = window.findChild(CheckAndSend)
    assert page is not None
    return page


def test_making_a_pack_is_said_from_beginning_to_end_and_the_focus_goes_along(
    open_window: OpenWindow, qtbot: QtBot, heard: list[str]
) -> None:
    page, keys = _sending(open_window("example")), Keyboard()
    heard.clear()
    keys.push("Make the pack")
    assert heard == ["Making the pack. You can go on working meanwhile."]
    assert QApplication.focusWidget() is page.pack.cancel
    keys.press(Qt.Key.Key_Space)
    assert heard[1:] == ["Cancelled. Nothing was written."]
    assert QApplication.focusWidget() is page.pack.make
    keys.press(Qt.Key.Key_Space)
    qtbot.waitUntil(page.pack.make.isEnabled)
    assert heard[-1] == "The pack is made."
    assert (
        page.viewport()
        .rect()
        .contains(page.pack.open_folder.mapTo(page.viewport(), page.pack.open_folder.rect().center()))
    )
    assert QApplication.focusWidget() is page.pack.open_folder
    keys.push("Copy the text for the email to Northshire Council")
    assert heard[-1] == "Copied. Paste it into your email."
    assert page.findChild(NoteToSend).copied.isVisible()  # type: ignore[union-attr]


def test_whoever_goes_on_working_is_not_called_away_when_the_pack_is_made(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    page, keys = _sending(open_window("example")), Keyboard()
    keys.push("Make the pack")
    page.for_whom.someone.setFocus()
    qtbot.waitUntil(page.pack.make.isEnabled)
    assert QApplication.focusWidget() is page.for_whom.someone


def test_recipients_are_added_and_removed_by_keyboard_with_the_focus_where_the_eye_is(
    open_window: OpenWindow, heard: list[str]
) -> None:
    window = open_window("example")
    heard.clear()
    page, keys = _sending(window), Keyboard()
    keys.fill("Name of another council, school or trust", "The Bridge Trust")
    keys.press(Qt.Key.Key_Return)
    keys.press(Qt.Key.Key_Backtab)
    assert screen_checks.spoken_name(keys.at()) == "Remove The Bridge Trust"
    keys.press(Qt.Key.Key_Space)
    settle()
    assert QApplication.focusWidget() is page.for_whom.someone
    assert heard == ["“The Bridge Trust” removed."]
    window.undo_actions.take_back()
    assert list(page.for_whom.boxes) == ["Northshire Council", "The Bridge Trust"]
    assert window.view is not None
    assert window.view.currentWidget() is page
    assert QApplication.focusWidget() is page.for_whom.someone


def test_the_state_of_saving_is_read_as_it_stands_and_a_failure_is_said_until_it_is_mended(
    open_window: OpenWindow, heard: list[str]
) -> None:
    header = open_window("example").header
    assert heard == ["This is the example."], "the banner"
    heard.clear()
    assert screen_checks.spoken_name(header.state) == header.state.text() == "✓  Saved on this computer"
    header.show_saving()
    assert heard == []
    header.show_not_saved("Not saved, because the disk is full.")
    assert heard == ["Not saved, because the disk is full."]
    header.show_saving()
    header.show_saved(None)
    header.show_saved(None)
    assert heard[1:] == ["✓  Saved on this computer"]


def test_undo_beside_a_message_is_offered_only_while_it_takes_back_what_the_message_speaks_of(
    open_window: OpenWindow,
) -> None:
    window = open_window("example")
    page, keys = _sending(window), Keyboard()
    keys.push("Remove Northshire Council")
    assert window.notification_bar.isVisible()
    keys.fill("Name of another council, school or trust", "The Bridge Trust")
    keys.press(Qt.Key.Key_Return)
    assert list(page.for_whom.boxes) == ["The Bridge Trust"]
    assert not window.notification_bar.isVisible()


def test_whoever_dismisses_a_message_is_back_where_they_came_from(open_window: OpenWindow) -> None:
    window = open_window("example")
    page, keys = _sending(window), Keyboard()
    window.notification_bar.say("Your version is saved.")
    keys.tab_to("Make the pack")
    before = keys.at()
    keys.push("Dismiss this message")
    assert not window.notification_bar.isVisible()
    assert QApplication.focusWidget() is before
    assert page.whole.isAncestorOf(before)
