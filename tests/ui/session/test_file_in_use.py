"""A file that is open elsewhere: its window comes forward, or what does no harm is offered; nothing is opened twice."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from apq_desktop import services
from apq_desktop.__main__ import main
from apq_desktop.exchange.json import evaluation_json
from apq_desktop.paths import own_folder
from apq_desktop.storage.files.opening import open_file
from apq_desktop.storage.workspace import Workspace
from apq_desktop.toolkit.catalogue import Catalogue
from apq_desktop.ui.fields.text_fields import TextField
from apq_desktop.ui.session.instance_channel import ask_to_show
from apq_desktop.ui.session.open_file.file_controller import FileController
from apq_desktop.ui.session.open_file.new_file_name import free_path
from apq_desktop.ui.widgets.theme import Theme
from apq_desktop.ui.window.main_window import MainWindow
from tests.cases import first


def window_on(qtbot: QtBot, catalogue: Catalogue, folder: Path) -> MainWindow:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    window = MainWindow(
        FileController(lambda: catalogue, backups_folder=folder / "backups"), Theme(application), folder
    )
    qtbot.addWidget(window)
    window.show()
    return window


@pytest.fixture
def file(catalogue: Catalogue, tmp_path: Path) -> Path:
    """A file with two evaluations, and an earlier text of one."""
    path = tmp_path / "ours.apq"
    services.create_workspace(path, services.example(catalogue)).close()
    with Workspace.open(path) as workspace:
        other = services.example(catalogue)
        other.id, other.title = "11111111-1111-4111-8111-111111111111", "The other one"
        workspace.add(other)
        workspace.remove(other.id)
        workspace.add(other)
    return path


def opened(qtbot: QtBot, window: MainWindow, path: Path) -> MainWindow:
    with qtbot.waitSignal(window.evaluation_shown):
        window.open_file(path)
    return window


def titles(path: Path) -> set[str]:
    with Workspace.open(path, read_only=True) as workspace:
        return {heading.title for heading in workspace.evaluations()}


def box_of(window: MainWindow) -> QMessageBox:
    box = window.findChild(QMessageBox)
    assert box is not None
    return box


def press(window: MainWindow, words: str) -> None:
    """Press the button of the message that is open."""
    next(button for button in box_of(window).buttons() if button.text() == words).click()


@pytest.mark.parametrize("name", first(1, ["link", "itself", "hard link"]))
def test_a_second_process_that_is_to_open_an_open_file_brings_its_window_forward_and_ends(
    qtbot: QtBot, catalogue: Catalogue, file: Path, name: str
) -> None:
    window = opened(qtbot, window_on(qtbot, catalogue, file.parent), file)
    other_name = file if name == "itself" else file.with_name("other.apq")
    if name == "link":
        other_name.symlink_to(file)
    elif name == "hard link":
        other_name.hardlink_to(file)
    window.showMinimized()
    before = file.read_bytes()
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    with qtbot.waitSignal(window._files.channel.show_requested):
        started = subprocess.Popen([sys.executable, "-m", "apq_desktop", str(other_name)], env=environment)
    qtbot.waitUntil(lambda: started.poll() is not None)
    assert started.returncode == 0
    assert not window.isMinimized()
    assert window.isActiveWindow()
    assert file.read_bytes() == before
    assert window.close()
    assert file in file.parent.iterdir()
    assert not list(file.parent.glob("*.lock"))


@pytest.mark.parametrize("option", [["--exit-after-paint"], ["--screenshot", "picture.png"]])
def test_a_picture_of_a_file_that_is_open_in_another_window_is_not_said_to_be_taken(
    qtbot: QtBot, catalogue: Catalogue, file: Path, tmp_path: Path, option: list[str]
) -> None:
    opened(qtbot, window_on(qtbot, catalogue, tmp_path), file)
    command = [sys.executable, "-m", "apq_desktop", *option, str(file)]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].endswith("was not shown here: it is open in another window.")
    assert not (tmp_path / "picture.png").exists()


def test_a_window_with_another_file_says_where_the_file_is_open(
    qtbot: QtBot, catalogue: Catalogue, file: Path, tmp_path: Path
) -> None:
    mine = tmp_path / "mine" / "mine.apq"
    services.create_workspace(mine, services.example(catalogue)).close()
    first = opened(qtbot, window_on(qtbot, catalogue, tmp_path), file)
    second = opened(qtbot, window_on(qtbot, catalogue, tmp_path), mine)
    with qtbot.waitSignal(first._files.channel.show_requested):
        second.open_file(file)
    qtbot.waitUntil(lambda: "in another window, which is in front now" in second.notification_bar.text.text())
    assert second.windowFilePath() == str(mine)
    assert second.close()
    assert first.close()


def test_a_file_held_by_a_process_without_a_window_is_shown_but_not_written(
    qtbot: QtBot, catalogue: Catalogue, file: Path
) -> None:
    holder = Workspace.open(file)
    window = window_on(qtbot, catalogue, file.parent)
    with qtbot.waitSignal(window._files.in_use):
        window.open_file(file)
    assert [button.text() for button in box_of(window).buttons()] == [
        "Look at it, without changing it",
        "Open a copy",
    ]
    with qtbot.waitSignal(window.evaluation_shown):
        press(window, "Look at it, without changing it")
    assert window.header.state.text().startswith("Read only")
    assert window.close()
    holder.close()
    assert [path.name for path in file.parent.iterdir()] == ["ours.apq"]


def test_a_copy_of_a_file_in_use_holds_every_evaluation_and_its_history(
    qtbot: QtBot, catalogue: Catalogue, file: Path
) -> None:
    holder = Workspace.open(file)
    window = window_on(qtbot, catalogue, file.parent)
    with qtbot.waitSignal(window._files.in_use):
        window.open_file(file)
    with qtbot.waitSignal(window.evaluation_shown):
        press(window, "Open a copy")
    copy = file.with_name("ours copy.apq")
    assert window.windowFilePath() == str(copy)
    assert window.header.state.text().startswith("✓")
    assert window.close()
    holder.close()
    assert titles(copy) == titles(file)
    with Workspace.open(copy, read_only=True) as workspace:
        assert len(workspace.history.removed_evaluations()) == 1


def test_another_computers_lock_is_never_taken_over_silently(qtbot: QtBot, catalogue: Catalogue, file: Path) -> None:
    lock = Path(f"{file}.lock")
    lock.write_text(json.dumps({"computer": "OFFICE-PC", "since": "2026-11-23T09:30:00Z"}), encoding="utf-8")
    window = window_on(qtbot, catalogue, file.parent)
    with qtbot.waitSignal(window._files.in_use):
        window.open_file(file)
    assert "OFFICE-PC" in box_of(window).text()
    assert "23 November 2026" in box_of(window).text()
    assert "OFFICE-PC" in lock.read_text(encoding="utf-8")
    with qtbot.waitSignal(window.evaluation_shown):
        press(window, "Open it all the same")
    assert window.header.state.text().startswith("✓")
    assert window.close()


def test_importing_into_a_file_that_is_open_in_a_window_is_refused_in_one_sentence_and_saving_goes_on(
    qtbot: QtBot, catalogue: Catalogue, file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    packs = tmp_path / "packs"
    packs.mkdir()
    assert main(["export", str(file), "--to", str(packs), "--json"]) == 0
    window = opened(qtbot, window_on(qtbot, catalogue, tmp_path), file)
    before = file.read_bytes()
    capsys.readouterr()
    assert main(["import", str(next(packs.glob("*.json"))), "--into", str(file)]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert said.err.endswith(
        "open in another APQ Desktop window on this computer; close it there, then open it again.\n"
    )
    assert main(["part", str(file), "--to", str(packs), "--areas", "2"]) == 1
    assert capsys.readouterr().err.count("\n") == 1
    assert file.read_bytes() == before
    type_into(window, "Goes on.")
    assert window.saving.save_now() == ""
    # Whoever only reads is not refused:
    assert main(["check", str(file)]) == 0
    assert main(["list", str(file)]) == 0
    assert main(["export", str(file), "--to", str(packs), "--json"]) == 0
    assert window.close()


def type_into(window: MainWindow, words: str) -> None:
    assert window.view is not None
    field = window.view.show_area("workforce").strength_list.findChildren(TextField)[0]
    field.selectAll()
    QTest.keyClicks(field, words)


def test_opening_the_open_file_again_opens_nothing_twice_and_keeps_what_is_typed(
    qtbot: QtBot, catalogue: Catalogue, file: Path
) -> None:
    window = opened(qtbot, window_on(qtbot, catalogue, file.parent), file)
    held = window._files.workspace
    type_into(window, "Typed before.")
    link = file.with_name("link.apq")
    link.symlink_to(file)
    for name in (file, link):
        opened(qtbot, window, name)
        assert window._files.workspace is held
        assert window.session is not None
        assert window.session.evaluation.area("workforce").strengths[0].text == "Typed before."
    type_into(window, "Typed after.")
    assert window.saving.save_now() == ""
    assert window.close()


def test_opening_the_open_file_again_after_another_program_changed_it_shows_what_is_there_now(
    qtbot: QtBot, catalogue: Catalogue, file: Path
) -> None:
    window = opened(qtbot, window_on(qtbot, catalogue, file.parent), file)
    assert window.session is not None
    shown = window.session.evaluation.id
    with Workspace(open_file(file, read_only=False)) as elsewhere:  # a computer that sees no lock of this one
        elsewhere.remove(shown)
    opened(qtbot, window, file)
    assert window.session.evaluation.id != shown
    type_into(window, "Typed after.")
    assert window.saving.save_now() == ""
    assert Path(f"{file}.lock").exists()
    assert window.close()
    assert not Path(f"{file}.lock").exists()


def test_a_window_that_is_gone_or_an_address_that_is_none_is_not_waited_for(
    qtbot: QtBot, catalogue: Catalogue, file: Path, tmp_path: Path
) -> None:
    window = opened(qtbot, window_on(qtbot, catalogue, file.parent), file)
    address = window._files.channel.address()
    assert ask_to_show(address)
    assert window.close()
    assert not ask_to_show(address)
    assert not ask_to_show(str(tmp_path / "nobody"))


@pytest.mark.parametrize("what", first(3, ["example", "import", "backup", "another", "next year", "salvage", "copy"]))
def test_what_is_asked_for_twice_at_once_is_made_once(
    qtbot: QtBot, catalogue: Catalogue, file: Path, what: str
) -> None:
    window = opened(qtbot, window_on(qtbot, catalogue, file.parent), file)
    files, evaluation = window._files, services.example(catalogue)
    with Workspace.open(file, read_only=True) as workspace:
        services.Backups(file.parent / "backups").take(workspace, datetime.now(UTC))
    sent, pack = services.example(catalogue), file.with_name("sent.json")
    sent.title, sent.id = "Sent", "22222222-2222-4222-8222-222222222222"
    pack.write_bytes(evaluation_json.write(sent, catalogue))
    (backup,) = files.backup_scheduler.backups_of(file)
    before = titles(file)
    ask = {
        "example": window.commands.open.open_example,
        "another": window.commands.evaluation.start_another,
        "next year": lambda: files.start_next_year(evaluation, "everything"),
        "salvage": lambda: files.salvage(file, free_path(file.parent, "saved")),
        "copy": lambda: files.open_copy(file, free_path(file.parent, "copy")),
        "backup": lambda: files.open_backup(backup, file),
        "import": lambda: files.import_pack(pack, free_path(file.parent, "received")),
    }[what]
    shown: list[object] = []
    files.opened.connect(lambda *_: shown.append(what))
    with qtbot.waitSignal(window.evaluation_shown):
        ask()
        ask()
    files.store_thread.do(lambda: None)
    QApplication.processEvents()
    assert len(shown) == 1
    made = sum(len(list(folder.glob("*.apq"))) for folder in (file.parent, own_folder("data") / "examples")) - 1
    assert window.close()
    assert made + len(titles(file) - before) == 1
