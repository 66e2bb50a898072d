"""Every screen can be read, heard and worked by keys alone, in each colour scheme, large text and a small window."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any

import pytest

from tests.ui import screen_checks
from tests.ui.screens import LARGE, SMALL, faults, screens, settle

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QWidget

    from apq_desktop.toolkit.catalogue import Area
    from apq_desktop.ui.widgets.theme import Scheme
    from apq_desktop.ui.window.main_window import MainWindow
    from tests.ui.conftest import OpenWindow

IN_FULL = ("dark", 200, SMALL)
"""Where all 13 forms are walked; they are built alike, so elsewhere three tell: plain, with parts, not applying."""
ELSEWHERE = ("home-family", "needs", "post-16")


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


def ways_to_see(*always: tuple[Scheme, int, tuple[int, int]]) -> list[Any]:
    """Each scheme, text size and size of the window together; all but those named here are long."""
    schemes: tuple[Scheme, ...] = ("light", "dark", "contrast")
    return [
        pytest.param(*way, marks=() if way in always else pytest.mark.long, id=f"{way[0]}-{way[1]}-{way[2][0]}")
        for way in product(schemes, (100, 200), (LARGE, SMALL))
    ]


@pytest.mark.parametrize(("scheme", "percent", "size"), ways_to_see(("contrast", 200, SMALL)))
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
        found[f"guidance for {key}"] = [*screen_checks.clipped(guidance), *screen_checks.low_contrast(guidance)]
    for screen in screens(window, areas):
        found[screen] = faults(window)
        assert window.size().toTuple() == size, f"{screen} does not fit into the window"
    wrong = [f"{screen}: {fault}" for screen, faults_there in found.items() for fault in faults_there]
    assert not wrong, f"{len(wrong)} faults\n" + "\n".join(wrong)
