"""The guidance of one area, beside its form: what the sources say, and apart from it what we suggest."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from apq_desktop.toolkit.catalogue import Area, Catalogue, Example, Guidance, Paper
from apq_desktop.ui.widgets.buttons import Button
from apq_desktop.ui.widgets.layouts import add_layout, column_in
from apq_desktop.ui.widgets.scroll_area import FormScroll
from apq_desktop.ui.widgets.text_labels import PlainLabel

HEADINGS = {
    "practice": "What good practice looks like",
    "evidence": "Where to look for evidence",
    "research": "What research found",
}
SUGGESTION = "Our suggestion"
EXAMPLES_ABOUT = "It shows practice in 2022 or before. The toolkit means it as a glimpse, not as a pattern to copy."
SET_IN = 16
SIGNPOST = "Where the national standards touch it"


class GuidancePanel(FormScroll):
    """Guidance to read offline. Reachable with Tab, scrolled with the arrow keys."""

    help_key = "guidance"
    closed = Signal()

    def __init__(self, catalogue: Catalogue) -> None:
        super().__init__()
        self._catalogue = catalogue
        self.area: Area | None = None
        self._part = ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._title = PlainLabel(scale=1.2, bold=True)
        close = Button("Close", name="Close the guidance")
        close.clicked.connect(self.closed)
        row = QHBoxLayout()
        row.addWidget(self._title, 1)
        row.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        self._body = QWidget()
        self.column.setSpacing(10)
        add_layout(self.column, row)
        self.column.addWidget(self._body)
        self.column.addStretch(1)

    def show_area(self, area: Area, part: str = "") -> None:
        """Show the guidance of ``area``; where a ``part`` is chosen, of it and of the area as a whole."""
        if area is self.area and part == self._part:
            return
        self.area, self._part = area, part
        self.setAccessibleName(f"Guidance for {area.title}")
        self._title.setText(f"Guidance: {area.title}")
        before, self._body = self._body, self._points(area)
        self.column.insertWidget(1, self._body)
        self._body.show()  # at once: Qt would wait for its next turn, and paint the gap before
        before.hide()
        before.deleteLater()
        self.settle()
        self.verticalScrollBar().setValue(0)

    def _points(self, area: Area) -> QWidget:
        body = QWidget()
        column = column_in(body, 10)
        for kind, heading in HEADINGS.items():
            points = [point for point in area.guidance if point.kind == kind and self._fits(point)]
            if points:
                column.addWidget(PlainLabel(heading, bold=True, scale=1.1))
            for point in points:
                self._add_point(column, point, area.sub_area_title(point.sub_area))
        examples = [example for example in area.examples if self._fits(example)]
        if examples:
            column.addWidget(PlainLabel("An example of practice in the toolkit", bold=True, scale=1.1))
        for example in examples:
            column.addWidget(PlainLabel(f"{example.name}. {example.about}"))
            where = f"Toolkit {self._catalogue.edition}, p. {example.page}"
            column.addWidget(PlainLabel(where, quiet=True, scale=0.95))
        if examples:
            column.addWidget(PlainLabel(EXAMPLES_ABOUT, quiet=True, scale=0.95))
        self._add_papers(column, area)
        self._add_signpost(column, area)
        return body

    def _add_point(self, column: QVBoxLayout, point: Guidance, part: str) -> None:
        """What a source says and where, then set in and under its own name what we suggest."""
        column.addWidget(PlainLabel(f"{part}: {point.finding}" if part else point.finding))
        column.addWidget(PlainLabel(self._catalogue.reference(point), quiet=True, scale=0.95))
        if point.suggestion:
            ours = QVBoxLayout()
            ours.setContentsMargins(SET_IN, 0, 0, 0)
            ours.setSpacing(2)
            ours.addWidget(PlainLabel(SUGGESTION, bold=True, scale=0.95))
            ours.addWidget(PlainLabel(point.suggestion))
            add_layout(column, ours)

    def _add_papers(self, column: QVBoxLayout, area: Area) -> None:
        """Name what a council or trust has of its own for the area, and where it is. Nothing is fetched or opened."""
        papers = [paper for paper in area.papers if self._fits(paper)]
        for name in dict.fromkeys(paper.offered_by for paper in papers):
            column.addWidget(PlainLabel(f"From {name}", bold=True, scale=1.1))
            for paper in papers:
                if paper.offered_by == name:
                    told = f"{paper.title}. {paper.about}" if paper.about else paper.title
                    column.addWidget(PlainLabel(told))
                    column.addWidget(PlainLabel(paper.where, quiet=True, scale=0.95))

    def _add_signpost(self, column: QVBoxLayout, area: Area) -> None:
        """Point to the themes of the national standards that the area bears on. Nothing is said of how well."""
        standards = self._catalogue.standards_of(area)
        if not standards:
            return
        column.addWidget(PlainLabel(SIGNPOST, bold=True, scale=1.1))
        for standard in standards:
            column.addWidget(PlainLabel(f"{standard.title}. {standard.about}"))
        column.addWidget(PlainLabel(self._catalogue.standards_about, quiet=True, scale=0.95))

    def _fits(self, told: Guidance | Example | Paper) -> bool:
        return not self._part or told.sub_area in ("", self._part)
