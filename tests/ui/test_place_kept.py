"""The place that somebody is at stays in view when the text or the window changes its size, on every page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractItemView, QApplication, QHeaderView, QWidget

from apq_desktop.ui.fields.text_fields import TextField
from apq_desktop.ui.widgets.scroll_area import PlaceKeeper
from tests.ui import screen_checks
from tests.ui.every_page import library_pages, pages
from tests.ui.keyboard import CONTROL, Keyboard
from tests.ui.screens import settle

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from apq_desktop.ui.widgets.theme import Theme
    from tests.ui.conftest import OpenWindow

SIZES = (200, 80, 100)


def scrolling(window: QWidget) -> list[PlaceKeeper]:
    return [
        area for area in window.findChildren(PlaceKeeper) if area.isVisible() and area.verticalScrollBar().maximum()
    ]


def top(area: PlaceKeeper, part: QWidget, y: int = 0) -> int:
    return part.mapTo(area.viewport(), QPoint(0, y)).y()


def in_view(area: PlaceKeeper, part: QWidget, y: int) -> bool:
    return 0 <= top(area, part, y) < area.viewport().height()


def is_leaf(part: QWidget) -> bool:
    """Whether nothing stands in it. Its layout is not asked: PySide would keep its items."""
    return part.findChild(QWidget) is None


def leaves(area: PlaceKeeper) -> list[QWidget]:
    """What stands whole in view, from the top."""
    parts = [part for part in area.scrolled_page().findChildren(QWidget) if part.isVisible() and is_leaf(part)]
    whole = [part for part in parts if top(area, part) >= 0 and in_view(area, part, part.height())]
    return sorted(whole, key=lambda part: top(area, part))


def ways_to_be_there(area: PlaceKeeper) -> Iterator[tuple[str, QWidget]]:
    """The caret in a field far down; then nothing with the focus, and the page scrolled."""
    fields = [field for field in area.scrolled_page().findChildren(TextField) if field.isVisible()]
    if fields:
        field = fields[len(fields) * 3 // 4]
        field.setFocus()
        field.put_cursor(len(field.value()) // 2)
        for _ in range(4):  # details that are filled take their height a pass later
            settle()
        if field.hasFocus() and in_view(area, field, field.cursorRect().center().y()):
            yield "the caret", field
    if (focus := QApplication.focusWidget()) is not None:
        focus.clearFocus()
    area.verticalScrollBar().setValue(area.verticalScrollBar().maximum() * 3 // 5)
    settle()
    if shown := leaves(area):
        yield "what was first in view", shown[0]


def lost(area: PlaceKeeper, theme: Theme) -> Iterator[str]:
    for what, part in ways_to_be_there(area):
        for percent in SIZES:
            theme.set_text_size(percent)
            settle()
            at_caret = what == "the caret"
            y = part.cursorRect().center().y() if isinstance(part, TextField) and at_caret else part.height() // 2
            if at_caret and not part.hasFocus():
                yield f"the caret has gone at {percent} %"
            elif area.isVisible() and not in_view(area, part, y):
                yield f"{what} is at {top(area, part, y)} of {area.viewport().height()} at {percent} %"


def test_the_place_stays_in_view_while_the_text_grows(open_window: OpenWindow, theme: Theme) -> None:
    window = open_window("example", size=(1024, 600))
    assert window.view is not None
    form = window.view.show_area("needs")
    settle()
    assert list(lost(form, theme)) == []


@pytest.mark.long
def test_the_place_stays_in_view_while_the_text_grows_on_every_page(open_window: OpenWindow, theme: Theme) -> None:
    window = open_window("example", size=(1024, 600))
    found, seen = [], set()
    for page in pages(window):
        settle()
        for area in scrolling(window):
            seen.add(page)
            found += [f"{page}, {screen_checks.describe(area)}: {fault}" for fault in lost(area, theme)]
    assert len(seen) > 10
    assert not found, f"{len(found)} faults\n" + "\n".join(found)


@pytest.mark.long
def test_the_place_stays_in_view_while_the_text_grows_in_a_library(
    open_window: OpenWindow, qtbot: QtBot, theme: Theme
) -> None:
    window = open_window("start", size=(1024, 600))
    found, seen = [], set()
    for page in library_pages(window, qtbot.waitUntil):
        settle()
        for area in scrolling(window):
            seen.add(page)
            found += [f"{page}, {screen_checks.describe(area)}: {fault}" for fault in lost(area, theme)]
        for view in (one for one in window.findChildren(QAbstractItemView) if one.isVisible()):
            if view.currentIndex().isValid() and not isinstance(view, QHeaderView):
                view.scrollTo(view.currentIndex(), QAbstractItemView.ScrollHint.EnsureVisible)
                for percent in SIZES:
                    theme.set_text_size(percent)
                    settle()
                    if view.isVisible() and not view.viewport().rect().intersects(view.visualRect(view.currentIndex())):
                        found.append(f"{page}, {screen_checks.describe(view)}: its row is out of view at {percent} %")
    assert len(seen) > 3
    assert not found, f"{len(found)} faults\n" + "\n".join(found)


def test_the_caret_stays_in_view_while_the_window_becomes_narrow_and_wide_again(open_window: OpenWindow) -> None:
    window = open_window("example", size=(1600, 700))
    assert window.view is not None
    form = window.view.show_area("needs")
    settle()
    for what, part in ways_to_be_there(form):
        for width in (800, 1600):
            window.resize(width, 700)
            settle()
            assert in_view(form, part, part.height() // 2), f"{what} at {width}"


def test_what_is_found_is_in_view_though_its_page_comes_into_its_width_only_then(open_window: OpenWindow) -> None:
    window, keys = open_window("example", percent=200, size=(1024, 600)), Keyboard()
    assert window.view is not None
    window.view.write_in("home-family")
    keys.press(Qt.Key.Key_K, CONTROL)
    window.finding.overlay.panel.words.setText("attendance")
    window.finding.look()
    keys.press(Qt.Key.Key_Down)
    keys.press(Qt.Key.Key_Return)
    settle()
    field, details = QApplication.focusWidget(), window.view.plan.details
    assert isinstance(field, TextField)
    assert in_view(details, field, 0)
    assert in_view(details, field, field.height())
