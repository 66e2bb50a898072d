"""Where two texts differ: the one stretch that was replaced. Undo, saving and the caret all go by it."""

from __future__ import annotations

import re
from dataclasses import dataclass

_SENTENCE_END = re.compile("(?:[.!?…؟][\"'”’)\\]]*\\s|[\n。！？])$")


@dataclass(frozen=True, slots=True)
class Splice:
    """At ``position``, counted in characters, ``removed`` stood where ``inserted`` stands now."""

    position: int
    removed: str
    inserted: str

    @property
    def end(self) -> int:
        """Where what was inserted ends."""
        return self.position + len(self.inserted)


def splice(before: str, after: str) -> Splice:
    """The shortest stretch that turns ``before`` into ``after``, as far to the right as it can stand."""
    start = _common_start(before, after)
    rest, new = before[start:], after[start:]
    same = _common_start(rest[::-1], new[::-1])
    return Splice(start, rest[: len(rest) - same], new[: len(new) - same])


def is_typed(before: str, after: str) -> bool:
    """Whether one key did it: a letter more (perhaps over a selection) or a letter less."""
    change = splice(before, after)
    return len(change.inserted) == 1 or (not change.inserted and len(change.removed) == 1)


def goes_on(first: str, second: str, third: str) -> bool:
    """Whether the step to ``third`` goes on with the step to ``second``, both of them typed.

    Letters go on with letters where they stand, up to the end of a sentence; rubbing out goes on with rubbing out.
    """
    earlier, later, both = splice(first, second), splice(second, third), splice(first, third)
    if earlier.inserted:
        added = not later.removed and len(both.inserted) == len(earlier.inserted) + len(later.inserted)
        return added and len(both.removed) == len(earlier.removed) and not _SENTENCE_END.search(earlier.inserted)
    return not later.inserted and not both.inserted


def _common_start(one: str, other: str) -> int:
    """How many characters two texts begin with alike; by halves, for long texts at each letter."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low
