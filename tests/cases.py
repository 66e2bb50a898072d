"""Cases of which a few are tried in every run, and the rest in long ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterable


def first(few: int, cases: Iterable[Any]) -> list[Any]:
    """What ``parametrize`` takes: the first ``few`` cases, and the others marked as long."""
    every = list(cases)
    values = [case if isinstance(case, tuple) else (case,) for case in every[few:]]
    return [*every[:few], *(pytest.param(*value, marks=pytest.mark.long) for value in values)]
