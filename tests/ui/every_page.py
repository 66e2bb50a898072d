"""Every page of an open evaluation, found in the tables that the window is made from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args

import picture_tour

from apq_desktop.ui.pages.library import library_view
from apq_desktop.ui.pages.page_table import PAGES
from apq_desktop.ui.widgets.theme import Scheme
from tests.cases import first

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from apq_desktop.ui.window.main_window import MainWindow

SCHEMES = [scheme for scheme in get_args(Scheme) if scheme != "system"]


def long_but(scheme: Scheme) -> list[Any]:
    """All schemes as parameters; the walk in each but this one is long."""
    return first(1, sorted(SCHEMES, key=lambda one: one != scheme))


MESSAGE = "The file could not be opened. Nothing in it was changed. Choose another one, or look for a backup."


def pages(window: MainWindow) -> Iterator[str]:
    """Bring the pages of the table, an area's form with guidance and all tabs into view, one after another.

    Those that may hold nothing come twice, first so, then with something on them.
    """
    for spec in PAGES:
        if not spec.tab and spec.key in picture_tour.SHOWN_ELSEWHERE:
            window.show_page(spec.key)
            yield spec.key
    for key, show in picture_tour.other_pages(window).items():
        show()
        yield key
    view = window.view  # another than before: what came back has a tab from then on
    assert view is not None
    form = view.show_area("needs")
    yield "area form"
    form.questions.fold.unfold()
    yield "area form with its questions"
    form.guidance.click()
    yield "area form with guidance"
    form.guidance.click()
    yield from tabs(window)


def tabs(window: MainWindow) -> Iterator[str]:
    """Bring each tab into view."""
    view = window.view
    assert view is not None
    for index in range(view.tabs.count()):
        view.tabs.setCurrentIndex(index)
        yield view.tabs.tabText(index)


def pages_of_nothing(window: MainWindow) -> Iterator[str]:
    """Bring the pages of the table that an evaluation with nothing in it can show into view, one after another."""
    assert window.view is not None
    for spec in PAGES:
        if spec.tab:
            window.view.show_tab(spec.key)
        elif spec.key != "item_history":  # which is about an item
            window.show_page(spec.key)
        yield spec.key


def library_pages(window: MainWindow, wait: Callable[[Callable[[], bool]], None]) -> Iterator[str]:
    """Bring the pages of the council's example into view, one after another, and a question over the last.

    Before them come the start page, and what is asked in a library in which nobody has written yet.
    """
    yield "start"
    picture_tour.show_who(window, window.app.folder.with_name("New library"))
    yield "who"
    window.commands.library.open_library_example()
    wait(lambda: window.library_presenter.view is not None)
    view: Any = window.library_presenter.view
    rows = view.page("providers").table.providers
    wait(lambda: len(rows.rows) == 4 and not window.libraries.receiving)
    for key in library_view.PAGES:
        if key == "provider":
            view.read(rows.rows[-1])
            wait(lambda: view.page("provider").reading is not None)
        else:
            view.show_page(key)
        yield key
    box = window.app.dialogs.ask("The file is in use", MESSAGE, [("Look at it", list), ("Open a copy", list)])
    yield "question"
    box.close()
