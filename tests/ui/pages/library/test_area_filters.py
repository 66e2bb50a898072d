"""The settings that are read are narrowed by keys, each filter for itself, and what leaves some out is always seen."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt

from tests.library import council
from tests.ui.council_window import new_library, receive, shown
from tests.ui.keyboard import Keyboard

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from apq_desktop.evaluation.model import Evaluation
    from tests.ui.conftest import OpenWindow

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support grabbing the keyboard", extend=True)
ALL = ["abbey", "Élan", "Elm", "Ŵyn", "Zed"]


def settings() -> list[Evaluation]:
    """Settings of two kinds, key stages and councils; one of them says in which part of the area a strength is."""
    made = [council.evaluation(name) for name in ALL]
    for one in made:
        needs = one.area("needs")
        for entry in (*needs.strengths, *needs.development_areas):
            entry.sub_area = ""
        one.setting.kind, one.setting.key_stages, one.setting.local_authority = "college", ["4"], "Northshire"
    made[0].setting.kind = "hospital"
    made[1].setting.key_stages = ["4", "5"]
    made[2].setting.local_authority = "Southshire"
    made[3].area("needs").strengths[0].sub_area = "literacy"
    return made


def _stand_there(page: Any, names: list[str]) -> bool:
    return bool(page.columns.names == names)


def test_each_filter_leaves_those_that_fit_and_is_named_when_it_is_folded(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window, keys = open_window("start"), Keyboard()
    new_library(window, tmp_path / "Northshire", qtbot)
    receive(window, qtbot, *council.put(tmp_path / "inbox", *settings()))
    keys.menu(Qt.Key.Key_L, Qt.Key.Key_A)
    page: Any = shown(window).page("area")
    keys.tab_to("Area")
    keys.press(Qt.Key.Key_7)
    qtbot.waitUntil(lambda: page.columns.names == ALL)
    keys.push("Only some settings, closed")
    part = council.catalogue().area("needs").sub_areas[0].title
    for field, key, name, chosen in (
        ("Key stage", Qt.Key.Key_End, "Élan", "Key stage 5"),
        ("Kind of setting", Qt.Key.Key_H, "abbey", council.catalogue().kind_title("hospital")),
        ("Council", Qt.Key.Key_End, "Elm", "Southshire"),
        ("Part of the area", Qt.Key.Key_Down, "Ŵyn", part),
    ):
        keys.tab_to(field)
        keys.press(key)
        qtbot.waitUntil(partial(_stand_there, page, [name]))
        assert page.filters.more.button.accessibleName() == f"Only some settings: {chosen}, open"
        keys.press(Qt.Key.Key_Home)
        qtbot.waitUntil(partial(_stand_there, page, ALL))
        assert page.filters.more.button.accessibleName() == "Only some settings, open"
