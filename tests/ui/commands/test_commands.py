"""The tables of commands and pages: a new one is one line beside a method or a module, and none starts without."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtGui import QAction
from shiboken6 import isValid

from apq_desktop.ui.commands.command_table import COMMANDS, MENUS, Command
from apq_desktop.ui.pages import page_table
from apq_desktop.ui.pages.page_table import PAGES, PageSpec
from apq_desktop.ui.session.open_file.file_controller import FileController
from apq_desktop.ui.widgets.page import Page
from apq_desktop.ui.window import main_window, menu_bar

if TYPE_CHECKING:
    from apq_desktop.toolkit.catalogue import Catalogue
    from apq_desktop.ui.session.app_context import AppContext, OpenEvaluation
    from apq_desktop.ui.widgets.theme import Theme
    from apq_desktop.ui.window.main_window import MainWindow
    from tests.ui.conftest import OpenWindow


def add(monkeypatch: pytest.MonkeyPatch, command: Command) -> None:
    for module in (main_window, menu_bar):
        monkeypatch.setattr(module, "COMMANDS", (*COMMANDS, command))


def entry(window: MainWindow, text: str) -> QAction:
    return next(action for action in window.findChildren(QAction) if action.text() == text)


def test_a_new_command_is_one_line_and_a_method(open_window: OpenWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []
    monkeypatch.setattr(
        "apq_desktop.ui.commands.file_commands.FileCommands.make_coffee", lambda _: done.append("coffee"), raising=False
    )
    add(monkeypatch, Command("make_coffee", "file", "Make &coffee", "Ctrl+K", needs="editable"))
    window = open_window("start")
    action = entry(window, "Make &coffee")
    assert action in window.menus.menus["file"].actions()
    assert action.shortcut().toString() == "Ctrl+K"
    assert not action.isEnabled(), "nothing is open"
    window = open_window("example")
    action = entry(window, "Make &coffee")
    assert action.isEnabled()
    action.trigger()
    assert done == ["coffee"]


class CoffeePage(Page):
    """A page that no module has yet."""

    def __init__(self, _app: AppContext, here: OpenEvaluation) -> None:
        super().__init__(f"For {here.session.evaluation.setting.name}")


def test_a_new_page_is_one_line_and_a_module(open_window: OpenWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    module = ModuleType("apq_desktop.ui.pages.coffee_page")
    vars(module)["CoffeePage"] = CoffeePage
    monkeypatch.setitem(sys.modules, module.__name__, module)
    monkeypatch.setattr(page_table, "PAGES", (*PAGES, PageSpec("coffee", "Coffee", "coffee_page:CoffeePage")))
    add(monkeypatch, Command("coffee", "help", "&Coffee", needs="evaluation", page=True))
    window = open_window("example")
    entry(window, "&Coffee").trigger()
    page = window.findChild(CoffeePage)
    assert page is not None
    assert page.isVisible()
    assert page.accessibleName() == "Coffee"


def test_a_command_without_a_handler_stops_the_start(open_window: OpenWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    add(monkeypatch, Command("make_tea", "file", "Make &tea"))
    with pytest.raises(LookupError, match="make_tea"):
        open_window("start")


def test_every_key_stands_once_and_every_page_of_a_menu_is_in_the_table_of_pages() -> None:
    keys = [command.key for command in COMMANDS]
    assert len(set(keys)) == len(keys)
    assert {command.menu for command in COMMANDS} == {menu for menu, _ in MENUS}
    assert {command.key for command in COMMANDS if command.page and command.needs != "library"} <= {
        page.key for page in PAGES
    }


def test_each_menu_and_each_line_of_one_has_an_access_key_of_its_own() -> None:
    lines = [("", text) for _, text in MENUS] + [(command.menu, command.text) for command in COMMANDS]
    by_key: dict[tuple[str, str], list[str]] = {}
    for menu, text in lines:
        assert text.count("&") == 1, text
        by_key.setdefault((menu, text[text.index("&") + 1].lower()), []).append(text)
    assert not [texts for texts in by_key.values() if len(texts) > 1]


def test_every_handler_ends_with_its_window(catalogue: Catalogue, theme: Theme, tmp_path: Path) -> None:
    window = main_window.MainWindow(FileController(lambda: catalogue), theme, tmp_path)
    handlers = [one for one in vars(window.commands).values() if isinstance(one, QObject)]
    assert len(handlers) >= 6
    assert window.close()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(window, QEvent.Type.DeferredDelete)
    assert not [one for one in (*handlers, window.saving, window.current) if isValid(one)]
