"""From the first start to the first word: one name and one button."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from apq_desktop.evaluation.edits.changes import Target
from apq_desktop.ui.fields.text_fields import TextField
from apq_desktop.ui.pages.page_table import PAGES
from tests.ui import screen_checks
from tests.ui.keyboard import CONTROL, Keyboard

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.ui.conftest import OpenWindow

FIRST = Target("note", "1.1", "workforce"), "note"


def test_a_name_and_enter_lead_to_the_first_field_to_write_in(open_window: OpenWindow, qtbot: QtBot) -> None:
    window, keys = open_window("start"), Keyboard()
    keys.type("Riverside Learning")
    with qtbot.waitSignal(window.evaluation_shown):
        keys.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: getattr(QApplication.focusWidget(), "bound_to", None) == FIRST)
    keys.type("Yes: half a day a month")
    assert window.session is not None
    window.session.flush()
    assert window.session.evaluation.area("workforce").note("1.1").note == "Yes: half a day a month"
    assert window.session.evaluation.setting.name == "Riverside Learning"


def test_begin_and_enter_in_the_list_lead_to_what_is_written_not_to_a_button(open_window: OpenWindow) -> None:
    window, keys = open_window("empty"), Keyboard()
    keys.push("Begin: 1 Workforce development and wellbeing")
    field: Any = QApplication.focusWidget()
    assert field.bound_to == FIRST
    assert window.view is not None
    window.view.visit_area("research")
    keys.press(Qt.Key.Key_Return)
    field = QApplication.focusWidget()
    assert field.bound_to == (Target("note", "4.1", "research"), "note")


def test_a_council_is_led_from_the_first_page_to_a_library_and_each_page_back_to_where_it_was(
    open_window: OpenWindow,
) -> None:
    window, keys = open_window("start"), Keyboard()
    way = ["Read what settings sent…", "There is none yet: make a new library…"]
    for button in way:
        keys.push(button)
    keys.press(Qt.Key.Key_F1)
    for button in ("Choose an empty folder…", *reversed(way)):
        keys.press(Qt.Key.Key_Escape)
        assert screen_checks.spoken_name(keys.at()) == button
    assert window.start_page is not None
    assert window.start_page.isVisible()


@pytest.mark.parametrize(("what", "number"), [("empty", 2), ("example", 3), ("example", 13)])
def test_the_way_to_the_next_area_leads_to_where_one_writes(open_window: OpenWindow, what: str, number: int) -> None:
    """Also where the questions are folded, or the area does not apply."""
    window, keys = open_window(what), Keyboard()
    assert window.session is not None
    assert window.view is not None
    before, area = window.session.catalogue.areas[number - 2 : number]
    window.view.write_in(before.key)
    keys.push(f"Next: {area.number} {area.title}")
    field: Any = QApplication.focusWidget()
    assert isinstance(field, TextField)
    target, _ = vars(field)["bound_to"]
    assert area.key in (target.area, target.key)


def test_the_key_of_a_tab_leads_to_where_the_caret_was_on_it(open_window: OpenWindow) -> None:
    window, keys = open_window("example"), Keyboard()
    assert window.view is not None
    window.view.write_in("home-family")
    field = keys.at()
    for key in (Qt.Key.Key_5, Qt.Key.Key_2, Qt.Key.Key_2):
        keys.press(key, CONTROL)
    keys.type("x")
    assert keys.at() is field


@pytest.mark.parametrize("key", [spec.key for spec in PAGES if not spec.tab])
def test_a_page_beside_the_tabs_leads_back_to_the_caret(open_window: OpenWindow, key: str) -> None:
    window, keys = open_window("example"), Keyboard()
    assert window.view is not None
    window.view.write_in("home-family")
    field = keys.at()
    page = window.show_page(key)
    assert page is not None
    page.setFocus()
    keys.press(Qt.Key.Key_Escape)
    assert window.view.in_view() is not page
    assert keys.at() is field
