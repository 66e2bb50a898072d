"""Replies that are kept as test data: one of each state of the format, and one with unknown names at every level.

`python tests/exchange/stored_replies.py` writes the one of the newest state in resources/schema/HISTORY.md, from what
is said here. It is written once, when the format has that state, and never again: it is what people have sent.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

from apq_desktop.evaluation.model import Action
from apq_desktop.exchange.json.reviews import review_json
from apq_desktop.exchange.json.reviews.review_document import FORMAT, VERSION, About, PortableReview, Sender
from apq_desktop.exchange.json.safe_json import parsed
from apq_desktop.review.lines import Anchor, Quote, ReviewLine
from tests.exchange import stored_packs

FOLDER = Path(__file__).parent / "replies"
ENTRY = re.compile(r"^## Reply, state (\d+)\n.*?^Shape: `([0-9a-f]{64})`$", re.MULTILINE | re.DOTALL)
EVALUATION, OFFICER, SETTING = "oak-2026", "northshire-library", "oak-file"


def history() -> list[tuple[int, str]]:
    """The number and the shape of each state of the format, oldest first."""
    return [(int(number), shape) for number, shape in ENTRY.findall(stored_packs.HISTORY.read_text("utf-8"))]


def read(data: bytes) -> review_json.ReceivedReply:
    """The reply in a file's content."""
    return review_json.read_document(parsed(data, "reply.json"), data, "reply.json")


def line(number: int, what: Any, who: str = OFFICER, **fields: Any) -> ReviewLine:
    """One line for the provider; ``number`` is its place in the order."""
    side: Any = "setting" if who == SETTING else "reviewer"
    given = {"audience": "provider", "role": "School improvement officer", **fields}
    at = f"2026-12-03T14:{number:02}:00+00:00"
    return ReviewLine(f"l{number}", what, at, number, who, side, EVALUATION, **given)


def lines() -> list[ReviewLine]:
    """Lines in which every field holds something. A field that is added gets its value here."""
    words = Quote("came to fewer than half", "Five pupils, all in year 10, ", " of their sessions", 29)
    on_words = Anchor(2, "attendance", "note", "6.3", "note", words)
    change = "Please say what has changed for these five pupils since March."
    agreed = Action(
        "a9", "attendance", "Meet within five school days", "Head of centre", "2027-02-12", "under-way", "part"
    )
    agreed.measure, agreed.starting_point, agreed.current_point = "Answers", "None", "Ten"
    agreed.target, agreed.priority, agreed.readings = "Every answer", "first", "[2026-11-30] Ten"
    agreed.development_area, agreed.carried_from = "d1", "oak-2025"
    return [
        line(1, "note", kind="change", text=change, anchor=on_words, party="Northshire Council"),
        line(2, "note", kind="question", text="Which schools were slow?", anchor=Anchor(2, "attendance", "area")),
        line(3, "answer", SETTING, to="l2", text="Two of the six.", role="Head of centre"),
        line(4, "close", to="l2", text="Thank you, this is clear now."),
        line(5, "state", state="changes-requested", text="One request in area 6."),
        line(6, "state", state="agreed", area="needs"),
        line(7, "agreed-action", action=agreed),
        line(8, "visit", on="2026-11-30", text="Saw the morning register and two lessons."),
        line(9, "next-review", on="2027-03-01"),
        line(
            10,
            "note",
            "peer",
            kind="note",
            text="We know this too.",
            anchor=Anchor(2, "needs"),
            as_peer=True,
            typed=True,
        ),
    ]


def review(given: list[ReviewLine] | None = None) -> PortableReview:
    """A reply in which every field holds something."""
    return PortableReview(
        format=FORMAT,
        version=VERSION,
        id="reply-2",
        number=2,
        written="2026-12-03T14:10:00+00:00",
        stage="initial-feedback",
        sender=Sender(OFFICER, "reviewer", "Northshire Council", "School improvement officer"),
        about=About(EVALUATION, 2, "6d1f" * 16, "The Oak Centre", "Self-evaluation 2026"),
        lines=lines() if given is None else given,
    )


if __name__ == "__main__":
    newest, _ = history()[-1]
    target = FOLDER / f"state-{newest}.json"
    if target.exists():
        sys.exit(f"{target} is kept as it is")
    target.write_bytes(review_json.write(review(), target.name))
