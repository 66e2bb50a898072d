"""The guidance beside a form: where it points to, and that it never judges."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from apq_desktop import paths
from apq_desktop.toolkit.question_library import QuestionLibrary
from apq_desktop.ui.pages.area.guidance_panel import EXAMPLES_ABOUT, SIGNPOST, SUGGESTION, GuidancePanel
from apq_desktop.ui.session.open_file.file_controller import FileController
from apq_desktop.ui.widgets.scroll_area import INSIDE, LEAST_CHARACTERS, SAMPLE
from apq_desktop.ui.widgets.text_labels import PlainLabel
from apq_desktop.ui.window.main_window import MainWindow
from tests.ui.keyboard import Keyboard
from tests.ui.screens import settle

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from apq_desktop.toolkit.catalogue import Catalogue
    from apq_desktop.ui.widgets.theme import Theme
    from tests.ui.conftest import OpenWindow


def shown(panel: GuidancePanel) -> list[PlainLabel]:
    return [label for label in panel.page.findChildren(PlainLabel) if label.isVisibleTo(panel)]


def test_what_a_source_says_stands_apart_from_what_we_suggest(qtbot: QtBot, catalogue: Catalogue) -> None:
    panel = GuidancePanel(catalogue)
    qtbot.addWidget(panel)
    panel.resize(420, 900)
    panel.show()
    suggested = 0
    for area in catalogue.areas:
        panel.show_area(area)
        labels = shown(panel)
        words = [label.text() for label in labels]
        for point in area.guidance:
            part = area.sub_area_title(point.sub_area)
            at = words.index(f"{part}: {point.finding}" if part else point.finding)
            assert words[at + 1] == catalogue.reference(point)
            if point.suggestion:
                assert words[at + 2 : at + 4] == [SUGGESTION, point.suggestion]
                assert labels[at + 3].x() > labels[at].x(), "it is set in"
                suggested += 1
            else:
                assert words[at + 2] != SUGGESTION
        assert words.count(EXAMPLES_ABOUT) == 1
    assert suggested > 60


def test_the_guidance_of_every_area_points_to_its_themes_of_the_national_standards(
    qtbot: QtBot, catalogue: Catalogue
) -> None:
    panel = GuidancePanel(catalogue)
    qtbot.addWidget(panel)
    for area in catalogue.areas:
        panel.show_area(area)
        words = [label.text() for label in shown(panel)]
        after = words[words.index(SIGNPOST) + 1 :]
        themes = [f"{standard.title}. {standard.about}" for standard in catalogue.standards_of(area)]
        assert after == [*themes, catalogue.standards_about]


def test_papers_of_a_councils_own_are_named_beside_their_area_once_its_pack_is_open(
    qtbot: QtBot, theme: Theme, tmp_path: Path
) -> None:
    library = QuestionLibrary(paths.forms(), lambda: tmp_path / "questions")
    window = MainWindow(FileController(library.catalogue, library.add), theme, tmp_path / "APQ Desktop")
    window.show()
    with qtbot.waitSignal(window.evaluation_shown):
        window.commands.open.open_example()
    with qtbot.waitSignal(window.evaluation_shown):
        window.commands.open.add_questions(paths.resources() / "example" / "northshire-questions.toml")
    assert window.view is not None
    window.view.show_area("attendance").guidance.click()
    words = [label.text() for label in shown(window.view.categories["curriculum"].guidance)]
    at = words.index("From Northshire Council")
    assert words[at + 1].startswith("Northshire guide to part-time timetables. When a part-time timetable")
    assert words[at + 2].startswith("Ask the alternative provision team")
    assert words[at + 3] == SIGNPOST
    assert window.close()


@pytest.mark.parametrize(
    ("size", "percent", "over"),
    [((1920, 1000), 100, False), ((1366, 768), 100, False), ((1024, 600), 100, True), ((1180, 800), 200, True)],
)
def test_the_guidance_stands_beside_60_characters_or_else_over_the_text(
    open_window: OpenWindow, size: tuple[int, int], percent: int, over: bool
) -> None:
    window = open_window("example", size=size, percent=percent)
    assert window.view is not None
    form = window.view.show_area("home-family")
    settle()
    field, tab = form.strength_list.rows()[0].first_field, window.view.categories["community"]
    before = field.width()
    field.setFocus()
    form.guidance.click()
    settle()
    assert tab.guidance.isVisible()
    assert field.isVisible()
    letters = field.fontMetrics().horizontalAdvance(SAMPLE) / len(SAMPLE)
    if over:
        assert field.width() == before, "what is written stays as it is"
        assert tab.guidance.hasFocus()
    else:
        assert field.width() - INSIDE >= LEAST_CHARACTERS * letters
        assert field.mapTo(tab, QPoint(field.width(), 0)).x() < tab.guidance.mapTo(tab, QPoint(0, 0)).x()
        tab.guidance.setFocus()
    QTest.keyClick(tab.guidance, Qt.Key.Key_Escape)
    assert not tab.guidance.isVisible()
    assert field.hasFocus(), "back to the caret"
    assert field.width() == before


def test_the_edge_of_the_guidance_is_dragged_and_its_width_stays(open_window: OpenWindow) -> None:
    window = open_window("example", size=(1600, 900))
    assert window.view is not None
    window.view.show_area("home-family").guidance.click()
    settle()
    tab = window.view.categories["community"]
    before = tab.guidance.width()
    grip = next(one for one in tab.findChildren(QWidget) if one.accessibleName() == "Width of the guidance")
    QTest.mousePress(grip, Qt.MouseButton.LeftButton, pos=QPoint(2, 50))
    QTest.mouseMove(grip, QPoint(-60, 50))
    QTest.mouseRelease(grip, Qt.MouseButton.LeftButton, pos=QPoint(2, 50))
    settle()
    assert before + 40 < tab.guidance.width() < before + 80
    assert window.app.forms.guidance_width > 0
    window.view.show_area("needs").guidance.click()
    settle()
    other = window.view.categories["curriculum"].guidance
    assert abs(other.width() - tab.guidance.width()) <= 2, "in every area"


def test_the_edge_of_the_guidance_is_moved_by_keys(open_window: OpenWindow) -> None:
    window, keys = open_window("example", size=(1600, 900)), Keyboard()
    assert window.view is not None
    window.view.show_area("home-family").guidance.click()
    settle()
    guidance = window.view.categories["community"].guidance
    before = guidance.width()
    keys.tab_to("Width of the guidance")
    keys.press(Qt.Key.Key_Left, times=3)
    wider = guidance.width()
    assert wider > before
    keys.press(Qt.Key.Key_Right, times=2)
    assert before < guidance.width() < wider
    assert window.app.forms.guidance_width > 0
