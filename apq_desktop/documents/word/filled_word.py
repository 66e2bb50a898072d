"""A Word document becomes an evaluation: our template, or the toolkit's own form (2022, Appendix 3) typed by somebody.

Areas are known by number and title, columns and rows by what they are called, in whatever order. What finds no place is
kept as a note, and spoken of.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from apq_desktop.documents.blank_form import field_names
from apq_desktop.documents.blank_form.filled_form import FilledIn, evaluation_of
from apq_desktop.documents.blank_form.form_values import Values
from apq_desktop.documents.word.blank_word import template_word
from apq_desktop.documents.word.field_locator import FieldLocator
from apq_desktop.documents.word.safe_word import Row, WordText, from_bytes, read_word
from apq_desktop.documents.word.toolkit_lines import known_line
from apq_desktop.errors import PackRefusedError
from apq_desktop.toolkit.catalogue import Catalogue

READ = "It is a Word document that was filled in."
MOST_NAMED = 10
_NOTE = 30_000
"""Characters of what has no place in one note."""


def read_filled_word(path: Path, catalogue: Catalogue, *, created: str, content: bytes | None = None) -> FilledIn:
    """Read a template or a typed table. ``created`` is a UTC stamp. Raises PackRefusedError in one plain sentence."""
    said = read_word(path, content)
    placing = FieldLocator(catalogue, _lines_of_ours(catalogue))
    placing.read(said)
    if not placing.values:
        sentence = (
            "no words were found in it that belong to an area of the toolkit; name the areas in its first column or in "
            "headings, then open it again"
        )
        raise PackRefusedError(path, sentence)
    values = {name: "\n".join(texts) for name, texts in placing.values.items()}
    mark = field_names.read_mark(field_names.mark(catalogue.edition))
    assert mark is not None
    found = Values(mark, values | _as_notes(placing.left))
    filled = evaluation_of(path, catalogue, found, created=created, remark=READ)
    return FilledIn(filled.evaluation, (*filled.remarks, *_told(placing, catalogue)))


@lru_cache(maxsize=1)
def _lines_of_ours(catalogue: Catalogue) -> frozenset[str]:
    blank = from_bytes(Path("template"), template_word(catalogue))
    return frozenset(known_line(line) for line in _lines(blank))


def _lines(said: WordText) -> list[str]:
    found = list(said.aside)
    for block in said.body:
        found += [block] if isinstance(block, str) else _cell_lines(block)
    return found


def _cell_lines(table: list[Row]) -> list[str]:
    return [line for row in table for cell in row for line in cell.paragraphs]


def _as_notes(left: dict[str, list[str]]) -> dict[str, str]:
    """What has no place, as notes of the area that it stood with; a note holds so much and no more."""
    notes: dict[str, str] = {}
    for area, texts in left.items():
        whole = "\n".join(texts)
        for n in range(0, len(whole), _NOTE):
            notes[field_names.note(area, f"not-placed:1.{n // _NOTE + 1}")] = whole[n : n + _NOTE]
    return notes


def _told(placing: FieldLocator, catalogue: Catalogue) -> list[str]:
    """One list of what has no place, and where it is kept."""
    texts = [text for area in placing.left.values() for text in area]
    if not texts:
        return []
    shown = [f"“{_short(text)}”" for text in texts[:MOST_NAMED]]
    more = f" and {len(texts) - MOST_NAMED:,} more" if len(texts) > MOST_NAMED else ""
    numbers = [str(area.number) for area in catalogue.areas if area.key in placing.left]
    where = f"area {numbers[0]}" if len(numbers) == 1 else f"areas {', '.join(numbers)}"
    return [f"Not placed: {', '.join(shown)}{more}. This is kept under “Other notes” in {where}; nothing is lost."]


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 60 else f"{words[:59].rstrip()}…"
