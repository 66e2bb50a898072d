"""Adding a question is editing one TOML file: it is then on screen, in the PDF and in the JSON."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from apq_desktop import paths, services
from apq_desktop.evaluation.edits.changes import Target
from apq_desktop.evaluation.rules.outgoing_copy import Include
from apq_desktop.toolkit.loader import load
from apq_desktop.toolkit.question_library import QuestionLibrary
from apq_desktop.ui.fields.text_fields import TextField
from apq_desktop.ui.session.open_file.file_controller import FileController
from apq_desktop.ui.widgets.theme import Theme
from apq_desktop.ui.window.main_window import MainWindow
from tests.ui import screen_checks
from tests.ui.screens import settle

ADDED = """
[[questions]]
key = "{key}"
text = "How do grandparents and older brothers and sisters take part?"
"""
ANSWER = "They come to the summer cooking day."


def test_a_question_added_in_toml_alone_is_on_screen_in_the_pdf_and_in_the_json(qtbot: QtBot, tmp_path: Path) -> None:
    forms = tmp_path / "forms"
    shutil.copytree(paths.forms(), forms)
    file = forms / "community" / "02-home-family.toml"
    first_guidance = file.read_text(encoding="utf-8").index("[[guidance]]")
    text = file.read_text(encoding="utf-8")
    area, _, last = load(forms).area("home-family").questions[-1].key.rpartition(".")
    key = f"{area}.{int(last) + 1}"
    file.write_text(text[:first_guidance] + ADDED.format(key=key) + "\n" + text[first_guidance:], encoding="utf-8")
    catalogue = load(forms)

    application = QApplication.instance()
    assert isinstance(application, QApplication)
    window = MainWindow(FileController(lambda: catalogue), Theme(application), tmp_path)
    qtbot.addWidget(window)
    with qtbot.waitSignal(window.evaluation_shown):
        window.show()
        window.commands.open.open_example()
    assert window.view is not None
    assert window.session is not None
    form = window.view.show_area("home-family")
    assert any("grandparents" in label.text() for label in form.findChildren(QLabel))
    field = form.binding.field(Target("note", key, "home-family"), "note")
    QTest.keyClicks(field, ANSWER)

    include = Include(annexes=("notes",))
    request = services.ExportRequest(window.session.evaluation, catalogue, tmp_path, include=include)
    pdf, data = services.export(request)[0].files
    document = json.loads(data.read_text(encoding="utf-8"))
    assert document["areas"][1]["questions"][-1] == {"key": key, "note": ANSWER}
    printed = subprocess.run(["pdftotext", "-raw", pdf, "-"], capture_output=True, text=True, check=True).stdout
    assert "grandparents and older brothers" in " ".join(printed.split())
    assert ANSWER in " ".join(printed.split())
    assert window.close()


def test_a_note_on_a_question_that_is_no_longer_asked_is_kept_and_shown(qtbot: QtBot, tmp_path: Path) -> None:
    catalogue = load(paths.forms())
    evaluation = services.example(catalogue)
    evaluation.areas[1].questions[0].key = "2.99"
    evaluation.areas[1].questions[0].note = "From an older form."
    services.create_workspace(tmp_path / "old.apq", evaluation).close()
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    window = MainWindow(FileController(lambda: catalogue), Theme(application), tmp_path)
    qtbot.addWidget(window)
    with qtbot.waitSignal(window.evaluation_shown):
        window.show()
        window.open_file(tmp_path / "old.apq")
    assert window.view is not None
    form = window.view.show_area("home-family")
    assert any(label.text() == "Other notes" for label in form.findChildren(QLabel))
    assert form.binding.field(Target("note", "2.99", "home-family"), "note").value() == "From an older form."
    assert window.close()


@pytest.mark.parametrize("percent", [100, 200])
def test_the_questions_of_an_area_stand_in_one_column_a_councils_too(
    qtbot: QtBot, theme: Theme, tmp_path: Path, percent: int
) -> None:
    questions = QuestionLibrary(paths.forms(), lambda: tmp_path / "questions")
    questions.add(paths.resources() / "example" / "northshire-questions.toml")
    theme.set_text_size(percent)
    window = MainWindow(FileController(questions.catalogue), theme, tmp_path)
    qtbot.addWidget(window)
    window.resize(1024, 600)
    with qtbot.waitSignal(window.evaluation_shown):
        window.show()
        window.commands.open.open_example()
    assert window.view is not None
    for area in ("home-family", "attendance"):
        card = window.view.show_area(area).questions
        card.fold.unfold()
        settle()
        lefts = {screen_checks.rect_in(field, card).left() for field in card.findChildren(TextField)}
        assert len(lefts) == 1
        assert lefts.pop() < card.width() // 6, "a council's name takes no room from its question"
    assert window.close()
    theme.set_text_size(100)
