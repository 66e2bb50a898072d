"""The whole job, as its people do it: fill in all 13 areas, close, reopen, send; the council reads it."""

from __future__ import annotations

import json
import subprocess
from functools import cache
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from apq_desktop import paths
from apq_desktop.__main__ import main
from apq_desktop.toolkit.loader import load
from apq_desktop.ui.fields.choice_fields import ChoiceField, FlagField, Grouped
from apq_desktop.ui.fields.line_fields import DateField, LineField
from apq_desktop.ui.fields.text_fields import TextField
from apq_desktop.ui.pages.area.area_form import AreaForm
from apq_desktop.ui.session.open_file.file_controller import FileController
from apq_desktop.ui.widgets.theme import Theme
from apq_desktop.ui.window.main_window import MainWindow
from tests.ui.sending import sending_page
from tests.ui.shown_text import shown_text

COMPOSED = "ŵŷ Łódź"


class Desk:
    """A person at a computer: starts the program, types, closes it, starts it again."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        self.qtbot, self.folder = qtbot, folder
        self.written: list[str] = []

    def open(self, file: Path | None = None) -> MainWindow:
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        window = MainWindow(FileController(cache(lambda: load(paths.forms()))), Theme(application), self.folder)
        self.qtbot.addWidget(window)
        with self.qtbot.waitSignal(window.evaluation_shown):
            window.show()
            if file is None:
                window.show_start()
            else:
                window.open_file(file)
        return window

    def type_into(self, field: TextField | LineField, about: str) -> None:
        """Replace a field's text with words that stand nowhere else, with Welsh and Polish letters."""
        letters = f"Ysgrifen {len(self.written)} {about} "
        field.setFocus()
        field.selectAll()
        QTest.keyClicks(field, letters)
        composed = QInputMethodEvent("", [])  # letters that no single key makes arrive in this way
        composed.setCommitString(COMPOSED)
        QApplication.sendEvent(field, composed)
        assert field.value() == letters + COMPOSED
        self.written.append(field.value())

    def missing_from(self, text: str) -> list[str]:
        """What was written and is not in ``text``, however its lines break."""
        flat = "".join(text.split())
        return [words for words in self.written if "".join(words.split()) not in flat]


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Desk:
    return Desk(qtbot, tmp_path / "Documents")


def fill(desk: Desk, page: AreaForm | object, about: str, date: str) -> None:
    """Type into every field of a page, choose in every choice, tick every box of a group."""
    assert hasattr(page, "findChildren")
    for n, field in enumerate(page.findChildren(TextField)):
        if field.isVisibleTo(page):
            desk.type_into(field, f"{about} text {n}")
    for n, line in enumerate(page.findChildren(LineField)):
        if isinstance(line, DateField):
            line.setFocus()
            QTest.keyClicks(line, date)
            QTest.keyClick(line, Qt.Key.Key_Tab)
        else:
            desk.type_into(line, f"{about} line {n}")
    for choice in page.findChildren(ChoiceField):
        QTest.keyClick(choice, Qt.Key.Key_Down)
    for group in page.findChildren(Grouped):
        for box in group.findChildren(FlagField):
            if not box.isChecked():
                box.click()


def fill_area(desk: Desk, form: AreaForm) -> None:
    for one_list in (form.strength_list, form.development_list, form.evidence_list, form.action_list):
        one_list.add_button.click()
    fill(desk, form, f"area {form.area.number}", f"{form.area.number}/3/2027")
    form.ready.click()


@pytest.mark.parametrize("number", [2, pytest.param(13, marks=pytest.mark.long)])
def test_every_word_of_an_area_survives_closing_sending_and_importing(
    desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str], number: int
) -> None:
    catalogue = load(paths.forms())
    window = desk.open()
    assert window.start_page is not None
    QTest.keyClicks(window.start_page.name, "Riverside Learning")
    QTest.keyClicks(window.start_page.commissioner, "Northshire Council")
    file = window.start_page.path()
    with desk.qtbot.waitSignal(window.evaluation_shown):
        QTest.keyClick(window.start_page.name, Qt.Key.Key_Return)
    assert window.view is not None
    window.view.show_details()
    fill(desk, window.view.details, "details", "20 November 2026")
    areas = catalogue.areas[:number]
    for area in areas:
        fill_area(desk, window.view.show_area(area.key))
    assert len(desk.written) >= sum(len(area.questions) + 7 for area in areas)
    assert window.close()

    again = desk.open(file)
    assert desk.missing_from(shown_text(again, catalogue)) == []
    assert again.close()

    packs = tmp_path / "packs"
    packs.mkdir()
    assert main(["export", str(file), "--to", str(packs), "--annex", "notes"]) == 0
    pdf, data = (Path(line) for line in capsys.readouterr().out.splitlines())
    document = json.loads(data.read_text(encoding="utf-8"))
    assert desk.missing_from(json.dumps(document, ensure_ascii=False)) == []
    assert [area["ready"] for area in document["areas"]] == [True] * number + [False] * (13 - number)
    assert [action["by_when"] for action in document["actions"]] == [f"2027-03-{n:02}" for n in range(1, number + 1)]
    assert document["completed_on"] == "2026-11-20"
    in_pdf = subprocess.run(["pdftotext", "-raw", pdf, "-"], capture_output=True, text=True, check=True).stdout
    assert desk.missing_from(in_pdf) == []
    assert f"{number} Mar 2027" in " ".join(in_pdf.split())

    council = tmp_path / "council.apq"
    assert main(["import", str(data), "--into", str(council)]) == 0
    theirs = desk.open(council)
    assert desk.missing_from(shown_text(theirs, catalogue)) == []
    assert theirs.close()


def test_the_example_opens_in_the_window(desk: Desk) -> None:
    window = desk.open()
    assert window.start_page is not None
    with desk.qtbot.waitSignal(window.evaluation_shown):
        window.start_page.example_requested.emit()
    assert window.header.setting.text() == "Riverside Learning"
    assert window.header.state.text().startswith("✓")
    assert window.close()


def test_a_pack_chosen_in_the_window_opens_as_a_new_file(desk: Desk) -> None:
    window = desk.open()
    with desk.qtbot.waitSignal(window.evaluation_shown):
        window.commands.open.open_path(paths.resources() / "example" / "example.json")
    assert window.header.setting.text() == "Riverside Learning"
    assert len(list(desk.folder.glob("*.apq"))) == 1
    assert window.close()


def test_two_evaluations_of_one_setting_live_in_one_file(desk: Desk) -> None:
    window = desk.open()
    with desk.qtbot.waitSignal(window.evaluation_shown):
        window.commands.open.open_example()
    assert window.session is not None
    first = window.session.evaluation
    with desk.qtbot.waitSignal(window.evaluation_shown):
        window.commands.evaluation.start_another()
    second = window.session.evaluation
    assert second.id != first.id
    assert second.setting == first.setting
    assert not second.areas[0].strengths
    with desk.qtbot.waitSignal(window.evaluation_shown):
        window.switch_to(first.id)
    assert window.session.evaluation == first
    assert window.close()


def test_the_window_makes_the_pack_and_says_where(desk: Desk) -> None:
    window = desk.open()
    with desk.qtbot.waitSignal(window.evaluation_shown):
        window.commands.open.open_example()
    page = sending_page(window)
    page.pack.make.click()
    desk.qtbot.waitUntil(page.pack.open_folder.isVisible)
    assert window.close()
    assert sorted(path.suffix for path in (desk.folder / "Sent").iterdir()) == [".json", ".pdf"]
    assert window.session is not None
    assert window.session.evaluation.revision == 1
