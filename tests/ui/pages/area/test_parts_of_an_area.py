"""In an area of parts, one part can be worked on by itself; what is left out of sight is counted, and found again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from apq_desktop.evaluation.edits.changes import AddItem, ListPlace, Target
from apq_desktop.evaluation.model import Entry
from apq_desktop.ui.fields.list_editor import LEFT_OUT
from tests.ui.row_menus import choose as choose_in_row
from tests.ui.screens import settle

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from apq_desktop.ui.pages.area.area_form import AreaForm
    from apq_desktop.ui.window.main_window import MainWindow
    from tests.ui.conftest import OpenWindow

PARTS = {"literacy": "Reading every day", "send": "Plans are kept", "": "All needs are looked at"}


@pytest.fixture
def window(open_window: OpenWindow) -> MainWindow:
    window = open_window("empty")
    assert window.session is not None
    place = ListPlace("strengths", "needs")
    for position, (part, text) in enumerate(PARTS.items()):
        window.session.make(AddItem(place, Entry(id=f"about-{part}", text=text, sub_area=part), position))
    return window


@pytest.fixture
def form(window: MainWindow) -> AreaForm:
    assert window.view is not None
    form = window.view.show_area("needs")
    form.finish()
    settle()
    return form


def shown(form: AreaForm) -> list[str]:
    return [row.first_field.value() for row in form.strength_list.rows() if row.isVisible()]


def words(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def choose(form: AreaForm, down: int) -> None:
    form.part.setFocus()
    QTest.keyClick(form.part, Qt.Key.Key_Home)
    for _ in range(down):
        QTest.keyClick(form.part, Qt.Key.Key_Down)
    settle()


def test_one_part_shows_its_questions_entries_and_guidance_and_says_what_is_left_out(
    window: MainWindow, form: AreaForm
) -> None:
    assert window.view is not None
    form.questions.fold.unfold()
    form.guidance.click()
    settle()
    guidance = window.view.categories["curriculum"].guidance
    assert "SEND: " in words(guidance)
    choose(form, 1)
    assert shown(form) == ["Reading every day"]
    assert LEFT_OUT.format(2) in words(form.strength_list)
    questions = [question.key for question in form.area.questions if question.key in words(form).splitlines()]
    assert questions == ["7.1"]
    assert "SEND: " not in words(guidance)
    assert "Literacy: " in words(guidance)
    choose(form, 0)
    assert shown(form) == list(PARTS.values())
    assert "Not shown now" not in words(form)
    assert "SEND: " in words(guidance)


def test_what_is_added_is_about_the_part_and_moves_among_what_is_shown(window: MainWindow, form: AreaForm) -> None:
    assert window.session is not None
    choose(form, 1)
    form.strength_list.add_button.click()
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClicks(focus, "Books for home")
    assert shown(form) == ["Reading every day", "Books for home"]
    assert window.session.evaluation.area("needs").strengths[-1].sub_area == "literacy"
    choose_in_row(form.strength_list.rows()[-1], "Move up")
    settle()
    assert shown(form) == ["Books for home", "Reading every day"]
    form.action_list.add_button.click()
    assert window.session.evaluation.actions[-1].sub_area == "literacy"
    assert LEFT_OUT.format(2) in words(form.strength_list)


def test_whoever_is_led_to_something_out_of_sight_sees_it(window: MainWindow, form: AreaForm) -> None:
    assert window.session is not None
    window.session.set_field(Target("strengths", "about-send", "needs"), "text", "Plans are kept and read")
    choose(form, 1)
    window.undo_actions.take_back()
    settle()
    assert form.part.value() == ""
    assert shown(form) == list(PARTS.values())
    assert QApplication.focusWidget() is form.strength_list.rows()[1].first_field


def test_an_area_without_parts_offers_no_choice(window: MainWindow) -> None:
    assert window.view is not None
    form = window.view.show_area("attendance")
    settle()
    assert not form.part.isVisible()
