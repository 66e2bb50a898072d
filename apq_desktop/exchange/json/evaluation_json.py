"""Reading and writing an evaluation as JSON, format ``apq-evaluation``, version 1.

``resources/schema/README.md`` describes the format for other programs. A file comes from an untrusted source: every
step below (``read_bytes``) has its limit, and whatever is wrong is one plain sentence.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from apq_desktop.errors import NotWrittenError, PackRefusedError
from apq_desktop.evaluation.model import (
    Action,
    AreaRecord,
    Entry,
    Evaluation,
    Evidence,
    QuestionNote,
    Setting,
    align,
    other_notes,
)
from apq_desktop.evaluation.text.cleaning import clean_line
from apq_desktop.exchange.json.digest import NO_DIGEST, digest_of, short_code, verified_digest
from apq_desktop.exchange.json.envelope import (
    FORMAT,
    READER_LEVEL,
    VERSION,
    PortableEvaluation,
    as_document,
    evaluation_of,
    portable,
    written_order,
)
from apq_desktop.exchange.json.forward_compatibility import KnownPart, ReadFormat, check_version
from apq_desktop.exchange.json.json_schema import PublishedSchema, schema_text
from apq_desktop.exchange.json.quick_reading import EVALUATIONS, quickly_read
from apq_desktop.exchange.json.references import cleaned, disagreements, tidied, without_loose_ends
from apq_desktop.exchange.json.safe_json import MOST_BYTES, UnusableError, bytes_of, parsed
from apq_desktop.exchange.json.validation_messages import in_one_sentence, of_validation
from apq_desktop.exchange.pack_files import pack_name
from apq_desktop.toolkit.catalogue import Catalogue

__all__ = ["Received", "code_of", "read", "read_bytes", "schema", "short_code", "write"]

NOT_AN_EVALUATION = "this is JSON, but not an evaluation made by APQ Desktop or for it"
_FORMAT = ReadFormat(FORMAT, VERSION, READER_LEVEL, NOT_AN_EVALUATION)
_SCHEMA = PublishedSchema(
    "APQ evaluation", FORMAT, VERSION, PortableEvaluation, (Action, AreaRecord, Entry, Evidence, QuestionNote, Setting),
    written_order(),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Received:
    """What a file held: ``digest`` of its content however that is written, ``original`` the file byte for byte."""

    evaluation: Evaluation
    remarks: tuple[str, ...]
    digest: str
    original: bytes

    @property
    def code(self) -> str:
        """The short code of the content; empty where it is a form's, which has none."""
        return short_code(self.digest) if self.digest else ""


def write(evaluation: Evaluation, catalogue: Catalogue) -> bytes:
    """The evaluation as a file's content: UTF-8, indented, the same bytes for the same evaluation.

    Raises NotWrittenError where the reading side would refuse it, so that this is known before it is sent.
    """
    written = portable(evaluation, catalogue)
    align(written, catalogue)
    cleaned(written)
    without_loose_ends(written)
    document = as_document(written)
    name = pack_name(evaluation, ".json")
    try:
        _, problems = _validated(KnownPart(document, PortableEvaluation).document, catalogue)
        if problems:
            raise NotWrittenError(name, f"this evaluation cannot be written yet: {in_one_sentence(problems)}")
        document["digest"] = digest_of(document)
        data = (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()
        if len(data) > MOST_BYTES:
            raise NotWrittenError(name, f"this evaluation is too long to send ({MOST_BYTES // 1_000_000} MB at most)")
        parsed(data, name)
    except UnusableError as error:
        raise NotWrittenError(name, f"this evaluation cannot be written: {error}") from error
    except PackRefusedError as error:
        raise NotWrittenError(name, "this evaluation cannot be written: it holds more than any can") from error
    return data


def code_of(written: bytes) -> str:
    """The short code of what ``write`` made."""
    return short_code(json.loads(written)["digest"])


def read(path: Path, catalogue: Catalogue) -> Received:
    """Read a received file. Nothing is written. Raises PackRefusedError with one plain sentence."""
    return read_bytes(bytes_of(path, clean_line(str(path))), path, catalogue)


def read_bytes(data: bytes, name: object, catalogue: Catalogue) -> Received:
    """Read a received file's content; ``name`` stands in the sentence of a PackRefusedError.

    A file as this version writes it is read quickly; any other step by step, so that what is wrong can be told.
    """
    quick = quickly_read(data, catalogue)
    if quick is not None:
        return _received(quick, quick.digest, data, catalogue, _edition_remarks(quick, catalogue))
    label = clean_line(str(name))
    return read_document(parsed(data, label), data, label, catalogue)


def read_document(document: dict[str, Any], data: bytes, label: str, catalogue: Catalogue) -> Received:
    """``read_bytes``, where the values in ``data`` are parsed already."""
    remarks = []
    check_version(document, label, _FORMAT)
    digest = verified_digest(document, label)
    if not document.get("digest"):
        remarks.append(NO_DIGEST)
    try:
        known = KnownPart(document, PortableEvaluation)
    except UnusableError as error:
        raise PackRefusedError(label, str(error)) from error
    received, problems = _validated(known.document, catalogue)
    if received is None or problems:
        raise PackRefusedError(label, f"it does not keep to the format: {in_one_sentence(problems)}", problems)
    remarks += _edition_remarks(received, catalogue)
    remarks += known.remarks
    if count := cleaned(received):
        remarks.append(tidied(count))
    return _received(received, digest, data, catalogue, remarks)


def _received(
    found: PortableEvaluation, digest: str, data: bytes, catalogue: Catalogue, remarks: list[str]
) -> Received:
    evaluation = evaluation_of(found)
    align(evaluation, catalogue)
    return Received(evaluation, tuple(remarks), digest, data)


def schema(*, for_readers: bool = False) -> str:
    """The JSON Schema of the format, as in ``resources/schema``: closed for writers, open for readers."""
    return schema_text(EVALUATIONS.json_schema(), _SCHEMA, for_readers=for_readers)


def _validated(document: dict[str, Any], catalogue: Catalogue) -> tuple[PortableEvaluation | None, tuple[str, ...]]:
    """The document as an evaluation, and every problem in words."""
    try:
        # As JSON: in strict mode pydantic takes a mapping for a dataclass from JSON only.
        found = EVALUATIONS.validate_json(json.dumps(document))
    except ValidationError as error:
        return None, of_validation(error)
    return found, tuple(disagreements(found, catalogue))


def _edition_remarks(received: PortableEvaluation, catalogue: Catalogue) -> list[str]:
    remarks = []
    if received.toolkit_edition not in ("", catalogue.edition):
        remarks.append("It was written for another edition of the toolkit.")
    areas = zip(received.areas, catalogue.areas, strict=True)
    if count := sum(len(other_notes(record, area)) for record, area in areas):
        one = count == 1
        notes = "a note on a question" if one else f"notes on {count:,} questions"
        kept = "it is kept" if one else "they are kept"
        remarks.append(f"It holds {notes} that this program does not ask; {kept} under other notes.")
    return remarks
