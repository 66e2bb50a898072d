"""Tags cost little, and a long evaluation costs no more than its length. All ratios are taken within one run."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest

from apq_desktop.evaluation.model import Evaluation
from apq_desktop.instrument import Catalogue
from apq_desktop.report import finish
from apq_desktop.report.document import pdf
from apq_desktop.report.finish import Data
from tests.report.conftest import Maker

TRIES = 3


class _Clock:
    """Runs the real thing and adds up the time that it takes."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def around(self, run: Callable[..., Any]) -> Callable[..., Any]:
        def timed(*arguments: Any) -> Any:
            before = time.process_time()
            try:
                return run(*arguments)
            finally:
                self.seconds += time.process_time() - before

        return timed


def test_tags_archive_and_data_cost_at_most_half_of_the_rest(
    made: Maker, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = _Clock()
    for name in ("add_structure", "add_archive", "attach"):
        monkeypatch.setattr(finish, name, clock.around(getattr(finish, name)))
    evaluation, data = made("example").evaluation, Data(made("example").data, "example.json")
    ratios = []
    for _ in range(TRIES):
        clock.seconds = 0.0
        whole = seconds(evaluation, catalogue, data)
        ratios.append(whole / (whole - clock.seconds))
        assert clock.seconds > 0
    assert min(ratios) <= 1.5


def test_ten_times_the_text_costs_at_most_ten_times_the_time(made: Maker, catalogue: Catalogue) -> None:
    once = min(seconds(made("example").evaluation, catalogue) for _ in range(TRIES))
    assert seconds(made("tenfold").evaluation, catalogue) <= 10 * once


def seconds(evaluation: Evaluation, catalogue: Catalogue, data: Data | None = None) -> float:
    before = time.process_time()
    pdf(evaluation, catalogue, data=data)
    return time.process_time() - before
