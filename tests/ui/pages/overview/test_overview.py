"""The Overview leads on: to the caret, to the next actions, to the file; and a file opens where it was left."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication, QLabel

from apq_desktop.evaluation.edits.changes import SetField, Target
from apq_desktop.evaluation.text import dates
from apq_desktop.ui.fields.text_fields import TextField
from apq_desktop.ui.session.open_file.file_controller import FileController
from apq_desktop.ui.widgets.buttons import LinkButton
from apq_desktop.ui.widgets.text_labels import PathLabel
from apq_desktop.ui.window.main_window import MainWindow
from apq_desktop.ui.window.settings import Settings
from tests.ui.row_menus import choose
from tests.ui.screens import settle

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from apq_desktop.toolkit.catalogue import Catalogue
    from apq_desktop.ui.widgets.theme import Theme
    from tests.ui.conftest import OpenWindow


def words(widget: Any) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]


def today() -> date:
    return date.today()  # noqa: DTZ011 - the person's own day


def stop_in_second_strength(window: MainWindow) -> Any:
    """Write in the second strength of an area, and leave the caret after twelve letters."""
    assert window.view is not None
    field: Any = window.view.show_area("home-family").strength_list.rows()[1].first_field
    field.setFocus()
    field.put_cursor(12)
    return field


def test_continue_leads_back_to_the_caret_and_says_where_that_is(open_window: OpenWindow) -> None:
    window = open_window("example")
    assert window.view is not None
    field = stop_in_second_strength(window)
    window.view.show_overview()
    card = window.view.overview.go_on
    assert card.go.accessibleName() == "Continue: 2 Home and family engagement, Strengths, the second one"
    assert any(
        text.startswith("Continue where you stopped.  Strengths, the second one, today at ") for text in words(card)
    )
    card.go.click()
    focus: Any = QApplication.focusWidget()
    assert focus is field
    assert field.textCursor().position() == 12


def test_where_nothing_was_written_yet_the_first_area_is_offered(open_window: OpenWindow) -> None:
    window = open_window("empty")
    assert window.view is not None
    assert window.view.overview.go_on.go.accessibleName() == "Begin: 1 Workforce development and wellbeing"
    window.view.overview.go_on.go.click()
    assert window.view.show_area("workforce").isVisible()


def test_what_somebody_else_wrote_is_offered_to_read(open_window: OpenWindow) -> None:
    window = open_window("example")
    assert window.view is not None
    assert window.view.overview.go_on.go.accessibleName() == "Open: 1 Workforce development and wellbeing"


def test_a_place_that_was_removed_is_passed_over(open_window: OpenWindow) -> None:
    window = open_window("example")
    assert window.view is not None
    stop_in_second_strength(window)
    choose(window.view.show_area("home-family").strength_list.rows()[1], "Remove")
    window.view.show_overview()
    assert "the second one" not in " ".join(words(window.view.overview.go_on))


def test_the_file_opens_where_it_was_left_with_the_caret_there(
    qtbot: QtBot, catalogue: Catalogue, theme: Theme, tmp_path: Path
) -> None:
    settings = tmp_path / "settings.ini"

    def opened(path: Path | None) -> MainWindow:
        window = MainWindow(FileController(lambda: catalogue), theme, tmp_path, Settings(settings))
        window.show()
        qtbot.waitExposed(window)
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        with qtbot.waitSignal(window.evaluation_shown):
            window.open_file(path) if path else window.commands.open.open_example()
        QApplication.processEvents()
        return window

    first = opened(None)
    assert first.session is not None
    path = first.current.get().path  # type: ignore[union-attr]
    stop_in_second_strength(first)
    assert first.close()
    second = opened(path)
    focus: Any = QApplication.focusWidget()
    assert focus.bound_to[0].kind == "strengths"
    assert focus.textCursor().position() == 12
    assert second.close()
    settings.write_text(settings.read_text("utf-8").replace("strengths", "nonsense"), "utf-8")
    third = opened(path)
    assert third.view is not None
    assert third.view.overview.isVisible(), "what makes no sense is passed over"
    assert third.close()
    for window in (first, second, third):
        window.deleteLater()


def test_the_next_three_dated_actions_stand_there_the_overdue_first_and_lead_to_their_row(
    open_window: OpenWindow,
) -> None:
    window = open_window("example")
    assert window.session is not None
    assert window.view is not None
    evaluation = window.session.evaluation
    waiting = [action for action in evaluation.actions if action.progress == "under-way"]
    for days, action in zip((-30, -3, 1, 2), waiting, strict=False):
        day = (today() + timedelta(days)).isoformat()
        window.session.set_field(Target("actions", action.id), "by_when", day)
    window.view.show_overview()
    QApplication.processEvents()
    part = window.view.overview.next_actions
    assert part.plan.text().startswith("2 overdue, ")
    late = dates.shown((today() - timedelta(30)).isoformat())
    assert words(part).count("overdue") == 2
    links = [link for link in part.findChildren(LinkButton) if link.isVisible() and link is not part.plan]
    assert len(links) == 3
    assert links[0].accessibleName().endswith(f"overdue since {late}")
    links[0].click()
    QApplication.processEvents()
    assert window.view.plan.isVisible()
    panel = window.view.plan.findChildren(TextField)
    assert waiting[0].id in [field.bound_to[0].key for field in panel if hasattr(field, "bound_to")]


def test_what_is_not_given_is_one_line_and_the_area_says_its_state(open_window: OpenWindow) -> None:
    window = open_window("empty")
    assert window.view is not None
    shown = words(window.view.overview)
    assert "Not provided" not in shown
    assert [text for text in shown if text.startswith("Not given yet: ")] == ["Not given yet: period, who took part"]
    names = [link.accessibleName() for link in window.view.overview.findChildren(LinkButton)]
    assert "2 Home and family engagement, Not started" in names


def test_the_last_sending_and_the_last_backup_are_told(open_window: OpenWindow) -> None:
    window = open_window("example")
    assert window.view is not None
    QApplication.processEvents()
    shown = words(window.view.overview.file)
    assert "Not yet" in shown
    assert any("on this computer only" in text for text in shown)


def test_the_columns_stand_below_each_other_where_there_is_no_room(open_window: OpenWindow, theme: Theme) -> None:
    theme.set_text_size(100)
    for characters, beside in ((150, True), (70, False)):
        width = characters * QFontMetrics(QApplication.font()).averageCharWidth()
        window = open_window("example", size=(width, 700))
        assert window.view is not None
        QApplication.processEvents()
        page = window.view.overview
        same_line = (
            page.file.mapTo(page, page.file.rect().topLeft()).x()
            > page.go_on.mapTo(page, page.go_on.rect().topLeft()).x() + 100
        )
        assert same_line == beside
        window.close()


def test_a_file_that_was_named_without_its_folder_is_shown_with_it(
    open_window: OpenWindow, example_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(example_file.parent)
    window = open_window(Path(example_file.name))
    assert window.view is not None
    (where,) = window.view.overview.file.findChildren(PathLabel)
    assert where.accessibleName() == str(example_file)


def test_what_does_not_apply_is_told_so_and_counted_nowhere_as_ready(open_window: OpenWindow) -> None:
    """Without its reason too: no sum of areas that are ready is told at all."""
    window = open_window("empty")
    assert window.session is not None
    assert window.view is not None
    window.session.make(SetField(Target("area", "post-16"), "applies", False, True))
    window.view.show_overview()
    settle()
    told = words(window.view.overview)
    assert told.count("Does not apply") == 1
    assert not [text for text in told if re.search(r"\d+ of \d+", text)]
