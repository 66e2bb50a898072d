"""A reply that was typed into the last pages of a PDF of ours: what stands in its fields, and the data it is about."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from apq_desktop.documents.blank_form.form_values import values_in
from apq_desktop.documents.content.sections import reply
from apq_desktop.documents.pdf.attachment import NOTHING_OF_OURS, attached_data
from apq_desktop.errors import PackRefusedError
from apq_desktop.evaluation.model import MAX_LINE, MAX_TEXT
from apq_desktop.evaluation.text.cleaning import clean, clean_line, visible_text

NO_DATA = (
    "the evaluation that was inside this PDF is gone, so nobody can tell what its reply is about; ask for the PDF as "
    "it was saved, not printed anew"
)
TOO_LONG = "more stands in one box of its reply than can be kept; ask for a shorter text there"


@dataclass(frozen=True)
class AgreedAction:
    """One row of agreed actions. ``row`` counts from 1; ``area`` is what was typed for it."""

    row: int
    area: str
    what: str
    who: str
    by_when: str


@dataclass(frozen=True)
class FilledReply:
    """What was typed, each text cleaned, and ``data``: the evaluation's JSON from the same PDF, byte for byte.

    ``areas`` holds by the key of each area its comment and what is requested, either empty.
    """

    data: bytes
    role: str
    date: str
    state: str
    comment: str
    next_review: str
    areas: dict[str, tuple[str, str]]
    actions: tuple[AgreedAction, ...]


def read_filled_reply(path: Path, content: bytes | None = None) -> FilledReply | None:
    """Read the reply in a PDF; None where it has no room for one, or nothing is typed there.

    ``content`` are its bytes where they are at hand. Raises PackRefusedError in one sentence.
    """
    found = values_in(path, reply.FORMAT, content)
    if found is None or not any(map(visible_text, found.by_name.values())):
        return None
    try:
        data = attached_data(path, content)
    except PackRefusedError as error:
        raise PackRefusedError(path, NO_DATA if NOTHING_OF_OURS in error.sentence else error.sentence) from error
    typed = _Typed(path, found.by_name)
    return FilledReply(
        data,
        typed.line(reply.ROLE),
        typed.line(reply.DATE),
        typed.line(reply.STATE),
        typed.text(reply.COMMENT),
        typed.line(reply.NEXT_REVIEW),
        typed.areas(),
        tuple(typed.actions()),
    )


class _Typed:
    """The values of the fields, cleaned and within bounds."""

    def __init__(self, path: Path, values: dict[str, str]) -> None:
        self._path, self._values = path, values

    def line(self, name: str) -> str:
        return self._bounded(visible_text(clean_line(self._values.get(name, ""))), MAX_LINE)

    def text(self, name: str) -> str:
        return self._bounded(visible_text(clean(self._values.get(name, ""))), MAX_TEXT)

    def areas(self) -> dict[str, tuple[str, str]]:
        """The areas on which something was typed, in the order of the form."""
        named = (name.split(".", 1)[1].rpartition(".") for name in self._values if name.startswith("area."))
        keys = dict.fromkeys(key for key, _, part in named if part in ("comment", "request"))
        found = {key: tuple(self.text(reply.in_area(key, part)) for part in ("comment", "request")) for key in keys}
        return {key: (comment, request) for key, (comment, request) in found.items() if comment or request}

    def actions(self) -> list[AgreedAction]:
        rows = []
        for row in range(1, reply.ACTION_ROWS + 1):
            area, who, by_when = (self.line(reply.action(row, part)) for part in ("area", "who", "by_when"))
            what = self.text(reply.action(row, "what"))
            if what or who or by_when:
                rows.append(AgreedAction(row, area, what, who, by_when))
        return rows

    def _bounded(self, text: str, most: int) -> str:
        if len(text) > most:
            raise PackRefusedError(self._path, TOO_LONG)
        return text
