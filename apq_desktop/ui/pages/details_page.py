"""About the setting and this evaluation: the context that a reader needs."""

from __future__ import annotations

from apq_desktop.evaluation.edits.changes import Target
from apq_desktop.evaluation.fields import fields_of
from apq_desktop.ui.fields.field_widgets import add_fields
from apq_desktop.ui.fields.purpose_fields import AskedByPurpose
from apq_desktop.ui.session.app_context import AppContext, OpenEvaluation
from apq_desktop.ui.session.field_binding import FieldBinding
from apq_desktop.ui.widgets.page import Page
from apq_desktop.ui.widgets.text_labels import Card

WHY_FACTS = (
    "Officers ask for these first: the Children’s Wellbeing and Schools Act 2026 (section 43) looks at time and pupils."
    " Fill in what you know. The program gives no advice on what the Act means for you."
)
EVALUATION, SETTING = Target("evaluation"), Target("setting")


class DetailsPage(Page):
    """The setting, and the evaluation as a whole."""

    help_key = "first-steps"

    def __init__(self, _app: AppContext, here: OpenEvaluation) -> None:
        super().__init__(back="Back to the overview")
        self._session = here.session
        self.binding = FieldBinding(here.session, self)
        self.column.addWidget(self._setting_card())
        self.column.addWidget(self._evaluation_card())
        self.column.addWidget(self._facts_card())
        self.column.addStretch(1)

    def focus_first(self) -> None:
        """Put the cursor into the first field."""
        self.first.setFocus()

    def _setting_card(self) -> Card:
        card = Card("Your setting", "A few facts help the reader.")
        fields = fields_of("setting", "setting")
        self.first, *_ = add_fields(card.body, self._session, self.binding, SETTING, fields)
        return card

    def _facts_card(self) -> Card:
        card = Card("Facts of the setting", WHY_FACTS)
        add_fields(card.body, self._session, self.binding, SETTING, fields_of("setting", "setting facts"))
        return card

    def _evaluation_card(self) -> Card:
        card = Card("This evaluation")
        fields = fields_of("evaluation", "evaluation")
        above = 1 + next(n for n, field in enumerate(fields) if field.name == "purposes")
        add_fields(card.body, self._session, self.binding, EVALUATION, fields[:above])
        card.body.addWidget(AskedByPurpose(self._session, self.binding))
        add_fields(card.body, self._session, self.binding, EVALUATION, fields[above:])
        return card
