"""An unexpected error: what is typed is saved, the log holds none of it, the person is told, the program goes on."""

from __future__ import annotations

import logging
import os
import platform
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import qVersion
from PySide6.QtTest import QTest

from apq_desktop import __version__, services
from apq_desktop.storage.database.migrations import VERSION
from apq_desktop.toolkit.catalogue import Catalogue
from apq_desktop.ui.fields.text_fields import TextField
from apq_desktop.ui.window.main_window import MainWindow
from apq_desktop.ui.window.runtime import crash_handler
from apq_desktop.ui.window.runtime.crash_handler import catch_everything
from tests.faults import stored_workspaces
from tests.ui.conftest import OpenWindow

CRASHING = """
import sys
from pathlib import Path
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox
from apq_desktop import paths
from apq_desktop.toolkit.loader import load
from apq_desktop.ui.window.runtime.crash_handler import catch_everything, keep_log
from apq_desktop.ui.fields.text_fields import TextField
from apq_desktop.ui.window.main_window import MainWindow
from apq_desktop.ui.session.open_file.file_controller import FileController
from apq_desktop.ui.widgets.theme import Theme

file, folder = Path(sys.argv[1]), Path(sys.argv[2])
application = QApplication([])
catalogue = load(paths.forms())
window = MainWindow(FileController(lambda: catalogue), Theme(application), folder)
log = keep_log(folder / "log")
catch_everything(window.identity.save_and_say, lambda text: window.app.dialogs.tell("Something went wrong", text), log)
loop = QEventLoop()
window.evaluation_shown.connect(loop.quit)
window.show()
window.open_file(file)
loop.exec()
field = window.view.show_area("workforce").strength_list.findChildren(TextField)[0]
field.selectAll()
QTest.keyClicks(field, "Typed just before.")

def fail():
    raise ValueError("Typed just before.")

QTimer.singleShot(0, fail)
QTimer.singleShot(300, loop.quit)
loop.exec()
print(window.findChild(QMessageBox).text())
window.findChild(QMessageBox).close()
QTest.keyClicks(field, " And after.")
print(window.close())
"""


def test_an_unexpected_error_loses_nothing_and_writes_down_no_word(catalogue: Catalogue, tmp_path: Path) -> None:
    file = tmp_path / "ours.apq"
    services.create_workspace(file, services.example(catalogue)).close()
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", CRASHING, str(file), str(tmp_path)],
        capture_output=True,
        text=True,
        env=environment,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told, closed = done.stdout.strip().rsplit("\n", 1)
    assert told.startswith("Something went wrong in the program. All that had reached your file is saved, at ")
    assert closed == "True"
    log = (tmp_path / "log" / "apq-desktop.log").read_text(encoding="utf-8")
    assert log.startswith(f"APQ Desktop {__version__}, Python {platform.python_version()}, Qt {qVersion()}, ")
    assert "opened: a file of 1 evaluations, to write" in log
    assert "ValueError" in log
    assert "Typed just before" not in log
    opened = services.open_workspace(file, catalogue)
    opened.workspace.close()
    assert opened.evaluation.areas[0].strengths[0].text == "Typed just before. And after."


SAVED, WAITS = (
    "All that had reached your file is saved, at ",
    "What you typed is still in this window, but it is not saved",
)


def crashed(window: MainWindow) -> str:
    """What is told after an error anywhere in the window."""
    told: list[str] = []
    before = sys.excepthook
    try:
        catch_everything(window.identity.save_and_say, told.append, None)
        sys.excepthook(ValueError, ValueError("x"), None)
    finally:
        sys.excepthook = before
    (text,) = told
    return text


def test_what_is_told_of_saving_is_what_is_so(open_window: OpenWindow, tmp_path: Path) -> None:
    assert "No file was open" in crashed(open_window("start"))
    window = open_window("empty")
    assert window.view is not None
    assert window.session is not None
    field = next(one for one in window.view.show_area("workforce").findChildren(TextField) if one.isVisible())
    QTest.keyClicks(field, "Typed.")
    assert SAVED in crashed(window)
    assert window.session.autosave.pending() == ()
    (tmp_path / "Empty.apq").rename(tmp_path / "elsewhere.apq")
    QTest.keyClicks(field, " And more.")
    assert WAITS in crashed(window)
    assert window.session.autosave.pending()
    (tmp_path / "elsewhere.apq").rename(tmp_path / "Empty.apq")
    window.session.autosave.abandon()


def test_each_file_of_the_log_begins_with_the_versions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crash_handler, "LOG_BYTES", 2_000)
    root = logging.getLogger()
    before = list(root.handlers)
    assert crash_handler.keep_log(tmp_path) is not None
    try:
        for number in range(100):
            logging.getLogger("apq_desktop.trial").error("line %s", number)
    finally:
        for handler in set(root.handlers) - set(before):
            root.removeHandler(handler)
            handler.close()
    written = [file.read_text("utf-8") for file in tmp_path.iterdir()]
    assert len(written) == 2
    assert all(text.startswith("APQ Desktop ") for text in written)


def test_a_failed_save_and_an_update_leave_a_line_without_words(
    open_window: OpenWindow, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    old = tmp_path / "Riverbank.apq"
    stored_workspaces.build(1, old)
    with caplog.at_level(logging.INFO, logger="apq_desktop"):
        window = open_window(old)
        assert window.session is not None
        assert window.view is not None
        field = next(one for one in window.view.show_area("workforce").findChildren(TextField) if one.isVisible())
        old.rename(tmp_path / "gone.apq")
        QTest.keyClicks(field, "Nobody reads this.")
        assert window.saving.save_now()
    (tmp_path / "gone.apq").rename(old)
    window.session.autosave.abandon()
    assert f"migrated: tables of version 1 brought to {VERSION}" in caplog.text
    assert "opened: a file of 1 evaluations, to write" in caplog.text
    assert "save failed: FileChangedError" in caplog.text
    assert "Riverbank" not in caplog.text
    assert "Nobody reads" not in caplog.text
