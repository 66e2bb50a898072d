"""A library on a real server in the window: opened by an address and a password, true about where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from apq_desktop.ui.pages.library.choose_library_page import NewLibraryPage, OpenLibraryPage
from apq_desktop.ui.session.libraries.library_status import Person
from apq_desktop.ui.widgets.popups.dialogs import Dialogs
from tests.library import council
from tests.library.postgres import PASSWORD, Postgres, running
from tests.ui.council_window import lines_of, read, receive, select, shown
from tests.ui.screens import faults

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from apq_desktop.ui.window.main_window import MainWindow
    from tests.ui.conftest import OpenWindow


@pytest.fixture(scope="module")
def postgres() -> Iterator[Postgres]:
    yield from running()


def enter(window: MainWindow, qtbot: QtBot, command: str, kind: type[OpenLibraryPage], address: str) -> None:
    """Type an address and a password, as a person does."""
    window.menus.actions[command].trigger()
    page: Any = next(one for one in window.findChildren(kind) if one.isVisible())
    page.address.setText(address)
    page.password.setText(PASSWORD)
    with qtbot.waitSignal(window.libraries.opened):
        page.enter.click()
    assert page.password.text() == ""
    qtbot.waitUntil(lambda: not window.libraries.receiving)


def test_a_server_is_entered_by_address_and_password_and_the_window_says_when_it_is_away(
    open_window: OpenWindow,
    qtbot: QtBot,
    postgres: Postgres,
    tmp_path: Path,
    own_folders: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told: list[Any] = []
    monkeypatch.setattr(Dialogs, "tell_error", lambda _self, *error: told.append(error))
    window, address = open_window("start"), postgres.new_database()
    enter(window, qtbot, "new_library", NewLibraryPage, address)
    window.libraries.introduce(Person("Officer", "O"), lambda: None)
    shown(window).show_page("providers")
    elm = council.evaluation("Elm")
    receive(window, qtbot, *council.put(tmp_path / "inbox", elm))
    page = read(window, qtbot, elm.id)
    postgres.stop()
    window.libraries.look_for_news()
    qtbot.waitUntil(lambda: "cannot be reached" in window.header.state.text())
    assert not faults(window)
    select(page, elm.area("home-family").support[:30])
    page.bar.asked.emit("question")
    page.body.form.text.setPlainText("Which of them?")
    page.body.form.whom.load("us")
    page.body.form.keep.click()
    qtbot.waitUntil(lambda: bool(told))
    assert page.body.form.text.value() == "Which of them?", "what was typed stays"
    assert page.body.form.isEnabled()
    postgres.start()
    page.body.form.keep.click()
    qtbot.waitUntil(lambda: page.body.form is None)
    window.libraries.look_for_news()
    qtbot.waitUntil(lambda: "Saved" in window.header.state.text())
    window.menus.actions["close_library"].trigger()
    enter(window, qtbot, "open_library", OpenLibraryPage, address)
    assert [line.text for line in lines_of(window, qtbot, elm.id)] == ["Which of them?"]
    files = [path for folder in (own_folders, tmp_path) for path in folder.rglob("*") if path.is_file()]
    assert not [path for path in files if PASSWORD.encode() in path.read_bytes()]


def test_without_the_part_for_servers_one_sentence_says_which_installer_to_use(
    open_window: OpenWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("apq_desktop.ui.pages.library.choose_library_page.find_spec", lambda _name: None)
    window = open_window("start")
    window.menus.actions["open_library"].trigger()
    assert not faults(window)
    page: Any = next(one for one in window.findChildren(OpenLibraryPage) if one.isVisible())
    assert not page.address.isVisible()
