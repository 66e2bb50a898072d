"""Colours and text size follow at once when they are changed, and long names never push anything out of sight."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING

import contrast_themes
import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QMessageBox, QTextEdit, QWidget

from apq_desktop.evaluation.edits.changes import Target
from apq_desktop.ui.fields.field_layout import describe
from apq_desktop.ui.fields.line_fields import LineField
from apq_desktop.ui.widgets.text_labels import PlainLabel
from apq_desktop.ui.widgets.theme import CONTRAST, LIGHT, Theme, colours
from apq_desktop.ui.widgets.tick_boxes import RadioButton, words_begin
from tests.ui import screen_checks
from tests.ui.every_page import pages
from tests.ui.focus_ring import unseen
from tests.ui.screens import settle

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytestqt.qtbot import QtBot

    from apq_desktop.ui.window.main_window import MainWindow
    from tests.ui.conftest import OpenWindow

HOSTILE = '<b>x</b><img src="file:///x"> &amp; a<b'
AND = "Bath & North East Somerset & Wells"


def visit(window: MainWindow) -> None:
    """Build the pages that are built at their first visit."""
    assert window.view is not None
    window.view.show_details()
    window.header.send.click()
    window.view.show_area("needs").guidance.click()
    settle()


def area_form(window: MainWindow) -> Iterator[str]:
    """The form of one area."""
    assert window.view is not None
    window.view.show_area("home-family")
    yield "area form"


def looks(window: QWidget) -> list[tuple[object, ...]]:
    """Each widget's font, colours and size, as a person sees them."""
    roles = (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.Base, QPalette.ColorRole.Window)
    return [
        (
            screen_checks.describe(widget),
            widget.fontInfo().pixelSize(),
            [widget.palette().color(role).name() for role in roles],
            widget.size().toTuple() if widget.isVisible() else (),
        )
        for widget in window.findChildren(QWidget)
        if "Path" not in type(widget).__name__ and not isinstance(widget, QMenu)  # Qt's bar makes one when it likes
    ]


def test_a_change_of_colours_and_text_size_reaches_every_widget(open_window: OpenWindow, theme: Theme) -> None:
    changed = open_window("example", scheme="light", percent=100)
    visit(changed)
    assert changed.session is not None
    changed.session.autosave.saved.emit(None)
    theme.set_scheme("dark")
    theme.set_text_size(200)
    settle()
    fresh = open_window("example", scheme="dark", percent=200)
    visit(fresh)
    different = [
        f"{now} should be {should}" for now, should in zip(looks(changed), looks(fresh), strict=True) if now != should
    ]
    assert not different, f"{len(different)} widgets\n" + "\n".join(different[:20])


def test_a_changed_window_is_painted_like_one_that_began_so(open_window: OpenWindow, theme: Theme) -> None:
    changed = open_window("example", scheme="dark", percent=150)
    visit(changed)
    theme.set_scheme("light")
    theme.set_text_size(100)
    settle()
    fresh = open_window("example", scheme="light", percent=100)
    visit(fresh)
    for window in (changed, fresh):
        window.activateWindow()
        window.header.send.setFocus()
        settle()
    fresh.header.send.clearFocus()
    changed.header.send.clearFocus()
    assert changed.grab().toImage() == fresh.grab().toImage()


def test_selected_text_and_what_is_only_shown_stand_out(open_window: OpenWindow) -> None:
    for scheme in ("light", "dark"):
        window = open_window("example", scheme=scheme)
        assert window.view is not None
        form = window.view.show_area("home-family")
        field = next(field for field in form.findChildren(QTextEdit) if len(field.toPlainText()) > 100)
        for selected in (False, True):
            cursor = field.textCursor()
            cursor.movePosition(cursor.MoveOperation.Start)
            cursor.movePosition(
                cursor.MoveOperation.End,
                cursor.MoveMode.KeepAnchor if selected else cursor.MoveMode.MoveAnchor,
            )
            field.setTextCursor(cursor)
            rect = screen_checks._ink_rect(field, field).adjusted(8, 8, 0, 0)
            assert screen_checks.painted_contrast(field.grab().toImage(), rect) >= 4.5
        for item in (field, *form.findChildren(QWidget, "")):
            item.setEnabled(False)
        settle()
        assert not screen_checks.low_contrast(form)
        window.close()


def test_high_contrast_follows_the_computer_and_can_be_chosen_at_any_time(
    open_window: OpenWindow, theme: Theme, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window("example", scheme="system")
    for other in QApplication.instance().findChildren(Theme):  # type: ignore[union-attr]
        if other is not theme:
            shiboken6.delete(other)  # what earlier tests left would follow the computer too
    computer = SimpleNamespace(contrastPreference=lambda: Qt.ContrastPreference.HighContrast)
    monkeypatch.setattr(theme, "_accessibility", computer)
    theme._hints.colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    settle()
    assert colours(window) is CONTRAST
    computer.contrastPreference = lambda: Qt.ContrastPreference.NoPreference
    theme._hints.colorSchemeChanged.emit(Qt.ColorScheme.Light)
    settle()
    assert colours(window) is not CONTRAST
    window.menus.actions["contrast_colours"].trigger()
    settle()
    assert colours(window) is CONTRAST
    window.menus.actions["light_colours"].trigger()
    settle()
    assert colours(window) is LIGHT


@pytest.mark.parametrize("name", contrast_themes.THEMES)
@pytest.mark.parametrize("screens", [area_form, pytest.param(pages, marks=pytest.mark.long)])
def test_a_contrast_theme_of_windows_gives_its_own_colours_and_all_stands_out(
    open_window: OpenWindow,
    theme: Theme,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    screens: Callable[[MainWindow], Iterator[str]],
) -> None:
    window = open_window("example", scheme="light")
    for method, own in contrast_themes.as_computer(name).items():
        monkeypatch.setitem(vars(theme), method, own)
    theme.set_scheme("system")
    settle()
    page, text, _, _, link = contrast_themes.THEMES[name][0]
    shown = colours(window)
    assert (shown.page, shown.text, shown.accent) == (page, text, link)
    found = []
    for screen in screens(window):
        settle()
        faults = [
            *screen_checks.low_contrast_anywhere(window),
        ]
        found += [f"{screen}: {fault}" for fault in (*faults, *unseen(window, a_few=True))]
    assert not found, f"{len(found)} faults\n" + "\n".join(found)
    theme.set_scheme("light")
    settle()
    assert colours(window) is LIGHT


def test_long_names_neither_widen_the_window_nor_fill_it(open_window: OpenWindow) -> None:
    window = open_window("example", percent=200, size=(1024, 600))
    session, view = window.session, window.view
    assert session is not None
    assert view is not None
    evaluation = session.evaluation
    evaluation.setting.name = "Long name " * 50
    evaluation.title = "Word " * 100
    evaluation.commissioner = "https://council.example/" + "a" * 470
    evaluation.period = evaluation.setting.local_authority = "x" * 500
    evaluation.actions[0].what = "y" * 2_000
    evaluation.took_part = "z" * 2_000
    window.header.show_evaluation(evaluation)
    for show in (view.show_overview, view.show_details, window.header.send.click):
        show()
        settle()
        assert window.size().toTuple() == (1024, 600)
        assert window.header.height() < 300
        assert not screen_checks.clipped(window)


def test_words_of_a_person_are_never_taken_for_markup(open_window: OpenWindow) -> None:
    window = open_window("example")
    session, view = window.session, window.view
    assert session is not None
    assert view is not None
    session.evaluation.setting.name = session.evaluation.title = HOSTILE
    session.evaluation.commissioner = session.evaluation.period = HOSTILE
    for action in session.evaluation.actions:
        action.what = HOSTILE
    window.header.show_evaluation(session.evaluation)
    visit(window)
    view.show_overview()
    assert window.header.setting.text() == HOSTILE
    assert not screen_checks.interprets_markup(window)


def test_messages_show_their_words_as_they_are(open_window: OpenWindow) -> None:
    window = open_window("start")
    box = window.app.dialogs.tell("Message", HOSTILE)
    QCoreApplication.processEvents()
    assert isinstance(box, QMessageBox)
    shown = [label for label in box.findChildren(QLabel) if HOSTILE in label.text()]
    assert shown
    assert all(label.textFormat() == label.textFormat().PlainText for label in shown)
    box.close()


def test_an_ampersand_in_the_words_of_a_tick_box_is_shown_once(open_window: OpenWindow) -> None:
    """Qt takes a doubled one for the sign itself; a single one would be a key to press."""
    window = open_window("empty")
    assert window.session is not None
    name = AND
    window.session.set_field(Target("evaluation"), "commissioner", name)
    window.commands.send.show_sending()
    assert window.view is not None
    assert window.view.sending is not None
    box = window.view.sending.for_whom.boxes[name]
    picture = box.grab().toImage()
    ground = picture.pixel(picture.width() - 1, 0)
    inked = [x for x in range(picture.width()) for y in range(picture.height()) if picture.pixel(x, y) != ground]
    words = box.fontMetrics().horizontalAdvance(name)
    assert max(inked) <= (words_begin(box.fontMetrics()) + words) * picture.devicePixelRatio()


def test_an_ampersand_in_the_label_of_a_field_is_shown_and_read_out(qtbot: QtBot) -> None:
    field, label, plain = LineField(), PlainLabel(AND), PlainLabel(AND)
    describe(field, AND, label=label)
    for shown in (label, plain):
        qtbot.addWidget(shown)
        shown.resize(400, 30)
    assert label.grab().toImage() == plain.grab().toImage()
    assert screen_checks.spoken_name(label) == label.text() == AND


def test_a_web_address_may_break_anywhere_and_is_read_out_as_one(qtbot: QtBot) -> None:
    address = "https://www.northshire.example/alternative-provision/policies"
    label = PlainLabel(address)
    qtbot.addWidget(label)
    assert label.minimumSizeHint().width() < label.fontMetrics().horizontalAdvance(address) // 2
    assert screen_checks.spoken_name(label) == address
    label.setText("Kept in the office")
    assert screen_checks.spoken_name(label) == "Kept in the office"


def test_an_answer_that_is_not_chosen_stands_out_and_the_one_in_focus_has_a_ring(open_window: OpenWindow) -> None:
    window = open_window("example", scheme="dark")
    window.show_page("next_year")
    settle()
    first, second = window.findChildren(RadioButton)
    assert first.hasFocus()
    words = words_begin(first.fontMetrics())
    ground = second.grab().toImage().pixel(second.width() - 1, 0) & 0xFFFFFF
    # The mark's edge, and the ring that is around the words of the one in focus.
    for button, columns, least in ((second, range(4), 3.0), (first, range(words - 8, words), 8.0)):
        picture = button.grab().toImage()
        edge = [picture.pixel(x, picture.height() // 2) & 0xFFFFFF for x in columns]
        assert max(screen_checks.contrast(colour, ground) for colour in edge) >= least


def test_the_buttons_of_an_item_are_drawn_while_it_is_in_hand_and_move_nothing(open_window: OpenWindow) -> None:
    window = open_window("example")
    assert window.view is not None
    form = window.view.show_area("home-family")
    first, second = form.strength_list.rows()[:2]
    places = [tool.geometry() for tool in (first.handle, second.menu)]
    for row, other in ((first, second), (second, first)):
        row.first_field.setFocus()
        settle()
        assert row.menu.in_hand
        assert not other.menu.in_hand
        sign = screen_checks.describe(row.menu)
        assert not [words for words in screen_checks.low_contrast(form) if words.startswith(sign)]
        drawn = [
            len({tool.grab().toImage().pixel(x, y) for x in range(24) for y in range(24)})
            for tool in (row.handle, row.menu)
        ]
        assert min(drawn) > 1
    assert [tool.geometry() for tool in (first.handle, second.menu)] == places
