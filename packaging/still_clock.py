"""A clock that stands still for the whole program, so that the pictures of its screens do not change by the day."""

from __future__ import annotations

import datetime as dt
import importlib
import os
import pkgutil
import time

import apq_desktop

NOW = dt.datetime(2026, 11, 30, 14, 2, tzinfo=dt.UTC)
"""When all pictures are made: what is overdue or due this term must not change from day to day."""


def stop() -> None:
    """Let it be ``NOW`` in every module of the program that asks for the day or the time."""
    os.environ["TZ"] = "UTC"
    time.tzset()
    for module in pkgutil.walk_packages(apq_desktop.__path__, "apq_desktop."):
        if not module.name.endswith("__main__"):
            there = vars(importlib.import_module(module.name))
            for name, still in (("date", StillDate), ("datetime", StillMoment)):
                if there.get(name) is getattr(dt, name) and ".exchange" not in module.name:
                    there[name] = still


class _Any(type):
    """Every day and moment is one of these too."""

    def __instancecheck__(cls, other: object) -> bool:
        return isinstance(other, dt.datetime if issubclass(cls, dt.datetime) else dt.date)


class StillDate(dt.date, metaclass=_Any):
    """A date in whose program today is always the same day."""

    @classmethod
    def today(cls) -> StillDate:
        """The day of ``NOW``."""
        return cls(NOW.year, NOW.month, NOW.day)


class StillMoment(dt.datetime, metaclass=_Any):
    """A moment in whose program it is always now."""

    @classmethod
    def now(cls, tz: dt.tzinfo | None = None) -> StillMoment:
        """The moment ``NOW``."""
        return cls(NOW.year, NOW.month, NOW.day, NOW.hour, NOW.minute, tzinfo=tz)
