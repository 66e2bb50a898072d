"""What the index keeps of one received file: plain rows, made by whichever process read it.

Handing back a whole evaluation from one process to another costs more than reading it again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from apq_desktop.evaluation.model import Evaluation
from apq_desktop.evaluation.text.search_folding import fold
from apq_desktop.evaluation.text.written_texts import everything_written

WORD = re.compile(r"[^\W_]+")
"""What is a word for the search."""
RevisionRow = tuple[str, int, str, str, str, str, str, str, int, str, str]
"""evaluation, number, provider, name, sort_key, title, period, kind, stages, authority, changed."""
PassageRow = tuple[str, str, str, str, str, str]
"""area, part, item, field, sub_area, text."""


@dataclass(frozen=True, slots=True)
class PackRows:
    """The rows of a received file. ``digest`` is its own, ``content`` that of the data in it however they are written.

    ``elsewhere`` are the titles of evidence that several areas cite, for each but the first area. ``words`` has for
    each of both what is searched: its text, folded where there is more in it than ASCII, of which no search here tells
    the case apart; and the words that say where it stands.
    ``lines`` are the bodies of what its sender wrote about the evaluation. ``file`` is the name under which it came,
    ``received`` a UTC stamp. ``remarks`` are for whoever receives it.
    """

    digest: str
    suffix: str
    content: str
    file: str
    received: str
    revision: RevisionRow
    passages: tuple[PassageRow, ...]
    elsewhere: tuple[PassageRow, ...]
    words: tuple[tuple[str, str], ...]
    lines: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def evaluation(self) -> str:
        """The id of the evaluation."""
        return self.revision[0]


def revision_row(evaluation: Evaluation) -> RevisionRow:
    """The row of a revision."""
    setting = evaluation.setting
    return (
        *(evaluation.id, evaluation.revision, setting.id, setting.name, fold(setting.name), evaluation.title),
        *(evaluation.period, setting.kind, stage_bits(setting.key_stages), setting.local_authority),
        evaluation.changed,
    )


def passage_rows(evaluation: Evaluation) -> tuple[tuple[PassageRow, ...], tuple[PassageRow, ...]]:
    """The texts of a revision in the order of reading, then the titles of evidence that further areas cite too."""
    citing: dict[str, list[str]] = {}
    for area in evaluation.areas:
        for cited in area.evidence:
            citing.setdefault(cited, []).append(area.key)
    rows = tuple(_passages(evaluation, {cited: areas[0] for cited, areas in citing.items()}))
    again = (
        (area, *row[1:])
        for row in rows
        if row[1] == "evidence" and row[3] == "title"
        for area in citing.get(row[2], ())[1:]
    )
    return rows, tuple(again)


def searched(rows: Sequence[PassageRow]) -> tuple[tuple[str, str], ...]:
    """What is searched of passages: of each its words, and the words that say where it stands."""
    return tuple(
        (text if text.isascii() else _searched_words(text), _searched_place(area, part, sub_area))
        for area, part, _, _, sub_area, text in rows
    )


def _searched_words(text: str) -> str:
    folded = fold(text)
    return folded if folded.isascii() else " ".join(WORD.findall(folded))


@lru_cache(maxsize=2_000)
def _searched_place(area: str, part: str, sub_area: str) -> str:
    return " ".join(place_words(area, part, sub_area))


def place_words(area: str, part: str, sub_area: str) -> tuple[str, ...]:
    """The words that say where a passage stands, for the search: without signs at which a database divides words."""
    named = {"a": area, "k": part, "s": sub_area}
    return tuple(f"{sign}{key.replace('-', '').replace('_', '').lower()}" for sign, key in named.items() if key)


def stage_bits(stages: Sequence[str]) -> int:
    """Key stages as a number whose bits can be asked for."""
    return sum(1 << int(stage) for stage in set(stages))


def _passages(evaluation: Evaluation, citing: Mapping[str, str]) -> Iterator[PassageRow]:
    parts = {entry.id: entry.sub_area for area in evaluation.areas for entry in area.strengths}
    parts |= {entry.id: entry.sub_area for area in evaluation.areas for entry in area.development_areas}
    parts |= {action.id: action.sub_area for action in evaluation.actions}
    for written in everything_written(evaluation):
        target = written.target
        area_key = citing.get(target.key, "") if target.kind == "evidence" else written.area
        yield area_key, target.kind, target.key, written.field, parts.get(target.key, ""), written.text
