"""Tables stand in groups that fold; several items are set at once; what is added and chosen stays in view."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QDate, QItemSelectionModel, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollBar

from apq_desktop.evaluation.edits.changes import AddItem, ListPlace, SetField, Target
from apq_desktop.evaluation.model import Action, Evidence
from apq_desktop.evaluation.text import dates
from apq_desktop.evaluation.text.terms import term_end
from apq_desktop.ui.fields.tables.item_rows import Heading
from apq_desktop.ui.widgets.buttons import Button
from apq_desktop.ui.widgets.theme import TEXT_SIZES
from tests.ui.keyboard import CONTROL, Keyboard, here, press
from tests.ui.screen_checks import clipped, is_in_view
from tests.ui.screens import settle

if TYPE_CHECKING:
    from apq_desktop.ui.pages.action_plan_page import ActionPlan
    from apq_desktop.ui.widgets.theme import Theme
    from apq_desktop.ui.window.main_window import MainWindow
    from tests.ui.conftest import OpenWindow

TODAY = date.today()  # noqa: DTZ011 - the person's own day


def days(count: int) -> str:
    return (TODAY + timedelta(days=count)).isoformat()


ACTIONS = (
    Action("late", "needs", "Write to the school", "Deputy", days(-9)),
    Action("soon", "attendance", "Ring each family", "Head of centre", TODAY.isoformat()),
    Action("later", "needs", "Buy books", "Deputy", (term_end(TODAY) + timedelta(days=3)).isoformat()),
    Action("words", "needs", "Paint the hall", "", "by Easter"),
    Action("done", "needs", "Mend the gate", "Deputy", days(-20), "finished"),
)


@pytest.fixture
def window(open_window: OpenWindow) -> MainWindow:
    window = open_window("empty")
    assert window.session is not None
    assert window.view is not None
    for position, action in enumerate(ACTIONS):
        window.session.make(AddItem(ListPlace("actions"), action, position))
    window.view.show_tab("action_plan")
    settle()
    return window


@pytest.fixture
def plan(window: MainWindow) -> ActionPlan:
    assert window.view is not None
    return window.view.plan


def rows(page: Any) -> list[str]:
    """What stands in the rows: headings by their title, items by their id."""
    return [row.title if isinstance(row, Heading) else row.id for row in page.model.rows]


def choose(page: Any, *keys: str) -> None:
    """Choose as a person does: go to the first, then Ctrl and a click on each other one."""
    page.table.choose(keys[0])
    page.table.setFocus()
    for key in keys[1:]:
        place = page.table.visualRect(page.model.index(page.model.row_of(key), page.table.room.main)).center()
        QTest.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier, place)
    settle()


def of_evaluation(window: MainWindow) -> dict[str, Action]:
    assert window.session is not None
    return {action.id: action for action in window.session.evaluation.actions}


def test_actions_stand_under_overdue_this_term_later_and_what_waits_least_is_folded(plan: ActionPlan) -> None:
    assert rows(plan) == [
        "Overdue", "late", "This term", "soon", "Later", "later", "No date", "Finished or stopped"
    ]  # fmt: skip
    plan.table.setFocus()
    index = plan.model.index(rows(plan).index("No date"), 0)
    plan.table.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
    QTest.keyClick(plan.table, Qt.Key.Key_Return)
    assert "words" in rows(plan)
    QTest.keyClick(plan.table, Qt.Key.Key_Left)
    assert "words" not in rows(plan)
    assert plan.table.currentIndex().row() == rows(plan).index("No date"), "the place of the keyboard stays"


def test_a_click_on_a_heading_folds_and_shows(plan: ActionPlan) -> None:
    for shown in (False, True):
        place = plan.table.visualRect(plan.model.index(0, plan.table.room.main)).center()
        QTest.mouseClick(plan.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
        settle()
        assert ("late" in rows(plan)) is shown


def test_the_last_day_of_the_term_is_chosen_and_the_groups_follow(window: MainWindow, plan: ActionPlan) -> None:
    assert window.view is not None
    plan.term_end.setFocus()
    QTest.keyClick(plan.term_end, Qt.Key.Key_Return)
    calendar: Any = QApplication.activePopupWidget()
    chosen = term_end(TODAY) + timedelta(days=5)
    calendar.activated.emit(QDate(chosen.year, chosen.month, chosen.day))
    settle()
    assert rows(plan)[2:6] == ["This term", "soon", "later", "No date"]
    assert plan.term_end.text() == f"Term ends {dates.shown(chosen.isoformat())}"
    window.view.show_tab("evidence")
    settle()
    assert window.view.evidence.term_end.text() == plan.term_end.text()
    window.view.evidence.grouping.setCurrentIndex(1)
    window.view.evidence.grouping.activated.emit(1)
    assert not window.view.evidence.term_end.isVisible()


def test_the_plan_can_be_grouped_by_person_and_by_area(plan: ActionPlan) -> None:
    def group(words: str) -> list[str]:
        plan.grouping.setCurrentIndex(plan.grouping.findText(words))
        plan.grouping.activated.emit(plan.grouping.currentIndex())
        return [row.title for row in plan.model.rows if isinstance(row, Heading)]

    assert group("By person") == ["Deputy", "Head of centre", "Nobody named"]
    assert [title.split()[0] for title in group("By area")] == ["6", "7"]


def test_arrows_cross_headings_and_come_back_to_their_column(plan: ActionPlan) -> None:
    plan.table.setFocus()
    plan.table.setCurrentIndex(plan.model.index(plan.model.row_of("late"), 3))
    walked = []
    for _ in range(2):
        QTest.keyClick(plan.table, Qt.Key.Key_Down)
        walked.append(plan.table.currentIndex())
    assert plan.model.heading(walked[0].row()) is not None
    assert (walked[1].row(), walked[1].column()) == (plan.model.row_of("soon"), 3)


def test_what_is_finished_stays_chosen_where_it_goes(window: MainWindow, plan: ActionPlan) -> None:
    choose(plan, "soon")
    assert window.session is not None
    window.session.make(SetField(Target("actions", "soon"), "progress", "finished", "not-started"))
    plan.model.settle()
    assert "This term" not in rows(plan)
    assert rows(plan).index("soon") > rows(plan).index("Finished or stopped")
    assert [item.id for item in plan.table.chosen_items()] == ["soon"]
    window.undo_actions.take_back()
    plan.model.settle()
    assert rows(plan)[rows(plan).index("This term") + 1] == "soon"


def test_a_heading_that_is_gone_to_is_in_view_from_every_column(open_window: OpenWindow) -> None:
    window = open_window("example", size=(1180, 600))
    assert window.view is not None
    window.view.show_tab("action_plan")
    settle()
    table = window.view.plan.table
    table.setFocus()
    for column in range(1, 5):
        press(Qt.Key.Key_End, CONTROL)
        assert table.verticalScrollBar().value() > 0
        table.setCurrentIndex(table.rows.index(0, column))
        settle()
        assert table.verticalScrollBar().value() == 0, f"column {column}"


def test_the_details_of_several_begin_with_a_field_to_fill_in(window: MainWindow, plan: ActionPlan) -> None:
    choose(plan, "late", "soon")
    plan.head.details.click()
    settle()
    assert here().accessibleName() == "Who"


def test_several_are_set_at_once_and_one_undo_takes_all_back(window: MainWindow, plan: ActionPlan) -> None:
    choose(plan, "late", "soon", "later")
    (button,) = [one for one in plan.details.findChildren(Button) if one.text() == "Set for all 3"]
    fields: Any = plan.details._given
    fields["progress"].load("under-way")
    fields["by_when"].setText("1 March 2031")
    fields["who"].setText("SEND lead")
    button.click()
    settle()
    three = ("late", "soon", "later")
    assert {of_evaluation(window)[key].progress for key in three} == {"under-way"}
    assert {of_evaluation(window)[key].by_when for key in three} == {"2031-03-01"}
    assert {of_evaluation(window)[key].who for key in three} == {"SEND lead"}
    assert {item.id for item in plan.table.chosen_items()} == set(three)
    window.undo_actions.take_back()
    assert [of_evaluation(window)[action.id] for action in ACTIONS] == list(ACTIONS)
    plan.model.settle()
    assert {item.id for item in plan.table.chosen_items()} == set(three), "they can be set again"


def test_what_is_left_empty_for_several_stays_as_it_is(window: MainWindow, plan: ActionPlan) -> None:
    choose(plan, "late", "soon")
    fields: Any = plan.details._given
    fields["who"].setText("SEND lead")
    next(one for one in plan.details.findChildren(Button) if one.text() == "Set for all 2").click()
    assert of_evaluation(window)["late"].by_when == days(-9)
    assert of_evaluation(window)["soon"].who == "SEND lead"


def test_an_action_is_added_in_the_plan_to_the_area_that_is_asked_for(window: MainWindow, plan: ActionPlan) -> None:
    menu = plan.area_menu()
    assert len(menu.actions()) == 13
    menu.actions()[2].trigger()
    settle()
    field: Any = QApplication.focusWidget()
    QTest.keyClicks(field, "Meet the school")
    assert window.session is not None
    (new,) = [action for action in window.session.evaluation.actions if action.what == "Meet the school"]
    assert new.area == window.session.evaluation.areas[2].key
    assert [item.id for item in plan.table.chosen_items()] == [new.id]
    assert plan.model.row_of(new.id) >= 0, "its group is shown although it was folded"


def test_a_cell_is_heard_as_one_sentence_and_a_heading_too(plan: ActionPlan) -> None:
    def heard(row: int, column: int) -> str:
        return str(plan.model.index(row, column).data(Qt.ItemDataRole.AccessibleTextRole))

    row = plan.model.row_of("late")
    assert heard(row, 3).startswith("By when: ")
    assert heard(row, 3).endswith("(overdue)")
    assert heard(row, 4) == "Progress: Not started"
    assert heard(0, 0) == "Overdue: 1, shown below"
    assert heard(rows(plan).index("No date"), 0) == "No date: 1, folded"
    face = QAccessible.queryAccessibleInterface(plan.table)
    assert face.role() == QAccessible.Role.Table


def test_evidence_stands_under_the_day_to_look_again(open_window: OpenWindow) -> None:
    window = open_window("empty")
    assert window.session is not None
    assert window.view is not None
    late, never = Evidence("late", "Survey", review_date=days(-1)), Evidence("never", "Policy")
    for item in (never, late):
        window.session.make(AddItem(ListPlace("evidence"), item, 0))
    window.view.show_tab("evidence")
    assert rows(window.view.evidence) == ["Look again now", "late", "No day to look again", "never"]


@pytest.mark.parametrize("tab", ["action_plan", "evidence"])
@pytest.mark.parametrize("size", [pytest.param((1366, 768), marks=pytest.mark.long), (1024, 600), (800, 600)])
def test_no_word_of_a_table_is_cut_while_the_text_grows(
    open_window: OpenWindow, tab: str, size: tuple[int, int], theme: Theme
) -> None:
    """The text size changes while the table is in view: each column holds its words, or the main one tells all."""
    window = open_window("example", size=size)
    assert window.view is not None
    page: Any = window.view.show_tab(tab)
    for percent in (*TEXT_SIZES, TEXT_SIZES[0]):
        theme.set_text_size(percent)
        settle()
        assert not clipped(page.table) + clipped(page._halves._left)
        room = page.table.room
        for section in (room.main, *room.fitted):
            if page.table.isColumnHidden(section):
                assert room.narrow
                continue
            needed = (
                room.cells.fitted_width(
                    page.model.columns[section].title, [room.faces(item)[section] for item in page.model.items]
                )
                if section != room.main
                else room.cells.least_main()
            )
            assert page.table.columnWidth(section) >= min(needed, page.table.viewport().width()), (percent, section)
        for row in range(len(page.model.rows)):
            assert page.table.rowHeight(row) == room.height(row)


@pytest.mark.parametrize(
    ("size", "percent"), [((1180, 800), 100), ((1024, 600), 100), ((800, 600), 100), ((800, 600), 200)]
)
def test_table_and_details_scroll_each_by_itself_and_the_page_never(
    open_window: OpenWindow, size: tuple[int, int], percent: int
) -> None:
    """Where they have no room beside each other, the details take the table's place and lead back to it."""
    window = open_window("example", size=size, percent=percent)
    for tab in ("action_plan", "evidence"):
        assert window.view is not None
        _assert_each_scrolls_by_itself(window.view.show_tab(tab))


def _assert_each_scrolls_by_itself(page: Any) -> None:
    settle()

    def bars() -> int:
        return len([bar for bar in page.findChildren(QScrollBar) if bar.isVisible()])

    assert not page.verticalScrollBar().isVisible()
    if page.details.isVisible():
        assert bars() == 2
        return
    assert bars() == 1
    keys = Keyboard()
    keys.push("Details of the chosen row")
    assert bars() == 1
    keys.type("First, ")
    keys.press(Qt.Key.Key_Escape)
    assert page.table.hasFocus()
    assert page.table.room.faces(page.table.chosen_items()[0])[page.table.room.main].words.startswith("First, ")


def test_a_field_that_is_gone_to_is_in_view_where_the_details_take_the_place_of_the_table(
    open_window: OpenWindow,
) -> None:
    window = open_window("example", size=(800, 600), percent=200)
    assert window.session is not None
    assert window.view is not None
    target = Target("actions", window.session.evaluation.actions[0].id)
    window.view.go_to(SimpleNamespace(area="", target=target, field="measure"))
    settle()
    field: Any = QApplication.focusWidget()
    assert field.bound_to == (target, "measure")
    assert is_in_view(field)


def test_a_day_is_chosen_from_a_calendar_in_the_details_and_in_a_cell(plan: ActionPlan) -> None:
    choose(plan, "soon")
    details: Any = plan.details.binding.field(Target("actions", "soon"), "by_when")
    plan.table.setCurrentIndex(plan.model.index(plan.model.row_of("soon"), 3))
    QTest.keyClick(plan.table, Qt.Key.Key_F2)
    cell: Any = QApplication.focusWidget()
    for field, day in ((details, "2031-05-05"), (cell, "2031-06-06")):
        calendar = field.choose_from_calendar()
        assert calendar.selectedDate().toString("yyyy-MM-dd") == field.value()
        calendar.activated.emit(QDate.fromString(day, "yyyy-MM-dd"))
        assert field.value() == day
        assert field.text() == dates.shown(day)
        assert details.value() == day, "the evaluation has it, and every place shows it"
    assert field.text() == "6 June 2031"
