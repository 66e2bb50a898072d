"""What the tests of the PDF share: the instrument, and the PDF of each sample, made once with its data."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from apq_desktop import paths
from apq_desktop.documents.content.document_tree import Element
from apq_desktop.documents.content.outline import story
from apq_desktop.evaluation.model import Evaluation
from apq_desktop.exchange.json import evaluation_json
from apq_desktop.toolkit.catalogue import Catalogue
from apq_desktop.toolkit.loader import load
from tests.documents.filled_evaluation import filled_evaluation
from tests.documents.samples import sample
from tests.documents.write_pdf import write_pdf

CODE = "7KQ2-M4XD"


class Made(NamedTuple):
    """A sample's PDF, what it was made from, and what it has to tell."""

    path: Path
    evaluation: Evaluation
    data: bytes
    story: Element


Maker = Callable[[str], Made]


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return load(paths.forms())


@pytest.fixture
def filled(catalogue: Catalogue) -> Evaluation:
    return filled_evaluation(catalogue)


@pytest.fixture(scope="session")
def made(catalogue: Catalogue, tmp_path_factory: pytest.TempPathFactory) -> Maker:
    """The PDF of a sample, by its name."""
    folder = tmp_path_factory.mktemp("report")

    @cache
    def make(name: str) -> Made:
        evaluation = sample(name, catalogue)
        data = evaluation_json.write(evaluation, catalogue)
        path = folder / f"{name}.pdf"
        write_pdf(evaluation, catalogue, path, code=CODE, data=data, data_name=f"{name}.json")
        return Made(path, evaluation, data, story(evaluation, catalogue, code=CODE))

    return make


@pytest.fixture(scope="session")
def filled_pdf(made: Maker) -> Path:
    return made("filled").path
