"""A notice says what happened, and goes with its step, and when another file opens."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from apq_desktop import paths
from apq_desktop.ui.fields.text_fields import TextField
from apq_desktop.ui.widgets.buttons import LinkButton
from tests.ui.keyboard import Keyboard
from tests.ui.row_menus import choose
from tests.ui.screens import settle

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from apq_desktop.ui.window.main_window import MainWindow
    from tests.ui.conftest import OpenWindow


UI = paths.resources().parent / "apq_desktop" / "ui"


def said(window: MainWindow) -> str:
    settle()
    return window.notification_bar.text.text() if window.notification_bar.isVisible() else ""


def first_field(window: MainWindow) -> TextField:
    assert window.view is not None
    field = next(one for one in window.view.show_area("workforce").findChildren(TextField) if one.isVisible())
    field.setFocus()
    settle()
    return field


def test_a_notice_goes_with_the_next_letter(open_window: OpenWindow) -> None:
    window = open_window("example")
    first_field(window)
    window.notification_bar.say("A copy is saved as copy.apq.")
    assert said(window)
    Keyboard().type("a")
    assert said(window) == ""


def test_a_notice_goes_when_another_page_comes(open_window: OpenWindow) -> None:
    window = open_window("example")
    window.notification_bar.say("A copy is saved as copy.apq.")
    settle()
    assert window.view is not None
    window.view.tabs.setCurrentIndex(1)
    assert said(window) == ""


def test_a_notice_goes_when_another_file_opens(open_window: OpenWindow, qtbot: QtBot, tmp_path: Path) -> None:
    window = open_window("empty")
    window.notification_bar.say("The backup could not be made.", stays=True)
    with qtbot.waitSignal(window.evaluation_shown):
        window.commands.open.open_example()
    assert said(window) == ""


def test_what_can_be_undone_is_offered_from_another_page_until_the_next_step(open_window: OpenWindow) -> None:
    window = open_window("example")
    assert window.view is not None
    form = window.view.show_area("workforce")
    choose(form.strength_list.rows()[0], "Remove")
    assert said(window) == "Strength removed."
    window.view.show_details()
    assert said(window) == "Strength removed."
    first_field(window)
    Keyboard().type("a")
    assert said(window) == ""


def test_trouble_that_came_of_itself_waits_until_it_is_seen(open_window: OpenWindow) -> None:
    window = open_window("example")
    window._files.backup_scheduler.backup_failed.emit("No backup could be made. Your file itself is saved.")
    first_field(window)
    Keyboard().type("a")
    assert said(window) == "No backup could be made. Your file itself is saved."
    next(link for link in window.notification_bar.findChildren(LinkButton) if link.text() == "Dismiss").click()
    assert said(window) == ""


def test_a_paste_that_was_cut_is_spoken_of_though_it_changed_the_text(open_window: OpenWindow) -> None:
    window = open_window("empty")
    field = first_field(window)
    QApplication.clipboard().setText("word " * 9_000)
    field.paste()
    assert "40,000" in said(window)
    QApplication.clipboard().clear()


def test_no_success_is_told_in_a_box_that_must_be_closed() -> None:
    """Each title of a box, wherever in the code it is opened, says that something was not done, or is asked for."""
    found = []
    for path in sorted(UI.rglob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        named = {
            target.id: node.value
            for node in ast.walk(tree)
            if isinstance(node, ast.Assign)
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
            if isinstance(call.func, ast.Attribute) and call.func.attr in ("tell", "tell_error") and len(call.args) > 1:
                title = call.args[0]
                title = named.get(title.id, title) if isinstance(title, ast.Name) else title
                if isinstance(title, ast.Constant):
                    found.append(str(title.value))
    assert len(found) > 8
    assert not [title for title in found if not re.search(r"\b[Nn]ot\b|^No |^About ", title)]
