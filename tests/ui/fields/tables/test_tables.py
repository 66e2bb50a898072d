"""Both tables: prose is edited whole, the same item stays chosen, a row can be copied."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from apq_desktop.evaluation.text import dates
from apq_desktop.ui.fields.line_fields import LineField
from apq_desktop.ui.fields.text_fields import TextField
from tests.ui.keyboard import here, press
from tests.ui.screens import settle

if TYPE_CHECKING:
    from apq_desktop.evaluation.model import Evaluation
    from apq_desktop.ui.fields.tables.item_table import ItemTable
    from apq_desktop.ui.pages.action_plan_page import ActionPlan
    from apq_desktop.ui.pages.evidence_page import EvidencePage
    from apq_desktop.ui.window.main_window import MainWindow
    from tests.ui.conftest import OpenWindow

LONG = "word " * 200 + "\nand the end"
WHAT, BY_WHEN = 1, 3


@pytest.fixture
def window(open_window: OpenWindow) -> MainWindow:
    return open_window("example")


@pytest.fixture
def plan(window: MainWindow) -> ActionPlan:
    return tab(window, "Action plan").plan


@pytest.fixture
def register(window: MainWindow) -> EvidencePage:
    return tab(window, "Evidence").evidence


def tab(window: MainWindow, title: str) -> Any:
    assert window.view is not None
    tabs = window.view.tabs
    tabs.setCurrentIndex(next(n for n in range(tabs.count()) if tabs.tabText(n) == title))
    settle()
    return window.view


def evaluation(window: MainWindow) -> Evaluation:
    assert window.session is not None
    return window.session.evaluation


def row_of(table: ItemTable, number: int) -> int:
    """The row of an item by its number among those shown; headings do not count."""
    return [row for row in range(len(table.rows.rows)) if table.rows.item(row) is not None][number]


def choose(table: ItemTable, number: int, column: int) -> None:
    table.setFocus()
    only = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
    # Not setCurrentIndex of the table: it asks which keys are down, and QTest leaves Shift so.
    table.selectionModel().setCurrentIndex(table.model().index(row_of(table, number), column), only)
    settle()


def open_cell(table: ItemTable, number: int, column: int, key: Qt.Key = Qt.Key.Key_F2) -> Any:
    choose(table, number, column)
    QTest.keyClick(table, key)
    settle()
    return here()


def chosen(page: ActionPlan | EvidencePage) -> Any:
    (item,) = page.table.chosen_items()
    return item


def remove_button(register: EvidencePage) -> Any:
    details: Any = register.details
    return details.remove_button


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_X, Qt.Key.Key_Delete, Qt.Key.Key_Backspace])
def test_a_letter_replaces_nothing(plan: ActionPlan, key: Qt.Key) -> None:
    before = [action.what for action in plan.model.items]
    choose(plan.table, 0, WHAT)
    QTest.keyClick(plan.table, key)
    settle()
    plan.words.setFocus()
    assert [action.what for action in plan.model.items] == before


@pytest.mark.parametrize("key", [Qt.Key.Key_F2, Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_f2_and_enter_edit_the_cell_in_a_field_for_prose(window: MainWindow, plan: ActionPlan, key: Qt.Key) -> None:
    plan.model.items[0].what = LONG
    field = open_cell(plan.table, 0, WHAT, key)
    assert isinstance(field, TextField)
    press(Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    press(Qt.Key.Key_Backspace)
    press(Qt.Key.Key_Return)
    assert here() is plan.table
    assert chosen(plan).what == LONG[:-1]


@pytest.mark.parametrize("key", [Qt.Key.Key_Home, Qt.Key.Key_End])
@pytest.mark.parametrize("title", ["Action plan", "Evidence"])
def test_the_ends_of_a_text_are_looked_for_inside_its_cell(window: MainWindow, title: str, key: Qt.Key) -> None:
    page: Any = getattr(tab(window, title), "plan" if title == "Action plan" else "evidence")
    tried = 0
    for column in range(page.model.columnCount()):
        field = open_cell(page.table, 1, column)
        if isinstance(field, TextField | LineField):
            press(key, Qt.KeyboardModifier.ControlModifier)
            QTest.keyClicks(here(), "zq")
            assert here() is field, column
            assert field.value().startswith("zq") if key == Qt.Key.Key_Home else field.value().endswith("zq"), column
            tried += 1
        press(Qt.Key.Key_Escape)
    assert tried >= 2


def test_a_double_click_edits_too_and_shift_enter_begins_a_line(plan: ActionPlan) -> None:
    place = plan.table.visualRect(plan.model.index(row_of(plan.table, 0), WHAT)).center()
    QTest.mouseClick(plan.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseDClick(plan.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    settle()
    press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(here(), "One")
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClicks(here(), "two")
    assert chosen(plan).what == "One\ntwo", "each letter is there before the cell is left"


def test_esc_gives_back_what_stood_in_the_cell_and_undo_the_words(window: MainWindow, plan: ActionPlan) -> None:
    before = plan.model.items[0].what
    field = open_cell(plan.table, 0, WHAT)
    field.selectAll()
    QTest.keyClicks(field, "Somebody")
    press(Qt.Key.Key_Escape)
    assert chosen(plan).what == before
    window.undo_actions.take_back()
    assert chosen(plan).what == "Somebody"


def test_undo_in_an_open_cell_stays_there(window: MainWindow, plan: ActionPlan) -> None:
    before = plan.model.items[0].by_when
    field = open_cell(plan.table, 0, BY_WHEN)
    press(Qt.Key.Key_End)
    QTest.keyClicks(field, " too")
    press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert here() is field
    assert field.text() == dates.shown(before)
    assert chosen(plan).by_when == before
    assert tab(window, "Action plan").tabs.currentWidget().isVisible()


def test_the_same_item_stays_chosen_through_sorting(plan: ActionPlan) -> None:
    choose(plan.table, 3, BY_WHEN)
    item = chosen(plan)
    for column in (2, 1, 4):
        plan.table.horizontalHeader().setSortIndicator(column, Qt.SortOrder.DescendingOrder)
        assert chosen(plan) is item
        assert plan.details._shown == [item.id]


def test_after_removing_the_next_one_is_chosen_and_can_be_written_in(
    window: MainWindow, register: EvidencePage
) -> None:
    choose(register.table, 1, 0)
    gone, following = register.model.items[1], register.model.items[2]
    QTest.mouseClick(remove_button(register), Qt.MouseButton.LeftButton)
    settle()
    assert chosen(register) is following
    register.details.focus_first()
    QTest.keyClicks(here(), "New ")
    assert following.title.startswith("New ")
    window.undo_actions.take_back()
    window.undo_actions.take_back()
    assert chosen(register).id == gone.id
    assert register.details._shown == [gone.id]


def test_after_removing_the_only_one_nothing_is_left_to_write_in(open_window: OpenWindow) -> None:
    window = open_window("empty")
    register = tab(window, "Evidence").evidence
    register.add_button.click()
    remove_button(register).click()
    settle()
    assert register.details.findChildren(TextField) == []
    assert register.empty.isVisible()
    assert evaluation(window).evidence == []


def test_a_chosen_row_is_copied_with_its_whole_texts(plan: ActionPlan) -> None:
    plan.model.items[0].what = f'He said "yes",\t{LONG}'
    choose(plan.table, 0, BY_WHEN)
    press(Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    (cells,) = csv.reader(io.StringIO(QGuiApplication.clipboard().text(), newline=""), "excel-tab")
    assert cells == [column.told(plan.model.items[0]) for column in plan.model.columns]


def test_prose_is_never_edited_in_a_field_for_a_line(window: MainWindow) -> None:
    """Of every field that is bound, wherever it is: its limit is the limit of what it is bound to."""
    from apq_desktop.ui.fields.line_fields import LineField
    from apq_desktop.ui.session.field_binding import FieldBinding

    assert window.view is not None
    for area in evaluation(window).areas:
        window.view.show_area(area.key)
    tab(window, "Action plan").plan.model  # noqa: B018 - makes the page
    tab(window, "Evidence").evidence.model  # noqa: B018 - makes the page
    window.view.show_details()
    checked = 0
    for binding in window.findChildren(FieldBinding):
        for (target, name), field in binding._fields.items():
            kind = type(_owner(window, target)).__dataclass_fields__[name].type
            if isinstance(field, TextField | LineField):
                assert kind == ("Text" if isinstance(field, TextField) else "Line"), (target, name)
                checked += 1
    for page in (window.view.plan, window.view.evidence):
        for column in page.model.columns:
            if column.field and column.field.editor != "none":
                kind = type(page.model.items[0]).__dataclass_fields__[column.name].type
                assert (column.field.editor == "text") == (kind == "Text"), column.title
    assert checked > 100


def _owner(window: MainWindow, target: Any) -> Any:
    from apq_desktop.evaluation.edits.changes import resolve

    return resolve(evaluation(window), target)


def paste(words: str) -> None:
    """Copy words elsewhere, and paste them where the focus is."""
    QGuiApplication.clipboard().setText(words)
    press(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)


def test_a_table_pasted_into_the_plan_becomes_actions_of_the_area_that_is_asked_for(
    window: MainWindow, plan: ActionPlan
) -> None:
    before = len(evaluation(window).actions)
    choose(plan.table, 0, WHAT)
    paste("Ring home\tHead\t1/3/27\nVisit\tSENCO\tby Easter")
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert len(evaluation(window).actions) == before
    menu.actions()[2].trigger()
    menu.close()
    settle()
    new = evaluation(window).actions[before:]
    assert [(one.area, one.what, one.who, one.by_when) for one in new] == [
        ("partnerships", "Ring home", "Head", "2027-03-01"),
        ("partnerships", "Visit", "SENCO", "by Easter"),
    ]
    assert {one.id for one in plan.table.chosen_items()} == {one.id for one in new}
    told: list[object] = []
    plan.table.chosen.connect(told.append)
    plan.table.choose(*(one.id for one in evaluation(window).actions))
    assert len(told) <= 2, "once for the first and once for all others, however many they are"
    assert window.notification_bar.text.text() == "2 actions added."
    assert window.session is not None
    window.session.undo()
    assert len(evaluation(window).actions) == before, "one undo takes all of it back"


def test_lines_pasted_into_a_plan_of_one_area_and_into_the_register_become_items_at_once(
    window: MainWindow, plan: ActionPlan
) -> None:
    plan.area.load("attendance")
    plan.table.setFocus()
    paste("Ring home\nVisit")
    assert [(one.area, one.what) for one in evaluation(window).actions[-2:]] == [
        ("attendance", "Ring home"),
        ("attendance", "Visit"),
    ]
    register = tab(window, "Evidence").evidence
    register.table.setFocus()
    paste("Survey\tview\nVisit report\tdocument")
    assert [one.title for one in evaluation(window).evidence[-2:]] == ["Survey", "Visit report"]
    assert len(register.table.chosen_items()) == 2


def test_a_row_copied_from_the_plan_and_pasted_is_the_same_action_again(window: MainWindow, plan: ActionPlan) -> None:
    choose(plan.table, 3, WHAT)
    (copied,) = plan.table.chosen_items()
    press(Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    press(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    new = evaluation(window).actions[-1]
    assert new.id != copied.id
    assert (new.area, new.what, new.who) == (copied.area, copied.what, copied.who)


@pytest.mark.parametrize(
    ("words", "said"),
    [("", "Nothing was"), (" \n\t\n", "Nothing was"), ("x" * 40_001, "A row or a line")],
)
def test_where_nothing_can_be_pasted_it_is_said(window: MainWindow, plan: ActionPlan, words: str, said: str) -> None:
    before = len(evaluation(window).actions)
    plan.table.setFocus()
    paste(words)
    assert window.notification_bar.text.text().startswith(said)
    assert len(evaluation(window).actions) == before
    window.header.send.setFocus()
    window.view.show_overview()  # type: ignore[union-attr]
    window.header.send.setFocus()
    paste("words")
    assert window.notification_bar.text.text().startswith("Nothing was pasted. Go to the field")
