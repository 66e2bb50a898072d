"""One file, one program: locks that are live, left by a crash, foreign or unreadable."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from apq_desktop import services
from apq_desktop.toolkit.catalogue import Catalogue
from apq_desktop.ui.session.file_controller import FileController
from apq_desktop.ui.session.file_lock import FileLock
from apq_desktop.ui.widgets.theme import Theme
from apq_desktop.ui.window.main_window import MainWindow

OPENING_MS = 30_000
CRASHING = "from apq_desktop.ui.session.file_lock import FileLock; import os, pathlib; \
lock = FileLock(pathlib.Path({path!r})); assert lock.take() is None; os.kill(os.getpid(), 9)"


def window_on(qtbot: QtBot, catalogue: Catalogue, folder: Path) -> MainWindow:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    window = MainWindow(FileController(lambda: catalogue), Theme(application), folder)
    qtbot.addWidget(window)
    window.show()
    return window


def example_file(catalogue: Catalogue, folder: Path) -> Path:
    file = folder / "ours.apq"
    services.create_workspace(file, services.example(catalogue)).close()
    return file


def press(window: MainWindow, words: str) -> None:
    """Press the button of the message that is open."""
    box = window.findChild(QMessageBox)
    assert box is not None
    next(button for button in box.buttons() if button.text() == words).click()


def test_a_file_open_in_another_window_is_shown_but_not_written(
    qtbot: QtBot, catalogue: Catalogue, tmp_path: Path
) -> None:
    file = example_file(catalogue, tmp_path)
    first, second = window_on(qtbot, catalogue, tmp_path), window_on(qtbot, catalogue, tmp_path)
    with qtbot.waitSignal(first.evaluation_shown, timeout=OPENING_MS):
        first.open_file(file)
    with qtbot.waitSignal(second._files.locked, timeout=OPENING_MS):
        second.open_file(file)
    box = second.findChild(QMessageBox)
    assert box is not None
    assert [button.text() for button in box.buttons()] == ["Look at it, without changing it", "Open a copy"]
    with qtbot.waitSignal(second.evaluation_shown, timeout=OPENING_MS):
        press(second, "Look at it, without changing it")
    assert second.header.state.text().startswith("Read only")
    assert second.close()
    assert first.close()
    assert [path.name for path in tmp_path.iterdir()] == ["ours.apq"]


def test_a_copy_of_a_file_in_use_can_be_opened(qtbot: QtBot, catalogue: Catalogue, tmp_path: Path) -> None:
    file = example_file(catalogue, tmp_path)
    first, second = window_on(qtbot, catalogue, tmp_path), window_on(qtbot, catalogue, tmp_path)
    with qtbot.waitSignal(first.evaluation_shown, timeout=OPENING_MS):
        first.open_file(file)
    with qtbot.waitSignal(second._files.locked, timeout=OPENING_MS):
        second.open_file(file)
    with qtbot.waitSignal(second.evaluation_shown, timeout=OPENING_MS):
        press(second, "Open a copy")
    assert first.session is not None
    assert second.session is not None
    assert second.session.evaluation == first.session.evaluation
    assert second.windowFilePath() == str(tmp_path / "ours copy.apq")
    assert second.close()
    assert first.close()


def test_a_lock_left_by_a_crash_is_taken_over_at_once(qtbot: QtBot, catalogue: Catalogue, tmp_path: Path) -> None:
    file = example_file(catalogue, tmp_path)
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    crashed = subprocess.run(
        [sys.executable, "-c", CRASHING.format(path=str(file))], env=environment, check=False, timeout=60
    )
    assert crashed.returncode == -9
    assert (tmp_path / "ours.apq.lock").exists()
    window = window_on(qtbot, catalogue, tmp_path)
    with qtbot.waitSignal(window.evaluation_shown, timeout=OPENING_MS):
        window.open_file(file)
    assert window.header.state.text().startswith("✓")
    assert window.close()


def test_another_computers_lock_is_never_taken_over_silently(
    qtbot: QtBot, catalogue: Catalogue, tmp_path: Path
) -> None:
    file = example_file(catalogue, tmp_path)
    lock = tmp_path / "ours.apq.lock"
    lock.write_text("1\nAPQ Desktop\nOFFICE-PC\n\n\n", encoding="utf-8")
    window = window_on(qtbot, catalogue, tmp_path)
    with qtbot.waitSignal(window._files.locked, timeout=OPENING_MS):
        window.open_file(file)
    box = window.findChild(QMessageBox)
    assert box is not None
    assert "OFFICE-PC" in box.text()
    assert "OFFICE-PC" in lock.read_text(encoding="utf-8")
    with qtbot.waitSignal(window.evaluation_shown, timeout=OPENING_MS):
        press(window, "Open it all the same")
    assert window.header.state.text().startswith("✓")
    assert window.close()


def test_a_lock_that_cannot_be_read_is_asked_about(qtbot: QtBot, catalogue: Catalogue, tmp_path: Path) -> None:
    file = example_file(catalogue, tmp_path)
    (tmp_path / "ours.apq.lock").write_text("rubbish", encoding="utf-8")
    holder = FileLock(file).take()
    assert holder is not None
    assert not holder.here
    assert holder.sentence(file) == "ours.apq seems to be open somewhere else, but its lock cannot be read."
