"""F6 and Shift+F6 go from region to region of the window: header, tabs, side list, page, guidance, bar below."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication

from apq_desktop.ui.widgets.scroll_area import reading_order

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget


def offer_regions(window: QWidget, regions: Callable[[], Sequence[QWidget]]) -> None:
    """Let the two keys work in a window. ``regions`` tells its regions in the order of reading, some in one another."""
    for keys, step in (("F6", 1), ("Shift+F6", -1)):
        QShortcut(QKeySequence(keys), window, partial(_go, regions, step))


def _go(regions: Callable[[], Sequence[QWidget]], step: int) -> None:
    there = [region for region in regions() if region.isVisible() and _way_in(region, regions()) is not None]
    focus = QApplication.focusWidget()
    inside = [region for region in there if focus is not None and region.isAncestorOf(focus)]
    # Of two that are in one another, the inner one. Qt calls a widget its own ancestor.
    here = max(inside, key=lambda region: sum(other.isAncestorOf(region) for other in inside), default=None)
    if there:
        place = there.index(here) + step if here is not None else 0 if step > 0 else -1
        region = there[place % len(there)]
        way_in = _way_in(region, there)
        assert way_in is not None
        way_in.setFocus(Qt.FocusReason.TabFocusReason)


def _way_in(region: QWidget, others: Sequence[QWidget]) -> QWidget | None:
    """The control of a region that had the focus last, else the first; none of what is another region's."""
    inner = [other for other in others if other is not region and region.isAncestorOf(other)]
    for control in (*filter(None, [region.focusWidget()]), *reading_order(region)):
        ours = not any(part.isAncestorOf(control) for part in inner)
        if ours and control.isVisible() and control.isEnabled() and _takes_tab(control):
            return control
    return None


def _takes_tab(control: QWidget) -> bool:
    return control.focusPolicy() & Qt.FocusPolicy.TabFocus == Qt.FocusPolicy.TabFocus
