"""How much work something is, however busy the machine is: the least CPU time of a few runs."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

RUNS = 3


def least_cpu_seconds(*jobs: Callable[[], object]) -> list[float]:
    """For each job the least CPU time of this thread in ``RUNS`` rounds; the jobs take turns, so that load hits all."""
    least = [float("inf")] * len(jobs)
    for _ in range(RUNS):
        for n, job in enumerate(jobs):
            before = time.thread_time()
            job()
            least[n] = min(least[n], time.thread_time() - before)
    return least
