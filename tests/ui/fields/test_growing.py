"""A form that is built part by part: what is in view comes first and stays, the rest comes by itself or when asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QMimeData, QPoint
from PySide6.QtWidgets import QApplication

from apq_desktop.evaluation.edits.changes import AddItem, CompoundChange, ListPlace, Target
from apq_desktop.evaluation.model import MAX_TEXT, Entry
from apq_desktop.evaluation.rules.remarks.checks import Remark
from apq_desktop.ui.widgets.scroll_area import reading_order
from tests.ui import screen_checks

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from apq_desktop.ui.pages.area.area_form import AreaForm
    from apq_desktop.ui.window.main_window import MainWindow
    from tests.ui.conftest import OpenWindow

AREA = "partnerships"


def visited(window: MainWindow, key: str = AREA) -> AreaForm:
    """The form as it is first painted: all that was posted is done, no timer has had its turn."""
    assert window.view is not None
    form = window.view.visit_area(key)
    QCoreApplication.sendPostedEvents()
    return form


def in_view(form: AreaForm) -> dict[QPoint, tuple[int, int, str]]:
    """Where each control in view stands, how large it is, and its name."""
    found = {}
    for control in reading_order(form.page):
        place = control.mapTo(form.viewport(), QPoint(0, 0))
        if control.isVisible() and form.viewport().rect().contains(place):
            found[place] = (control.width(), control.height(), control.accessibleName())
    return found


@pytest.mark.parametrize("size", [(1024, 600), (1600, 2400)])
def test_what_is_in_view_at_first_stays_as_it_was_painted(
    open_window: OpenWindow, qtbot: QtBot, size: tuple[int, int]
) -> None:
    form = visited(open_window("example", size=size))
    controls, picture = in_view(form), form.viewport().grab().toImage()
    scrolls = form.verticalScrollBar().isVisible()
    assert not form.is_whole()
    qtbot.waitUntil(form.is_whole)
    QApplication.processEvents()
    assert controls
    assert in_view(form) == controls
    assert form.viewport().grab().toImage() == picture
    assert scrolls
    assert form.verticalScrollBar().isVisible()
    assert form.verticalScrollBar().value() == 0


def test_a_form_that_grew_is_the_form_that_is_built_at_once(open_window: OpenWindow, qtbot: QtBot) -> None:
    grown = visited(open_window("example"))
    qtbot.waitUntil(grown.is_whole)
    QApplication.processEvents()
    view = open_window("example").view
    assert view is not None
    at_once = view.show_area(AREA)
    assert at_once.is_whole()
    heights = [[(c.accessibleName(), c.height()) for c in reading_order(form.page)] for form in (grown, at_once)]
    assert heights[0] == heights[1]


def test_tab_goes_through_a_form_that_grew_as_it_is_read(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("example")
    qtbot.waitUntil(visited(window).is_whole)
    reachable = screen_checks.controls(window)
    reached, hidden = screen_checks.tab_walk(window, reachable)
    assert not screen_checks.unreached(reachable, reached)
    assert not screen_checks.out_of_order(reached)
    assert not hidden


def test_a_remark_leads_to_a_field_that_was_not_built_yet(open_window: OpenWindow) -> None:
    window = open_window("example")
    form = visited(window)
    assert not form.is_whole()
    assert window.view is not None
    window.view.go_to(Remark("support", "", "", AREA, Target("area", AREA), "support"))
    assert form.is_whole()
    assert QApplication.focusWidget() is form.binding.field(Target("area", AREA), "support")


def test_a_form_left_before_it_was_whole_goes_on_when_it_is_seen_again(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("example")
    form = visited(window)
    visited(window, "home-family")
    QApplication.processEvents()
    assert not form.is_whole()
    visited(window)
    qtbot.waitUntil(form.is_whole)


def test_a_text_too_long_for_a_field_is_told_in_every_row(open_window: OpenWindow) -> None:
    window = open_window("example")
    assert window.view is not None
    form = window.view.show_area(AREA)
    said: list[str] = []
    form._session.message_posted.connect(said.append)
    form.strength_list.add()
    pasted = QMimeData()
    pasted.setText("x" * (MAX_TEXT + 1))
    form.strength_list.rows()[-1].first_field.insertFromMimeData(pasted)
    assert len(said) == 1


@pytest.fixture
def long_form(open_window: OpenWindow) -> tuple[MainWindow, AreaForm]:
    """A window, and its form with a list of forty."""
    window = open_window("example")
    assert window.view is not None
    assert window.session is not None
    place = ListPlace("strengths", AREA)
    entries = tuple(AddItem(place, Entry(text=f"Strength, about {n}"), 0) for n in range(40))
    window.session.make(CompoundChange(entries))
    return window, window.view.show_area(AREA)


@pytest.mark.parametrize("to_the_top", [True, False])
def test_a_long_page_comes_back_as_it_was_left_and_is_whole_a_moment_later(
    long_form: tuple[MainWindow, AreaForm], qtbot: QtBot, *, to_the_top: bool
) -> None:
    window, form = long_form
    assert window.view is not None
    tabs, bar = window.view.tabs, form.verticalScrollBar()
    bar.setValue(0 if to_the_top else bar.maximum() // 3)
    controls, scrolled, tab = in_view(form), bar.value(), tabs.currentIndex()
    bar.setValue(bar.maximum() // 3)
    window.view.show_overview()
    if to_the_top:
        visited(window)
    else:
        tabs.setCurrentIndex(tab)
        QCoreApplication.sendPostedEvents()
    assert not form.is_whole()
    assert controls
    assert in_view(form) == controls
    qtbot.waitUntil(form.is_whole)
    QApplication.processEvents()
    assert in_view(form) == controls
    assert bar.value() == scrolled
    assert all(row.first_field.isVisible() for row in form.strength_list.rows())


def test_a_long_page_that_changed_while_it_was_away_comes_back_whole(long_form: tuple[MainWindow, AreaForm]) -> None:
    window, form = long_form
    assert window.session is not None
    visited(window, "home-family")
    window.session.undo()
    window.resize(1000, 700)
    visited(window)
    assert form.is_whole()
    assert all(row.first_field.isVisible() for row in form.strength_list.rows())
    assert len(form.strength_list.rows()) == len(window.session.evaluation.area(AREA).strengths) < 40
