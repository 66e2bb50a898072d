"""What comes back is shown beside its areas: through the window, as a person opens it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QWidget

from apq_desktop import services
from apq_desktop.evaluation.edits.changes import SetField, Target
from apq_desktop.evaluation.rules.outgoing_copy import Include, Sending, copy_to_send
from apq_desktop.review.lines import Anchor, Quote, ReviewLine
from apq_desktop.services.formats import ExportContent, write_pdf
from apq_desktop.storage.workspace import Workspace
from apq_desktop.ui.pages.area.area_form import AreaForm
from apq_desktop.ui.pages.reviews_page import NOTHING, ReviewsPage
from apq_desktop.ui.widgets.buttons import LinkButton
from apq_desktop.ui.widgets.text_labels import PlainLabel
from tests.documents import replying
from tests.ui.test_for_everyone import LARGE, SMALL, faults

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from apq_desktop.evaluation.model import Evaluation
    from apq_desktop.toolkit.catalogue import Catalogue
    from apq_desktop.ui.widgets.theme import Scheme
    from apq_desktop.ui.window.main_window import MainWindow
    from tests.ui.conftest import OpenWindow

AT = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)


@pytest.fixture
def evaluation(catalogue: Catalogue) -> Evaluation:
    return services.example(catalogue)


@pytest.fixture
def file(tmp_path: Path, evaluation: Evaluation) -> Path:
    path = tmp_path / "ours.apq"
    services.create_workspace(path, evaluation).close()
    return path


def _sent(file: Path, evaluation: Evaluation, catalogue: Catalogue) -> Path:
    """The PDF of revision 1, noted as sent."""
    with Workspace.open(file) as workspace:
        workspace.apply(evaluation.id, [SetField(Target("evaluation"), "revision", 1, 0)], AT)
        content = ExportContent(
            copy_to_send(workspace.read(evaluation.id), Include(reply=True)), catalogue, Include(reply=True)
        )
        pack = write_pdf(content)
        sending = Sending("s1", evaluation.id, 1, "", "2026-11-25T09:30:00+00:00", content.code)
        workspace.note_sent([(sending, pack)], [], AT)
    path = file.with_name("sent.pdf")
    path.write_bytes(pack)
    return path


def _words(page: QWidget) -> str:
    return "\n".join(label.text() for label in page.findChildren(PlainLabel) if label.isVisibleTo(page))


def _page(window: MainWindow) -> ReviewsPage:
    assert window.view is not None
    page = window.view.currentWidget()
    assert isinstance(page, ReviewsPage)
    return page


def _link(page: QWidget, text: str) -> LinkButton:
    return next(link for link in page.findChildren(LinkButton) if link.text() == text)


def test_a_filled_in_pdf_is_opened_and_its_notes_are_shown_beside_their_areas(
    open_window: OpenWindow, qtbot: QtBot, file: Path, evaluation: Evaluation, catalogue: Catalogue
) -> None:
    filled = replying.by_pdfium_appended(
        _sent(file, evaluation, catalogue), replying.TYPED, file.with_name("filled.pdf")
    )
    window = open_window(file)
    with qtbot.waitSignal(window.evaluation_shown):
        window.commands.open.open_path(filled)
    words = _words(_page(window))
    assert "Changes requested, School improvement officer, Northshire ŵŷ, 3 December 2026." in words
    assert "2 requests wait for you." in words
    assert "6 Attendance and engagement\nComment, School improvement officer" in words
    assert "Change requested, School improvement officer, Northshire ŵŷ, 3 December 2026. Waits for you." in words
    assert "Which schools were slow?\nPlease name the months." in words
    agreed = (
        "Agreed action: 6 Attendance and engagement; Meet within five school days; Head of centre; 12 February 2027."
    )
    assert agreed in words
    assert "Next review: 1 March 2027." in words
    assert "On the whole\nComment" in words
    assert window.notification_bar.text.text() == "This is a reply; 8 notes of it are in the file now."
    assert window.view is not None
    form = window.view.visit_area("attendance")
    mark = _link(form, "2 notes in the review, 1 waiting for you")
    mark.click()
    assert isinstance(window.view.currentWidget(), ReviewsPage)
    assert not [link for link in window.view.visit_area("research").findChildren(LinkButton) if "review" in link.text()]


def test_before_anything_came_back_the_page_says_so_and_no_area_has_a_mark(open_window: OpenWindow, file: Path) -> None:
    window = open_window(file)
    window.show_page("reviews")
    assert NOTHING in _words(_page(window))
    assert window.view is not None
    form = window.view.visit_area("attendance")
    assert not [link for link in form.findChildren(LinkButton) if "review" in link.text()]


def _on_words(evaluation: Evaluation) -> tuple[ReviewLine, str]:
    """A question on the first words of a strength, and those words."""
    strength = evaluation.area("attendance").strengths[0]
    quoted = strength.text[:40]
    anchor = Anchor(1, "attendance", "strengths", strength.id, "text", Quote(quoted))
    line = ReviewLine(
        "q1", "note", "2026-12-03T14:02:00+00:00", 1, "council", "reviewer", evaluation.id, "provider", "Officer",
        "question", text="How do you know?", anchor=anchor,
    )  # fmt: skip
    return line, quoted


def test_quoted_words_are_found_again_after_an_edit_and_the_link_leads_to_them(
    open_window: OpenWindow, file: Path, evaluation: Evaluation, catalogue: Catalogue
) -> None:
    line, quoted = _on_words(evaluation)
    _sent(file, evaluation, catalogue)
    with Workspace.open(file) as workspace:
        workspace.reviews.add([line])
    window = open_window(file)
    assert window.session is not None
    assert window.view is not None
    strength = evaluation.area("attendance").strengths[0]
    target = Target("strengths", strength.id, "attendance")
    window.session.set_field(target, "text", f"As we said last year: {strength.text}")
    window.show_page("reviews")
    words = _words(_page(window))
    assert f"On “{quoted}”" in words
    assert "no longer there" not in words
    _link(_page(window), "Go there").click()
    assert window.view.currentWidget() is window.view.tabs
    shown = [form for form in window.view.findChildren(AreaForm) if form.isVisible()]
    assert [form.area.key for form in shown] == ["attendance"]
    window.session.set_field(target, "text", "Something else altogether.")
    window.show_page("reviews")
    assert f"On “{quoted}”. These words are no longer there." in _words(_page(window))


@pytest.mark.parametrize(("scheme", "percent", "size"), [("light", 100, LARGE), ("dark", 200, SMALL)])
def test_the_page_is_whole_at_every_size(
    scheme: Scheme,
    percent: int,
    size: tuple[int, int],
    open_window: OpenWindow,
    file: Path,
    evaluation: Evaluation,
) -> None:
    line, _ = _on_words(evaluation)
    with Workspace.open(file) as workspace:
        workspace.reviews.add([line])
    window = open_window(file, scheme=scheme, percent=percent, size=size)
    window.show_page("reviews")
    _page(window)
    assert faults(window) == []
