"""The council's window: opens a library as it opens a file, receives packs, and shows them in alphabetical order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.library import council
from tests.ui.test_for_everyone import faults, settle

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from apq_desktop.ui.pages.library.library_view import LibraryView
    from apq_desktop.ui.widgets.theme import Scheme
    from apq_desktop.ui.window.main_window import MainWindow
    from tests.ui.conftest import OpenWindow


def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, key, modifiers)
    settle()


def shown(window: MainWindow) -> LibraryView:
    assert window.library_place.view is not None
    return window.library_place.view


def new_library(window: MainWindow, folder: Path, qtbot: QtBot) -> LibraryView:
    """Make a library in an empty folder, by a person with a role."""
    failures: list[Any] = []
    window.libraries.failed.connect(lambda *error: failures.append(error))
    with qtbot.waitSignal(window.libraries.opened):
        window.libraries.open(str(folder), new=True)
    assert not failures
    qtbot.waitUntil(lambda: not window.libraries.receiving)
    view = shown(window)
    QTest.keyClicks(view.who.role, "Quality officer")
    with qtbot.waitSignal(view.who.done):
        press(Qt.Key.Key_Return)
    return view


def receive(window: MainWindow, qtbot: QtBot, *paths: Path) -> None:
    with qtbot.waitSignal(window.libraries.received):
        window.commands.open.open_dropped(paths)
    qtbot.waitUntil(lambda: shown(window).page("providers").table.providers.rows != [])
    settle()


def test_a_library_stands_in_the_place_of_the_file_and_a_file_in_its_place(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window = open_window("example")
    library_menu = window.menus.menus["library"].menuAction()
    assert not library_menu.isVisible(), "who receives nothing never meets it"
    assert window.view is not None
    file = window.view.here.path
    new_library(window, tmp_path / "Northshire", qtbot)
    assert library_menu.isVisible()
    assert window.view is None
    assert window.header.setting.text() == "Northshire"
    with qtbot.waitSignal(window.evaluation_shown):
        window.open_file(file)
    assert window.library_place.view is None
    assert not window.libraries.is_open
    assert not library_menu.isVisible()
    with qtbot.waitSignal(window.libraries.opened):
        window.libraries.open(str(tmp_path / "Northshire"))
    stand = window.libraries.stand
    assert stand is not None
    assert stand.person.role == "Quality officer", "it is asked once for each library"


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


@pytest.mark.parametrize(
    ("scheme", "percent", "size"),
    [("light", 100, (1180, 800)), ("dark", 200, (1024, 600)), ("light", 200, (1180, 800))],
)
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
    QTest.keyClicks(view.who.role, "Quality officer")
    with qtbot.waitSignal(view.who.done):
        view.who.go.click()
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
