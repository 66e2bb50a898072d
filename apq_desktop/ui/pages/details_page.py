"""About the setting and this evaluation: the context that a reader needs."""

from __future__ import annotations

from typing import Any

from apq_desktop.evaluation.edits.changes import Target
from apq_desktop.ui.fields.choice_fields import ChoiceField, Grouped
from apq_desktop.ui.fields.field_labels import describe, field_row
from apq_desktop.ui.fields.purpose_fields import AskedByPurpose
from apq_desktop.ui.fields.text_fields import DateField, LineField, TextField
from apq_desktop.ui.session.editing_session import EditingSession
from apq_desktop.ui.session.field_binding import FieldBinding
from apq_desktop.ui.widgets.page import Page
from apq_desktop.ui.widgets.text_labels import Card, PlainLabel

EVALUATION, SETTING = Target("evaluation"), Target("setting")
KEY_STAGES = tuple((number, number) for number in "12345")
FULL_OR_PART_TIME = (
    ("", "Not chosen"),
    ("full-time", "Full time"),
    ("part-time", "Part time"),
    ("both", "Full time and part time"),
)


class DetailsPage(Page):
    """The setting, and the evaluation as a whole."""

    def __init__(self, session: EditingSession) -> None:
        super().__init__("About this evaluation", back="Back to the overview")
        self._session = session
        self.binding = FieldBinding(session, self)
        self.column.addWidget(self._setting_card())
        self.column.addWidget(self._evaluation_card())
        self.column.addStretch(1)

    def focus_first(self) -> None:
        """Put the cursor into the first field."""
        self.first.setFocus()

    def _line(self, card: Card, label: str, target: Target, name: str, hint: str = "", field: Any = None) -> Any:
        field = field or LineField()
        card.body.addLayout(field_row(label, field, hint=hint))
        self.binding.bind(field, target, name)
        return field

    def _group(self, card: Card, label: str, target: Target, name: str, choices: Any, *, in_row: bool = False) -> None:
        heading = PlainLabel(label, bold=True)
        card.body.addWidget(heading)
        group = Grouped(label, choices, in_row=in_row)
        describe(group, label)
        card.body.addWidget(group)
        self.binding.bind(group, target, name)

    def _setting_card(self) -> Card:
        card = Card("Your setting", "The reader judges what you do in its light, so a few facts help.")
        self.first = self._line(card, "Name of the setting", SETTING, "name")
        kinds = [("", "Not chosen"), *((kind.key, kind.title) for kind in self._session.catalogue.kinds)]
        self._line(card, "Kind of setting", SETTING, "kind", field=ChoiceField(kinds))
        self._line(card, "Site", SETTING, "site", "If you have more than one: which is this about?")
        self._line(card, "Local authority", SETTING, "local_authority")
        self._line(card, "Contact", SETTING, "contact", "A role, an address, a telephone number.", TextField())
        self._group(card, "Key stages", SETTING, "key_stages", KEY_STAGES, in_row=True)
        self._line(card, "Places", SETTING, "places", "How many pupils you can take at one time.")
        self._line(card, "Full or part time", SETTING, "full_or_part_time", field=ChoiceField(FULL_OR_PART_TIME))
        self._line(card, "Typical length of a placement", SETTING, "placement_length", "For example: 6 to 24 weeks.")
        return card

    def _evaluation_card(self) -> Card:
        card = Card("This evaluation")
        self._line(card, "Title", EVALUATION, "title", "For example: Self-evaluation 2026/27.")
        self._line(card, "Period it looks at", EVALUATION, "period", "For example: September 2025 to July 2026.")
        purposes = [(purpose.key, purpose.title) for purpose in self._session.catalogue.purposes]
        self._group(card, "What it is for (one or more)", EVALUATION, "purposes", purposes)
        card.body.addWidget(AskedByPurpose(self._session, self.binding))
        self._line(card, "For whom", EVALUATION, "commissioner", "The council, school or trust that will read it.")
        self._line(card, "Completed by", EVALUATION, "completed_by", "A role, such as Headteacher.")
        self._line(
            card,
            "Who took part",
            EVALUATION,
            "took_part",
            "Staff, pupils, parents and carers, partners.",
            TextField(),
        )
        self._line(card, "Date completed", EVALUATION, "completed_on", field=DateField())
        hint = "The leader's own words: the main strengths, the main plans. It stands on the first page."
        self._line(card, "In short", EVALUATION, "summary", hint, TextField(lines=5))
        return card
