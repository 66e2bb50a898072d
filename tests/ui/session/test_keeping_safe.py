"""Earlier versions, backups, copies and damaged files, from the window."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot

from apq_desktop import services
from apq_desktop.evaluation.edits.changes import Target
from apq_desktop.storage.workspace import Workspace
from apq_desktop.toolkit.catalogue import Catalogue
from apq_desktop.ui.fields.text_fields import TextField
from apq_desktop.ui.pages.backups_page import BackupsPage
from apq_desktop.ui.pages.history_page import HistoryPage
from apq_desktop.ui.session.open_file import backup_scheduler
from apq_desktop.ui.session.open_file.file_controller import FileController
from apq_desktop.ui.widgets.buttons import LinkButton
from apq_desktop.ui.widgets.theme import Theme
from apq_desktop.ui.window.main_window import MainWindow
from tests.cases import first
from tests.faults import bit_flips
from tests.storage.history import past_changes
from tests.ui.row_menus import choose

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
        with qtbot.waitSignal(window.evaluation_shown):
            window.open_file(path)
        return window

    return opened


def first_strength(window: MainWindow) -> TextField:
    assert window.view is not None
    return window.view.show_area("workforce").strength_list.findChildren(TextField)[0]


def links(page: BackupsPage | HistoryPage, beginning: str) -> list[LinkButton]:
    return [link for link in page.findChildren(LinkButton) if link.accessibleName().startswith(beginning)]


def history(window: MainWindow, qtbot: QtBot) -> HistoryPage:
    window.show_page("history")
    page = window.findChild(HistoryPage)
    assert page is not None
    qtbot.waitUntil(lambda: bool(links(page, "Bring back")))
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
    assert window.view is not None
    choose(window.view.categories["community"].forms["workforce"].strength_list.rows()[1], "Remove")
    assert window.session.evaluation.areas[0].strengths != before
    page = history(window, qtbot)
    removed = [link for link in links(page, "Bring back") if before[1].text[:40] in link.accessibleName()]
    assert removed
    removed[0].click()
    assert window.session.evaluation.areas[0].strengths == before
    assert window.close()


def test_a_backup_is_made_soon_after_opening_and_opens_as_a_new_file(
    opening: Opening, file: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backup_scheduler, "FIRST_BACKUP_MS", 300)
    window = opening(file)
    field = first_strength(window)
    before = field.value()
    qtbot.waitUntil(lambda: bool(window._files.backup_scheduler.backups_of(file)))
    field.selectAll()
    QTest.keyClicks(field, "Written after the backup.")
    window.show_page("backups")
    page = window.findChild(BackupsPage)
    assert page is not None
    with qtbot.waitSignal(window.evaluation_shown):
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
    with qtbot.waitSignal(window._files.failed):
        window.open_file(bad)
    box = window.findChild(QMessageBox)
    assert box is not None
    with qtbot.waitSignal(window.evaluation_shown):
        next(button for button in box.buttons() if button.text() == "Save what can be read").click()
    assert window.session is not None
    assert window.session.evaluation.areas[0].strengths[0].text.startswith("TRAINING")
    assert bad.read_bytes() == bytes(damaged)
    assert window.close()


def test_damage_where_opening_does_not_look_is_told_as_soon_as_it_is_found(
    opening: Opening, tmp_path: Path, qtbot: QtBot
) -> None:
    bad = tmp_path / "bad.apq"
    bit_flips.with_damaged_history(bad)
    before = bad.read_bytes()
    window = opening(bad)
    assert first_strength(window).value().startswith("Strength 0")
    qtbot.waitUntil(lambda: window.findChild(QMessageBox) is not None)
    box = window.findChild(QMessageBox)
    assert box is not None
    assert "The file is damaged and was left as it is" in box.text()
    assert box.windowTitle() == "The file could not be opened"
    assert window.session is None
    with qtbot.waitSignal(window.evaluation_shown):
        next(button for button in box.buttons() if button.text() == "Save what can be read").click()
    assert first_strength(window).value().startswith("Strength 0")
    assert window.close()
    assert bad.read_bytes() == before


def test_what_is_typed_into_a_file_that_turns_out_to_be_damaged_is_saved_beside_it(
    opening: Opening, tmp_path: Path, qtbot: QtBot
) -> None:
    bad = tmp_path / "bad.apq"
    bit_flips.with_damaged_history(bad)
    before = bad.read_bytes()
    window = opening(bad)
    type_unsaved(window)
    qtbot.waitUntil(lambda: window.findChild(QMessageBox) is not None)
    assert window.header.state.text().startswith("Saving has stopped, because the file is damaged")
    (box,) = window.findChildren(QMessageBox)
    with qtbot.waitSignal(window.evaluation_shown):
        next(button for button in box.buttons() if button.text() == "Save mine beside it").click()
    assert first_strength(window).value() == "Typed last."
    assert window.windowFilePath() != str(bad)
    assert window.close()
    assert bad.read_bytes() == before


def test_a_copy_without_history_holds_no_earlier_text(
    opening: Opening, file: Path, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = opening(file)
    field = first_strength(window)
    field.selectAll()
    QTest.keyClicks(field, "Sentence that was thought better of.")
    assert window.saving.save_now() == ""
    field.selectAll()
    QTest.keyClicks(field, "Final sentence.")
    copy = file.with_name("copy.apq")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", staticmethod(lambda *_: (str(copy), "")))
    window.commands.file.save_copy()
    assert b"thought better of" not in copy.read_bytes()
    opened = services.open_workspace(copy, catalogue)
    opened.workspace.close()
    assert opened.evaluation.areas[0].strengths[0].text == "Final sentence."
    assert window.close()


@pytest.fixture
def of_two(catalogue: Catalogue, file: Path) -> Path:
    """A file with two evaluations, one of which was removed and brought back."""
    with Workspace.open(file) as workspace:
        other = services.example(catalogue)
        other.id, other.title = "11111111-1111-4111-8111-111111111111", "The other one"
        for act in (workspace.add, lambda made: workspace.remove(made.id), workspace.add):
            act(other)
    return file


def kept_in(path: Path) -> tuple[set[str], int]:
    """The titles that a file holds, and how many whole evaluations its history keeps."""
    with Workspace.open(path, read_only=True) as workspace:
        return {heading.title for heading in workspace.evaluations()}, len(workspace.history.removed_evaluations())


def type_unsaved(window: MainWindow) -> None:
    field = first_strength(window)
    field.selectAll()
    QTest.keyClicks(field, "Typed last.")


@pytest.mark.parametrize("menu", first(1, ["save_copy", "save_elsewhere", "save_copy_with_history"]))
def test_a_copy_is_never_put_in_the_place_of_the_open_file_by_whatever_name(
    opening: Opening, of_two: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, menu: str
) -> None:
    folder, link, hard = tmp_path / "linked", tmp_path / "link.apq", tmp_path / "hard.apq"
    other_spelling = of_two.parent / ".." / of_two.parent.name / of_two.name
    folder.symlink_to(of_two.parent)
    link.symlink_to(of_two)
    window = opening(of_two)
    for aimed in (of_two, other_spelling, folder / of_two.name, link, hard):
        if aimed is hard:
            hard.hardlink_to(of_two)
        before = of_two.read_bytes()
        monkeypatch.setattr(QFileDialog, "getSaveFileName", staticmethod(lambda *_, aimed=aimed: (str(aimed), "")))
        with closing(sqlite3.connect(of_two, isolation_level=None)) as other_program:
            other_program.execute("BEGIN IMMEDIATE")
            type_unsaved(window)
            getattr(window.commands.file, menu)()
            box = window.findChildren(QMessageBox)[-1]
            assert "another name than the file itself" in box.text(), aimed
            box.close()
            other_program.rollback()
        assert of_two.read_bytes() == before, aimed
        assert window.saving.save_now() == ""
    assert window.close()


@pytest.mark.parametrize("menu", ["save_copy", "save_elsewhere"])
def test_a_copy_of_a_file_that_was_deleted_holds_all_its_evaluations(
    opening: Opening, of_two: Path, monkeypatch: pytest.MonkeyPatch, menu: str, catalogue: Catalogue
) -> None:
    window, titles = opening(of_two), kept_in(of_two)[0]
    copy = of_two.with_name("copy.apq")
    of_two.unlink()
    type_unsaved(window)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", staticmethod(lambda *_: (str(copy), "")))
    getattr(window.commands.file, menu)()
    assert window.notification_bar.text.text() == f"A copy is saved as {copy}."
    assert kept_in(copy) == (titles, 1 if menu == "save_elsewhere" else 0)
    assert window.session is not None
    opened = services.open_workspace(copy, catalogue, window.session.evaluation.id, read_only=True)
    opened.workspace.close()
    assert opened.evaluation.areas[0].strengths[0].text == "Typed last."
    window.session.autosave.abandon()
    assert window.close()


def test_a_copy_that_can_hold_only_what_is_in_the_window_says_so(
    opening: Opening, of_two: Path, soon_busy: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = opening(of_two)
    copy = of_two.with_name("copy.apq")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", staticmethod(lambda *_: (str(copy), "")))
    with closing(sqlite3.connect(of_two, isolation_level=None)) as other_program:
        other_program.execute("BEGIN EXCLUSIVE")
        type_unsaved(window)
        window.commands.file.save_elsewhere()
        other_program.rollback()
    assert window.notification_bar.text.text().startswith(f"Only this evaluation is saved as {copy}")
    assert len(kept_in(copy)[0]) == 1
    assert window.saving.save_now() == ""
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
    window.commands.file.copy_to_stick()
    qtbot.waitUntil(lambda: "it is whole" in window.notification_bar.text.text())
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
    assert window.undo_actions.undo.isEnabled()
    assert window.close()
    again = opening(file)
    assert not again.undo_actions.undo.isEnabled()
    assert again.undo_actions.undo.text() == "&Undo"
    again.undo_actions.take_back()
    assert first_strength(again).value() == "Typed before the restart."
    assert again.session is not None
    earlier = partial(past_changes.earlier_texts, again._files.workspace)
    key, target = (
        again.session.evaluation.id,
        Target("strengths", again.session.evaluation.areas[0].strengths[0].id, "workforce"),
    )
    assert [text.text for text in again._files.store_thread.do(lambda: earlier(key, target, "text"))] == [before]
    assert again.close()
