"""An officer's tags in the window: given, taken away and undone by keys, and what lists are narrowed by."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt

from apq_desktop.services.locality import tags
from apq_desktop.ui.widgets.buttons import Button
from apq_desktop.ui.widgets.text_labels import Tag
from tests.library import council
from tests.ui.council_window import new_library, read, receive, shown
from tests.ui.keyboard import Keyboard
from tests.ui.screens import faults, settle

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from apq_desktop.ui.window.main_window import MainWindow
    from tests.ui.conftest import OpenWindow

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support grabbing the keyboard", extend=True)


def given(page: Any) -> list[str]:
    return [chip.text() if isinstance(chip, Button) else chip.accessibleName() for chip in page.tags.chips]


def _carries(page: Any, count: int) -> bool:
    return len(given(page)) == count


def reading(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> Any:
    made = [council.evaluation(name) for name in council.NAMES]
    new_library(window, tmp_path / "Northshire", qtbot)
    receive(window, qtbot, *council.put(tmp_path / "inbox", *made))
    return read(window, qtbot, made[2].id)


def test_a_tag_is_given_by_keys_narrows_each_list_and_is_taken_away_with_undo(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window, keys = open_window("start", size=(1366, 768)), Keyboard()
    page = reading(window, qtbot, tmp_path)
    keys.push("Give a tag…")
    keys.type("To visit")
    keys.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: given(page) == ["To visit (for you alone)"])
    keys.press(Qt.Key.Key_Escape)
    assert page.tags.add.hasFocus()
    for key in ("providers", "area"):
        there = shown(window).show_page(key)
        qtbot.waitUntil(partial(_is_long, there))
        field = there.tag if key == "providers" else there.filters.tag
        assert [field.itemText(n) for n in range(field.count())] == ["With or without", "To visit"]
        field.load("To visit")
        field.changed.emit("To visit")
        qtbot.waitUntil(partial(_shows, there, "Élan"))
    assert "[To visit]" in shown(window).page("providers").table.providers.about(page.reading.revision)
    read(window, qtbot, page.reading.revision.evaluation)
    keys.push("Take away the tag To visit (for you alone)")
    qtbot.waitUntil(lambda: given(page) == [])
    settle()
    keys.push("Undo")
    qtbot.waitUntil(lambda: given(page) == ["To visit (for you alone)"])


def _names(page: Any) -> list[str]:
    if hasattr(page, "table"):
        return [row.name for row in page.table.providers.rows]
    return [head.name.text() for head in page.columns._heads if not head.isHidden()]


def _is_long(page: Any) -> bool:
    return len(_names(page)) > 1


def _shows(page: Any, *names: str) -> bool:
    return _names(page) == list(names)


def test_a_colleagues_tag_is_told_and_cannot_be_taken_away(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window = open_window("start")
    page = reading(window, qtbot, tmp_path)
    colleague = council.officer(tmp_path / "Northshire", tmp_path / "colleague")
    tags.give_tag(colleague, page.reading.revision.provider, "Ours", audience="us")
    colleague.close()
    window.libraries.look_for_news()
    qtbot.waitUntil(lambda: given(page) == ["Ours, from a colleague"])
    assert isinstance(page.tags.chips[0], Tag)


@pytest.mark.parametrize("percent", [100, 200])
def test_tags_stand_whole_in_every_size(open_window: OpenWindow, qtbot: QtBot, tmp_path: Path, percent: int) -> None:
    window = open_window("start", size=(1024, 690), percent=percent)
    page = reading(window, qtbot, tmp_path)
    for n in range(4):
        page.tags.name.load(f"A tag of some length, number {n}")
        page.tags._give()
        qtbot.waitUntil(partial(_carries, page, n + 1))
    page.tags._unfold()
    settle()
    assert faults(window) == []
