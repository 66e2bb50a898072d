"""The benchmarks can be run: no figure is judged here, because a machine under load says nothing of the program."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.benchmarks import table
from tests.benchmarks.measuring import Measurement
from tests.benchmarks.run import BENCHMARKS, benchmark

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("name", BENCHMARKS)
def test_each_benchmark_measures_something(name: str, tmp_path: Path) -> None:
    found = benchmark(name)(tmp_path, 1)
    assert found
    for one in found:
        assert one.ours > 0, one.key
        assert one.floor is None or one.floor > 0, one.key


def test_a_miss_is_told_with_its_cause_and_a_kept_limit_without() -> None:
    key, cause = next(iter(table.causes().items()), ("edit", table.UNKNOWN))
    missed = Measurement(key, "Something", 30, floor_name="a floor", floor=10, limit=2)
    kept = Measurement(key, "Something else", 15, limit=16, limit_on="figure")
    lines = table.page([missed, kept], "a machine", 1, date(2026, 11, 22)).splitlines()
    assert lines[-2] == f"| Something | a floor | 10.0 ms | 30.0 ms | 3.00 | 2 times | **no** | {cause} |"
    assert lines[-1] == "| Something else | – | – | 15.0 ms | – | 16 ms | yes |  |"


def test_every_cause_belongs_to_a_measurement_that_exists(tmp_path: Path) -> None:
    quick = [one.key for name in ("saving", "pdf", "json_out_and_in") for one in benchmark(name)(tmp_path, 1)]
    assert all(key in quick or key.split("-")[0] in ("start", "keystroke", "switch", "memory") for key in table.causes())
