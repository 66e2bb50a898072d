"""Read a pack that is just as this version writes it, in a quarter of the time of going step by step.

The promises are those of ``evaluation_json.read_bytes``, kept by the same rules. Whatever is not so comes back as
None, and the long way finds out what it is.
"""

from __future__ import annotations

from pydantic import TypeAdapter, ValidationError

from apq_desktop.evaluation.unknown_fields import NAME as UNKNOWN
from apq_desktop.exchange.json.digest import digest_of_known
from apq_desktop.exchange.json.envelope import READER_LEVEL, PortableEvaluation
from apq_desktop.exchange.json.references import others_disagree
from apq_desktop.exchange.json.safe_json import UnusableError, values_of
from apq_desktop.exchange.json.text_values import nothing_to_mend
from apq_desktop.toolkit.catalogue import Catalogue

EVALUATIONS = TypeAdapter(PortableEvaluation)
MOST_QUICK_BYTES = 1_000_000
"""Many times a usual pack. What is made to flood a reader is read once, and only step by step."""

_ESCAPED, _NEVER_A_NAME = rb"\u", UNKNOWN.encode()
"""Neither is written by this version. The model has a field of the second name, and the format has none."""


def quickly_read(data: bytes, catalogue: Catalogue) -> PortableEvaluation | None:
    """The document in ``data`` where it is whole, known to the last name, clean, and carries its digest."""
    if len(data) > MOST_QUICK_BYTES or _ESCAPED in data or _NEVER_A_NAME in data:
        return None
    try:
        document = values_of(data)
        # Strict, straight from the bytes: after this all names are ours, and lists and depth are within bounds.
        found = EVALUATIONS.validate_json(data)
    except (UnusableError, ValidationError, ValueError, RecursionError):
        return None
    if found.needs > READER_LEVEL or not nothing_to_mend(found):
        return None
    return None if others_disagree(found, catalogue) or found.digest != digest_of_known(document) else found
