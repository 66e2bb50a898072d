"""What a person chooses in the menu of an entry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QMenu

from tests.ui.screens import settle

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from apq_desktop.ui.fields.rows.item_row import ItemRow


def opened(row: ItemRow) -> QMenu:
    """The menu of a row, opened by its button."""
    row.menu.setFocus()
    row.menu.click()
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu), "no menu opened"
    return menu


def item(menu: QMenu, words: str) -> QAction:
    """The item of a menu that begins with these words."""
    found = [action for action in menu.actions() if action.text().split("\t")[0] == words]
    assert found, (words, [action.text() for action in menu.actions()])
    return found[0]


def choose(row: ItemRow, *way: str) -> None:
    """Choose an item of a row's menu: of the menus below each other that ``way`` names."""
    top = menu = opened(row)
    for words in way[:-1]:
        there = item(menu, words).menu()
        assert isinstance(there, QMenu)
        menu = there
    chosen = item(menu, way[-1])
    assert chosen.isEnabled(), way
    window = row.window()
    top.close()
    chosen.trigger()
    window.activateWindow()
    settle()
