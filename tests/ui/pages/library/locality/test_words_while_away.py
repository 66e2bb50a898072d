"""What is typed about a library that cannot be reached waits, is said not to be saved, and comes in when it is back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from apq_desktop.library.files import MARK
from apq_desktop.services.locality import themes
from apq_desktop.ui.widgets.popups.dialogs import Dialogs
from tests.cases import first
from tests.library import council
from tests.ui.council_window import new_library, receive, shown
from tests.ui.keyboard import press
from tests.ui.screens import settle

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from apq_desktop.ui.window.main_window import MainWindow
    from tests.ui.conftest import OpenWindow


def matrix(window: MainWindow, qtbot: QtBot) -> Any:
    page = shown(window).show_page("themes")
    qtbot.waitUntil(lambda: page.table.cells.columnCount() > 1)
    settle()
    return page


def summaries(window: MainWindow, qtbot: QtBot) -> list[str]:
    """What is summed up, as the library has it."""
    found: list[list[str]] = []
    window.libraries.run(lambda library: [line.text for line in library.state().summaries.values()], found.append)
    qtbot.waitUntil(lambda: bool(found))
    return sorted(found[0])


@pytest.mark.parametrize("way", first(1, ["open meanwhile", "closed meanwhile"]))
def test_summaries_that_are_typed_while_the_folder_is_away_wait_in_their_cells_and_come_in_when_it_is_back(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    told: list[str] = []
    monkeypatch.setattr(Dialogs, "tell_error", lambda _self, title, _error: told.append(title))
    window, mark = open_window("start"), tmp_path / "Northshire" / MARK
    new_library(window, mark.parent, qtbot)
    receive(window, qtbot, *council.put(tmp_path / "inbox", *map(council.evaluation, ("Elm", "Zed"))))
    with qtbot.waitSignal(window.libraries.changed):
        window.libraries.write(lambda library: themes.add_theme(library, "Mornings"))
    page = matrix(window, qtbot)
    away = mark.rename(mark.with_name("away"))
    for row, words in enumerate(("By bus.", "By taxi.")):
        page.table.choose(row, 1)
        page.table.setFocus()
        press(Qt.Key.Key_Return)
        QTest.keyClicks(page.pane.text, words)
        press(Qt.Key.Key_Escape)
        qtbot.waitUntil(lambda: "cannot be reached" in window.header.state.text())
    assert told == ["Your words are not kept yet"], "once, and not at every pause"
    page.table.choose(0, 1)
    assert page.pane.text.value() == "By bus."
    if way == "closed meanwhile":
        window.menus.actions["close_library"].trigger()
    away.rename(mark)
    if way == "closed meanwhile":
        with qtbot.waitSignal(window.libraries.opened):
            window.libraries.open(str(mark.parent))
        page = matrix(window, qtbot)
    else:
        window.libraries.look_for_news()
    qtbot.waitUntil(lambda: summaries(window, qtbot) == ["By bus.", "By taxi."])
    assert "Saved" in window.header.state.text()
    assert window.app.drafts.of(str(mark.parent)) == {}


@pytest.mark.parametrize("typed", [["", ""], ["By taxi.", "By bus."]], ids=["emptied", "put back as it was"])
def test_what_a_summary_is_last_while_the_folder_is_away_it_is_when_it_is_back(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typed: list[str]
) -> None:
    monkeypatch.setattr(Dialogs, "tell_error", lambda *_: None)
    window, mark = open_window("start"), tmp_path / "Northshire" / MARK
    new_library(window, mark.parent, qtbot)
    receive(window, qtbot, *council.put(tmp_path / "inbox", council.evaluation("Elm")))
    with qtbot.waitSignal(window.libraries.changed):
        window.libraries.write(lambda library: themes.add_theme(library, "Mornings"))
    page = matrix(window, qtbot)
    page.table.choose(0, 1)
    page.pane.text.setPlainText("By bus.")
    page.pane.text.keep_now()
    qtbot.waitUntil(lambda: summaries(window, qtbot) == ["By bus."])
    away = mark.rename(mark.with_name("away"))
    for words in typed:
        page.pane.text.setPlainText(words)
        page.pane.text.keep_now()
        qtbot.waitUntil(lambda: "cannot be reached" in window.header.state.text())
    window.menus.actions["close_library"].trigger()
    away.rename(mark)
    with qtbot.waitSignal(window.libraries.opened):
        window.libraries.open(str(mark.parent))
    page = matrix(window, qtbot)
    page.table.choose(0, 1)
    assert page.pane.text.value() == typed[-1]
    qtbot.waitUntil(lambda: "".join(summaries(window, qtbot)) == typed[-1])
