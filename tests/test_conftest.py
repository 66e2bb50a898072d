"""What every test may rely on: no screen, no waiting dialog, no folder of the person's own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs
import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QFileDialog, QMessageBox

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def test_no_window_is_shown_on_the_screen(qtbot: QtBot) -> None:
    assert QGuiApplication.platformName() == os.environ["QT_QPA_PLATFORM"]


def test_a_dialog_that_nobody_asked_for_fails_the_test(qtbot: QtBot) -> None:
    class OwnDialog(QDialog):
        pass

    for kind in (OwnDialog, QMessageBox):
        dialog = kind()
        qtbot.addWidget(dialog)
        with pytest.raises(pytest.fail.Exception, match="would wait for a person"):
            dialog.exec()
    with pytest.raises(pytest.fail.Exception, match="getOpenFileName"):
        QFileDialog.getOpenFileName()


@pytest.mark.real_dialogs
def test_a_test_that_closes_its_dialog_may_open_it(qtbot: QtBot) -> None:
    dialog = QDialog()
    qtbot.addWidget(dialog)
    QTimer.singleShot(0, dialog.accept)
    assert dialog.exec() == QDialog.DialogCode.Accepted


def test_the_folders_of_the_person_at_the_desk_stay_untouched(own_folders: Path) -> None:
    assert Path.home() == own_folders
    assert own_folders in platformdirs.user_data_path("apq-desktop").parents


@pytest.mark.parametrize(
    ("options", "set_where_it_decides", "run"),
    [([], "", False), ([], "true", True), (["--long"], "", True), (["-m", "long"], "", True)],
)
def test_long_runs_are_left_out_unless_they_are_asked_for(
    options: list[str], set_where_it_decides: str, run: bool
) -> None:
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-n0",
            "-q",
            "--collect-only",
            *options,
            "tests/review/test_exchange_state.py",
        ],
        cwd=Path(__file__).parents[1],
        env={**os.environ, "CI": set_where_it_decides},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0
    assert ("ten_thousand_interleavings" in done.stdout) is run
