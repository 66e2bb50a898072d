"""Other purposes: the words at the start and the context asked for follow what the evaluation is for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from apq_desktop.documents.content.outline import story
from apq_desktop.evaluation.edits.changes import resolve
from apq_desktop.evaluation.fields import find_field, label
from apq_desktop.evaluation.model import Evaluation
from apq_desktop.toolkit.catalogue import Catalogue, Purpose
from apq_desktop.ui.fields.purpose_fields import TARGETS, where
from tests.ui.screens import settle

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLineEdit

    from apq_desktop.ui.pages.details_page import DetailsPage
    from apq_desktop.ui.window.main_window import MainWindow
    from tests.ui.conftest import OpenWindow

TYPED = "Written by hand"


def fields_requested(page: DetailsPage, catalogue: Catalogue) -> dict[str, QLineEdit]:
    """The fields of purposes that can be seen, by the purpose that asks."""
    found = {}
    for purpose in catalogue.purposes:
        for asked in purpose.asks:
            field = page.binding.field(*where(asked))
            if field.isVisible():
                found[purpose.key] = field
    return found


def details(window: MainWindow) -> DetailsPage:
    assert window.view is not None
    page = window.view.show_details()
    settle()
    return page


def tick(page: DetailsPage, window: MainWindow, purposes: tuple[str, ...]) -> None:
    assert window.session is not None
    window.session.set_field(TARGETS["evaluation"], "purposes", purposes)
    settle()


def first_page(evaluation: Evaluation, catalogue: Catalogue) -> str:
    section = story(evaluation, catalogue).children[0]
    return "\n".join(element.text for element in section.walk() if element.text)


def special(catalogue: Catalogue) -> list[Purpose]:
    return [purpose for purpose in catalogue.purposes if purpose.asks]


def test_three_purposes_have_words_and_context_of_their_own(catalogue: Catalogue) -> None:
    assert [purpose.key for purpose in special(catalogue)] == ["prospective", "peer-review", "in-school"]
    for purpose in special(catalogue):
        assert purpose.introduction
        assert purpose.for_readers
        for asked in purpose.asks:
            target, name = where(asked)
            assert hasattr(resolve(Evaluation(), target), name)
            assert find_field(target.kind, name) is not None


def test_each_asks_for_its_context_and_introduces_itself(open_window: OpenWindow, catalogue: Catalogue) -> None:
    window = open_window("empty")
    assert window.session is not None
    assert window.view is not None
    evaluation = window.session.evaluation
    window.view.show_overview()
    assert not window.view.overview.introduction.isVisible()
    page = details(window)
    assert fields_requested(page, catalogue) == {}
    for purpose in special(catalogue):
        tick(page, window, (purpose.key,))
        asked = fields_requested(page, catalogue)
        assert list(asked) == [purpose.key]
        target, name = where(purpose.asks[0])
        missing = next(
            line for line in first_page(evaluation, catalogue).splitlines() if line.startswith("Not given: ")
        )
        assert label(target.kind, name).lower() in missing
        QTest.keyClicks(asked[purpose.key], TYPED)
        assert getattr(resolve(evaluation, target), name) == TYPED
        assert purpose.for_readers in first_page(evaluation, catalogue)
        assert f"{label(target.kind, name)}\n{TYPED}" in first_page(evaluation, catalogue)
        window.view.show_overview()
        assert window.view.overview.introduction.text() == purpose.introduction
        assert window.view.overview.introduction.isVisible()
        details(window)
        window.session.set_field(target, name, "")


def test_what_is_written_stays_in_sight_when_the_purpose_changes(open_window: OpenWindow, catalogue: Catalogue) -> None:
    window = open_window("empty")
    page = details(window)
    tick(page, window, ("in-school",))
    QTest.keyClicks(fields_requested(page, catalogue)["in-school"], "The Bridge School")
    tick(page, window, ("self-evaluation",))
    field = fields_requested(page, catalogue)["in-school"]
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, " ")
    assert field.isVisible(), "a field must not vanish while somebody types in it"
    assert QApplication.focusWidget() is field
    tick(page, window, ("peer-review",))
    assert list(fields_requested(page, catalogue)) == ["peer-review"]


@pytest.mark.parametrize("purpose", ["self-evaluation", "commissioning"])
def test_the_other_purposes_leave_the_first_page_as_it_is(catalogue: Catalogue, purpose: str) -> None:
    words = first_page(Evaluation(purposes=[purpose]), catalogue)
    assert label("setting", "opens_on") not in words
    assert not any(other.for_readers in words for other in special(catalogue))
