"""What opens over the window of an open evaluation, and what the window says of itself: each by name."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, QPoint
from PySide6.QtWidgets import QApplication

from apq_desktop.ui.fields.choice_fields import ChoiceField
from apq_desktop.ui.fields.line_fields import DateField
from apq_desktop.ui.fields.text_fields import TextField
from apq_desktop.ui.widgets.buttons import Button, LinkButton

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from apq_desktop.ui.fields.list_editor import ListEditor
    from apq_desktop.ui.fields.rows.item_row import ItemRow
    from apq_desktop.ui.pages.action_plan_page import ActionPlan
    from apq_desktop.ui.window.main_window import MainWindow

ENTRIES = "1. Every family is met.\n2. Calls are planned.\n3. Parents cook with us."
QUESTION = (
    "Another computer has this file open since 13:40. You can look at it as it was saved then, or open a copy and "
    "write there. Nothing is lost either way."
)
LOCKED = "Another computer has this file open since 13:40. You see what was saved then."
FULL = "Not saved since 14:02: the disk is full. Your words are safe while this window is open."


def popups(window: MainWindow) -> dict[str, Callable[[], object]]:
    """What opens each of them. ``close_all`` closes them again."""
    menus = {
        f"menu-{key}": partial(_open_menu, window, key)
        for key, menu in window.menus.menus.items()
        if menu.menuAction().isVisible()
    }
    return {
        **menus,
        "menu-of-all": lambda: window.menus.show_all(window.header),
        "menu-of-tabs": lambda: _tabs(window),
        "menu-of-an-entry": lambda: _entry(window).open_menu(),
        "menu-of-a-text": lambda: _text_menu(window),
        "menu-of-pasted-entries": lambda: _paste(window),
        "menu-of-standards": lambda: _standards(window),
        "menu-of-the-register": lambda: _push(window, "Use one from another area…"),
        "menu-of-areas": lambda: _push(window, "+ Add an action", in_plan=True),
        "menu-to-print": lambda: _push(window, "Print or save…", in_plan=True),
        "choices": lambda: _choices(window),
        "calendar": lambda: _calendar(window),
        "calendar-of-the-term": lambda: _term(window),
        "several-actions": lambda: _several(window),
        "print-preview": lambda: _preview(window),
        "about": window.menus.actions["show_about"].trigger,
        "areas-over-the-form": lambda: _areas(window),
        "question": lambda: window.app.dialogs.ask(
            "The file is in use", QUESTION, [("Look at it", list), ("Open a copy", list)]
        ),
        "notice": lambda: window.notification_bar.say("Strength removed.", undo=True, stays=True),
        "not-saved": lambda: window.header.show_not_saved(FULL),
        "read-only": lambda: _lock(window),
    }


def in_front(window: QWidget) -> list[QWidget]:
    """The windows over this one, the topmost last."""
    return [other for other in QApplication.topLevelWidgets() if other.isVisible() and other is not window]


def close_all(window: MainWindow) -> None:
    """Close what is open over the window, and let it say nothing of itself any more."""
    while (popup := QApplication.activePopupWidget()) is not None:
        popup.close()
    for other in in_front(window):
        other.close()
    window.activateWindow()
    if "finding" in vars(window):
        window.finding.close()
    window.notification_bar.hide()
    if window.header._not_saved:  # noqa: SLF001 - as when saving has succeeded again
        window.header.show_saved(None)
    if window.view is not None:
        for category in window.view.categories.values():
            category._close_list()  # noqa: SLF001 - as with Esc


def _open_menu(window: MainWindow, key: str) -> None:
    bar, menu = window.menuBar(), window.menus.menus[key]  # type: ignore[index]
    menu.popup(bar.mapToGlobal(bar.actionGeometry(menu.menuAction()).bottomLeft()))
    menu.setActiveAction(next(action for action in menu.actions() if action.isEnabled() and action.text()))


def _tabs(window: MainWindow) -> None:
    assert window.view is not None
    window.view.tabs.bar.open_menu()


def _strengths(window: MainWindow) -> ListEditor:
    assert window.view is not None
    return window.view.show_area("home-family").strength_list


def _entry(window: MainWindow) -> ItemRow:
    row = _strengths(window).rows()[1]
    row.first_field.setFocus()
    return row


def _text_menu(window: MainWindow) -> None:
    field = _entry(window).first_field
    assert isinstance(field, TextField)
    field.make_menu().popup(field.mapToGlobal(QPoint(40, 30)))


def _paste(window: MainWindow) -> None:
    editor = _strengths(window)
    editor._offer_items(next(iter(editor._rows)), ENTRIES)  # noqa: SLF001 - as when a list is pasted


def _plan(window: MainWindow) -> ActionPlan:
    """The action plan, with all that stands above its table in view."""
    assert window.view is not None
    window.view.show_tab("action_plan")
    QApplication.processEvents()  # so that all stands where it will
    filters = window.view.plan.head.filters
    if filters.isVisible() and not filters.is_open:
        filters.click()
        QApplication.processEvents()
    return window.view.plan


def _several(window: MainWindow) -> None:
    table = _plan(window).table
    table.selectAll()
    table.setFocus()


def _push(window: MainWindow, words: str, *, in_plan: bool = False) -> None:
    assert window.view is not None
    page = _plan(window) if in_plan else window.view.show_area("home-family")
    buttons: list[Button | LinkButton] = [*page.findChildren(Button), *page.findChildren(LinkButton)]
    wanted = next(button for button in buttons if button.text() == words)
    wanted.setFocus()  # which brings it into view
    QApplication.processEvents()
    wanted.click()


def _standards(window: MainWindow) -> None:
    """The part of an entry's menu that opens a moment later than the menu, by itself."""
    row = _entry(window)
    assert row.make_standards is not None
    row.make_standards().popup(row.menu.mapToGlobal(QPoint(0, row.menu.height())))


def _choices(window: MainWindow) -> None:
    page = _plan(window)
    page.details.focus_first()
    next(choice for choice in page.findChildren(ChoiceField) if choice.isVisible()).showPopup()


def _calendar(window: MainWindow) -> None:
    page = _plan(window)
    page.details.focus_first()
    field = next(field for field in page.findChildren(DateField) if field.isVisible())
    field.setFocus()
    field.choose_from_calendar().open_below()


def _term(window: MainWindow) -> None:
    _plan(window).term_end.click()


def _preview(window: MainWindow) -> None:
    """The pages to print are set in another thread."""
    assert window.view is not None
    window.view.show_area("home-family")
    window.menus.actions["print_view"].trigger()
    while QApplication.activeModalWidget() is None:
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


def _areas(window: MainWindow) -> None:
    assert window.view is not None
    window.view.show_area("home-family")
    category = window.view.categories["community"]
    if category._folded:  # noqa: SLF001 - else it stands beside the form
        category._open_list()  # noqa: SLF001 - as by its button


def _lock(window: MainWindow) -> None:
    ways = [("Look again", list), ("Open a copy", list)]
    window.banner.show_file("lock", "Read only.", LOCKED, ways, folds="name")
    window.header.show_read_only()
