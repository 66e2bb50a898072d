"""What changed between two evaluations, or two revisions of one: area by area, word by word.

Nothing here counts or weighs anything: a comparison says what was written, not whether it became better.
Order, and whether an area was declared ready, are no changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from apq_desktop.evaluation.diff.field_diff import FieldChange, field_changes
from apq_desktop.evaluation.diff.item_matching import paired
from apq_desktop.evaluation.edits.changes import Owner, Target, TargetKind
from apq_desktop.evaluation.field_values import FieldReader
from apq_desktop.evaluation.model import Action, AreaRecord, Entry, Evaluation, Evidence
from apq_desktop.evaluation.text.cleaning import visible_text
from apq_desktop.evaluation.titles import ABOUT, PARTS, REGISTER, area_title
from apq_desktop.toolkit.catalogue import Catalogue

Listed = Entry | Evidence | Action
ChangeKind = Literal["added", "removed", "reworded", "unchanged"]

CHANGE_WORDS: dict[ChangeKind, str] = {
    "added": "New",
    "removed": "No longer there",
    "reworded": "Changed",
    "unchanged": "As before",
}


@dataclass(frozen=True, slots=True)
class ItemChange:
    """One thing that was written, earlier and now.

    ``part`` is the heading it stands under (``titles.PARTS``), ``title`` tells which it is where that needs saying.
    ``before`` and ``after`` are the ways to it in the two evaluations; None where it is not there.
    """

    kind: ChangeKind
    part: str
    title: str
    before: Target | None
    after: Target | None
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class SectionChanges:
    """The changes of one area, or of the whole: then ``area`` is empty. ``title`` is its heading."""

    area: str
    title: str
    changes: tuple[ItemChange, ...]

    @property
    def parts(self) -> tuple[tuple[str, tuple[ItemChange, ...]], ...]:
        """The changes under each heading, in order."""
        names = dict.fromkeys(change.part for change in self.changes)
        return tuple((name, tuple(change for change in self.changes if change.part == name)) for name in names)


@dataclass(frozen=True, slots=True)
class Comparison:
    """The sections in which something changed: about the evaluation, the areas by number, the evidence."""

    earlier: str
    later: str
    sections: tuple[SectionChanges, ...]

    def section(self, area: str) -> SectionChanges | None:
        """The changes of one area, or None where there are none."""
        return next((section for section in self.sections if section.area == area), None)


def compare(earlier: Evaluation, later: Evaluation, catalogue: Catalogue, *, unchanged: bool = False) -> Comparison:
    """What changed from ``earlier`` to ``later``. ``unchanged`` also tells of what stayed as it was."""
    work = _Comparing(earlier, later, catalogue)
    sections = (
        SectionChanges(area, title, tuple(change for change in changes if unchanged or change.kind != "unchanged"))
        for area, title, changes in work.sections()
    )
    return Comparison(name_of(earlier), name_of(later), tuple(section for section in sections if section.changes))


def name_of(evaluation: Evaluation) -> str:
    """How an evaluation is named beside another: title and, where it was sent, the revision."""
    title = visible_text(evaluation.title) or "Self-evaluation"
    return f"{title}, revision {evaluation.revision}" if evaluation.revision else title


class _Comparing:
    """The comparison of one pair of evaluations."""

    def __init__(self, earlier: Evaluation, later: Evaluation, catalogue: Catalogue) -> None:
        self._earlier, self._later = earlier, later
        self._evidence = paired(earlier.evidence, later.evidence, lambda item: item.title)
        self._actions = paired(earlier.actions, later.actions, lambda action: action.what)
        keys = dict.fromkeys(area.key for area in (*later.areas, *earlier.areas))
        self._areas = {key: (_area(earlier, key), _area(later, key)) for key in keys}
        self._needs = {
            key: paired(was.development_areas, now.development_areas, _text) for key, (was, now) in self._areas.items()
        }
        rows = [row for rows in self._needs.values() for row in rows]
        # A development area that was reworded is the same one, and by that the action did not change.
        self._before = FieldReader(catalogue, {was.id: (now or was).text for was, now in rows if was})
        self._now = FieldReader(catalogue, {now.id: now.text for _, now in rows if now})
        self._questions = {question.key: question for area in catalogue.areas for question in area.questions}

    def sections(self) -> Iterator[tuple[str, str, Iterable[ItemChange]]]:
        """Each section's area, title and changes."""
        about = (*self._single(self._earlier.setting, self._later.setting, Target("setting")),)
        yield "", ABOUT, (*about, *self._single(self._earlier, self._later, Target("evaluation")))
        for key, (was, now) in sorted(self._areas.items(), key=lambda pair: max(area.number for area in pair[1])):
            there = now if now.title else was
            yield key, area_title(there.number, there.title), self._area(key, was, now)
        yield "", REGISTER, self._listed("evidence", self._evidence, "", REGISTER)

    def _area(self, key: str, was: AreaRecord, now: AreaRecord) -> Iterator[ItemChange]:
        yield from self._single(was, now, Target("area", key))
        yield from self._listed("strengths", paired(was.strengths, now.strengths, _text), key)
        yield from self._listed("development_areas", self._needs[key], key)
        yield from self._citations(was, now)
        # An action that went to another area is told of there; one that is gone, in the area it had.
        of_area = [(before, after) for before, after in self._actions if _area_of(before, after) == key]
        yield from self._listed("actions", of_area, "")
        yield from self._notes(key, was, now)

    def _single(self, was: Owner, now: Owner, target: Target) -> Iterator[ItemChange]:
        """The fields of what there is one of, each by itself."""
        kind = target.kind
        for field in field_changes(kind, self._before.fields(kind, was), self._now.fields(kind, now)):
            yield ItemChange(field.kind, PARTS[kind], field.label, target, target, (field,))

    def _listed(
        self, kind: TargetKind, rows: Iterable[tuple[Listed | None, Listed | None]], area: str, part: str = ""
    ) -> Iterator[ItemChange]:
        for was, now in rows:
            before = self._before.fields(kind, was) if was else {}
            after = self._now.fields(kind, now) if now else {}
            if before.get("area", "") in ("", after.get("area", "")) or not after:
                # Where it did not change, the area is said by the heading.
                before.pop("area", None)
                after.pop("area", None)
            fields = field_changes(kind, before, after)
            if any(field.field != "progress" for field in fields):
                yield ItemChange(
                    "added" if was is None else "removed" if now is None else _kind(fields),
                    part or PARTS[kind],
                    "",
                    Target(kind, was.id, area) if was else None,
                    Target(kind, now.id, area) if now else None,
                    fields,
                )

    def _citations(self, was: AreaRecord, now: AreaRecord) -> Iterator[ItemChange]:
        """Which sources of evidence the area cites; their own words are told of in the register."""
        for old, new in self._evidence:
            before = old if old and old.id in was.evidence else None
            after = new if new and new.id in now.evidence else None
            title = new.title if new else old.title if old else ""
            if (before or after) and visible_text(title):
                fields = field_changes(
                    "evidence", {"title": title} if before else {}, {"title": title} if after else {}
                )
                kind: ChangeKind = "unchanged" if before and after else "added" if after else "removed"
                there = Target("evidence", before.id) if before else None
                here = Target("evidence", after.id) if after else None
                yield ItemChange(kind, PARTS["evidence"], "", there, here, fields)

    def _notes(self, key: str, was: AreaRecord, now: AreaRecord) -> Iterator[ItemChange]:
        before = {note.key: note.note for note in was.questions}
        after = {note.key: note.note for note in now.questions}
        for question in dict.fromkeys((*after, *before)):
            fields = field_changes("note", {"note": before.get(question, "")}, {"note": after.get(question, "")})
            if fields:
                target = Target("note", question, key)
                yield ItemChange(_kind(fields), PARTS["note"], self._question(question), target, target, fields)

    def _question(self, key: str) -> str:
        question = self._questions.get(key)
        return f"{question.label} {question.text}" if question else f"Question {key}"


def _area_of(was: Action | None, now: Action | None) -> str:
    return now.area if now else was.area if was else ""


def _text(entry: Entry) -> str:
    return entry.text


def _kind(fields: tuple[FieldChange, ...]) -> ChangeKind:
    """Of something that is there in both: reworded, or new or gone where all that is written in it is."""
    kinds = {field.kind for field in fields}
    if kinds <= {"unchanged"}:
        return "unchanged"
    return kinds.pop() if len(kinds) == 1 else "reworded"


def _area(evaluation: Evaluation, key: str) -> AreaRecord:
    """The area, or an empty one where an evaluation does not have it."""
    found = next((area for area in evaluation.areas if area.key == key), None)
    return found or AreaRecord(1, key, "")
