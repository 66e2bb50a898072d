"""A year's work stays small. See ``year.py`` for the long run, which writes every edit of it into a file."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING

import pytest

from apq_desktop.storage.history.retention import MOST_CHARACTERS, SHORTER, Kept, worth_keeping
from tests.faults import year

if TYPE_CHECKING:
    from pathlib import Path

DAYS, EDITS, LENGTH = 200, 300, 400
BYTES_BESIDE_THE_TEXT = 350
"""Of one earlier text in the file: its keys, times and checksum, its entry in the index, and half-empty pages."""


def _texts_kept_after_a_year(fields: int, length: int) -> list[Kept]:
    chance = Random(1)  # noqa: S311 - nothing secret
    kept: list[Kept] = []
    most = 0
    for day in range(DAYS):
        now = year.BEGIN + timedelta(days=day // 5 * 7 + day % 5)
        for number in range(EDITS):
            at = (now + timedelta(minutes=number)).isoformat(timespec="seconds")
            kept.append(Kept(day * EDITS + number, (str(chance.randrange(fields)),), at, length))
        if day % 20 == 19:
            for shorter in SHORTER:
                kept = worth_keeping(kept, now, shorter)
                if sum(text.length for text in kept) <= MOST_CHARACTERS:
                    break
            most = max(most, sum(text.length + BYTES_BESIDE_THE_TEXT for text in kept))
    assert most < 20_000_000
    return kept


@pytest.mark.long
def test_a_year_of_200_days_with_300_edits_in_all_fields_stays_under_20_megabytes() -> None:
    kept = _texts_kept_after_a_year(fields=200, length=LENGTH)
    assert len({text.field for text in kept}) == 200
    assert len({text.at[:7] for text in kept}) == 10  # something of every month is left


def test_a_year_of_long_texts_stays_under_20_megabytes_too() -> None:
    assert len(_texts_kept_after_a_year(fields=20, length=4_000)) > 500


def test_an_earlier_text_takes_no_more_of_the_file_than_reckoned_here(tmp_path: Path) -> None:
    done = year.work(tmp_path, days=4, edits=300, at_once=30)
    assert done.kept > 1_000
    before = 160_000
    assert (done.largest - before) / done.kept < LENGTH + BYTES_BESIDE_THE_TEXT
