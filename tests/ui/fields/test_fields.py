"""What a person types or pastes is kept as it is, cleaned only of what no text may hold; showing says nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent, QKeySequence, QTextCursor, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from apq_desktop.evaluation.model import MAX_LINE, MAX_TEXT
from apq_desktop.ui.fields.choice_fields import ChoiceField, FlagField, Grouped
from apq_desktop.ui.fields.line_fields import DateField, LineField
from apq_desktop.ui.fields.text_fields import TextField
from apq_desktop.ui.pages.area.area_form import InvertedFlag

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

ARABIC = "مدرسة صغيرة للتلاميذ"
EMOJI = "👩🏽‍🏫 gwych 🎉"
CLEANED = [
    ("a\x00b", "ab"),
    ("a\x07\x1b[31mb", "a[31mb"),
    ("a\ud800b", "ab"),
    ("pay \u202egpj.exe", "pay gpj.exe"),
    ("a\u2066b\u2069", "ab"),
    ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
]
KEPT = ["22\u00a0November", EMOJI, ARABIC, "a\tb", "a < b & c > d", "<b>not bold</b>", "\u200fשלום", "ŵŷ Łódź Ελλάδα"]


@pytest.fixture
def show(qtbot: QtBot) -> Callable[[QWidget], QWidget]:
    """Shows a field in an active window, with another control to go to."""
    kept: list[QWidget] = []

    def show_one(field: QWidget) -> QWidget:
        window = QWidget()
        kept.append(window)
        qtbot.addWidget(window)
        layout = QVBoxLayout(window)
        layout.addWidget(field)
        layout.addWidget(FlagField("Another control"))
        window.resize(500, 300)
        window.show()
        qtbot.waitExposed(window)
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        field.setFocus()
        return field

    return show_one


def said(field: TextField | LineField | ChoiceField | FlagField | Grouped) -> list[object]:
    """Everything that the field says from now on."""
    heard: list[object] = []
    field.changed.connect(heard.append)
    return heard


def paste(field: TextField | LineField, text: str) -> None:
    QGuiApplication.clipboard().setText(text)
    QTest.keyClick(field, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)


def compose(field: QWidget, text: str) -> None:
    """Letters that no single key makes, as an input method hands them over."""
    event = QInputMethodEvent("", [])
    event.setCommitString(text)
    QApplication.sendEvent(field, event)


@pytest.mark.parametrize(("given", "kept"), CLEANED)
def test_what_no_text_may_hold_is_cleaned_away(show: Callable[[QWidget], QWidget], given: str, kept: str) -> None:
    field = TextField()
    show(field)
    field.insertFromMimeData(mime(given))
    assert field.value() == kept


@pytest.mark.parametrize(("given", "kept"), CLEANED)
def test_a_line_is_cleaned_too_and_stays_one_line(show: Callable[[QWidget], QWidget], given: str, kept: str) -> None:
    field = LineField()
    show(field)
    compose(field, given)
    assert field.value() == kept.replace("\n", " ")
    assert field.text() == field.value()


def mime(text: str) -> QMimeData:
    data = QMimeData()
    data.setText(text)
    return data


@pytest.mark.parametrize("text", KEPT)
@pytest.mark.parametrize("kind", [TextField, LineField])
def test_every_honest_letter_is_kept(
    show: Callable[[QWidget], QWidget], kind: type[TextField | LineField], text: str
) -> None:
    field = kind()
    show(field)
    paste(field, text)
    assert field.value() == (text if kind is TextField else text.replace("\t", " "))
    again = kind()
    again.load(field.value())
    assert again.value() == field.value()


def test_three_thousand_words_are_pasted_whole(show: Callable[[QWidget], QWidget]) -> None:
    words = " ".join(f"word{n}" for n in range(3_000))
    field = TextField()
    heard = said(field)
    show(field)
    paste(field, words)
    assert field.value() == words
    assert heard == [words]
    assert field.verticalScrollBar().maximum() == 0, "nothing scrolls inside a field"


def test_two_megabytes_are_bounded_and_the_person_is_told(show: Callable[[QWidget], QWidget]) -> None:
    field = TextField()
    limits: list[int] = []
    field.cut_short.connect(limits.append)
    show(field)
    paste(field, "x" * 2_000_000)
    assert len(field.value()) == MAX_TEXT
    assert len(field.toPlainText()) == MAX_TEXT
    assert limits == [MAX_TEXT]


def test_pasting_into_a_nearly_full_field_keeps_what_was_there(show: Callable[[QWidget], QWidget]) -> None:
    field = TextField()
    field.load("x" * (MAX_TEXT - 3))
    limits: list[int] = []
    field.cut_short.connect(limits.append)
    show(field)
    field.moveCursor(QTextCursor.MoveOperation.Start)
    paste(field, "abcdef")
    assert field.value() == "abc" + "x" * (MAX_TEXT - 3)
    assert limits == [MAX_TEXT]


def test_a_letter_too_many_changes_nothing_but_is_said(show: Callable[[QWidget], QWidget]) -> None:
    field = TextField()
    field.load("x" * MAX_TEXT)
    limits: list[int] = []
    field.cut_short.connect(limits.append)
    show(field)
    field.moveCursor(QTextCursor.MoveOperation.End)
    for _ in range(5):
        QTest.keyClick(field, Qt.Key.Key_Left)
    place = field.textCursor().position()
    QTest.keyClicks(field, "y")
    assert field.value() == field.toPlainText() == "x" * MAX_TEXT
    assert limits == [MAX_TEXT]
    assert field.textCursor().position() == place, "the cursor stays where the person was"


def test_pasting_over_a_selection_needs_no_more_room(show: Callable[[QWidget], QWidget]) -> None:
    field = TextField()
    field.load("x" * MAX_TEXT)
    show(field)
    field.selectAll()
    paste(field, "y" * MAX_TEXT)
    assert field.value() == "y" * MAX_TEXT


def test_a_line_is_bounded(show: Callable[[QWidget], QWidget]) -> None:
    field = LineField()
    show(field)
    paste(field, "x" * 5_000)
    assert len(field.value()) == MAX_LINE


def test_a_line_counts_letters_as_the_file_does(show: Callable[[QWidget], QWidget]) -> None:
    field = LineField()
    show(field)
    paste(field, "🎉" * 5_000)
    assert 0 < len(field.value()) <= MAX_LINE
    assert set(field.value()) == {"🎉"}, "no half of a letter stays"


def test_text_grows_with_what_is_typed_and_never_scrolls_inside(show: Callable[[QWidget], QWidget]) -> None:
    field = TextField(lines=1)
    show(field)
    low = field.height()
    QTest.keyClicks(field, "several words " * 12)
    assert field.height() > low
    field.load("\n".join("line" for _ in range(200)))
    assert field.verticalScrollBar().maximum() == 0
    assert field.viewport().height() >= 200 * field.fontMetrics().lineSpacing()


def test_a_text_of_several_paragraphs_has_room_for_all_lines(show: Callable[[QWidget], QWidget]) -> None:
    field = TextField()
    show(field)
    field.load("\n".join("a paragraph that is wider than its field, so that it takes two lines" for _ in range(4)))
    field.window().resize(260, 700)
    QApplication.processEvents()
    assert field.verticalScrollBar().maximum() == 0
    assert field.viewport().height() >= field.document().size().height()


@pytest.mark.parametrize("enter", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_enter_in_a_list_adds_and_writes_nothing(show: Callable[[QWidget], QWidget], enter: Qt.Key) -> None:
    field = TextField(enter_adds=True)
    heard: list[bool] = []
    field.enter_pressed.connect(lambda: heard.append(True))
    show(field)
    QTest.keyClicks(field, "one")
    QTest.keyClick(field, enter)
    assert heard == [True]
    assert field.value() == "one"
    QTest.keyClick(field, enter, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClicks(field, "two")
    assert field.value() == "one\ntwo"
    assert heard == [True]


def test_enter_elsewhere_begins_a_line(show: Callable[[QWidget], QWidget]) -> None:
    field = TextField()
    show(field)
    QTest.keyClicks(field, "one")
    QTest.keyClick(field, Qt.Key.Key_Return)
    QTest.keyClicks(field, "two")
    assert field.value() == "one\ntwo"


def test_empty_lines_are_typed_with_enter(show: Callable[[QWidget], QWidget]) -> None:
    field = TextField()
    show(field)
    QTest.keyClicks(field, "One")
    for _ in range(3):
        QTest.keyClick(field, Qt.Key.Key_Return)
    QTest.keyClicks(field, "Two")
    assert field.value() == "One\n\n\nTwo"
    heights = {one.blockFormat().lineHeight() for one in (field.document().begin(), field.document().lastBlock())}
    assert len(heights) == 1, "the lines below an empty one stand as close as those above"


def test_control_with_an_arrow_moves_and_an_arrow_alone_does_not(show: Callable[[QWidget], QWidget]) -> None:
    field = TextField(enter_adds=True)
    steps: list[int] = []
    field.move_requested.connect(steps.append)
    show(field)
    QTest.keyClick(field, Qt.Key.Key_Up, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(field, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(field, Qt.Key.Key_Down)
    assert steps == [-1, 1]


def test_backspace_takes_an_empty_item_away_and_no_other(show: Callable[[QWidget], QWidget]) -> None:
    field = TextField(enter_adds=True)
    heard: list[bool] = []
    field.emptied.connect(lambda: heard.append(True))
    show(field)
    QTest.keyClicks(field, "a")
    QTest.keyClick(field, Qt.Key.Key_Backspace)
    assert heard == []
    QTest.keyClick(field, Qt.Key.Key_Backspace)
    assert heard == [True]


@pytest.mark.parametrize("kind", [TextField, LineField])
@pytest.mark.parametrize("key", [QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo])
def test_undo_is_left_to_the_window(
    show: Callable[[QWidget], QWidget], kind: type[TextField | LineField], key: QKeySequence.StandardKey
) -> None:
    field = kind()
    field.leave_undo_to_window()
    show(field)
    QTest.keyClicks(field, "words")
    pressed = QKeySequence(key)[0]  # type: ignore[index]
    for event_type in (QKeyEvent.Type.ShortcutOverride, QKeyEvent.Type.KeyPress):
        event = QKeyEvent(event_type, pressed.key(), pressed.keyboardModifiers())
        event.setAccepted(False)
        QApplication.sendEvent(field, event)
        assert not event.isAccepted()
    assert field.value() == "words"


def test_typing_moves_on_from_where_the_cursor_is_after_a_shown_change(show: Callable[[QWidget], QWidget]) -> None:
    field = TextField()
    field.load("0123456789")
    show(field)
    cursor = field.textCursor()
    cursor.setPosition(4)
    field.setTextCursor(cursor)
    field.load("0123x56789")
    QTest.keyClicks(field, "y")
    assert field.value() == "0123yx56789"


# Dates


def leave(field: QWidget) -> None:
    QTest.keyClick(field, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is not field


@pytest.mark.parametrize("typed", ["15/1/27", "15.1.2027", "15 Jan 2027", "15th January 2027", "2027-01-15"])
def test_a_date_is_written_out_when_its_field_is_left(show: Callable[[QWidget], QWidget], typed: str) -> None:
    field = DateField()
    show(field)
    QTest.keyClicks(field, typed)
    assert field.text() == typed, "nothing changes under the fingers"
    leave(field)
    assert field.text() == "15 January 2027"
    assert field.value() == "2027-01-15"


@pytest.mark.parametrize("words", ["by Easter", "31/2/27", "spring term 2027", "2027"])
def test_own_words_for_a_date_are_kept(show: Callable[[QWidget], QWidget], words: str) -> None:
    field = DateField()
    show(field)
    QTest.keyClicks(field, words)
    leave(field)
    assert (field.text(), field.value()) == (words, words)


def test_a_date_that_is_corrected_while_typing_is_not_changed_under_the_fingers(
    show: Callable[[QWidget], QWidget],
) -> None:
    field = DateField()
    heard = said(field)
    field.changed.connect(field.load)  # as the form does
    show(field)
    QTest.keyClicks(field, "15/1/27")
    assert field.text() == "15/1/27"
    assert heard[-1] == "2027-01-15"


def test_a_date_can_be_emptied(show: Callable[[QWidget], QWidget]) -> None:
    field = DateField()
    field.load("2027-01-15")
    heard = said(field)
    show(field)
    field.selectAll()
    QTest.keyClick(field, Qt.Key.Key_Delete)
    leave(field)
    assert (field.text(), field.value(), heard) == ("", "", [""])


# Choices and ticks

CHOICES = (("", "Not chosen"), ("a", "First"), ("b", "Second"))


def test_a_choice_that_this_version_does_not_know_is_shown_and_kept(show: Callable[[QWidget], QWidget]) -> None:
    field = ChoiceField(CHOICES)
    heard = said(field)
    field.load("from-elsewhere")
    assert field.value() == "from-elsewhere"
    assert field.currentText() == "from-elsewhere"
    field.load("a")
    assert (field.value(), heard) == ("a", [])


def test_a_choice_is_made_by_keyboard(show: Callable[[QWidget], QWidget]) -> None:
    field = ChoiceField(CHOICES)
    heard = said(field)
    show(field)
    QTest.keyClick(field, Qt.Key.Key_Down)
    assert (field.value(), heard) == ("a", ["a"])


def test_the_wheel_scrolls_the_page_and_never_the_choice(show: Callable[[QWidget], QWidget]) -> None:
    field = ChoiceField(CHOICES)
    field.load("a")
    heard = said(field)
    show(field)
    middle = QPointF(field.rect().center())
    event = QWheelEvent(
        middle, middle, QPoint(0, -120), QPoint(0, -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(field, event)
    assert (field.value(), heard) == ("a", [])
    assert not event.isAccepted(), "the page around it can have the wheel"


def test_a_group_keeps_its_order_and_what_it_does_not_know(show: Callable[[QWidget], QWidget]) -> None:
    group = Grouped("Key stages", [("1", "1"), ("2", "2"), ("3", "3")])
    heard = said(group)
    group.load(["3", "other", "1"])
    assert group.value() == ("1", "3", "other")
    assert heard == []
    show(group)
    QTest.mouseClick(group._boxes["2"], Qt.MouseButton.LeftButton)
    assert heard == [("1", "2", "3", "other")]


def test_a_tick_is_set_by_the_space_bar_and_by_a_click_on_its_words(show: Callable[[QWidget], QWidget]) -> None:
    box = FlagField("This area is ready to send, with words enough to click on")
    heard = said(box)
    show(box)
    QTest.keyClick(box, Qt.Key.Key_Space)
    QTest.mouseClick(box, Qt.MouseButton.LeftButton, pos=QPoint(box.width() // 2, box.height() // 2))
    assert heard == [True, False]


def test_ticking_does_not_apply_says_that_the_area_does_not_apply(show: Callable[[QWidget], QWidget]) -> None:
    box = InvertedFlag("This area does not apply to us")
    heard = said(box)
    box.load(True)
    assert not box.isChecked()
    show(box)
    QTest.keyClick(box, Qt.Key.Key_Space)
    assert (box.isChecked(), box.value(), heard) == (True, False, [False])
    QTest.keyClick(box, Qt.Key.Key_Space)
    assert (box.isChecked(), box.value(), heard) == (False, True, [False, True])


def test_showing_a_value_never_says_that_it_changed(qtbot: QtBot) -> None:
    made: list[tuple[TextField | LineField | ChoiceField | FlagField | Grouped, list[object]]] = [
        (TextField(), ["words", "", "a\nb"]),
        (LineField(), ["words", ""]),
        (DateField(), ["2027-01-15", "by Easter", ""]),
        (ChoiceField(CHOICES), ["a", "unknown", ""]),
        (FlagField("Ready"), [True, False]),
        (InvertedFlag("Does not apply"), [True, False]),
        (Grouped("Stages", [("1", "1")]), [("1",), ()]),
    ]
    for field, values in made:
        qtbot.addWidget(field)
        heard = said(field)
        for value in values:
            field.load(value)  # type: ignore[arg-type]
            assert field.value() == value
        assert heard == []
