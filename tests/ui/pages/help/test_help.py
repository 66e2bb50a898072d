"""The help says what the program does, every page is reached by keyboard, and nothing in it is taken for markup."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
from types import ModuleType
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QWidget

from apq_desktop import __version__, ui
from apq_desktop.evaluation import fields, titles
from apq_desktop.evaluation.edits.changes import Target
from apq_desktop.evaluation.rules import action_plan, outgoing_copy, progress
from apq_desktop.evaluation.text import dates
from apq_desktop.services.exports import formats
from apq_desktop.ui.fields.line_fields import LineField
from apq_desktop.ui.fields.text_fields import TextField
from apq_desktop.ui.pages.help.help_markdown import HelpText
from apq_desktop.ui.pages.help.help_page import HelpPage
from apq_desktop.ui.widgets.page import Page
from tests.ui import screen_checks
from tests.ui.help_pages import pages
from tests.ui.keyboard import press
from tests.ui.screens import settle

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytestqt.qtbot import QtBot

    from apq_desktop.toolkit.catalogue import Catalogue
    from apq_desktop.ui.widgets.theme import Scheme
    from apq_desktop.ui.window.main_window import MainWindow
    from tests.ui.conftest import OpenWindow

QUOTED = re.compile(r"“([^”]+)”")
IN_A_MENU = re.compile(r"“([^”]+)” in the “([^”]+)” menu")
A_MENU = re.compile(r"the “([^”]+)” menu")


def menus(window: MainWindow) -> dict[str, list[QAction]]:
    """The menus by their titles, as they are read, each with its actions."""
    found = {}
    for action in window.menuBar().actions():
        menu = action.menu()
        assert isinstance(menu, QMenu)
        found[bare(action.text())] = [one for one in menu.actions() if not one.isSeparator()]
    return found


def bare(text: str) -> str:
    """The words of a menu or button without the sign for the underlined letter."""
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&")


def help_page() -> HelpPage:
    """The help page in view."""
    (page,) = (one for one in QApplication.allWidgets() if isinstance(one, HelpPage) and one.isVisible())
    return page


# What it says


def test_every_key_of_the_menus_stands_on_the_page_about_keys(open_window: OpenWindow) -> None:
    window = open_window("example")
    (keys,) = (block for block in pages()["lists-and-keys"].blocks if any("Ctrl+F:" in text for text in block.texts))
    with_key = [action for together in menus(window).values() for action in together if action.shortcuts()]
    assert len(with_key) >= 10
    for action in with_key:
        key = action.shortcut().toString(QKeySequence.SequenceFormat.PortableText).replace("Return", "Enter")
        spelt = re.compile(rf"(?<!\S){re.escape(key)}(?=[:, ])")
        told = [text for text in keys.texts if spelt.search(text) and f"“{bare(action.text())}”" in text]
        assert len(told) == 1, f"{key} ({bare(action.text())}) does not stand on the page about keys"


def test_no_key_of_the_page_about_keys_belongs_to_something_else(open_window: OpenWindow) -> None:
    window = open_window("example")
    named = {bare(action.text()): action for together in menus(window).values() for action in together}
    (keys,) = (block for block in pages()["lists-and-keys"].blocks if any("Ctrl+F:" in text for text in block.texts))
    for text in keys.texts:
        (words,) = QUOTED.findall(text)
        assert named[words].shortcuts() or words == "Quit", f"{words} has no key"


def test_the_help_names_only_menus_that_there_are(open_window: OpenWindow) -> None:
    there = {title: [bare(action.text()) for action in items] for title, items in menus(open_window("example")).items()}
    named = [(page.key, menu) for page in pages().values() for menu in A_MENU.findall(page.as_text())]
    assert len(named) >= 12
    assert not [(key, menu) for key, menu in named if menu not in there]
    items = [(page.key, *found) for page in pages().values() for found in IN_A_MENU.findall(page.as_text())]
    assert not [(key, item, menu) for key, item, menu in items if item not in there[menu]]


def modules_of_the_window() -> list[ModuleType]:
    found = pkgutil.walk_packages(ui.__path__, f"{ui.__name__}.")
    return [importlib.import_module(module.name) for module in found]


@pytest.fixture(scope="module")
def words_of_the_program(catalogue: Catalogue) -> str:
    """Every text that stands in the code of the window or in the instrument, as it is read."""
    texts = [category.title for category in catalogue.categories]
    texts += [purpose.title for purpose in catalogue.purposes]
    for module in (*modules_of_the_window(), progress, action_plan, dates, fields, formats, titles, outgoing_copy):
        assert module.__file__
        with open(module.__file__, encoding="utf-8") as file:  # noqa: PTH123 - a name that Python gives
            tree = ast.parse(file.read())
        notes = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        texts += [
            bare(node.value)
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in notes
        ]
    return "\n".join(texts)


@pytest.mark.parametrize("page", pages().values(), ids=pages())
def test_the_words_in_quotation_marks_stand_on_the_screen(words_of_the_program: str, page: HelpText) -> None:
    quoted = QUOTED.findall(page.as_text())
    missing = [words for words in quoted if not re.search(rf"(?<!\w){re.escape(words)}(?!\w)", words_of_the_program)]
    assert not missing
    assert page.as_text().count("“") == page.as_text().count("”") == len(quoted)
    assert '"' not in page.as_text()


def test_the_search_for_quoted_words_misses_what_is_not_there(words_of_the_program: str) -> None:
    assert "Make the pack" in words_of_the_program
    assert "Save everything to the cloud" not in words_of_the_program


# Reaching it


def tab(title: str) -> Callable[[MainWindow], object]:
    def go(window: MainWindow) -> None:
        assert window.view is not None
        window.view.show_tabs()
        tabs = window.view.tabs
        tabs.setCurrentIndex(next(n for n in range(tabs.count()) if tabs.tabText(n) == title))
        tabs.bar.setFocus()

    return go


def area(window: MainWindow) -> None:
    assert window.view is not None
    form = window.view.show_area("needs")
    form.strength_list.rows()[0].first_field.setFocus()


def guidance(window: MainWindow) -> None:
    assert window.view is not None
    window.view.show_area("needs").guidance.click()
    window.view.categories["curriculum"].guidance.setFocus()


def next_year(window: MainWindow) -> None:
    window.show_page("next_year")


def details(window: MainWindow) -> None:
    assert window.view is not None
    window.view.show_details()


PLACES: list[tuple[str, Callable[[MainWindow], object]]] = [
    ("first-steps", tab("Overview")),
    ("first-steps", details),
    ("writing-well", tab("Community")),
    ("writing-well", area),
    ("guidance", guidance),
    ("action-plan", tab("Action plan")),
    ("evidence", tab("Evidence")),
    ("check-and-send", lambda window: window.commands.send.show_sending()),
    ("next-year", next_year),
    ("several-evaluations", lambda window: window.show_page("evaluations")),
    ("going-back", lambda window: window.show_page("history")),
    ("going-back", lambda window: window.show_page("backups")),
]


def test_f1_opens_the_page_that_fits_and_esc_leads_back_to_the_field(open_window: OpenWindow) -> None:
    window = open_window("example")
    view = window.view
    assert view is not None
    for key, go in PLACES:
        go(window)
        settle()
        before, focus = view.currentWidget(), QApplication.focusWidget()
        press(Qt.Key.Key_F1)
        assert help_page().shown() == key
        assert QApplication.focusWidget() is help_page().titles
        press(Qt.Key.Key_Escape)
        assert view.currentWidget() is before, f"Esc in the help on {key} leads elsewhere"
        assert QApplication.focusWidget() is focus


def test_f1_on_the_first_page_helps_too_and_leads_back(open_window: OpenWindow) -> None:
    window = open_window("start")
    assert window.start_page is not None
    QTest.keyClicks(window.start_page.name, "The Lodge")
    press(Qt.Key.Key_F1)
    assert help_page().shown() == "first-steps"
    help_page().back.click()
    assert window.start_page.isVisible()
    assert QApplication.focusWidget() is window.start_page.name
    assert window.start_page.name.value() == "The Lodge"


def test_f1_within_the_help_stays_at_the_page_that_is_read(open_window: OpenWindow) -> None:
    open_window("example")
    press(Qt.Key.Key_F1)
    press(Qt.Key.Key_Down)
    shown = help_page().shown()
    press(Qt.Key.Key_F1)
    assert help_page().shown() == shown == "writing-well"
    press(Qt.Key.Key_Escape)
    assert not [one for one in QApplication.allWidgets() if isinstance(one, HelpPage) and one.isVisible()]


def test_the_keyboard_reaches_every_page_and_all_of_its_text(open_window: OpenWindow) -> None:
    open_window("example", percent=200, size=(1024, 600))
    press(Qt.Key.Key_F1)
    page = help_page()
    for key in pages():
        assert page.shown() == key
        press(Qt.Key.Key_Tab)
        assert QApplication.focusWidget() is page.text
        bar = page.text.verticalScrollBar()
        assert bar.value() == 0
        for _ in range(100):
            press(Qt.Key.Key_PageDown)
            if bar.value() == bar.maximum():
                break
        assert bar.value() == bar.maximum() > 0
        press(Qt.Key.Key_Backtab)
        assert QApplication.focusWidget() is page.titles
        press(Qt.Key.Key_Down)


def test_what_is_done_from_within_the_help_is_seen(open_window: OpenWindow) -> None:
    window = open_window("example")
    assert window.session is not None
    assert window.view is not None
    window.session.set_field(Target("setting"), "name", "The Lodge")
    press(Qt.Key.Key_F1)
    window.undo_actions.take_back()
    assert window.view.details is not None
    assert window.view.details.isVisible()
    press(Qt.Key.Key_F1)
    next(one for one in window.findChildren(QAction) if one.text() == "&Find or go to…").trigger()
    assert window.finding.overlay.isVisible()
    assert QApplication.focusWidget() is window.finding.overlay.panel.words


def test_f1_while_finding_opens_the_page_about_it_and_esc_leads_to_where_one_was(open_window: OpenWindow) -> None:
    window = open_window("example")
    assert window.view is not None
    area(window)
    focus = QApplication.focusWidget()
    window.finding.find()
    press(Qt.Key.Key_F1)
    assert help_page().shown() == "search"
    assert window.finding.overlay.isHidden()
    press(Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is focus


def kinds_of_pages() -> Iterator[type[Page]]:
    modules_of_the_window()
    waiting = [Page]
    while waiting:
        below = waiting.pop().__subclasses__()
        waiting += below
        yield from (kind for kind in below if kind.__module__.startswith(ui.__name__))


def test_every_page_beside_the_tabs_has_its_help() -> None:
    kinds = list(kinds_of_pages())
    assert len(kinds) >= 6
    for kind in kinds:
        assert kind.help_key in pages(), f"{kind.__name__}.help_key names no page of help"


def test_the_menu_tells_the_version_and_the_licences(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("start")
    about = next(action for action in menus(window)["Help"] if bare(action.text()) == "About APQ Desktop")
    about.trigger()
    box = QApplication.activeModalWidget()
    assert box is not None
    shown = " ".join(label.text() for label in box.findChildren(QLabel))
    assert __version__ in shown
    assert "MIT" in shown
    assert "LGPL" in shown
    assert "No AI in it" in shown
    guessing = [label for label in box.findChildren(QLabel) if label.textFormat() != Qt.TextFormat.PlainText]
    assert not any(label.text() for label in guessing)
    qtbot.waitUntil(box.isActiveWindow)
    QTest.keyClick(box, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)


# Reading it


def faults(window: QWidget, page: HelpPage) -> list[str]:
    """All that is wrong with the help page in view."""
    settle()
    reachable = screen_checks.controls(window)
    reached, hidden = screen_checks.tab_walk(window, reachable)
    return [
        *screen_checks.unnamed(reachable),
        *screen_checks.duplicate_names(reachable),
        *screen_checks.unreached(reachable, reached),
        *screen_checks.out_of_order(reached),
        *hidden,
        *screen_checks.clipped(page),
        *screen_checks.low_contrast(page),
        *screen_checks.interprets_markup(window),
    ]


@pytest.mark.parametrize(
    ("scheme", "percent", "size"),
    [
        ("dark", 200, (1024, 600)),
        pytest.param("light", 100, (1180, 800), marks=pytest.mark.long),
        pytest.param("light", 100, (1024, 600), marks=pytest.mark.long),
        pytest.param("dark", 200, (1180, 800), marks=pytest.mark.long),
    ],
)
def test_every_page_is_for_everyone(
    open_window: OpenWindow, scheme: Scheme, percent: int, size: tuple[int, int]
) -> None:
    window = open_window("example", scheme=scheme, percent=percent, size=size)
    press(Qt.Key.Key_F1)
    page = help_page()
    wrong = []
    for key in pages():
        page.show_page(key)
        wrong += [f"{key}: {fault}" for fault in faults(window, page)]
        assert page.text.accessibleName() == pages()[key].title
        assert page.text.accessibleDescription() == pages()[key].as_text()
    assert window.size().toTuple() == size
    assert not wrong


def test_a_page_follows_a_change_of_text_size(open_window: OpenWindow, theme: object) -> None:
    window = open_window("example")
    press(Qt.Key.Key_F1)
    larger = next(action for action in menus(window)["View"] if bare(action.text()) == "Larger text")
    for _ in range(4):
        larger.trigger()
    settle()
    assert not screen_checks.clipped(window)


# What the page about keys says beside the menus' keys


def test_ctrl_tab_changes_the_tab_from_within_a_field(open_window: OpenWindow) -> None:
    window = open_window("example")
    area(window)
    settle()
    assert isinstance(QApplication.focusWidget(), TextField)
    assert window.view is not None
    tabs = window.view.tabs
    before = tabs.currentIndex()
    press(Qt.Key.Key_Tab, Qt.KeyboardModifier.ControlModifier)
    assert tabs.currentIndex() == before + 1
    press(Qt.Key.Key_Backtab, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert tabs.currentIndex() == before


def test_f2_changes_a_cell_and_esc_leaves_it_as_it_was(open_window: OpenWindow) -> None:
    window = open_window("example")
    tab("Action plan")(window)
    assert window.view is not None
    plan = window.view.plan
    plan.table.setFocus()
    plan.table.setCurrentIndex(plan.model.index(plan.model.row_of(plan.model.items[0].id), 3))
    before = plan.model.items[0].by_when
    press(Qt.Key.Key_F2)
    editor = QApplication.focusWidget()
    assert isinstance(editor, LineField)
    assert plan.table.isAncestorOf(editor)
    QTest.keyClicks(editor, "Somebody else")
    press(Qt.Key.Key_Escape)
    assert plan.model.items[0].by_when == before
