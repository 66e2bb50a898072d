"""The list of providers has room for its words, or puts them below one another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QFontMetrics

from apq_desktop.ui.widgets.text_labels import scaled_font
from tests.ui.council_window import example
from tests.ui.screens import settle

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from apq_desktop.ui.widgets.theme import Theme
    from tests.ui.conftest import OpenWindow


@pytest.mark.parametrize("size", [(1024, 600), (1180, 800), (1920, 1080)])
def test_no_words_beside_a_name_are_cut(
    open_window: OpenWindow, qtbot: QtBot, theme: Theme, size: tuple[int, int]
) -> None:
    window = open_window("start", size=size)
    table = example(window, qtbot).page("providers").table
    for percent in (100, 150, 200):
        theme.set_text_size(percent)
        settle()
        if table.is_narrow:
            assert all(table.isColumnHidden(column) for column in range(1, table.model().columnCount()))
            continue
        metrics = QFontMetrics(scaled_font(1.0, bold=True))
        for row in table.providers.rows:
            for column, words in enumerate(table.providers.words(row)[1:], 1):
                assert metrics.horizontalAdvance(words) <= table.columnWidth(column), (percent, words)
