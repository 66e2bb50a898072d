"""The guidance beside a form: where it points to, and that it never judges."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apq_desktop import paths
from apq_desktop.toolkit.question_library import QuestionLibrary
from apq_desktop.ui.pages.area.guidance_panel import EXAMPLES_ABOUT, SIGNPOST, SUGGESTION, GuidancePanel
from apq_desktop.ui.session.open_file.file_controller import FileController
from apq_desktop.ui.widgets.text_labels import PlainLabel
from apq_desktop.ui.window.main_window import MainWindow

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from apq_desktop.toolkit.catalogue import Catalogue
    from apq_desktop.ui.widgets.theme import Theme


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
