"""The portable document, format version 1: an evaluation with a header before it and a digest after it.

Its shape and bounds are those of ``evaluation.model``; only what the file itself adds stands here. The format
has a version of its own, never the database's.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, fields, is_dataclass
from typing import Annotated, Any, Literal

from annotated_types import Ge, MaxLen, MinLen

from apq_desktop import __version__
from apq_desktop.evaluation.model import ADDED_LATER, AreaRecord, Evaluation, Id, Line
from apq_desktop.exchange.json.forward_compatibility import known_names, put_back
from apq_desktop.toolkit.catalogue import AREAS, Catalogue

FORMAT: Literal["apq-evaluation"] = "apq-evaluation"
VERSION: Literal[1] = 1
"""Changes only when a reader of the version before would misread a document."""
READER_LEVEL = 2
"""Changes when a document may hold what must not be passed over: such a one says so in ``needs``. Level 2 knows that a
part for a colleague is not the whole."""
HEADER = ("format", "version", "needs", "program_version", "toolkit_edition")


@dataclass(slots=True, kw_only=True)
class PortableEvaluation(Evaluation):
    """An evaluation as a file that other programs may read and write.

    ``id`` and ``areas`` must be given here. ``needs`` is the least level of a reader that may open it, 1 where it is
    left out. ``digest`` is the SHA-256, in hexadecimal, of the canonical form
    (RFC 8785) of the document without it. An empty or missing one is allowed.
    """

    format: Literal["apq-evaluation"]
    version: Literal[1]
    needs: Annotated[int, Ge(1)] = field(default=1, metadata=ADDED_LATER)
    program_version: Line = ""
    toolkit_edition: Line = ""
    id: Id
    areas: Annotated[list[AreaRecord], MinLen(AREAS), MaxLen(AREAS)]
    digest: Annotated[str, MaxLen(64)] = ""


def written_order() -> tuple[str, ...]:
    """The names at the top of the document in the order of writing: header first, digest last."""
    return (*HEADER, *known_names(Evaluation), "digest")


def portable(evaluation: Evaluation, catalogue: Catalogue) -> PortableEvaluation:
    """A copy of ``evaluation`` with the header of this program, not yet with a digest."""
    values: dict[str, Any] = {field.name: _copied(getattr(evaluation, field.name)) for field in fields(Evaluation)}
    return PortableEvaluation(
        format=FORMAT,
        version=VERSION,
        program_version=__version__,
        toolkit_edition=catalogue.edition,
        needs=2 if evaluation.copy_for == "colleague" else 1,
        **values,
    )


def _copied(value: Any) -> Any:
    """A copy, lists and records within included; four times as fast as ``deepcopy``."""
    if isinstance(value, list):
        return [_copied(item) for item in value]
    if is_dataclass(value):
        kind: Any = type(value)
        return kind(**{field.name: _copied(getattr(value, field.name)) for field in fields(value)})
    return value


def evaluation_of(received: PortableEvaluation) -> Evaluation:
    """The evaluation without the header and the digest of the file."""
    return Evaluation(**{field.name: getattr(received, field.name) for field in fields(Evaluation)})


def as_document(written: PortableEvaluation) -> dict[str, Any]:
    """The document as plain values, in the order in which it is written: what is not known stands before the digest."""
    document = put_back(asdict(written), PortableEvaluation)
    digest = document.pop("digest")
    first = {name: document.pop(name) for name in written_order() if name in document}
    return {**first, **document, "digest": digest}
