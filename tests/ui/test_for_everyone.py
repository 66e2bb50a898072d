"""Every screen can be read, heard and worked by keys alone, in each colour scheme, large text and a small window."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent

from apq_desktop.evaluation.edits.changes import Target
from tests.ui import looking

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QWidget

    from apq_desktop.toolkit.catalogue import Area
    from apq_desktop.ui.widgets.theme import Scheme
    from apq_desktop.ui.window.main_window import MainWindow
    from tests.ui.conftest import OpenWindow

LARGE, SMALL = (1180, 800), (1024, 600)
IN_FULL = ("dark", 200, SMALL)
"""Where all 13 forms are walked; they are built alike, so elsewhere three tell: plain, with parts, not applying."""
ELSEWHERE = ("home-family", "needs", "post-16")


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


def guidances(window: MainWindow, areas: list[Area]) -> Iterator[tuple[str, QWidget]]:
    """Bring the guidance of every area into view."""
    view, session = window.view, window.session
    assert view is not None
    assert session is not None
    for area in areas:
        form = view.show_area(area.key)
        form.guidance.click()
        settle()
        yield area.key, view.categories[session.catalogue.category_of(area).key].guidance
        form.guidance.click()


def settle() -> None:
    """Let everything find its place: widths, then heights, then what follows from them."""
    for _ in range(3):
        QCoreApplication.processEvents()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def faults(window: QWidget) -> list[str]:
    """All that is wrong with the screen in view."""
    settle()
    reachable = looking.controls(window)
    reached, hidden = looking.tab_walk(window, reachable)
    return [
        *looking.unnamed(reachable),
        *looking.same_names(reachable),
        *looking.not_reached(reachable, reached),
        *looking.out_of_order(reached),
        *hidden,
        *looking.cut(window),
        *looking.faint(window),
        *looking.marked_up(window),
    ]


def ways_to_see(*always: tuple[Scheme, int, tuple[int, int]]) -> list[Any]:
    """Each scheme, text size and size of the window together; all but those named here are long."""
    schemes: tuple[Scheme, ...] = ("light", "dark", "contrast")
    return [
        pytest.param(*way, marks=() if way in always else pytest.mark.long, id=f"{way[0]}-{way[1]}-{way[2][0]}")
        for way in product(schemes, (100, 200), (LARGE, SMALL))
    ]


@pytest.mark.parametrize(("scheme", "percent", "size"), ways_to_see(("light", 100, LARGE), ("contrast", 200, SMALL)))
def test_every_screen_is_for_everyone(
    open_window: OpenWindow, scheme: Scheme, percent: int, size: tuple[int, int]
) -> None:
    found = {}
    start = open_window("start", scheme=scheme, percent=percent, size=size)
    found["start"] = faults(start)
    start.close()
    window = open_window("example", scheme=scheme, percent=percent, size=size)
    assert window.session is not None
    areas = [
        area for area in window.session.catalogue.areas if (scheme, percent, size) == IN_FULL or area.key in ELSEWHERE
    ]
    for key, guidance in guidances(window, areas):
        found[f"guidance for {key}"] = [*looking.cut(guidance), *looking.faint(guidance)]
    for screen in screens(window, areas):
        found[screen] = faults(window)
        assert window.size().toTuple() == size, f"{screen} does not fit into the window"
    wrong = [f"{screen}: {fault}" for screen, faults_there in found.items() for fault in faults_there]
    assert not wrong, f"{len(wrong)} faults\n" + "\n".join(wrong)
