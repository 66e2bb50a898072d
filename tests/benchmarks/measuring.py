"""What every benchmark hands back, and how repetitions become one figure."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal


@dataclass(frozen=True)
class Measurement:
    """One line of the table. ``key`` finds its cause in causes.toml; without ``floor`` there is no ratio.

    ``limit`` is a ratio to the floor where ``limit_on`` says so, else in ``unit``; None where none is set.
    """

    key: str
    what: str
    ours: float
    unit: Literal["ms", "MB"] = "ms"
    floor_name: str = ""
    floor: float | None = None
    limit: float | None = None
    limit_on: Literal["ratio", "figure"] = "ratio"

    @property
    def ratio(self) -> float | None:
        """How many times the floor; None without one."""
        return self.ours / self.floor if self.floor else None

    @property
    def holds(self) -> bool | None:
        """Whether the limit is kept; None where none is set."""
        measured = self.ratio if self.limit_on == "ratio" else self.ours
        return None if self.limit is None or measured is None else measured <= self.limit


@dataclass(frozen=True)
class NotMeasured:
    """What could not be measured on this machine, and why."""

    key: str
    what: str
    why: str


def median(figures: Sequence[float]) -> float:
    """The middle one: a neighbour's work on the same machine moves it less than the mean."""
    return statistics.median(figures)


def percentile(figures: Sequence[float], percent: int) -> float:
    """The figure that ``percent`` of all stay at or below."""
    ordered = sorted(figures)
    return ordered[min(len(ordered) - 1, len(ordered) * percent // 100)]


def alternating(repetitions: int, *jobs: Callable[[], Any]) -> list[list[Any]]:
    """What each job returns in each repetition. They take turns, so that all see the same machine.

    Where there are several, each is done once before, unmeasured: what only the first one pays (cold files,
    fonts) is no part of the comparison.
    """
    if repetitions > 1:
        for job in jobs:
            job()
    turns = [[job() for job in jobs] for _ in range(repetitions)]
    return [list(results) for results in zip(*turns, strict=True)]


def timed(work: Callable[[], object]) -> Callable[[], float]:
    """A job that does ``work`` and returns how many milliseconds it took."""

    def job() -> float:
        began = time.perf_counter()
        work()
        return (time.perf_counter() - began) * 1000

    return job


def spent(work: Callable[[], object]) -> Callable[[], float]:
    """A job that does ``work`` and returns how many milliseconds of the processor this process spent on it."""

    def job() -> float:
        began = time.process_time()
        work()
        return (time.process_time() - began) * 1000

    return job
