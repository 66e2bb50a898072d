"""The settings that are read are narrowed by keys, each filter for itself, and what leaves some out is always seen."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt

from apq_desktop.services.locality import tags, themes
from tests.cases import first
from tests.library import council
from tests.ui.council_window import new_library, receive, shown
from tests.ui.keyboard import Keyboard
from tests.ui.screens import settle

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from apq_desktop.evaluation.model import Evaluation
    from apq_desktop.ui.window.main_window import MainWindow
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


@pytest.mark.parametrize("key", first(1, ["area", "themes", "providers"]))
def test_what_is_chosen_stays_in_its_place_where_nobody_is_so(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path, key: str
) -> None:
    window = open_window("start")
    new_library(window, tmp_path / "Northshire", qtbot)
    receive(window, qtbot, *council.put(tmp_path / "inbox", *settings()))
    write(window, qtbot, lambda library: themes.add_theme(library, "Mornings"))
    page: Any = shown(window).show_page(key)
    filters = page.filters if key == "area" else page
    if key == "area":
        page.filters.more.unfold()
    for holder in (filters.kind, filters.stage):
        qtbot.waitUntil(partial(_offers_some, holder))
    settle()
    before = filters.kind.mapTo(page.page, filters.kind.rect().topLeft())
    for field, value in ((filters.kind, "hospital"), (filters.stage, "5")):
        field.load(value)
    filters.stage.changed.emit("5")
    qtbot.waitUntil(page.said.isVisible)
    settle()
    assert filters.kind.mapTo(page.page, filters.kind.rect().topLeft()) == before


@pytest.mark.parametrize("key", first(1, ["area", "themes", "providers"]))
def test_a_filter_that_is_gone_from_the_library_leaves_nobody_out(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path, key: str
) -> None:
    window = open_window("start")
    new_library(window, tmp_path / "Northshire", qtbot)
    made = settings()
    receive(window, qtbot, *council.put(tmp_path / "inbox", *made))
    write(window, qtbot, lambda library: themes.add_theme(library, "Mornings"))
    window.libraries._ask_for_news.stop()  # which would show the page once more
    write(window, qtbot, lambda library: tags.give_tag(library, made[1].setting.id, "To visit", audience="us"))
    page: Any = shown(window).show_page(key)
    tag = page.filters.tag if key == "area" else page.tag
    qtbot.waitUntil(partial(_offers_some, tag))
    tag.load("To visit")
    tag.changed.emit("To visit")
    qtbot.waitUntil(lambda: names_on(page) == ["Élan"])
    write(window, qtbot, lambda library: tags.take_tag_away(library, made[1].setting.id, "To visit"))
    qtbot.waitUntil(lambda: names_on(page) == ALL)
    assert tag.value() == ""


def names_on(page: Any) -> list[str]:
    """The settings that stand on a page."""
    if hasattr(page, "columns"):
        return list(page.columns.names)
    if hasattr(page.table, "providers"):
        return [row.name for row in page.table.providers.rows]
    matrix = page.table.cells.matrix
    return [row.name for row in matrix.rows] if matrix else []


def _offers_some(field: Any) -> bool:
    return bool(field.count() > 1)


def write(window: MainWindow, qtbot: QtBot, work: Callable[[Any], object]) -> None:
    """Write into the library behind the window."""
    with qtbot.waitSignal(window.libraries.changed):
        window.libraries.write(work)
