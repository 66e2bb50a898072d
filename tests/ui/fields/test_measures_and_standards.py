"""Readings that stay, facts of the setting, standards marked in a form, and sheets, as a person does it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from apq_desktop.evaluation.edits.changes import AddItem, ListPlace, Target
from apq_desktop.evaluation.model import Action, Entry, Evidence
from apq_desktop.storage.workspace import Workspace
from apq_desktop.ui.fields.choice_fields import ChoiceField
from apq_desktop.ui.fields.marks.standards_field import StandardsField
from apq_desktop.ui.fields.readings_field import ReadingsField
from apq_desktop.ui.pages.standards_page import StandardsPage
from apq_desktop.ui.widgets.buttons import LinkButton
from apq_desktop.ui.widgets.text_labels import PlainLabel
from tests.documents.pdf_readers import text_of

if TYPE_CHECKING:
    import pytest
    from pytestqt.qtbot import QtBot

    from apq_desktop.evaluation.model import Evaluation
    from apq_desktop.ui.window.main_window import MainWindow
    from tests.ui.conftest import OpenWindow

ACTIONS, WORKFORCE = ListPlace("actions"), ListPlace("strengths", "workforce")


def stored(window: MainWindow) -> Evaluation:
    """The evaluation as the file has it."""
    session = window.session
    assert session is not None
    assert window.saving.finish_saving()
    with Workspace.open(window._files.workspace.path, read_only=True) as file:
        return file.read(session.evaluation.id)


def test_a_new_reading_leaves_the_earlier_ones_and_undo_takes_it_back(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("empty")
    session, view = window.session, window.view
    assert session is not None
    assert view is not None
    session.make(AddItem(ACTIONS, Action("a", "needs", "Read daily", current_point="5 of 14"), 0))
    view.show_tab("action_plan")
    view.plan.show_action("a")
    (field,) = view.plan.details.findChildren(ReadingsField)
    field.add.click()
    qtbot.keyClicks(field.rows[-1][1], "11 of 16")
    action = session.evaluation.actions[0]
    today = field.rows[-1][0].value()
    assert action.readings == f"5 of 14\n[{today}] 11 of 16"
    assert action.current_point == "11 of 16"
    assert stored(window).actions[0] == action
    session.undo()
    assert action.current_point == "1"  # the new line came with its first letter, as a paste does
    session.undo()
    assert (action.readings, action.current_point) == ("5 of 14", "5 of 14")
    assert [words.value() for _, words in field.rows] == ["5 of 14"]


def test_facts_of_the_setting_are_kept_in_the_file(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("empty")
    view = window.view
    assert view is not None
    details = view.show_details()
    for name, words in (("hours_a_week", "15 hours"), ("rest_of_week", "Their schools"), ("facts_as_at", "2 Nov 2026")):
        field = details.binding.field(Target("setting"), name)
        field.setFocus()
        qtbot.keyClicks(field, words)
    details.focus_first()
    setting = stored(window).setting
    assert (setting.hours_a_week, setting.rest_of_week, setting.facts_as_at) == (
        "15 hours", "Their schools", "2026-11-02"
    )  # fmt: skip


def test_what_is_marked_in_the_form_is_found_where_the_proof_stands(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window("empty")
    session, view = window.session, window.view
    assert session is not None
    assert view is not None
    session.make(AddItem(WORKFORCE, Entry("s", "All staff are trained in safeguarding."), 0))
    session.make(AddItem(ListPlace("evidence"), Evidence("e", "Log", location="Office", standards=["1.4"]), 0))
    form = view.show_area("workforce")
    form.finish()
    field = form.binding.field(Target("strengths", "s", "workforce"), "standards")
    assert isinstance(field, StandardsField)
    first = field.make_menu().actions()[0]
    assert first.text() == "1.4 Staff awareness and training"
    first.trigger()
    assert field.text() == "Standards: 1.4"
    assert stored(window).area("workforce").strengths[0].standards == ["1.4"]
    page = window.show_page("standards")
    assert isinstance(page, StandardsPage)
    texts = [label.text() for label in page.findChildren(PlainLabel)]
    assert texts.index("1.4 Staff awareness and training") < texts.index("Nothing is marked yet for these")
    assert any("Kept: Office" in text for text in texts)
    assert not any("%" in text for text in texts)
    target = tmp_path / "proof.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    page.print.click()
    qtbot.waitUntil(target.exists)
    assert "E1 Log (Office)" in " ".join(text_of(target).split())
    go = next(link for link in page.findChildren(LinkButton) if link.accessibleName().startswith("Go there: 1 "))
    go.click()
    assert view.currentWidget() is not page


def test_in_place_or_planned_is_asked_before_a_setting_opens_and_not_else(open_window: OpenWindow) -> None:
    window = open_window("empty")
    session, view = window.session, window.view
    assert session is not None
    assert view is not None
    session.make(AddItem(WORKFORCE, Entry("s1", "Two teachers"), 0))
    form = view.show_area("workforce")
    form.finish()
    assert form.binding.field(Target("strengths", "s1", "workforce"), "preparation") is None
    session.set_field(Target("evaluation"), "purposes", ("prospective",))
    session.make(AddItem(WORKFORCE, Entry("s2", "A third"), 1))
    choice = form.binding.field(Target("strengths", "s2", "workforce"), "preparation")
    assert isinstance(choice, ChoiceField)
    choice.setCurrentIndex(choice.findData("planned"))
    choice.activated.emit(choice.currentIndex())
    assert stored(window).area("workforce").strengths[1].preparation == "planned"


def test_the_sheets_are_written_into_the_chosen_folder(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window("empty")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    window.commands.template.offer_sheets()
    qtbot.waitUntil(lambda: len(list(tmp_path.glob("*.pdf"))) == 4)
    qtbot.waitUntil(lambda: "4 sheets" in window.notification_bar.text.text())
