"""What changed between two texts, word by word, so that it reads as somebody would mark it by hand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

SegmentKind = Literal["equal", "added", "removed"]

MOST_WORDS = 2_000
"""Beyond so many words and signs on either side, sentences are set beside each other before words are."""
MOST_SENTENCES = 2_000
"""Beyond so many sentences, what lies between the common beginning and the common end counts as written again."""
SHORT = 3
"""Letters of a word that does not stand alone as unchanged between two changes."""

_TOKENS = re.compile(r"\w+(?:['’.,-]\w+)*|\s+|[^\w\s]")
_SENTENCES = re.compile(r"[^.!?\n]*(?:[.!?\n]+\s*|\Z)")


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of text that both have, or only the later (added), or only the earlier (removed)."""

    kind: SegmentKind
    text: str


def segments(before: str, after: str) -> tuple[Segment, ...]:
    """The two texts as one row of segments.

    Those that are equal or removed are ``before`` when joined, those that are equal or added are ``after``.
    """
    if before == after:
        return (Segment("equal", before),) if before else ()
    found = _compared(_TOKENS.findall(before), _TOKENS.findall(after))
    return tuple(_tidied(list(found)))


def same_words(before: str, after: str) -> bool:
    """Whether two texts differ in nothing but spaces and line ends."""
    return before == after or before.split() == after.split()


def _compared(old: list[str], new: list[str]) -> Iterator[Segment]:
    """Segments in order; the same kind can come several times in a row."""
    first = _common(old, new)
    yield Segment("equal", "".join(new[:first]))
    old, new = old[first:], new[first:]
    last = _common(old[::-1], new[::-1])
    old, new, end = old[: len(old) - last], new[: len(new) - last], new[len(new) - last :]
    if old and new and max(len(old), len(new)) > MOST_WORDS:
        yield from _by_sentences("".join(old), "".join(new))
    else:
        yield from _by_words(old, new)
    yield Segment("equal", "".join(end))


def _common(old: Sequence[str], new: Sequence[str]) -> int:
    """How many words both begin with."""
    pairs = zip(old, new, strict=False)
    return next((n for n, (one, other) in enumerate(pairs) if one != other), min(len(old), len(new)))


def _by_words(old: Sequence[str], new: Sequence[str]) -> Iterator[Segment]:
    # Spaces start no match, or every text would be found to share its spaces with every other.
    matcher = SequenceMatcher(str.isspace, old, new)
    for kind, old_start, old_end, new_start, new_end in matcher.get_opcodes():
        if kind == "equal":
            yield Segment("equal", "".join(new[new_start:new_end]))
        else:
            yield Segment("removed", "".join(old[old_start:old_end]))
            yield Segment("added", "".join(new[new_start:new_end]))


def _by_sentences(before: str, after: str) -> Iterator[Segment]:
    old, new = (_SENTENCES.findall(text) for text in (before, after))
    if max(len(old), len(new)) > MOST_SENTENCES:
        yield from (Segment("removed", before), Segment("added", after))
        return
    matcher = SequenceMatcher(None, old, new)
    for kind, old_start, old_end, new_start, new_end in matcher.get_opcodes():
        was, now = "".join(old[old_start:old_end]), "".join(new[new_start:new_end])
        if kind == "equal":
            yield Segment("equal", now)
            continue
        old_words, new_words = _TOKENS.findall(was), _TOKENS.findall(now)
        if kind == "replace" and max(len(old_words), len(new_words)) <= MOST_WORDS:
            yield from _by_words(old_words, new_words)
        else:
            yield from (Segment("removed", was), Segment("added", now))


def _tidied(found: list[Segment]) -> Iterator[Segment]:
    """One segment of each kind in a row, removed before added, without crumbs that stayed equal by chance."""
    removed: list[str] = []
    added: list[str] = []
    equal: list[str] = []

    def changes() -> Iterator[Segment]:
        for kind, parts in (("removed", removed), ("added", added)):
            if text := "".join(parts):
                yield Segment("removed" if kind == "removed" else "added", text)
            parts.clear()

    for segment in _merged(found):
        if segment.kind == "equal":
            equal.append(segment.text)
            continue
        if equal:
            text = "".join(equal)
            equal.clear()
            if (removed or added) and _is_crumb(text):
                removed.append(text)
                added.append(text)
            else:
                yield from changes()
                yield Segment("equal", text)
        (removed if segment.kind == "removed" else added).append(segment.text)
    yield from changes()
    if equal:
        yield Segment("equal", "".join(equal))


def _merged(found: list[Segment]) -> Iterator[Segment]:
    """Without empty segments, and with neighbours that are equal as one."""
    equal: list[str] = []
    for segment in found:
        if segment.kind == "equal":
            equal.append(segment.text)
        elif segment.text:
            if text := "".join(equal):
                yield Segment("equal", text)
            equal.clear()
            yield segment
    if text := "".join(equal):
        yield Segment("equal", text)


def _is_crumb(text: str) -> bool:
    """Whether an unchanged stretch between two changes is a space, a sign or one short word."""
    words = text.split()
    return "\n" not in text and len(words) <= 1 and sum(len(word) for word in words) <= SHORT
