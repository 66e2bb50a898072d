"""The guidance of one area, beside its form: what good looks like, where to look, what research found."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout

from apq_desktop.instrument import Area, Catalogue, Guidance
from apq_desktop.ui.scrolling import FormScroll
from apq_desktop.ui.widgets import Button, PlainLabel, clear, show_now

HEADINGS = {
    "practice": "What good practice looks like",
    "evidence": "Where to look for evidence",
    "research": "What research found",
}


class GuidancePanel(FormScroll):
    """Guidance to read offline. Reachable with Tab, scrolled with the arrow keys."""

    closed = Signal()

    def __init__(self, catalogue: Catalogue) -> None:
        super().__init__()
        self._catalogue = catalogue
        self.area: Area | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.column.setSpacing(10)

    def show_area(self, area: Area) -> None:
        """Show the guidance of ``area``."""
        if area is self.area:
            return
        self.area = area
        clear(self.column)
        self.setAccessibleName(f"Guidance for {area.title}")
        row = QHBoxLayout()
        row.addWidget(PlainLabel(f"Guidance: {area.title}", scale=1.2, bold=True), 1)
        close = Button("Close", name="Close the guidance")
        close.clicked.connect(self.closed)
        row.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        self.column.addLayout(row)
        self._fill(area)
        self.column.addStretch(1)
        show_now(self.column)
        self.settle()
        self.verticalScrollBar().setValue(0)

    def _fill(self, area: Area) -> None:
        for kind, heading in HEADINGS.items():
            points = [point for point in area.guidance if point.kind == kind]
            if points:
                self.column.addWidget(PlainLabel(heading, bold=True, scale=1.1))
            for point in points:
                self._add_point(area, point)
        self.column.addWidget(PlainLabel("An example of practice in the toolkit", bold=True, scale=1.1))
        for example in area.examples:
            self.column.addWidget(PlainLabel(f"{example.name}. {example.about}"))
            self.column.addWidget(
                PlainLabel(f"Toolkit {self._catalogue.edition}, p. {example.page}", quiet=True, scale=0.95)
            )

    def _add_point(self, area: Area, point: Guidance) -> None:
        part = area.sub_area_title(point.sub_area)
        self.column.addWidget(PlainLabel(f"{part}: {point.text}" if part else point.text))
        self.column.addWidget(PlainLabel(self._source(point), quiet=True, scale=0.95))

    def _source(self, point: Guidance) -> str:
        source = self._catalogue.source(point.source)
        where = f", p. {point.page}" if point.page else ""
        if point.source == "toolkit":
            return f"Toolkit {self._catalogue.edition}{where}"
        return f"{source.title} ({source.author}, {source.year}){where}"
