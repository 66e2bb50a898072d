"""The letter that carries a reply says what the reply says, and keeps to both standards."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from outloud import check

from apq_desktop.documents.pdf.attachment import attached_data
from apq_desktop.documents.reply_letter.letter import Letter, letter_pdf, letter_tree
from apq_desktop.evaluation.model import Action
from apq_desktop.review.exchange_state import fold_lines
from apq_desktop.review.lines import Anchor, Quote, ReviewLine
from apq_desktop.review.placed_notes import place_notes
from tests.documents.pdf_readers import pages_of
from tests.documents.pdf_validation import assert_sound, failures
from tests.documents.samples import sample
from tests.documents.tag_checker import problems

if TYPE_CHECKING:
    from pathlib import Path

    from apq_desktop.toolkit.catalogue import Catalogue

DATA = b'{"format": "apq-review"}\n'
RTL = "شكرا لكم, ŵŷ “calm” – 34 of 36"


def _line(number: int, what: Any, who: str = "officer", **fields: Any) -> ReviewLine:
    side: Any = "setting" if who == "setting" else "reviewer"
    at = f"2026-12-03T14:{number % 60:02}:00+00:00"
    return ReviewLine(str(number), what, at, number + 1, who, side, "e", "provider", **{"role": "Officer", **fields})


def _lines(evaluation: Any) -> list[ReviewLine]:
    """A line of every kind, with words in another script, and words that changed since."""
    strength = evaluation.area("attendance").strengths[0]
    quote = Anchor(1, "attendance", "strengths", strength.id, "text", Quote(strength.text[:40]))
    return [
        _line(1, "note", kind="change", text=f"Please say since when.\n{RTL}", anchor=quote),
        _line(2, "note", kind="question", text="Which schools?", anchor=Anchor(1, "research"), typed=True),
        _line(3, "answer", "setting", to="2", text="Oak and Elm.", role=""),
        _line(4, "note", kind="agreed", text="A good example.", anchor=Anchor(1, "needs")),
        _line(5, "note", kind="note", text="Thank you.", anchor=Anchor(1, part="evaluation")),
        _line(6, "close", to="2"),
        _line(7, "state", state="changes-requested", text="One request."),
        _line(8, "state", state="agreed", area="needs"),
        _line(9, "agreed-action", action=Action("a", "attendance", "Meet soon", "Head", "2027-02-12")),
        _line(10, "visit", on="2026-11-30", text="Saw two lessons."),
        _line(11, "next-review", on="2027-03-01"),
    ]


def _letter(catalogue: Catalogue, more: int = 0) -> Letter:
    before, now = sample("example", catalogue), sample("example", catalogue)
    now.area("attendance").strengths[0].text = f"Since March: {now.area('attendance').strengths[0].text}"
    lines = _lines(before)
    lines += [_line(n, "note", kind="note", text=RTL * 4, anchor=Anchor(1, "families")) for n in range(12, 12 + more)]
    exchange = fold_lines(lines)
    titles = {area.key: f"{area.number} {area.title}" for area in catalogue.areas}
    placed = place_notes(exchange, now, lambda _: before)
    given = ("Oak Centre", "Self-evaluation", 2, "ABCD-EFGH", "2026-12-03T14:10:00+00:00", "initial-feedback")
    return Letter(*given, "Northshire Council", "Officer", exchange, placed, titles)


@pytest.mark.parametrize("more", [0, 40])
def test_a_letter_keeps_to_both_standards_and_carries_it(more: int, catalogue: Catalogue, tmp_path: Path) -> None:
    letter, path = _letter(catalogue, more), tmp_path / "letter.pdf"
    path.write_bytes(letter_pdf(letter, DATA, "reply.json"))
    assert [failures(path, profile) for profile in ("ua1", "3a")] == [[], []]
    assert_sound(path)
    assert problems(path, letter_tree(letter)) == []
    assert [one.message for one in check(str(path)).findings if one.severity in ("error", "warning")] == []
    assert attached_data(path) == DATA
    assert letter_pdf(letter, DATA, "reply.json") == path.read_bytes()
    pages = pages_of(path)
    assert len(pages) >= (5 if more else 2)
    assert max(page.count("How to answer") for page in pages) == 1, "no part goes on where it begins"


def test_a_letter_says_first_what_waits_then_every_note_with_the_words_before_and_now(catalogue: Catalogue) -> None:
    said = [element.line for element in letter_tree(_letter(catalogue)).walk() if element.is_line]
    assert said[:2] == ["Northshire Council", "Reply to Oak Centre"]
    assert "Initial feedback. Written on 3 December 2026 by Officer, Northshire Council." in said
    assert "Changes requested, Officer, 3 December 2026." in said
    assert "1 request waits for you." in said
    assert "Change requested, Officer, 3 December 2026. Waits for you." in said
    assert [words for words in said if words.startswith(("Before: ", "Now: Since March: "))]
    assert "Question, Officer, 3 December 2026, typed into the PDF. Closed." in said
    assert "Answer, You, 3 December 2026: Oak and Elm." in said
    assert "Agreed action: 6 Attendance and engagement; Meet soon; Head; 12 February 2027." in said
    assert said.index("Which schools?") < said.index("Please say since when.") < said.index("Thank you.")
