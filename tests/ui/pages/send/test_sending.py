"""From the button to what the council gets: made without the window waiting, noted, and opened again as it was."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QObject, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QCheckBox, QLabel

from apq_desktop import services
from apq_desktop.evaluation.edits.changes import AddItem, ListPlace, Target
from apq_desktop.evaluation.model import Entry
from apq_desktop.evaluation.rules.outgoing_copy import ANNEXES
from apq_desktop.storage.workspace import Workspace
from apq_desktop.ui.commands import send_commands
from apq_desktop.ui.fields.changed_text import ChangedText
from apq_desktop.ui.fields.text_fields import TextField
from apq_desktop.ui.pages.evaluations.compare_page import ComparePage
from apq_desktop.ui.pages.send import export_runner
from apq_desktop.ui.pages.send.cover_note_card import NoteToSend
from apq_desktop.ui.pages.send.export_runner import ExportRunner
from apq_desktop.ui.pages.send.exported_files import ExportedFiles
from apq_desktop.ui.widgets.buttons import LinkButton
from tests.ui.screens import settle
from tests.ui.sending import make_pack, sending_page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from apq_desktop.ui.pages.send.send_page import CheckAndSend
    from tests.ui.conftest import OpenWindow

EVALUATION = Target("evaluation")


class Opener(QObject):
    """What the computer would open."""

    def __init__(self) -> None:
        super().__init__()
        self.urls: list[QUrl] = []

    @Slot(QUrl)
    def take(self, url: QUrl) -> None:
        self.urls.append(url)


@pytest.fixture
def opener() -> Iterator[Opener]:
    made = Opener()
    for scheme in ("file", "mailto"):
        QDesktopServices.setUrlHandler(scheme, made, "take")  # type: ignore[arg-type]  # PySide takes a str, not what its stub says
    yield made
    for scheme in ("file", "mailto"):
        QDesktopServices.unsetUrlHandler(scheme)


def _link(page: CheckAndSend, words: str, number: int = 0) -> LinkButton:
    return [link for link in page.sent_before.findChildren(LinkButton) if link.text() == words][number]


def test_each_recipient_gets_a_pack_and_the_log_keeps_it_as_it_was(
    open_window: OpenWindow, qtbot: QtBot, opener: Opener
) -> None:
    window = open_window("example")
    session, page = window.session, sending_page(window)
    assert session is not None
    page.for_whom.someone.setText("  Ysgol  Uwchradd y Bont ")
    qtbot.keyClick(page.for_whom.someone, Qt.Key.Key_Return)
    assert session.evaluation.other_commissioners == ["Ysgol Uwchradd y Bont"]
    assert list(page.for_whom.boxes) == ["Northshire Council", "Ysgol Uwchradd y Bont"]
    assert page.pack.make.text() == "&Make 2 packs"
    make_pack(page, qtbot)
    files = sorted(page.pack.folder.iterdir())
    assert [file.suffix for file in files] == [".json", ".pdf", ".json", ".pdf"]
    sendings = window._files.sendings(session.evaluation.id)
    assert [sending.recipient for sending in sendings] == ["Ysgol Uwchradd y Bont", "Northshire Council"]
    assert {sending.revision for sending in sendings} == {session.evaluation.revision} == {1}
    assert "for Northshire Council" in window.header.about.text()

    made = {file.name: file.read_bytes() for file in files}
    for file in files:
        file.unlink()
    _link(page, "Open it").click()
    qtbot.waitUntil(lambda: bool(opener.urls))
    opened = Path(opener.urls[0].toLocalFile())
    assert opened.name in sendings[0].files
    assert opened.read_bytes() == made[opened.name]
    window.commands.send.stop()
    assert not opened.exists()
    assert window.saving.finish_saving()
    with Workspace.open(window._files.workspace.path, read_only=True) as again:
        assert again.send_log.of_evaluation(session.evaluation.id) == sendings
        assert again.read(session.evaluation.id).revision == 1


def test_the_day_on_which_it_left_is_noted_when_the_person_says_so(
    open_window: OpenWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window("example")
    session, page = window.session, sending_page(window)
    assert session is not None
    assert not page.notes.isVisible()
    make_pack(page, qtbot)
    before = window._files.sendings(session.evaluation.id)[0].sent
    names = [link.accessibleName() for link in page.pack.files.findChildren(LinkButton)]
    assert [name.rsplit(".", 1)[1] for name in names] == ["pdf", "json"]
    monkeypatch.setattr(services, "now", lambda: "2031-03-04T12:00:00+00:00")
    page.notes.sent_today.setFocus()
    qtbot.keyClick(page.notes.sent_today, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "4 March 2031" in page.notes.noted.text())
    assert not page.notes.sent_today.isEnabled()
    sending = window._files.sendings(session.evaluation.id)[0]
    assert sending.sent == "2031-03-04T12:00:00+00:00" != before
    assert "4 March 2031" in " ".join(label.text() for label in page.sent_before.findChildren(QLabel))
    assert window.saving.finish_saving()
    with Workspace.open(window._files.workspace.path, read_only=True) as again:
        assert again.send_log.of_evaluation(session.evaluation.id)[0] == sending
        assert again.send_log.pack(sending.id).startswith(b"%PDF")


def test_what_changed_since_it_was_sent_tells_of_the_words_and_not_of_the_recipients(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    window = open_window("example")
    session, page = window.session, sending_page(window)
    assert session is not None
    session.set_field(EVALUATION, "other_commissioners", ("The Bridge Trust",))
    make_pack(page, qtbot)
    session.set_field(EVALUATION, "title", "Self-evaluation 2026/27, autumn")
    _link(page, "What changed since", 1).click()
    compared = window.findChild(ComparePage)
    assert compared is not None
    assert compared.earlier.currentText().startswith("As sent: Revision 1 for Northshire Council")
    qtbot.waitUntil(lambda: any(text.isVisible() for text in compared.findChildren(ChangedText)))
    texts = [text.accessibleName() for text in compared.findChildren(ChangedText) if text.isVisible()]
    assert texts == ["Title. Before: Self-evaluation 2026/27. Now: Self-evaluation 2026/27, autumn"]


def test_any_two_states_can_be_compared(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("empty")
    session, page = window.session, sending_page(window)
    assert session is not None
    for period in ("Autumn term", "Spring term"):
        session.set_field(EVALUATION, "period", period)
        make_pack(page, qtbot)
    session.set_field(EVALUATION, "period", "Summer term")
    window.commands.evaluation.show_comparison()
    compared = window.findChild(ComparePage)
    assert compared is not None
    first = compared.earlier.findText("As sent: Revision 1", Qt.MatchFlag.MatchStartsWith)
    second = compared.later.findText("As sent: Revision 2", Qt.MatchFlag.MatchStartsWith)
    compared.earlier.setCurrentIndex(first)
    compared.later.setCurrentIndex(second)
    compared.refresh()
    qtbot.waitUntil(lambda: any(text.isVisible() for text in compared.findChildren(ChangedText)))
    (text,) = (text for text in compared.findChildren(ChangedText) if text.isVisible())
    assert text.accessibleName() == "Period it looks at. Before: Autumn term. Now: Spring term"
    assert text.toPlainText() == "Autumn Spring term"


def test_the_text_for_the_e_mail_is_copied_or_opened_and_never_sent(
    open_window: OpenWindow, qtbot: QtBot, opener: Opener
) -> None:
    window = open_window("example")
    page = sending_page(window)
    make_pack(page, qtbot)
    note = page.notes.findChild(NoteToSend)
    assert note is not None
    sending = window._files.sendings(window.session.evaluation.id)[0] if window.session else None
    assert sending is not None
    note.copy.click()
    copied = QGuiApplication.clipboard().text()
    assert copied.startswith("Dear colleagues at Northshire Council,")
    assert "revision 1.\n\nThe PDF" in copied.replace("Self-evaluation 2026/27, ", "")
    assert sending.code in copied
    note.write.click()
    (url,) = opener.urls
    assert url.scheme() == "mailto"
    assert "Riverside%20Learning" in url.toString(QUrl.ComponentFormattingOption.FullyEncoded)


def test_the_window_goes_on_while_a_pack_is_made_and_cancelling_writes_nothing(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    window = open_window("example")
    session, page = window.session, sending_page(window)
    assert session is not None
    page.pack.make.click()
    assert not page.pack.make.isEnabled()
    with qtbot.waitSignal(session.autosave.saved):
        session.set_field(EVALUATION, "period", "Typed while the pack is made")
    assert page.pack.cancel.isVisible()
    page.pack.cancel.click()
    assert page.pack.make.isEnabled()
    assert page.pack.result.text() == "Cancelled. Nothing was written."
    assert not page.pack.folder.exists()
    assert session.evaluation.revision == 0
    assert window._files.sendings(session.evaluation.id) == []


def test_closing_or_leaving_the_evaluation_ends_the_making(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("example")
    page = sending_page(window)
    page.pack.make.click()
    with qtbot.waitSignal(window.evaluation_shown):
        window.commands.evaluation.start_another()
    assert window.notification_bar.text.text() == send_commands.LEFT
    sending_page(window).pack.make.click()
    window.commands.send.stop()
    assert window.commands.send.runner is None
    assert not page.pack.folder.exists()


@pytest.mark.parametrize("end", ["limit", "killed"])
def test_a_process_that_takes_too_long_or_dies_is_told_and_nothing_is_left(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path, end: str
) -> None:
    window = open_window("example")
    assert window.session is not None
    maker = ExportRunner(window)
    request = services.ExportRequest(window.session.evaluation, window.session.catalogue, tmp_path)
    with qtbot.waitSignal(maker.failed) as failed:
        maker._second.setInterval(0 if end == "limit" else export_runner.SECOND_MS)
        maker.start(request)
        if end == "killed":
            assert maker._process is not None
            maker._process.waitForStarted()
            maker._process.kill()
    (sentence,) = failed.args
    assert sentence == (export_runner.TOO_LONG.format(minutes=3) if end == "limit" else export_runner.ENDED)
    assert not maker.running
    maker.cancel()


def test_hours_in_which_the_computer_sleeps_are_not_counted_as_time_that_making_a_pack_takes(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window = open_window("example")
    assert window.session is not None
    maker = ExportRunner(window)
    failures: list[str] = []
    maker.failed.connect(failures.append)
    maker._second.setInterval(4)  # so that a night is short
    maker.start(services.ExportRequest(window.session.evaluation, window.session.catalogue, tmp_path), 10)
    night_ends = time.monotonic() + 0.1
    while time.monotonic() < night_ends:
        pass
    QCoreApplication.processEvents()
    assert failures == []
    assert maker._seconds < 10
    maker.cancel()


def test_a_busy_computer_may_take_long_to_make_a_pack_as_long_as_it_comes_on(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window = open_window("empty")
    assert window.session is not None
    maker = ExportRunner(window)
    maker._second.setInterval(24 * 3600 * export_runner.SECOND_MS)  # none passes here
    with qtbot.waitSignals([maker.progressed, maker.made]):
        maker.start(services.ExportRequest(window.session.evaluation, window.session.catalogue, tmp_path))
        maker._seconds = 100
    assert maker._seconds == 0
    maker.cancel()


def test_a_folder_that_cannot_be_written_to_is_told_and_the_revision_stays(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window = open_window("example")
    page = sending_page(window)
    (tmp_path / "in the way").touch()
    page.pack.folder = tmp_path / "in the way"
    make_pack(page, qtbot)
    box = next(child for child in window.children() if child.inherits("QMessageBox"))
    assert "Choose a" in box.text()  # type: ignore[attr-defined]
    box.close()  # type: ignore[attr-defined]
    assert window.session is not None
    assert window.session.evaluation.revision == 0


def test_whoever_is_unticked_is_left_out_and_whoever_is_removed_can_be_brought_back(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    window = open_window("empty")
    session, page = window.session, sending_page(window)
    assert session is not None
    page.for_whom.someone.setText("The Bridge Trust")
    page.for_whom.add.click()
    page.for_whom.boxes["Northshire Council"].click()
    assert page.for_whom.chosen() == ("The Bridge Trust",)
    remove = next(link for link in page.for_whom.findChildren(LinkButton) if link.accessibleName().endswith("Council"))
    remove.click()
    assert session.evaluation.commissioner == "The Bridge Trust"
    assert session.evaluation.other_commissioners == []
    window.undo_actions.take_back()
    assert session.evaluation.commissioner == "Northshire Council"
    assert list(page.for_whom.boxes) == ["Northshire Council", "The Bridge Trust"]


def test_a_file_that_is_only_read_can_be_sent_and_says_that_it_was_not_noted(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    window = open_window("example")
    path = window._files.workspace.path
    with qtbot.waitSignal(window.evaluation_shown):
        window._files.open(path, read_only=True)
    page = sending_page(window)
    assert not page.for_whom.someone.isEnabled()
    make_pack(page, qtbot)
    assert len(list(page.pack.folder.iterdir())) == 2
    assert window.notification_bar.text.text().startswith("The pack is made, but it could not be noted in your file. ")


def test_a_sign_that_the_pdf_cannot_show_is_named_and_led_to(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("example")
    assert window.view is not None
    field = window.view.show_area("needs").binding.field(Target("area", "needs"), "support")
    assert isinstance(field, TextField)
    field.insertPlainText("ᠠ \uf0b7")
    page = sending_page(window)
    (link,) = [one for one in page.findChildren(LinkButton) if "The PDF cannot show" in one.accessibleName()]
    assert "“ᠠ” and U+F0B7" in link.accessibleName()
    link.click()
    qtbot.waitUntil(field.hasFocus)


def test_what_a_reader_would_ask_is_shown_once_it_is_switched_on_and_leads_to_the_text(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    window = open_window("empty")
    session = window.session
    assert session is not None
    entry = Entry(text="A range of courses for our six teachers in 2026 has led to calmer lessons.")
    session.make(AddItem(ListPlace("strengths", "workforce"), entry, 0))
    page = sending_page(window)
    card = page.reader
    assert not card.questions.isVisible()
    card.switch.click()
    assert card.questions.isVisible()
    (go,) = card.findChildren(LinkButton)
    assert go.accessibleName().endswith("Which ones? Can you name two or three?")
    go.click()
    qtbot.waitUntil(lambda: isinstance(window.focusWidget(), TextField))
    field = window.focusWidget()
    assert isinstance(field, TextField)
    assert field.value() == entry.text
    card.switch.click()
    assert not card.questions.isVisible()


def test_what_is_ticked_goes_into_the_pack_and_nothing_else(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("example")
    page = sending_page(window)
    ticks = {box.text().replace("&", ""): box for box in page.findChildren(QCheckBox)}
    for words in (*(one.tick for one in services.FORMATS.values() if one.tick), *ANNEXES.values()):
        assert not ticks[words].isChecked(), words
    make_pack(page, qtbot)
    plain = {file.name for file in page.pack.folder.iterdir()}
    assert {Path(name).suffix for name in plain} == {".pdf", ".json"}
    for words in ("Also a digest: two pages and the plan", "Also the action plan on its own", "Notes on the questions"):
        ticks[words].click()
    ticks["Contact details"].click()
    make_pack(page, qtbot)
    there = {file.name: file for file in page.pack.folder.iterdir() if file.name not in plain}
    endings = sorted(name.partition("revision-2")[2] for name in there)
    assert endings == [".json", ".pdf", "_action-plan.pdf", "_digest.pdf"]
    (data,) = (file for name, file in there.items() if name.endswith(".json"))
    assert "Nine of us are employed" in data.read_text("utf-8")
    assert "office@riversidelearning.example" not in data.read_text("utf-8")
    (first, *_) = (file.read_text("utf-8") for file in page.pack.folder.glob("*revision-1.json"))
    assert "Nine of us are employed" not in first
    assert "office@riversidelearning.example" in first


def test_the_name_of_a_pack_is_a_link_that_loses_its_middle_where_it_has_no_room(qtbot: QtBot, tmp_path: Path) -> None:
    name = "Riverside-Learning_Self-evaluation-2026-27_2026-11-20_revision-1.pdf"
    files = ExportedFiles()
    qtbot.addWidget(files)
    files.show_files([tmp_path / name])
    files.resize(260, 60)
    files.show()
    settle()
    (link,) = files.findChildren(LinkButton)
    begin, _, end = link.text().partition("…")
    assert begin
    assert name.startswith(begin)
    assert end.endswith("1.pdf")
    assert link.accessibleName() == f"Open {name}"
