"""Start the next year's evaluation from this one."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup

from apq_desktop.evaluation.rules.carry_forward import Choice
from apq_desktop.evaluation.text.cleaning import visible_text
from apq_desktop.ui.fields.field_layout import ChoiceHint
from apq_desktop.ui.session.app_context import AppContext, OpenEvaluation
from apq_desktop.ui.widgets.buttons import WorkButton
from apq_desktop.ui.widgets.page import Page
from apq_desktop.ui.widgets.text_labels import Card
from apq_desktop.ui.widgets.tick_boxes import RadioButton

CHOICES: tuple[tuple[Choice, str, str], ...] = (
    ("everything", "Everything I wrote", "Go through it and change what is no longer true. Nothing is marked ready."),
    ("unfinished", "Only unfinished actions and the evidence", "The rest starts empty."),
)


class NextYearPage(Page):
    """What to take along. The evaluation that is open stays as it is."""

    help_key = "next-year"

    def __init__(self, app: AppContext, here: OpenEvaluation) -> None:
        title = visible_text(here.session.evaluation.title) or "this evaluation"
        super().__init__(f"A new evaluation is made in the same file. {title} stays as it is.")
        self._app, self._session = app, here.session
        card = Card("What should it start from?")
        self._group = QButtonGroup(self)
        for number, (_, words, hint) in enumerate(CHOICES):
            button = RadioButton(words)
            button.setAccessibleDescription(hint)
            button.setChecked(number == 0)
            self._group.addButton(button, number)
            card.body.addWidget(button)
            card.body.addWidget(ChoiceHint(hint))
        self.start = WorkButton("Start the next year", "Making the next year…", primary=True)
        self.start.clicked.connect(self._start)
        card.body.addWidget(self.start, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(card)
        self.column.addStretch(1)

    def focus_first(self) -> None:
        """Put the focus on the choice."""
        self._group.buttons()[0].setFocus()

    def _start(self) -> None:
        if self._app.saving.finish_saving():
            self._app.files.start_next_year(self._session.evaluation, CHOICES[self._group.checkedId()][0])
