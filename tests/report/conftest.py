"""What the tests of the PDF share: the instrument, a filled evaluation, and its PDF, made once."""

from __future__ import annotations

from pathlib import Path

import pytest

from apq_desktop import assets, instrument
from apq_desktop.evaluation.model import Evaluation
from apq_desktop.instrument import Catalogue
from apq_desktop.report.document import write_pdf
from tests.report.filled import filled_evaluation


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return instrument.load(assets.forms())


@pytest.fixture
def filled(catalogue: Catalogue) -> Evaluation:
    return filled_evaluation(catalogue)


@pytest.fixture(scope="session")
def filled_pdf(catalogue: Catalogue, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("report") / "filled.pdf"
    write_pdf(filled_evaluation(catalogue), catalogue, target, code="7KQ2-M4XD")
    return target
