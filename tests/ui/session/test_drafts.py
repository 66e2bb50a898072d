"""What is typed and not kept yet: where it stands again, where it never does, and what is said where it cannot."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton

from apq_desktop.paths import own_folder
from apq_desktop.services.libraries import open_library as of_library
from apq_desktop.ui.session.drafts import NOT_KEPT
from apq_desktop.ui.widgets.buttons import Button
from apq_desktop.ui.widgets.popups.dialogs import Dialogs
from apq_desktop.ui.window.file_identity import LIBRARY_OPEN
from tests.library import council
from tests.ui.screens import settle

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from apq_desktop.library.collection import Library
    from apq_desktop.ui.window.main_window import MainWindow
    from tests.ui.conftest import OpenWindow


@pytest.fixture
def library(tmp_path: Path) -> Path:
    folder = tmp_path / "Northshire"
    held = council.officer(folder, of_library.own_libraries())
    council.receive(held, *council.put(tmp_path / "inbox", council.evaluation("Elm"), council.evaluation("Oak")))
    of_library.introduce(held, role="Quality officer", short_name="QO")
    held.close()
    return folder


def opened(window: MainWindow, library: Path, qtbot: QtBot) -> Any:
    """The list of an opened library."""
    with qtbot.waitSignal(window.libraries.opened):
        window.libraries.open(str(library))
    assert window.library_presenter.view is not None
    table = window.library_presenter.view.page("providers").table
    qtbot.waitUntil(lambda: len(table.providers.rows) == 2)
    qtbot.waitUntil(lambda: not window.libraries.receiving)
    return table


def read(window: MainWindow, table: Any, row: int, qtbot: QtBot) -> Any:
    """The page of one provider."""
    view: Any = window.library_presenter.view
    wanted = table.providers.rows[row].evaluation
    view.read(table.providers.rows[row])
    page = view.page("provider")
    qtbot.waitUntil(lambda: page.reading is not None and page.reading.revision.evaluation == wanted)
    settle()
    return page


def on_the_disk(window: MainWindow) -> str:
    """All that is kept of what was typed."""
    window._files.store_thread.do(lambda: None)
    return "".join(path.read_text("utf-8") for path in (own_folder("data") / "drafts").glob("*"))


def test_what_is_typed_on_the_start_page_waits_there_until_a_file_is_begun_with_it(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    window = open_window("start")
    assert window.start_page is not None
    QTest.keyClicks(window.start_page.name, "The Lodge")
    with qtbot.waitSignal(window.evaluation_shown):
        window.commands.open.open_example()
    window.show_start()
    assert window.start_page.name.value() == "The Lodge"
    assert window.close()
    window = open_window("start")
    assert window.start_page is not None
    assert window.start_page.name.value() == "The Lodge"
    assert window.start_page.path().stem == "The Lodge"
    with qtbot.waitSignal(window.evaluation_shown):
        window.start_page.start.click()
    window.show_start()
    assert window.start_page.name.value() == ""
    assert "Lodge" not in on_the_disk(window)


def test_what_is_typed_about_one_provider_never_stands_at_another(
    open_window: OpenWindow, library: Path, qtbot: QtBot
) -> None:
    window = open_window("start")
    table = opened(window, library, qtbot)
    page = read(window, table, 0, qtbot)
    QTest.keyClicks(page.agreements.what, "Ring families")
    page.foot.state.load("changes-requested")
    page.foot.state.changed.emit("changes-requested")
    QTest.keyClicks(page.foot.reason, "Two requests")
    read(window, table, 1, qtbot)
    assert page.agreements.what.value() == ""
    assert (page.foot.reason.value(), page.foot.reason.isVisible()) == ("", False)
    read(window, table, 0, qtbot)
    assert page.agreements.what.value() == "Ring families"
    assert (page.foot.reason.value(), page.foot.reason.isVisible()) == ("Two requests", True)
    page.foot.keep.click()
    qtbot.waitUntil(lambda: "Two requests" in page.states.text())
    assert "Two requests" not in on_the_disk(window)
    assert "Ring families" in on_the_disk(window)


def test_two_presses_do_it_once(
    open_window: OpenWindow, library: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[Any] = []
    monkeypatch.setattr(Dialogs, "tell_error", lambda _self, *error: told.append(error))
    window = open_window("start")
    page = read(window, opened(window, library, qtbot), 0, qtbot)
    there = page.agreements

    def press_twice(within: Any, words: str) -> None:
        (button,) = [one for one in within.findChildren(QAbstractButton) if one.text() == words]
        button.click()
        button.click()

    there.what.setText("Ring families")
    press_twice(there, "Add the action")
    qtbot.waitUntil(lambda: len(there.standing(page.reading)) == 1)
    qtbot.waitUntil(there.isEnabled)
    assert there.what.value() == ""
    assert on_the_disk(window) == ""
    press_twice(there, "Take it back")
    qtbot.waitUntil(lambda: there.standing(page.reading) == [])
    QTest.keyClicks(page.body.text, "q")
    page.body.form.text.setPlainText("Which?")
    press_twice(page.body.form, "Keep this note")
    qtbot.waitUntil(lambda: len(page.body.cards) == 1)
    press_twice(page.body.cards[0], "Close it")
    qtbot.waitUntil(lambda: page.body.cards[0].shown.status == "closed")
    press_twice(page.body.cards[0], "Take it back")
    qtbot.waitUntil(lambda: page.body.cards == [])
    assert told == []
    written: list[list[str]] = []

    def kinds_of_lines(held: Library) -> list[str]:
        return [str(line.what) for line in held.lines(page.reading.revision.evaluation)]

    window.libraries.run(kinds_of_lines, written.append)
    qtbot.waitUntil(lambda: bool(written))
    assert written == [["agreed-action", "withdraw", "note", "close", "withdraw"]]


@pytest.mark.parametrize("nothing", ["\u200b", "\ufeff", " \u00ad "], ids=ascii)
def test_what_nobody_can_see_is_nothing_to_write_in_a_library(
    open_window: OpenWindow, library: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, nothing: str
) -> None:
    told: list[Any] = []
    monkeypatch.setattr(Dialogs, "tell_error", lambda _self, *error: told.append(error))
    window = open_window("start")
    page = read(window, opened(window, library, qtbot), 0, qtbot)
    for field in (page.agreements.what, page.agreements.day, page.agreements.seen, page.agreements.next):
        field.setText(nothing)
    QTest.keyClicks(page.body.text, "q")
    page.body.form.text.setPlainText(nothing)
    page.foot.state.changed.emit("changes-requested")
    page.foot.reason.setPlainText(nothing)
    for button in (*page.agreements.findChildren(Button), page.foot.keep, page.body.form.keep):
        button.click()
    page.leave()
    view: Any = window.library_presenter.view
    view.page("care").who.role.setText(nothing)
    view.page("care").who.go.click()
    found: list[str] = []
    window.libraries.run(
        lambda held: f"{[held.lines(one.evaluation) for one in held.providers()]}{of_library.person(held)[0]}",
        found.append,
    )
    qtbot.waitUntil(lambda: bool(found))
    assert found == ["[[], []]Quality officer"]
    assert told == []


def test_what_is_typed_about_a_provider_goes_when_it_is_taken_out(
    open_window: OpenWindow, library: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Dialogs, "ask", lambda _self, _title, _text, choices: choices[-1][1]())
    window = open_window("start")
    table = opened(window, library, qtbot)
    page = read(window, table, 0, qtbot)
    QTest.keyClicks(page.agreements.what, "Ring families")
    page.foot.setFocus()
    page.taking_out.out.click()
    qtbot.waitUntil(lambda: len(table.providers.rows) == 1)
    assert "Ring" not in on_the_disk(window)


def test_where_nothing_can_be_kept_it_is_said_and_the_words_stay(
    open_window: OpenWindow, library: Path, qtbot: QtBot
) -> None:
    (own_folder("data") / "drafts").write_text("a file where the folder should be", encoding="utf-8")
    window = open_window("start")
    page = read(window, opened(window, library, qtbot), 0, qtbot)
    QTest.keyClicks(page.agreements.what, "Ring families")
    with qtbot.waitSignal(window.app.drafts.failed):
        page.agreements.who.setFocus()
    assert window.notification_bar.text.text() == NOT_KEPT
    assert page.agreements.what.value() == "Ring families"
    assert window.identity.save_and_say() == NOT_KEPT
    (own_folder("data") / "drafts").unlink()
    QTest.keyClicks(page.agreements.what, "s")
    assert window.identity.save_and_say() == LIBRARY_OPEN
    assert "Ring familiess" in on_the_disk(window)
