"""Items are added, moved and removed by keyboard; every step can be taken back; the cursor is where one expects it."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QWidget

from apq_desktop.evaluation.edits.changes import Target
from apq_desktop.evaluation.model import Action
from apq_desktop.ui.fields.field_widgets import development_areas
from apq_desktop.ui.fields.text_fields import TextField
from tests.ui import screen_checks
from tests.ui.row_menus import choose, item
from tests.ui.screens import settle

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from apq_desktop.evaluation.model import AreaRecord, Evaluation
    from apq_desktop.ui.fields.list_editor import ListEditor
    from apq_desktop.ui.fields.rows.item_row import ItemRow
    from apq_desktop.ui.pages.area.area_form import AreaForm
    from apq_desktop.ui.window.main_window import MainWindow
    from tests.ui.conftest import OpenWindow

CONTROL, NONE = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier
AREA = "home-family"
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support grabbing the keyboard", extend=True)


@pytest.fixture
def window(open_window: OpenWindow) -> MainWindow:
    return open_window("empty")


@pytest.fixture
def form(window: MainWindow) -> AreaForm:
    return show(window, AREA)


def show(window: MainWindow, area: str) -> AreaForm:
    assert window.view is not None
    form = window.view.show_area(area)
    settle()
    return form


def evaluation_of(window: MainWindow) -> Evaluation:
    assert window.session is not None
    return window.session.evaluation


def content_of(window: MainWindow) -> Evaluation:
    """What is written, without when it was last saved."""
    return replace(deepcopy(evaluation_of(window)), changed="")


def record(window: MainWindow, area: str = AREA) -> AreaRecord:
    return evaluation_of(window).area(area)


def here() -> QWidget:
    """Where the cursor is. Typing goes on from here, as for a person."""
    at_work = QApplication.focusWidget()
    assert at_work is not None, "nothing has the focus"
    assert screen_checks.is_in_view(at_work), f"{screen_checks.describe(at_work)} has the focus, but is out of sight"
    return at_work


def type_in(words: str) -> None:
    QTest.keyClicks(here(), words)


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
    QTest.keyClick(here(), key, modifier)
    settle()


def undo() -> None:
    press(Qt.Key.Key_Z, CONTROL)


def redo() -> None:
    keys = QKeySequence(QKeySequence.StandardKey.Redo)[0]  # type: ignore[index]
    press(keys.key(), keys.keyboardModifiers())


def fill(editor: ListEditor, *texts: str) -> None:
    """Add items as a person would, by keyboard alone."""
    editor.add_button.setFocus()
    press(Qt.Key.Key_Space)
    for number, text in enumerate(texts):
        if number:
            press(Qt.Key.Key_Return)
        type_in(text)


def texts(window: MainWindow) -> list[str]:
    return [entry.text for entry in record(window).strengths]


def shown(editor: ListEditor) -> list[str]:
    rows = sorted(editor.rows(), key=lambda row: row.y())
    return [row.first_field.value() for row in rows]


def test_items_are_added_by_keyboard_alone(window: MainWindow, form: AreaForm) -> None:
    fill(form.strength_list, "one", "two", "three")
    assert texts(window) == shown(form.strength_list) == ["one", "two", "three"]
    assert here().accessibleName() == "Strength 3"


def test_enter_adds_below_the_item_in_which_it_is_pressed(window: MainWindow, form: AreaForm) -> None:
    fill(form.strength_list, "one", "three")
    form.strength_list.rows()[0].first_field.setFocus()
    press(Qt.Key.Key_Return)
    type_in("two")
    assert texts(window) == shown(form.strength_list) == ["one", "two", "three"]
    assert here().accessibleName() == "Strength 2"


def test_an_item_is_moved_by_keyboard_and_keeps_the_cursor(window: MainWindow, form: AreaForm) -> None:
    fill(form.strength_list, "one", "two", "three")
    press(Qt.Key.Key_Up, CONTROL)
    assert texts(window) == shown(form.strength_list) == ["one", "three", "two"]
    type_in(" more")
    press(Qt.Key.Key_Up, CONTROL)
    press(Qt.Key.Key_Up, CONTROL)
    assert texts(window) == ["three more", "one", "two"]
    for _ in range(4):
        press(Qt.Key.Key_Down, CONTROL)
    assert texts(window) == shown(form.strength_list) == ["one", "two", "three more"]
    assert here() is form.strength_list.rows()[2].first_field


def test_a_removed_item_comes_back_where_it_was(window: MainWindow, form: AreaForm) -> None:
    fill(form.strength_list, "one", "two", "three")
    before = deepcopy(record(window))
    choose(form.strength_list.rows()[1], "Remove")
    assert texts(window) == shown(form.strength_list) == ["one", "three"]
    assert here() is form.strength_list.rows()[0].first_field
    assert window.notification_bar.isVisible()
    assert window.notification_bar.text.text() == "Strength removed."
    QTest.mouseClick(window.notification_bar.undo, Qt.MouseButton.LeftButton)
    settle()
    assert record(window) == before
    assert shown(form.strength_list) == ["one", "two", "three"]
    assert here() is form.strength_list.rows()[1].first_field
    redo()
    assert shown(form.strength_list) == ["one", "three"]


def test_the_cursor_lands_near_what_was_removed(window: MainWindow, form: AreaForm) -> None:
    fill(form.strength_list, "one", "two")
    choose(form.strength_list.rows()[0], "Remove")
    assert here().accessibleName() == "Strength 1"
    for _ in range(4):
        press(Qt.Key.Key_Backspace)
    assert texts(window) == []
    assert here() is form.strength_list.add_button


def test_what_was_just_added_is_taken_back_without_losing_the_place(window: MainWindow, form: AreaForm) -> None:
    fill(form.strength_list, "one")
    press(Qt.Key.Key_Return)
    undo()
    assert texts(window) == ["one"]
    assert here() is form.strength_list.rows()[0].first_field


def test_undo_goes_back_across_the_whole_form_and_redo_comes_forward(window: MainWindow, form: AreaForm) -> None:
    states = [content_of(window)]

    def step() -> None:
        states.append(content_of(window))

    note = form.findChildren(TextField)[0]
    assert note.accessibleName().startswith("Notes on question 2.1")
    note.setFocus()
    type_in("a note")
    step()
    form.strength_list.add_button.setFocus()
    press(Qt.Key.Key_Space)
    step()
    type_in("a strength")
    step()
    form.ready.setFocus()
    press(Qt.Key.Key_Space)
    step()
    choose(form.strength_list.rows()[0], "Remove")
    step()
    for state in reversed(states[:-1]):
        undo()
        assert content_of(window) == state
    assert not form.ready.isChecked()
    assert note.value() == ""
    for state in states[1:]:
        redo()
        assert content_of(window) == state
    assert note.value() == "a note"


def test_undo_shows_where_it_was_undone(window: MainWindow, form: AreaForm) -> None:
    fill(form.strength_list, "one")
    show(window, "qualifications")
    undo()
    assert form.isVisible(), "the form of the change is brought into view"
    assert here() is form.strength_list.rows()[0].first_field
    assert texts(window) == [""]


def test_tab_goes_through_a_list_as_it_stands_after_every_change(window: MainWindow, form: AreaForm) -> None:
    fill(form.strength_list, "one", "two", "three")
    press(Qt.Key.Key_Up, CONTROL)
    fill(form.action_list, "act", "act again")
    choose(form.strength_list.rows()[0], "Remove")
    undo()
    reachable = screen_checks.controls(window)
    reached, hidden = screen_checks.tab_walk(window, reachable)
    assert not screen_checks.unreached(reachable, reached)
    assert not screen_checks.out_of_order(reached)
    assert not hidden
    back, _ = screen_checks.tab_walk(window, reachable, back=True)
    assert back[1:] == reached[:0:-1], "Shift and Tab go the same way back"


def test_a_new_item_is_in_sight_in_a_long_form_and_a_small_window(open_window: OpenWindow) -> None:
    window = open_window("example", percent=200, size=(1024, 600))
    form = show(window, AREA)
    for editor in (form.action_list, form.strength_list, form.evidence_list):
        fill(editor, "word " * 30, "a new item")
        assert here().value() == "a new item"  # type: ignore[attr-defined]


def test_a_click_into_a_field_at_the_edge_does_not_move_the_page(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("example", size=(1024, 600))
    form = show(window, AREA)
    field = form.action_list.rows()[0].first_field
    top = screen_checks.rect_in(field, form.page).top()
    form.verticalScrollBar().setValue(top - form.viewport().height() + 20)
    place = form.verticalScrollBar().value()
    assert place > 0
    QTest.mousePress(field.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(30, 12))
    settle()
    after = form.verticalScrollBar().value()
    QTest.mouseRelease(field.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(30, 12))
    assert after == place
    assert field.hasFocus()


# Evidence


def cite(form: AreaForm, title: str) -> None:
    """Choose a source of evidence from the register, with the keys of the menu."""
    button = next(
        widget
        for widget in screen_checks.controls(form.evidence_list)
        if "another area" in getattr(widget, "text", str)()
    )
    button.setFocus()
    press(Qt.Key.Key_Space)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    titles = [action.text() for action in menu.actions()]
    for _ in range(titles.index(title) + 1):
        QTest.keyClick(menu, Qt.Key.Key_Down)
    QTest.keyClick(menu, Qt.Key.Key_Return)
    settle()


def labels(form: AreaForm) -> list[str]:
    return [label.text() for label in form.evidence_list.findChildren(QLabel) if label.isVisible()]


def test_one_source_of_evidence_serves_several_areas(window: MainWindow, form: AreaForm) -> None:
    fill(form.evidence_list, "Survey & visits")
    other = show(window, "needs")
    cite(other, "Survey && visits")
    assert record(window, "needs").evidence == record(window).evidence
    assert here() is other.evidence_list.rows()[0].first_field
    assert "Also a source for area 2" in labels(other)
    press(Qt.Key.Key_End)
    type_in(" 2026")
    assert shown(form.evidence_list) == ["Survey & visits 2026"], "it is one item, so it changes everywhere"
    show(window, AREA)
    assert "Also a source for area 7" in labels(form)


def test_a_source_cited_elsewhere_stays_and_the_last_citation_takes_it_along(
    window: MainWindow, form: AreaForm
) -> None:
    fill(form.evidence_list, "Survey")
    other = show(window, "needs")
    cite(other, "Survey")
    before = content_of(window)
    choose(other.evidence_list.rows()[0], "Remove")
    assert [item.title for item in evaluation_of(window).evidence] == ["Survey"]
    assert record(window, "needs").evidence == []
    show(window, AREA)
    assert "Also a source for area 7" not in labels(form)
    choose(form.evidence_list.rows()[0], "Remove")
    assert evaluation_of(window).evidence == []
    undo()
    assert shown(form.evidence_list) == ["Survey"]
    assert here() is form.evidence_list.rows()[0].first_field
    undo()
    assert content_of(window) == before
    assert shown(other.evidence_list) == ["Survey"]


def test_the_menu_says_so_when_there_is_nothing_to_choose(window: MainWindow, form: AreaForm) -> None:
    button = next(widget for widget in screen_checks.controls(form.evidence_list) if "another" in widget.text())  # type: ignore[attr-defined]
    button.setFocus()  # as it has for whoever presses the key: so it is in view
    QTest.keyClick(button, Qt.Key.Key_Space)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert [action.isEnabled() for action in menu.actions()] == [False]
    menu.close()


# Actions


def test_actions_move_among_their_own_area_only(window: MainWindow, form: AreaForm) -> None:
    fill(form.action_list, "first here")
    fill(show(window, "needs").action_list, "there")
    show(window, AREA)
    fill(form.action_list, "second here")
    press(Qt.Key.Key_Up, CONTROL)
    actions = evaluation_of(window).actions
    assert [action.what for action in actions if action.area == AREA] == ["second here", "first here"]
    assert [action.what for action in actions if action.area == "needs"] == ["there"]
    assert shown(form.action_list) == ["second here", "first here"]
    undo()
    assert shown(form.action_list) == ["first here", "second here"]


def test_an_action_is_filled_in_by_keyboard(window: MainWindow, form: AreaForm) -> None:
    fill(form.action_list, "Plan calls")
    press(Qt.Key.Key_Tab)
    type_in("Family lead")
    press(Qt.Key.Key_Tab)
    type_in("15/1/27")
    press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Down)
    made = evaluation_of(window).actions[0]
    assert made == Action(
        id=made.id, area=AREA, what="Plan calls", who="Family lead", by_when="2027-01-15", progress="under-way"
    )


# Reading only


def test_a_file_for_reading_only_cannot_be_changed(open_window: OpenWindow, tmp_path: Path, qtbot: QtBot) -> None:
    first = open_window("example")
    assert first.view is not None
    path = first.view.here.path
    first.close()
    window = open_window("start")
    with qtbot.waitSignal(window.evaluation_shown):
        window._files.open(path, read_only=True)
    before = deepcopy(evaluation_of(window))
    form = show(window, AREA)
    row = form.strength_list.rows()[0]
    row.first_field.setFocus()
    for key in (Qt.Key.Key_X, Qt.Key.Key_Return, Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
        press(key)
    press(Qt.Key.Key_Down, CONTROL)
    undo()
    assert not row.menu.isVisible()
    assert not form.strength_list.add_button.isEnabled()
    assert not form.ready.isEnabled()
    assert evaluation_of(window) == before
    assert "Read only" in window.header.state.text()
    assert not screen_checks.low_contrast(window)


def test_the_menu_of_an_entry_says_what_is_possible_and_opens_by_three_keys(window: MainWindow, form: AreaForm) -> None:
    fill(form.strength_list, "one", "two")
    row = form.strength_list.rows()[1]
    for key, modifier in ((Qt.Key.Key_Menu, NONE), (Qt.Key.Key_F10, Qt.KeyboardModifier.ShiftModifier)):
        press(key, modifier)
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        assert menu.activeAction() is not None, "the arrows and Enter go on from there"
        menu.close()
    row.menu.setFocus()
    press(Qt.Key.Key_Return)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    words = [action.text().split("\t")[0] for action in menu.actions() if action.text()]
    moves = ["Move up", "Move down", "Move to another area"]
    assert words == [*moves, "Standards it bears on", "Earlier versions of this text…", "Remove"]
    assert item(menu, "Move up").isEnabled()
    assert not item(menu, "Move down").isEnabled(), "it is the last one"
    QTest.keyClick(menu, Qt.Key.Key_Escape)
    assert here() is row.menu, "the focus is where it was"
    assert [action.text() for action in row.first_field.make_menu().actions()][-1] == "Remove"


def test_every_list_has_the_same_menu_and_earlier_versions_lead_to_the_text(window: MainWindow, form: AreaForm) -> None:
    assert window.view is not None
    for editor in (form.strength_list, form.development_list, form.evidence_list, form.action_list):
        fill(editor, "words")
        choose(editor.rows()[0], "Earlier versions of this text…")
        assert window.view.currentWidget() is not window.view.tabs
        window.view.show_area(AREA)


def test_an_item_moves_to_another_area_in_one_step_that_undo_names(window: MainWindow, form: AreaForm) -> None:
    for name in ("strength_list", "development_list", "evidence_list", "action_list"):
        show(window, AREA)
        editor = getattr(form, name)
        fill(editor, "stays", "goes")
        before = content_of(window)
        choose(editor.rows()[1], "Move to another area", "3 Partnership working")
        assert shown(editor) == ["stays"]
        there = getattr(show(window, "partnerships"), name)
        assert shown(there) == ["goes"]
        assert window.notification_bar.text.text().endswith(" moved to 3 Partnership working.")
        assert window.undo_actions.undo.text() == f"&Undo moving {editor.words.one} from 2 to 3"
        undo()
        assert content_of(window) == before
        assert form.isVisible(), "where it came back"
        assert here() is editor.rows()[1].first_field
        redo()
        assert shown(there) == ["goes"]
        assert here() is there.rows()[0].first_field


def test_a_development_area_keeps_its_actions_wherever_it_goes(open_window: OpenWindow, tmp_path: Path) -> None:
    window = open_window("empty")
    form = show(window, AREA)
    fill(form.development_list, "More visits")
    fill(form.action_list, "Ring each week")
    entry, action = record(window).development_areas[0], evaluation_of(window).actions[0]
    assert window.session is not None
    window.session.set_field(Target("actions", action.id), "development_area", entry.id)
    choose(form.development_list.rows()[0], "Move to another area", "3 Partnership working")
    assert record(window, "partnerships").development_areas[0].id == entry.id
    assert evaluation_of(window).actions[0].development_area == entry.id
    offered = [words for _, words in development_areas(window.session, action.id)]
    assert offered[-1].startswith("In 3 Partnership working: More visits")
    assert window.saving.save_now() == ""
    assert window.view is not None
    path = window.view.here.path
    window.close()
    again = open_window(path)
    assert record(again, "partnerships").development_areas[0].id == entry.id
    assert evaluation_of(again).actions[0].development_area == entry.id


def test_an_item_is_dragged_to_its_place_and_one_undo_takes_it_back(window: MainWindow, form: AreaForm) -> None:
    fill(form.strength_list, "one", "two", "three")
    first, _, third = form.strength_list.rows()

    def drag(row: ItemRow, onto: ItemRow, *keys: Qt.Key) -> None:
        goal = onto.mapTo(row.handle.window(), QPoint(5, onto.height() - 2))
        goal = row.handle.mapFrom(row.handle.window(), goal)
        QTest.mousePress(row.handle, Qt.MouseButton.LeftButton, NONE, QPoint(5, 5))
        for place in (QPoint(5, 20), goal):
            QTest.mouseMove(row.handle, place)
        for key in keys:
            press(key)
        QTest.mouseRelease(row.handle, Qt.MouseButton.LeftButton, NONE, goal)
        settle()

    drag(first, third)
    assert texts(window) == shown(form.strength_list) == ["two", "three", "one"]
    assert here() is first.first_field
    undo()
    assert texts(window) == shown(form.strength_list) == ["one", "two", "three"]
    drag(first, third, Qt.Key.Key_Escape)
    assert texts(window) == ["one", "two", "three"], "Esc lets it stay"


def test_what_undo_brings_back_from_another_tab_has_the_cursor_and_is_heard_in_its_place(
    window: MainWindow, form: AreaForm
) -> None:
    fill(form.strength_list, "one", "two", "three")
    choose(form.strength_list.rows()[1], "Remove")
    assert window.view is not None
    window.view.show_overview()
    undo()
    assert here() is form.strength_list.rows()[1].first_field
    heard = [field.accessibleName() for field in form.strength_list.findChildren(TextField) if field.window() is window]
    assert heard == ["Strength 1", "Strength 2", "Strength 3"], "a screen reader goes through the children in order"
