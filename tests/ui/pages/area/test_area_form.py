"""The area form and what is read of it: its column, the tools of an entry, the reason, the reading before sending."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from apq_desktop.evaluation.edits.changes import Target
from apq_desktop.ui.fields.choice_fields import FlagField
from apq_desktop.ui.fields.text_fields import TextField
from apq_desktop.ui.pages.area.area_links import LINKED_TO_ALL
from apq_desktop.ui.session.form_settings import FormMemory
from apq_desktop.ui.session.last_places import PlaceVisit
from apq_desktop.ui.widgets.fold import FoldButton
from apq_desktop.ui.widgets.text_labels import PlainLabel
from apq_desktop.ui.window.settings import Settings
from tests.ui import screen_checks
from tests.ui.row_menus import choose
from tests.ui.screens import settle

if TYPE_CHECKING:
    from pathlib import Path

    from apq_desktop.ui.pages.area.area_form import AreaForm
    from apq_desktop.ui.pages.read_through.read_page import ReadPage
    from apq_desktop.ui.window.main_window import MainWindow
    from tests.ui.conftest import OpenWindow


def show(window: MainWindow, area: str = "home-family") -> AreaForm:
    assert window.view is not None
    form = window.view.show_area(area)
    form.finish()
    settle()
    return form


@pytest.mark.parametrize(("percent", "size"), [(100, (1920, 1000)), (100, (1180, 800)), (200, (1920, 1000))])
def test_a_line_of_a_field_holds_about_75_characters_in_the_middle_of_a_wide_window(
    open_window: OpenWindow, percent: int, size: tuple[int, int]
) -> None:
    form = show(open_window("example", percent=percent, size=size))
    field = form.strength_list.rows()[0].first_field
    words = "What is working well, what changed for pupils, and how you know. " * 3
    assert 60 <= max(n for n in range(200) if field.fontMetrics().horizontalAdvance(words[:n]) < field.width()) <= 85
    place = screen_checks.rect_in(form.written, form.page)
    assert abs(place.left() - (form.page.width() - 1 - place.right())) <= 2


def test_the_tools_of_an_entry_are_seen_where_one_writes_and_move_nothing(open_window: OpenWindow) -> None:
    form = show(open_window("example"))
    first, second, *_ = form.strength_list.rows()
    before = [screen_checks.rect_in(row, form.page) for row in (first, second)]
    assert not first.menu.in_hand
    first.first_field.setFocus()
    assert first.menu.in_hand
    assert not second.menu.in_hand
    second.first_field.setFocus()
    assert not first.menu.in_hand
    assert [screen_checks.rect_in(row, form.page) for row in (first, second)] == before
    field, tool = screen_checks.rect_in(second.first_field, second), screen_checks.rect_in(second.menu, second)
    middle = second.first_field.one_line() // 2
    assert abs(tool.center().y() - field.top() - middle) <= 2, "on the field's first line"


def test_the_keys_after_does_not_apply_write_the_reason(open_window: OpenWindow) -> None:
    window = open_window("empty")
    form = show(window)
    form.not_applying.click()
    focus = QApplication.focusWidget()
    assert focus is form.why
    QTest.keyClicks(focus, "no pupils live here")
    assert form.why.value() == "no pupils live here"
    assert not form.not_applying.value()


def test_the_first_field_of_an_action_and_of_a_source_has_its_name_above_it(open_window: OpenWindow) -> None:
    form = show(open_window("example"))
    for editor in (form.action_list, form.evidence_list):
        for row in editor.rows():
            label = next(label for label in row.findChildren(type(editor.title)) if label.buddy() is row.first_field)
            assert label.isVisible()
            assert label.text() == row.first_field.accessibleName()


def test_an_area_linked_to_all_others_says_so_in_one_line(open_window: OpenWindow) -> None:
    form = show(open_window("example"), "workforce")
    assert LINKED_TO_ALL in [label.text() for label in form.findChildren(type(form.strength_list.title))]
    assert not [one for one in form.findChildren(type(form.strength_list.add_button)) if one.text().startswith("12 ")]


def test_what_is_written_can_be_read_through_and_gone_back_to(open_window: OpenWindow) -> None:
    window = open_window("example")
    form = show(window)
    form.strength_list.rows()[0].first_field.load("")
    form.strength_list.rows()[0].first_field.setFocus()
    QTest.keyClicks(form.strength_list.rows()[0].first_field, "Said just now & <so>")
    assert window.view is not None
    page: ReadPage = window.view.show_page("read")  # type: ignore[assignment]
    settle()
    words = page.text.toPlainText()
    assert "Said just now & <so>" in words
    assert words.count("Go there") == 12, "an area that does not apply has no part of its own"
    page.text.anchorClicked.emit(QUrl("#part-40"))
    assert page.verticalScrollBar().value() > 0
    page.text.anchorClicked.emit(QUrl("area:attendance"))
    settle()
    assert window.view.categories["curriculum"].forms["attendance"].isVisible()


def test_what_is_read_through_is_what_is_ticked_and_scrolls_with_the_page(open_window: OpenWindow) -> None:
    window = open_window("example")
    assert window.view is not None
    read: ReadPage = window.view.show_page("read")  # type: ignore[assignment]
    contact = window.view.here.session.evaluation.setting.contact.splitlines()[-1]
    note = window.view.here.session.evaluation.areas[1].questions[0].note
    assert contact in read.text.toPlainText()
    assert note not in read.text.toPlainText(), "the notes do not go in unless they are ticked"
    send = window.view.show_page("send")
    for words in ("Contact details", "Notes on the questions"):
        next(box for box in send.findChildren(FlagField) if box.text() == words).click()
    window.view.show_page("read")
    settle()
    assert contact not in read.text.toPlainText()
    assert note in read.text.toPlainText()
    told = [label.text() for label in read.findChildren(PlainLabel)]
    assert "Left out: contact details. Added at the end: Notes on the questions." in told
    assert "Skip the contents" not in read.text.toPlainText()
    assert read.text.verticalScrollBar().maximum() == 0
    assert read.text.height() > 3 * window.height(), "as high as it is"
    bar = read.verticalScrollBar()
    for key in (Qt.Key.Key_PageDown, Qt.Key.Key_Down):
        before = bar.value()
        QTest.keyClick(read.text, key)
        assert bar.value() > before


@pytest.mark.parametrize(("size", "beside"), [((1366, 768), True), ((800, 600), False)])
def test_the_contents_of_what_is_read_lead_to_each_part(
    open_window: OpenWindow, size: tuple[int, int], beside: bool
) -> None:
    window = open_window("example", size=size)
    assert window.view is not None
    read: ReadPage = window.view.show_page("read")  # type: ignore[assignment]
    settle()
    if not beside:
        line = next(one for one in read.findChildren(FoldButton) if one.isVisible())
        line.click()
        settle()
    assert read.contents.isVisible()
    entries = [read.contents.item(row).text() for row in range(read.contents.count())]
    assert {"Action plan", "2 Home and family engagement"} <= set(entries)
    read.contents.setFocus()
    read.contents.setCurrentRow(entries.index("2 Home and family engagement"))
    QTest.keyClick(read.contents, Qt.Key.Key_Return)
    top = read.text.cursorForPosition(read.text.mapFrom(read.viewport(), QPoint(60, 12))).block().text()
    assert top.strip() == "2 Home and family engagement"


def test_the_questions_fold_once_strengths_are_written_and_never_over_the_caret(open_window: OpenWindow) -> None:
    window = open_window("empty")
    form = show(window)
    note = form.questions.findChildren(TextField)[0]
    assert note.isVisible(), "there is nothing else to begin with"
    form.strength_list.add()
    note.setFocus()
    form.hide()
    form.show()
    assert note.isVisible(), "somebody writes in it"
    form.strength_list.rows()[0].first_field.setFocus()
    show(window, "workforce")
    show(window)
    assert not note.isVisible()
    line = form.questions.fold.button
    assert line.accessibleName() == "Questions to think about, no notes yet, closed"
    line.setFocus()
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert note.isVisible()
    QTest.keyClicks(note, "We ask each July.")
    assert line.accessibleName() == f"Questions to think about, notes on 1 of {len(form.area.questions)}, open"
    line.setFocus()
    show(window, "workforce")
    show(window)
    assert note.isVisible(), "a person's own choice stays"


def test_whoever_is_led_to_a_note_finds_the_questions_unfolded(open_window: OpenWindow) -> None:
    window = open_window("example")
    form = show(window)
    note = form.questions.findChildren(TextField)[0]
    assert not note.isVisible()
    assert window.view is not None
    key = form.area.questions[0].key
    window.view.go_to(PlaceVisit("", Target("note", key, form.area.key), "note"))
    assert note.hasFocus()
    assert screen_checks.is_in_view(note)


def test_what_is_folded_and_how_wide_the_guidance_is_are_known_at_the_next_start(tmp_path: Path) -> None:
    for is_open, width in ((False, 22.5), (True, 30.0)):
        memory = FormMemory(Settings(tmp_path / "settings.ini"))
        memory.note_questions("one", "home-family", is_open=is_open)
        memory.guidance_width = width
        memory.term_end = date(2026, 12, 18)
        again = FormMemory(Settings(tmp_path / "settings.ini"))
        assert again.term_end == date(2026, 12, 18)
        assert again.questions_open("one", "home-family") is is_open
        assert again.questions_open("two", "home-family") is None
        assert again.guidance_width == width
    (tmp_path / "settings.ini").write_text('[General]\nforms="[1, 2]"\n')
    assert FormMemory(Settings(tmp_path / "settings.ini")).guidance_width == 0


def test_a_finished_action_is_one_line_that_opens_and_goes_on_when_it_is_taken_up(open_window: OpenWindow) -> None:
    window = open_window("empty")
    form = show(window)
    session = window.session
    assert session is not None
    form.action_list.add()
    row = form.action_list.rows()[0]
    QTest.keyClicks(row.first_field, "Ring each week")
    action = session.evaluation.actions[0]
    progress, by_when = (form.binding.field(Target("actions", action.id), name) for name in ("progress", "by_when"))
    by_when.setText("23 October 2026")
    progress.setFocus()
    for _ in range(2):
        QTest.keyClick(progress, Qt.Key.Key_Down)
    assert action.progress == "finished"
    assert row.first_field.isVisible(), "not while somebody is in it"
    form.ready.setFocus()
    show(window, "workforce")
    show(window)
    line = row.findChildren(FoldButton)[0]
    assert line.isVisible()
    assert not row.first_field.isVisible()
    assert line.accessibleName() == "Ring each week, Finished, 23 October 2026, closed"
    choose(row, "Move to another area", "3 Partnership working")
    there = show(window, "partnerships").action_list.rows()[0]
    assert not there.first_field.isVisible()
    line = there.findChildren(FoldButton)[0]
    line.setFocus()
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert there.first_field.hasFocus()
    session.set_field(Target("actions", action.id), "progress", "under-way")
    assert there.first_field.isVisible(), "it goes on"
