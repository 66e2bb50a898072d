"""The list of areas in a category's tab: where one is, what is written there, and the ways on, by keys and by mouse."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest

from apq_desktop.evaluation.edits.changes import Target
from apq_desktop.ui.fields.text_fields import TextField
from apq_desktop.ui.pages.area.side_list import SideList
from tests.ui.keyboard import ALT, CONTROL, Keyboard
from tests.ui.screens import settle

if TYPE_CHECKING:
    from PySide6.QtWidgets import QTreeWidgetItem

    from apq_desktop.ui.pages.area.category_tab import CategoryTab
    from apq_desktop.ui.window.main_window import MainWindow
    from tests.ui.conftest import OpenWindow

KEY = Qt.Key


def community(window: MainWindow) -> CategoryTab:
    """The first category, with its second area in view and the focus on it."""
    assert window.view is not None
    window.view.visit_area("home-family")
    settle()
    return window.view.categories["community"]


def row(areas: SideList, words: str) -> QTreeWidgetItem:
    [item] = areas.findItems(words, Qt.MatchFlag.MatchExactly | Qt.MatchFlag.MatchRecursive)
    return item


def spoken(areas: SideList) -> list[str]:
    """What a screen reader says of each row."""
    face = QAccessible.queryAccessibleInterface(areas)
    return [face.child(index).text(QAccessible.Text.Name) for index in range(face.childCount())]


def test_each_row_says_what_it_is_and_how_it_stands(open_window: OpenWindow) -> None:
    areas = community(open_window("example")).areas
    assert QAccessible.queryAccessibleInterface(areas).role() == QAccessible.Role.Tree
    rows = spoken(areas)
    assert "2 Home and family engagement, Ready" in rows
    assert "Strengths, 3 written" in rows
    assert "Curriculum, areas 5 to 8" in rows


def test_down_goes_to_the_next_area_and_right_into_the_sections_of_the_one_in_view(open_window: OpenWindow) -> None:
    tab, keys = community(open_window("example")), Keyboard()
    keys.press(KEY.Key_Down)
    assert tab.areas.shown == "partnerships"
    keys.press(KEY.Key_Up)
    keys.press(KEY.Key_Right)
    keys.press(KEY.Key_Down)
    form = tab.forms["home-family"]
    assert form.isVisible()
    assert form.strength_list.mapTo(form.viewport(), QPoint(0, 0)).y() < 60
    assert tab.areas.hasFocus()
    keys.press(KEY.Key_Return)
    assert form.strength_list.isAncestorOf(keys.at())
    assert keys.at().accessibleName().startswith("Strength 1")


def test_a_click_on_a_section_goes_there_and_scrolling_says_where_one_is(open_window: OpenWindow) -> None:
    tab = community(open_window("example"))
    form, areas = tab.forms["home-family"], tab.areas
    place = areas.visualItemRect(row(areas, "Actions")).center()
    QTest.mouseClick(areas.viewport(), Qt.MouseButton.LeftButton, pos=place)
    settle()
    assert form.action_list.mapTo(form.viewport(), QPoint(0, 0)).y() < form.viewport().height() // 2
    assert areas.rows.section == "actions"
    form.verticalScrollBar().setValue(0)
    assert areas.rows.section == "questions"


def test_the_section_of_the_caret_is_marked_wherever_the_page_stands(open_window: OpenWindow) -> None:
    tab = community(open_window("example"))
    form, areas = tab.forms["home-family"], tab.areas
    for section, part in form.sections.items():
        for field in (one for one in part.findChildren(TextField) if one.isVisible()):
            field.setFocus()
            settle()
            assert areas.rows.section == section, field.accessibleName()
    form.verticalScrollBar().setValue(0)
    assert areas.rows.section == "questions", "the caret is out of view"


def test_ctrl_alt_and_the_arrows_go_from_section_to_section_out_of_a_text(open_window: OpenWindow) -> None:
    tab, keys = community(open_window("example")), Keyboard()
    form = tab.forms["home-family"]
    keys.press(KEY.Key_Return)
    assert form.strength_list.isAncestorOf(keys.at()), "the questions are folded"
    keys.press(KEY.Key_Down, CONTROL | ALT)
    assert form.development_list.isAncestorOf(keys.at())
    keys.press(KEY.Key_Up, CONTROL | ALT)
    assert form.strength_list.isAncestorOf(keys.at())
    keys.press(KEY.Key_Up, CONTROL | ALT)
    assert form.questions.isAncestorOf(keys.at())


def test_the_counts_follow_what_is_written(open_window: OpenWindow) -> None:
    window = open_window("example")
    tab = community(window)
    assert window.session is not None
    entry = window.session.evaluation.area("home-family").strengths[0]
    before = spoken(tab.areas)
    window.session.set_field(Target("strengths", entry.id, "home-family"), "text", "")
    assert "Strengths, 3 written" in before
    assert "Strengths, 2 written" in spoken(tab.areas)


def test_an_area_that_does_not_apply_has_no_sections(open_window: OpenWindow) -> None:
    window = open_window("example")
    assert window.view is not None
    window.view.visit_area("post-16")
    tab = window.view.categories["currency"]
    assert "13 Post-16 destinations, Does not apply" in spoken(tab.areas)
    assert not [words for words in spoken(tab.areas) if words.startswith("Strengths")]


def test_another_category_opens_at_the_area_that_was_in_view_there_last(open_window: OpenWindow) -> None:
    window = open_window("example")
    view = window.view
    assert view is not None
    view.visit_area("attendance")
    tab, keys = community(window), Keyboard()
    keys.press(KEY.Key_End)
    keys.press(KEY.Key_Up)
    assert tab.isVisible(), "only Enter leaves the category"
    keys.press(KEY.Key_Return)
    assert view.in_view() is view.categories["curriculum"]
    assert view.categories["curriculum"].forms["attendance"].isVisible()
    assert view.categories["curriculum"].areas.hasFocus()


def test_where_the_window_is_narrow_a_button_leads_to_the_areas_and_esc_leads_back(open_window: OpenWindow) -> None:
    window = open_window("example", percent=200, size=(1024, 600))
    tab, keys = community(window), Keyboard()
    form = tab.forms["home-family"]
    assert not tab.areas.isVisible()
    assert form.areas.hasFocus()
    keys.press(KEY.Key_Return)
    assert tab.areas.hasFocus()
    assert not form.isVisible()
    keys.press(KEY.Key_Escape)
    assert form.areas.hasFocus()
    keys.press(KEY.Key_Return)
    keys.press(KEY.Key_Down)
    keys.press(KEY.Key_Return)
    assert tab.forms["partnerships"].isVisible()
    assert tab.forms["partnerships"].isAncestorOf(keys.at())
    assert not tab.areas.isVisible()


def test_a_low_window_leaves_out_the_words_of_the_states_before_it_scrolls(open_window: OpenWindow) -> None:
    window = open_window("example", size=(1180, 900))
    areas = community(window).areas
    assert not areas.rows.compact
    window.resize(1180, 600)
    settle()
    assert areas.rows.compact
    window.resize(1180, 900)
    settle()
    assert not areas.rows.compact
