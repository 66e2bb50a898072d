"""Spelling as you type, in the real window with the dictionary that Debian has; and without any."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QColor, QContextMenuEvent, QTextCharFormat
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from apq_desktop.paths import own_folder
from apq_desktop.ui.fields.text_fields import TextField
from apq_desktop.ui.spelling import dictionary
from apq_desktop.ui.spelling.field_spelling import FieldSpelling
from apq_desktop.ui.spelling.spell_checker import NEW_WORDS, SpellChecker
from apq_desktop.ui.widgets.theme import colours
from apq_desktop.ui.window import application
from apq_desktop.ui.window.settings import Settings
from tests.ui import screen_checks

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from apq_desktop.ui.widgets.theme import Theme
    from apq_desktop.ui.window.main_window import MainWindow
    from tests.ui.conftest import OpenWindow

# What the offscreen platform says of itself when a menu opens.
pytestmark = pytest.mark.qt_log_ignore("does not support grabbing the keyboard", extend=True)

MISTAKES = "Our safegaurding leed has recieved teh training."
FOUND = ["safegaurding", "leed", "recieved", "teh"]


class Desk:
    """A window with spelling, at the first area's first field."""

    def __init__(self, qtbot: QtBot, window: MainWindow, speller: SpellChecker) -> None:
        self.qtbot, self.window, self.speller = qtbot, window, speller
        assert window.view is not None
        assert window.session is not None
        self.session = window.session
        self.area = self.session.catalogue.areas[0].key
        self.form = window.view.show_area(self.area)
        self.form.questions.fold.unfold()
        self.fields = [field for field in self.form.findChildren(TextField) if field.isVisibleTo(self.form)]
        self.field = self.fields[0]
        self.field.setFocus()
        qtbot.waitUntil(self.field.hasFocus)

    def write(self, text: str) -> None:
        """Put a text into the field as a person pastes it, and leave it."""
        self.field.selectAll()
        self.field.insertPlainText(text)
        self.fields[1].setFocus()

    def wait_for(self, words: list[str], field: TextField | None = None) -> None:
        self.qtbot.waitUntil(lambda: underlined(field or self.field) == words)

    def menu_at(self, word: str, *, by_key: bool = False) -> QMenu:
        """The menu that opens on a word: by the right mouse button, or by the menu key."""
        cursor = self.field.document().find(word)
        cursor.setPosition(cursor.selectionStart() + 2)
        if by_key:
            self.field.setFocus()
            self.field.setTextCursor(cursor)
        place = self.field.cursorRect(cursor).center()
        reason = QContextMenuEvent.Reason.Keyboard if by_key else QContextMenuEvent.Reason.Mouse
        receiver = self.field if by_key else self.field.viewport()
        where = QPoint(-1, -1) if by_key else place
        QApplication.sendEvent(receiver, QContextMenuEvent(reason, where, receiver.mapToGlobal(place)))
        return self.opened_menu()

    def opened_menu(self) -> QMenu:
        self.qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        return menu

    def choose(self, menu: QMenu, words: str) -> None:
        menu.setActiveAction(next(action for action in menu.actions() if action.text() == words))
        QTest.keyClick(menu, Qt.Key.Key_Return)
        self.qtbot.waitUntil(lambda: QApplication.activePopupWidget() is None)

    def note(self) -> str:
        return self.session.evaluation.area(self.area).questions[0].note


class OpenDesk(Protocol):
    def __call__(self, folders: list[Path] | None = None, *, on: bool = True) -> Desk: ...


@pytest.fixture
def open_desk(qtbot: QtBot, open_window: OpenWindow, tmp_path: Path) -> OpenDesk:
    def open_one(folders: list[Path] | None = None, *, on: bool = True) -> Desk:
        window = open_window("example")
        speller = SpellChecker(dictionary.folders() if folders is None else folders, tmp_path / "words.txt", on=on)
        speller.setParent(window)
        speller.serve(window.app, window.check_spelling)
        return Desk(qtbot, window, speller)

    return open_one


@pytest.fixture
def desk(open_desk: OpenDesk) -> Desk:
    return open_desk()


def lines(field: TextField) -> list[tuple[str, QTextCharFormat]]:
    """Each word with a line under it, and the line; Qt counts letters in UTF-16."""
    found, block = [], field.document().begin()
    while block.isValid():
        units = block.text().encode("utf-16-le")
        for part in block.layout().formats():
            words = units[2 * part.start : 2 * (part.start + part.length)].decode("utf-16-le")
            found.append((words, QTextCharFormat(part.format)))
        block = block.next()
    return found


def underlined(field: TextField) -> list[str]:
    return [words for words, _ in lines(field)]


def tick(window: MainWindow) -> QAction | None:
    return next(
        (
            action
            for action in window.findChildren(QAction)
            if action.text().replace("&", "") == "Check spelling" and action.isVisible()
        ),
        None,
    )


def test_what_was_written_before_is_looked_through(desk: Desk) -> None:
    desk.write(MISTAKES)
    desk.wait_for(FOUND)
    desk.field.load("\U0001f600\U0001f600 tehre, \U0001f600 agian. Łódź’s tehre")
    desk.wait_for(["tehre", "agian", "Łódź’s", "tehre"])


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_line_is_told_from_others_by_its_shape_and_can_be_seen(
    qtbot: QtBot, open_window: OpenWindow, tmp_path: Path, scheme: str
) -> None:
    window = open_window("example", scheme="dark" if scheme == "dark" else "light")
    speller = SpellChecker(dictionary.folders(), tmp_path / "words.txt")
    speller.setParent(window)
    speller.serve(window.app, window.check_spelling)
    desk = Desk(qtbot, window, speller)
    desk.write(MISTAKES)
    desk.wait_for(FOUND)
    line = lines(desk.field)[0][1]
    assert line.underlineStyle() == QTextCharFormat.UnderlineStyle.WaveUnderline
    line_colour, ground = (QColor(each).rgb() & 0xFFFFFF for each in (line.underlineColor(), colours(desk.field).field))
    assert screen_checks.contrast(line_colour, ground) >= 4.5


def test_the_line_follows_a_change_of_colours(desk: Desk, theme: Theme) -> None:
    desk.write(MISTAKES)
    desk.wait_for(FOUND)
    before = lines(desk.field)[0][1].underlineColor()
    theme.set_scheme("dark")
    desk.qtbot.waitUntil(lambda: lines(desk.field)[0][1].underlineColor() not in (before, QColor()))


def test_a_word_is_not_underlined_while_it_is_being_written(desk: Desk) -> None:
    desk.field.selectAll()
    for letter in "We recieve":
        QTest.keyClicks(desk.field, letter)
        assert underlined(desk.field) == []
    QTest.keyClicks(desk.field, " ")
    desk.wait_for(["recieve"])
    QTest.keyClicks(desk.field, "tehm")
    assert underlined(desk.field) == ["recieve"]
    QTest.keyClick(desk.field, Qt.Key.Key_Home)
    desk.wait_for(["recieve", "tehm"])
    QTest.keyClick(desk.field, Qt.Key.Key_End)
    assert underlined(desk.field) == ["recieve", "tehm"], "to come back to a word is not to write it"
    QTest.keyClicks(desk.field, "m")
    assert underlined(desk.field) == ["recieve"]
    desk.fields[1].setFocus()
    desk.wait_for(["recieve", "tehmm"])


def test_underlining_is_no_edit(desk: Desk) -> None:
    desk.write(MISTAKES)
    with desk.qtbot.assertNotEmitted(desk.session.change_made), desk.qtbot.assertNotEmitted(desk.field.changed):
        desk.wait_for(FOUND)
        desk.speller.set_on(False)
        desk.wait_for([])
        desk.speller.set_on(True)
        desk.wait_for(FOUND)
    assert desk.field.value() == MISTAKES


@pytest.mark.parametrize("by_key", [False, True])
def test_a_suggestion_is_written_like_any_edit(desk: Desk, by_key: bool) -> None:
    desk.write(MISTAKES)
    desk.session.undo()
    desk.session.redo()  # from here on a new step begins
    desk.wait_for(FOUND)
    menu = desk.menu_at("safegaurding", by_key=by_key)
    texts = [action.text() for action in menu.actions()]
    assert texts[0] == "safeguarding"
    assert texts.index("safeguarding") < texts.index("Add to my words") < texts.index("Select all\tCtrl+A")
    assert (menu.activeAction() is menu.actions()[0]) is by_key
    desk.choose(menu, "safeguarding")
    corrected = MISTAKES.replace("safegaurding", "safeguarding")
    assert desk.field.value() == desk.note() == corrected
    assert desk.session.autosave.finish() == ""
    desk.wait_for(FOUND[1:])
    desk.window.undo_actions.take_back()
    assert desk.field.value() == desk.note() == MISTAKES


def test_shift_and_f10_open_the_menu_too(desk: Desk) -> None:
    desk.write(MISTAKES)
    desk.wait_for(FOUND)
    desk.field.setFocus()
    desk.field.setTextCursor(desk.field.document().find("teh"))
    QTest.keyClick(desk.field, Qt.Key.Key_F10, Qt.KeyboardModifier.ShiftModifier)
    menu = desk.opened_menu()
    assert "the" in [action.text() for action in menu.actions()]
    menu.close()


def test_the_menu_of_a_known_word_is_the_usual_one(desk: Desk) -> None:
    desk.write(MISTAKES)
    desk.wait_for(FOUND)
    menu = desk.menu_at("training")
    assert menu.actions()[0].text() == "&Undo a change in 1.1"
    menu.close()


def test_a_word_like_no_other_can_still_be_added(desk: Desk) -> None:
    desk.write("Qqxvvzk.")
    desk.wait_for(["Qqxvvzk"])
    menu = desk.menu_at("Qqxvvzk")
    first = menu.actions()[0]
    assert (first.text(), first.isEnabled()) == ("No suggestions", False)
    desk.choose(menu, "Add to my words")
    desk.wait_for([])


def test_my_words_are_known_in_every_field_and_at_the_next_start(desk: Desk, tmp_path: Path) -> None:
    other = desk.fields[1]
    for field in (other, desk.field):
        field.setFocus()
        field.selectAll()
        field.insertPlainText("Zorbing is on Friday.")
    desk.fields[2].setFocus()
    desk.wait_for(["Zorbing"])
    desk.wait_for(["Zorbing"], other)
    desk.choose(desk.menu_at("Zorbing"), "Add to my words")
    desk.wait_for([])
    desk.wait_for([], other)
    assert (tmp_path / "words.txt").read_text("utf-8") == "Zorbing\n"
    again = SpellChecker(dictionary.folders(), tmp_path / "words.txt")
    again.set_on(True)
    assert again.unknown_in("Zorbing again, tehn")[0][0][0] == "tehn"


def test_a_word_that_cannot_be_kept_is_told(desk: Desk, tmp_path: Path) -> None:
    desk.write("Zorbing.")
    desk.wait_for(["Zorbing"])
    (tmp_path / "words.txt").mkdir()
    desk.choose(desk.menu_at("Zorbing"), "Add to my words")
    desk.wait_for([])
    assert "could not be kept" in desk.window.notification_bar.text.text()


def test_fields_that_are_made_later_are_checked(desk: Desk) -> None:
    desk.form.strength_list.add()
    made = desk.form.strength_list.rows()[-1].first_field
    assert made not in desk.fields
    made.insertPlainText("Tehse are good.")
    desk.fields[0].setFocus()
    desk.wait_for(["Tehse"], made)


def test_a_long_text_is_looked_through_in_turns(desk: Desk) -> None:
    """In one turn no more words are looked up than can be while nobody notices."""
    strange = [f"z{first}{second}q" for first in "abcdefghijklmnopqrstuvw" for second in "abcdefghijklmnopqrstuvw"]
    text = "\n".join(f"the pupils and their {word} were out on the hill" for word in strange)
    desk.field.load(text)
    at_once = len(underlined(desk.field))
    assert at_once <= NEW_WORDS < len(strange)
    desk.qtbot.waitUntil(lambda: len(underlined(desk.field)) == len(strange))


def test_the_tick_in_the_menu_turns_spelling_off_and_on_and_is_remembered(
    qtbot: QtBot, open_window: OpenWindow, tmp_path: Path
) -> None:
    window, settings = open_window("example"), Settings(tmp_path / "settings.ini")
    assert settings.check_spelling
    application._load_what_can_wait(window, settings)
    speller = window.findChild(SpellChecker)
    assert speller is not None
    desk = Desk(qtbot, window, speller)
    desk.write(MISTAKES)
    desk.wait_for(FOUND)
    action = tick(window)
    assert action is not None
    assert action.isChecked()
    action.trigger()
    desk.wait_for([])
    assert not Settings(tmp_path / "settings.ini").check_spelling
    action.trigger()
    desk.wait_for(FOUND)
    assert Settings(tmp_path / "settings.ini").check_spelling
    desk.choose(desk.menu_at("leed"), "Add to my words")
    assert (own_folder("data") / "words.txt").read_text("utf-8") == "leed\n"


def test_spelling_that_was_off_at_the_start_can_be_turned_on(open_desk: OpenDesk) -> None:
    desk = open_desk(on=False)
    desk.write(MISTAKES)
    action = tick(desk.window)
    assert action is not None
    assert not action.isChecked()
    assert underlined(desk.field) == []
    action.trigger()
    desk.wait_for(FOUND)


def test_without_a_dictionary_nothing_is_said_and_everything_works(open_desk: OpenDesk, tmp_path: Path) -> None:
    desk = open_desk([tmp_path / "nothing here"])
    assert tick(desk.window) is None
    assert desk.field.findChild(FieldSpelling) is None
    desk.write(MISTAKES)
    assert desk.note() == MISTAKES
    assert underlined(desk.field) == []
    assert not desk.window.notification_bar.isVisible()
    menu = desk.menu_at("safegaurding")
    assert "Add to my words" not in [action.text() for action in menu.actions()]
    menu.close()


def test_a_broken_dictionary_is_as_none(open_desk: OpenDesk, tmp_path: Path) -> None:
    for end in ("aff", "dic"):
        (tmp_path / f"en_GB.{end}").write_bytes(b"\x00\x01\x02")
    desk = open_desk([tmp_path])
    desk.write(MISTAKES)
    assert underlined(desk.field) == []
    assert not desk.speller.available


def test_what_may_not_be_changed_is_not_checked(qtbot: QtBot, tmp_path: Path) -> None:
    field = TextField()
    qtbot.addWidget(field)
    speller = SpellChecker(dictionary.folders(), tmp_path / "words.txt")
    may_be = TextField()
    qtbot.addWidget(may_be)
    field.setReadOnly(True)
    for each in (field, may_be, may_be):
        speller.attach(each)
    qtbot.waitUntil(lambda: may_be.findChild(FieldSpelling) is not None)
    assert field.findChild(FieldSpelling) is None
    assert len(may_be.findChildren(FieldSpelling)) == 1
