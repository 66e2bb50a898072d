"""A setting and an officer go through the whole exchange, each at a window of their own, with the keyboard alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication

from apq_desktop import services
from apq_desktop.ui.widgets.popups.dialogs import Dialogs
from tests.library import council
from tests.ui.council_window import received_by_keyboard, shown
from tests.ui.keyboard import CONTROL, Keyboard
from tests.ui.screens import settle, words_on
from tests.ui.sending import sending_page

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from apq_desktop.ui.window.main_window import MainWindow
    from tests.ui.conftest import OpenWindow

pytestmark = [
    pytest.mark.long,
    pytest.mark.qt_log_ignore("This plugin does not support grabbing the keyboard", extend=True),
]
WRITTEN = "Since March: Ŵŷ, منذ مارس."


class Exchange:
    """Two windows, of which one has the keyboard; what the system's own dialogs are told lies in ``chosen``."""

    def __init__(self, folder: Path, qtbot: QtBot, provider: MainWindow, officer: MainWindow) -> None:
        self.folder, self.qtbot, self.provider, self.officer = folder, qtbot, provider, officer
        self.keys, self.inbox = Keyboard(), folder / "inbox"
        self.chosen = {"Choose an empty folder for the library": folder / "Northshire"}
        self.chosen["Receive a folder of packs"] = self.inbox
        for made in self.chosen.values():
            made.mkdir()

    def sit_at(self, window: MainWindow) -> None:
        window.activateWindow()
        self.qtbot.waitUntil(window.isActiveWindow)
        settle()

    def send(self, files: int) -> None:
        """The provider makes a pack, and all that was made comes to the officer."""
        self.sit_at(self.provider)
        self.keys.press(Qt.Key.Key_Return, CONTROL)
        page = sending_page(self.provider)
        before = set(page.usual_folder.rglob("*.json"))
        self.keys.push("Make the pack")
        self.qtbot.waitUntil(
            lambda: page.pack.make.isEnabled() and len(set(page.usual_folder.rglob("*.json")) - before) == files
        )
        for made in set(page.usual_folder.rglob("*.json")) - before:
            (self.inbox / made.name).write_bytes(made.read_bytes())

    def read(self, number: int) -> Any:
        """The officer reads what was not read yet."""
        self.keys.menu(Qt.Key.Key_L, Qt.Key.Key_U)
        page = shown(self.officer).page("provider")
        self.qtbot.waitUntil(lambda: page.reading is not None and page.reading.revision.number == number)
        settle()
        return page

    def ask(self, page: Any, key: Qt.Key, words: str) -> None:
        """Ask the provider about the words to the end of the line, two lines further down."""
        self.keys.tab_to("What the provider wrote")
        self.keys.press(Qt.Key.Key_Down, times=2)
        self.keys.press(Qt.Key.Key_End, Qt.KeyboardModifier.ShiftModifier)
        self.keys.press(key)
        self.keys.type(words)
        self.keys.tab_to("Who may read it")
        self.keys.press(Qt.Key.Key_End)
        self.keys.push("Keep this note")
        self.qtbot.waitUntil(lambda: any(card.shown.note.text == words for card in page.body.cards))
        settle()

    def reply(self, page: Any, name: str) -> None:
        """Make the reply, which the provider opens as its letter."""
        self.chosen["Make the reply"] = self.folder / f"{name}.json"
        self.chosen["Open a file"] = self.folder / f"{name}.pdf"
        self.keys.push("Make the reply…")
        self.keys.press(Qt.Key.Key_Space)
        self.qtbot.waitUntil(lambda: self.chosen["Open a file"].exists() and not page.foot.form.isVisible())
        self.sit_at(self.provider)
        with self.qtbot.waitSignal(self.provider.evaluation_shown):
            self.keys.press(Qt.Key.Key_O, CONTROL)

    def reviews(self) -> Any:
        """The page that the provider has in view."""
        assert self.provider.view is not None
        return self.provider.view.in_view()

    def keep_answer(self, reviews: Any) -> None:
        """Keep the answer that has the cursor."""
        waiting = len(reviews._waiting)
        self.keys.press(Qt.Key.Key_Tab)
        self.keys.press(Qt.Key.Key_Space)
        self.qtbot.waitUntil(lambda: len(reviews._waiting) == waiting - 1)
        settle()


@pytest.fixture
def exchange(open_window: OpenWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Exchange:
    file = tmp_path / "Llyr.apq"
    services.create_workspace(file, council.evaluation("Canolfan Ŵyn a Llŷr")).close()
    made = Exchange(tmp_path, qtbot, open_window(file), open_window("start"))
    for name in ("choose_folder", "choose_file", "choose_new_file"):
        monkeypatch.setattr(Dialogs, name, lambda _, title, *__: made.chosen[title])
    return made


def asked(exchange: Exchange) -> None:
    """The officer receives, asks two things, and says that something should change."""
    keys, qtbot = exchange.keys, exchange.qtbot
    exchange.send(1)
    exchange.sit_at(exchange.officer)
    received_by_keyboard(exchange.officer, qtbot, keys)
    page = exchange.read(1)
    exchange.ask(page, Qt.Key.Key_P, "Say since when.")
    keys.tab_to("This provider")
    while "Attendance" not in {row.key: row.words for row in page.side.rows}[page.side.current_key()]:
        keys.press(Qt.Key.Key_Down)
    keys.press(Qt.Key.Key_Return)
    exchange.ask(page, Qt.Key.Key_Q, "Which pupils?")
    keys.tab_to("State")
    keys.press(Qt.Key.Key_Home)
    keys.press(Qt.Key.Key_Down)
    keys.tab_to("What should change, in short")
    keys.type("Two things.")
    keys.push("Keep the state")
    qtbot.waitUntil(lambda: "Changes requested" in page.states.text())
    exchange.reply(page, "reply")


def answered(exchange: Exchange) -> None:
    """The provider changes the words of one request, writes a sentence on the other, and sends again."""
    keys, qtbot = exchange.keys, exchange.qtbot
    keys.tab_to("Go there: Question. Which pupils?")
    keys.press(Qt.Key.Key_Return)
    settle()
    keys.press(Qt.Key.Key_End, CONTROL)
    keys.type(" All five.")
    keys.menu(Qt.Key.Key_F, Qt.Key.Key_R)
    reviews = exchange.reviews()
    assert "2 requests wait for you." in words_on(reviews)
    keys.press(Qt.Key.Key_F8)
    exchange.keep_answer(reviews)
    typed = QInputMethodEvent("", [])  # the cursor is in the next one already
    typed.setCommitString(WRITTEN)
    QApplication.sendEvent(keys.at(), typed)
    exchange.keep_answer(reviews)
    exchange.send(2)
    exchange.sit_at(exchange.officer)
    with qtbot.waitSignal(exchange.officer.libraries.received):
        keys.menu(Qt.Key.Key_L, Qt.Key.Key_F)


def closed(exchange: Exchange) -> None:
    """The officer sees what changed, closes both requests, and agrees."""
    keys, qtbot = exchange.keys, exchange.qtbot
    page = exchange.read(2)
    keys.tab_to("What changed since")
    keys.press(Qt.Key.Key_End)
    qtbot.waitUntil(lambda: page.body.text.document().find("All five.").charFormat().fontUnderline())
    for words in ("Say since when.", "Which pupils?"):
        (card,) = (card for card in page.body.cards if card.shown.note.text == words)
        keys.push(f"Close it: {words}")
        qtbot.waitUntil(lambda: card not in page.body.cards)  # noqa: B023 - it is asked at once
        assert keys.at().accessibleName() == f"Open it again…: {words}"
    keys.tab_to("State")
    keys.press(Qt.Key.Key_End)
    qtbot.waitUntil(lambda: "Agreed (" in page.states.text())
    exchange.reply(page, "second reply")


def test_by_keyboard_alone_an_officer_asks_a_setting_answers_and_the_officer_closes(exchange: Exchange) -> None:
    asked(exchange)
    answered(exchange)
    closed(exchange)
    told = words_on(exchange.reviews())
    assert "Agreed, Quality officer" in told
    assert told.count("Closed.\nOn “") == 2
    assert f": {WRITTEN}\n" in told
    assert ": by a change in the text.\n" in told
