"""A library in the window, as a person at a council handles it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.library import council
from tests.ui.keyboard import Keyboard, press
from tests.ui.screens import settle

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from apq_desktop.evaluation.model import Evaluation
    from apq_desktop.review.lines import ReviewLine
    from apq_desktop.ui.pages.library.library_view import LibraryView
    from apq_desktop.ui.window.main_window import MainWindow
    from tests.ui.conftest import OpenWindow


def shown(window: MainWindow) -> LibraryView:
    assert window.library_presenter.view is not None
    return window.library_presenter.view


def new_library(
    window: MainWindow, place: Path | str, qtbot: QtBot, password: str = "", *, new: bool = True
) -> LibraryView:
    """Make a library in an empty folder or database, or open the one that is there, by a person with a role."""
    failures: list[Any] = []
    window.libraries.failed.connect(lambda *error: failures.append(error))
    with qtbot.waitSignal(window.libraries.opened):
        window.libraries.open(str(place), password, new=new)
    assert not failures
    qtbot.waitUntil(lambda: not window.libraries.receiving)
    view = shown(window)
    QTest.keyClicks(view.who.card.role, "Quality officer")
    with qtbot.waitSignal(view.who.done):
        press(Qt.Key.Key_Return)
    return view


def receive(window: MainWindow, qtbot: QtBot, *paths: Path) -> None:
    with qtbot.waitSignal(window.libraries.received):
        window.commands.open.open_dropped(paths)
    qtbot.waitUntil(lambda: shown(window).page("providers").table.providers.rows != [])
    settle()


def read(window: MainWindow, qtbot: QtBot, evaluation: str) -> Any:
    """Open a provider from the list, and wait until it is shown."""
    view = shown(window)
    table = view.page("providers").table
    table.choose(evaluation)
    table.setFocus()
    press(Qt.Key.Key_Return)
    page = view.page("provider")
    qtbot.waitUntil(lambda: page.reading is not None and page.reading.revision.evaluation == evaluation)
    settle()
    return page


def one_read(open_window: OpenWindow, qtbot: QtBot, tmp_path: Path) -> tuple[MainWindow, Any, Evaluation]:
    """A new library that received one evaluation, which is open to be read: the window, its page, the evaluation."""
    window = open_window("start")
    new_library(window, tmp_path / "Northshire", qtbot)
    elm = council.evaluation("Elm")
    receive(window, qtbot, *council.put(tmp_path / "inbox", elm))
    return window, read(window, qtbot, elm.id), elm


def select(page: Any, words: str) -> None:
    """Select words where they stand first."""
    cursor = page.body.text.document().find(words)
    assert cursor.hasSelection(), words
    page.body.text.setFocus()
    page.body.text.setTextCursor(cursor)
    settle()


def lines_of(window: MainWindow, qtbot: QtBot, evaluation: str) -> list[ReviewLine]:
    """What is written about an evaluation, as the library has it."""
    found: list[list[ReviewLine]] = []
    window.libraries.run(lambda library: library.lines(evaluation), found.append)
    qtbot.waitUntil(lambda: bool(found))
    return found[0]


def hear(window: MainWindow, qtbot: QtBot) -> None:
    """Ask what colleagues wrote and received since, and wait until it is read."""
    window.libraries.look_for_news()
    lines_of(window, qtbot, "")  # answered after the news, which may begin to receive
    qtbot.waitUntil(lambda: not window.libraries.receiving)
    lines_of(window, qtbot, "")  # the pages have asked for what changed before this


def write(window: MainWindow, qtbot: QtBot, page: Any, words: str, audience: str) -> None:
    """Fill in the form that is open, and keep the note."""
    page.body.form.text.setPlainText(words)
    page.body.form.whom.load(audience)
    with qtbot.waitSignal(window.libraries.changed):
        page.body.form.keep.click()
    qtbot.waitUntil(lambda: any(card.shown.note.text == words for card in page.body.cards))
    settle()


def example(window: MainWindow, qtbot: QtBot) -> LibraryView:
    """Look at the council's example."""
    with qtbot.waitSignal(window.libraries.opened):
        window.menus.actions["open_library_example"].trigger()
    view = shown(window)
    qtbot.waitUntil(lambda: len(view.page("providers").table.providers.rows) == 4)
    qtbot.waitUntil(lambda: not window.libraries.receiving)
    settle()
    return view


def received_by_keyboard(window: MainWindow, qtbot: QtBot, keys: Keyboard) -> None:
    """Make a library, say who writes there, and receive a folder."""
    keys.menu(Qt.Key.Key_F, Qt.Key.Key_Y)
    with qtbot.waitSignal(window.libraries.opened):
        keys.push("Choose an empty folder…")
    qtbot.waitUntil(lambda: not window.libraries.receiving)
    keys.fill("Your role", "Quality officer")
    keys.fill("A short name", "QO")
    with qtbot.waitSignal(shown(window).who.done):
        keys.push("Continue")
    with qtbot.waitSignal(window.libraries.received):
        keys.menu(Qt.Key.Key_L, Qt.Key.Key_F)
