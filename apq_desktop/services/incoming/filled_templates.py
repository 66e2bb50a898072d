"""A template that was filled in, in a PDF or in Word, becomes what any received pack is."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from apq_desktop.errors import NotWrittenError, PackRefusedError
from apq_desktop.toolkit.catalogue import Catalogue

if TYPE_CHECKING:
    from apq_desktop.documents.blank_form.filled_form import FilledIn
    from apq_desktop.exchange.json.evaluation_json import Received


def received_from(pack: Path, filled: FilledIn, catalogue: Catalogue) -> Received:
    """What was filled in, checked as everything is that comes in. Raises PackRefusedError."""
    from apq_desktop.exchange.json import evaluation_json

    try:
        data = evaluation_json.write(filled.evaluation, catalogue)
    except NotWrittenError as error:
        sentence = "more stands in it than an evaluation can hold; shorten it, then open it again"
        raise PackRefusedError(pack, sentence) from error
    received = evaluation_json.read_bytes(data, pack, catalogue)
    return replace(received, remarks=(*filled.remarks, *received.remarks), digest="")
