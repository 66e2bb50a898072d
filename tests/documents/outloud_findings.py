"""What outloud, an independent reader of a PDF's tags, finds fault with."""

from __future__ import annotations

from pathlib import Path

from outloud import check

ANNEXES = "annexes"


ACCEPTED = {
    ("HDG-011", ANNEXES): "A question of the toolkit is the heading of its note, in its own words, however many.",
    ("PAG-001", ANNEXES): "The titles of areas stand at the top of pages in the document and again in its annexes.",
    ("PAG-001", "tenfold"): "Each text is there ten times, so that some stand at the same height of several pages.",
    ("PAG-001", "long cells"): "Its words differ in their numbers alone, which the reader does not look at.",
    (
        "TXT-004",
        "scripts",
    ): "Parts of Bengali letters say nothing one by one: what they say together is kept with them.",
}
"""What it finds in a sample, and why that stays."""


def findings(path: Path, name: str = "") -> list[str]:
    """Every error and warning that has no reason above."""
    result = check(str(path))
    assert not result.error
    found = (one for one in result.findings if one.severity in ("error", "warning"))
    return [f"{one.rule}: {one.message}" for one in found if (one.rule, name) not in ACCEPTED]
