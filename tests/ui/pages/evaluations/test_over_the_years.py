"""What was carried forward is marked in forms, tables and PDF, and leads to how it stood in the years before."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QTextEdit, QWidget

from apq_desktop.documents.content.outline import story
from apq_desktop.evaluation.edits.changes import Target
from apq_desktop.ui.fields.marks.carried_forward_mark import CARRIED, OVER_THE_YEARS
from apq_desktop.ui.pages.evaluations.item_history_page import AS_BEFORE, ItemHistoryPage
from apq_desktop.ui.pages.evaluations.next_year_page import NextYearPage
from apq_desktop.ui.widgets.buttons import LinkButton
from tests.ui.screens import settle

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from apq_desktop.evaluation.model import Evaluation
    from apq_desktop.toolkit.catalogue import Catalogue
    from apq_desktop.ui.window.main_window import MainWindow
    from tests.ui.conftest import OpenWindow

AREA = "home-family"


@pytest.fixture
def window(open_window: OpenWindow, qtbot: QtBot) -> MainWindow:
    """The year after the example, begun from everything in it."""
    window = open_window("example")
    window.show_page("next_year")
    assert window.view is not None
    page = window.view.currentWidget()
    assert isinstance(page, NextYearPage)
    with qtbot.waitSignal(window.evaluation_shown):
        page.start.click()
    return window


def evaluation_of(window: MainWindow) -> Evaluation:
    assert window.session is not None
    return window.session.evaluation


def marks(widget: QWidget) -> list[str]:
    texts = [label.text() for label in widget.findChildren(QLabel)]
    texts += [link.text() for link in widget.findChildren(LinkButton)]
    return [text for text in texts if text.startswith(CARRIED)]


def test_everything_that_was_carried_is_marked_in_the_form_and_nothing_new_is(window: MainWindow) -> None:
    assert window.view is not None
    evaluation, form = evaluation_of(window), window.view.show_area(AREA)
    record = evaluation.area(AREA)
    plain = len(record.strengths) + len(record.evidence)
    with_history = len(record.development_areas) + len(evaluation.actions_of(AREA))
    assert plain
    assert with_history
    assert sorted(marks(form)) == [CARRIED] * plain + [OVER_THE_YEARS] * with_history
    for one in (form.strength_list, form.development_list, form.evidence_list, form.action_list):
        one.add_button.click()
        assert marks(one.rows()[-1]) == []


def test_a_first_year_has_no_marks(open_window: OpenWindow) -> None:
    window = open_window("example")
    assert window.view is not None
    assert marks(window.view.show_area(AREA)) == []


def test_the_mark_leads_to_the_years_before(window: MainWindow) -> None:
    assert window.session is not None
    assert window.view is not None
    action = evaluation_of(window).actions_of(AREA)[0]
    window.session.set_field(Target("actions", action.id), "current_point", "Every family was called by October")
    form = window.view.show_area(AREA)
    settle()
    row = form.action_list.rows()[0]
    next(link for link in row.findChildren(LinkButton) if link.text() == OVER_THE_YEARS).click()
    page = window.view.currentWidget()
    assert isinstance(page, ItemHistoryPage)
    settle()
    words = [label.text() for label in page.findChildren(QLabel) if label.isVisible()]
    assert words.index("Self-evaluation 2026/27") < words.index("Self-evaluation 2027/28")
    texts = [field.toPlainText() for field in page.findChildren(QTextEdit) if field.isVisible()]
    assert action.what in texts
    assert "Every family was called by October" in texts[-1]
    assert QApplication.focusWidget() is page.back


def test_a_development_area_that_stayed_the_same_says_so(window: MainWindow) -> None:
    assert window.session is not None
    assert window.view is not None
    entry = evaluation_of(window).area(AREA).development_areas[0]
    window.session.history_requested.emit(Target("development_areas", entry.id))
    page = window.view.currentWidget()
    assert isinstance(page, ItemHistoryPage)
    settle()
    words = [label.text() for label in page.findChildren(QLabel) if label.isVisible()]
    assert words[words.index("Self-evaluation 2027/28") :][-1] == AS_BEFORE


def test_the_pdf_marks_it_too(window: MainWindow, catalogue: Catalogue) -> None:
    evaluation = evaluation_of(window)
    mark = f"({CARRIED.lower()})"
    told = "\n".join(element.text for element in story(evaluation, catalogue).walk())
    entries = [entry for area in evaluation.areas for entry in (*area.strengths, *area.development_areas)]
    written = [entry for entry in entries if entry.text.strip()]
    # An action is told with its area and again in the plan.
    assert told.count(mark) == len(written) + 2 * len(evaluation.actions) + len(evaluation.evidence)
