"""A template is saved from the menu without holding the window up, and a filled-in one is opened like any pack."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import docx
import pikepdf
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox

from tests.documents.fill_form import blank_template, changed, field, fill_in

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from apq_desktop.toolkit.catalogue import Catalogue
    from apq_desktop.ui.window.main_window import MainWindow
    from tests.ui.conftest import OpenWindow


def choose(window: MainWindow, qtbot: QtBot, words: str) -> None:
    """Press a button of the question that is asked now."""
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), QMessageBox))
    box = QApplication.activeModalWidget()
    assert isinstance(box, QMessageBox)
    next(button for button in box.buttons() if button.text() == words).click()
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not box)


def told(qtbot: QtBot) -> str:
    """What the message says that is shown now."""
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), QMessageBox))
    box = QApplication.activeModalWidget()
    assert isinstance(box, QMessageBox)
    return box.text()


def offer(window: MainWindow) -> None:
    (entry,) = (one for one in window.findChildren(QAction) if one.text().replace("&", "") == "Blank template…")
    assert entry.isEnabled(), "it needs no open file"
    entry.trigger()


@pytest.mark.parametrize(
    ("words", "name", "form"),
    [
        ("To print…", "AP-Quality-Toolkit-2022_Template-to-print.pdf", False),
        ("To fill in on a screen…", "AP-Quality-Toolkit-2022_Template-to-fill-in.pdf", True),
        ("As a Word document…", "AP-Quality-Toolkit-2022_Template-to-fill-in.docx", False),
    ],
)
def test_each_kind_is_saved_where_the_person_says_and_shown(
    words: str,
    name: str,
    form: bool,
    open_window: OpenWindow,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    suggested: list[str] = []
    shown: list[str] = []

    def ask(_window: object, _title: str, suggestion: str, _kinds: str) -> tuple[str, str]:
        suggested.append(Path(suggestion).name)
        return str(tmp_path / "ours"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", staticmethod(ask))
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: shown.append(url.toLocalFile()))
    window = open_window("start")
    offer(window)
    choose(window, qtbot, words)
    assert window.notification_bar.text.text() == "Making the template…"
    saved = tmp_path / f"ours{Path(name).suffix}"
    qtbot.waitUntil(lambda: window.notification_bar.text.text() == f"The template is saved as {saved}.")
    QTest.mouseClick(window.notification_bar.way, Qt.MouseButton.LeftButton)
    assert not window.notification_bar.isVisible()
    assert suggested == [name]
    assert shown == [str(tmp_path)]
    if saved.suffix == ".pdf":
        with pikepdf.open(saved) as pdf:
            assert ("/AcroForm" in pdf.Root) == form
    else:
        assert docx.Document(str(saved)).core_properties.title == "Self-evaluation template: AP Quality Toolkit 2022"
    offer(window)
    choose(window, qtbot, words)
    assert f"There is a file named {saved.name} already." in told(qtbot)
    choose(window, qtbot, "OK")


def test_nothing_is_written_where_the_person_thinks_better_of_it(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", staticmethod(lambda *_: ("", "")))
    window = open_window("start")
    before = sorted(tmp_path.rglob("*"))
    offer(window)
    choose(window, qtbot, "Not now")
    offer(window)
    choose(window, qtbot, "To print…")
    assert sorted(tmp_path.rglob("*")) == before


def test_a_folder_that_cannot_be_written_to_is_told_in_one_sentence(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "nowhere" / "ours.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", staticmethod(lambda *_: (str(target), "")))
    window = open_window("start")
    offer(window)
    choose(window, qtbot, "To print…")
    assert told(qtbot) == f"{target}: the folder for this file is not there; choose another folder."
    choose(window, qtbot, "OK")


def test_a_filled_in_template_opens_as_an_evaluation_and_what_was_left_out_is_said(
    open_window: OpenWindow, qtbot: QtBot, catalogue: Catalogue, tmp_path: Path
) -> None:
    typed = {"setting.name": "Łódź Ŵyl", "area.needs.strengths": "Calm mornings", "area.needs.support": "A nurse"}
    filled = fill_in(blank_template(catalogue, tmp_path / "blank.pdf"), typed, tmp_path / "whole.pdf")

    def rename(pdf: pikepdf.Pdf) -> None:
        field(pdf, "area.needs.support").T = "other"

    torn = changed(filled, tmp_path / "filled.pdf", rename)
    window = open_window("example")
    with qtbot.waitSignal(window.current.changed):
        window.commands.open.open_path(torn)
    assert window.session is not None
    evaluation = window.session.evaluation
    assert evaluation.setting.name == "Łódź Ŵyl"
    assert [entry.text for entry in evaluation.area("needs").strengths] == ["Calm mornings"]
    assert "1 field that is not part of the template was left out" in window.notification_bar.text.text()
    assert window.notification_bar.isVisible()
    assert len(window._files.headings()) == 2


def test_a_word_document_that_was_saved_and_filled_in_opens_as_an_evaluation(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "ours.docx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", staticmethod(lambda *_: (str(path), "")))
    window = open_window("example")
    offer(window)
    choose(window, qtbot, "As a Word document…")
    qtbot.waitUntil(lambda: "is saved as" in window.notification_bar.text.text())
    document = docx.Document(str(path))
    document.tables[0].cell(0, 1).text = "Łódź Ŵyl"
    document.tables[4].cell(0, 1).text = "Calm mornings"
    document.add_paragraph("Agreed by the trustees")
    document.save(str(path))
    with qtbot.waitSignal(window.current.changed):
        window.commands.open.open_path(path)
    assert window.session is not None
    evaluation = window.session.evaluation
    assert evaluation.setting.name == "Łódź Ŵyl"
    assert [entry.text for entry in evaluation.area("workforce").strengths] == ["Calm mornings"]
    assert "“Agreed by the trustees”" in window.notification_bar.text.text()
    assert len(window._files.headings()) == 2


def test_a_template_with_nothing_in_it_is_refused_and_says_what_to_do(
    open_window: OpenWindow, qtbot: QtBot, catalogue: Catalogue, tmp_path: Path
) -> None:
    window = open_window("example")
    assert window.session is not None
    before = window.session.evaluation.id
    window.commands.open.open_path(blank_template(catalogue, tmp_path / "blank.pdf"))
    assert "nothing is filled in yet; type in its boxes" in told(qtbot)
    choose(window, qtbot, "OK")
    assert window.session.evaluation.id == before
