"""A window of the program in a process of its own, which does what each line of its input says.

    python -m tests.library.window_process FOLDER

A line is JSON: the name of a step of ``Steps`` and what it is given. The answer is a line of JSON too: what the step
saw. What goes wrong ends the process with a trace, and a picture of the window is left in FOLDER.
"""

from __future__ import annotations

import json
import os
import sys
import traceback
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, NoReturn

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qt_compat import qt_api

from apq_desktop import paths
from apq_desktop.evaluation.edits.changes import Target
from apq_desktop.services.libraries.open_library import shared_exchange
from apq_desktop.toolkit.loader import load
from apq_desktop.ui.session.open_file.file_controller import FileController
from apq_desktop.ui.widgets.buttons import LinkButton
from apq_desktop.ui.widgets.popups.dialogs import Dialogs
from apq_desktop.ui.widgets.theme import Theme
from apq_desktop.ui.window.main_window import MainWindow
from apq_desktop.ui.window.runtime.garbage import collect_at_rest
from tests.library.separate_computers import told
from tests.ui import council_window as council
from tests.ui.keyboard import press
from tests.ui.screens import settle
from tests.ui.sending import make_pack, sending_page
from tests.ui.wait import LongTimeoutBot

if TYPE_CHECKING:
    from collections.abc import Sequence

    from apq_desktop.review.exchange_state import Exchange
    from apq_desktop.ui.widgets.side_rows import SideRow

KEYS = {"change": Qt.Key.Key_P, "question": Qt.Key.Key_Q, "agreed": Qt.Key.Key_A, "note": Qt.Key.Key_N}


class Steps:
    """One method for each thing that an officer, a peer, or a person of a setting does at the window."""

    def __init__(self, folder: Path) -> None:
        self._app = QApplication([])
        self._app.setFont(QFont("DejaVu Sans"))
        collect_at_rest()
        qt_api.set_qt_api("pyside6")
        self._bot = LongTimeoutBot(SimpleNamespace(config=SimpleNamespace(getini=lambda _: None)))  # type: ignore[arg-type]
        catalogue = load(paths.forms())
        self.window = MainWindow(FileController(lambda: catalogue), Theme(self._app), folder)
        self.window.show()
        self._bot.waitExposed(self.window)
        self.window.activateWindow()
        self.window.show_start()

    def close(self) -> None:
        assert self.window.close(), "the window stayed open: something could not be saved"

    # At a council, or a peer

    def library(self, place: str, password: str = "", *, new: bool) -> None:
        """Make a library in a folder or at an address, or open the one there."""
        council.new_library(self.window, place, self._bot, password, new=new)

    def receive(self, *paths: str) -> dict[str, Any]:
        """Drop files and folders onto the window. Says what became of them, and what the page says of it."""
        with self._bot.waitSignal(self.window.libraries.received) as received:
            self.window.commands.open.open_dropped([Path(one) for one in paths])
        settle()
        line = council.shown(self.window).page("providers").line
        outcomes = [arrived.outcome for arrived in received.args[0].arrived]
        return {"outcomes": outcomes, "refused": line.named(), "said": line.words.text()}

    def ask(self, evaluation: str, notes: Sequence[dict[str, str]]) -> None:
        """Write notes on words of a provider: each has words, kind, text and audience."""
        page = self._read(evaluation)
        for note in notes:
            council.select(page, note["words"])
            press(KEYS[note["kind"]])
            council.write(self.window, self._bot, page, note["text"], note["audience"])

    def close_all(self, evaluation: str, reason: str) -> int:
        """Close all that waits for us, after taking over what a colleague asked. Says how many were taken over."""
        page, taken = self._read(evaluation), 0
        for text in [card.shown.note.text for card in page.body.cards if card.shown.waits_for == "reviewer"]:
            if _card(page, text).shown.asker != page.reading.who:
                _push(_card(page, text), "Take it over…")
                page.body.form.text.setPlainText(reason)
                page.body.form.keep.click()
                self._bot.waitUntil(lambda: _card(page, text).shown.asker == page.reading.who)  # noqa: B023
                taken += 1
            _push(_card(page, text), "Close it")
            self._bot.waitUntil(lambda: _card(page, text).shown.status == "closed")  # noqa: B023 - it is asked at once
        return taken

    def changed_since(self, evaluation: str, number: int) -> list[str]:
        """Have marked what changed since a revision. Says the texts with a change in them, as they read now."""
        page = self._read(evaluation)
        _choose(page.since, str(number))
        sections = lambda: page.reading.sections  # noqa: E731
        self._bot.waitUntil(lambda: bool(_changed(sections())))
        return _changed(sections())

    def reply(self, evaluation: str, target: str, *, letter: bool) -> str:
        """Make the reply. Says what the window says of it."""
        page = self._read(evaluation)
        form, before = page.foot.form, len(page.reading.replies)
        Dialogs.choose_new_file = lambda *_: Path(target)  # type: ignore[method-assign] # the system's own dialog
        page.foot.reply.click()
        form.letter.setChecked(letter)
        form.make.click()
        self._bot.waitUntil(lambda: len(page.reading.replies) == before + 1 and not form.isVisible())
        return self.window.notification_bar.text.text()

    def standing(self, evaluation: str) -> dict[str, Any]:
        """All that is for one provider, and what waits for us and for them, as the list at the left has it."""
        rows = self._read(evaluation).side.rows
        exchanges: list[Exchange] = []
        self.window.libraries.run(partial(shared_exchange, evaluation=evaluation), exchanges.append)
        self._bot.waitUntil(lambda: bool(exchanges))
        lists = _waiting(rows, {"Waits for us": "reviewer", "Waits for them": "setting"})
        return {"exchange": told(exchanges[0]), "lists": lists}

    def providers(self) -> list[list[str]]:
        """The list of providers: how each stands, and whom it waits for."""
        view = council.shown(self.window)
        view.show_page("providers")
        council.hear(self.window, self._bot)
        table = view.page("providers").table.providers
        self._bot.waitUntil(lambda: table.rows != [])
        return [[row.name, row.status.word, row.status.waits_for, str(row.number)] for row in table.rows]

    # At a setting

    def file(self, path: str) -> None:
        """Open a file of one's own."""
        with self._bot.waitSignal(self.window.evaluation_shown):
            self.window.open_file(Path(path))

    def write(self, kind: str, key: str, area: str, words: str) -> None:
        """Write other words into an entry of an area."""
        assert self.window.view is not None
        assert self.window.session is not None
        page = self.window.view.show_area(area)
        editor = page.binding.field(Target(kind, key, area), "text")  # type: ignore[arg-type] # a name of the model
        editor.setFocus()
        with self._bot.waitSignal(self.window.session.autosave.saved):
            press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
            QTest.keyClicks(editor, words)

    def answer_all(self, words: str) -> int:
        """Answer all that waits, one after the other by F8. Says how many that were."""
        page, answered = self._reviews(), 0
        while page._waiting:
            press(Qt.Key.Key_F8)
            form = next(form for form in page._waiting if form.text.hasFocus())
            form.text.insertPlainText(f"{words}: {form.note.text}")
            left = len(page._waiting)
            form.keep.click()
            self._bot.waitUntil(lambda: len(page._waiting) < left)  # noqa: B023 - it is asked at once
            answered += 1
        return answered

    def send(self) -> list[str]:
        """Make the pack. Says which files were made, those with answers among them."""
        page = sending_page(self.window)
        before = set(page.usual_folder.rglob("*"))
        make_pack(page, self._bot)
        return sorted(str(path) for path in set(page.usual_folder.rglob("*")) - before if path.is_file())

    def own_lists(self, party: str) -> dict[str, list[str]]:
        """What waits for the setting and for one reviewer, as the list at the left of Reviews has it."""
        rows = list(self._reviews().side.rows)
        (title,) = (n for n, row in enumerate(rows) if row.words == party and not row.key)
        return _waiting(rows[title + 1 :], {"Waits for you": "setting", "Waits for the reviewer": "reviewer"})

    def _read(self, evaluation: str) -> Any:
        self.providers()
        return council.read(self.window, self._bot, evaluation)

    def _reviews(self) -> Any:
        self.window.show_page("reviews")
        assert self.window.view is not None
        settle()
        return self.window.view.in_view()


def _changed(sections: Sequence[Any]) -> list[str]:
    texts = [text for section in sections for part in section.parts for text in part.texts]
    return [one.text for one in texts if any(segment.kind != "equal" for segment in one.segments)]


def _choose(field: Any, value: str) -> None:
    field.load(value)
    field.changed.emit(value)


def _card(page: Any, text: str) -> Any:
    return next((card for card in page.body.cards if card.shown.note.text == text), None)


def _push(within: Any, words: str, kind: Any = LinkButton) -> None:
    button = next(button for button in within.findChildren(kind) if button.text() == words)
    assert button.isEnabled(), words
    button.click()


def _waiting(rows: Sequence[SideRow], headings: dict[str, str]) -> dict[str, list[str]]:
    """Under each heading the areas with what waits there, up to the first other heading."""
    found: dict[str, list[str]] = {side: [] for side in headings.values()}
    side = ""
    for row in rows:
        if not row.key and row.words not in headings:
            break
        if row.key:
            found[side].append(f"{row.words}: {row.note}")
        else:
            side = headings[row.words]
    return found


def main(folder: Path) -> None:
    """Do line by line what is said on standard input, until the window is closed."""

    def give_up(*error: Any) -> NoReturn:
        traceback.print_exception(*error)
        sys.stderr.flush()
        for number, one in enumerate(QApplication.topLevelWidgets()):
            one.grab().save(str(folder.parent / f"failed {number}.png"))
        os._exit(3)

    sys.excepthook = give_up  # Qt would go on after an error in a slot
    Dialogs.tell_error = lambda _self, title, error: give_up(RuntimeError(f"{title}: {error}"))  # type: ignore[assignment, method-assign]
    steps, step = Steps(folder), ""
    print('"ready"', flush=True)
    while step != "close":
        step, given, named = json.loads(sys.stdin.readline())
        print(json.dumps(getattr(steps, step)(*given, **named)), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
