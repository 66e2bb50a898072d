"""Dated readings of a measure, as they are kept and as a person reads them."""

from __future__ import annotations

import pytest

from apq_desktop.evaluation.text.readings import parse_readings, readings_text, told


@pytest.mark.parametrize(
    ("kept", "read"),
    [
        ("", ""),
        ("68%", "68%"),
        ("[2026-11-13] 68%", "68% on 13 November 2026"),
        ("51%\n[2026-11-13] 68%\nof 38", "51%\n68%\nof 38 on 13 November 2026"),
        ("[autumn term] 68%", "68% (autumn term)"),
        ("[2026-11-13]", "13 November 2026"),
    ],
)
def test_readings_are_told_as_a_person_says_them(kept: str, read: str) -> None:
    assert told(kept) == read
    assert readings_text(parse_readings(kept)) == kept.rstrip()
