"""What was typed into the reply pages of a PDF, as lines of a review.

The same words in the same field of a reply to the same copy by the same role have the same id. So a file that is read
twice, or saved again by another program, says nothing new, and one that was filled in further adds what is new in it.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from apq_desktop.evaluation.model import Action, Evaluation
from apq_desktop.evaluation.text import dates
from apq_desktop.review.lines import Anchor, ReviewLine
from apq_desktop.review.review_labels import STATES
from apq_desktop.services.workspaces import now

if TYPE_CHECKING:
    from apq_desktop.documents.blank_form.filled_reply import FilledReply

REQUESTS_BELOW = "See what is requested area by area."
NO_ROLE = "Reviewer"


def typed_lines(filled: FilledReply, evaluation: Evaluation, code: str) -> list[ReviewLine]:
    """The lines that a reply comes to; each has the sequence number 1, since its writer saw no other line.

    ``evaluation`` and its ``code`` are those of the data in the same PDF.
    """
    return list({line.id: line for line in _Typed(filled, evaluation, code).lines()}.values())


class _Typed:
    """Make the lines of one reply. Its writer is known by the role that was typed."""

    def __init__(self, filled: FilledReply, evaluation: Evaluation, code: str) -> None:
        self._filled, self._evaluation, self._code = filled, evaluation, code
        day = dates.parse(filled.date)
        at = f"{day.isoformat()}T12:00:00+00:00" if day else ""
        self._at = at if dates.moment(at) else now()
        self._who = self._id("who")

    def lines(self) -> Iterator[ReviewLine]:
        yield from self._notes()
        yield from self._agreed()
        filled = self._filled
        if filled.next_review:
            yield self._line("next-review", "next-review", on=dates.kept(filled.next_review))
        if filled.state in STATES:
            requested = any(request for _, request in filled.areas.values())
            reason = REQUESTS_BELOW if requested else filled.comment or REQUESTS_BELOW
            text = reason if filled.state == "changes-requested" else ""
            yield self._line("state", "state", state=filled.state, text=text)

    def _notes(self) -> Iterator[ReviewLine]:
        filled = self._filled
        if filled.comment:
            yield self._note("comment", "note", filled.comment, Anchor(self._evaluation.revision, part="evaluation"))
        order = {area.key: area.number for area in self._evaluation.areas}
        for key in sorted(filled.areas, key=lambda key: (order.get(key, 99), key)):
            comment, request = filled.areas[key]
            anchor = Anchor(self._evaluation.revision, key if key in order else "", "area")
            if comment:
                yield self._note(f"area.{key}.comment", "note", comment, anchor)
            if request:
                yield self._note(f"area.{key}.request", "change", request, anchor)

    def _agreed(self) -> Iterator[ReviewLine]:
        for row in self._filled.actions:
            area, what = self._area_of(row.area, row.what)
            key = self._id(f"action {area} {what} {row.who} {row.by_when}")
            agreed = Action(key, area, what, row.who, dates.kept(row.by_when))
            yield self._line(f"agreed {key}", "agreed-action", action=agreed)

    def _note(self, field: str, kind: str, text: str, anchor: Anchor) -> ReviewLine:
        return self._line(field, "note", kind=kind, text=text, anchor=anchor)

    def _line(self, field: str, what: Any, **values: Any) -> ReviewLine:
        said = repr([field, *(value for value in values.values() if isinstance(value, str))])
        if what == "state":
            said += self._filled.date  # the same state on another day is said again
        evaluation = self._evaluation.id
        role = self._filled.role or NO_ROLE
        return ReviewLine(
            self._id(said),
            what,
            self._at,
            1,
            self._who,
            "reviewer",
            evaluation,
            "provider",
            role=role,
            typed=True,
            as_peer=self._evaluation.copy_for == "peer",
            **values,
        )

    def _id(self, said: str) -> str:
        whole = repr([self._evaluation.id, "" if said == "who" else self._code, self._filled.role.casefold(), said])
        return str(uuid.uuid5(uuid.NAMESPACE_OID, whole))

    def _area_of(self, typed: str, what: str) -> tuple[str, str]:
        """The key of the area that was typed as a number; other words stay before the action."""
        numbered = {str(area.number): area.key for area in self._evaluation.areas}
        key = numbered.get(typed.strip().removeprefix("Area").removeprefix("area").strip(" ."), "")
        return (key, what) if key or not typed else ("", f"{typed}: {what}".removesuffix(": "))
