"""The packs that these tests receive are those that the program writes."""

from __future__ import annotations

import pytest

from apq_desktop.exchange.json import evaluation_json
from tests.library import council


@pytest.mark.parametrize("name", [*council.NAMES, 'A "quoted" \\ name'])
def test_a_pack_is_what_the_program_writes(name: str) -> None:
    first = council.evaluation(name)
    for made in (first, council.later(first, summary="Bicycles")):
        assert council.data(made) == evaluation_json.write(made, council.catalogue())
