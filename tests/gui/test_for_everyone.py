"""Every screen can be read, heard and worked by keyboard alone, in light and dark, large text and a small window."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.gui import looking

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from apq_desktop.ui.main_window import MainWindow
    from apq_desktop.ui.theme import Scheme
    from tests.gui.conftest import OpenWindow


def screens(window: MainWindow) -> Iterator[str]:
    """Bring every screen of an open evaluation into view, one after another."""
    workbench, session = window.workbench, window.session
    assert workbench is not None
    assert session is not None
    yield "overview"
    workbench.show_details()
    yield "details"
    for area in session.catalogue.areas:
        form = workbench.show_area(area.key)
        yield area.key
        form.guidance.click()
        yield f"{area.key} with guidance"
        tab = workbench.categories[session.catalogue.category_of(area).key]
        tab.guidance.closed.emit()
    window.show_sending()
    yield "check and send"


def faults(window: QWidget) -> list[str]:
    """All that is wrong with the screen in view."""
    reached, hidden = looking.tab_walk(window)
    return [
        *looking.unnamed(window),
        *looking.same_names(window),
        *looking.not_reached(window, reached),
        *looking.out_of_order(window, reached),
        *hidden,
        *looking.cut(window),
        *looking.faint(window),
    ]


@pytest.mark.parametrize("size", [(1180, 800), (1024, 600)], ids=["1180x800", "1024x600"])
@pytest.mark.parametrize("percent", [100, 200])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_screen_is_for_everyone(
    open_window: OpenWindow, scheme: Scheme, percent: int, size: tuple[int, int]
) -> None:
    found = {}
    start = open_window("start", scheme=scheme, percent=percent, size=size)
    found["start"] = faults(start)
    start.close()
    window = open_window("example", scheme=scheme, percent=percent, size=size)
    for screen in screens(window):
        found[screen] = faults(window)
        assert window.size().toTuple() == size, f"{screen} does not fit into the window"
    wrong = [f"{screen}: {fault}" for screen, faults_there in found.items() for fault in faults_there]
    assert not wrong, f"{len(wrong)} faults\n" + "\n".join(wrong)
