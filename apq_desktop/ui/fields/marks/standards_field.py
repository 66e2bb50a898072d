"""The standards that an entry or a source of evidence is marked for: one link, and a menu to tick them in."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QMenu

from apq_desktop.evaluation.rules.standards_index import suggested
from apq_desktop.toolkit.catalogue import Area, Catalogue, ListedStandard
from apq_desktop.ui.widgets.buttons import LinkButton
from apq_desktop.ui.widgets.painted.style import let_scroll

MOST_SUGGESTED = 6
MOST_SHOWN = 60
"""Characters of their names beside an item; all of them are said aloud, and ticked in the menu."""


class StandardsField(LinkButton):
    """Which standards it bears on, seen where there are some; the item's menu has them always.

    ``read_text`` gives the words that the suggestions go by.
    """

    changed = Signal(tuple)

    def __init__(self, catalogue: Catalogue, area: Area, read_text: Callable[[], str]) -> None:
        super().__init__("", wrap=True)
        self._catalogue, self._area, self._read_text = catalogue, area, read_text
        self._value: tuple[str, ...] = ()
        self._known = {standard.key: standard for one in catalogue.standards_lists for standard in one.standards}
        self.clicked.connect(lambda: self.make_menu().popup(self.mapToGlobal(QPoint(0, self.height()))))

    def value(self) -> tuple[str, ...]:
        """The keys, in the order of the lists; those that no list here has come last."""
        return self._value

    def load(self, value: Sequence[str]) -> None:
        """Show what is marked without saying that it changed."""
        self._value = tuple(value)
        names = [(known.number or known.title) if (known := self._known.get(key)) else key for key in self._value]
        shown = ", ".join(names)
        shown = shown if len(shown) <= MOST_SHOWN else f"{shown[: MOST_SHOWN - 1].rstrip(' ,')}…"
        self.setText(f"Standards: {shown}".replace("&", "&&") if names else "")
        self.setAccessibleName(f"Standards: {', '.join(names) or 'none'}")
        if self.parent() is not None:  # shown before it has a parent, it would be a window
            self.setHidden(not names)

    def make_menu(self) -> QMenu:
        """What can be ticked: first what may fit, then each list by its themes."""
        menu = QMenu(self.parentWidget())
        menu.setTitle("Standards it bears on")
        for standard in suggested(self._catalogue, self._area, self._read_text())[:MOST_SUGGESTED]:
            self._add(menu, standard)
        menu.addSeparator()
        for one in self._catalogue.standards_lists:
            for theme in dict.fromkeys(standard.theme for standard in one.standards):
                title = self._catalogue.theme_title(theme).replace("&", "&&")
                there = menu.addMenu(f"{title} ({one.name})" if ":" in one.standards[0].key else title)
                for standard in one.standards:
                    if standard.theme == theme:
                        self._add(there, standard)
        return let_scroll(menu)

    def _add(self, menu: QMenu, standard: ListedStandard) -> None:
        action = menu.addAction(standard.name.replace("&", "&&"))
        action.setCheckable(True)
        action.setChecked(standard.key in self._value)
        action.triggered.connect(lambda ticked, key=standard.key: self._mark(key, ticked=ticked))

    def _mark(self, key: str, ticked: bool) -> None:
        kept = {one for one in self._value if one != key} | ({key} if ticked else set())
        value = (*(one for one in self._known if one in kept), *(one for one in self._value if one not in self._known))
        self.load(value)
        self.changed.emit(value)
