"""What holds on every page of the council's window and in every message, found in the table of its pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QMessageBox, QWidget

from apq_desktop.ui.widgets.theme import TEXT_SIZES
from tests.ui import screen_checks
from tests.ui.every_page import library_pages, long_but
from tests.ui.focus_ring import unseen
from tests.ui.screens import settle

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from apq_desktop.ui.widgets.theme import Scheme, Theme
    from apq_desktop.ui.window.main_window import MainWindow
    from tests.ui.conftest import OpenWindow


def in_front(window: MainWindow) -> QWidget:
    """The message over the window, or the window."""
    boxes = [box for box in window.findChildren(QMessageBox) if box.isVisible()]
    return boxes[0] if boxes else window


@pytest.mark.parametrize("scheme", long_but("contrast"))
def test_words_edges_and_the_focus_stand_out(open_window: OpenWindow, qtbot: QtBot, scheme: Scheme) -> None:
    window = open_window("start", scheme=scheme)
    found = []
    for page in library_pages(window, qtbot.waitUntil):
        settle()
        shown = in_front(window)
        faults = [
            *screen_checks.low_contrast(shown),
            *screen_checks.low_contrast_rows(shown),
            *screen_checks.low_contrast_edges(shown),
            *unseen(shown),
        ]
        faults += screen_checks.label_not_in_name(shown)
        found += [f"{page}: {fault}" for fault in faults]
    assert not found, f"{len(found)} faults\n" + "\n".join(found)


@pytest.mark.parametrize(
    "size", [pytest.param((1024, 600), marks=pytest.mark.long), (800, 600)], ids=["1024x600", "800x600"]
)
def test_nothing_is_cut_when_the_text_size_changes_while_a_page_is_in_view(
    open_window: OpenWindow, qtbot: QtBot, theme: Theme, size: tuple[int, int]
) -> None:
    window = open_window("start", size=size)
    found = []
    for page in library_pages(window, qtbot.waitUntil):
        for percent in (TEXT_SIZES[-1], TEXT_SIZES[0], 100):
            theme.set_text_size(percent)
            for _ in range(3):
                settle()
            shown = in_front(window)
            faults = screen_checks.clipped(shown)
            if window.size().toTuple() != size:
                faults.append(f"the window has grown to {window.size().toTuple()}")
            found += [f"{page} at {percent}: {fault}" for fault in faults]
    assert not found, f"{len(found)} faults\n" + "\n".join(found)
