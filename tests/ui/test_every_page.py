"""What holds on every page, whichever pages there are: it is found in the tables that the window is made from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from picture_popups import in_front
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QRadioButton,
    QScrollBar,
    QStyle,
    QStyleOptionSlider,
    QVBoxLayout,
    QWidget,
)

from apq_desktop.ui.fields.choice_fields import ChoiceField
from apq_desktop.ui.fields.line_fields import DateField, LineField
from apq_desktop.ui.fields.text_fields import TextField
from apq_desktop.ui.widgets.text_labels import PlainLabel
from apq_desktop.ui.widgets.theme import TEXT_SIZES
from apq_desktop.ui.widgets.tick_boxes import words_begin
from tests.ui import screen_checks
from tests.ui.every_page import long_but, pages, pages_of_nothing, tabs
from tests.ui.screens import settle

MOST_ROUNDS = 5
"""What arrives from the worker meanwhile is laid out anew."""

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from apq_desktop.ui.widgets.theme import Scheme, Theme
    from tests.ui.conftest import OpenWindow


def faint_bars(window: QWidget) -> list[str]:
    """Scroll bars whose handle does not stand out from what is beside it by 3 to 1, as painted."""
    found, picture = [], window.grab().toImage()
    for bar in window.findChildren(QScrollBar):
        if bar.isVisible() and bar.maximum() > bar.minimum():
            option, control = QStyleOptionSlider(), QStyle.ComplexControl.CC_ScrollBar
            bar.initStyleOption(option)
            handle = bar.style().subControlRect(control, option, QStyle.SubControl.SC_ScrollBarSlider, bar)
            in_view = bar.visibleRegion().boundingRect()
            if not in_view.contains(handle.center()):
                continue
            inside = bar.mapTo(window, handle.center())
            beside = bar.mapTo(window, in_view.topLeft())
            seen = screen_checks.contrast(picture.pixel(inside) & 0xFFFFFF, picture.pixel(beside) & 0xFFFFFF)
            if seen < 3:
                found.append(f"{screen_checks.describe(bar.parentWidget() or bar)} has a scroll bar of {seen:.2f}")
    return found


def staying(faults: Callable[[], list[str]]) -> list[str]:
    """The faults that are still there when everything has found its place."""
    for _ in range(MOST_ROUNDS):
        settle()
        if not faults():
            return []
    return faults()


def bars_in_fields(window: QWidget) -> list[str]:
    """Fields to write in that scroll inside, beside the page that scrolls."""
    fields = [field for field in window.findChildren(TextField) if field.isVisible()]
    found = [field for field in fields if any(bar.isVisible() for bar in field.findChildren(QScrollBar))]
    return [f"{screen_checks.describe(field)} has a scroll bar of its own" for field in found]


def hints_not_set_in(window: QWidget) -> list[str]:
    """Quiet words right below an answer, that do not begin where its words do."""
    found = []
    for answer in (one for one in window.findChildren(QRadioButton) if one.isVisible()):
        begins = answer.x() + words_begin(answer.fontMetrics())
        beside = answer.parentWidget() or window
        for label in beside.findChildren(PlainLabel, options=Qt.FindChildOption.FindDirectChildrenOnly):
            near = 0 <= label.y() - answer.geometry().bottom() < answer.height() // 2
            if label.isVisible() and near and label.x() + label.contentsMargins().left() < begins:
                found.append(f"“{label.text()}” is not set in below {screen_checks.describe(answer)}")
    return found


@pytest.mark.parametrize("scheme", long_but("dark"))
def test_every_scroll_bar_stands_out(open_window: OpenWindow, scheme: Scheme) -> None:
    window = open_window("example", scheme=scheme, size=(1024, 600))
    found, seen = [], 0
    for page in pages(window):
        settle()
        seen += sum(bar.isVisible() and bar.maximum() > 0 for bar in window.findChildren(QScrollBar))
        found += [f"{page}: {fault}" for fault in faint_bars(window)]
    assert seen > 10
    assert not found, f"{len(found)} faults\n" + "\n".join(found)


@pytest.mark.parametrize("scheme", long_but("light"))
def test_words_and_the_edges_of_controls_stand_out_on_every_page(open_window: OpenWindow, scheme: Scheme) -> None:
    window = open_window("example", scheme=scheme)
    found = []
    for page in pages(window):
        settle()
        faults = [
            *screen_checks.low_contrast_anywhere(window),
        ]
        found += [f"{page}: {fault}" for fault in faults]
    assert not found, f"{len(found)} faults\n" + "\n".join(found)


def test_names_hold_their_labels_no_field_scrolls_inside_hints_stand_below_their_answer_and_lines_together(
    open_window: OpenWindow,
) -> None:
    """By its visible label voice control finds what somebody reads out."""
    window = open_window("example")
    found, answers = [], 0
    for page in pages(window):
        answers += sum(one.isVisible() for one in window.findChildren(QRadioButton))
        faults = [*screen_checks.label_not_in_name(window), *bars_in_fields(window), *hints_not_set_in(window)]
        faults += staying(lambda: screen_checks.spread(window))
        found += [f"{page}: {fault}" for fault in faults]
    assert answers > 2
    assert not found, f"{len(found)} faults\n" + "\n".join(found)


@pytest.mark.parametrize(
    ("size", "sizes_of_text"),
    [
        ((800, 600), (200, 100)),
        pytest.param((800, 600), (200, 80, 100), marks=pytest.mark.long),
        pytest.param((1024, 600), (200, 80, 100), marks=pytest.mark.long),
    ],
)
def test_nothing_is_cut_when_the_text_size_changes_while_a_page_is_in_view(
    open_window: OpenWindow, theme: Theme, size: tuple[int, int], sizes_of_text: tuple[int, ...]
) -> None:
    window = open_window("example", size=size)
    found = []
    for page in pages(window):
        assert window.view is not None
        shown = window.view.in_view()
        for percent in sizes_of_text:
            theme.set_text_size(percent)
            faults = staying(lambda: [*screen_checks.clipped(window), *screen_checks.clipped_in_tables(window)])
            if window.size().toTuple() != size:
                faults.append(f"the window has grown to {window.size().toTuple()}")
            if window.view.in_view() is not shown:
                faults.append("another page is in view")
            found += [f"{page} at {percent}: {fault}" for fault in faults]
    assert not found, f"{len(found)} faults\n" + "\n".join(found)


def test_every_page_of_an_empty_evaluation_is_whole_and_none_opens_a_window_beside(open_window: OpenWindow) -> None:
    """A part that is shown before it stands somewhere would be a window of its own."""
    window = open_window("empty", size=(800, 600), percent=200)
    found = []
    for page in pages_of_nothing(window):
        faults = staying(lambda: [*screen_checks.clipped(window), *screen_checks.spread(window)])
        faults += [f"{screen_checks.describe(other)} is a window" for other in in_front(window)]
        found += [f"{page}: {fault}" for fault in faults]
    assert not found, f"{len(found)} faults\n" + "\n".join(found)


@pytest.mark.parametrize("percent", TEXT_SIZES)
def test_all_fields_of_one_line_are_equally_high(qtbot: QtBot, theme: Theme, percent: int) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    column = QVBoxLayout(holder)
    fields = [ChoiceField([("", "Everybody")]), LineField(), DateField()]
    for field in fields:
        column.addWidget(field)
    column.addStretch(1)
    holder.show()
    theme.set_text_size(percent)
    QApplication.processEvents()
    settle()
    assert len({field.height() for field in fields}) == 1


class StrayWindows(QObject):
    """Notes what is shown as a window of its own: it flashes up, and takes the focus along."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, widget: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's own name
        """Note it, and let it be."""
        if event.type() == QEvent.Type.Show and isinstance(widget, QWidget) and widget.isWindow():
            self.seen.append(screen_checks.describe(widget))
        return False


@pytest.mark.parametrize("what", ["empty", pytest.param("example", marks=pytest.mark.long)])
def test_no_page_and_no_chosen_row_shows_a_window_of_its_own(
    open_window: OpenWindow, qapp: QApplication, what: str
) -> None:
    window = open_window(what, percent=200, size=(1024, 600))
    stray = StrayWindows()
    qapp.installEventFilter(stray)
    for page in pages(window) if what == "example" else tabs(window):
        settle()
        for table in (table for table in window.findChildren(QAbstractItemView) if table.isVisible()):
            QTest.keyClick(table, Qt.Key.Key_Down)
            QTest.keyClick(table, Qt.Key.Key_Down)
        assert not stray.seen, page
    qapp.removeEventFilter(stray)
