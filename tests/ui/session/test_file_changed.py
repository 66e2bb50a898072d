"""A file that is changed, moved or replaced while it is open: both versions are kept."""

from __future__ import annotations

import shutil
from pathlib import Path

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from apq_desktop import services
from apq_desktop.toolkit.catalogue import Catalogue
from apq_desktop.ui.fields.text_fields import TextField
from apq_desktop.ui.session.open_file.file_controller import FileController
from apq_desktop.ui.widgets.theme import Theme
from apq_desktop.ui.window.main_window import MainWindow


def test_a_file_replaced_underneath_is_not_overwritten_and_mine_is_saved_beside_it(
    qtbot: QtBot, catalogue: Catalogue, tmp_path: Path
) -> None:
    file, other = tmp_path / "ours.apq", tmp_path / "other.apq"
    services.create_workspace(file, services.example(catalogue)).close()
    theirs = services.example(catalogue)
    theirs.areas[0].support = "Written on the other computer."
    services.create_workspace(other, theirs).close()
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    window = MainWindow(FileController(lambda: catalogue), Theme(application), tmp_path)
    qtbot.addWidget(window)
    window.show()
    with qtbot.waitSignal(window.evaluation_shown):
        window.open_file(file)
    assert window.view is not None
    assert window.session is not None
    form = window.view.show_area("workforce")
    field = form.strength_list.findChildren(TextField)[0]
    with qtbot.waitSignal(window.session.autosave.file_lost):
        shutil.move(other, file)
        field.selectAll()
        QTest.keyClicks(field, "Written in this window.")
        window.session.autosave.flush()
    assert window.header.state.text().startswith("Saving has stopped, because the file was changed")
    replaced, left = file.read_bytes(), window.session.autosave
    box = window.findChild(QMessageBox)
    assert box is not None
    with qtbot.waitSignal(window.evaluation_shown):
        next(button for button in box.buttons() if button.text() == "Save mine beside it").click()
    assert window.header.state.text().startswith("✓")
    assert window.session.evaluation.areas[0].strengths[0].text == "Written in this window."
    assert left.pending() == ()
    assert not left._retry.isActive(), "nobody tries any more to save to the file that was left"
    assert window.close()
    assert file.read_bytes() == replaced
    rescued = services.open_workspace(next(tmp_path.glob("ours (your version*.apq")), catalogue)
    rescued.workspace.close()
    assert rescued.evaluation.areas[0].strengths[0].text == "Written in this window."
