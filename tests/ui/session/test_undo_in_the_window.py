"""Undo as people expect it: named in the menu, the caret at the change, and each field its own where it has one."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QClipboard, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QMenu

from apq_desktop.evaluation.edits.changes import SetField, Target
from apq_desktop.ui.fields.line_fields import DateField, LineField
from apq_desktop.ui.fields.text_fields import TextField
from apq_desktop.ui.spelling.field_spelling import FieldSpelling
from tests.ui.keyboard import here, press
from tests.ui.row_menus import choose
from tests.ui.screens import settle

if TYPE_CHECKING:
    from apq_desktop.evaluation.model import Evaluation
    from apq_desktop.ui.window.main_window import MainWindow
    from tests.ui.conftest import OpenWindow

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support grabbing the keyboard", extend=True)

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(open_window: OpenWindow) -> MainWindow:
    return open_window("empty")


@pytest.fixture
def field(window: MainWindow) -> TextField:
    """The notes on the first question of area 2."""
    assert window.view is not None
    area = evaluation(window).areas[1]
    form = window.view.show_area(area.key)
    field = form.binding.field(Target("note", area.questions[0].key, area.key), "note")
    assert isinstance(field, TextField)
    field.setFocus()
    return field


def evaluation(window: MainWindow) -> Evaluation:
    assert window.session is not None
    return window.session.evaluation


def undo() -> None:
    press(Qt.Key.Key_Z, CONTROL)


def pause(window: MainWindow) -> None:
    assert window.session is not None
    window.session.steps.end_step()


def menu_says(window: MainWindow) -> tuple[str, str]:
    actions = window.undo_actions
    return actions.undo.text().replace("&", ""), actions.redo.text().replace("&", "")


def test_a_deletion_just_after_typing_is_taken_back_alone(window: MainWindow, field: TextField) -> None:
    QTest.keyClicks(field, "First sentence.")
    pause(window)
    QTest.keyClicks(field, " Second sentence here.")
    field.selectAll()
    press(Qt.Key.Key_Delete)
    undo()
    assert field.value() == "First sentence. Second sentence here."


@pytest.mark.parametrize("act", ["cut", "paste", "spelling"])
def test_a_cut_a_paste_and_a_word_put_right_stand_alone(window: MainWindow, field: TextField, act: str) -> None:
    QTest.keyClicks(field, "one two")
    if act == "paste":
        QGuiApplication.clipboard().setText("pasted")
        press(Qt.Key.Key_V, CONTROL)
    elif act == "cut":
        field.selectAll()
        press(Qt.Key.Key_X, CONTROL)
    else:
        cursor = field.textCursor()
        cursor.select(cursor.SelectionType.WordUnderCursor)
        FieldSpelling._replace(type("Held", (), {"_field": field})(), cursor, "too")
    QTest.keyClicks(field, "x")
    undo()
    undo()
    assert field.value() == "one two"


def test_the_caret_is_where_the_change_was(window: MainWindow, field: TextField) -> None:
    QTest.keyClicks(field, "We meet families weekly.")
    pause(window)
    field.put_cursor(len("We meet "))
    QTest.keyClicks(field, "young ")
    press(Qt.Key.Key_End)
    undo()
    QTest.keyClicks(field, "most ")
    assert field.value() == "We meet most families weekly."


def test_the_caret_is_there_too_in_a_form_that_is_shown_anew(window: MainWindow, field: TextField) -> None:
    field.insertPlainText("👩🏽‍🏫 We meet families weekly.")
    pause(window)
    field.put_cursor(field.value().index("families"))
    QTest.keyClicks(field, "young ")
    assert window.view is not None
    window.view.show_overview()
    window.undo_actions.take_back()
    QTest.keyClicks(here(), "most ")
    assert field.value() == "👩🏽‍🏫 We meet most families weekly."


def test_the_menu_says_what_will_be_undone(window: MainWindow, field: TextField) -> None:
    assert menu_says(window) == ("Undo", "Redo")
    assert not window.undo_actions.undo.isEnabled()
    QTest.keyClicks(field, "Typed")
    assert menu_says(window) == ("Undo typing in 2.1", "Redo")
    assert window.view is not None
    form = window.view.show_area(evaluation(window).areas[1].key)
    form.strength_list.add()
    assert menu_says(window)[0] == "Undo adding a strength in 2"
    choose(form.strength_list.rows()[0], "Remove")
    assert menu_says(window)[0] == "Undo removing a strength in 2"
    window.undo_actions.take_back()
    assert menu_says(window) == ("Undo adding a strength in 2", "Redo removing a strength in 2")
    form.evidence_list.add()
    assert menu_says(window)[0] == "Undo adding a source of evidence in 2"
    form.action_list.add()
    QTest.keyClicks(here(), "Plan")
    assert menu_says(window)[0] == "Undo typing in an action in 2"
    details = window.view.show_details()
    details.first.selectAll()
    press(Qt.Key.Key_Delete)
    assert menu_says(window)[0] == "Undo deleting in “Name of the setting”"


def test_the_right_click_menu_has_the_same_undo_and_redo(window: MainWindow, field: TextField) -> None:
    QTest.keyClicks(field, "Typed")
    menu = field.make_menu()
    actions = window.undo_actions
    assert [action for action in menu.actions() if action.text().replace("&", "").startswith(("Undo", "Redo"))] == [
        actions.undo,
        actions.redo,
    ]
    actions.undo.trigger()
    assert field.value() == ""


def own_fields(window: MainWindow) -> list[Any]:
    """Every field in view whose undo is its own."""
    return [
        one
        for one in window.findChildren(QLineEdit)
        if one.isVisible() and one.isEnabled() and not getattr(one, "window_undoes", False)
    ]


@pytest.mark.parametrize("page", ["search", "plan", "evidence", "evaluations", "sending", "start"])
def test_undo_in_a_field_of_the_program_never_touches_the_evaluation(window: MainWindow, page: str) -> None:
    assert window.session is not None
    assert window.view is not None
    window.session.set_field(Target("evaluation"), "summary", "Written")
    tabs = window.view.tabs
    match page:
        case "search":
            window.finding.find()
        case "plan" | "evidence":
            title = {"plan": "Action plan", "evidence": "Evidence"}[page]
            tabs.setCurrentIndex(next(n for n in range(tabs.count()) if tabs.tabText(n) == title))
        case "evaluations":
            window.show_page("evaluations")
        case "sending":
            window.commands.send.show_sending()
        case "start":
            window.commands.open.start_new()
    settle()
    fields = own_fields(window)
    assert fields
    for one in fields:
        one.setFocus()
        QTest.keyClicks(one, "abc")
        window.undo_actions.show()
        if page != "start":
            assert menu_says(window)[0] == "Undo in this field"
        for _ in range(4):
            undo()
        assert one.text() == ""
        assert one.isVisible(), "the page is not left"
        window.undo_actions.show()  # as the menu does when it opens
        window.undo_actions.redo.trigger()
        assert one.text() == "abc"
        one.clear()
    assert evaluation(window).summary == "Written"


def mime(kind: str) -> QMimeData:
    data = QMimeData()
    if kind == "picture":
        data.setImageData(QImage(2, 2, QImage.Format.Format_RGB32))
    elif kind == "HTML with a picture only":
        data.setHtml("<img src='file:///etc/hostname'>")
    elif kind == "HTML":
        data.setHtml("<p>Some <b>words</b></p>")
    return data


@pytest.mark.parametrize("one_line", [False, True])
def test_what_has_no_words_changes_nothing_when_it_is_pasted(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, one_line: bool
) -> None:
    assert window.view is not None
    page = window.view.show_details()
    place: tuple[Target, str] = (Target("setting"), "site") if one_line else (Target("evaluation"), "summary")
    field = page.binding.field(*place)
    field.setFocus()
    for kind in ("picture", "HTML with a picture only", "HTML", "nothing", "no clipboard"):
        field.selectAll()
        QTest.keyClicks(field, "There before")
        field.selectAll()
        QGuiApplication.clipboard().setMimeData(mime(kind))
        if kind == "no clipboard":  # as Qt has it until somebody copies something
            monkeypatch.setattr(QClipboard, "mimeData", lambda *_: None)
        press(Qt.Key.Key_V, CONTROL)
        menu = field.make_menu()
        paste = next(action for action in menu.actions() if action.objectName() == "edit-paste")
        assert paste.isEnabled() == (kind == "HTML"), kind
        assert field.value() == ("Some words" if kind == "HTML" else "There before"), kind


PASTED = (
    "•\tFirst\n•\tSecond\n•\tThird", "1. First\n2. Second\n3. Third", "a) First\nb) Second\nc) Third",
    "- First\n– Second\n· Third", "o\tFirst\no\tSecond\no\tThird", "\uf0b7\tFirst\n\uf0a7\tSecond\n•\u00a0Third",
    "➔ First\n❖ Second\n◆ Third", "v\tFirst\nØ\tSecond\nü\tThird", "1.1\tFirst\n1.2.\tSecond\n2.10.3\tThird",
)  # fmt: skip


def test_a_pasted_list_is_offered_as_items(window: MainWindow) -> None:
    assert window.view is not None
    form = window.view.show_area("attendance")
    every = (form.strength_list, form.development_list, form.evidence_list, form.action_list)
    for one_list, pasted in product(every, PASTED):
        one_list.add()
        QGuiApplication.clipboard().setText(pasted)
        QTest.keyClick(one_list.rows()[0].first_field, Qt.Key.Key_V, CONTROL)
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        assert [action.text() for action in menu.actions()] == ["Paste as 3 entries", "Paste as one text"]
        QTest.keyClick(menu, Qt.Key.Key_Return)
        settle()
        assert [row.first_field.value() for row in one_list.rows()] == ["First", "Second", "Third"]
        window.undo_actions.take_back()
        assert [row.first_field.value() for row in one_list.rows()] == [""]
        window.undo_actions.take_back()
        assert one_list.rows() == []


def test_a_pasted_list_may_stay_one_text_and_comes_after_what_is_written(window: MainWindow) -> None:
    assert window.view is not None
    strengths = window.view.show_area("attendance").strength_list
    strengths.add()
    field = strengths.rows()[0].first_field
    QTest.keyClicks(field, "Before")
    for choice, there in ((1, ["Before- a\n- b"]), (0, ["Before- a\n- b", "a", "b"])):
        QGuiApplication.clipboard().setText("- a\n- b")
        QTest.keyClick(field, Qt.Key.Key_V, CONTROL)
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        menu.actions()[choice].trigger()
        menu.close()
        settle()
        assert [row.first_field.value() for row in strengths.rows()] == there


def test_every_field_says_what_did_not_fit(window: MainWindow) -> None:
    """Each field with a limit, on every page that opens here: the window says it, and so does the field."""
    assert window.view is not None
    pages: list[Any] = [window.view.show_details(), window.view.show_area("attendance")]
    for page in pages:
        for (_, name), field in page.binding._fields.items():
            if not isinstance(field, TextField | LineField):
                continue
            limit = 40_000 if isinstance(field, TextField) else 500
            window.notification_bar.hide()
            field.setFocus()
            field.selectAll()
            QGuiApplication.clipboard().setText("x" * (limit + 9))
            press(Qt.Key.Key_V, CONTROL)
            assert len(field.value()) == limit, name
            assert f"at most {limit:,} characters" in window.notification_bar.text.text(), name
            assert field._limit_note.text().startswith(f"{limit:,} of {limit:,} characters. "), name
            field.selectAll()
            press(Qt.Key.Key_Delete)


def test_the_limit_stands_at_the_field_from_nine_tenths_on(window: MainWindow, field: TextField) -> None:
    field.setPlainText("x" * 35_999)
    assert field._limit_note.isHidden()
    height = field.height()
    QTest.keyClicks(field, "y")
    assert field._limit_note.text() == "36,000 of 40,000 characters"
    assert field._limit_note.isVisible()
    assert field.height() > height
    press(Qt.Key.Key_Backspace)
    assert field._limit_note.isHidden()


def test_going_to_another_evaluation_and_back_keeps_undo(window: MainWindow, field: TextField, qtbot: Any) -> None:
    QTest.keyClicks(field, "Typed")
    here = evaluation(window).id
    with qtbot.waitSignal(window.evaluation_shown):
        window.commands.evaluation.start_another()
    assert menu_says(window)[0] == "Undo"
    with qtbot.waitSignal(window.evaluation_shown):
        window.switch_to(here)
    assert menu_says(window)[0] == "Undo typing in 2.1"
    window.undo_actions.take_back()
    assert evaluation(window).areas[1].questions[0].note == ""
    assert isinstance(window.session and window.session.steps.next_redo, SetField)


@pytest.mark.parametrize("words", ["15 January 2027", "15/1/2027", "2027-01-15", "15/1/27"])
def test_a_date_that_was_typed_is_taken_back_whole_and_a_deletion_alone(window: MainWindow, words: str) -> None:
    assert window.view is not None
    form = window.view.show_area(evaluation(window).areas[1].key)
    form.finish()
    settle()
    next(one for one in form.findChildren(QAbstractButton) if one.text().endswith("Add an action")).click()
    settle()
    field = next(one for one in form.findChildren(DateField) if one.isVisible())
    field.setFocus()
    QTest.keyClicks(field, words)
    assert evaluation(window).actions[0].by_when == "2027-01-15"
    field.selectAll()
    press(Qt.Key.Key_Delete)
    undo()
    assert evaluation(window).actions[0].by_when == "2027-01-15"
    undo()
    assert evaluation(window).actions[0].by_when == ""
