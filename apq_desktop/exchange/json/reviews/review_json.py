"""Reading and writing a reply to an evaluation as JSON, format ``apq-review``, version 1.

``resources/schema/REPLY.md`` describes the format for other programs. A file comes from an untrusted source: the limits
are those of an evaluation (``safe_json``), and whatever is wrong is one plain sentence.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from typing import Any

from pydantic import TypeAdapter, ValidationError

from apq_desktop import __version__
from apq_desktop.errors import NotWrittenError, PackRefusedError
from apq_desktop.evaluation.model import Action
from apq_desktop.exchange.json.digest import NO_DIGEST, digest_of, short_code, verified_digest
from apq_desktop.exchange.json.forward_compatibility import KnownPart, ReadFormat, check_version, put_back
from apq_desktop.exchange.json.json_schema import DIGEST, PublishedSchema, schema_text
from apq_desktop.exchange.json.references import cleaned, numbered, repeats, tidied, unfit_words
from apq_desktop.exchange.json.reviews.review_document import (
    FORMAT,
    READER_LEVEL,
    VERSION,
    About,
    AreaState,
    PortableReview,
    Sender,
    StatedState,
    Visit,
    disagreement,
    summary,
    written_order,
)
from apq_desktop.exchange.json.safe_json import MOST_BYTES, UnusableError, parsed
from apq_desktop.exchange.json.validation_messages import in_one_sentence, of_validation, problem, quoted
from apq_desktop.review.exchange_state import fold_lines, merge_lines
from apq_desktop.review.lines import Anchor, Quote, ReviewLine
from apq_desktop.review.outgoing_lines import outgoing

NOT_A_REPLY = "this is JSON, but not a reply to an evaluation"
PRIVATE = "holds a note that is not meant for the setting"
OTHER_EVALUATION = "is about another evaluation than the file"
_FORMAT = ReadFormat(FORMAT, VERSION, READER_LEVEL, NOT_A_REPLY)
_ADAPTER = TypeAdapter(PortableReview)
_PARTS = (About, Action, Anchor, AreaState, Quote, ReviewLine, Sender, StatedState, Visit)
_SCHEMA = PublishedSchema("APQ review", FORMAT, VERSION, PortableReview, _PARTS, written_order())


@dataclass(frozen=True, slots=True)
class ReceivedReply:
    """What a file held. ``code`` is the short code of its content, ``original`` the file byte for byte."""

    review: PortableReview
    remarks: tuple[str, ...]
    code: str
    original: bytes


def write(review: PortableReview, name: str) -> bytes:
    """A reply as a file's content: UTF-8, indented, the same bytes for the same reply.

    Only lines for the provider are written (``review.outgoing_lines``), each once and in order, and the summary is made
    from them, whatever ``review`` says. Raises NotWrittenError where the reading side would refuse it.
    """
    lines = outgoing(review.lines)
    whole = replace(review, program_version=__version__, lines=lines, **summary(lines))
    document = put_back(asdict(whole), PortableReview)
    document.pop("digest")
    try:
        document["digest"] = digest_of(document)
        data = (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()
        if len(data) > MOST_BYTES:
            raise NotWrittenError(name, f"this reply is too long to send ({MOST_BYTES // 1_000_000} MB at most)")
        read_document(parsed(data, name), data, name)
    except (PackRefusedError, ValueError) as error:
        raise NotWrittenError(name, f"this reply cannot be written: {error}") from error
    return data


def read_document(document: dict[str, Any], data: bytes, label: str) -> ReceivedReply:
    """The reply in ``data``, whose values are parsed; ``label`` stands in the sentence of a PackRefusedError."""
    check_version(document, label, _FORMAT)
    digest = verified_digest(document, label)
    try:
        known = KnownPart(document, PortableReview)
        # As JSON: in strict mode pydantic takes a mapping for a dataclass from JSON only.
        review = _ADAPTER.validate_json(json.dumps(known.document))
    except UnusableError as error:
        raise PackRefusedError(label, str(error)) from error
    except ValidationError as error:
        raise _unlike_the_format(label, of_validation(error)) from error
    if problems := tuple(_disagreements(review)):
        raise _unlike_the_format(label, problems)
    remarks = [] if document.get("digest") else [NO_DIGEST]
    remarks += known.remarks
    if count := cleaned(review):
        remarks.append(tidied(count))
    review.lines = list(merge_lines(review.lines))
    remarks += [sentence for sentence in (disagreement(review), _left_out(review)) if sentence]
    return ReceivedReply(review, tuple(remarks), short_code(digest), data)


def _unlike_the_format(label: str, problems: tuple[str, ...]) -> PackRefusedError:
    return PackRefusedError(label, f"it does not keep to the format: {in_one_sentence(problems)}", problems)


def is_reply(document: dict[str, Any]) -> bool:
    """Whether parsed JSON says that it is a reply."""
    return document.get("format") == FORMAT


def schema(*, for_readers: bool = False) -> str:
    """The JSON Schema of the format, as in ``resources/schema``: closed for writers, open for readers."""
    derived = _ADAPTER.json_schema()
    line = derived["$defs"][ReviewLine.__name__]
    line["properties"]["audience"] = {"const": "provider"}
    line["required"] = [name for name in line["properties"] if name in {*line["required"], "audience"}]
    return schema_text(derived, _SCHEMA, for_readers=for_readers)


def _disagreements(review: PortableReview) -> Iterator[str]:
    """Every problem, in words, that the shape alone does not show."""
    yield from unfit_words(review)
    yield from repeats(numbered(("lines",), (line.id for line in review.lines)))
    if not re.fullmatch(DIGEST, review.about.digest):
        yield problem(("about", "digest"), f"{quoted(review.about.digest)} is not in the form needed here")
    for n, line in enumerate(review.lines):
        if line.audience != "provider":
            yield problem(("lines", n), PRIVATE)
        if line.evaluation != review.about.evaluation:
            yield problem(("lines", n), OTHER_EVALUATION)


def _left_out(review: PortableReview) -> str:
    count = len(fold_lines(review.lines).refused)
    if count > 1:
        return f"{count:,} lines in it do not count and are only kept."
    return "1 line in it does not count and is only kept." if count else ""
