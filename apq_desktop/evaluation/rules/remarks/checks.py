"""What is worth a look before a pack is sent. Every remark can be passed over: nothing here stops anybody."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, fields, replace
from datetime import date

from apq_desktop.evaluation.edits.changes import Owner, Target
from apq_desktop.evaluation.model import Action, AreaRecord, Evaluation, Evidence
from apq_desktop.evaluation.rules.progress import anything_written, is_open
from apq_desktop.evaluation.rules.remarks.personal_data import FindKind, personal_data
from apq_desktop.evaluation.text.cleaning import visible_text
from apq_desktop.evaluation.text.dates import parse, shown
from apq_desktop.evaluation.text.written_texts import REPEATED
from apq_desktop.evaluation.titles import ABOUT, ACTION_PLAN, REGISTER, quoted
from apq_desktop.toolkit.catalogue import Catalogue

MOST_NAMED = 5
"""Characters that a remark names one by one."""

_LOOKS_LIKE: dict[FindKind, str] = {
    "upn": "a unique pupil number (UPN). Please take it out.",
    "nhs-number": "an NHS number. Please take it out.",
    "date-of-birth": "a date of birth. Please take it out if it is a pupil’s.",
    "telephone": "a telephone number. Please take it out if it is a pupil’s or a family’s.",
    "email": "an email address. Please take it out if it is a pupil’s or a family’s.",
    "name": "a pupil’s name. Please leave names out.",
}
_WANTED_ABOUT = (
    ("setting", "name", "The setting has no name yet."),
    ("setting", "contact", "There is no contact for the setting."),
    ("evaluation", "period", "The time that the evaluation covers is not given."),
    ("evaluation", "completed_by", "It does not say who completed the evaluation."),
)


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing worth a look.

    ``kind`` is a key, such as ``no-reason``; ``where`` and ``text`` are for the user. ``area`` is the key of
    the area concerned, or empty. ``target`` and ``field`` name what to go to; ``field`` is empty where that is a
    form as a whole.
    """

    kind: str
    where: str
    text: str
    area: str = ""
    target: Target | None = None
    field: str = ""


Missing = Callable[[str], Collection[str]]
"""Gives the characters of a text that the PDF has no shapes for."""


def run_checks(evaluation: Evaluation, catalogue: Catalogue, today: date, missing: Missing) -> list[Remark]:
    """Every remark: area by area, then the action plan, evidence no area cites, and about this evaluation."""
    return list(_Look(evaluation, catalogue, today, missing).remarks())


class _Look:
    """One look over one evaluation."""

    def __init__(self, evaluation: Evaluation, catalogue: Catalogue, today: date, missing: Missing) -> None:
        self._evaluation, self._today, self._missing = evaluation, today, missing
        self._titles = {area.key: area.title for area in catalogue.areas}
        self._places = {area.key: place for place, area in enumerate(evaluation.areas)}
        self._own = {_bare(find.words) for find in personal_data(evaluation.setting.contact) if _reaches(find.kind)}

    def remarks(self) -> Iterator[Remark]:
        cited: set[str] = set()
        for area in self._evaluation.areas:
            where = f"{area.number} {self._titles.get(area.key, area.title)}"
            yield from self._area(area, where)
            for item in self._evaluation.evidence_of(area.key):
                if item.id not in cited:
                    yield from self._evidence(item, where, area.key)
            cited.update(area.evidence)
        last = len(self._places)
        for action in sorted(self._evaluation.actions, key=lambda one: self._places.get(one.area, last)):
            yield from self._action(action)
        for item in self._evaluation.evidence:
            if item.id not in cited:
                yield from self._evidence(item, REGISTER, "")
        yield from self._about()

    def _area(self, area: AreaRecord, where: str) -> Iterator[Remark]:
        remark = Remark("", where, "", area.key, Target("area", area.key))
        if not area.applies:
            if not visible_text(area.reason):
                text = "Marked “does not apply” without a reason."
                yield replace(remark, kind="no-reason", text=text, field="reason")
        elif not anything_written(self._evaluation, area):
            yield replace(remark, kind="empty-area", text="Nothing is written yet.")
        elif parts := self._missing_parts(area):
            text = f"Not provided yet: {parts}."
            yield replace(remark, kind="part-not-provided", text=text)
        for note in area.questions:
            yield from self._in_texts(note, replace(remark, target=Target("note", note.key, area.key)))
        for entry in area.strengths:
            yield from self._in_texts(entry, replace(remark, target=Target("strengths", entry.id, area.key)))
        for entry in area.development_areas:
            target = Target("development_areas", entry.id, area.key)
            yield from self._in_texts(entry, replace(remark, target=target))
        yield from self._in_texts(area, remark)

    def _missing_parts(self, area: AreaRecord) -> str:
        """The parts of the template that are empty. Where nothing needs doing, no action is missed."""
        wishes = any(visible_text(entry.text) for entry in area.development_areas)
        missing = []
        if not any(visible_text(entry.text) for entry in area.strengths):
            missing.append("strengths")
        if not wishes:
            missing.append("development areas")
        if not any(visible_text(item.title) for item in self._evaluation.evidence_of(area.key)):
            missing.append("sources of evidence")
        if wishes and not any(visible_text(action.what) for action in self._evaluation.actions_of(area.key)):
            missing.append("actions")
        return " and ".join(filter(None, (", ".join(missing[:-1]), *missing[-1:])))

    def _evidence(self, item: Evidence, where: str, area: str) -> Iterator[Remark]:
        remark = Remark("", where, "", area, Target("evidence", item.id))
        title = quoted(item.title) or "A source of evidence"
        if _anything(item) and not visible_text(item.location):
            text = f"{title} does not say where it is kept."
            yield replace(remark, kind="evidence-without-place", text=text, field="location")
        if self._is_past(item.review_date):
            text = f"{title} was to be reviewed by {shown(item.review_date)}."
            yield replace(remark, kind="review-in-the-past", text=text, field="review_date")
        yield from self._in_texts(item, remark)

    def _action(self, action: Action) -> Iterator[Remark]:
        remark = Remark("", ACTION_PLAN, "", action.area, Target("actions", action.id))
        what = quoted(action.what) or "An action"
        if _anything(action) and action.progress != "stopped":
            who, when = visible_text(action.who), visible_text(action.by_when)
            if not visible_text(action.what):
                text = "An action does not say what is to be done."
                yield replace(remark, kind="action-without-what", text=text, field="what")
            if not who and not when:
                text = f"{what} has no one to do it and no date."
                yield replace(remark, kind="action-without-who-and-date", text=text, field="who")
            elif not who:
                yield replace(remark, kind="action-without-who", text=f"{what} has no one to do it.", field="who")
            elif not when:
                yield replace(remark, kind="action-without-date", text=f"{what} has no date.", field="by_when")
        if is_open(action) and self._is_past(action.by_when):
            text = f"{what} was due on {shown(action.by_when)} and is not finished."
            yield replace(remark, kind="date-in-the-past", text=text, field="by_when")
        yield from self._in_texts(action, remark)

    def _about(self) -> Iterator[Remark]:
        owners: tuple[tuple[Owner, Target], ...] = (
            (self._evaluation.setting, Target("setting")),
            (self._evaluation, Target("evaluation")),
        )
        for owner, target in owners:
            remark = Remark("", ABOUT, "", "", target)
            for kind, field, text in _WANTED_ABOUT:
                if kind == target.kind and not visible_text(getattr(owner, field)):
                    yield replace(remark, kind="about-not-provided", text=text, field=field)
            yield from self._in_texts(owner, remark)

    def _in_texts(self, owner: Owner, remark: Remark) -> Iterator[Remark]:
        """Remarks on what looks personal in any text of ``owner``, and on what the PDF cannot show of it.

        The setting's own contact holds ways to reach it, and they may be repeated anywhere.
        """
        for name, text in _texts(owner):
            for find in personal_data(text):
                if not (_reaches(find.kind) and _bare(find.words) in self._own):
                    words = f"{quoted(find.words)} looks like {_LOOKS_LIKE[find.kind]}"
                    yield replace(remark, kind="looks-like-pupil", text=words, field=name)
            if missing := self._missing(text):
                words = _not_shown([one for one in dict.fromkeys(text) if one in missing])
                yield replace(remark, kind="cannot-be-shown", text=words, field=name)

    def _is_past(self, written: str) -> bool:
        day = parse(written)
        return day is not None and day < self._today


def _texts(owner: Owner) -> Iterator[tuple[str, str]]:
    """Every text that a user can type into ``owner``, with the name of its field."""
    for field in fields(owner):
        if field.type in ("Line", "Text") and field.name not in REPEATED:
            yield field.name, getattr(owner, field.name)


def _anything(owner: Owner) -> bool:
    return any(visible_text(text) for _, text in _texts(owner))


def _reaches(kind: FindKind) -> bool:
    return kind in ("telephone", "email")


def _bare(words: str) -> str:
    return "".join(sign for sign in words.lower() if sign.isalnum() or sign == "@")


def _not_shown(characters: list[str]) -> str:
    """What happens to characters without a shape; one that the window cannot show either is told by its code."""
    named = [f"“{one}”" if one.isalnum() else f"U+{ord(one):04X}" for one in characters]
    if len(named) > MOST_NAMED:
        named[MOST_NAMED:] = [f"{len(named) - MOST_NAMED} more"]
    told = " and ".join(filter(None, (", ".join(named[:-1]), named[-1])))
    return f"The PDF cannot show {told} and prints � there. The data file keeps what you wrote."
