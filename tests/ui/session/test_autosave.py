"""What is typed is saved at once and truly; where it cannot be saved, it is kept, said, and saved when it can be."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox, QWidget

from apq_desktop.evaluation.model import MAX_TEXT
from apq_desktop.storage.workspace import Workspace
from tests.ui.screens import settle

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from concurrent.futures import Future

    from pytestqt.qtbot import QtBot

    from apq_desktop.evaluation.model import Evaluation
    from apq_desktop.ui.fields.text_fields import TextField
    from apq_desktop.ui.session.open_file.autosave import Autosave
    from apq_desktop.ui.window.main_window import MainWindow
    from tests.ui.conftest import OpenWindow

LARGE = "word " * (MAX_TEXT // 5)
HOURS_MS = 10_000_000
"""Nothing is tried again by itself while a test looks at what is said of a failure, however busy the machine is."""


@pytest.fixture
def window(open_window: OpenWindow) -> MainWindow:
    return open_window("empty")


@pytest.fixture
def field(window: MainWindow) -> TextField:
    """A field that is being typed into."""
    assert window.view is not None
    page = window.view.show_details()
    field = page.binding.field(next(target for target, name in page.binding._fields if name == "summary"), "summary")
    field.setFocus()
    return field


@pytest.fixture
def gate(window: MainWindow) -> Iterator[threading.Event]:
    """The disk is busy: nothing is saved until the gate is opened."""
    opened = threading.Event()
    window._files.store_thread.run(opened.wait, lambda _: None)
    yield opened
    opened.set()


class SwiftExecutor(ThreadPoolExecutor):
    """A disk so swift, or a window so slow, that all work is done before the window asks to be told of it."""

    def submit(self, *what: Any, **more: Any) -> Future[Any]:
        future = super().submit(*what, **more)
        wait([future])
        return future


@pytest.fixture
def swift(window: MainWindow) -> None:
    """Every save is done at once."""
    store_thread = window._files.store_thread
    store_thread.stop()
    store_thread.__dict__["_executor"] = SwiftExecutor(max_workers=1)


@pytest.fixture
def full(window: MainWindow) -> Iterator[Callable[[], None]]:
    """The disk is full, until the function is called."""
    driver = autosave(window)._workspace._database.driver

    def limit(pages: int) -> None:
        window._files.store_thread.do(lambda: driver.execute(f"PRAGMA max_page_count = {pages}"))

    autosave(window)._retry.setInterval(HOURS_MS)
    limit(window._files.store_thread.do(lambda: driver.execute("PRAGMA page_count").fetchone()[0]))
    yield lambda: limit(1_000_000)
    if window.isVisible():
        limit(1_000_000)


def autosave(window: MainWindow) -> Autosave:
    assert window.session is not None
    return window.session.autosave


def evaluation(window: MainWindow) -> Evaluation:
    assert window.session is not None
    return window.session.evaluation


def test_a_save_that_is_done_at_once_is_acknowledged_too(
    window: MainWindow, field: TextField, swift: None, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(autosave(window).saved):
        QTest.keyClicks(field, "Staff know every family.")
    assert autosave(window).pending() == ()


def path(window: MainWindow) -> Path:
    assert window.view is not None
    return window.view.here.path


def in_the_file(file: Path) -> Evaluation:
    with Workspace.open(file, read_only=True) as workspace:
        return workspace.read(workspace.evaluations()[0].id)


def state(window: MainWindow) -> str:
    return window.header.state.text()


def question(window: MainWindow) -> QMessageBox:
    return next(box for box in window.findChildren(QMessageBox) if box.isVisible())


def choose(box: QMessageBox, words: str) -> None:
    QTest.mouseClick(next(button for button in box.buttons() if button.text() == words), Qt.MouseButton.LeftButton)
    settle()


def test_saved_is_said_only_when_the_file_holds_it(
    window: MainWindow, field: TextField, gate: threading.Event, qtbot: QtBot
) -> None:
    QTest.keyClicks(field, "Our main strength")
    assert state(window) == "Saving…"
    qtbot.waitUntil(lambda: autosave(window)._future is not None)
    assert state(window) == "Saving…"
    assert in_the_file(path(window)).summary == ""
    with qtbot.waitSignal(autosave(window).saved):
        gate.set()
    assert state(window).startswith("✓  Saved on this computer at ")
    assert autosave(window).pending() == ()
    assert in_the_file(path(window)).summary == "Our main strength"


def test_typing_during_a_save_is_not_lost(
    window: MainWindow, field: TextField, gate: threading.Event, qtbot: QtBot
) -> None:
    said: list[object] = []
    autosave(window).saved.connect(said.append)
    QTest.keyClicks(field, "one")
    qtbot.waitUntil(lambda: autosave(window)._future is not None)
    QTest.keyClicks(field, " two")
    gate.set()
    qtbot.waitUntil(lambda: bool(said))
    assert in_the_file(path(window)).summary == "one two"
    assert len(said) == 1, "saved is not said while a word waits"


def test_leaving_a_field_saves_at_once(window: MainWindow, field: TextField, gate: threading.Event) -> None:
    QTest.keyClicks(field, "one")
    assert autosave(window)._future is None
    QTest.keyClick(field, Qt.Key.Key_Backtab)
    assert autosave(window)._future is not None


def tick_ready(window: MainWindow) -> None:
    """Make a change that no text field hands over, and let no pause come to its help."""
    assert window.view is not None
    form = window.view.show_area("workforce")
    saving = autosave(window)
    saving._pause.setInterval(3_600_000)
    saving._longest.setInterval(3_600_000)
    form.ready.click()
    assert saving.pending()
    assert saving._future is None


def test_leaving_the_window_saves_at_once(window: MainWindow, qtbot: QtBot) -> None:
    tick_ready(window)
    other = QWidget()
    qtbot.addWidget(other)
    with qtbot.waitSignal(autosave(window).saved):
        other.show()
        other.activateWindow()
    assert in_the_file(path(window)).area("workforce").ready


def test_leaving_a_tab_saves_at_once(window: MainWindow, qtbot: QtBot) -> None:
    tick_ready(window)
    assert window.view is not None
    bar = window.view.tabs.bar
    with qtbot.waitSignal(autosave(window).saved):
        QTest.mouseClick(bar, Qt.MouseButton.LeftButton, pos=bar.tabRect(0).center())
    assert in_the_file(path(window)).area("workforce").ready


def test_a_file_that_is_renamed_for_a_moment_is_asked_about_once_and_saved_to_when_it_is_back(
    window: MainWindow, field: TextField, qtbot: QtBot
) -> None:
    lost: list[str] = []
    autosave(window).file_lost.connect(lost.append)
    autosave(window)._retry.setInterval(20)
    file = path(window)
    away = file.rename(file.with_name("away.apq"))
    QTest.keyClicks(field, "Typed while it was away")
    for _ in range(3):
        with qtbot.waitSignal(autosave(window).save_failed):
            pass
    assert len(lost) == 1
    away.rename(file)
    with qtbot.waitSignal(autosave(window).saved):
        pass
    choose(question(window), "Not yet")
    assert state(window).startswith("✓  Saved")
    assert in_the_file(file).summary == "Typed while it was away"


def test_a_full_disk_is_said_and_the_text_is_kept_until_trying_again_works(
    window: MainWindow, field: TextField, full: Callable[[], None], qtbot: QtBot
) -> None:
    field.insertPlainText(LARGE)
    with qtbot.waitSignal(autosave(window).save_failed):
        pass
    assert state(window).startswith("Not saved, because the ")
    assert "full" in state(window)
    assert window.header.retry.isVisible()
    assert field.value() == LARGE
    with qtbot.waitSignal(autosave(window).save_failed):
        window.header.retry.click()
    assert state(window).startswith("Not saved, because the ")
    assert len(autosave(window).pending()) == 1
    full()
    with qtbot.waitSignal(autosave(window).saved):
        window.header.retry.click()
    assert state(window).startswith("✓  Saved")
    assert not window.header.retry.isVisible()
    assert in_the_file(path(window)).summary == LARGE


def test_what_could_not_be_saved_is_saved_later_by_itself(
    window: MainWindow, field: TextField, full: Callable[[], None], qtbot: QtBot
) -> None:
    autosave(window)._retry.setInterval(20)
    field.insertPlainText(LARGE)
    with qtbot.waitSignal(autosave(window).save_failed):
        pass
    full()
    with qtbot.waitSignal(autosave(window).saved):
        pass
    assert in_the_file(path(window)).summary == LARGE


def test_changes_after_a_failure_are_saved_in_their_order(
    window: MainWindow, field: TextField, full: Callable[[], None], qtbot: QtBot
) -> None:
    field.insertPlainText(LARGE[:-20])
    with qtbot.waitSignal(autosave(window).save_failed):
        pass
    QTest.keyClicks(field, "and more")
    assert window.view is not None
    form = window.view.show_area("needs")
    form.strength_list.add_button.click()
    QTest.keyClicks(form.strength_list.rows()[0].first_field, "Stable staff")
    full()
    with qtbot.waitSignal(autosave(window).saved):
        pass
    saved = in_the_file(path(window))
    assert saved.summary == LARGE[:-20] + "and more"
    assert [entry.text for entry in saved.area("needs").strengths] == ["Stable staff"]


def test_closing_saves_the_last_letters(open_window: OpenWindow, window: MainWindow, field: TextField) -> None:
    QTest.keyClicks(field, "to the end")
    file = path(window)
    assert window.close()
    assert in_the_file(file).summary == "to the end"
    again = open_window(file)
    assert evaluation(again).summary == "to the end"


def test_closing_with_unsaved_words_asks_and_loses_nothing(
    window: MainWindow, field: TextField, full: Callable[[], None], qtbot: QtBot
) -> None:
    field.insertPlainText(LARGE)
    assert not window.close()
    assert window.isVisible()
    box = question(window)
    assert "still in this window" in box.text()
    assert [button.text() for button in box.buttons()] == ["Go back", "Save elsewhere…", "Leave without saving"]
    QTest.keyClick(box, Qt.Key.Key_Escape)
    settle()
    assert window.isVisible(), "the safe answer is to stay"
    assert field.value() == LARGE
    assert state(window).startswith("Not saved, because the ")
    full()
    qtbot.waitUntil(lambda: autosave(window)._future is None)
    assert window.close()
    assert in_the_file(path(window)).summary == LARGE


def test_a_person_may_leave_without_saving(
    window: MainWindow, field: TextField, full: Callable[[], None], qtbot: QtBot
) -> None:
    field.insertPlainText(LARGE)
    file, left = path(window), autosave(window)
    assert not window.close()
    choose(question(window), "Leave without saving")
    assert not window.isVisible()
    assert not left._pause.isActive(), "nothing is saved after the file is closed"
    assert not left._retry.isActive(), "nothing is saved after the file is closed"
    assert in_the_file(file).summary == ""


def test_looking_at_every_page_saves_nothing(open_window: OpenWindow) -> None:
    window = open_window("example")
    before = in_the_file(path(window))
    assert window.session is not None
    assert window.view is not None
    window.view.show_details()
    for area in window.session.catalogue.areas:
        window.view.show_area(area.key)
        settle()
    window.header.send.click()
    settle()
    assert autosave(window).pending() == ()
    assert in_the_file(path(window)) == before
    assert state(window) == "✓  Saved on this computer"


def test_typing_in_one_field_waits_as_one_change(window: MainWindow, field: TextField, gate: threading.Event) -> None:
    QTest.keyClicks(field, "a hundred letters " * 6)
    assert len(autosave(window).pending()) == 1


def test_whoever_types_on_without_a_pause_is_saved_all_the_same(
    window: MainWindow, field: TextField, qtbot: QtBot
) -> None:
    workspace, key = autosave(window)._workspace, evaluation(window).id
    for _ in range(15):
        QTest.keyClicks(field, "on ")
        qtbot.wait(100)  # less than a pause
    written = window._files.store_thread.do(lambda: workspace.read(key)).summary
    assert len(written) >= len("on " * 7)
    assert field.value().startswith(written)
