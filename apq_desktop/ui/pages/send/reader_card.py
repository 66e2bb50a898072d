"""What a reader would ask about the texts, once the user wants to know."""

from __future__ import annotations

from apq_desktop import services
from apq_desktop.ui.fields.choice_fields import FlagField
from apq_desktop.ui.pages.send.remark_list import RemarkList
from apq_desktop.ui.session.app_context import OpenEvaluation
from apq_desktop.ui.widgets.text_labels import Card

HINT = "The program looks for words only, and it can be wrong. Answer what helps; pass over the rest."


class ReaderCard(Card):
    """Questions on the texts, by the rules of the instrument. Nothing is looked for before it is switched on."""

    def __init__(self, here: OpenEvaluation) -> None:
        super().__init__("A reader would ask", HINT)
        self._session = here.session
        self.switch = FlagField("Show what a reader would ask")
        self.switch.changed.connect(self.refresh)
        self.questions = RemarkList(here.view)
        self.body.addWidget(self.switch)
        self.body.addWidget(self.questions)
        self.refresh()

    def refresh(self) -> None:
        """Ask about the evaluation as it stands now, where that is wanted."""
        wanted = self.switch.value()
        if wanted:
            self.questions.show_remarks(services.ask_as_a_reader(self._session.evaluation))
        self.questions.setVisible(wanted)
