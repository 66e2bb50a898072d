"""A reply is made in one place, as a file and as a letter; what went out before stands there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt

from apq_desktop.__main__ import main
from apq_desktop.ui.widgets.popups.dialogs import Dialogs
from tests.documents.pdf_readers import all_that_can_be_read
from tests.library import council
from tests.library.loop import Provider
from tests.ui.council_window import new_library, read, receive, select, write
from tests.ui.keyboard import press
from tests.ui.screens import faults

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from apq_desktop.ui.window.main_window import MainWindow
    from tests.ui.conftest import OpenWindow

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support grabbing the keyboard", extend=True)


@pytest.fixture
def target(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the reply is put."""
    path = tmp_path / "Reply to Elm.json"
    monkeypatch.setattr(Dialogs, "choose_new_file", lambda *_: path)
    return path


def reading_elm(window: MainWindow, qtbot: QtBot, folder: Path) -> tuple[Any, Provider]:
    """A provider that sent its evaluation, open to read."""
    elm = Provider(folder / "Elm", council.evaluation("Elm"))
    new_library(window, folder / "Northshire", qtbot)
    receive(window, qtbot, elm.send())
    return read(window, qtbot, elm.id), elm


def noted(page: Any, window: MainWindow, qtbot: QtBot, elm: Provider, words: str, audience: str) -> None:
    """Ask something about the first words on families."""
    select(page, elm.made.area("home-family").support[:30])
    press(Qt.Key.Key_Q)
    write(window, qtbot, page, words, audience)


def make(page: Any, qtbot: QtBot, number: int) -> None:
    """Make the reply with what is ticked."""
    page.foot.reply.click()
    page.foot.form.make.click()
    qtbot.waitUntil(lambda: len(page.reading.replies) == number)
    qtbot.waitUntil(lambda: not page.foot.form.isVisible())


def test_a_letter_carries_the_reply_and_the_setting_opens_it(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path, target: Path
) -> None:
    window = open_window("start")
    page, elm = reading_elm(window, qtbot, tmp_path)
    noted(page, window, qtbot, elm, "Asked of the provider", "provider")
    noted(page, window, qtbot, elm, "Thought for me alone", "me")
    make(page, qtbot, 1)
    letter = target.with_suffix(".pdf")
    for path in (target, letter):
        assert "Asked of the provider" in all_that_can_be_read(path)
        assert "Thought for me alone" not in all_that_can_be_read(path)
    said = window.notification_bar.text.text()
    assert target.name in said
    assert letter.name in said
    assert "the setting opens it in APQ Desktop" in said
    assert window.notification_bar.way.text() == "Show me the folder"
    assert main(["import", str(letter), "--into", str(elm.file)]) == 0
    assert [thread.note.text for thread in elm.exchange().waiting_for("setting")] == ["Asked of the provider"]


def test_without_a_letter_there_is_the_file_alone_and_what_went_out_is_listed_the_newest_first(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path, target: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    window = open_window("start")
    page, elm = reading_elm(window, qtbot, tmp_path)
    noted(page, window, qtbot, elm, "Asked of the provider", "provider")
    page.foot.form.letter.setChecked(False)
    page.foot.form.first.setChecked(True)
    make(page, qtbot, 1)
    assert target.exists()
    assert not target.with_suffix(".pdf").exists()
    assert main(["import", str(target), "--into", str(elm.file)]) == 0
    assert "It is initial feedback: more may follow." in capsys.readouterr().out
    page.foot.form.first.setChecked(False)
    make(page, qtbot, 2)
    page.foot.reply.click()
    first, second = page.foot.form.before.text().splitlines()
    assert first.startswith("Reply 2, ")
    assert "initial feedback" not in first
    assert second.startswith("Reply 1, ")
    assert second.endswith(", initial feedback, by you.")
    assert not faults(window)


def test_an_area_has_a_state_of_its_own_that_goes_out_and_can_be_taken_back(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path, target: Path
) -> None:
    window = open_window("start")
    page, elm = reading_elm(window, qtbot, tmp_path)
    foot = page.foot
    for area, state in (("attendance", "agreed"), ("", "received")):
        foot.about.load(area)
        foot.about.changed.emit(area)
        assert not foot.back.isVisible()
        foot.state.load(state)
        with qtbot.waitSignal(window.libraries.changed):
            foot.state.changed.emit(state)
        qtbot.waitUntil(foot.back.isVisible)
    assert [line.partition(" (")[0] for line in page.states.text().splitlines()] == [
        "Received",
        "6 Attendance and engagement: Agreed",
    ]
    assert ("6 Attendance and engagement", "Agreed") in [(row.words, row.note) for row in page.side.rows]
    make(page, qtbot, 1)
    elm.open_reply(target)
    there = elm.exchange()
    assert (there.state_of("attendance"), there.state_of()) != (None, None)
    foot.about.load("attendance")
    foot.about.changed.emit("attendance")
    assert foot.state.value() == "agreed"
    foot.back.click()
    qtbot.waitUntil(lambda: "Attendance" not in page.states.text())
    assert page.states.text().startswith("Received")
    make(page, qtbot, 2)
    elm.open_reply(target)
    assert elm.exchange().state_of("attendance") is None


def test_the_list_at_the_left_leads_to_requests_and_areas(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window = open_window("start")
    page, elm = reading_elm(window, qtbot, tmp_path)
    noted(page, window, qtbot, elm, "Asked of the provider", "provider")
    assert [(row.words, row.note) for row in page.side.rows[:3]] == [
        ("Waits for them", ""),
        ("2 Home and family engagement", "1 question"),
        ("As they wrote it", ""),
    ]
    page.side.setFocus()
    page.side.mark(page.side.rows[1].key)
    press(Qt.Key.Key_Return)
    page.refresh()  # as when something comes from a colleague
    before = page.body.cards[0]
    qtbot.waitUntil(lambda: page.body.cards[0] is not before)
    assert page.body.cards[0].isAncestorOf(window.focusWidget())
    page.side.setFocus()
    page.side.mark(next(row.key for row in page.side.rows if row.words == "6 Attendance and engagement"))
    press(Qt.Key.Key_Return)
    assert page.body.text.hasFocus()
    assert page.body.text.textCursor().block().text() == "6 Attendance and engagement"
    page.body.text.go_to(0)
    there = {row.key: row.words for row in page.side.rows}
    assert there[page.side.current_key()] == "About this evaluation", "it shows where the cursor stands"
    window.resize(700, 600)
    assert not page.side.isVisible()
    assert page.places.isVisible()


def test_a_letter_never_replaces_another_file_unasked(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(Dialogs, "tell_error", lambda _self, _title, error: told.append(str(error)))
    other = target.with_suffix(".pdf")
    other.write_bytes(b"minutes of a meeting")
    window = open_window("start")
    page, elm = reading_elm(window, qtbot, tmp_path)
    noted(page, window, qtbot, elm, "Asked of the provider", "provider")
    page.foot.reply.click()
    page.foot.form.make.click()
    (sentence,) = told
    assert sentence.startswith(str(other))
    assert other.read_bytes() == b"minutes of a meeting"
    assert not target.exists()


def test_where_nothing_is_for_the_provider_the_form_says_so_and_leads_back(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window = open_window("start")
    page, elm = reading_elm(window, qtbot, tmp_path)
    noted(page, window, qtbot, elm, "Thought for me alone", "me")
    page.foot.reply.click()
    form = page.foot.form
    assert not form.make.isVisible()
    assert form.leave.hasFocus()
    press(Qt.Key.Key_Escape)
    assert not form.isVisible()
    assert page.foot.reply.hasFocus()
