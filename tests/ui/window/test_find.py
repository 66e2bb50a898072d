"""“Find or go to…”: one field over everything, with the words marked here and at the place, and the way back."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from apq_desktop.evaluation.edits.changes import Target
from apq_desktop.ui.pages.help.help_page import HelpPage
from apq_desktop.ui.widgets.text_labels import PlainLabel
from apq_desktop.ui.window.find.results import Found
from tests.ui import screen_checks
from tests.ui.keyboard import press
from tests.ui.screens import LOOKS, settle

if TYPE_CHECKING:
    from apq_desktop.ui.widgets.theme import Scheme
    from apq_desktop.ui.window.find.overlay import FindPanel
    from apq_desktop.ui.window.main_window import MainWindow
    from tests.ui.conftest import OpenWindow

SUPPORT = Target("area", "home-family")


def focused() -> Any:
    focus = QApplication.focusWidget()
    assert focus is not None
    return focus


@pytest.fixture
def window(open_window: OpenWindow) -> MainWindow:
    return open_window("example")


def panel(window: MainWindow) -> FindPanel:
    return window.finding.overlay.panel


def rows(window: MainWindow) -> list[tuple[str, Found | None]]:
    results = panel(window).results
    return [(results.item(row).text(), results.found_at(row)) for row in range(results.count())]


def group(window: MainWindow, title: str) -> list[Found]:
    """The places under a heading, as they are shown."""
    texts = rows(window)
    start = next(row for row, (text, found) in enumerate(texts) if found is None and text == title) + 1
    found: list[Found] = []
    for _, one in texts[start:]:
        if one is None:
            break
        found.append(one)
    return found


def search(window: MainWindow, words: str) -> None:
    """Open the field by its key and type; the pause before it looks is not waited for."""
    press(Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert window.finding.overlay.isVisible()
    assert focused() is panel(window).words
    QTest.keyClicks(panel(window).words, words)
    window.finding.look()


def support_field(window: MainWindow, words: str) -> Any:
    """The field for support of an area with these words in it, and the caret after the third letter."""
    assert window.view is not None
    assert window.session is not None
    window.session.set_field(SUPPORT, "support", words)
    field = window.view.show_area("home-family").binding.field(SUPPORT, "support")
    field.setFocus()
    field.put_cursor(3)
    return field


@pytest.mark.parametrize("key", [Qt.Key.Key_K, Qt.Key.Key_F])
def test_esc_leads_back_to_the_caret_from_either_key(window: MainWindow, key: Qt.Key) -> None:
    field = support_field(window, "Café visits")
    press(key, Qt.KeyboardModifier.ControlModifier)
    assert window.finding.overlay.isVisible()
    press(Qt.Key.Key_Escape)
    assert window.finding.overlay.isHidden()
    assert focused() is field
    assert field.textCursor().position() == 3
    assert field.value() == "Café visits", "Ctrl+K cuts nothing off"


def test_the_way_to_it_is_a_wide_field_in_the_middle_that_does_not_move_while_saving(open_window: OpenWindow) -> None:
    window = open_window("empty", size=(1366, 690))
    button, header = window.header.look_for, window.header
    places: set[tuple[int, ...]] = set()
    for say in (header.show_saving, lambda: header.show_saved(datetime(2026, 11, 27, 14, 2, tzinfo=UTC))):
        say()
        settle()
        place = screen_checks.rect_in(button, window)
        places.add((place.left(), place.top(), place.width(), place.height()))
    left, _, width, _ = places.pop()
    assert not places
    assert abs(left + width / 2 - window.width() / 2) <= 2
    assert width >= button.fontInfo().pixelSize() * 20


def test_a_letter_typed_on_the_way_to_it_is_the_first_one_in_it(window: MainWindow) -> None:
    window.header.look_for.setFocus()
    QTest.keyClicks(window.header.look_for, "s")
    QTest.keyClicks(focused(), "urvey")
    window.finding.look()
    assert panel(window).words.value() == "survey"
    assert group(window, "You wrote")


def test_enter_goes_to_the_word_and_marks_it_and_f3_to_the_next(window: MainWindow) -> None:
    field = support_field(window, "A 🚲 zebracafé, and another Zebracafé.")
    search(window, "zebracafe")
    first = group(window, "You wrote")[0]
    assert [first.text[start:end] for start, end in first.matches] == ["zebracafé", "Zebracafé"]
    press(Qt.Key.Key_Return)
    assert window.finding.overlay.isHidden()
    assert focused() is field
    assert field.textCursor().selectedText() == "zebracafé"
    press(Qt.Key.Key_F3)
    assert field.textCursor().selectedText() == "Zebracafé"
    assert field.textCursor().selectionStart() > 20
    press(Qt.Key.Key_F3)
    assert field.textCursor().selectedText() == "zebracafé", "after the last place comes the first"


def test_every_kind_of_place_is_found_and_led_to(window: MainWindow) -> None:
    assert window.view is not None
    assert window.session is not None
    evaluation, view, tabs = window.session.evaluation, window.view, window.view.tabs

    def tab() -> Any:
        return tabs.currentWidget()

    def bound_to() -> Any:
        return focused().bound_to[0]

    for words, title, arrived in (
        ("details", "Areas and pages", lambda: view.currentWidget() is view.details),
        ("attendance and eng", "Areas and pages", lambda: tab().areas.shown == "attendance"),
        (evaluation.actions[0].what[:30], "Action plan", lambda: evaluation.actions[0].what in shown_words()),
        (evaluation.evidence[0].title, "Evidence", lambda: evaluation.evidence[0].title in shown_words()),
        ("in what ways", "Questions", lambda: bound_to().kind == "note"),
        ("boxall", "Guidance", lambda: bool(tab().guidance.isVisible())),
        ("usb", "Help", lambda: any(page.isVisible() for page in window.findChildren(HelpPage))),
        ("high contrast", "Do", window.menus.actions["contrast_colours"].isChecked),
    ):
        search(window, words)
        found = group(window, title)[0]
        assert all(0 <= start < end <= len(found.text) for start, end in found.matches)
        assert found.matches
        panel(window).results.chosen.emit(found)
        QApplication.processEvents()
        assert arrived(), title
        press(Qt.Key.Key_Escape)
    window.menus.actions["light_colours"].trigger()


def marked(window: MainWindow) -> list[tuple[str, str]]:
    """What is selected in labels, each with the whole of its text."""
    labels = [label for label in window.findChildren(PlainLabel) if label.isVisible() and label.hasSelectedText()]
    for label in labels:
        assert not label.visibleRegion().isEmpty(), "it is in view"
    return [(label.selectedText().lower(), label.text()) for label in labels]


@pytest.mark.parametrize(("words", "title"), [("research", "Guidance"), ("backup", "Help"), ("evidence", "Questions")])
def test_words_that_are_only_read_are_marked_where_they_stand_and_f3_goes_on(
    open_window: OpenWindow, words: str, title: str
) -> None:
    window = open_window("example", size=(1366, 690))
    search(window, words)
    found = group(window, title)
    panel(window).results.chosen.emit(found[0])
    settle()
    assert marked(window) == [(words, found[0].label)]
    press(Qt.Key.Key_F3)
    assert marked(window) == [(words, found[1].label)]


def test_a_help_page_that_is_called_so_comes_before_those_that_only_speak_of_it(window: MainWindow) -> None:
    search(window, "computer new")
    assert group(window, "Help")[0].text == "Moving to a new computer"


def test_f3_selects_the_word_in_every_place_also_in_the_details_beside_a_table(window: MainWindow) -> None:
    assert window.session is not None
    evaluation = window.session.evaluation
    for action in evaluation.actions[:2]:
        window.session.set_field(Target("actions", action.id), "measure", "Zebras are counted")
    window.session.set_field(Target("evidence", evaluation.evidence[0].id), "kind", "Zebra list")
    support_field(window, "A zebra.")
    search(window, "zebra")
    press(Qt.Key.Key_Return)
    selected = []
    for _ in range(4):
        field: Any = focused()
        words = field.textCursor().selectedText() if hasattr(field, "textCursor") else field.selectedText()
        selected.append((field.bound_to[1], words.lower()))
        press(Qt.Key.Key_F3)
    assert sorted(selected) == [("kind", "zebra"), ("measure", "zebra"), ("measure", "zebra"), ("support", "zebra")]


def shown_words() -> str:
    field: Any = focused()
    return str(field.shown_words()) if hasattr(field, "shown_words") else ""


def test_a_group_shows_three_places_and_says_how_many_more_there_are(window: MainWindow) -> None:
    search(window, "the")
    texts = [text for text, _ in rows(window)]
    more = next(text for text in texts if text.endswith(" more in your words"))
    assert len(group(window, "You wrote")) == 3
    results = panel(window).results
    results.setCurrentRow(texts.index(more))
    press(Qt.Key.Key_Return)
    assert window.finding.overlay.isVisible()
    assert len(group(window, "You wrote")) == 3 + int(more.split()[0])


def test_with_nothing_typed_the_last_five_places_are_offered_and_lead_to_their_caret(window: MainWindow) -> None:
    assert window.view is not None
    before: list[Any] = []
    for number, area in ((6, "attendance"), (2, "home-family")):
        form = window.view.show_area(area)
        for question in (1, 2, 3):
            before.append(form.binding.field(Target("note", f"{number}.{question}", area), "note"))
            before[-1].setFocus()
            before[-1].put_cursor(len(before))
    press(Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    offered = group(window, "Where you were")
    assert len(offered) == 5
    assert "question 2.2" in offered[0].where
    press(Qt.Key.Key_Return)
    assert focused() is before[-2], "the place that one comes from is not offered"
    assert before[-2].textCursor().position() == len(before) - 1


def test_keys_choose_and_skip_the_headings_and_tab_stays_in_the_panel(window: MainWindow) -> None:
    search(window, "survey")
    results = panel(window).results
    seen = set()
    for _ in range(results.count() + 1):
        seen.add(results.currentRow())
        press(Qt.Key.Key_Down)
        assert results.item(results.currentRow()).flags() & Qt.ItemFlag.ItemIsSelectable
        press(Qt.Key.Key_Tab)
        press(Qt.Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
        assert focused() is panel(window).words
    assert len(seen) > 3
    assert panel(window).count.text().endswith(" found")


@pytest.mark.parametrize(("scheme", "percent", "size"), LOOKS)
def test_everything_in_the_panel_is_named_and_can_be_read_at_every_size(
    open_window: OpenWindow, scheme: Scheme, percent: int, size: tuple[int, int]
) -> None:
    window = open_window("example", scheme=scheme, percent=percent, size=size)
    search(window, "survey")
    QApplication.processEvents()
    shown = window.finding.overlay.panel
    assert window.finding.overlay.rect().contains(shown.geometry())
    assert not screen_checks.clipped(shown)
    assert not screen_checks.low_contrast(shown)
    assert not screen_checks.unnamed(screen_checks.controls(shown))


def test_nothing_found_is_said(window: MainWindow) -> None:
    search(window, "xyzzy")
    assert panel(window).count.text() == "Nothing found"
    assert rows(window) == []


def test_a_click_beside_the_panel_closes_it(window: MainWindow) -> None:
    field = support_field(window, "Words")
    search(window, "survey")
    QTest.mouseClick(window.finding.overlay, Qt.MouseButton.LeftButton, pos=window.finding.overlay.rect().bottomLeft())
    assert window.finding.overlay.isHidden()
    assert focused() is field


def test_on_the_first_page_help_and_commands_are_found(open_window: OpenWindow) -> None:
    window = open_window("start")
    search(window, "dark")
    assert group(window, "Do")[0].text == "Dark"
    assert group(window, "Help")


def test_another_page_that_is_shown_meanwhile_closes_the_panel(open_window: OpenWindow) -> None:
    window = open_window("example")
    window.open_finder()
    assert window.finding.overlay.isVisible()
    window.menus.actions["backups"].trigger()
    settle()
    assert not window.finding.overlay.isVisible()
    focus = window.focusWidget()
    assert focus is not None
    assert focus.window() is window
    assert screen_checks.spoken_name(focus) == "Back to the evaluation"
