"""School terms: the last day of each, where nobody said otherwise."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

from dateutil.easter import easter


@lru_cache(maxsize=8)
def term_end(day: date, chosen: date | None = None) -> date:
    """The last day of the term in which ``day`` lies: the Friday before Easter, 31 August or 31 December.

    A day that somebody has ``chosen`` counts instead until it has passed.
    """
    if chosen is not None and chosen >= day:
        return chosen
    spring = easter(day.year) - timedelta(days=2)
    return next(end for end in (spring, date(day.year, 8, 31), date(day.year, 12, 31)) if day <= end)
