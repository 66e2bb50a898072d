"""A template that was filled in on a screen becomes an evaluation: every word finds its place, or is spoken of."""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, cast

from apq_desktop.documents.blank_form import field_names
from apq_desktop.documents.blank_form.form_values import Values, values_in
from apq_desktop.errors import PackRefusedError
from apq_desktop.evaluation.fields import FULL_OR_PART_TIME, label
from apq_desktop.evaluation.model import (
    MAX_ITEMS,
    MAX_LINE,
    MAX_TEXT,
    Action,
    AreaRecord,
    Entry,
    Evaluation,
    Evidence,
    FullOrPartTime,
    QuestionNote,
    new_evaluation,
)
from apq_desktop.evaluation.text import dates
from apq_desktop.evaluation.text.cleaning import clean, clean_line, visible_text
from apq_desktop.evaluation.text.list_items import list_items
from apq_desktop.evaluation.titles import PARTS
from apq_desktop.toolkit.catalogue import Area, Catalogue

ListKind = Literal["strengths", "development_areas", "evidence"]
FILLED_IN = "It is a template that was filled in."
_QUESTION = re.compile(r"([a-z][a-z0-9-]{1,30}:)?[1-9][0-9]?\.[1-9][0-9]{0,3}")
_MOST_NOTES = 100


@dataclass(frozen=True)
class FilledIn:
    """What was filled in, and remarks for whoever opens it."""

    evaluation: Evaluation
    remarks: tuple[str, ...]


def read_filled_form(
    path: Path, catalogue: Catalogue, *, created: str, content: bytes | None = None
) -> FilledIn | None:
    """Read a template that was filled in; None where the PDF has no form of ours.

    Each line of strengths, development areas and evidence is an entry of its own. The same words in the same fields
    give an evaluation of the same ids, so that none is added twice. ``created`` is a UTC stamp. ``content`` are the
    file's bytes where they are at hand. Raises PackRefusedError with one plain sentence.
    """
    found = values_in(path, content=content)
    if found is None:
        return None
    if not any(visible_text(value) for value in found.by_name.values()):
        raise PackRefusedError(path, "nothing is filled in yet; type in its boxes, save it, then open it again")
    return evaluation_of(path, catalogue, found, created=created)


def evaluation_of(
    path: Path, catalogue: Catalogue, found: Values, *, created: str, remark: str = FILLED_IN
) -> FilledIn:
    """The evaluation that values by the names of the template's fields come to; ``remark`` says what they are from."""
    return _Reading(path, catalogue, found, remark).filled_in(created)


class _Reading:
    """Take the values one by one; what is left at the end belongs nowhere."""

    def __init__(self, path: Path, catalogue: Catalogue, found: Values, remark: str) -> None:
        self._path, self._catalogue, self._found = path, catalogue, found
        self._left = dict(found.by_name)
        self._problems: list[str] = []
        self._remarks = [remark]
        self._register: dict[str, Evidence] = {}

    def filled_in(self, created: str) -> FilledIn:
        evaluation = new_evaluation(self._catalogue, created=created)
        evaluation.id = str(uuid.uuid5(uuid.NAMESPACE_OID, repr(sorted(self._found.by_name.items()))))
        self._setting(evaluation)
        self._evaluation(evaluation)
        for area in self._catalogue.areas:
            self._area(evaluation, area, evaluation.area(area.key))
        evaluation.evidence = list(self._register.values())
        _give_steady_ids(evaluation)
        self._look_over()
        return FilledIn(evaluation, tuple(self._remarks))

    def _setting(self, evaluation: Evaluation) -> None:
        setting = evaluation.setting
        for name in ("name", "site", "local_authority", "places", "placement_length", "host_school"):
            setattr(setting, name, self._line(f"setting.{name}", label("setting", name)))
        setting.opens_on = dates.kept(self._line("setting.opens_on", label("setting", "opens_on")))
        setting.contact = self._text("setting.contact", label("setting", "contact"))
        setting.kind = self._choice("setting.kind", [kind.key for kind in self._catalogue.kinds])
        times = list(FULL_OR_PART_TIME)
        setting.full_or_part_time = cast("FullOrPartTime", self._choice("setting.full_or_part_time", times))
        setting.key_stages = [stage for stage in ("1", "2", "3", "4", "5") if self._tick(f"setting.key_stages.{stage}")]

    def _evaluation(self, evaluation: Evaluation) -> None:
        for name in ("title", "period", "commissioner", "completed_by", "reviewed_by"):
            setattr(evaluation, name, self._line(f"evaluation.{name}", label("evaluation", name)))
        for name in ("took_part", "summary"):
            setattr(evaluation, name, self._text(f"evaluation.{name}", label("evaluation", name)))
        completed = self._line("evaluation.completed_on", label("evaluation", "completed_on"))
        evaluation.completed_on = dates.kept(completed)
        purposes = [purpose.key for purpose in self._catalogue.purposes]
        evaluation.purposes = [key for key in purposes if self._tick(f"evaluation.purposes.{key}")]

    def _area(self, evaluation: Evaluation, area: Area, record: AreaRecord) -> None:
        where = f"area {area.number}"
        record.strengths = [Entry(text=text, sub_area=part) for part, text in self._entries(area, "strengths")]
        record.development_areas = [
            Entry(text=text, sub_area=part) for part, text in self._entries(area, "development_areas")
        ]
        for title in self._listed(area, "evidence"):
            record.evidence.append(self._register.setdefault(title, Evidence(title=title)).id)
        record.evidence = list(dict.fromkeys(record.evidence))
        record.support = self._text(field_names.in_area(area.key, "support"), f"{where}, {label('area', 'support')}")
        record.reason = self._text(field_names.in_area(area.key, "reason"), f"{where}, {label('area', 'reason')}")
        ticked = self._tick(field_names.in_area(area.key, "does_not_apply"))
        record.applies = not (ticked or record.reason)
        if record.reason and not ticked:
            self._remarks.append(f"Area {area.number} has a reason why it does not apply, so it is taken not to.")
        for note in record.questions:
            note.note = self._text(field_names.note(area.key, note.key), f"{where}, question {note.key}")
        self._other_notes(area, record)
        for row in self._action_rows(area):
            self._action(evaluation, area, row)

    def _other_notes(self, area: Area, record: AreaRecord) -> None:
        """Notes on questions that this computer does not have, such as a council's own."""
        before = field_names.note(area.key, "")
        for name in [name for name in self._left if name.startswith(before)]:
            key = name.removeprefix(before)
            if _QUESTION.fullmatch(key) and len(record.questions) < _MOST_NOTES:
                record.questions.append(QuestionNote(key, self._text(name, f"area {area.number}, question {key}")))

    def _action_rows(self, area: Area) -> list[int]:
        """The rows in which something stands. In a document they can be more than the template has."""
        before = field_names.in_area(area.key, "action.")
        rows = (name.removeprefix(before).partition(".")[0] for name in self._left if name.startswith(before))
        return sorted({int(row) for row in rows if row.isascii() and row.isdigit() and len(row) <= 4})

    def _action(self, evaluation: Evaluation, area: Area, row: int) -> None:
        where = f"area {area.number}, action {row}"
        part, what = _part(area, self._text(field_names.action(area.key, row, "what"), where))
        who = self._line(field_names.action(area.key, row, "who"), f"{where}, {label('actions', 'who')}")
        by_when = self._line(field_names.action(area.key, row, "by_when"), f"{where}, {label('actions', 'by_when')}")
        if what or who or by_when:
            by_when = dates.kept(by_when)
            evaluation.actions.append(Action(area=area.key, what=what, who=who, by_when=by_when, sub_area=part))

    def _entries(self, area: Area, name: ListKind) -> list[tuple[str, str]]:
        return [_part(area, line) for line in self._listed(area, name)]

    def _listed(self, area: Area, name: ListKind) -> list[str]:
        """The items of a list, as they would come from the clipboard too."""
        where = f"area {area.number}, {PARTS[name]}"
        listed = list_items(self._left.pop(field_names.in_area(area.key, name), ""))
        if len(listed) > MAX_ITEMS:
            self._problems.append(f"{where}: there are more than {MAX_ITEMS} lines")
        return [self._bounded(line, where, MAX_TEXT) for line in listed[:MAX_ITEMS]]

    def _line(self, name: str, where: str) -> str:
        return self._bounded(visible_text(clean_line(self._left.pop(name, ""))), where, MAX_LINE)

    def _text(self, name: str, where: str) -> str:
        return self._bounded(visible_text(clean(self._left.pop(name, ""))), where, MAX_TEXT)

    def _bounded(self, text: str, where: str, most: int) -> str:
        if len(text) > most:
            self._problems.append(f"{where}: there are more than {most:,} characters")
        return text

    def _tick(self, name: str) -> bool:
        return bool(self._left.pop(name, ""))

    def _choice(self, name: str, known: list[str]) -> str:
        """The chosen value; one that is not known stays where it is, and is spoken of at the end."""
        return self._left.pop(name) if self._left.get(name) in known else ""

    def _look_over(self) -> None:
        if self._problems:
            more = f" (and {len(self._problems) - 1:,} more like it)" if len(self._problems) > 1 else ""
            sentence = f"more stands in it than can be kept in one place: {self._problems[0]}{more}"
            advice = "; shorten it or put it elsewhere in the form, then open it again"
            raise PackRefusedError(self._path, sentence + advice, tuple(self._problems))
        if self._found.mark != field_names.read_mark(field_names.mark(self._catalogue.edition)):
            self._remarks.append("It was made for another edition of the toolkit.")
        left = sum(1 for value in self._left.values() if visible_text(value))
        if left:
            fields = "1 field that is" if left == 1 else f"{left:,} fields that are"
            self._remarks.append(f"What stands in {fields} not part of the template was left out.")


def _give_steady_ids(evaluation: Evaluation) -> None:
    """Give the setting and every item an id that depends on what is filled in, and on nothing else."""
    entries = [entry for area in evaluation.areas for entry in (*area.strengths, *area.development_areas)]
    steady: dict[str, str] = {}
    items: list[Any] = [evaluation.setting, *entries, *evaluation.evidence, *evaluation.actions]
    for n, item in enumerate(items):
        steady[item.id] = item.id = str(uuid.uuid5(uuid.UUID(evaluation.id), str(n)))
    for area in evaluation.areas:
        area.evidence = [steady[cited] for cited in area.evidence]


def _part(area: Area, line: str) -> tuple[str, str]:
    """The key of the part that a line begins with, as in ``Literacy: …``, and the rest of the line."""
    title, _, rest = line.partition(":")
    part = next((part.key for part in area.sub_areas if part.title.casefold() == visible_text(title).casefold()), "")
    return (part, visible_text(rest)) if part and visible_text(rest) else ("", line)
