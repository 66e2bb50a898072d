"""PySide holds no layout items: Qt deletes them unasked, and what stood at their address was taken for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtWidgets import QLayout, QLayoutItem

from tests.ui.every_page import library_pages, pages
from tests.ui.screens import settle

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.ui.conftest import OpenWindow


def items_held() -> int:
    return sum(isinstance(one, QLayoutItem) and not isinstance(one, QLayout) for one in shiboken6.getAllValidWrappers())


def test_no_page_leaves_items_of_its_layouts_to_python(open_window: OpenWindow, qtbot: QtBot) -> None:
    before, found = items_held(), []
    for file, walk in (("example", pages), ("start", lambda window: library_pages(window, qtbot.waitUntil))):
        for page in walk(open_window(file)):
            settle()
            if (now := items_held()) != before:
                found.append(f"{page}: {now - before}")
                before = now
    assert not found, "\n".join(found)
