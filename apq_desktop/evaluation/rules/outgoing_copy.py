"""What goes into a copy that leaves the computer, and what is remembered of each that was sent."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from copy import deepcopy
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from apq_desktop.evaluation.fields import fields_of
from apq_desktop.evaluation.model import AreaRecord, CopyFor, Evaluation, Setting
from apq_desktop.evaluation.text.cleaning import visible_text
from apq_desktop.evaluation.text.dates import local_stamp, moment, shown

Annex = Literal["notes", "standards", "toolkit-form"]
ANNEXES: Mapping[Annex, str] = {
    "notes": "Notes on the questions",
    "standards": "Where the proof stands",
    "toolkit-form": "As the toolkit’s form",
}
"""What can be printed after the document; the toolkit's form is its own table: an area a row, four columns in full."""

LEFT_OUT: Mapping[str, str] = {
    "contact": "Contact details",
    "context": "Key stages, places and facts of the setting",
    "support": "Support we would like",
}
"""What goes into a copy unless it is left out, by its name in ``Include``."""
ROOM_FOR_A_REPLY = "With room for a reply, to type in the PDF"


@dataclass(frozen=True)
class Include:
    """What goes into a copy beside the four columns of the template, which always do."""

    notes: bool = True
    """Notes on the questions."""
    contact: bool = True
    """How the setting can be reached."""
    context: bool = True
    """Key stages, places, full or part time, length of placements, and the facts of the setting."""
    support: bool = True
    """Support wanted from the commissioner."""
    annexes: tuple[Annex, ...] = ()
    """What is printed after the document, in this order; the data are the same with and without."""
    reply: bool = False
    """A form on the last pages of the PDF, for whoever replies; the data are the same with and without."""
    copy_for: CopyFor = ""
    """Whom it is for where that is not a commissioner."""
    areas: tuple[str, ...] = ()
    """The keys of the areas that go in; all where none is named."""

    def words(self) -> str:
        """What goes in, in words that ``from_words`` reads back."""
        parts = [name for name in _PARTS if getattr(self, name)]
        parts += ["room for a reply"] if self.reply else []
        parts += [f"for a {self.copy_for}"] if self.copy_for else []
        parts += [f"area {area}" for area in self.areas]
        return ", ".join([*parts, *(f"annex {annex}" for annex in self.annexes)]) or _NOTHING

    @classmethod
    def from_words(cls, words: str) -> Include:
        """What ``words`` say goes in: everything where they say nothing. What they do not know is left out."""
        if not words:
            return cls()
        said = [word.strip() for word in words.split(",")]
        annexes = tuple(annex for word in said for annex in ANNEXES if word == f"annex {annex}")
        return cls(
            **{name: name in said for name in _PARTS},
            reply="room for a reply" in said,
            annexes=annexes,
            copy_for=next((whom for whom in COPY_FOR if f"for a {whom}" in said), ""),
            areas=tuple(word.removeprefix("area ") for word in said if word.startswith("area ")),
        )


COPY_FOR: tuple[CopyFor, ...] = ("colleague", "peer")
_NOTHING = "nothing more"
_PARTS = ("notes", "contact", "context", "support")
EVERYTHING = Include()


@dataclass(frozen=True, slots=True)
class Sending:
    """One pack that was made for somebody. ``sent`` is a UTC stamp, ``files`` the names of what was written.

    ``code`` is the short code by which both sides can compare what they have.
    """

    id: str
    evaluation_id: str
    revision: int
    recipient: str
    sent: str
    code: str
    files: tuple[str, ...] = ()

    @property
    def moment(self) -> datetime | None:
        """When it was sent, in the user's own time; None where the stamp makes no sense."""
        at = moment(self.sent)
        return at.astimezone() if at else None

    @property
    def to_whom_and_when(self) -> str:
        """As the end of a sentence: `` to Northshire Council on 21 November 2026``."""
        whom = f" to {self.recipient}" if self.recipient else ""
        at = self.moment
        return f"{whom} on {shown(at.date().isoformat())}" if at else whom


def recipients(evaluation: Evaluation) -> tuple[str, ...]:
    """For whom an evaluation is, each once: the commissioner first, then the others."""
    names = (
        " ".join(visible_text(name).split()) for name in (evaluation.commissioner, *evaluation.other_commissioners)
    )
    return tuple(dict.fromkeys(name for name in names if name))


_NOTE = """\
{greeting},

Please find attached the self-evaluation of {setting} against the 13 quality areas of the AP Quality Toolkit: {title}, \
revision {revision}.

The PDF can be read on a screen, on paper or with a screen reader. It carries its content as data too, which APQ \
Desktop opens; the file that ends in .json holds the same data for other programs.

If we speak about it by telephone: the code at the foot of its pages is {code} if we both have the same copy.

With kind regards
{signed}"""


@dataclass(frozen=True, slots=True)
class CoveringNote:
    """The text of the email that a pack goes with."""

    subject: str
    body: str


def covering_note(evaluation: Evaluation, recipient: str, code: str) -> CoveringNote:
    """A plain text to send a pack with, which the user may change. ``code`` is the pack's short code."""
    setting = visible_text(evaluation.setting.name) or "our setting"
    title = visible_text(evaluation.title) or "Self-evaluation"
    greeting = f"Dear colleagues at {recipient}" if recipient else "Dear colleagues"
    signed = [part for part in (visible_text(evaluation.completed_by), visible_text(evaluation.setting.name)) if part]
    body = _NOTE.format(
        greeting=greeting,
        setting=setting,
        title=title,
        revision=evaluation.revision,
        code=code,
        signed="\n".join(signed),
    )
    return CoveringNote(f"{setting}: {title}", body.rstrip())


def in_own_time(evaluation: Evaluation) -> Evaluation:
    """The evaluation with its stamp by this computer's clock: whatever is made of it carries the user's own day.

    Whoever checks a pack elsewhere finds the same day, since the stamp goes with it.
    """
    return replace(evaluation, changed=local_stamp(evaluation.changed))


def copy_to_send(evaluation: Evaluation, include: Include, recipient: str | None = None) -> Evaluation:
    """The evaluation without what is not to go in, for one ``recipient``. The one in hand is not touched.

    A pack for somebody does not tell to whom else one went. What a newer version wrote about a note, the setting or
    an area goes with what is left out there, since nobody can tell here whether it belongs to it.
    """
    sent = deepcopy(evaluation)
    if recipient is not None:
        sent.commissioner, sent.other_commissioners = recipient, []
    for area in sent.areas:
        if not include.notes:
            _leave_notes_out(area)
        if not include.support:
            area.support = area.unknown_fields = ""
    if not (include.contact and include.context):
        sent.setting.unknown_fields = ""
    if not include.contact:
        sent.setting.contact = ""
    if not include.context:
        _leave_context_out(sent.setting)
    if include.copy_for:
        sent.copy_for, sent.copy_areas = include.copy_for, list(include.areas)
    if include.areas:
        _leave_areas_out(sent, include.areas)
    return sent


def _leave_notes_out(area: AreaRecord) -> None:
    for note in area.questions:
        note.note = note.unknown_fields = ""


def _leave_context_out(setting: Setting) -> None:
    setting.key_stages, setting.places, setting.full_or_part_time, setting.placement_length = [], "", "", ""
    setting.opens_on = setting.host_school = ""
    for fact in fields_of("setting", "setting facts"):
        setattr(setting, fact.name, "")


def _leave_areas_out(sent: Evaluation, areas: Collection[str]) -> None:
    """Leave only what stands in these areas, with their actions and the evidence that they cite."""
    for area in sent.areas:
        if area.key not in areas:
            area.applies, area.ready = True, False
            area.reason = area.support = area.unknown_fields = ""
            area.strengths, area.development_areas, area.evidence = [], [], []
            _leave_notes_out(area)
    cited = {key for area in sent.areas for key in area.evidence}
    sent.actions = [action for action in sent.actions if action.area in areas]
    sent.evidence = [item for item in sent.evidence if item.id in cited]
    # These say of the whole what the areas say.
    sent.summary = sent.took_part = ""
