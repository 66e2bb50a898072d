"""A part that a colleague wrote on comes back into the file that it was given out from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from apq_desktop.evaluation.edits.merge import BothChanged, Merged, merge
from apq_desktop.evaluation.fields import label
from apq_desktop.evaluation.model import Evaluation, align
from apq_desktop.evaluation.rules.outgoing_copy import Sending
from apq_desktop.evaluation.text.cleaning import visible_text
from apq_desktop.evaluation.titles import PARTS, area_title
from apq_desktop.services.workspaces import now, read_sent
from apq_desktop.storage.kept_files import proof_of
from apq_desktop.storage.reviews import KeptReply
from apq_desktop.storage.workspace import Workspace
from apq_desktop.toolkit.catalogue import Catalogue

if TYPE_CHECKING:
    from apq_desktop.exchange.json.evaluation_json import Received

COLLEAGUE = "A colleague"
BASE_NOT_KNOWN = "The file does not know how it was given out, so wordings that differ stand side by side."


@dataclass(frozen=True)
class ReturnedPart:
    """A part that came back. ``base`` is how the colleague had it the last time that both sides knew the same.

    ``colleague`` is the name under which it was given out.
    """

    evaluation_id: str
    name: str
    colleague: str
    part: Evaluation
    base: Evaluation
    original: bytes
    remarks: tuple[str, ...] = ()

    def merged(self, mine: Evaluation) -> Merged:
        """What it adds to the whole as it stands now."""
        return merge(mine, self.base, self.part)

    def sentence(self, merged: Merged) -> str:
        """What the user is told, without the name of the file."""
        if merged.change is None and not merged.both:
            return "has nothing new: all that it says is in the file."
        told = f"came back from {self.colleague}, and what is new in it is in the file now."
        count = len(merged.both)
        if count:
            told += " 1 thing was changed by both of you." if count == 1 else f" {count:,} things were changed by both."
        return " ".join((told, *self.remarks))


def returned_part(workspace: Workspace, received: Received, catalogue: Catalogue, name: str) -> ReturnedPart | None:
    """The part that was received, where it comes back into the file that holds the whole; else None.

    Raises FileRefusedError.
    """
    part = received.evaluation
    if part.copy_for != "colleague" or not part.copy_code or not _holds_whole(workspace, part.id):
        return None
    sending = next((one for one in workspace.send_log.of_evaluation(part.id) if one.code == part.copy_code), None)
    base = _base(workspace, received, sending, catalogue)
    remarks = received.remarks if base else (*received.remarks, BASE_NOT_KNOWN)
    colleague = sending.recipient if sending else ""
    given = base or Evaluation(id=part.id)
    align(given, catalogue)
    return ReturnedPart(part.id, name, colleague or COLLEAGUE, part, given, received.original, remarks)


def keep_part(workspace: Workspace, back: ReturnedPart) -> None:
    """Keep a part as it came back, byte for byte: from then on both sides know the same. Raises NotSavedError."""
    proof = proof_of(back.original)
    workspace.reviews.add([], KeptReply(back.evaluation_id, now(), back.name, back.colleague, proof), back.original)


def bring_in(workspace: Workspace, back: ReturnedPart, catalogue: Catalogue) -> Merged:
    """Write what is new in a part into the file. Raises FileRefusedError, NotSavedError."""
    mine = workspace.read(back.evaluation_id, to_edit=True)
    align(mine, catalogue)
    merged = back.merged(mine)
    if merged.change is not None:
        workspace.add_missing(mine)
        workspace.apply(back.evaluation_id, [merged.change], datetime.fromisoformat(now()))
    keep_part(workspace, back)
    return merged


def where(one: BothChanged, catalogue: Catalogue) -> str:
    """Which field both changed, in words: ``6 Attendance and engagement, Actions, Who``."""
    areas = {area.key: area_title(area.number, area.title) for area in catalogue.areas}
    field = "" if one.field in ("text", "what", "title", "note") else label(one.target.kind, one.field)
    return ", ".join(part for part in (areas.get(one.area, ""), PARTS[one.target.kind], field) if part)


def in_words(one: BothChanged, catalogue: Catalogue) -> str:
    """What both changed, with both wordings, in one line."""
    stands = "both stand there now" if one.together else "yours stands there"
    mine, theirs = (" ".join(visible_text(text).split()) or "taken out" for text in (one.mine, one.theirs))
    return f"{where(one, catalogue)}: yours is “{mine}”, theirs is “{theirs}”; {stands}."


def _holds_whole(workspace: Workspace, evaluation_id: str) -> bool:
    there = evaluation_id in {heading.id for heading in workspace.evaluations()}
    return there and workspace.read(evaluation_id).copy_for != "colleague"


def _base(workspace: Workspace, received: Received, sending: Sending | None, catalogue: Catalogue) -> Evaluation | None:
    """The part as it came back before, else as it was given out.

    The same file once more is seen from where it came in the first time, so that what was undone can come again.
    """
    from apq_desktop.exchange.json import evaluation_json

    proof, code = proof_of(received.original), received.evaluation.copy_code
    earlier = workspace.reviews.replies(received.evaluation.id)
    proofs = [one.proof for one in earlier]
    for kept in earlier[proofs.index(proof) + 1 if proof in proofs else 0 :]:
        data = workspace.reviews.original(kept.proof)
        if data.startswith(b"{") and b'"copy_code"' in data:
            before = evaluation_json.read_bytes(data, kept.name, catalogue).evaluation
            if before.copy_code == code:
                return before
    return read_sent(workspace, sending.id, catalogue)[0] if sending else None
