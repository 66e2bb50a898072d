"""Every screen of an open evaluation, brought into view, and all that is wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent

from apq_desktop.evaluation.edits.changes import Target
from apq_desktop.ui.widgets.text_labels import PlainLabel
from tests.cases import first
from tests.ui import screen_checks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QWidget

    from apq_desktop.toolkit.catalogue import Area
    from apq_desktop.ui.window.main_window import MainWindow


LARGE, SMALL = (1180, 800), (1024, 600)
LOOKS = first(1, [("dark", 200, SMALL), ("light", 100, LARGE), ("contrast", 100, SMALL), ("contrast", 200, LARGE)])
"""Scheme, text size and size of the window for ``parametrize``: where there is least room; in long runs others too."""


def screens(window: MainWindow, areas: list[Area]) -> Iterator[str]:
    """Bring every screen of an open evaluation into view, one after another."""
    view = window.view
    assert view is not None
    yield "overview"
    view.show_details()
    yield "details"
    for area in areas:
        view.show_area(area.key)
        yield area.key
    form = view.show_area("needs")
    form.questions.fold.unfold()
    yield "needs with its questions"
    form.guidance.click()
    yield "needs with guidance"
    form.guidance.click()
    for name in ("Action plan", "Evidence"):
        view.show_tabs()
        titles = [view.tabs.tabText(index) for index in range(view.tabs.count())]
        view.tabs.setCurrentIndex(titles.index(name))
        yield name
    for name, show in (
        ("next year", lambda: window.show_page("next_year")),
        ("all evaluations", lambda: window.show_page("evaluations")),
    ):
        show()
        yield name
    assert window.session is not None
    window.session.history_requested.emit(Target("actions", window.session.evaluation.actions[0].id))
    yield "over the years"
    window.header.send.click()
    yield "check and send"
    window.header.show_not_saved("The disk is full. What you typed is kept in this window.")
    yield "not saved"


def settle() -> None:
    """Let everything find its place: widths, then heights, then what follows from them."""
    for _ in range(3):
        QCoreApplication.processEvents()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def words_on(page: QWidget) -> str:
    """All words of a page that are in view, a label a line."""
    return "\n".join(label.text() for label in page.findChildren(PlainLabel) if label.isVisibleTo(page))


def faults(window: QWidget) -> list[str]:
    """All that is wrong with the screen in view."""
    settle()
    reachable = screen_checks.controls(window)
    reached, hidden = screen_checks.tab_walk(window, reachable)
    return [
        *screen_checks.unnamed(reachable),
        *screen_checks.duplicate_names(reachable),
        *screen_checks.unreached(reachable, reached),
        *screen_checks.out_of_order(reached),
        *hidden,
        *screen_checks.clipped(window),
        *screen_checks.low_contrast(window),
        *screen_checks.interprets_markup(window),
    ]
