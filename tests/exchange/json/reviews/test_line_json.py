"""Lines of journals come back as they were written, and what no line may hold is refused."""

from __future__ import annotations

import json
from typing import Any

import pytest

from apq_desktop.evaluation.model import Action
from apq_desktop.exchange.json.reviews.line_json import AnyLine, read_known_line, read_line, write_line
from apq_desktop.review.library_lines import LibraryLine
from apq_desktop.review.lines import Anchor, Quote, ReviewLine

ANCHOR = Anchor(2, "attendance", "note", "6.3", "note", Quote("fewer than half", "came to ", " of them", 29))
AT = "2026-12-03T14:02:00+00:00"
NOTE = ReviewLine(
    "l1", "note", AT, 7, "officer", "reviewer", "e1", "us", "Officer", "change", "", "Ŵhy?\nA 😀", anchor=ANCHOR
)
LINES: tuple[AnyLine, ...] = (
    NOTE,
    ReviewLine("l2", "agreed-action", AT, 8, "officer", "reviewer", "e1", action=Action("a1", "needs", "Meet")),
    LibraryLine("l3", "received", AT, 9, "officer", pack="6d1f" * 16, text=r"C:\users\Oak.pdf"),
    LibraryLine(
        "l4", "mark", AT, 10, "officer", "me", to="theme", evaluation="e1", anchors=(ANCHOR, Anchor(1, "needs"))
    ),
)


@pytest.mark.parametrize("line", LINES)
def test_a_line_comes_back_as_it_was_written(line: AnyLine) -> None:
    body = write_line(line)
    assert "\n" not in body
    assert read_line(body) == read_known_line(body) == line
    assert write_line(read_line(body)) == body


@pytest.mark.parametrize("line", LINES)
def test_what_a_newer_version_wrote_is_kept_with_the_line(line: AnyLine) -> None:
    document = {**json.loads(write_line(line)), "tone": {"side": "kind", "n": [1, 2]}, "ŵ": 3}
    body = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert read_line(body) == read_known_line(body)
    assert read_line(body).text == line.text
    assert json.loads(write_line(read_line(body))) == document


def spoilt(**changes: Any) -> str:
    return json.dumps({**json.loads(write_line(NOTE)), **changes})


@pytest.mark.parametrize(
    "body",
    [
        "",
        "[]",
        '"note"',
        "{" * 100_000,
        spoilt(what="rate"),
        spoilt(seq=0),
        spoilt(seq=1.5),
        spoilt(at="yesterday"),
        spoilt(id="../etc"),
        spoilt(evaluation=None),
        spoilt(role="two\nlines"),
        spoilt(text="back\u202e"),
        spoilt(text="\x01"),
        spoilt(text="\ud800"),
        spoilt(text="x" * 40_001),
        spoilt(tone="\x01"),
        spoilt(tone="x" * 300_000),
        spoilt(anchor={"part": "nowhere"}),
        write_line(NOTE).replace('"seq":7', '"seq":7,"seq":8'),
        write_line(NOTE)[:-1],
    ],
)
def test_what_no_line_may_hold_is_refused(body: str) -> None:
    with pytest.raises((ValueError, RecursionError)):
        read_line(body)
