"""Every page of an open evaluation, found in the tables that the window is made from."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from apq_desktop.ui.pages.page_table import PAGES
from apq_desktop.ui.widgets.theme import Scheme

if TYPE_CHECKING:
    from collections.abc import Iterator

    from apq_desktop.ui.window.main_window import MainWindow

SCHEMES = [scheme for scheme in get_args(Scheme) if scheme != "system"]
LED_TO = ("compare", "item_history")
"""Pages that show one thing chosen elsewhere, and are empty without."""


def pages(window: MainWindow) -> Iterator[str]:
    """Bring the pages of the table, an area's form with guidance and all tabs into view, one after another."""
    view = window.view
    assert view is not None
    for spec in PAGES:
        if not spec.tab and spec.key not in LED_TO:
            window.show_page(spec.key)
            yield spec.key
    form = view.show_area("needs")
    yield "area form"
    form.questions.fold.unfold()
    yield "area form with its questions"
    form.guidance.click()
    yield "area form with guidance"
    form.guidance.click()
    for index in range(view.tabs.count()):
        view.tabs.setCurrentIndex(index)
        yield view.tabs.tabText(index)
