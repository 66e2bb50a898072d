"""Prints the lowest contrast of words, edges and focus on every screen in each colour scheme, as a table.

Usage: .venv/bin/python -m tests.ui.contrast_figures [light] [dark] [contrast]
Words need 4.5, edges and the ring of the focus 3.
"""

from __future__ import annotations

import sys
from bisect import bisect_left
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.append(str(Path(__file__).parents[2] / "packaging"))

import make_screenshots
import picture_popups
import still_clock
from PySide6.QtWidgets import QApplication, QMenu

from apq_desktop.ui.widgets.theme import Theme
from apq_desktop.ui.window.find.overlay import FindPanel
from apq_desktop.ui.window.main_window import MainWindow
from tests.ui import screen_checks
from tests.ui.every_page import SCHEMES
from tests.ui.focus_ring import lacks_ring, without_and_with

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from PySide6.QtGui import QImage
    from PySide6.QtWidgets import QWidget

    from apq_desktop.ui.widgets.theme import Scheme

MOST = 21.0
SIZE = (1180, 800)


def lowest(measured: Iterable[tuple[str, float]]) -> str:
    """The lowest figure; a dash where there is nothing of the kind."""
    return f"{least:.1f}" if (least := min((seen for _, seen in measured), default=0.0)) else "–"


def items_seen(shown: QWidget) -> Iterator[tuple[str, float]]:
    """The words of a menu that can be chosen."""
    picture = shown.grab().toImage()
    for action in shown.actions() if isinstance(shown, QMenu) else ():
        place = shown.actionGeometry(action).adjusted(8, 5, -8, -5)  # type: ignore[attr-defined]
        if action.text() and action.isEnabled() and picture.rect().contains(place):
            yield action.text(), screen_checks.painted_contrast(picture, place, MOST)


def rings_seen(shown: QWidget) -> Iterator[tuple[str, float]]:
    """How much the ring of each control changes what is there, to a half."""
    for widget, both in without_and_with(shown):
        yield screen_checks.describe(widget), ring_contrast(*both)


def ring_contrast(before: QImage, after: QImage) -> float:
    """The highest contrast at which there is a ring still."""
    steps = [half / 2 for half in range(2, 2 * int(MOST) + 1)]
    lacking = bisect_left(steps, True, key=lambda step: bool(lacks_ring(before, after, step)))
    return steps[max(lacking - 1, 0)]


def figures(theme: Theme, scheme: Scheme) -> Iterator[tuple[str, str]]:
    """Each screen with its three figures."""
    for screen, _ in make_screenshots.pictures(theme, scheme, 100, SIZE):
        window = next(one for one in QApplication.topLevelWidgets() if isinstance(one, MainWindow))
        panels: list[QWidget] = [one for one in window.findChildren(FindPanel) if one.isVisible()]
        shown = [window, *panels, *picture_popups.in_front(window)][-1]
        words = [*screen_checks.words_seen(shown, MOST), *screen_checks.rows_seen(shown, MOST), *items_seen(shown)]
        print(screen.name, file=sys.stderr)
        yield (
            screen.name,
            " / ".join((lowest(words), lowest(screen_checks.edges_seen(shown)), lowest(rings_seen(shown)))),
        )


def main() -> None:
    """Measure, and print."""
    still_clock.stop()
    theme = Theme(QApplication([]))
    schemes = [scheme for scheme in SCHEMES if scheme in sys.argv[1:] or not sys.argv[1:]]
    told = [dict(figures(theme, scheme)) for scheme in schemes]
    print(f"| screen: words / edges / focus | {' | '.join(schemes)} |\n|{'---|' * (len(schemes) + 1)}")
    for name in told[0]:
        print(f"| {name} | {' | '.join(one[name] for one in told)} |")


if __name__ == "__main__":
    main()
