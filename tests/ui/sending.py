"""Check and send, as a person handles it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from apq_desktop.ui.pages.send.copies_page import CopiesPage
    from apq_desktop.ui.pages.send.send_page import CheckAndSend
    from apq_desktop.ui.window.main_window import MainWindow


def sending_page(window: MainWindow) -> CheckAndSend:
    """Go to the page."""
    window.commands.send.show_sending()
    assert window.view is not None
    page = window.view.sending
    assert page is not None
    return page


def make_pack(page: CheckAndSend | CopiesPage, qtbot: QtBot) -> None:
    """Press the button, and wait until the pack is made or is said not to be."""
    page.pack.make.click()
    qtbot.waitUntil(page.pack.make.isEnabled)
