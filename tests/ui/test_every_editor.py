"""Every editor of the program is found by going everywhere, and however it is left, its words are in the file.

What is found is no list kept by hand: each menu item and tab is chosen, and whatever can be written in there is
written in. Editors of one kind (the same page, class and name without its number) are tried once in each way.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import pytest
import shiboken6
from PySide6.QtCore import QModelIndex, Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QDialog,
    QFileDialog,
    QLineEdit,
    QTableView,
    QWidget,
)

from apq_desktop import services
from apq_desktop.evaluation.model import Evaluation, new_evaluation
from apq_desktop.paths import own_folder
from apq_desktop.review.lines import Anchor, ReviewLine
from apq_desktop.storage.database import tables
from apq_desktop.ui.fields.incremental_form import IncrementalForm
from apq_desktop.ui.session.typing_pauses import PAUSE_MS
from apq_desktop.ui.widgets.fold import FoldButton
from tests.ui.editors import EDITORS, editors_in_view, is_worth_keeping, kind_of, text_of
from tests.ui.keyboard import here
from tests.ui.screens import settle
from tests.ui.wait import wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from apq_desktop.toolkit.catalogue import Catalogue
    from apq_desktop.ui.window.main_window import MainWindow
    from tests.ui.conftest import OpenWindow

NEVER = 10**8
ASKED = ReviewLine(
    "q1", "note", "2026-11-26T09:00:00+00:00", 1, "them", "reviewer", "", "provider", kind="question",
    text="Which schools?", anchor=Anchor(1, "attendance"),
)  # fmt: skip
Opener = tuple[str, ...]


@dataclass(frozen=True)
class Editor:
    """A kind of editor: how one comes to it, and which of the editors that are there then it is."""

    kind: tuple[str, ...]
    opener: Opener
    cell: int = -1


@pytest.fixture
def file(catalogue: Catalogue, tmp_path: Path) -> Path:
    """Two evaluations in which every optional field is asked for and every list has an item."""
    made = services.example(catalogue)
    made.purposes = [purpose.key for purpose in catalogue.purposes]
    made.areas[12].applies = False
    for area in made.areas:
        area.strengths, area.development_areas = area.strengths[:1], area.development_areas[:1]
        area.evidence = area.evidence[:1]
    made.actions = [made.actions_of(area.key)[0] for area in made.areas if made.actions_of(area.key)]
    other = new_evaluation(catalogue, created="2020-01-01T00:00:00+00:00", title="Another")
    path = tmp_path / "ours.apq"
    with services.create_workspace(path, other) as workspace:
        workspace.add(made)
        workspace.reviews.add([replace(ASKED, evaluation=made.id)])
    return path


@pytest.fixture(autouse=True)
def nothing_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever is asked for a file changes their mind."""
    for name in ("getOpenFileName", "getSaveFileName"):
        monkeypatch.setattr(QFileDialog, name, staticmethod(lambda *_: ("", "")))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", staticmethod(lambda *_: ""))


def evaluation(window: MainWindow) -> Evaluation:
    assert window.session is not None
    return window.session.evaluation


def show(window: MainWindow, opener: Opener) -> None:
    """Go to a place from wherever the window is."""
    assert window.view is not None
    if window._pages.currentWidget() is not window.view:
        before = window.view
        window._go_back()
        wait_until(lambda: window.view is not before)
        settle()
    match opener:
        case ("tab", title):
            tabs = window.view.tabs
            window.view.setCurrentWidget(tabs)
            tabs.setCurrentIndex(next(n for n in range(tabs.count()) if tabs.tabText(n) == title))
        case ("overview", words):
            window.view.show_overview()
            buttons = {one.text(): one for one in window.view.overview.findChildren(QAbstractButton)}
            buttons.get(words, window.view.overview.go_on.go).click()  # whose words change with where one was
        case ("area", key):
            window.view.show_area(key)
        case ("menu", menu, words):
            action = next(one for one in window.menuBar().actions() if one.text() == menu)
            next(one for one in _of_menu(action) if one.text() == words).trigger()
    settle()
    unfold(window)


def unfold(window: MainWindow) -> None:
    """Have everything there that is to be seen on a place, and nothing folded away."""
    for form in window.findChildren(IncrementalForm):
        if form.isVisible():
            form.finish()
    for fold in window.findChildren(FoldButton):
        if fold.isVisible() and not fold.is_open:
            fold.click()
    settle()


def _of_menu(action: QAction) -> list[QAction]:
    menu: Any = action.menu()
    return list(menu.actions())


def _reveal(window: MainWindow) -> None:
    """Press whatever shows an editor that is hidden beside it."""
    for button in window.findChildren(QAbstractButton):
        around = button.parentWidget()
        if button.text() != "Rename" or not button.isVisible() or not button.isEnabled() or around is None:
            continue
        if any(not one.isVisible() for one in around.findChildren(QLineEdit)):
            button.click()
            settle()
            return


def openers(window: MainWindow) -> Iterator[Opener]:
    """All tabs, all areas, and all menu items that stay with the open file."""
    assert window.view is not None
    tabs = window.view.tabs
    yield from (("tab", tabs.tabText(n)) for n in range(tabs.count()))
    yield from (("area", area.key) for area in evaluation(window).areas)
    window.view.show_overview()
    overview = window.view.overview
    leads_on = [overview.go_on, overview.next_actions]  # to places that are visited anyway, in words that change
    buttons = [one for one in overview.findChildren(QAbstractButton) if not any(p.isAncestorOf(one) for p in leads_on)]
    yield from (("overview", one.text()) for one in buttons if one.text() and "older" not in one.text())
    for menu in window.menuBar().actions():
        for action in _of_menu(menu):
            leaves = (
                action.isCheckable()
                or action.text() == "&Quit"
                or "example" in action.text()
                or "Print" in action.text()
                or "&Find" in action.text()
            )
            if not (leaves or action.isSeparator() or "Start &another" in action.text()):
                yield "menu", menu.text(), action.text()


def all_editors(window: MainWindow) -> list[Editor]:
    """One of each kind, from everywhere."""
    found: dict[tuple[str, ...], Editor] = {}
    for opener in list(openers(window)):
        show(window, opener)
        _reveal(window)
        for editor in editors_in_view(window):
            found.setdefault(kind_of(editor), Editor(kind_of(editor), opener))
        for table in [table for table in window.findChildren(QTableView) if table.isVisible()]:
            for column in range(table.model().columnCount()):
                if (cell := open_cell(table, column)) is not None:
                    kind = (*kind_of(cell), "cell")
                    found.setdefault(kind, Editor(kind, opener, column))
                    QTest.keyClick(cell, Qt.Key.Key_Escape)
                    settle()
    for box in window.findChildren(QDialog):
        box.close()
    window.activateWindow()
    settle()
    return list(found.values())


def open_cell(table: QTableView, column: int) -> Any:
    """The editor of a cell of the first item, opened by F2, where words can be written in it."""
    rows = range(table.model().rowCount())
    at = (table.model().index(row, column) for row in rows)
    index = next((cell for cell in at if cell.flags() & Qt.ItemFlag.ItemIsSelectable), QModelIndex())
    if not index.flags() & Qt.ItemFlag.ItemIsEditable:
        return None
    table.setFocus()
    table.setCurrentIndex(index)
    QTest.keyClick(table, Qt.Key.Key_F2)
    settle()
    opened = [one for one in table.viewport().findChildren(QWidget) if isinstance(one, EDITORS) and one.isVisible()]
    if not opened:  # a choice
        QTest.keyClick(here(), Qt.Key.Key_Escape)
        settle()
    return opened[0] if opened else None


def come_to(window: MainWindow, editor: Editor) -> Any:
    """Go to an editor and into it."""
    show(window, editor.opener)
    if editor.cell >= 0:
        table = next(table for table in window.findChildren(QTableView) if table.isVisible())
        return open_cell(table, editor.cell)
    there = editors_in_view(window)
    if editor.kind not in map(kind_of, there):
        _reveal(window)
        there = editors_in_view(window)
    found = next((one for one in there if kind_of(one) == editor.kind), None)
    assert found is not None, (editor, [kind_of(one) for one in editors_in_view(window)])
    found.setFocus()
    return found


def in_the_file(path: Path) -> str:
    """All words of all evaluations of a file, and of what was written about them; none that they had earlier.

    Read without the program, which would look through the whole file each time.
    """
    with closing(sqlite3.connect(f"{path.as_uri()}?immutable=1", uri=True)) as file:
        return str([file.execute(f"SELECT * FROM {table.name}").fetchall() for table in tables.CONTENT])


def in_drafts() -> str:
    """All words that stand again in their fields, whatever happens to the program."""
    return "".join(path.read_text("utf-8") for path in (own_folder("data") / "drafts").glob("*.json"))


def stays_in_view(field: Any, words: str) -> bool:
    """Whether a field was not left at all, such as one over the tabs that another tab is chosen in."""
    return shiboken6.isValid(field) and field.isVisible() and words in text_of(field)


def written(window: MainWindow) -> None:
    """Wait for what is being saved, without having anything else saved."""
    session = window.session
    assert session is not None
    window._files.store_thread.do(lambda: None)
    settle()
    # What was asked for while another save was under way.
    wait_until(lambda: session.autosave._future is None)


class Leaving:
    """The ways to leave an editor. Each returns once what it saves is written."""

    def __init__(self, window: MainWindow, other: Path, qtbot: QtBot) -> None:
        self.window, self.other, self.qtbot = window, other, qtbot
        self.copy = other

    def pause(self) -> None:
        session = self.window.session
        assert session is not None
        pauses = [one for one in self.window.findChildren(QTimer) if one.isActive() and one.interval() == PAUSE_MS]
        pauses.append(session.autosave._pause)
        for timer in pauses:
            timer.start(1)
        self.window.app.drafts.write()  # which its own pause does
        self.qtbot.waitUntil(lambda: not any(timer.isActive() for timer in pauses))

    def page(self) -> None:
        assert self.window.view is not None
        view = self.window.view
        if view.currentWidget() is view.sending:
            self.window.show_page("backups")
        else:
            self.window.commands.send.show_sending()

    def tab(self) -> None:
        assert self.window.view is not None
        view, tabs = self.window.view, self.window.view.tabs
        view.show_tabs() if view.currentWidget() is not tabs else None
        tabs.setCurrentIndex((tabs.currentIndex() + 1) % tabs.count())

    def another_window(self) -> None:
        other = QWidget()
        self.qtbot.addWidget(other)
        other.show()
        other.activateWindow()
        self.qtbot.waitUntil(lambda: not self.window.isActiveWindow())
        written(self.window)
        self.window.activateWindow()
        self.qtbot.waitUntil(self.window.isActiveWindow)

    def evaluation(self) -> None:
        here = evaluation(self.window).id
        other = next(one.id for one in self.window._files.headings() if one.id != here)
        with self.qtbot.waitSignal(self.window.evaluation_shown):
            self.window.switch_to(other)
        with self.qtbot.waitSignal(self.window.evaluation_shown):
            self.window.switch_to(here)

    def file(self) -> None:
        assert self.window.view is not None
        here = self.window.view.here.path
        for path in (self.other, here):
            with self.qtbot.waitSignal(self.window.evaluation_shown):
                self.window.open_file(path)

    def export(self) -> None:
        self.copy = copy = self.other.with_name(f"copy {len(list(self.other.parent.iterdir()))}.apq")
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(QFileDialog, "getSaveFileName", staticmethod(lambda *_: (str(copy), "")))
            self.window.commands.file.save_copy()
        self.qtbot.waitUntil(copy.exists)

    def crash(self) -> None:
        assert self.window.saving.save_now() == ""


def freeze(window: MainWindow) -> None:
    """No timer saves anything: only leaving does."""
    window.setUpdatesEnabled(False)  # painting takes a part of the time, and no word hangs on it
    assert window.session is not None
    drafts = window.app.drafts.findChildren(QTimer)
    for timer in (window.session.autosave._pause, window.session.autosave._longest, *drafts):
        timer.setInterval(NEVER)


@pytest.fixture
def other(catalogue: Catalogue, tmp_path: Path) -> Path:
    """Another file, with one evaluation."""
    path = tmp_path / "other.apq"
    services.create_workspace(path, new_evaluation(catalogue, created=services.now())).close()
    return path


def one_of_each(found: list[Editor]) -> list[Editor]:
    """An editor of each page, and one of each class outside and inside of tables."""
    by_page = {editor.kind[0]: editor for editor in found}
    by_class = {(editor.kind[1], editor.cell >= 0): editor for editor in found}
    return list({editor.kind: editor for editor in (*by_class.values(), *by_page.values())}.values())


def what_is_lost(
    open_window: OpenWindow, file: Path, other: Path, qtbot: QtBot, way: str, *, a_few: bool = False
) -> list[Any]:
    """The editors whose words are nowhere after they were left in one way; of ``a_few`` or of all."""
    window = open_window(file)
    freeze(window)
    found = all_editors(window)
    assert len(found) > 50, found
    assert "AnswerForm" in {editor.kind[0] for editor in found}
    if a_few:
        found = one_of_each(found)
    lost = []
    for number, editor in enumerate(found):
        freeze(window)
        leaving = Leaving(window, other, qtbot)
        first, second = f"Zq{number}first", f"Zq{number}second"
        field = come_to(window, editor)
        is_bound = field.window_undoes
        QTest.keyClicks(field, first)
        leaving.page()
        written(window)
        is_kept = first in in_the_file(file)
        if not is_kept and shiboken6.isValid(field):
            field.clear()
        if is_bound and not is_kept:
            lost.append((editor.kind, "another page"))
        field = come_to(window, editor)
        if not is_kept:
            field.clear()  # such as the words of a filter, which would leave no row
        worth_keeping = is_worth_keeping(field)
        QTest.keyClicks(field, second)
        assert second in text_of(field), editor
        if way == "close":
            assert window.close()
        else:
            getattr(leaving, way)()
            written(window)
        there = second in in_the_file(file) or (
            not is_kept
            and (not worth_keeping or second in in_drafts() or (way != "pause" and stays_in_view(field, second)))
        )
        if not there or (way == "export" and is_kept and second not in in_the_file(leaving.copy)):
            lost.append((editor.kind, way))
        if not is_kept and shiboken6.isValid(field):
            field.clear()
        if way == "close":
            window = open_window(file)
    return lost


@pytest.mark.long
@pytest.mark.timeout(3_600)
@pytest.mark.parametrize(
    "way", ["tab", "pause", "page", "another_window", "evaluation", "file", "export", "crash", "close"]
)
def test_however_an_editor_is_left_its_words_are_in_the_file(
    open_window: OpenWindow, file: Path, other: Path, qtbot: QtBot, way: str
) -> None:
    assert not what_is_lost(open_window, file, other, qtbot, way)


def test_what_is_typed_on_every_page_is_in_the_file_when_a_tab_is_chosen(
    open_window: OpenWindow, file: Path, other: Path, qtbot: QtBot
) -> None:
    assert not what_is_lost(open_window, file, other, qtbot, "tab", a_few=True)
