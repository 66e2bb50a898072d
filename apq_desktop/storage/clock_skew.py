"""How old things are by the order in which they were made: the computer's clock may be wrong for some hours."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

LONGEST_GAP = timedelta(weeks=8)
"""What lies further apart than this was made with another clock, or after a long rest: neither makes anything old."""


def ages_despite_clock_skew(latest_first: Iterable[datetime | None], now: datetime) -> list[timedelta]:
    """The age at ``now`` of each of these moments, which are in the order of making, the latest first.

    It is the sum of the gaps after it, or what the clock says where that is less: hours with the clock in another year
    age nothing that was made before. A moment that is not known has the age of the one after it.
    """
    found, age, later = list[timedelta](), timedelta(), now
    for at in latest_first:
        if at is not None:
            gap = later - at
            age += gap if timedelta() < gap <= LONGEST_GAP else timedelta()
            later = at
        by_clock = now - at if at is not None else age
        found.append(min(age, by_clock) if by_clock >= timedelta() else age)
    return found
