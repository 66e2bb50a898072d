"""The guidance beside a form: where it points to, and that it never judges."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLabel

from apq_desktop.ui.pages.area.guidance_panel import SIGNPOST, GuidancePanel

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from apq_desktop.toolkit.catalogue import Catalogue


def test_the_guidance_of_every_area_points_to_its_themes_of_the_national_standards(
    qtbot: QtBot, catalogue: Catalogue
) -> None:
    panel = GuidancePanel(catalogue)
    qtbot.addWidget(panel)
    for area in catalogue.areas:
        panel.show_area(area)
        words = [label.text() for label in panel.page.findChildren(QLabel) if label.isVisibleTo(panel)]
        after = words[words.index(SIGNPOST) + 1 :]
        themes = [f"{standard.title}. {standard.about}" for standard in catalogue.standards_of(area)]
        assert after == [*themes, catalogue.standards_about]
