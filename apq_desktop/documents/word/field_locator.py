"""Where the words of a document belong: by the area, the column and the row that they stand in."""

from __future__ import annotations

import re
from collections.abc import Sequence

from apq_desktop.documents.blank_form import field_names
from apq_desktop.documents.blank_form.blank_form import REASON
from apq_desktop.documents.blank_form.form_fields import TICKED
from apq_desktop.documents.content.phrases import DOES_NOT_APPLY
from apq_desktop.documents.word.blank_word import asked_fields, choices
from apq_desktop.documents.word.safe_word import Row, WordCell, WordText
from apq_desktop.documents.word.toolkit_lines import known_line, without_the_toolkits
from apq_desktop.evaluation.fields import label
from apq_desktop.evaluation.text.cleaning import visible_text
from apq_desktop.toolkit.catalogue import Area, Catalogue

COLUMNS = {
    "strengths": ("strengths", "strength", "our strengths", "what works well"),
    "development_areas": (
        "development areas", "development area", "areas for development", "areas to develop", "areas of development",
        "development", "areas for improvement",
    ),
    "evidence": ("sources of evidence", "source of evidence", "evidence", "our evidence"),
    "what": ("actions", "action", "next steps", "action points", "what we will do", "actions support"),
    "who": ("who", "who a role", "by whom", "lead", "responsible", "person responsible", "who will do it"),
    "by_when": ("by when", "when", "deadline", "timescale", "date", "due"),
    "support": ("support", "support we would like", "support wanted", "support needed"),
}  # fmt: skip
"""What the parts of an area are called in tables that people have made."""
AREA = "area"
AREA_COLUMN = ("area", "areas", "benchmark", "benchmarks", "quality area", "quality areas", "theme")
_ACTION = ("what", "who", "by_when")
_TICK = re.compile(r"\s*[(\[]?\s*([☐☒☑✓✔✗✘]|[xX](?=[\s)\]]))\s*[)\]]?\s*(.*)", re.DOTALL)
_NUMBERED = re.compile(r"\s*(?:area|benchmark)?\s*([0-9]{1,2})\s*[.):–-]?\s*(.*)", re.IGNORECASE | re.DOTALL)
_QUESTION = re.compile(r"\s*((?:[a-z][a-z0-9-]{1,30}:)?[1-9][0-9]?\.[1-9][0-9]{0,3})\b")


class FieldLocator:
    """Take a document in order. ``values`` are texts by the names of the template's fields, ``left`` those by area.

    ``ours`` are the lines of the blank template, which nobody has to be told of.
    """

    def __init__(self, catalogue: Catalogue, ours: frozenset[str]) -> None:
        self.values: dict[str, list[str]] = {}
        self.left: dict[str, list[str]] = {}
        self._catalogue, self._ours = catalogue, ours
        self._area: Area | None = None
        self._part = ""
        self._rows: dict[str, int] = {}
        self._parts = {name: part for part, names in COLUMNS.items() for name in names}
        self._parts[known_line(label("area", "support"))] = "support"
        self._fields = {known_line(label(kind, field)): (kind, field) for kind, field, _ in asked_fields(catalogue)}
        self._questions = {known_line(one.label): (area, one.key) for area in catalogue.areas for one in area.questions}

    def read(self, said: WordText) -> None:
        """Give every text of a document its place."""
        for block in said.body:
            if isinstance(block, str):
                self._paragraph(block)
            else:
                self._part = ""
                self._table(block)
        self._area = None
        for text in said.aside:
            self._leave(text)

    # Outside tables

    def _paragraph(self, text: str) -> None:
        """A heading says what follows; other words belong to the part under whose heading they stand."""
        area, rest = self._area_of(text)
        if area is not None:
            self._area, self._part = area, ""
            self._leave(rest)
        elif part := self._parts.get(known_line(text)):
            self._part = part
        elif known_line(text) in self._ours:
            self._part = ""
        elif self._part and self._area is not None:
            self._put(self._area, self._part, [text])
        else:
            self._leave(text)

    # Tables

    def _table(self, table: list[Row]) -> None:
        columns: dict[int, str] = {}
        for row in table:
            if head := self._head(row):
                columns = head
            elif not (columns and self._in_columns(row, columns)) and not self._labelled(row):
                self._in_order(row)

    def _head(self, row: Row) -> dict[int, str]:
        """The part that each column is about, where a row names two or more of them, or is all that a row holds."""
        names = {cell.column: self._column(cell) for cell in row}
        found = {column: name for column, name in names.items() if name}
        if len(found) < 2 and len(row) > 1:
            return {}
        for cell in row:
            if cell.column in found:
                for rest in cell.paragraphs[1:]:
                    self._leave(rest)
                for column in range(cell.column, cell.column + cell.span):
                    found[column] = found[cell.column]
            else:
                for text in cell.paragraphs:
                    self._leave(text)
        return found

    def _column(self, cell: WordCell) -> str:
        name = known_line(cell.paragraphs[0]) if cell.paragraphs else ""
        return AREA if name in AREA_COLUMN else self._parts.get(name, "")

    def _in_columns(self, row: Row, columns: dict[int, str]) -> bool:
        """Place a row below a head; nothing is done where it is about no area."""
        own = next((cell for cell in row if cell.column not in columns or columns[cell.column] == AREA), None)
        area, rest = self._area_of("\n".join(own.paragraphs)) if own else (None, "")
        if area is not None:
            self._area = area
        elif own is not None and own.paragraphs and self._is_labelled(row):
            return False
        elif own is not None:
            rest = "\n".join(own.paragraphs)
        if self._area is None:
            return False
        self._leave(rest)
        action = {columns[cell.column]: cell for cell in row if columns.get(cell.column) in _ACTION}
        for cell in (cell for cell in row if cell is not own):
            part = columns.get(cell.column, "")
            if part in _ACTION and len(action) > 1:
                continue
            if part and part != AREA:
                self._put(self._area, part, cell.paragraphs)
            else:
                for text in cell.paragraphs:
                    self._leave(text)
        if len(action) > 1:
            self._put_action(self._area, {part: "\n".join(cell.paragraphs) for part, cell in action.items()})
        return True

    def _is_labelled(self, row: Row) -> bool:
        first = known_line(row[0].paragraphs[0]) if row and row[0].paragraphs else ""
        return first in self._fields or first in self._parts or first == known_line(DOES_NOT_APPLY)

    def _labelled(self, row: Row) -> bool:
        """Place a row whose first cell says what the others hold."""
        if not row or not row[0].paragraphs:
            return False
        name, answer = known_line(row[0].paragraphs[0]), [text for cell in row[1:] for text in cell.paragraphs]
        asked = _QUESTION.match(row[0].paragraphs[0])
        if asked and known_line(asked[1]) in self._questions:
            area, key = self._questions[known_line(asked[1])]
            self._add(field_names.note(area.key, key), answer)
        elif name == known_line(DOES_NOT_APPLY) and self._area is not None:
            self._does_not_apply(self._area, answer)
        elif name in self._parts and self._area is not None:
            self._put(self._area, self._parts[name], answer)
        elif name in self._fields:
            self._field(*self._fields[name], answer)
        else:
            return False
        self._leave_own(row[0].paragraphs[1:])
        return True

    def _in_order(self, row: Row) -> None:
        """A row that says nothing of what it holds: an area's title leads on, other words are left."""
        for cell in row:
            area, rest = self._area_of("\n".join(cell.paragraphs))
            if area is not None:
                self._area = area
                self._leave(rest)
            else:
                self._leave_own(cell.paragraphs)

    # Areas

    def _area_of(self, text: str) -> tuple[Area | None, str]:
        """The area whose title, or number alone, a text begins with; and the rest of the text."""
        numbered = _NUMBERED.match(text)
        number, rest = (int(numbered[1]), numbered[2]) if numbered else (0, text)
        for area in self._catalogue.areas:
            if number and number != area.number:
                continue
            if taken := _title_in(known_line(rest).split(), known_line(area.title).split(), numbered=number > 0):
                after = _without(rest, taken)
                # a sentence of its own that only begins with these words is no title
                return (area, after) if number or not after or (after != rest and "\n" in text) else (None, text)
            if number and not visible_text(rest):
                return area, ""
        return None, text

    # What goes where

    def _put(self, area: Area, part: str, texts: Sequence[str]) -> None:
        if part == "what":
            for text in texts:
                self._put_action(area, {"what": text})
        elif part in _ACTION:
            for text in texts:
                self._leave(text)
        elif part in ("strengths", "development_areas", "evidence"):
            # A break inside a paragraph goes on with the same entry.
            marked = [f"• {text}" if any("\n" in one for one in texts) else text for text in texts]
            self._add(field_names.in_area(area.key, part), marked)
        else:
            self._add(field_names.in_area(area.key, part), texts)

    def _put_action(self, area: Area, parts: dict[str, str]) -> None:
        if any(map(visible_text, parts.values())):
            row = self._rows[area.key] = self._rows.get(area.key, 0) + 1
            for part, text in parts.items():
                self._add(field_names.action(area.key, row, part), [text])

    def _does_not_apply(self, area: Area, texts: Sequence[str]) -> None:
        for text in texts:
            tick = _TICK.match(text)
            if tick and tick[1] != "☐":
                self._add(field_names.in_area(area.key, "does_not_apply"), [TICKED])
            words = tick[2] if tick else text
            self._add(field_names.in_area(area.key, "reason"), [words.removeprefix(REASON).strip()])

    def _field(self, kind: str, field: str, texts: Sequence[str]) -> None:
        """A field of the setting or the evaluation: words, or boxes of which some are ticked."""
        known = choices(self._catalogue, field)
        if not known:
            self._add(f"{kind}.{field}", texts)
            return
        by_title = {known_line(title): key for key, title in known.items()}
        for text in texts:
            tick = _TICK.match(text)
            key = by_title.get(known_line(tick[2] if tick else text), "")
            if not key or (kind, field) == ("setting", "") or (tick and tick[1] == "☐"):
                if not key:
                    self._leave(text)
                continue
            several = field in ("purposes", "key_stages")
            name = f"{kind}.{field}.{key}" if several else f"{kind}.{field}"
            if several or name not in self.values:
                self._add(name, [TICKED if several else key])
            else:
                self._leave(text)

    def _add(self, name: str, texts: Sequence[str]) -> None:
        if said := [text for text in texts if visible_text(text)]:
            self.values.setdefault(name, []).extend(said)

    def _leave_own(self, texts: Sequence[str]) -> None:
        for text in texts:
            self._leave(text)

    def _leave(self, text: str) -> None:
        """Keep what has no place, but for the words of the template and of the toolkit's own form."""
        for line in map(without_the_toolkits, text.split("\n")):
            if known_line(line) and known_line(line) not in self._ours:
                area = (self._area or self._catalogue.areas[0]).key
                self.left.setdefault(area, []).append(line)


def _title_in(said: list[str], title: list[str], *, numbered: bool) -> int:
    """How many words a text begins with that are a title; behind a number there may be one word more among them."""
    count = len(title)
    if said[:count] == title:
        return count
    longer = said[: count + 1]
    more = numbered and any(longer[:n] + longer[n + 1 :] == title for n in range(1, count))
    return count + 1 if more else 0


def _without(text: str, words: int) -> str:
    """A text without so many words at its beginning."""
    found = list(re.finditer(r"[\w’']+", text))
    return text[found[words - 1].end() :].lstrip(" .:–-\t\n") if len(found) >= words else ""
