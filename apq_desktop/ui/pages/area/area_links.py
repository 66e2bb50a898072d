"""The areas that bear most on the one in view, with the way to each."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from apq_desktop.toolkit.catalogue import Area, Catalogue
from apq_desktop.ui.widgets.buttons import LINK_INSET, LinkButton
from apq_desktop.ui.widgets.layouts import FlowLayout
from apq_desktop.ui.widgets.text_labels import PlainLabel

LINKED, LINKED_TO_ALL = "Closely linked:", "Linked to every other area"


class AreaLinks(QWidget):
    """Links to the areas nearby. Where those are all the others, one sentence says so: they stand in the lists."""

    area_chosen = Signal(str)

    def __init__(self, catalogue: Catalogue, area: Area) -> None:
        super().__init__()
        row = FlowLayout(6)
        self.setLayout(row)
        to_all = len(area.links) == len(catalogue.areas) - 1
        words = PlainLabel(LINKED_TO_ALL if to_all else LINKED, quiet=True)
        words.setWordWrap(False)
        words.setContentsMargins(LINK_INSET, 4, 0, 4)  # as a link's words: on one line, and above those of a second
        row.addWidget(words)
        for key in () if to_all else area.links:
            linked = catalogue.area(key)
            link = LinkButton(f"{linked.number} {linked.title}", name=f"Go to area {linked.number}, {linked.title}")
            link.clicked.connect(lambda _=False, key=key: self.area_chosen.emit(key))
            row.addWidget(link)
