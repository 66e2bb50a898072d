"""Earlier versions, backups, copies and damaged files, from the window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot

from apq_desktop import services
from apq_desktop.evaluation.edits.changes import Target
from apq_desktop.toolkit.catalogue import Catalogue
from apq_desktop.ui.fields.text_fields import TextField
from apq_desktop.ui.pages.backups_page import BackupsPage
from apq_desktop.ui.pages.history_page import HistoryPage
from apq_desktop.ui.session.file_controller import FileController
from apq_desktop.ui.widgets.buttons import LinkButton
from apq_desktop.ui.widgets.theme import Theme
from apq_desktop.ui.window.main_window import MainWindow

WAIT_MS = 30_000
Opening = Callable[[Path], MainWindow]


@pytest.fixture
def file(catalogue: Catalogue, tmp_path: Path) -> Path:
    path = tmp_path / "Documents" / "ours.apq"
    services.create_workspace(path, services.example(catalogue)).close()
    return path


@pytest.fixture
def opening(qtbot: QtBot, catalogue: Catalogue, tmp_path: Path) -> Opening:
    def opened(path: Path) -> MainWindow:
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        files = FileController(lambda: catalogue, None, tmp_path / "backups")
        window = MainWindow(files, Theme(application), path.parent)
        qtbot.addWidget(window)
        window.show()
        with qtbot.waitSignal(window.evaluation_shown, timeout=WAIT_MS):
            window.open_file(path)
        return window

    return opened


def first_strength(window: MainWindow) -> TextField:
    assert window.workbench is not None
    return window.workbench.show_area("workforce").strength_list.findChildren(TextField)[0]


def links(page: BackupsPage | HistoryPage, beginning: str) -> list[LinkButton]:
    return [link for link in page.findChildren(LinkButton) if link.accessibleName().startswith(beginning)]


def history(window: MainWindow, qtbot: QtBot) -> HistoryPage:
    window.safety.show_history()
    page = window.findChild(HistoryPage)
    assert page is not None
    qtbot.waitUntil(lambda: bool(links(page, "Bring back")), timeout=WAIT_MS)
    return page


def test_an_earlier_text_is_brought_back(opening: Opening, file: Path, qtbot: QtBot) -> None:
    window = opening(file)
    field = first_strength(window)
    before = field.value()
    field.selectAll()
    QTest.keyClicks(field, "Something else.")
    page = history(window, qtbot)
    back = [link for link in links(page, "Bring back") if before[:40] in link.accessibleName()]
    assert len(back) == 1
    back[0].click()
    assert window.session is not None
    assert window.session.evaluation.areas[0].strengths[0].text == before
    assert window.close()


def test_a_removed_item_is_brought_back_to_its_place(opening: Opening, file: Path, qtbot: QtBot) -> None:
    window = opening(file)
    first_strength(window)
    assert window.session is not None
    before = list(window.session.evaluation.areas[0].strengths)
    assert window.workbench is not None
    window.workbench.categories["community"].forms["workforce"].strength_list.rows()[1].remove.click()
    assert window.session.evaluation.areas[0].strengths != before
    page = history(window, qtbot)
    removed = [link for link in links(page, "Bring back") if before[1].text[:40] in link.accessibleName()]
    assert removed
    removed[0].click()
    assert window.session.evaluation.areas[0].strengths == before
    assert window.close()


def test_a_backup_is_made_soon_after_opening_and_opens_as_a_new_file(
    opening: Opening, file: Path, qtbot: QtBot
) -> None:
    window = opening(file)
    field = first_strength(window)
    before = field.value()
    qtbot.waitUntil(lambda: bool(window._files.keeping.backups_of(file)), timeout=WAIT_MS)
    field.selectAll()
    QTest.keyClicks(field, "Written after the backup.")
    window.safety.show_backups()
    page = window.findChild(BackupsPage)
    assert page is not None
    with qtbot.waitSignal(window.evaluation_shown, timeout=WAIT_MS):
        links(page, "Open the backup")[0].click()
    assert window.session is not None
    assert window.session.evaluation.areas[0].strengths[0].text == before
    assert window.windowFilePath() != str(file)
    assert window.close()
    again = opening(file)
    assert first_strength(again).value() == "Written after the backup."
    assert again.close()


def test_a_damaged_file_offers_what_can_be_read_and_is_left_as_it_is(
    opening: Opening, file: Path, qtbot: QtBot
) -> None:
    damaged = bytearray(file.read_bytes())
    place = bytes(damaged).index(b"Training answers")
    damaged[place : place + 8] = b"TRAINING"
    bad = file.with_name("bad.apq")
    bad.write_bytes(bytes(damaged))
    window = opening(file)
    with qtbot.waitSignal(window._files.failed, timeout=WAIT_MS):
        window.open_file(bad)
    box = window.findChild(QMessageBox)
    assert box is not None
    with qtbot.waitSignal(window.evaluation_shown, timeout=WAIT_MS):
        next(button for button in box.buttons() if button.text() == "Save what can be read").click()
    assert window.session is not None
    assert window.session.evaluation.areas[0].strengths[0].text.startswith("TRAINING")
    assert bad.read_bytes() == bytes(damaged)
    assert window.close()


def test_a_copy_without_history_holds_no_earlier_text(
    opening: Opening, file: Path, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = opening(file)
    field = first_strength(window)
    field.selectAll()
    QTest.keyClicks(field, "Sentence that was thought better of.")
    assert window.save_now() == ""
    field.selectAll()
    QTest.keyClicks(field, "Final sentence.")
    copy = file.with_name("copy.apq")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", staticmethod(lambda *_: (str(copy), "")))
    window.safety.save_copy()
    assert b"thought better of" not in copy.read_bytes()
    opened = services.open_workspace(copy, catalogue)
    opened.workspace.close()
    assert opened.evaluation.areas[0].strengths[0].text == "Final sentence."
    assert window.close()


def test_a_copy_on_a_stick_is_read_back_from_there(
    opening: Opening, file: Path, tmp_path: Path, catalogue: Catalogue, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    window = opening(file)
    field = first_strength(window)
    field.selectAll()
    QTest.keyClicks(field, "On the stick.")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", staticmethod(lambda *_: str(stick)))
    window.safety.copy_to_stick()
    qtbot.waitUntil(lambda: "it is whole" in window.notice.text.text(), timeout=WAIT_MS)
    assert window.close()
    opened = services.open_workspace(stick / "ours.apq", catalogue)
    opened.workspace.close()
    assert opened.evaluation.areas[0].strengths[0].text == "On the stick."


def test_undo_is_visibly_off_after_a_restart_and_what_stood_there_can_be_found(opening: Opening, file: Path) -> None:
    window = opening(file)
    field = first_strength(window)
    before = field.value()
    field.selectAll()
    QTest.keyClicks(field, "Typed before the restart.")
    assert window.menus.undo_actions.undo.isEnabled()
    assert window.close()
    again = opening(file)
    assert not again.menus.undo_actions.undo.isEnabled()
    assert again.menus.undo_actions.undo.text() == "&Undo"
    again.undo()
    assert first_strength(again).value() == "Typed before the restart."
    assert again.session is not None
    earlier = again._files.held.earlier_texts
    key, target = (
        again.session.evaluation.id,
        Target("strengths", again.session.evaluation.areas[0].strengths[0].id, "workforce"),
    )
    assert [text.text for text in again._files.worker.do(lambda: earlier(key, target, "text"))] == [before]
    assert again.close()
