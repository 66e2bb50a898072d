"""What comes back is shown beside its areas: through the window, as a person opens it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QWidget

from apq_desktop import services
from apq_desktop.evaluation.edits.changes import SetField, Target
from apq_desktop.evaluation.rules.outgoing_copy import Include, Sending, copy_to_send
from apq_desktop.review.lines import Anchor, Quote, ReviewLine
from apq_desktop.services.exports.formats import ExportContent, write_pdf
from apq_desktop.storage.workspace import Workspace
from apq_desktop.ui.fields.changed_text import ChangedText
from apq_desktop.ui.pages.area.area_form import AreaForm
from apq_desktop.ui.pages.reviews.note_rows import CHANGED, AnswerForm
from apq_desktop.ui.pages.reviews.quoted_words import QuotedWords, WordsAndNotes
from apq_desktop.ui.pages.reviews.reviews_page import NOTHING, WRITE_FIRST, ReviewsPage
from apq_desktop.ui.widgets.buttons import Button, LinkButton
from apq_desktop.ui.widgets.text_labels import Card
from tests.cases import first
from tests.documents import type_reply
from tests.documents.pdf_readers import all_that_can_be_read
from tests.exchange import stored_replies
from tests.ui.screens import LARGE, SMALL, faults, words_on
from tests.ui.sending import make_pack, sending_page

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


def _page(window: MainWindow) -> ReviewsPage:
    assert window.view is not None
    page = window.view.in_view()
    assert isinstance(page, ReviewsPage)
    return page


def _link(page: QWidget, text: str) -> LinkButton:
    return next(link for link in page.findChildren(LinkButton) if link.text() == text)


@pytest.mark.parametrize("program", first(2, type_reply.PROGRAMS))
def test_a_pdf_that_any_program_filled_in_is_opened_and_its_notes_are_shown_beside_their_areas(
    program: str, open_window: OpenWindow, qtbot: QtBot, file: Path, evaluation: Evaluation, catalogue: Catalogue
) -> None:
    sent = _sent(file, evaluation, catalogue)
    filled = type_reply.PROGRAMS[program](sent, type_reply.TYPED, file.with_name("filled.pdf"))
    window = open_window(file)
    with qtbot.waitSignal(window.evaluation_shown):
        window.commands.open.open_path(filled)
    words = words_on(_page(window))
    assert "Changes requested, School improvement officer, Northshire ŵŷ, 3 December 2026, typed into the PDF." in words
    assert "2 requests wait for you." in words
    assert "6 Attendance and engagement\nOn the area as a whole\nComment, School improvement officer" in words
    typed = "School improvement officer, Northshire ŵŷ, 3 December 2026, typed into the PDF"
    assert f"Change requested, {typed}. Waits for you." in words
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
    assert isinstance(window.view.in_view(), ReviewsPage)
    assert not [link for link in window.view.visit_area("research").findChildren(LinkButton) if "review" in link.text()]


def test_before_anything_came_back_the_page_says_so_and_no_area_has_a_mark(open_window: OpenWindow, file: Path) -> None:
    window = open_window(file)
    window.show_page("reviews")
    assert NOTHING in words_on(_page(window))
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
    words = words_on(_page(window))
    assert f"On “{quoted}”" in words
    assert "no longer there" not in words
    _link(_page(window), "Go there").click()
    assert window.view.currentWidget() is window.view.tabs
    shown = [form for form in window.view.findChildren(AreaForm) if form.isVisible()]
    assert [form.area.key for form in shown] == ["attendance"]
    window.session.set_field(target, "text", "Something else altogether.")
    window.show_page("reviews")
    assert f"On “{quoted}” These words are no longer there." in words_on(_page(window))


def _asked(file: Path, evaluation: Evaluation) -> list[ReviewLine]:
    """Two requests of a reviewer's that wait in the file, in two areas."""
    lines = [
        ReviewLine(
            f"q{number}", "note", f"2026-12-03T14:0{number}:00+00:00", number, "council", "reviewer", evaluation.id,
            "provider", "Officer", "question", text=text, anchor=Anchor(1, area),
        )
        for number, area, text in ((1, "research", "Which schools?"), (2, "attendance", "Since when?"))
    ]  # fmt: skip
    with Workspace.open(file) as workspace:
        workspace.reviews.add(lines)
    return lines


def _answers(page: QWidget) -> list[AnswerForm]:
    return [form for form in page.findChildren(AnswerForm) if form.isVisibleTo(page)]


def test_requests_are_answered_one_after_the_other_and_an_answer_can_be_taken_back(
    open_window: OpenWindow, qtbot: QtBot, file: Path, evaluation: Evaluation
) -> None:
    _asked(file, evaluation)
    window = open_window(file)
    assert window.view is not None
    assert window.session is not None
    form = window.view.visit_area("research")
    mark = _link(form, "1 note in the review, 1 waiting for you")
    mark.click()
    page = _page(window)
    assert "2 requests wait for you." in words_on(page)
    following = next(button for button in page.findChildren(Button) if button.text() == "Next that waits (F8)")
    following.click()
    first, second = _answers(page)
    assert first.text.hasFocus()
    qtbot.keyClick(first.text, Qt.Key.Key_F8)
    assert second.text.hasFocus()
    qtbot.keyClicks(second.text, "Since March.")
    qtbot.keyClicks(first.text, "Oak and Elm.")
    with qtbot.waitSignal(window.session.reviews_changed):
        qtbot.mouseClick(first.keep, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(_answers(page)) == 1)
    assert "1 request waits for you." in words_on(page)
    assert re.search(r"Answer, You, .*: Oak and Elm\.", words_on(page))
    (left,) = _answers(page)
    assert left.text.hasFocus()
    assert left.text.value() == "Since March."
    assert mark.text() == "1 note in the review"
    with qtbot.waitSignal(window.session.reviews_changed):
        _link(page, "Take this answer back").click()
    qtbot.waitUntil(lambda: len(_answers(page)) == 2)
    assert [one.text.value() for one in _answers(page)] == ["Oak and Elm.", "Since March."]
    with Workspace.open(file, read_only=True) as workspace:
        kept = workspace.reviews.lines(evaluation.id)
    assert [line.what for line in kept] == ["note", "note", "answer", "withdraw"]
    assert kept[2].text == "Oak and Elm."


def test_an_answer_that_was_not_kept_yet_is_kept_when_the_window_closes(
    open_window: OpenWindow, qtbot: QtBot, file: Path, evaluation: Evaluation
) -> None:
    _asked(file, evaluation)
    window = open_window(file)
    window.show_page("reviews")
    qtbot.keyClicks(_answers(_page(window))[0].text, "Oak and Elm.")
    assert window.view is not None
    window.view.visit_area("attendance")
    window.show_page("reviews")
    assert _answers(_page(window))[0].text.value() == "Oak and Elm."
    assert window.close()
    with Workspace.open(file, read_only=True) as workspace:
        (answer,) = workspace.reviews.lines(evaluation.id)[2:]
    assert (answer.what, answer.to, answer.text) == ("answer", "q1", "Oak and Elm.")


def test_answers_go_out_beside_the_next_pack_and_no_byte_of_what_is_not_for_the_other_side(
    open_window: OpenWindow, qtbot: QtBot, file: Path, evaluation: Evaluation
) -> None:
    asked, _ = _asked(file, evaluation)
    private = ReviewLine(
        "p1", "note", asked.at, 3, "us", "setting", evaluation.id, "us", kind="note", text="Zwischenruf",
        anchor=Anchor(1, "attendance"),
    )  # fmt: skip
    with Workspace.open(file) as workspace:
        workspace.reviews.add([private])
        services.answer(workspace, asked, "Oak and Elm.")
    window = open_window(file)
    page = sending_page(window)
    make_pack(page, qtbot)
    folder = page.usual_folder
    (answers,) = folder.glob("*_answers.json")
    assert answers.name in window.notification_bar.text.text()
    review = stored_replies.read(answers.read_bytes()).review
    assert review.about.revision == evaluation.revision + 1
    assert [line.text for line in review.lines] == ["Which schools?", "Since when?", "Oak and Elm."]
    sent = list(folder.iterdir())
    assert {one.suffix for one in sent} >= {".pdf", ".json"}
    assert [one.name for one in sent if "Zwischenruf" in all_that_can_be_read(one)] == []
    assert "Which schools?" in all_that_can_be_read(answers)


def test_before_anything_is_answered_no_file_with_answers_is_made(
    open_window: OpenWindow, qtbot: QtBot, file: Path, evaluation: Evaluation
) -> None:
    _asked(file, evaluation)
    window = open_window(file)
    page = sending_page(window)
    make_pack(page, qtbot)
    assert list(page.usual_folder.glob("*.pdf"))
    assert list(page.usual_folder.glob("*_answers.json")) == []


def test_a_change_alone_can_be_the_answer_and_the_words_stand_before_and_now(
    open_window: OpenWindow, qtbot: QtBot, file: Path, evaluation: Evaluation, catalogue: Catalogue
) -> None:
    line, _ = _on_words(evaluation)
    _sent(file, evaluation, catalogue)
    with Workspace.open(file) as workspace:
        workspace.reviews.add([line])
    window = open_window(file)
    window.show_page("reviews")
    page = _page(window)
    (form,) = _answers(page)
    qtbot.mouseClick(form.keep, Qt.MouseButton.LeftButton)
    assert window.notification_bar.text.text() == WRITE_FIRST
    strength = evaluation.area("attendance").strengths[0]
    assert window.session is not None
    target = Target("strengths", strength.id, "attendance")
    window.session.set_field(target, "text", f"Since March: {strength.text}")
    window.show_page("reviews")
    (changed,) = (one for one in page.findChildren(ChangedText) if one.isVisibleTo(page))
    assert changed.accessibleName() == f"{CHANGED}. Before: {strength.text}. Now: Since March: {strength.text}"
    (form,) = _answers(page)
    with qtbot.waitSignal(window.session.reviews_changed):
        qtbot.mouseClick(form.keep, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not _answers(page))
    assert re.search(r"Answer, You, .*: by a change in the text\.", words_on(page))


def test_both_lists_of_what_waits_lead_to_the_notes(
    open_window: OpenWindow, qtbot: QtBot, file: Path, evaluation: Evaluation
) -> None:
    asked, other = _asked(file, evaluation)
    with Workspace.open(file) as workspace:
        services.answer(workspace, asked, "Oak and Elm.")
    window = open_window(file)
    window.show_page("reviews")
    page = _page(window)
    assert [(row.words, row.note) for row in page.side.rows] == [
        ("Officer", ""),
        ("Waits for you", ""),
        ("6 Attendance and engagement", "1 question"),
        ("Waits for the reviewer", ""),
        ("4 Research and innovation", "1 question"),
    ]
    assert page.side.hasFocus()
    qtbot.keyClick(page.side, Qt.Key.Key_Return)
    (form,) = _answers(page)
    assert form.note == other
    assert form.text.hasFocus()
    page.side.setFocus()
    qtbot.keyClick(page.side, Qt.Key.Key_Down)
    qtbot.keyClick(page.side, Qt.Key.Key_Return)
    assert "Oak and Elm." in _spoken(window.focusWidget())


def _spoken(widget: QWidget | None) -> str:
    return widget.accessibleName() if widget is not None else ""


def test_the_words_that_a_note_is_about_are_marked_in_their_text_with_the_note_beside(
    open_window: OpenWindow, file: Path, evaluation: Evaluation
) -> None:
    line, quoted = _on_words(evaluation)
    with Workspace.open(file) as workspace:
        workspace.reviews.add([line, replace(line, id="q2", text="And since when?")])
    window = open_window(file)
    window.show_page("reviews")
    (row,) = _page(window).findChildren(WordsAndNotes)
    (words,) = row.findChildren(QuotedWords)
    assert words.value() == evaluation.area("attendance").strengths[0].text
    assert [one.cursor.selectedText() for one in words.extraSelections()] == [quoted.strip()] * 2
    cards = [card for card in row.findChildren(Card) if card.isVisibleTo(row)]
    assert len(cards) == 2, "two notes on one text stand beside it once"
    assert cards[0].mapTo(row, QPoint(0, 0)).x() > words.mapTo(row, QPoint(0, 0)).x() + words.width() - 1


def test_the_tab_says_how_much_waits_and_is_there_only_where_something_came_back(
    open_window: OpenWindow, qtbot: QtBot, file: Path, evaluation: Evaluation
) -> None:
    window = open_window(file)
    assert window.view is not None
    assert "Reviews" not in [window.view.tabs.tabText(n) for n in range(window.view.tabs.count())]
    assert window.close()
    _asked(file, evaluation)
    window = open_window(file)
    assert window.view is not None
    assert window.session is not None
    bar, last = window.view.tabs.bar, window.view.tabs.count() - 1
    assert bar.tabText(last) == "Reviews"
    assert bar.accessibleTabName(last) == "Reviews, 2 wait for you"
    qtbot.keyClick(window.view.tabs.bar, Qt.Key.Key_7, Qt.KeyboardModifier.ControlModifier)
    page = _page(window)
    assert not page.back.isVisible()
    form = _answers(page)[0]
    qtbot.keyClicks(form.text, "Oak and Elm.")
    with qtbot.waitSignal(window.session.reviews_changed):
        form.keep.click()
    assert bar.accessibleTabName(last) == "Reviews, 1 waits for you"


def test_in_a_narrow_window_a_choice_leads_where_the_list_did(
    open_window: OpenWindow, file: Path, evaluation: Evaluation
) -> None:
    _asked(file, evaluation)
    window = open_window(file, percent=200, size=SMALL)
    window.show_page("reviews")
    page = _page(window)
    assert not page.side.isVisible()
    assert page.places.hasFocus()
    words = [page.places.itemText(n) for n in range(page.places.count())]
    assert words == ["Waits for you: 4 Research and innovation", "Waits for you: 6 Attendance and engagement"]
    page.places.setCurrentIndex(1)
    page.places.changed.emit(page.places.value())
    assert _answers(page)[1].text.hasFocus()


def test_where_the_file_with_answers_cannot_be_written_the_pack_is_made_and_noted_all_the_same(
    open_window: OpenWindow, qtbot: QtBot, file: Path, evaluation: Evaluation
) -> None:
    asked, _ = _asked(file, evaluation)
    with Workspace.open(file) as workspace:
        services.answer(workspace, asked, "Oak and Elm.")
    window = open_window(file)
    page = sending_page(window)
    make_pack(page, qtbot)
    (answers,) = page.usual_folder.glob("*_answers.json")
    answers.unlink()
    later = page.usual_folder / answers.name.replace("revision-1", "revision-2")
    later.mkdir()
    make_pack(page, qtbot)
    assert window.notification_bar.text.text().startswith("The pack is made, but the file with your answers is not.")
    assert len(list(page.usual_folder.glob("*.pdf"))) == 2
    with Workspace.open(file, read_only=True) as workspace:
        assert [sending.revision for sending in workspace.send_log.of_evaluation(evaluation.id)] == [2, 1]
        assert workspace.read(evaluation.id).revision == 2


def test_several_reviewers_stand_apart(open_window: OpenWindow, file: Path, evaluation: Evaluation) -> None:
    asked, other = _asked(file, evaluation)
    council = replace(asked, id="c1", who="second officer", party="Northshire Council")
    peer = replace(other, id="p1", who="oak", party="The Oak Centre", as_peer=True, text="Do you do this too?")
    with Workspace.open(file) as workspace:
        workspace.reviews.add([replace(asked, id="c2", party="Northshire Council"), council, peer])
    window = open_window(file)
    window.show_page("reviews")
    words = words_on(_page(window))
    apart = words.index("The Oak Centre, peer review")
    assert words.index("Northshire Council") < apart
    assert "Do you do this too?" not in words[:apart]
    assert "Which schools?" not in words[apart:]


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
