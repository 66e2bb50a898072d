"""The benchmarks can be run: no figure is judged here, because a machine under load says nothing of the program."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING

import pytest

from tests.benchmarks import table
from tests.benchmarks.measuring import Measurement
from tests.benchmarks.run import BENCHMARKS, benchmark

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], list[Measurement]]:
    """What a benchmark measures at its smallest size; each is run once."""

    @cache
    def run(name: str) -> list[Measurement]:
        return benchmark(name)(tmp_path_factory.mktemp(name), 1)

    return run


@pytest.mark.parametrize("name", BENCHMARKS)
def test_each_benchmark_measures_something(name: str, measured: Callable[[str], list[Measurement]]) -> None:
    found = measured(name)
    assert found
    for one in found:
        assert one.ours > 0, one.key
        assert one.floor is None or one.floor > 0, one.key


def test_every_cause_belongs_to_a_measurement(measured: Callable[[str], list[Measurement]]) -> None:
    keys = [one.key for name in BENCHMARKS for one in measured(name)]
    assert len(keys) == len(set(keys))
    assert set(table.causes()) <= set(keys)


def test_a_miss_is_told_with_its_cause_and_a_kept_limit_without() -> None:
    missed = Measurement("a", "Something", 30, floor_name="a floor", floor=10, limit=2)
    kept = Measurement("b", "Something else", 15, limit=16, limit_on="figure")
    lines = table.page([missed, kept], {"a": "Known.", "b": "Was known."}, "a machine", 1, date(2026, 11, 2))
    assert lines.splitlines()[-2:] == [
        "| Something | a floor | 10.0 ms | 30.0 ms | 3.00 | 2 times | **no** | Known. |",
        "| Something else | – | – | 15.0 ms | – | 16 ms | yes |  |",
    ]
    assert "2 November 2026" in lines
