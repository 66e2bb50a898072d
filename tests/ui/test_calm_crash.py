"""An unexpected error: what is typed is saved, the log holds none of it, the person is told, the program goes on."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from apq_desktop import services
from apq_desktop.toolkit.catalogue import Catalogue

CRASHING = """
import sys
from pathlib import Path
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox
from apq_desktop import paths
from apq_desktop.toolkit.loader import load
from apq_desktop.ui.widgets import dialogs
from apq_desktop.ui.window.crash_handler import catch_everything, keep_log
from apq_desktop.ui.fields.text_fields import TextField
from apq_desktop.ui.window.main_window import MainWindow
from apq_desktop.ui.session.file_controller import FileController
from apq_desktop.ui.widgets.theme import Theme

file, folder = Path(sys.argv[1]), Path(sys.argv[2])
application = QApplication([])
catalogue = load(paths.forms())
window = MainWindow(FileController(lambda: catalogue), Theme(application), folder)
log = keep_log(folder / "log")
catch_everything(window.save_now, lambda text: dialogs.tell(window, "Something went wrong", text), log)
loop = QEventLoop()
window.evaluation_shown.connect(loop.quit)
window.show()
window.open_file(file)
loop.exec()
field = window.workbench.show_area("workforce").strength_list.findChildren(TextField)[0]
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
        timeout=100,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told, closed = done.stdout.strip().rsplit("\n", 1)
    assert told.startswith("Something went wrong in the program. What you typed before is saved.")
    assert closed == "True"
    log = (tmp_path / "log" / "apq-desktop.log").read_text(encoding="utf-8")
    assert "ValueError" in log
    assert "Typed just before" not in log
    opened = services.open_workspace(file, catalogue)
    opened.workspace.close()
    assert opened.evaluation.areas[0].strengths[0].text == "Typed just before. And after."
