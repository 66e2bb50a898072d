"""The table of fields: what each field of the model is called, how it is edited, shown, printed and compared.

Forms, tables, CSV, documents, search and comparison are made from it. A new optional field stands in ``model`` and
here, and nowhere else. What a row cannot say is written where it is shown: ``AREA_OF_ACTION`` and the other comments.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Literal

from apq_desktop.evaluation.edits.changes import TargetKind

Editor = Literal["line", "text", "date", "readings", "choice", "several", "flag", "none"]
"""One line; text of any length; a date or words; dated readings; one choice; any of several; yes or no; not edited by
itself."""
Group = Literal["", "setting", "setting facts", "evaluation", "item", "details"]
"""Where a field is edited: a card of the details page, the form of an item beside its table, or somewhere special."""
Column = Literal["", "main", "fitted", "hidden"]
"""A field's column in the table of all items: the one that takes the room left, one as wide as its words, one that is
only sorted by and copied, or none."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field. ``name`` is its attribute in ``model``, ``kind`` what it belongs to.

    ``form_label`` is the label in a form where that says more than ``label``. ``lines`` is the height of a text box.
    ``empty`` is what choosing nothing is called. ``csv`` is the heading of its column in CSV: None where ``label``
    serves, empty where it has none. ``printed`` stands before its text in documents, where it is told in one line with
    its action or is a fact of the setting; None where ``label`` does, or where it is not told so. ``is_word``: compared
    as a whole.
    """

    kind: TargetKind
    name: str
    label: str
    editor: Editor = "line"
    group: Group = ""
    hint: str = ""
    form_label: str = ""
    lines: int = 2
    column: Column = ""
    empty: str = "Not chosen"
    csv: str | None = None
    printed: str | None = None
    is_word: bool = False

    @property
    def is_date(self) -> bool:
        """Whether its text is a date where it was understood."""
        return self.editor == "date"

    @property
    def is_text(self) -> bool:
        """Whether the user's own words stand in it."""
        return self.editor in ("line", "text", "date", "readings")

    @property
    def is_compared_whole(self) -> bool:
        """Whether it is one word to a reader, such as a date."""
        return self.is_word or self.editor in ("date", "choice", "several", "flag")


SMALL_NUMBERS = "If it is fewer than five, write: fewer than five."

FIELDS: tuple[Field, ...] = (
    Field("evaluation", "title", "Title", group="evaluation", hint="For example: Self-evaluation 2026/27."),
    Field(
        "evaluation",
        "period",
        "Period it looks at",
        group="evaluation",
        hint="For example: September 2025 to July 2026.",
    ),
    Field(
        "evaluation",
        "purposes",
        "What it is for",
        "several",
        group="evaluation",
        form_label="What it is for (one or more)",
    ),
    Field(
        "evaluation",
        "commissioner",
        "For whom",
        group="evaluation",
        hint="The council, school or trust that will read it.",
    ),
    Field("evaluation", "other_commissioners", "Also for", "several"),
    Field("evaluation", "completed_by", "Completed by", group="evaluation", hint="A role, such as Headteacher."),
    Field("evaluation", "reviewed_by", "Reviewed by"),
    Field(
        "evaluation",
        "took_part",
        "Who took part",
        "text",
        group="evaluation",
        hint="Staff, pupils, parents and carers, partners.",
    ),
    Field("evaluation", "completed_on", "Date completed", "date", group="evaluation"),
    Field(
        "evaluation",
        "summary",
        "In short",
        "text",
        group="evaluation",
        lines=5,
        hint="The leader’s own words: the main strengths, the main plans. It stands on the first page.",
    ),
    Field("setting", "name", "Name of the setting", group="setting"),
    Field("setting", "kind", "Kind of setting", "choice", group="setting"),
    Field("setting", "site", "Site", group="setting", hint="If you have more than one: which is this about?"),
    Field("setting", "local_authority", "Local authority", group="setting"),
    Field("setting", "contact", "Contact", "text", group="setting", hint="A role, an address, a telephone number."),
    Field("setting", "key_stages", "Key stages", "several", group="setting"),
    Field("setting", "places", "Places", group="setting", hint="How many pupils you can take at one time."),
    Field("setting", "full_or_part_time", "Full or part time", "choice", group="setting"),
    Field(
        "setting",
        "placement_length",
        "Typical length of a placement",
        group="setting",
        hint="For example: 6 to 24 weeks.",
    ),
    Field("setting", "opens_on", "Planned opening", "date"),
    Field("setting", "host_school", "School it is part of"),
    Field("setting", "facts_as_at", "These facts are as at", "date", printed="as at: ", group="setting facts"),
    Field(
        "setting",
        "hours_a_week",
        "Hours or days a week",
        group="setting facts",
        hint="What a pupil usually gets from you. For example: 15 hours on three days.",
    ),
    Field("setting", "weeks_a_year", "Weeks a year", printed="weeks a year: ", group="setting facts"),
    Field("setting", "on_roll", "Pupils on roll now", group="setting facts"),
    Field(
        "setting",
        "with_ehcp",
        "Of these, with an EHCP",
        printed="with an EHCP: ",
        group="setting facts",
        hint=SMALL_NUMBERS,
    ),
    Field(
        "setting", "with_sen_support", "Of these, with SEN support", printed="with SEN support: ", group="setting facts"
    ),
    Field("setting", "looked_after", "Of these, looked after", printed="looked after: ", group="setting facts"),
    Field(
        "setting",
        "rest_of_week",
        "Who educates pupils the rest of the week",
        "text",
        group="setting facts",
        hint="For example: their schools on the other two days.",
    ),
    Field(
        "setting",
        "registration",
        "Registration",
        group="setting facts",
        hint="For example: registered as an independent school, or not registered.",
    ),
    Field("setting", "urn", "Unique reference number (URN)", printed="URN: ", group="setting facts"),
    Field("setting", "ukprn", "UK provider reference number (UKPRN)", printed="UKPRN: ", group="setting facts"),
    Field("setting", "company_number", "Company number", printed="company number: ", group="setting facts"),
    Field("setting", "charity_number", "Charity number", printed="charity number: ", group="setting facts"),
    Field("area", "applies", "Whether it applies", "flag"),
    Field("area", "reason", "Why it does not apply", "text"),
    Field("area", "support", "Support we would like from our commissioner", "text"),
    Field("note", "note", "Note", "text"),
    Field("strengths", "text", "Strength", "text"),
    Field("strengths", "sub_area", "About", "choice"),
    # Offered only where the evaluation prepares a setting that has not opened.
    Field("strengths", "preparation", "In place or planned", "choice"),
    Field("strengths", "standards", "Standards it bears on", "several"),
    Field("development_areas", "text", "Development area", "text"),
    Field("development_areas", "sub_area", "About", "choice"),
    Field("development_areas", "preparation", "In place or planned", "choice"),
    Field("development_areas", "standards", "Standards it bears on", "several"),
    Field("evidence", "title", "Source of evidence", "text", "item", column="main"),
    Field(
        "evidence",
        "kind",
        "Kind",
        group="item",
        form_label="Kind (document, data, view, visit …)",
        column="fitted",
        is_word=True,
    ),
    Field("evidence", "date", "Date", "date", "item", column="fitted"),
    Field("evidence", "location", "Where it is kept", "text", "item", lines=1, column="hidden"),
    Field("evidence", "review_date", "Look again by", "date", "item", column="fitted", csv="Review date"),
    Field("evidence", "standards", "Standards it bears on", "several"),
    # An action belongs to the area in whose form it was added.
    Field("actions", "area", "Area", "none", column="hidden", is_word=True),
    # Offered only in an area that has parts.
    Field("actions", "sub_area", "About", "choice", csv="Part of the area"),
    Field("actions", "what", "Action", "text", "item", column="main"),
    Field("actions", "who", "Who", group="item", column="hidden"),
    Field("actions", "by_when", "By when", "date", "item", column="fitted"),
    Field("actions", "progress", "Progress", "choice", "item", column="fitted", empty=""),
    Field(
        "actions",
        "priority",
        "Priority",
        "choice",
        "item",
        hint="It only puts the plan in order.",
        column="hidden",
        empty="No priority",
    ),
    Field("actions", "measure", "How we will know", "text", "item", lines=1, printed=""),
    Field("actions", "starting_point", "Starting point", "text", "item", lines=1, printed="Start: "),
    Field("actions", "target", "Target", "text", "item", lines=1, printed="Target: "),
    # Always the latest reading.
    Field("actions", "current_point", "Where it stands now", "none", printed="Now: "),
    Field(
        "actions",
        "readings",
        "Readings",
        "readings",
        "item",
        form_label="Where it stands",
        printed="Before: ",
        hint="How it stood on a day. Add a new one each time you look; the earlier ones stay.",
    ),
    # The choices are the development areas of the action's area.
    Field(
        "actions",
        "development_area",
        "The development area it answers",
        "choice",
        "item",
        csv="Development area it answers",
        empty="None chosen",
    ),
)

MAIN_FIELDS: Mapping[str, str] = MappingProxyType(
    {"strengths": "text", "development_areas": "text", "evidence": "title", "actions": "what"}
)
"""The field that says what an item of each kind is."""
ACTION_WORDS = MappingProxyType(
    {"not-started": "Not started", "under-way": "Under way", "finished": "Finished", "stopped": "Stopped"}
)
PRIORITY_WORDS = MappingProxyType({"first": "First", "next": "Next", "later": "Later"})
PREPARATION_WORDS = MappingProxyType({"in-place": "In place", "planned": "Planned"})
FULL_OR_PART_TIME = MappingProxyType(
    {"full-time": "Full time", "part-time": "Part time", "both": "Full time and part time"}
)
FIXED_CHOICES: Mapping[tuple[TargetKind, str], Mapping[str, str]] = MappingProxyType(
    {
        ("actions", "progress"): ACTION_WORDS,
        ("actions", "priority"): PRIORITY_WORDS,
        ("strengths", "preparation"): PREPARATION_WORDS,
        ("development_areas", "preparation"): PREPARATION_WORDS,
        ("setting", "full_or_part_time"): FULL_OR_PART_TIME,
        ("setting", "key_stages"): MappingProxyType({number: number for number in "12345"}),
    }
)
"""The words of each value of a choice, where the catalogue does not give them."""


@cache
def fields_of(kind: TargetKind, group: Group = "") -> tuple[Field, ...]:
    """The fields of one kind of thing in the order of reading; of one ``group`` where it is named."""
    return tuple(field for field in FIELDS if field.kind == kind and group in ("", field.group))


@cache
def columns_of(kind: TargetKind) -> tuple[Field, ...]:
    """The fields of one kind of item that are columns of the table of all items."""
    return tuple(field for field in fields_of(kind) if field.column)


@cache
def find_field(kind: TargetKind, name: str) -> Field | None:
    """The row of one field, or None where it is not filled in by people."""
    return next((field for field in FIELDS if (field.kind, field.name) == (kind, name)), None)


def is_date(kind: TargetKind, name: str) -> bool:
    """Whether a field's text is a date where it was understood."""
    field = find_field(kind, name)
    return field is not None and field.is_date


def label(kind: TargetKind, field: str) -> str:
    """What a field is called; its own name where it has no label."""
    row = find_field(kind, field)
    return row.label if row else field.replace("_", " ")
