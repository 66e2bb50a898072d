"""What a provider records: one evaluation of one setting, as plain dataclasses.

The same classes are kept by ``store``, edited by ``ui``, and written and checked by ``exchange`` (whose JSON
Schema is made from these annotations), so every bound stands here once. Texts are Unicode without control
characters (see ``text.clean``); an empty text means "not written". Dates that people type are texts: a date as
``YYYY-MM-DD`` where it was understood (see ``dates``), else the person's own words, such as "by Easter".
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Annotated, ClassVar, Literal

from annotated_types import Ge, Le, MaxLen

from apq_desktop.evaluation.text.cleaning import visible_text
from apq_desktop.evaluation.text.readings import latest, with_reading
from apq_desktop.evaluation.unknown_fields import MOST_KEPT
from apq_desktop.toolkit.catalogue import Area, Catalogue

MAX_LINE = 500
MAX_TEXT = 40_000
MAX_ITEMS = 500
MAX_REGISTER = 5_000
"""Items of the whole evaluation: sources of evidence, actions."""

Line = Annotated[str, MaxLen(MAX_LINE)]
Text = Annotated[str, MaxLen(MAX_TEXT)]
Key = Annotated[str, MaxLen(60)]
QuestionKey = Annotated[str, MaxLen(80)]
Id = Annotated[str, MaxLen(36)]
Standards = Annotated[list[QuestionKey], MaxLen(30)]
Stamp = Annotated[str, MaxLen(25)]
UnknownFields = Annotated[str, MaxLen(MOST_KEPT)]
"""What a newer version wrote about one object and this one only keeps (see ``unknown_fields``); never shown."""
Progress = Literal["not-started", "under-way", "finished", "stopped"]
Priority = Literal["", "first", "next", "later"]
Preparation = Literal["", "in-place", "planned"]
FullOrPartTime = Literal["", "full-time", "part-time", "both"]
CopyFor = Literal["", "colleague", "peer"]
KeyStage = Literal["1", "2", "3", "4", "5"]

ADDED_LATER = {"added_later": True}
"""Marks a field that the portable format gained after its first state: it has a default, and is written only where it
holds something else, so that older versions meet only what is used. With ``or_same_as``, it is left out as well where
it holds the same as the field of that name."""
_STRICT = {"extra": "forbid", "strict": True}


def new_id() -> str:
    """A new id, stable for ever: a random UUID, so that a comment finds its place in a later revision."""
    return str(uuid.uuid4())


@dataclass(slots=True)
class Setting:
    """The setting that is evaluated, with the context that a reader needs to judge (toolkit 2022, p. 27).

    ``opens_on`` is asked of a prospective provider, ``host_school`` of a mainstream school's own provision. After them
    stand facts that section 43 of the Children's Wellbeing and Schools Act 2026 makes a reader ask for: time, pupils,
    registration and numbers, in the person's words, as they were on the day ``facts_as_at``.
    """

    __pydantic_config__: ClassVar[dict[str, object]] = _STRICT

    id: Id = field(default_factory=new_id)
    name: Line = ""
    kind: Key = ""
    site: Line = ""
    local_authority: Line = ""
    contact: Text = ""
    key_stages: Annotated[list[KeyStage], MaxLen(5)] = field(default_factory=list)
    places: Line = ""
    full_or_part_time: FullOrPartTime = ""
    placement_length: Line = ""
    opens_on: Line = ""
    host_school: Line = ""
    hours_a_week: Line = field(default="", metadata=ADDED_LATER)
    weeks_a_year: Line = field(default="", metadata=ADDED_LATER)
    on_roll: Line = field(default="", metadata=ADDED_LATER)
    with_ehcp: Line = field(default="", metadata=ADDED_LATER)
    with_sen_support: Line = field(default="", metadata=ADDED_LATER)
    looked_after: Line = field(default="", metadata=ADDED_LATER)
    rest_of_week: Text = field(default="", metadata=ADDED_LATER)
    registration: Line = field(default="", metadata=ADDED_LATER)
    urn: Line = field(default="", metadata=ADDED_LATER)
    ukprn: Line = field(default="", metadata=ADDED_LATER)
    company_number: Line = field(default="", metadata=ADDED_LATER)
    charity_number: Line = field(default="", metadata=ADDED_LATER)
    facts_as_at: Line = field(default="", metadata=ADDED_LATER)
    unknown_fields: UnknownFields = ""


@dataclass(slots=True)
class QuestionNote:
    """A note on one question. ``key`` is its number, such as ``6.3``, or a local one such as ``northshire:6.1``."""

    __pydantic_config__: ClassVar[dict[str, object]] = _STRICT

    key: QuestionKey
    note: Text = ""
    unknown_fields: UnknownFields = ""


@dataclass(slots=True)
class Entry:
    """One strength or one development area. ``sub_area`` is empty or the key of a part, such as literacy.

    ``carried_from`` is the id of last year's evaluation where it was carried forward from there, else empty.
    ``preparation`` is asked of a prospective provider; ``standards`` are keys of an outside list, such as ``1.3``.
    """

    __pydantic_config__: ClassVar[dict[str, object]] = _STRICT

    id: Id = field(default_factory=new_id)
    text: Text = ""
    sub_area: Key = ""
    carried_from: Id = ""
    preparation: Preparation = field(default="", metadata=ADDED_LATER)
    standards: Standards = field(default_factory=list, metadata=ADDED_LATER)
    unknown_fields: UnknownFields = ""


@dataclass(slots=True)
class Evidence:
    """One source of evidence, kept in one register and cited by any number of areas. For other fields see Entry."""

    __pydantic_config__: ClassVar[dict[str, object]] = _STRICT

    id: Id = field(default_factory=new_id)
    title: Text = ""
    kind: Line = ""
    date: Line = ""
    location: Text = ""
    review_date: Line = ""
    carried_from: Id = ""
    standards: Standards = field(default_factory=list, metadata=ADDED_LATER)
    unknown_fields: UnknownFields = ""


@dataclass(slots=True)
class Action:
    """One action of one area. ``by_when`` is a date or the person's words; ``development_area`` an Entry's id.

    ``measure``, ``starting_point``, ``target`` and ``readings`` tell how one will know (distance travelled), in words.
    ``readings`` are dated, the latest last (see ``text.readings``); ``current_point`` is always the words of that one.
    ``priority`` only orders. ``carried_from``: see Entry.
    """

    __pydantic_config__: ClassVar[dict[str, object]] = _STRICT

    id: Id = field(default_factory=new_id)
    area: Key = ""
    what: Text = ""
    who: Line = ""
    by_when: Line = ""
    progress: Progress = "not-started"
    sub_area: Key = ""
    measure: Text = ""
    starting_point: Text = ""
    current_point: Text = ""
    development_area: Id = ""
    carried_from: Id = ""
    target: Text = field(default="", metadata=ADDED_LATER)
    readings: Text = field(default="", metadata={**ADDED_LATER, "or_same_as": "current_point"})
    priority: Priority = field(default="", metadata=ADDED_LATER)
    unknown_fields: UnknownFields = ""

    def __post_init__(self) -> None:
        """What an older version or program wrote as ``current_point`` is the first, or one more, reading."""
        if self.current_point:
            self.readings = with_reading(self.readings, self.current_point)
        else:
            self.current_point = latest(self.readings)


@dataclass(slots=True)
class AreaRecord:
    """What is written about one quality area. ``evidence`` holds ids of items in the register."""

    __pydantic_config__: ClassVar[dict[str, object]] = _STRICT

    number: Annotated[int, Ge(1), Le(13)]
    key: Key
    title: Line
    applies: bool = True
    reason: Text = ""
    ready: bool = False
    questions: Annotated[list[QuestionNote], MaxLen(100)] = field(default_factory=list)
    strengths: Annotated[list[Entry], MaxLen(MAX_ITEMS)] = field(default_factory=list)
    development_areas: Annotated[list[Entry], MaxLen(MAX_ITEMS)] = field(default_factory=list)
    evidence: Annotated[list[Id], MaxLen(MAX_ITEMS)] = field(default_factory=list)
    support: Text = ""
    unknown_fields: UnknownFields = ""

    def note(self, question: str) -> QuestionNote:
        """The note on a question. Raises KeyError where the question is not part of this evaluation."""
        for note in self.questions:
            if note.key == question:
                return note
        raise KeyError(question)


@dataclass(slots=True)
class Evaluation:
    """One self-evaluation of one setting: 13 areas, one evidence register, one list of actions.

    ``revision`` grows with each copy sent; ``supersedes`` is the id of the evaluation that this one follows.
    ``commissioner`` is for whom it is; ``other_commissioners`` get packs of their own (see ``sending``).
    ``reviewed_by`` is asked where it serves a peer review.
    ``copy_for`` is there in a copy that a colleague writes on and gives back, or that a peer reviews. It holds the
    areas ``copy_areas``, or all where none is named. ``copy_code`` is its code as it was given to the colleague.
    ``created`` and ``changed`` are UTC stamps such as ``2026-11-22T10:42:00+00:00``; in a pack, ``changed`` is by the
    clock of whoever sent it.
    """

    __pydantic_config__: ClassVar[dict[str, object]] = _STRICT

    id: Id = field(default_factory=new_id)
    revision: Annotated[int, Ge(0), Le(1_000_000)] = 0
    supersedes: Id = ""
    created: Stamp = ""
    changed: Stamp = ""
    title: Line = ""
    period: Line = ""
    purposes: Annotated[list[Key], MaxLen(20)] = field(default_factory=list)
    commissioner: Line = ""
    other_commissioners: Annotated[list[Line], MaxLen(20)] = field(default_factory=list)
    completed_by: Line = ""
    reviewed_by: Line = ""
    took_part: Text = ""
    summary: Text = ""
    completed_on: Line = ""
    setting: Setting = field(default_factory=Setting)
    areas: Annotated[list[AreaRecord], MaxLen(13)] = field(default_factory=list)
    evidence: Annotated[list[Evidence], MaxLen(MAX_REGISTER)] = field(default_factory=list)
    actions: Annotated[list[Action], MaxLen(MAX_REGISTER)] = field(default_factory=list)
    copy_for: CopyFor = field(default="", metadata=ADDED_LATER)
    copy_areas: Annotated[list[Key], MaxLen(13)] = field(default_factory=list, metadata=ADDED_LATER)
    copy_code: Key = field(default="", metadata=ADDED_LATER)
    unknown_fields: UnknownFields = ""

    def area(self, key: str) -> AreaRecord:
        """What is written about the area with this key. Raises KeyError."""
        for area in self.areas:
            if area.key == key:
                return area
        raise KeyError(key)

    def actions_of(self, area: str) -> list[Action]:
        """The actions of one area, in their order."""
        return [action for action in self.actions if action.area == area]

    def evidence_of(self, area: str) -> list[Evidence]:
        """The register's items that one area cites, in the area's order."""
        register = {item.id: item for item in self.evidence}
        return [register[key] for key in self.area(area).evidence if key in register]

    def areas_citing(self, evidence: str) -> Iterator[AreaRecord]:
        """The areas that cite an item of the register."""
        return (area for area in self.areas if evidence in area.evidence)


def new_evaluation(
    catalogue: Catalogue, *, created: str, title: str = "", setting: Setting | None = None
) -> Evaluation:
    """An empty evaluation of every area of the instrument. ``created`` is a UTC stamp."""
    evaluation = Evaluation(title=title, created=created, changed=created, setting=setting or Setting())
    align(evaluation, catalogue)
    return evaluation


def align(evaluation: Evaluation, catalogue: Catalogue) -> None:
    """Give an evaluation every area and question of the instrument, in its order.

    What the instrument no longer asks is kept, after what it asks, and shown as other notes.
    """
    written = {area.key: area for area in evaluation.areas}
    for area in catalogue.areas:
        mine = written.setdefault(area.key, AreaRecord(area.number, area.key, area.title))
        notes = {note.key: note for note in mine.questions}
        asked = [notes.pop(question.key, QuestionNote(question.key)) for question in area.questions]
        mine.questions = asked + list(notes.values())
    evaluation.areas = sorted(written.values(), key=lambda area: area.number)


def other_notes(record: AreaRecord, area: Area) -> list[QuestionNote]:
    """What somebody wrote on questions that this instrument does not ask."""
    asked = {question.key for question in area.questions}
    return [note for note in record.questions if note.key not in asked and visible_text(note.note)]
