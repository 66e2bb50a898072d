"""What a reader would ask about the texts, once the person wants to know."""

from __future__ import annotations

from PySide6.QtCore import Signal

from apq_desktop import services
from apq_desktop.ui.fields.choice_fields import FlagField
from apq_desktop.ui.pages.send.remark_list import RemarkList
from apq_desktop.ui.session.editing_session import EditingSession
from apq_desktop.ui.widgets.text_labels import Card

HINT = "The program looks for words only, and it can be wrong. Answer what helps; pass over the rest."


class ReaderCard(Card):
    """Questions on the texts, by the rules of the instrument. Nothing is looked for before it is switched on."""

    navigation_requested = Signal(object)

    def __init__(self, session: EditingSession) -> None:
        super().__init__("A reader would ask", HINT)
        self._session = session
        self.switch = FlagField("Show what a reader would ask")
        self.switch.changed.connect(self.refresh)
        self.questions = RemarkList()
        self.questions.navigation_requested.connect(self.navigation_requested)
        self.body.addWidget(self.switch)
        self.body.addWidget(self.questions)
        self.refresh()

    def refresh(self) -> None:
        """Ask about the evaluation as it stands now, where that is wanted."""
        wanted = self.switch.value()
        if wanted:
            self.questions.show_remarks(services.ask_as_a_reader(self._session.evaluation))
        self.questions.setVisible(wanted)
