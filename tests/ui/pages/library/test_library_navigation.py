"""The list at the left of a library leads to each page and each area, by keys alone, and hides where it has no room."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt

from tests.library import council
from tests.ui.council_window import new_library, read, receive, shown
from tests.ui.keyboard import Keyboard, press
from tests.ui.screens import faults, settle

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from tests.ui.conftest import OpenWindow

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support grabbing the keyboard", extend=True)


def _leads(view: Any, key: str) -> bool:
    return bool(view.side.current_key() == key)


def test_its_rows_lead_to_each_page_and_area_and_mark_the_one_in_view(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window, keys = open_window("start", size=(1366, 768)), Keyboard()
    new_library(window, tmp_path / "Northshire", qtbot)
    made = [council.evaluation(name) for name in council.NAMES]
    receive(window, qtbot, *council.put(tmp_path / "inbox", *made))
    view = shown(window)
    qtbot.waitUntil(lambda: any(row.note == "5 providers" for row in view.side.rows))
    keys.tab_to("This library")
    press(Qt.Key.Key_End)
    page = view.page("area")
    qtbot.waitUntil(lambda: page.list.passages.rowCount() > 0 and page.heading.text() == "All areas")
    assert view.side.hasFocus()
    press(Qt.Key.Key_Up)
    qtbot.waitUntil(lambda: page.heading.text().startswith("13 "))
    press(Qt.Key.Key_Return)
    assert page.filters.area.hasFocus()
    keys.press(Qt.Key.Key_6)
    qtbot.waitUntil(partial(_leads, view, "area attendance"))
    window.menus.actions["themes"].trigger()
    assert view.side.current_key() == "themes"
    settle()
    assert faults(window) == []
    read(window, qtbot, made[0].id)
    assert not view.side.isVisible(), "a provider has a list of its own"
    press(Qt.Key.Key_Escape)
    assert view.side.isVisible()
    assert view.side.current_key() == "providers"


def test_a_narrow_window_has_the_pages_alone(open_window: OpenWindow, qtbot: QtBot, tmp_path: Path) -> None:
    window = open_window("start", size=(1024, 600), percent=200)
    new_library(window, tmp_path / "Northshire", qtbot)
    receive(window, qtbot, *council.put(tmp_path / "inbox", council.evaluation("Elm")))
    assert not shown(window).side.isVisible()
    assert faults(window) == []
