"""The worked example as it was in commit 5a01286: long, with many actions and with gaps. Figures are measured on it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from apq_desktop.exchange.json import evaluation_json

if TYPE_CHECKING:
    from apq_desktop.evaluation.model import Evaluation
    from apq_desktop.toolkit.catalogue import Catalogue

FILE = Path(__file__).parent / "documents" / "example-5a01286.json"


def earlier_example(catalogue: Catalogue) -> Evaluation:
    """The evaluation; each time a new one."""
    return evaluation_json.read(FILE, catalogue).evaluation
