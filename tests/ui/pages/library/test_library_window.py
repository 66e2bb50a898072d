"""The council's window: opens a library as it opens a file, receives packs, and shows them in alphabetical order."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from apq_desktop import paths
from apq_desktop.__main__ import main
from apq_desktop.evaluation.text import dates
from apq_desktop.services.libraries import open_library as of_library
from apq_desktop.ui.pages.library.library_view import PAGES
from apq_desktop.ui.widgets.buttons import Button, LinkButton
from apq_desktop.ui.widgets.popups.dialogs import Dialogs
from tests.library import council
from tests.library.loop import Provider
from tests.ui.council_window import (
    example,
    lines_of,
    new_library,
    one_read,
    read,
    receive,
    received_by_keyboard,
    select,
    shown,
    write,
)
from tests.ui.keyboard import Keyboard, here, press
from tests.ui.screens import LOOKS, faults, settle, words_on

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from apq_desktop.ui.widgets.theme import Scheme
    from apq_desktop.ui.window.main_window import MainWindow
    from tests.ui.conftest import OpenWindow

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support grabbing the keyboard", extend=True)


def helps() -> set[str]:
    return {path.stem.partition("-")[2] for path in (paths.resources() / "help").glob("[0-9]*.md")}


def test_a_library_stands_in_the_place_of_the_file_and_a_file_in_its_place(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window = open_window("example")
    assert window.banner.isVisible()
    library_menu = window.menus.menus["library"].menuAction()
    assert not library_menu.isVisible(), "who receives nothing never meets it"
    assert window.view is not None
    file = window.view.here.path
    new_library(window, tmp_path / "Northshire", qtbot)
    assert library_menu.isVisible()
    assert window.view is None
    assert window.header.setting.text() == "Northshire"
    assert not window.banner.isVisible()
    with qtbot.waitSignal(window.evaluation_shown):
        window.open_file(file)
    assert window.library_presenter.view is None
    assert not window.libraries.is_open
    assert not library_menu.isVisible()
    with qtbot.waitSignal(window.libraries.opened):
        window.libraries.open(str(tmp_path / "Northshire"))
    status = window.libraries.status
    assert status is not None
    assert status.person.role == "Quality officer", "it is asked once for each library"


def test_a_folder_of_packs_is_received_and_each_bad_one_is_named_behind_one_link(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window = open_window("start")
    view = new_library(window, tmp_path / "Northshire", qtbot)
    council.put(tmp_path / "inbox", *map(council.evaluation, council.NAMES))
    (tmp_path / "inbox" / "bad.json").write_text("{", encoding="utf-8")
    receive(window, qtbot, tmp_path / "inbox")
    page = view.page("providers")
    assert [row.name for row in page.table.providers.rows] == ["abbey", "Élan", "Elm", "Ŵyn", "Zed"]
    assert page.line.words.text() == "Received: 5 new. 1 could not be read."
    page.line.why.click()
    settle()
    assert page.line.named()[0].startswith(str(tmp_path / "inbox" / "bad.json"))
    page.name.setText("el")
    qtbot.waitUntil(lambda: [row.name for row in page.table.providers.rows] == ["Élan", "Elm"])


def test_a_folder_that_holds_no_library_is_told_in_one_sentence_and_what_is_open_stays(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window = open_window("example")
    told: list[Any] = []
    window.libraries.failed.disconnect()
    window.libraries.failed.connect(lambda *error: told.append(error))
    with qtbot.waitSignal(window.libraries.failed):
        window.libraries.open(str(tmp_path))
    assert "holds no library" in str(told[0][1])
    assert window.view is not None


def test_receiving_can_be_stopped_and_begun_again(open_window: OpenWindow, qtbot: QtBot, tmp_path: Path) -> None:
    window = open_window("start")
    view = new_library(window, tmp_path / "Northshire", qtbot)
    council.put(tmp_path / "inbox", *(council.evaluation(f"Setting {n:02}") for n in range(30)))
    page = view.page("providers")
    window.libraries.progress.connect(lambda *_: page.line.stop.click())
    with qtbot.waitSignal(window.libraries.received) as done:
        window.libraries.receive([tmp_path / "inbox"])
    (receipt,) = done.args
    came = len(receipt.arrived)
    assert receipt.stopped == (came < 30)
    window.libraries.progress.disconnect()
    with qtbot.waitSignal(window.libraries.received) as done:
        window.libraries.receive([tmp_path / "inbox"])
    (receipt,) = done.args
    assert (len(receipt.of("new")), len(receipt.of("known"))) == (30 - came, came)


@pytest.mark.parametrize(("scheme", "percent", "size"), LOOKS)
def test_every_screen_of_a_library_is_for_everyone(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path, scheme: Scheme, percent: int, size: tuple[int, int]
) -> None:
    window = open_window("start", scheme=scheme, percent=percent, size=size)
    found = {}
    for command in ("open_library", "new_library"):
        window.menus.actions[command].trigger()
        found[command] = faults(window)
    with qtbot.waitSignal(window.libraries.opened):
        window.libraries.open(str(tmp_path / "Northshire"), new=True)
    qtbot.waitUntil(lambda: not window.libraries.receiving)
    found["who"] = faults(window)
    view = shown(window)
    QTest.keyClicks(view.who.card.role, "Quality officer")
    with qtbot.waitSignal(view.who.done):
        view.who.card.go.click()
    found["empty"] = faults(window)
    council.put(tmp_path / "inbox", *map(council.evaluation, council.NAMES))
    (tmp_path / "inbox" / "bad.json").write_text("{", encoding="utf-8")
    receive(window, qtbot, tmp_path / "inbox")
    found["received"] = faults(window)
    view.page("providers").line.why.click()
    found["which and why"] = faults(window)
    wrong = [f"{screen}: {fault}" for screen, there in found.items() for fault in there]
    assert not wrong, "\n".join(wrong)
    assert window.size().toTuple() == size


# One provider


def opened_by_keyboard(window: MainWindow, qtbot: QtBot, keys: Keyboard) -> Any:
    """Open the third provider of the list."""
    table = shown(window).page("providers").table
    qtbot.waitUntil(lambda: len(table.providers.rows) == 30)
    settle()
    keys.tab_to("Providers")
    keys.press(Qt.Key.Key_Down, times=2)
    keys.press(Qt.Key.Key_Return)
    page = shown(window).page("provider")
    qtbot.waitUntil(lambda: page.reading is not None)
    settle()
    return page


def test_by_keyboard_alone_thirty_packs_are_received_one_is_read_asked_about_and_replied_to(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reply = tmp_path / "reply.json"
    made = [council.evaluation(f"Setting {n:02}") for n in range(30)]
    council.put(tmp_path / "inbox", *made)
    (tmp_path / "Northshire").mkdir()
    folders = iter([tmp_path / "Northshire", tmp_path / "inbox"])
    monkeypatch.setattr(Dialogs, "choose_folder", lambda *_: next(folders))
    monkeypatch.setattr(Dialogs, "choose_new_file", lambda *_: reply)
    window, keys = open_window("start"), Keyboard()
    received_by_keyboard(window, qtbot, keys)
    page = opened_by_keyboard(window, qtbot, keys)
    assert page.name.text() == "Setting 02"
    keys.tab_to("What the provider wrote")
    keys.press(Qt.Key.Key_Down, times=2)
    keys.press(Qt.Key.Key_End, Qt.KeyboardModifier.ShiftModifier)
    quoted = page.body.text.textCursor().selectedText()
    keys.press(Qt.Key.Key_P)
    keys.type("Say since when.")
    keys.tab_to("Who may read it")
    keys.press(Qt.Key.Key_End)
    with qtbot.waitSignal(window.libraries.changed):
        keys.push("Keep this note")
    qtbot.waitUntil(lambda: bool(page.body.cards))
    settle()
    keys.tab_to("State")
    keys.press(Qt.Key.Key_End)
    qtbot.waitUntil(lambda: page.states.text().startswith("Agreed (Quality officer, you"))
    keys.push("Make the reply…")
    keys.press(Qt.Key.Key_Space)
    qtbot.waitUntil(reply.exists)
    assert "Say since when." in reply.read_text("utf-8")
    assert page.body.cards[0].shown.note.anchor.quote.exact in quoted
    keys.tab_to("What the provider wrote")
    keys.press(Qt.Key.Key_U)
    qtbot.waitUntil(lambda: page.name.text() == "Setting 03")


def test_each_kind_of_note_hangs_on_its_words_and_only_what_is_for_the_provider_leaves(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, page, elm = one_read(open_window, qtbot, tmp_path)
    support = elm.area("home-family").support
    for words, key, audience in (
        ("asked with P", Qt.Key.Key_P, "provider"),
        ("asked with Q", Qt.Key.Key_Q, "us"),
        ("asked with A", Qt.Key.Key_A, "provider"),
        ("asked with N", Qt.Key.Key_N, "me"),
    ):
        select(page, support[:30])
        press(key)
        write(window, qtbot, page, words, audience)
    notes = {line.text: line for line in lines_of(window, qtbot, elm.id)}
    assert [(line.kind, line.audience) for line in notes.values()] == [
        ("change", "provider"), ("question", "us"), ("agreed", "provider"), ("note", "me"),
    ]  # fmt: skip
    for line in notes.values():
        assert line.role == "Quality officer"
        assert line.anchor is not None
        assert line.anchor.quote is not None
        assert (line.anchor.area, line.anchor.field, line.anchor.quote.exact) == (
            "home-family",
            "support",
            support[:30].strip(),
        )
    target = tmp_path / "reply.json"
    monkeypatch.setattr(Dialogs, "choose_new_file", lambda *_: target)
    page.foot.reply.click()
    page.foot.form.make.click()
    qtbot.waitUntil(target.exists)
    written = target.read_text("utf-8")
    assert "asked with P" in written
    assert not any(words in written for words in ("asked with Q", "asked with N"))


def test_a_request_is_closed_opened_again_and_taken_back_from_its_card(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window, page, elm = one_read(open_window, qtbot, tmp_path)
    select(page, elm.area("home-family").support[:30])
    page.bar.asked.emit("question")
    write(window, qtbot, page, "Which of them?", "provider")

    def do(words: str) -> None:
        (card,) = page.body.cards
        (link,) = [one for one in card.findChildren(LinkButton) if one.text() == words]
        link.setFocus()
        press(Qt.Key.Key_Space)

    def follow(words: str, status: str) -> None:
        do(words)
        if page.body.form is not None:
            page.body.form.text.setPlainText("Not yet.")
            page.body.form.keep.click()
        qtbot.waitUntil(lambda: page.body.form is None and page.body.cards[0].shown.status == status)
        assert page.body.isAncestorOf(here()), "whoever has a keyboard alone goes on from there"

    follow("Close it", "closed")
    follow("Open it again…", "open")
    follow("Write more…", "open")
    qtbot.waitUntil(lambda: len(page.body.cards[0].shown.followed) == 3)
    do("Take it back")
    qtbot.waitUntil(lambda: page.body.cards == [])
    assert page.body.text.hasFocus()
    assert len(lines_of(window, qtbot, elm.id)) == 5, "nothing is deleted, only followed or withdrawn"


def test_a_state_needs_its_reason_and_can_be_taken_back(open_window: OpenWindow, qtbot: QtBot, tmp_path: Path) -> None:
    _window, page, _elm = one_read(open_window, qtbot, tmp_path)
    page.foot.state.load("changes-requested")
    page.foot.state.changed.emit("changes-requested")
    page.foot.keep.click()
    assert page.foot.reason.hasFocus(), "a reason is wanted"
    page.foot.reason.setPlainText("Two requests.")
    page.foot.keep.click()
    qtbot.waitUntil(lambda: page.states.text().startswith("Changes requested (Quality officer, you"))
    assert "Two requests." in page.states.text()
    assert page.foot.reply.y() < page.foot.next.geometry().bottom(), "one row in a window of usual width"
    page.foot.back.click()
    qtbot.waitUntil(lambda: page.states.text() == "")
    assert page.foot.state.value() == "received"


def test_an_agreed_action_a_visit_and_the_next_review_go_out_with_the_reply(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "reply.json"
    monkeypatch.setattr(Dialogs, "choose_new_file", lambda *_: target)
    window, page, _elm = one_read(open_window, qtbot, tmp_path)
    there = page.agreements
    there.whom.load("provider")
    there.what.setText("Ring families at eight")
    there.area.load("attendance")
    there.by.setText("1 March 2027")
    for button, field, text in (
        ("Add the action", there.seen, "Two lessons"),
        ("Add the visit", there.next, "1 June 2027"),
        ("Set the date", there.what, ""),
    ):
        there.day.setText("30 November 2026")
        with qtbot.waitSignal(window.libraries.changed):
            next(one for one in there.findChildren(Button) if one.text() == button).click()
        field.setText(text)
    qtbot.waitUntil(lambda: len(there.standing(page.reading)) == 3)
    settle()
    assert not faults(window)
    page.foot.form.first.setChecked(True)
    page.foot.reply.click()
    page.foot.form.make.click()
    qtbot.waitUntil(target.exists)
    written = target.read_text("utf-8")
    for words in (
        "Ring families at eight",
        "2027-03-01",
        "Two lessons",
        "2026-11-30",
        "2027-06-01",
        "initial-feedback",
    ):
        assert words in written
    page.foot.form.leave.click()
    back = next(one for one in there.findChildren(LinkButton) if one.text() == "Take it back")
    back.setFocus()
    press(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: len(there.standing(page.reading)) == 2)
    assert there.isAncestorOf(here())


def test_what_changed_since_an_earlier_revision_is_marked_and_notes_are_found_again(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window = open_window("start")
    new_library(window, tmp_path / "Northshire", qtbot)
    first = council.evaluation("Elm", revision=1)
    second = council.later(first)
    second.area("home-family").support = "In March we were given a bus. " + first.area("home-family").support
    inbox = council.put(tmp_path / "inbox", first, second)
    receive(window, qtbot, inbox[0])
    page = read(window, qtbot, first.id)
    select(page, first.area("home-family").support[:30])
    press(Qt.Key.Key_Q)
    write(window, qtbot, page, "Which?", "provider")
    page.leave()
    receive(window, qtbot, inbox[1])
    qtbot.waitUntil(lambda: shown(window).page("providers").table.providers.rows[0].number == 2)
    page = read(window, qtbot, first.id)
    qtbot.waitUntil(lambda: bool(page.body.cards))
    (card,) = page.body.cards
    assert (card.location.certainty, card.location.start) == ("here", len("In March we were given a bus. "))
    page.since.load("1")
    page.refresh()
    qtbot.waitUntil(
        lambda: page.body.text.document().find("In March we were given a bus.").charFormat().fontUnderline()
    )
    select(page, "given a bus")
    chosen = page.body.text.chosen()
    assert second.area("home-family").support[chosen.start : chosen.end] == "given a bus"


def test_words_that_were_changed_stand_on_their_note_as_they_were_and_as_they_are(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window = open_window("start")
    new_library(window, tmp_path / "Northshire", qtbot)
    first = council.evaluation("Elm", revision=1)
    first.area("home-family").support = "Late pupils are met at the gate. Calls reach most families before nine."
    second = council.later(first)
    second.area("home-family").support = "Late pupils come in by the gate now. Calls reach many families before nine."
    inbox = council.put(tmp_path / "inbox", first, second)
    receive(window, qtbot, inbox[0])
    page = read(window, qtbot, first.id)
    for words in ("Late pupils are met at the gate", "Calls reach most families before nine"):
        select(page, words)
        press(Qt.Key.Key_Q)
        write(window, qtbot, page, f"Asked of: {words}", "provider")
    assert "Now it reads" not in words_on(page)
    page.leave()
    receive(window, qtbot, inbox[1])
    qtbot.waitUntil(lambda: shown(window).page("providers").table.providers.rows[0].number == 2)
    page = read(window, qtbot, first.id)
    qtbot.waitUntil(lambda: len(page.body.cards) == 2)
    told = words_on(page)
    assert "On “Late pupils are met at the gate”. Perhaps this is about “Late pupils come in by the gate”." in told
    assert "On “Calls reach most families before nine”. Now it reads “Calls reach many families before nine”." in told


def test_an_unfinished_note_is_kept_for_its_writer_alone_when_the_library_is_left(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window, page, elm = one_read(open_window, qtbot, tmp_path)
    press(Qt.Key.Key_P)
    page.body.form.text.setPlainText("Half a thought")
    page.body.form.whom.load("provider")
    window.menus.actions["close_library"].trigger()
    with qtbot.waitSignal(window.libraries.opened):
        window.libraries.open(str(tmp_path / "Northshire"))
    (line,) = lines_of(window, qtbot, elm.id)
    assert (line.text, line.audience) == ("Half a thought", "me")


@pytest.mark.parametrize(("scheme", "percent", "size"), LOOKS)
def test_a_provider_is_read_by_everyone(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path, scheme: Scheme, percent: int, size: tuple[int, int]
) -> None:
    window = open_window("start", scheme=scheme, percent=percent, size=size)
    new_library(window, tmp_path / "Northshire", qtbot)
    first = council.evaluation("Elm", revision=1)
    receive(window, qtbot, *council.put(tmp_path / "inbox", first, council.later(first)))
    page = read(window, qtbot, first.id)
    found = {"to read": faults(window)}
    select(page, first.area("home-family").support[:30])
    found["selected"] = faults(window)
    select(page, first.area("home-family").support[:30])
    press(Qt.Key.Key_Q)
    found["writing"] = faults(window)
    write(window, qtbot, page, "Which?", "provider")
    found["noted"] = faults(window)
    page.foot.state.changed.emit("changes-requested")
    found["reason"] = faults(window)
    page.foot.reply.click()
    found["reply"] = faults(window)
    wrong = [f"{screen}: {fault}" for screen, there in found.items() for fault in there]
    assert not wrong, "\n".join(wrong)
    assert window.size().toTuple() == size


# Looking after it


def test_the_councils_example_has_requests_in_each_state(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("start")
    providers = example(window, qtbot).page("providers")
    assert providers.verticalScrollBar().value() == 0, "the name of the page stands above its list"
    rows = providers.table.providers.rows
    assert [(row.name, row.number, row.status.word, row.status.waits_for) for row in rows] == [
        ("Beacon Centre", 1, "received", "reviewer"),
        ("Canal Street Learning", 1, "changes-requested", "setting"),
        ("Larkfield Academy", 1, "agreed", ""),
        ("Riverside Learning", 2, "new-version", "reviewer"),
    ]
    page = read(window, qtbot, rows[3].evaluation)
    qtbot.waitUntil(lambda: len(page.body.cards) == 3)
    assert {card.shown.status for card in page.body.cards} == {"open", "answered"}
    assert all(card.location.certainty == "here" for card in page.body.cards)
    assert window.banner.name.text() == "This is the council’s example."
    (way,) = window.banner.buttons
    assert way.text() == "Make your own library…"
    assert not faults(window)
    second = example(window, qtbot)
    assert window.libraries.name.endswith("(2)"), "a fresh one each time; what was done to the first stays"
    assert second.page("providers").table.providers.rows


def _shows(table: Any, numbers: list[int]) -> bool:
    return [row.number for row in table.providers.rows] == numbers


def test_a_revision_or_a_provider_is_taken_out_after_one_question(
    open_window: OpenWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Any] = []
    monkeypatch.setattr(Dialogs, "ask", lambda _self, _title, text, choices: asked.append((text, dict(choices))))
    window = open_window("start")
    table = example(window, qtbot).page("providers").table
    for words, left in (
        ("Take out revision 2 alone", [1, 1, 1, 1]),
        ("Take out this provider", [1, 1, 1]),
    ):
        read(window, qtbot, table.providers.rows[3].evaluation).taking_out.out.click()
        text, choices = asked.pop()
        assert "Riverside Learning" in text
        assert next(iter(choices)) == "Keep it"
        choices[words]()
        qtbot.waitUntil(partial(_shows, table, left))
    care = shown(window).show_page("care")
    qtbot.waitUntil(care.out.isVisible)
    (day,) = care.out_days.text().splitlines()
    assert day == dates.local_day(datetime.now(UTC).isoformat()), "it says only that, and when"
    assert not faults(window)


def test_readings_stand_as_a_person_says_them_and_notes_on_them_keep_their_place(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    made = council.evaluation("Elm")
    made.actions[0] = council.replace(made.actions[0], readings="51%\n[2026-11-13] 68%", current_point="68%")
    window = open_window("start")
    new_library(window, tmp_path / "Northshire", qtbot)
    receive(window, qtbot, *council.put(tmp_path / "in", made))
    page = read(window, qtbot, made.id)
    assert "[20" not in page.body.text.toPlainText()
    select(page, "68% on 13 November 2026")
    press(Qt.Key.Key_Q)
    write(window, qtbot, page, "Of how many?", "provider")
    (card,) = page.body.cards
    assert card.location.certainty == "here"


def test_where_two_files_hold_a_revision_each_can_be_taken_out_alone_after_one_question(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Any] = []
    monkeypatch.setattr(Dialogs, "ask", lambda _self, _title, text, choices: asked.append((text, dict(choices))))
    elm, out = Provider(tmp_path / "Elm", council.evaluation("Elm")), tmp_path / "sent"
    assert main(["export", str(elm.file), "--to", str(out), "--json", "--pdf"]) == 0
    window = open_window("start")
    new_library(window, tmp_path / "Northshire", qtbot)
    receive(window, qtbot, out)
    page = read(window, qtbot, elm.id)
    names = sorted(path.name for path in out.iterdir())
    links = page.taking_out.files.findChildren(LinkButton)
    assert sorted(link.text() for link in links) == [f"Take out the file “{name}” alone…" for name in names]
    assert not faults(window)
    next(link for link in links if ".json" in link.text()).click()
    text, choices = asked.pop()
    assert names[0] in text
    assert list(choices) == ["Keep it", "Take out this file"]
    choices["Take out this file"]()
    page = read(window, qtbot, elm.id)  # at once, from a list that still names the file that goes
    assert page.reading.files == {page.reading.revision.digest: names[1]}
    assert not page.taking_out.files.findChildren(LinkButton)


def test_a_copy_is_read_back_and_the_library_is_checked(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    monkeypatch.setattr(Dialogs, "choose_folder", lambda *_: stick)
    window = open_window("start")
    view = example(window, qtbot)
    window.menus.actions["copy_library"].trigger()
    qtbot.waitUntil(window.notification_bar.isVisible)
    assert of_library.check_library(stick).problems == ()
    (pack,) = list((stick / "packs").rglob("*.json"))[:1]
    care = view.page("care")
    care.check.click()
    qtbot.waitUntil(lambda: care.words() != [])
    assert care.words()[0] == "It is whole."
    with qtbot.waitSignal(window.libraries.opened):
        window.libraries.open(str(stick))
    pack.write_bytes(pack.read_bytes()[:-9])
    care = shown(window).page("care")
    care.check.click()
    qtbot.waitUntil(lambda: care.words() != [])
    assert care.words()[0].startswith("Not all of it is whole")
    assert pack.name in " ".join(care.words())


def test_a_keeping_date_that_has_gone_by_is_reminded_of_in_the_list(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("start")
    view = example(window, qtbot)
    assert not view.page("providers").past.isVisible()
    care = view.show_page("care")
    care.until.setText("1 March 2020")
    with qtbot.waitSignal(window.libraries.changed):
        QTest.keyClick(care.until, Qt.Key.Key_Return)
    care.back.click()
    qtbot.waitUntil(view.page("providers").past.isVisible)


@pytest.mark.parametrize(("scheme", "percent", "size"), LOOKS)
def test_every_page_of_the_table_is_for_everyone(
    open_window: OpenWindow, qtbot: QtBot, scheme: Scheme, percent: int, size: tuple[int, int]
) -> None:
    window = open_window("start", scheme=scheme, percent=percent, size=size)
    view = example(window, qtbot)
    found: dict[str, list[str]] = {}
    for key in PAGES:
        if key == "provider":
            read(window, qtbot, view.page("providers").table.providers.rows[3].evaluation)
            qtbot.waitUntil(lambda: len(view.page("provider").body.cards) == 3)
        else:
            view.show_page(key)
        assert view.page(key).help_key in helps()
        found[key] = faults(window)
        view.show_page("providers")
    wrong = [f"{screen}: {fault}" for screen, there in found.items() for fault in there]
    assert not wrong, "\n".join(wrong)
    assert window.size().toTuple() == size


def test_what_a_colleague_writes_appears_and_what_a_colleague_takes_out_goes(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window, page, elm = one_read(open_window, qtbot, tmp_path)
    colleague = council.officer(tmp_path / "Northshire", tmp_path / "colleague")
    council.catch_up(colleague)
    colleague.write([council.question(colleague, elm.id, text="Have you seen this?")])
    window.libraries.look_for_news()
    qtbot.waitUntil(lambda: [card.shown.note.text for card in page.body.cards] == ["Have you seen this?"])
    of_library.remove_evaluation(colleague, elm.id)
    colleague.close()
    window.libraries.look_for_news()
    qtbot.waitUntil(shown(window).page("providers").isVisible)
    qtbot.waitUntil(lambda: shown(window).page("providers").table.providers.rows == [])


def test_a_colleagues_request_is_taken_over_with_a_reason_and_an_unfinished_reason_takes_nothing_over(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window, page, elm = one_read(open_window, qtbot, tmp_path)
    colleague = council.officer(tmp_path / "Northshire", tmp_path / "colleague")
    council.catch_up(colleague)
    asked = council.question(colleague, elm.id, audience="provider")
    colleague.write([asked])
    colleague.close()
    window.libraries.look_for_news()
    qtbot.waitUntil(lambda: bool(page.body.cards))

    def take_over() -> None:
        (card,) = [one for one in page.body.cards if one.shown.note == asked]
        words = [one.text() for one in card.findChildren(LinkButton)]
        assert words == ["Take it over…", "Write more…"], "nobody closes or takes back what a colleague asked"
        card.asked.emit("take-over")
        page.body.form.text.setPlainText("On leave until March.")

    take_over()
    page.leave()
    qtbot.waitUntil(lambda: len(lines_of(window, qtbot, elm.id)) == 2)
    assert [line.what for line in lines_of(window, qtbot, elm.id)] == ["note", "note"]
    page = read(window, qtbot, elm.id)
    qtbot.waitUntil(lambda: len(page.body.cards) == 2)
    take_over()
    page.body.form.keep.click()
    qtbot.waitUntil(lambda: any(card.shown.asker == page.reading.who != asked.who for card in page.body.cards))


def test_what_is_typed_stays_when_the_folder_is_away(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[Any] = []
    monkeypatch.setattr(Dialogs, "tell_error", lambda _self, *error: told.append(error))
    window, page, elm = one_read(open_window, qtbot, tmp_path)
    (tmp_path / "Northshire").rename(tmp_path / "unplugged")
    select(page, elm.area("home-family").support[:30])
    page.bar.asked.emit("question")
    page.body.form.text.setPlainText("Which of them?")
    page.body.form.whom.load("provider")
    page.body.form.keep.click()
    qtbot.waitUntil(lambda: told != [])
    assert page.body.form.text.value() == "Which of them?"
    window.libraries.look_for_news()
    qtbot.waitUntil(lambda: "cannot be reached" in window.header.state.text())
    assert window.header.state.text().startswith("The folder of this library")
    (tmp_path / "unplugged").rename(tmp_path / "Northshire")
    page.body.form.keep.click()
    qtbot.waitUntil(lambda: page.body.form is None)
    assert [line.text for line in lines_of(window, qtbot, elm.id)] == ["Which of them?"]


def test_a_provider_that_cannot_be_read_leads_back_to_the_list_and_shows_no_others_words(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[Any] = []
    monkeypatch.setattr(Dialogs, "tell_error", lambda _self, *error: told.append(error))
    window, page, _elm = one_read(open_window, qtbot, tmp_path)
    oak = council.evaluation("Oak")
    receive(window, qtbot, *council.put(tmp_path / "inbox", oak))
    table = shown(window).show_page("providers").table
    qtbot.waitUntil(lambda: len(table.providers.rows) == 2)
    (tmp_path / "Northshire").rename(tmp_path / "unplugged")
    table.choose(oak.id)
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: told != [])
    qtbot.waitUntil(table.isVisible)
    assert "Oak: the folder of this library cannot be reached" in str(told)
    assert not page.isVisible()
