"""What stands above a table of items: title, buttons and filters; in a low window most of it behind one button."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from apq_desktop.ui.fields.tables.term_end_link import TermEndLink
from apq_desktop.ui.widgets.buttons import Button
from apq_desktop.ui.widgets.fold import FoldButton
from apq_desktop.ui.widgets.layouts import FlowLayout, add_layout
from apq_desktop.ui.widgets.text_labels import PlainLabel


class TableHead(QWidget):
    """Title, end of the term and buttons over one row of filters. The last of the ``buttons`` is never folded away."""

    def __init__(self, title: str, term_end: TermEndLink, buttons: Sequence[Button], filters: FlowLayout) -> None:
        super().__init__()
        self._term_end, self._dated, self._low = term_end, True, False
        self._title = PlainLabel(title, scale=1.7, bold=True)
        self._title.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.filters = FoldButton("Filters")
        self.filters.clicked.connect(lambda: self._unfold(is_open=not self.filters.is_open))
        self.details = Button("Details", name="Details of the chosen row")
        self._holder = QWidget()
        self._holder.setLayout(filters)
        self._folds = [term_end, *buttons[:-1], self._holder]
        column, row = QVBoxLayout(self), FlowLayout(10, fill=True)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        for part in (self.filters, self._title, self.details, term_end, *buttons):
            row.addWidget(part)
        add_layout(column, row)
        column.addWidget(self._holder)
        self.fit(low=False, alone=False)

    def fit(self, *, low: bool, alone: bool) -> None:
        """Take little height in a ``low`` window; lead to the details where the table stands ``alone``."""
        self._low = low
        self.details.setVisible(alone)
        self._title.setHidden(low)
        self.filters.setVisible(low)
        self._unfold(is_open=self.filters.is_open)

    def show_term(self, *, dated: bool) -> None:
        """Say when the term ends where things stand under headings by date."""
        self._dated = dated
        self._unfold(is_open=self.filters.is_open)

    def _unfold(self, *, is_open: bool) -> None:
        self.filters.show_open(is_open=is_open)
        for part in self._folds:
            part.setVisible((is_open or not self._low) and (self._dated or part is not self._term_end))
