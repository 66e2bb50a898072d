"""Whatever is typed in a library, on its way in, or on the start page stands there again, however it is left.

The editors are found: each page of the tables is shown, each of its buttons pressed, each letter that begins a note is
typed, each choice made. What is typed is in the library, or in its field when one comes to the place again. Only what
looks for something, and a password, is not kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QTableView, QWidget

from apq_desktop import services
from apq_desktop.evaluation.model import new_evaluation
from apq_desktop.services.libraries import open_library as of_library
from apq_desktop.services.locality import themes
from apq_desktop.ui.fields.choice_fields import ChoiceField
from apq_desktop.ui.pages.library.library_view import PAGES
from apq_desktop.ui.pages.library.reading.provider_page import KEYS
from apq_desktop.ui.session.typing_pauses import LONGEST_MS, PAUSE_MS
from apq_desktop.ui.widgets.fold import Fold
from apq_desktop.ui.widgets.popups.dialogs import Dialogs
from tests.cases import first
from tests.library import council
from tests.ui.editors import Disk, editors_in_view, is_worth_keeping, kind_of, text_of
from tests.ui.screens import settle

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from apq_desktop.toolkit.catalogue import Catalogue
    from apq_desktop.ui.window.main_window import MainWindow
    from tests.ui.conftest import OpenWindow

NEVER = 10**8
SOON_MS = 1_000
FOUND: dict[tuple[str, ...], tuple[str, ...]] = {}
"""What the first test found; the others begin with the same."""
Opener = tuple[str, ...]
DOORS = ("open_library", "new_library")
WAYS = first(
    1, ["close", "pause", "page", "tab", "another_window", "provider", "file", "start_page", "export", "crash"]
)


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """Two providers, a request about each, and a person who is known."""
    folder = tmp_path / "Northshire"
    made = [council.evaluation("Elm"), council.evaluation("Oak")]
    held = council.officer(folder, of_library.own_libraries())
    council.receive(held, *council.put(tmp_path / "inbox", *made))
    of_library.introduce(held, role="Quality officer", short_name="QO")
    themes.add_theme(held, "Families")
    for one in made:
        held.write([council.question(held, one.id, audience="provider")])
    held.close()
    return folder


@pytest.fixture(autouse=True)
def nothing_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever is asked changes their mind."""
    for name in ("getOpenFileName", "getOpenFileNames", "getSaveFileName"):
        monkeypatch.setattr(QFileDialog, name, staticmethod(lambda *_: ("", "")))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", staticmethod(lambda *_: ""))
    monkeypatch.setattr(Dialogs, "ask", lambda *_: None)


class Walk:
    """One window and its library."""

    def __init__(
        self, open_window: OpenWindow, library: Path, other: Path, home: Path, qtbot: QtBot, catalogue: Catalogue
    ) -> None:
        self.library, self.other, self.home, self.qtbot = library, other, home, qtbot
        self.alike = {area.key for area in catalogue.areas[2:]}  # where an area is chosen, two tell for all
        self._open_window = open_window
        self.begin()

    def begin(self) -> None:
        """A new window, with the library open and no timer that keeps anything: only leaving does."""
        self.window: MainWindow = self._open_window("start")
        self.window.setUpdatesEnabled(False)  # painting takes a quarter of the time, and no word hangs on it
        for timer in self.window.app.drafts.findChildren(QTimer):
            timer.setInterval(NEVER)
        self.window.libraries._ask_for_news.setInterval(NEVER)
        self.open_library()

    def open_library(self) -> None:
        with self.qtbot.waitSignal(self.window.libraries.opened):
            self.window.libraries.open(str(self.library))
        self.qtbot.waitUntil(lambda: not self.window.libraries.receiving)

    @property
    def view(self) -> Any:
        return self.window.library_presenter.view

    def done(self) -> None:
        """Wait for what is being done in the library and on the disk."""
        ended: list[object] = []
        if self.window.libraries.is_open:
            self.window.libraries.run(lambda _: None, lambda _: ended.append(None))
            self.qtbot.waitUntil(lambda: bool(ended))
        self.window._files.store_thread.do(lambda: None)
        settle()

    # Where editors are

    def openers(self) -> Iterator[Opener]:
        """Every page; on each what every button leads to, every choice, and every letter that begins a note."""
        for door in DOORS:
            yield ("menu", door)
        for key in PAGES:
            self.show(("page", key))
            buttons = [one for one in self.view.pages[key].findChildren(QAbstractButton) if one.isVisible()]
            buttons.sort(
                key=lambda one: not one.text().endswith("…")
            )  # what asks for more, before what is done at once
            choices = [
                (one.accessibleName(), str(one.itemData(n)))
                for one in self.view.pages[key].findChildren(ChoiceField)
                if one.isVisible()
                for n in range(one.count())
                if str(one.itemData(n)).removeprefix("area:") not in self.alike
            ]
            yield ("page", key)
            yield from (("page", key, "button", one.accessibleName() or one.text()) for one in buttons)
            yield from (("page", key, "choice", name, value) for name, value in choices)
        yield from (("page", "provider", "letter", letter) for letter in KEYS)
        yield ("start",)

    def show(self, opener: Opener) -> None:
        """Go to a place."""
        if opener == ("start",):
            self.window.show_start()
            settle()
            return
        if not self.window.libraries.is_open:
            self.open_library()
        if opener[0] == "menu":
            self.window.menus.actions[opener[1]].trigger()
        else:
            self._show_page(*opener[1:])
        self.done()
        for fold in self.window.findChildren(Fold):
            if fold.isVisible():
                fold.unfold()
        for table in self.window.findChildren(QTableView):
            if table.isVisible():
                table.setCurrentIndex(table.model().index(0, table.model().columnCount() - 1))
        settle()

    def _show_page(self, key: str, what: str = "", name: str = "", value: str = "") -> None:
        self.window.library_presenter._show_page("providers")
        for choice in self.view.page("providers").findChildren(ChoiceField):
            if choice.value():
                choice.load("")
                choice.changed.emit("")
                self.done()
        if key == "provider":
            table = self.view.page("providers").table
            self.qtbot.waitUntil(lambda: len(table.providers.rows) == 2)
            self.view.read(table.providers.rows[0])
            self.qtbot.waitUntil(lambda: self.view.page("provider").reading is not None)
            self.qtbot.waitUntil(lambda: self.view.page("provider").isVisible())
        else:
            self.view.show_page(key)
        self.done()
        page: QWidget = self.view.page(key)
        match what:
            case "button":
                buttons = [one for one in page.findChildren(QAbstractButton) if one.isVisible() and one.isEnabled()]
                for button in [one for one in buttons if name in (one.accessibleName(), one.text())][:1]:
                    button.click()
            case "choice":
                (field,) = [one for one in page.findChildren(ChoiceField) if one.accessibleName() == name][:1]
                field.load(value)
                field.changed.emit(value)
            case "letter":
                self.view.page("provider").body.text.setFocus()
                QTest.keyClicks(self.view.page("provider").body.text, name)

    def editors(self) -> list[Any]:
        """Whatever can be written in now and is worth keeping."""
        return [one for one in editors_in_view(self.window) if is_worth_keeping(one)]

    def kinds(self) -> dict[tuple[str, ...], Opener]:
        """One of each kind of editor, with the first place where it is."""
        found: dict[tuple[str, ...], Opener] = {}
        before = Disk(self.library, self.home)
        for opener in list(self.openers()):
            self.show(opener)
            for editor in self.editors():
                found.setdefault(kind_there(editor, opener), opener)
            if self.view is not None and (form := self.view.page("provider").body.form):
                form.left.emit()
        assert self.window.close()
        before.come_back()
        self.begin()
        return found

    # What is kept

    def is_kept(self, kind: tuple[str, ...], opener: Opener, words: str) -> bool:
        """Whether words are in the library, or in their field when one comes there again."""
        if opener != ("start",) and not self.window.libraries.is_open:
            self.open_library()
        self.show(opener if "letter" not in opener else opener[:2])
        if any(kind_there(one, opener) == kind and words in text_of(one) for one in editors_in_view(self.window)):
            return True
        found: list[str] = []
        if self.window.libraries.is_open:
            self.window.libraries.run(_all_lines, found.append)
            self.qtbot.waitUntil(lambda: bool(found))
        return words in "".join(found)

    # The ways to leave. Each returns once what it keeps is kept.

    def pause(self) -> None:
        drafts, timers = self.window.app.drafts, self.window.findChildren(QTimer)
        assert PAUSE_MS <= LONGEST_MS < SOON_MS
        pauses = [one for one in timers if one.isSingleShot() and one.isActive() and one.interval() < SOON_MS]
        pauses += [one for one in drafts.findChildren(QTimer) if one.isActive()]
        for timer in pauses:
            timer.start(1)
        self.qtbot.waitUntil(lambda: not any(timer.isActive() for timer in pauses))
        self.done()
        self._killed()

    def page(self) -> None:
        self.window.menus.actions["show_help"].trigger()

    def tab(self) -> None:
        if self.window.libraries.is_open:
            on_care = self.view._stack.currentWidget() is self.view.page("care")
            self._show_page("providers" if on_care else "care")

    def another_window(self) -> None:
        other = QWidget()
        self.qtbot.addWidget(other)
        other.show()
        other.activateWindow()
        self.qtbot.waitUntil(lambda: not self.window.isActiveWindow())
        self.done()
        self._killed()

    def provider(self) -> None:
        if self.window.libraries.is_open:
            table = self.view.page("providers").table
            self.view.read(table.providers.rows[1])

    def file(self) -> None:
        with self.qtbot.waitSignal(self.window.evaluation_shown):
            self.window.open_file(self.other)

    def start_page(self) -> None:
        self.window.commands.library.close_library()

    def export(self) -> None:
        reply = self.library.with_name(f"reply {len(list(self.library.parent.iterdir()))}.json")
        if self.window.libraries.is_open and "provider" in self.view.pages:
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(Dialogs, "choose_new_file", lambda *_: reply)
                self.view.page("provider").foot.reply.click()
                self.view.page("provider").foot.form.make.click()
                self.done()
            assert reply.exists()

    def crash(self) -> None:
        assert "may be missing" in self.window.identity.save_and_say() or not self.window.libraries.is_open
        self._killed()

    def close(self) -> None:
        assert self.window.close()
        self.begin()

    def _killed(self) -> None:
        """Go on from what is on the disk now, as after a kill."""
        self.window._files.store_thread.do(lambda: None)
        disk = Disk(self.library, self.home)
        assert self.window.close()
        disk.come_back()
        self.begin()


def kind_there(editor: QWidget, opener: Opener) -> tuple[str, ...]:
    """The kind of an editor; where notes are written, whether a letter began it or a button of another note."""
    page, of, name = kind_of(editor)
    begun = f"by {opener[2]}" if page == "WritingForm" else ""
    return page, of, name.rpartition(". ")[2], begun


def _all_lines(library: Any) -> str:
    lines = [line for one in library.providers() for line in library.lines(one.evaluation)]
    return f"{lines} {library.state()}"


@pytest.fixture
def walk(
    open_window: OpenWindow, library: Path, catalogue: Catalogue, tmp_path: Path, own_folders: Path, qtbot: QtBot
) -> Walk:
    other = tmp_path / "other.apq"
    services.create_workspace(other, new_evaluation(catalogue, created=services.now())).close()
    return Walk(open_window, library, other, own_folders, qtbot, catalogue)


@pytest.mark.timeout(3_600)
@pytest.mark.parametrize("way", WAYS)
def test_however_an_editor_of_a_library_is_left_its_words_are_kept(walk: Walk, way: str) -> None:
    if not FOUND:
        FOUND.update(walk.kinds())
    found = FOUND
    pages = {kind[0] for kind in found}
    assert {"CellPane", "ThemesPage", "ThemePage", "ReportPage"} <= pages
    assert {
        "Agreements",
        "WritingForm",
        "ReplyBar",
        "MaintenancePage",
        "AuthorCard",
        "StartPage",
        "OpenLibraryPage",
    } <= pages
    lost = []
    for number, opener in enumerate(dict.fromkeys(found.values())):
        walk.show(opener)
        typed = {}
        for at, editor in enumerate(walk.editors()):
            kind = kind_there(editor, opener)
            if found.get(kind) == opener:
                typed[kind] = words = f"Zq{number}q{at}{way.replace('_', '')}"
                editor.setFocus()
                editor.selectAll()
                QTest.keyClicks(editor, words)
                assert words in text_of(editor), kind
        assert typed, opener
        getattr(walk, way)()
        walk.done()
        lost += [(kind, way) for kind, words in typed.items() if not walk.is_kept(kind, opener, words)]
    assert not lost
